"""Tables as CSV and as JSON. The same table gives the same bytes."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec

from tracker.export.table import SEPARATOR, Field, Table
from tracker.export.text import guarded


def as_csv(table: Table) -> bytes:
    """UTF-8, comma, RFC 4180 quoting, one newline a row; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    # Column by column: one type at a time takes half as long as one row at a time.
    columns = zip(*table.rows, strict=True) if table.rows else ()
    writer.writerows(zip(*map(_cells, table.fields, columns), strict=True))
    return out.getvalue().encode()


def _cells(field: Field, values: tuple) -> list:
    if field.type == "string" and not field.many:
        return [value and guarded(value) for value in values]
    return list(map(_cell, values))


def _cell(value: Any) -> Any:
    match value:
        case str():
            return guarded(value)
        case bool():
            return "true" if value else "false"
        case list():
            return guarded(SEPARATOR.join(value))
    return value


def as_json(table: Table) -> bytes:
    """A list with one object for each row, a line each."""
    names = [field.name for field in table.fields]
    encode = msgspec.json.Encoder().encode
    lines = b",\n".join(encode(dict(zip(names, row, strict=True))) for row in table.rows)
    return b"[\n" + lines + b"\n]\n" if lines else b"[]\n"


def pretty(content: Any) -> bytes:
    """JSON for files that people read too."""
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
