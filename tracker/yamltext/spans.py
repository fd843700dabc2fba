"""Where each value of a YAML text begins and ends, for edits that touch nothing else.

The exact reader knows where a value begins, which is enough to point at it. To put
another in its place one must know where it ends, and how it was written. Offsets count
characters from the beginning of the YAML text, whose line ends are ``\\n``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import yaml

from tracker.yamltext.exact import Loader


class Span(NamedTuple):
    """A value: ``text[start:end]``, with no white space after it.

    ``kind`` is “scalar”, “list” or “mapping”; ``style`` is “flow” for what stands in
    brackets, “block” for indented lists, mappings and texts (``|``, ``>``), “plain” and
    “quoted” for single values on a line. ``column`` is where it begins.
    """

    kind: str
    style: str
    start: int
    end: int
    column: int
    items: list[Span]
    keys: dict[str, tuple[int, int, Span]]  # key -> (start and end of the key, its value)

    @property
    def is_empty(self) -> bool:
        return self.start == self.end


class Comment(NamedTuple):
    """A comment: where its number sign stands, and whether something precedes it on the line."""

    start: int
    text: str
    trailing: bool


def spans(text: str) -> Span:
    """The root of a text that the exact reader reads without findings."""
    loader = Loader(text)
    try:
        return _span(loader.get_single_node(), text)
    finally:
        loader.dispose()


def _span(node: yaml.Node, text: str) -> Span:
    start, column = node.start_mark.index, node.start_mark.column
    if isinstance(node, yaml.ScalarNode):
        style = {None: "plain", "": "plain", "|": "block", ">": "block"}.get(node.style, "quoted")
        end = node.end_mark.index
        if style == "block":
            end = start + len(text[start:end].rstrip())
        return Span("scalar", style, start, end, column, [], {})
    style = "flow" if node.flow_style else "block"
    if isinstance(node, yaml.SequenceNode):
        items = [_span(child, text) for child in node.value]
        end = node.end_mark.index if node.flow_style else max((i.end for i in items), default=start)
        return Span("list", style, start, end, column, items, {})
    keys = {
        key.value: (key.start_mark.index, key.end_mark.index, _span(value, text))
        for key, value in node.value
    }
    end = node.end_mark.index
    if not node.flow_style:
        end = max((max(span.end, at) for _, at, span in keys.values()), default=start)
    return Span("mapping", style, start, end, column, [], keys)


def hyphens(text: str) -> dict[int, list[int]]:
    """Where the hyphens of list items stand, by their column, in order."""
    found: dict[int, list[int]] = {}
    for token in yaml.scan(text, Loader=Loader):
        if isinstance(token, yaml.BlockEntryToken):
            found.setdefault(token.start_mark.column, []).append(token.start_mark.index)
    return found


_COMMENT = re.compile(r"#[^\n]*")
_HEADER = re.compile(r"[|>][^\n#]*")


def comments(text: str) -> Iterator[Comment]:
    """Every comment of a text, in order: what stands between its tokens."""
    at = 0
    for token in yaml.scan(text, Loader=Loader):
        start, end = token.start_mark.index, token.end_mark.index
        if start > at:
            yield from _within(text, at, start)
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = _HEADER.match(text, start)
            line_end = text.find("\n", start)
            if header and line_end > header.end():
                yield from _within(text, header.end(), line_end)
        at = max(at, end)
    yield from _within(text, at, len(text))


def _within(text: str, start: int, end: int) -> Iterator[Comment]:
    for found in _COMMENT.finditer(text, start, end):
        line = text.rfind("\n", 0, found.start()) + 1
        yield Comment(found.start(), found.group().rstrip(), bool(text[line : found.start()].strip()))
