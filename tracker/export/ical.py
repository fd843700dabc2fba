"""Events, deadlines and review dates as an iCalendar (RFC 5545).

Everything is an all-day entry. A date that is known only to the month or the year stands on
its last day, and says so. No time of the clock is used: DTSTAMP is the day of the commit.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tracker import dates
from tracker.export.edition import Edition
from tracker.export.entries import oldest_id, stable
from tracker.export.text import cleaned, one_line
from tracker.freshness import due as deadline
from tracker.freshness import review_due
from tracker.progress import Pair, Progress

PATH = "calendar.ics"
_MOST_NAMED = 20
_LIMIT = datetime.date.max.isoformat()


class Happening(NamedTuple):
    """``first`` and ``last`` are days (YYYY-MM-DD), both inclusive."""

    uid: str
    first: str
    last: str
    summary: str
    description: str
    category: str
    page: str
    place: str = ""


def calendar(progress: Progress, edition: Edition) -> bytes:
    """The whole calendar, in the order of its days."""
    found = [*events(progress), *deadlines(progress), *reviews(progress)]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//recommendation-tracker//open data//EN",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"NAME:{_text(edition.name)}", f"X-WR-CALNAME:{_text(edition.name)}",
        f"DESCRIPTION:{_text('Events, deadlines and reviews that are due.')}",
    ]  # fmt: skip
    for item in sorted(found, key=lambda h: (h.first, h.category, h.uid)):
        lines += _component(item, edition)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) for line in lines).encode()


def events(progress: Progress) -> Iterator[Happening]:
    for event in progress.corpus.events.values():
        if not event.date:
            continue
        first, last, unsure = _span(event.date, event.end)
        about = [unsure, event.date_note, cleaned(event.body)]
        yield Happening(
            stable(f"event/{oldest_id(progress, 'events', event.id)}"), first, last,
            one_line(event.title) + (f" ({_said(event.date, event.end)})" if unsure else ""),
            "\n\n".join(text for text in about if text), "Event", f"events/{event.id}.html", event.place,
        )  # fmt: skip


def deadlines(progress: Progress) -> Iterator[Happening]:
    for record in progress.corpus.recommendations.values():
        now = deadline(record, progress.as_of)
        if not now:
            continue
        day, _, unsure = _span(now, None)
        slips = [
            f"Moved from {dates.written(c.from_)} to {dates.written(c.to)} on {dates.written(c.on)}"
            + (f": {one_line(c.reason)}" if c.reason else ".")
            for c in record.deadline_changes if dates.last_day(c.on) <= progress.as_of
        ]  # fmt: skip
        yield Happening(
            stable(f"deadline/{oldest_id(progress, 'recommendations', record.id)}"), day, day,
            f"Deadline: {one_line(record.title)}" + (f" ({dates.written(now)})" if unsure else ""),
            "\n\n".join(text for text in [unsure, *slips] if text),
            "Deadline", f"recommendations/{record.id}.html",
        )  # fmt: skip


def reviews(progress: Progress) -> Iterator[Happening]:
    """One entry for each actor and day on which judgements are due for review."""
    due: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in progress.counted():
        if pair.latest and progress.statuses[pair.status].open:
            due[pair.actor, review_due(pair.latest.date, progress.corpus.config.review_months)].append(pair)
    for (actor, day), pairs in due.items():
        names = [f"- {one_line(p.recommendation.title)}" for p in pairs[:_MOST_NAMED]]
        if len(pairs) > _MOST_NAMED:
            names.append(f"and {len(pairs) - _MOST_NAMED} more")
        count = "1 judgement" if len(pairs) == 1 else f"{len(pairs)} judgements"
        yield Happening(
            stable(f"review/{oldest_id(progress, 'actors', actor)}/{day}"), day, day,
            f"Review due: {one_line(progress.corpus.short('actors', actor))} ({count})",
            "\n".join(["To be looked at again:", *names]), "Review", f"actors/{actor}.html",
        )  # fmt: skip


def _span(date: str, end: str | None) -> tuple[str, str, str]:
    """(first day, last day, what is not known) of a date and its optional end."""
    if len(date) == 10 and (end is None or len(end) == 10):
        last = end if end and end >= date else date
        return date, last, ""
    day = dates.last_day(max(date, end or date, key=dates.last_day))
    return day, day, f"Known only as {_said(date, end)}; shown on the last day that this can mean."


def _said(date: str, end: str | None) -> str:
    return dates.written(date) + (f" to {dates.written(end)}" if end else "")


def _component(item: Happening, edition: Edition) -> list[str]:
    lines = [
        "BEGIN:VEVENT", f"UID:{item.uid}", f"DTSTAMP:{_compact(edition.stamp)}T000000Z",
        f"DTSTART;VALUE=DATE:{_compact(item.first)}",
    ]
    if item.last < _LIMIT:  # the end is exclusive; without one, it is the day itself
        after = datetime.date.fromisoformat(item.last) + datetime.timedelta(days=1)
        lines.append(f"DTEND;VALUE=DATE:{_compact(after.isoformat())}")
    lines.append(f"SUMMARY:{_text(item.summary)}")
    if item.description:
        lines.append(f"DESCRIPTION:{_text(item.description)}")
    if item.place:
        lines.append(f"LOCATION:{_text(one_line(item.place))}")
    if edition.url:
        lines.append(f"URL:{edition.url}{item.page}")
    return [*lines, f"CATEGORIES:{item.category}", "TRANSP:TRANSPARENT", "END:VEVENT"]


def _compact(day: str) -> str:
    return day.replace("-", "")


def _text(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    text = cleaned(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n").replace("\t", " ").replace("\x85", " ")


def _folded(line: str) -> str:
    """A content line with CRLF, no part of it over 75 octets and no character cut in two."""
    if line.isascii():
        rest = [line[start : start + 74] for start in range(75, len(line), 74)]
        return "\r\n ".join([line[:75], *rest]) + "\r\n"
    parts, now, size = [], [], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > (74 if parts else 75):
            parts.append("".join(now))
            now, size = [], 0
        now.append(character)
        size += octets
    return "\r\n ".join([*parts, "".join(now)]) + "\r\n"
