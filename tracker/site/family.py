"""An ask that keeps coming back, drawn: who asked it when, and which ask took up which.

One line for each ask, the oldest first, with a dot for its status; arcs lead from an ask
to the later ones that repeat it. The list beside it says the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from tracker.lineage import Family
from tracker.reports import palette
from tracker.site.drawing import WIDTH, Sheet
from tracker.vocabulary import Status

_ROW = 50
_FIRST = 20


class Ask(NamedTuple):
    """One ask of a family as it is shown. ``link`` is "" for the page's own."""

    id: str
    when: str
    title: str
    said: str  # in which document, of whom, and what came of it
    status: str
    link: str
    repeats: list[str]


def graph(family: Family, asks: list[Ask], statuses: Mapping[str, Status], label: str, *, rtl: bool = False) -> Markup:
    """The drawing of ``asks``, which are the family's members in their order."""
    places = {ask.id: _FIRST + row * _ROW for row, ask in enumerate(asks)}
    ties = [(places[old], places[ask.id]) for ask in asks for old in ask.repeats if old in places]
    longest = max((abs(b - a) for a, b in ties), default=_ROW)
    rail = 22 + 10 * min(longest / _ROW, 4)  # arcs that reach farther lean out farther
    sheet = Sheet(rtl=rtl)
    for old, new in sorted(ties, key=lambda t: t[0] - t[1]):
        lean = rail - (rail - 4) * min(abs(new - old) / longest, 1)
        sheet.curve([(rail, old), (lean, old + 6), (lean, new - 6), (rail, new)], "rt-arc")
    start = rail + 14
    for ask in asks:
        y = places[ask.id]
        sheet.dot(rail, y, 7, palette.of_status(ask.status, statuses[ask.status]), "rt-mark")
        if ask.link:
            with sheet.link(ask.link):
                sheet.text(start, y, f"{ask.when} {ask.title}".strip(), kind="rt-go", room=WIDTH - start, size=12.5)
        else:
            sheet.text(start, y, f"{ask.when} {ask.title}".strip(), kind="rt-strong", room=WIDTH - start, size=13)
        sheet.text(start, y + 16, ask.said, kind="rt-small", room=WIDTH - start, size=11)
    return sheet.svg(label, "rt-graph", links=any(ask.link for ask in asks))
