"""What moved between two days, drawn: from which status to which, and how many.

Only what changed is drawn, and how much did not is said beside it: else the many that
nobody has looked at would leave no room for what happened. Bands are as thick as the
pairs are many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

from markupsafe import Markup

from tracker.comparison import Move
from tracker.reports import palette
from tracker.site.drawing import WIDTH, Sheet
from tracker.vocabulary import NOT_ASSESSED, Status

_COLUMN = 9
_GAP = 8
_ROOM = 190.0  # the height of all bands together, gaps not counted
_LABELS = 118
_SIZE, _LINE = 10.5, 12.5
_THIN = 1.5


class Passage(NamedTuple):
    """``count`` pairs that went from one status to another; keys."""

    before: str
    after: str
    count: int


def passages(moves: list[Move], statuses: Mapping[str, Status]) -> list[Passage]:
    """Which statuses pairs left and came to, in the order of the words.

    A member of an addressed group is a pair only from its first assessment on: until then
    nobody had assessed it.
    """
    counted = Counter(
        (before, m.after) for m in moves
        for before in [NOT_ASSESSED if m.before is None and "assessed" in m.kinds else m.before]
        if m.actor and before in statuses and m.after in statuses and before != m.after
    )  # fmt: skip
    order = {key: place for place, key in enumerate(statuses)}
    found = [Passage(*key, count) for key, count in counted.items()]
    return sorted(found, key=lambda p: (order[p.before], order[p.after]))


def flow(
    found: list[Passage], statuses: Mapping[str, Status], heads: tuple[str, str], label: str,
    shown: Callable[[int], str], *, rtl: bool = False,
) -> Markup:  # fmt: skip
    """The drawing. ``heads`` name the two days, ``shown`` writes numbers as readers do."""
    if not found:
        return Markup()
    total = sum(p.count for p in found)
    before, after = Counter(), Counter()
    for p in found:
        before[p.before] += p.count
        after[p.after] += p.count
    scale = _ROOM / total
    sheet = Sheet(rtl=rtl)
    left, right = _LABELS, WIDTH - _LABELS
    sheet.text(left, 12, heads[0], anchor="end", kind="rt-small rt-strong")
    sheet.text(right, 12, heads[1], kind="rt-small rt-strong")
    labels = [
        {key: Sheet.wrapped(f"{statuses[key].label} {shown(count)}", _LABELS - 6, _SIZE, 2) for key, count in side.items()}
        for side in (before, after)
    ]
    tops = [_places(side, said, statuses, scale) for side, said in zip((before, after), labels, strict=True)]
    used = [dict(side) for side in tops]
    for p in found:
        thick = max(p.count * scale, _THIN)
        start, end = used[0][p.before], used[1][p.after]
        colour = palette.of_status(p.after, statuses[p.after])
        sheet.band(left + _COLUMN, start, right - _COLUMN, end, thick, colour)
        used[0][p.before] += p.count * scale
        used[1][p.after] += p.count * scale
    ends = ((left, before, tops[0], labels[0], "end"), (right - _COLUMN, after, tops[1], labels[1], "start"))
    for x, side, places, told, anchor in ends:
        for key, top in places.items():
            thick = max(side[key] * scale, _THIN)
            sheet.rect(x, top, _COLUMN, thick, palette.of_status(key, statuses[key]))
            at = x - 5 if anchor == "end" else x + _COLUMN + 5
            first = top + thick / 2 + 4 - _LINE / 2 * (len(told[key]) - 1)
            for row, words in enumerate(told[key]):
                sheet.text(at, first + row * _LINE, words, anchor=anchor, kind="rt-small", size=_SIZE)
    return sheet.svg(label, "rt-flow")


def _places(
    side: Counter[str], labels: Mapping[str, list[str]], statuses: Mapping[str, Status], scale: float
) -> dict[str, float]:
    """Where each status begins, in the order of the words; labels must not run into each other."""
    found, y, free = {}, 22.0, 18.0
    for key in statuses:
        if not side[key]:
            continue
        thick = max(side[key] * scale, _THIN)
        half = _LINE * len(labels[key]) / 2
        y = max(y, free + half - thick / 2)
        found[key] = y
        free = y + thick / 2 + half + 2
        y += thick + _GAP
    return found
