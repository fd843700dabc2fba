"""Walks a record by its fields' annotations.

A plan is made once for a record class and an annotation (`ref`, `term`, `date`, `url`);
walking yields each annotated value with the way to it. Plans keep this fast enough to
run over every record on each check.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
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


def put(record: Any, where: tuple[str | int, ...], value: str) -> None:
    """Sets the value at ``where`` (keys as in the front matter, and places in lists)."""
    *way, last = where
    for part in way:
        record = record[part] if isinstance(part, int) else getattr(record, _attribute(record, part))
    if isinstance(last, int):
        record[last] = value
    else:
        setattr(record, _attribute(record, last), value)


def _attribute(part: Any, key: str) -> str:
    kind = type(part)
    return kind.__struct_fields__[kind.__struct_encode_fields__.index(key)]


def described(record_type: type) -> list[tuple[str, str]]:
    """(key, description) of each field that has one, in the order of the class."""
    found = []
    for field in inspect.type_info(record_type).fields:
        if not field.encode_name.startswith("$") and (text := _description(field.type)):
            found.append((field.encode_name, text))
    return found


def _description(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.Metadata):
        return (kind.extra_json_schema or {}).get("description", "") or _description(kind.type)
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, map(_description, kind.types)), "")
    return _description(kind.item_type) if isinstance(kind, inspect.ListType) else ""


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


class Known:
    """Values already found good, by what they were checked against.

    Most values of a corpus are the same few dates and words, and most records have nothing
    wrong with them: one pass over a record against these sets is enough to say so.
    ``verify(mark, argument, value)`` decides about a value that is new.
    """

    def __init__(self, marks: tuple[str, ...], verify: Callable[[str, Any, str], bool]) -> None:
        self.marks = marks
        self.verify = verify
        self.good: dict[tuple[str, Any], set[str]] = defaultdict(set)
        self.plans: dict[type, tuple] = {}

    def all_good(self, record: Any) -> bool:
        kind = type(record)
        joint = self.plans.get(kind)
        if joint is None:
            joint = self.plans[kind] = self._joint([plan(kind, mark) for mark in self.marks])
        return self._check(record, joint)

    def _joint(self, plans: list[tuple[Step, ...]]) -> tuple:
        """One plan from one for each mark: (attribute, many, good set, key, inner)."""
        leaves, nested = [], defaultdict(lambda: [()] * len(self.marks))
        many_of = {}
        for index, steps in enumerate(plans):
            for step in steps:
                if step.inner is None:
                    key = (self.marks[index], step.argument)
                    leaves.append((step.attribute, step.many, self.good[key], key, None))
                else:
                    nested[step.attribute][index] = step.inner
                    many_of[step.attribute] = step.many
        inner = [(a, many_of[a], None, None, self._joint(p)) for a, p in nested.items()]
        return (*leaves, *inner)

    def _check(self, part: Any, joint: tuple) -> bool:
        for attribute, many, good, key, inner in joint:
            value = getattr(part, attribute)
            if not value:
                continue
            if inner is not None:
                for item in value if many else (value,):
                    if not self._check(item, inner):
                        return False
                continue
            for item in value if many else (value,):
                if item not in good:
                    if not self.verify(*key, item):
                        return False
                    good.add(item)
        return True


def named(record: Any) -> dict[str, set[str]]:
    """Every id that a record names, by the collection where it should be."""
    found: dict[str, set[str]] = defaultdict(set)
    if record is not None:
        gather(record, plan(type(record), "ref"), found)
    return found


def gather(part: Any, steps: tuple[Step, ...], into: dict[Any, set[str]]) -> None:
    """Every value that a plan leads to, added to the set of its argument."""
    for attribute, _, many, argument, inner in steps:
        value = getattr(part, attribute)
        if not value:
            continue
        if inner is not None:
            for item in value if many else (value,):
                gather(item, inner, into)
        elif many:
            into[argument].update(value)
        else:
            into[argument].add(value)


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


@functools.cache
def _by_key(kind: type) -> dict[str, inspect.Field]:
    return {field.encode_name: field for field in inspect.type_info(kind).fields}


def is_list(kind: type, key: str) -> bool:
    """Whether a record's field is a list."""
    return isinstance(bare(_by_key(kind)[key].type)[1], inspect.ListType)


def marks(kind: type, key: str) -> dict[str, Any] | None:
    """The marks of a field's value or of its items; None where these have keys of their own."""
    extra, found = bare(_by_key(kind)[key].type)
    if isinstance(found, inspect.ListType):
        extra, found = bare(found.item_type, extra)
    return None if isinstance(found, inspect.StructType) else extra
