"""Comments of a front matter, each tied to the key or list item that it is about.

YAML's readers drop comments; they are the author's words to the next one, and stay where
they belong when keys are put in order. A comment at the end of a line is about what begins
on that line; one on a line of its own about what follows, unless it is indented deeper.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from tracker.yamltext.spans import Comment, Span, comments, hyphens


class _Place(NamedTuple):
    start: int  # of the key, or of the hyphen
    column: int


class Remarks:
    """The comments of ``text`` by the place (its start) that they belong to.

    ``before``: on lines above it; ``beside``: at the end of its first line; ``below``: on
    lines after all that belongs to it. ``last`` stand at the very end.
    """

    def __init__(self, text: str, root: Span) -> None:
        self.text = text
        self.before: dict[int, list[str]] = defaultdict(list)
        self.beside: dict[int, list[str]] = defaultdict(list)
        self.below: dict[int, list[str]] = defaultdict(list)
        self.last: list[str] = []
        self.all = list(comments(text))
        self._hyphens = hyphens(text) if self.all else {}
        self._brackets: list[tuple[int, int, int]] = []  # start and end of each, and its place
        places = sorted(self._places(root)) if self.all else []
        starts = [place.start for place in places]
        for comment in self.all:
            self._tie(comment, places, bisect.bisect_right(starts, comment.start))

    def _tie(self, comment: Comment, places: list[_Place], after: int) -> None:
        column = comment.start - (self.text.rfind("\n", 0, comment.start) + 1)
        earlier = places[:after]
        for start, end, place in self._brackets:  # it will stand on one line: no room inside
            if start < comment.start < end:
                self.before[place].append(comment.text)
                return
        if comment.trailing and earlier:
            self.beside[earlier[-1].start].append(comment.text)
            return
        follows = places[after] if after < len(places) else None
        if follows is not None and column <= follows.column:
            self.before[follows.start].append(comment.text)
            return
        inside = next((p for p in reversed(earlier) if p.column <= column), None)
        if column and inside is not None:
            self.below[inside.start].append(comment.text)
        elif follows is not None:
            self.before[follows.start].append(comment.text)
        else:
            self.last.append(comment.text)

    def hyphen(self, items: Span, number: int) -> int:
        """Where the hyphen of an item stands; the item's own start for a list in brackets."""
        item = items.items[number]
        before = items.items[number - 1].end if number else items.start
        known = self._hyphens.get(items.column, ())
        at = bisect.bisect_right(known, item.start) - 1
        return known[at] if items.style == "block" and at >= 0 and known[at] >= before else item.start

    def _places(self, span: Span) -> Iterator[_Place]:
        for start, _, value in span.keys.values():
            column = start - (self.text.rfind("\n", 0, start) + 1)
            yield from self._place(start, column, value)
        for number, item in enumerate(span.items):
            yield from self._place(self.hyphen(span, number), span.column, item)

    def _place(self, start: int, column: int, value: Span) -> Iterator[_Place]:
        yield _Place(start, column)
        if value.style == "flow":
            self._brackets.append((value.start, value.end, start))
        else:
            yield from self._places(value)
