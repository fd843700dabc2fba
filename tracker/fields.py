"""Walks a record by its fields' annotations.

A plan is made once for a record class and an annotation (`ref`, `term`, `date`, `url`);
walking yields each annotated value with the way to it. Plans keep this fast enough to
run over every record on each check.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec.inspect as inspect


class Step(NamedTuple):
    attribute: str
    key: str  # as written in the front matter
    many: bool
    argument: Any  # what the annotation says, such as a collection's name
    inner: tuple[Step, ...] | None  # the plan of a nested mapping


class Value(NamedTuple):
    where: tuple[str | int, ...]
    argument: Any
    value: str


@functools.cache
def plan(record_type: type, mark: str) -> tuple[Step, ...]:
    """The steps to every value of ``record_type`` annotated with ``mark``.

    The mark ``"text"`` stands for texts without any of the others.
    """
    return _steps(inspect.type_info(record_type), mark)


def _steps(info: inspect.StructType, mark: str) -> tuple[Step, ...]:
    steps = []
    for field in info.fields:
        if field.encode_name.startswith("$"):
            continue
        extra, kind = bare(field.type)
        many = isinstance(kind, inspect.ListType)
        if many:
            extra, kind = bare(kind.item_type, extra)
        if isinstance(kind, inspect.StructType):
            inner = _steps(kind, mark)
            if inner:
                steps.append(Step(field.name, field.encode_name, many, None, inner))
        elif mark == "text":
            if isinstance(kind, inspect.StrType) and not extra:
                steps.append(Step(field.name, field.encode_name, many, True, None))
        elif mark in extra:
            steps.append(Step(field.name, field.encode_name, many, extra[mark], None))
    return tuple(steps)


def bare(kind: inspect.Type, extra: dict | None = None) -> tuple[dict, inspect.Type]:
    """A type without its annotation and its `| None`, and the annotation."""
    extra = dict(extra or {})
    while True:
        if isinstance(kind, inspect.Metadata):
            extra.update(kind.extra or {})
            kind = kind.type
        elif isinstance(kind, inspect.UnionType):
            kind = next(t for t in kind.types if not isinstance(t, inspect.NoneType))
        else:
            return extra, kind


def values(record: Any, steps: tuple[Step, ...], where: tuple = ()) -> Iterator[Value]:
    """Every value that a plan leads to, in the order of the fields."""
    for attribute, key, many, argument, inner in steps:
        value = getattr(record, attribute)
        if not value:
            continue
        if inner is not None:
            for index, part in enumerate(value) if many else ((None, value),):
                here = (*where, key) if index is None else (*where, key, index)
                yield from values(part, inner, here)
        elif many:
            for index, item in enumerate(value):
                yield Value((*where, key, index), argument, item)
        else:
            yield Value((*where, key), argument, value)
