"""The one canonical shape of a record's text.

Keys in the order of the record's class, single values without quotes where no reader could
misread them, ids in brackets, everything else one item a line: the shape in which the
records of this repository are written, so that a change shows as a small difference.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec.inspect as inspect

from tracker.edit.scalars import is_id, literal, scalar
from tracker.errors import TrackerError
from tracker.fields import bare
from tracker.frontmatter import read
from tracker.model import Entry, Proposal, Record

# What a record is called comes first, in whichever class it is declared.
_LEAD = ("title", "recommendation", "short", "id", "aliases", "lang")


class Shape(NamedTuple):
    """What the class says of a mapping's keys: their order, and the shapes below them.

    ``typed`` are the keys that hold dates or numbers.
    """

    order: dict[str, int]
    inner: dict[str, Shape]
    typed: frozenset[str]

    def sorted(self, keys: Any) -> list[str]:
        """Keys in canonical order; those that the class doesn't know come last, as they came."""
        return sorted(keys, key=lambda key: self.order.get(key, len(self.order)))


NO_SHAPE = Shape({}, {}, frozenset())


@functools.cache
def shape_of(kind: type) -> Shape:
    """The canonical shape of a record class, or of a part of one."""
    return _shape(inspect.type_info(kind))


def _shape(info: inspect.StructType) -> Shape:
    fields = [f for f in info.fields if not f.encode_name.startswith("$")]
    names = [f.encode_name for f in fields]
    lead = [name for name in _LEAD if name in names] if issubclass(info.cls, (Record, Proposal)) else []
    # What a collection says of its own comes before what every page of one may say.
    common = set(Entry.__struct_encode_fields__) if issubclass(info.cls, Entry) else set()
    shared = [n for n in names if n in common and n not in lead]
    own = [n for n in names if n not in lead and n not in shared]
    order = {name: n for n, name in enumerate([*lead, *own, *shared])}
    inner, typed = {}, set()
    for field in fields:
        extra, kind = bare(field.type)
        if isinstance(kind, inspect.ListType):
            extra, kind = bare(kind.item_type, extra)
        if isinstance(kind, inspect.StructType):
            inner[field.encode_name] = _shape(kind)
        elif "date" in extra or isinstance(kind, (inspect.IntType, inspect.FloatType)):
            typed.add(field.encode_name)
    return Shape(order, inner, frozenset(typed))


def compose(kind: type, data: dict, body: str = "") -> str:
    """The text of a new record: front matter ``data`` (text, numbers, lists, dicts) and ``body``.

    Empty values are left out. Raises TrackerError where the text could not be read again
    as what it was made of, which no text should bring about.
    """
    kept = without_empty(data)
    body = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    lines = "\n".join(mapping(kept, shape_of(kind)))
    text = f"---\n{lines}\n---\n" + (f"{body}\n" if body else "")
    again = read(text.encode(), "")
    if again.findings or again.data != kept or again.body != body:
        raise TrackerError(
            "the record can't be written so that it is read again as it was meant",
            "Look for control characters in its texts, and take them out.",
        )
    return text


def without_empty(value: Any) -> Any:
    """Data as the reader gives it back: everything text, line ends ``\\n``, nothing empty."""
    if isinstance(value, dict):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [item for item in map(without_empty, value) if item not in (None, "", [], {})]
    if value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def mapping(data: dict, shape: Shape = NO_SHAPE, indent: int = 0) -> Iterator[str]:
    """The lines of a block mapping, each indented by ``indent`` spaces."""
    pad = " " * indent
    for key in shape.sorted(data):
        first, *rest = value_lines(key, data[key], shape, indent)
        yield f"{pad}{key_text(key)}:{f' {first}' if first else ''}"
        yield from rest


def key_text(key: str) -> str:
    return scalar(key)


def value_lines(key: str, value: Any, shape: Shape, indent: int) -> list[str]:
    """What stands after ``key:``, and the lines below it. ``indent`` is the key's own."""
    inner = shape.inner.get(key, NO_SHAPE)
    if isinstance(value, dict):
        return ["", *mapping(value, inner, indent + 2)] if value else ["{}"]
    if isinstance(value, list):
        if not value:
            return ["[]"]
        if all(isinstance(item, str) and is_id(item) for item in value):
            return ["[" + ", ".join(scalar(item, flow=True) for item in value) + "]"]
        return ["", *(line for item in value for line in item_lines(item, inner, indent + 2))]
    return single(value, indent + 2, typed=key in shape.typed).split("\n")


def item_lines(item: Any, shape: Shape, indent: int) -> list[str]:
    """The lines of one item of a block list, its hyphen indented by ``indent`` spaces."""
    pad = " " * indent
    if isinstance(item, dict) and item:
        first, *rest = mapping(item, shape, indent + 2)
        return [f"{pad}- {first[indent + 2 :]}", *rest]
    if isinstance(item, (dict, list)):
        return [f"{pad}- {flow(item)}"]
    first, *rest = single(item, indent + 2).split("\n")
    return [f"{pad}- {first}".rstrip(), *rest]


def single(value: str | None, indent: int, *, typed: bool = False) -> str:
    """A single value: on one line, or as a block whose lines are indented by ``indent``."""
    if value is None:
        return ""
    return (literal(value, indent) if "\n" in value else None) or scalar(value, typed=typed)


def flow(value: Any) -> str:
    """A value in brackets, on one line."""
    if isinstance(value, dict):
        parts = (f"{scalar(key, flow=True)}: {flow(item)}" for key, item in value.items())
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "null" if value is None else scalar(value, flow=True)
