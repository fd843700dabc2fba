"""Front matter data to a typed record, collecting every problem on the way.

Good records take the short way through msgspec. Where it refuses, a walk over the same
class says what is wrong, field by field, and keeps what is right, so that one mistake
does not hide the next and does not make others of it.
"""

from __future__ import annotations

import functools
from typing import Any

import msgspec
import msgspec.inspect as inspect

from tracker.fields import bare
from tracker.findings import Problem
from tracker.model import Record
from tracker.rules.records import MISSING_FIELD, UNKNOWN_KEY, WRONG_TYPE
from tracker.suggest import did_you_mean

_GONE = object()
_TRUE_FALSE = {"true": True, "yes": True, "false": False, "no": False}


def convert(data: dict, kind: type) -> tuple[Any, list[Problem]]:
    """An object of ``kind`` and what was wrong; None where too little is left for one."""
    try:
        return msgspec.convert(data, kind, strict=False), []
    except msgspec.ValidationError:
        pass
    problems: list[Problem] = []
    cleaned = _struct(data, inspect.type_info(kind), (), problems)
    if cleaned is _GONE:
        return None, problems
    try:
        return msgspec.convert(cleaned, kind, strict=False), problems
    except msgspec.ValidationError as error:  # the walk should never know less than msgspec
        return None, [*problems, WRONG_TYPE.problem((), str(error))]


@functools.cache
def keys(kind: type) -> list[str]:
    """The keys that a record's front matter may have, in their canonical order."""
    return [f.encode_name for f in _fields(inspect.type_info(kind))]


def is_record(kind: type) -> bool:
    return issubclass(kind, Record)


def _fields(info: inspect.StructType) -> list[inspect.Field]:
    return [f for f in info.fields if not f.encode_name.startswith("$")]


def _value(value: Any, kind: inspect.Type, where: tuple, problems: list[Problem]) -> Any:
    """``value`` as far as it fits ``kind``, or ``_GONE``."""
    _, kind = bare(kind)
    if value is None:
        return _GONE
    match kind:
        case inspect.StructType():
            return _struct(value, kind, where, problems)
        case inspect.ListType():
            return _list(value, kind, where, problems)
        case inspect.DictType():
            return _dict(value, kind, where, problems)
        case inspect.AnyType():
            return value
    if isinstance(value, (dict, list)):
        found = "a list" if isinstance(value, list) else "a set of keys"
        problems.append(WRONG_TYPE.problem(
            where, f"“{_name(where)}” must be a single value, not {found}", _single_hint(where, value)
        ))
        return _GONE
    match kind:
        case inspect.IntType() | inspect.FloatType():
            try:
                return int(value) if isinstance(kind, inspect.IntType) else float(value)
            except ValueError:
                problems.append(WRONG_TYPE.problem(
                    where, f"“{_name(where)}” must be a number, not “{value}”", "Write digits only, such as 12."
                ))
                return _GONE
        case inspect.BoolType():
            if value.lower() in _TRUE_FALSE:
                return _TRUE_FALSE[value.lower()]
            problems.append(WRONG_TYPE.problem(
                where, f"“{_name(where)}” must be true or false, not “{value}”"
            ))
            return _GONE
    return value


def _struct(value: Any, info: inspect.StructType, where: tuple, problems: list) -> Any:
    if not isinstance(value, dict):
        problems.append(WRONG_TYPE.problem(
            where, f"“{_name(where)}” must be a set of keys, not {_said(value)}",
            "Write it as: " + ", ".join(f"{f.encode_name}: ..." for f in _fields(info)[:3]) + ".",
        ))
        return _GONE
    fields = {f.encode_name: f for f in _fields(info)}
    cleaned, incomplete = {}, False
    for key, item in value.items():
        if key not in fields:
            problems.append(UNKNOWN_KEY.problem(
                (*where, key), f"there is no field “{key}”{_inside(where)}",
                did_you_mean(key, fields, "The fields are: " + ", ".join(fields) + "."),
                on_key=True,
            ))
            continue
        kept = _value(item, fields[key].type, (*where, key), problems)
        if kept is not _GONE:
            cleaned[key] = kept
        elif fields[key].required and item is not None:
            incomplete = True  # said above: it is there, but of the wrong shape
    for key, field in fields.items():
        if field.required and key not in cleaned:
            incomplete = True
            if value.get(key) is None:
                problems.append(MISSING_FIELD.problem(
                    (*where, key) if key in value else where,
                    f"“{key}” is missing{_inside(where)}", f"Add a line: {key}: ...",
                ))
    return _GONE if incomplete else cleaned


def _list(value: Any, kind: inspect.ListType, where: tuple, problems: list) -> Any:
    if not isinstance(value, list):
        example = f"[{value}]" if isinstance(value, str) else "[...]"
        problems.append(WRONG_TYPE.problem(
            where, f"“{_name(where)}” must be a list, not {_said(value)}",
            f"Write {_name(where)}: {example}, or one item a line, each beginning with “- ”.",
        ))
        return _GONE
    cleaned = []
    for index, item in enumerate(value):
        if item is None:
            problems.append(WRONG_TYPE.problem(
                (*where, index), f"item {index + 1} of “{_name(where)}” is empty", "Delete it, or write the value."
            ))
            continue
        kept = _value(item, kind.item_type, (*where, index), problems)
        if kept is not _GONE:
            cleaned.append(kept)
    return cleaned


def _dict(value: Any, kind: inspect.DictType, where: tuple, problems: list) -> Any:
    if not isinstance(value, dict):
        problems.append(WRONG_TYPE.problem(
            where, f"“{_name(where)}” must be a set of keys, not {_said(value)}"
        ))
        return _GONE
    kept = {k: _value(v, kind.value_type, (*where, k), problems) for k, v in value.items()}
    return {k: v for k, v in kept.items() if v is not _GONE}


def _name(where: tuple) -> str:
    """The field that a place belongs to: ("assessments", 2, "date") is “date”."""
    return next((str(part) for part in reversed(where) if isinstance(part, str)), "front matter")


def _inside(where: tuple) -> str:
    if not where:
        return ""
    number = f" {where[-1] + 1}" if isinstance(where[-1], int) else ""
    return f" in {_name(where)}{number}"


def _said(value: Any) -> str:
    if isinstance(value, list):
        return "a list"
    return "a set of keys" if isinstance(value, dict) else f"the text “{str(value)[:40]}”"


def _single_hint(where: tuple, value: Any) -> str:
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return f"Write {_name(where)}: {value[0]}"
    if isinstance(value, dict):
        return "If it is a text with a colon in it, put it in quotes."
    return "Write one value."
