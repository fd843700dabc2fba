"""Tables as values: columns that say what they are, rows of plain values, ties between tables."""

from __future__ import annotations

from typing import Any

import msgspec

DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
SEPARATOR = "|"


class Field(msgspec.Struct, kw_only=True):
    """A column. ``type`` is string, integer, number, boolean or date (a whole day).

    ``many``: a list of texts; in CSV they stand in one cell with “|” between them, which
    no id can hold. ``values`` are the only ones allowed.
    """

    name: str
    type: str = "string"
    description: str
    many: bool = False
    required: bool = False
    values: list[str] | None = None
    pattern: str = ""


class Tie(msgspec.Struct):
    """A foreign key: ``fields`` of this table name ``keys`` of ``table``."""

    fields: tuple[str, ...]
    table: str
    keys: tuple[str, ...] = ("id",)


class Table(msgspec.Struct, kw_only=True):
    """Rows are lists in the order of the fields; each value is text, a number, true or
    false, a list of texts, or None. Days are texts, YYYY-MM-DD. ``key``: the primary key."""

    name: str
    title: str
    description: str
    fields: list[Field]
    rows: list[list[Any]]
    key: tuple[str, ...] = ("id",)
    ties: list[Tie] = msgspec.field(default_factory=list)

    def column(self, name: str) -> list[Any]:
        at = [f.name for f in self.fields].index(name)
        return [row[at] for row in self.rows]
