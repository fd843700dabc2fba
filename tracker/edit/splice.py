"""Changes of single values in a record's text, in which every other byte stays as it was.

Comments, quotes, the order of keys, line ends and a byte order mark are the author's. Each
change is read again, and where anything but the change itself came out differently, it is
not made.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from tracker import frontmatter
from tracker.edit import compose
from tracker.edit.compose import NO_SHAPE, Shape, shape_of
from tracker.edit.original import Edit, Original
from tracker.edit.scalars import scalar
from tracker.errors import TrackerError
from tracker.yamltext.spans import Span, spans

Where = Sequence[str | int]


def set_value(kind: type, raw: bytes, where: Where, value: Any, path: str = "") -> bytes:
    """The file ``raw`` (a record of class ``kind``) with ``value`` at ``where``.

    ``where`` is a way of keys and positions such as ``("assessments", 2, "note")``; all but
    its last part must be there. A single value is replaced in place; a key that is missing
    is added in its canonical place. ``value`` is a text, a number, or lists and mappings
    of them; those replace nothing but an empty value.
    """
    original = Original(raw, path)
    value = compose.without_empty(value)
    if value in (None, "", [], {}):
        raise ValueError("an empty value says nothing: there is no use in writing it")
    parent, shape = _reach(original, kind, where[:-1])
    key = where[-1]
    if parent.kind == "list":
        edit = _replacement(original, parent.items[key], value, "", shape, parent.style == "flow",
                            indent=parent.column)
    elif parent.kind != "mapping":
        raise _no_place(original, where)
    elif key in parent.keys:
        edit = _of_key(original, parent, key, value, shape)
    else:
        edit = _new_key(original, parent, key, value, shape)
    return _proved(original, edit, _with(original.data, where, value))


def append(
    kind: type, raw: bytes, where: Where, item: Any, path: str = "", remarks: Sequence[str] = ()
) -> bytes:
    """The file ``raw`` with ``item`` at the end of the list at ``where``.

    The list may be in brackets or one item a line, empty, or not there yet. ``remarks`` are
    comments to stand above the item.
    """
    original = Original(raw, path)
    item = compose.without_empty(item)
    parent, shape = _reach(original, kind, where[:-1])
    key = where[-1]
    held = _held(original.data, where)
    if held not in (None, []) and not isinstance(held, list):
        raise TrackerError(f"{path}: “{key}” is not a list", "Make it one first.")
    after = _with(original.data, where, [*(held or []), item])
    if not held:
        edit = (_of_key if key in parent.keys else _new_key)(original, parent, key, [item], shape)
        return _remarked(_proved(original, edit, after), kind, where, remarks, path)
    span = parent.keys[key][2]
    last = span.items[-1]
    if span.style == "flow":
        edit = Edit(last.end, last.end, f", {compose.flow(item)}")
        if original.yaml[last.end : span.end].lstrip().startswith(","):  # a comma after the last one
            comma = original.yaml.index(",", last.end) + 1
            edit = Edit(comma, comma, f" {compose.flow(item)}")
    else:
        at = original.line_end(last.end)
        indent = span.column
        lines = compose.item_lines(item, shape.inner.get(key, NO_SHAPE), indent)
        edit = _below(original, at, lines)
    return _remarked(_proved(original, edit, after), kind, where, remarks, path)


def _remarked(made: bytes, kind: type, where: Where, remarks: Sequence[str], path: str) -> bytes:
    """The same with comments above the last item of a list."""
    if not remarks:
        return made
    original = Original(made, path)
    span, _ = _reach(original, kind, where)
    if span.style == "flow":
        raise TrackerError(
            f"{path}: there is no place for the comment “{remarks[0]}” in a list in brackets",
            "Write the list one item a line first: tracker fmt.",
        )
    at = original.yaml.rfind("\n", 0, span.items[-1].start) + 1
    pad = " " * span.column
    return _proved(original, Edit(at, at, "".join(f"{pad}{text}\n" for text in remarks)), original.data)


def _reach(original: Original, kind: type, way: Where) -> tuple[Span, Shape]:
    """The list or mapping that ``way`` leads to, and the shape that its class gives it."""
    span, shape = spans(original.yaml), shape_of(kind)
    for part in way:
        if isinstance(part, int) and part < len(span.items):
            span = span.items[part]
        elif isinstance(part, str) and part in span.keys:
            span, shape = span.keys[part][2], shape.inner.get(part, NO_SHAPE)
        else:
            raise _no_place(original, way)
    return span, shape


def _of_key(original: Original, parent: Span, key: str, value: Any, shape: Shape) -> Edit:
    """Another value for a key that is there."""
    _, key_end, span = parent.keys[key]
    if (span.kind != "scalar" and span.items) or span.keys:
        raise TrackerError(
            f"{original.path}: “{key}” holds a list or several keys, which are changed one by one"
        )
    return _replacement(original, span, value, key, shape, parent.style == "flow", key_end, parent.column)


def _replacement(
    original: Original, span: Span, value: Any, key: str, shape: Shape, flow: bool,
    key_end: int = 0, indent: int = 0,
) -> Edit:  # fmt: skip
    if flow:
        start, end = span.start, span.end
        space = " " if start == end and not original.yaml[start - 1 : start].isspace() else ""
        return Edit(start, end, space + compose.flow(value))
    if isinstance(value, (list, dict)):
        first, *rest = compose.value_lines(key, value, shape, indent)
        if span.is_empty:
            return _after_colon(original, key_end, first, rest)
        return _in_place(original, span, first, rest)
    first, *rest = compose.single(value, indent + 2, typed=key in shape.typed).split("\n")
    if span.is_empty and key:
        return _after_colon(original, key_end, first, rest)
    return _in_place(original, span, first, rest)


def _in_place(original: Original, span: Span, first: str, rest: list[str]) -> Edit:
    """A value where another one stood. A comment behind it stays, before further lines."""
    start, end = span.start, span.end
    tail = original.yaml[end : original.line_end(end)]
    if not first:  # a list on lines of its own: no white space is left behind the colon
        start -= len(original.yaml[:start]) - len(original.yaml[:start].rstrip(" "))
    if rest and tail.strip():
        return Edit(start, end + len(tail), "\n".join([f"{first}{tail}", *rest]))
    return Edit(start, end, "\n".join([first, *rest]))


def _after_colon(original: Original, key_end: int, first: str, rest: list[str]) -> Edit:
    """A value for a key that has none: behind its colon, before a comment that stands there."""
    at = original.yaml.index(":", key_end) + 1
    end = original.line_end(at)
    tail = original.yaml[at:end]
    said = f" {first}" if first else ""
    return Edit(at, end, "\n".join([f"{said}{tail.rstrip() if said else tail}", *rest]))


def _new_key(original: Original, parent: Span, key: str, value: Any, shape: Shape) -> Edit:
    """A key that is missing, behind the one that comes before it in the canonical order."""
    rank = shape.order.get(key, len(shape.order))
    before = [k for k in parent.keys if shape.order.get(k, len(shape.order)) <= rank]
    if parent.style == "flow":
        said = f"{scalar(key, flow=True)}: {compose.flow(value)}"
        if not before:
            first = parent.start + 1
            return Edit(first, first, f"{said}, " if parent.keys else said)
        _, key_end, span = parent.keys[max(before, key=lambda k: shape.order.get(k, len(shape.order)))]
        at = max(key_end, span.end)
        return Edit(at, at, f", {said}")
    lines = list(compose.mapping({key: value}, shape, parent.column))
    if before:
        nearest = max(before, key=lambda k: (shape.order.get(k, len(shape.order)), parent.keys[k][0]))
        _, key_end, span = parent.keys[nearest]
        return _below(original, original.line_end(max(key_end, span.end)), lines)
    # Before all others: the first key may stand behind a hyphen, so it moves down a line.
    start = parent.start
    pad = " " * parent.column
    return Edit(start, start, "\n".join([lines[0][parent.column :], *lines[1:], pad]))


def _below(original: Original, at: int, lines: list[str]) -> Edit:
    """Lines below the one that ends at ``at``."""
    text = "\n".join(lines)
    return Edit(at, at, f"\n{text}" if at < len(original.yaml) or not _ended(original) else f"{text}\n")


def _ended(original: Original) -> bool:
    return original.yaml.endswith("\n") or not original.yaml


def _proved(original: Original, edit: Edit, after: dict) -> bytes:
    """The edited bytes, which say ``after`` and have the same body; else TrackerError."""
    made = original.edited([edit])
    again = frontmatter.read(made, original.path)
    if again.data != after or again.findings or again.body != original.body:
        raise TrackerError(
            f"{original.path}: this change can't be made without touching other parts of the file",
            "Make it by hand, or bring the file into its usual shape first: tracker fmt.",
        )
    return made


def _held(data: Any, where: Where) -> Any:
    for part in where:
        data = data.get(part) if isinstance(data, dict) else data[part]
    return data


def _with(data: dict, where: Where, value: Any) -> dict:
    made = copy.deepcopy(data)
    *way, last = where
    _held(made, way)[last] = value
    return made


def _no_place(original: Original, where: Where) -> TrackerError:
    return TrackerError(f"{original.path}: there is no place {' / '.join(map(str, where))} in it")
