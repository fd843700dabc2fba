"""What a record class consists of, as a list that tables can be made from.

Read from the same annotations that the checks use, so that a field that is declared once,
in the model or in `tracker.yml`, has its column, its type and its description everywhere.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec.inspect as inspect

from tracker import fields
from tracker.config import Config, FieldSpec

# Fields whose class says what they hold, where the field itself says nothing.
PLAIN = {
    "assessments": "How far each actor got, as a log that only grows.",
    "evidence": "The documents that show it.",
    "deadline_changes": "Every change of the deadline that was announced.",
    "relations": "Ties to other recommendations.",
    "known_as": "Its ids in tables of others, by which an import finds it again.",
    "sources": "Where the documents speak of it.",
}


class Shape(NamedTuple):
    """One field. ``kind`` is text, integer, number, date, url, ref, term or part.

    ``argument`` is the collection of a ref, the list of a term, the class of a part.
    """

    name: str
    key: str
    kind: str
    argument: Any
    many: bool
    required: bool
    description: str


def shapes(kind: type, describe: Callable[[str], str]) -> list[Shape]:
    """The fields of a record or part class, those that the reader sets left out.

    ``describe(key)`` is asked where a field has no description of its own.
    """
    said = dict(fields.described(kind))
    found = []
    for item in inspect.type_info(kind).fields:
        if item.encode_name.startswith("$"):
            continue
        extra, inner = fields.bare(item.type)
        many = isinstance(inner, inspect.ListType)
        if many:
            extra, inner = fields.bare(inner.item_type, extra)
        name, argument = _kind(extra, inner)
        text = said.get(item.encode_name) or describe(item.encode_name)
        found.append(Shape(item.name, item.encode_name, name, argument, many, item.required, text))
    return found


def _kind(extra: dict, inner: inspect.Type) -> tuple[str, Any]:
    for mark in ("ref", "term", "date", "url"):
        if mark in extra:
            return mark, extra[mark]
    match inner:
        case inspect.StructType():
            return "part", inner.cls
        case inspect.IntType():
            return "integer", None
        case inspect.FloatType():
            return "number", None
    return "text", None


def describer(config: Config, collection: str, *path: str) -> Callable[[str], str]:
    """The words of `tracker.yml` on a field of a collection, or those on a part of the model."""
    spec = config.collections.get(collection)
    specs = spec.fields if spec else {}
    for key in path:
        specs = specs[key].fields if key in specs else {}
    return functools.partial(_words, specs)


def _words(specs: dict[str, FieldSpec], key: str) -> str:
    spec = specs.get(key)
    return (spec.help or spec.label) if spec else PLAIN.get(key, "")
