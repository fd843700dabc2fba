"""An ask that keeps coming back, drawn: who asked it when, and which ask took up which.

One line for each ask, the oldest first, with a dot for its status; arcs lead from an ask
to the later ones that repeat it. The list beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from itertools import accumulate
from typing import NamedTuple

from markupsafe import Markup

from tracker.lineage import Family
from tracker.reports import palette
from tracker.site.drawing import WIDTH, Sheet
from tracker.vocabulary import Status

_ROW = 50
_FIRST = 20
_LINE, _BELOW = 16, 14
_MOST_LINES = 5  # of a title: as many as nearly all need; the list beside the drawing has the whole
_LARGE, _SMALL = 12.5, 11


class Ask(NamedTuple):
    """One ask of a family as it is shown. ``link`` is "" for the page's own."""

    id: str
    when: str
    title: str
    said: str  # in which document, of whom, and what came of it
    status: str
    link: str
    lang: str  # of the title, where it is not the page's
    repeats: list[str]


def graph(family: Family, asks: list[Ask], statuses: Mapping[str, Status], label: str, *, rtl: bool = False) -> Markup:
    """The drawing of ``asks``, which are the family's members in their order."""
    rail = _rail(asks)
    start = rail + 14
    titles = [Sheet.wrapped(f"{ask.when} {ask.title}", WIDTH - start, _LARGE, _MOST_LINES) for ask in asks]
    told = [Sheet.wrapped(ask.said, WIDTH - start, _SMALL, _MOST_LINES) for ask in asks]
    heights = [_ROW + _LINE * (len(t) - 1) + _BELOW * (len(s) - 1) for t, s in zip(titles, told, strict=True)]
    tops = [0, *accumulate(heights)]
    places = {ask.id: _FIRST + top for ask, top in zip(asks, tops, strict=False)}
    ties = [(places[old], places[ask.id]) for ask in asks for old in ask.repeats if old in places]
    longest = max((abs(b - a) for a, b in ties), default=_ROW)
    sheet = Sheet(rtl=rtl)
    for old, new in sorted(ties, key=lambda t: t[0] - t[1]):
        lean = rail - (rail - 4) * min(abs(new - old) / longest, 1)
        sheet.curve([(rail, old), (lean, old + 6), (lean, new - 6), (rail, new)], "rt-arc")
    for ask, title, said in zip(asks, titles, told, strict=True):
        y = places[ask.id]
        sheet.dot(rail, y, 7, palette.of_status(ask.status, statuses[ask.status]), "rt-mark")
        with sheet.link(ask.link) if ask.link else nullcontext():
            for row, words in enumerate(title):
                kind = "rt-go" if ask.link else "rt-strong"
                sheet.text(start, y + row * _LINE, words, kind=kind, room=WIDTH - start, size=_LARGE, lang=ask.lang)
        below = y + len(title) * _LINE
        for row, words in enumerate(said):
            sheet.text(start, below + row * _BELOW, words, kind="rt-small", room=WIDTH - start, size=_SMALL)
    return sheet.svg(label, "rt-graph", links=any(ask.link for ask in asks))


def _rail(asks: list[Ask]) -> float:
    """Where the dots stand: arcs that reach farther lean out farther."""
    rows = {ask.id: row for row, ask in enumerate(asks)}
    reach = [row - rows[old] for row, ask in enumerate(asks) for old in ask.repeats if old in rows]
    return 22 + 10 * min(max(map(abs, reach), default=1), 4)
