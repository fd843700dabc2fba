"""The life of one recommendation, drawn to scale: when it was asked, judged, answered, due.

Each actor has a line of its own from the day of the document to the day that the site
speaks of. The line is broken while nobody has looked, and has the colour and texture of
the status from each judgement of the assessor that counts on; other assessors' judgements
stand above it. The list of entries beside it says the same in words, with the evidence.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from tracker import dates, freshness
from tracker.model import Assessment, Recommendation
from tracker.progress import Pair, corrected
from tracker.reports import palette
from tracker.site.drawing import WIDTH, Sheet
from tracker.vocabulary import Status

_LANE = 34
_BAR = 8
_INSIDE = 13  # where names begin: beside the line of the first day
_SIDE = 8  # room at both ends, so that marks on the first and the last day are whole


class Words(NamedTuple):
    """What a drawing says: its own words, in the language of the site."""

    label: str
    asked: str
    due: str
    was_due: str
    today: str


class Scale(NamedTuple):
    """Days (as ordinals) to places on a sheet, from the first day to the last."""

    first: int
    last: int

    @classmethod
    def of(cls, dates_known: list[str]) -> Scale:
        """From the first date to the last, a year at least."""
        days = [_day(date) for date in dates_known]
        return cls(min(days), max(*days, min(days) + 365))

    def place(self, date: str) -> float:
        """Where a date stands; a month or a year at its end, as everywhere."""
        share = (_day(date) - self.first) / (self.last - self.first)
        return _SIDE + (WIDTH - 2 * _SIDE) * min(max(share, 0.0), 1.0)

    def years(self, most: int = 6) -> list[int]:
        """Years whose beginning is marked: at even steps, no more than ``most``."""
        first = datetime.date.fromordinal(self.first).year + 1
        last = datetime.date.fromordinal(self.last).year
        step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000, 10_000) if (last - first) // s < most)
        return [year for year in range(first, last + 1) if year % step == 0]


def lifeline(
    record: Recommendation,
    pairs: list[Pair],
    asked: str,
    as_of: str,
    statuses: Mapping[str, Status],
    name: Callable[[str], tuple[str, str]],
    words: Words,
    *,
    rtl: bool = False,
) -> Markup:
    """The drawing; empty where there is nothing dated to show. ``asked`` is a date or "".

    ``name`` gives what an actor is called, and in which language if not the page's.
    """
    deadlines = _deadlines(record, as_of)
    if not asked or not (deadlines or any(dates.last_day(e.date) <= as_of for e in record.assessments)):
        return Markup()
    known = [asked, as_of, *(e.date for e in record.assessments), *(day for day, _ in deadlines)]
    scale = Scale.of(known)
    top = 26.0
    bottom = top + _LANE * len(pairs)
    sheet = _frame(scale, bottom, asked, as_of, words, rtl=rtl).copy()
    for day, holds in deadlines:
        x = scale.place(day)
        sheet.line(x, top - 6, x, bottom, "rt-due" if holds else "rt-due rt-past")
        sheet.text(*_beside(scale, x, top - 12), words.due if holds else words.was_due, kind="rt-small",
                   anchor=_anchor(x))  # fmt: skip
    for row, pair in enumerate(pairs):
        _lane(sheet, scale, top + row * _LANE, record, pair, asked, as_of, statuses, name(pair.actor))
    return sheet.svg(words.label, "rt-life")


@functools.lru_cache(1024)  # what one document asks for is mostly seen from the same day to the same day
def _frame(scale: Scale, bottom: float, asked: str, as_of: str, words: Words, *, rtl: bool) -> Sheet:
    sheet = Sheet(rtl=rtl)
    for year in scale.years():
        x = scale.place(f"{year}-01-01")
        sheet.line(x, 22, x, bottom + 4, "rt-line")
        if 24 < x < WIDTH - 24:
            sheet.text(x, bottom + 17, str(year), anchor="middle", kind="rt-small")
    for day, said, anchor in ((asked, words.asked, "start"), (as_of, words.today, "end")):
        x = scale.place(day)
        sheet.line(x, 16, x, bottom + 4, "rt-axis")
        sheet.text(x - _SIDE if anchor == "start" else x + _SIDE, 11, said, anchor=anchor, kind="rt-small")
    return sheet


def _lane(
    sheet: Sheet, scale: Scale, y: float, record: Recommendation, pair: Pair, asked: str, as_of: str,
    statuses: Mapping[str, Status], called: tuple[str, str],
) -> None:  # fmt: skip
    y += 14
    label, lang = called
    sheet.text(_INSIDE, y, label, kind="rt-small rt-strong", room=WIDTH - _INSIDE - _SIDE, size=11, lang=lang)
    y += 5
    standing, others = _entries(record, pair, as_of)
    start, end = scale.place(asked), scale.place(as_of)
    until = scale.place(standing[0].date) if standing else end
    sheet.line(start, y + _BAR / 2, until, y + _BAR / 2, "rt-unknown")
    ends = [*(scale.place(entry.date) for entry in standing[1:]), end]
    for entry, stop in zip(standing, ends, strict=False):  # nothing stands where there are replies alone
        x = scale.place(entry.date)
        status = statuses[entry.status]
        sheet.rect(x, y, max(stop - x, 1), _BAR, palette.of_status(entry.status, status))
    for entry in standing:
        sheet.dot(scale.place(entry.date), y + _BAR / 2, 5, palette.of_status(entry.status, statuses[entry.status]), "rt-mark")
    for entry in others:
        colour = palette.of_status(entry.status, statuses[entry.status])
        sheet.dot(scale.place(entry.date), y - 4, 3.5, colour, "rt-mark")
    for entry in record.assessments:
        if entry.actor == pair.actor and entry.response and dates.last_day(entry.date) <= as_of:
            sheet.diamond(scale.place(entry.date), y + _BAR + 4, 3.5, "rt-reply")


def _entries(record: Recommendation, pair: Pair, as_of: str) -> tuple[list[Assessment], list[Assessment]]:
    """The judgements of the assessor that counts in order of time, and those of the others."""
    log = [e for e in record.assessments if e.actor == pair.actor and e.status and dates.last_day(e.date) <= as_of]
    log = [e for i, e in enumerate(log) if not corrected(e, log[i + 1 :])]
    log.sort(key=lambda e: dates.last_day(e.date))
    lead = pair.latest.by if pair.latest else ""
    return [e for e in log if e.by == lead], [e for e in log if e.by != lead]


def _deadlines(record: Recommendation, as_of: str) -> list[tuple[str, bool]]:
    """(day, whether it holds) of every deadline that was announced by a day."""
    if not (held := freshness.due(record, as_of)):
        return []
    moved = [c.from_ for c in record.deadline_changes if dates.last_day(c.on) <= as_of]
    return [*((day, False) for day in moved if day != held), (held, True)]


@functools.lru_cache(4096)
def _day(date: str) -> int:
    return datetime.date.fromisoformat(dates.last_day(date)).toordinal()


def _anchor(x: float) -> str:
    return "start" if x < WIDTH / 3 else "end" if x > WIDTH * 2 / 3 else "middle"


def _beside(scale: Scale, x: float, y: float) -> tuple[float, float]:
    shift = {"start": -_SIDE, "end": _SIDE, "middle": 0}[_anchor(x)]
    return x + shift, y
