"""Tables as CSV and as JSON. The same table gives the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

from tracker.export.table import SEPARATOR, Field, Table
from tracker.export.text import guarded, harmless


def as_csv(table: Table) -> bytes:
    """UTF-8, comma, RFC 4180 quoting, one newline a row; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    # Column by column: one type at a time takes half as long as one row at a time.
    columns = zip(*table.rows, strict=True) if table.rows else ()
    writer.writerows(zip(*map(_cells, table.fields, columns), strict=True))
    return out.getvalue().encode()


def _cells(field: Field, values: Sequence) -> Sequence:
    if field.many:
        values = [SEPARATOR.join(value or ()) for value in values]
    elif field.type == "boolean":
        return [value if value is None else "true" if value else "false" for value in values]
    elif field.type in ("integer", "number"):
        return values
    return values if harmless(values) else [value and guarded(value) for value in values]


def as_json(table: Table) -> bytes:
    """A list with one object for each row, a line each."""
    names = [field.name for field in table.fields]
    if not table.rows:
        return b"[]\n"
    lines = msgspec.json.Encoder().encode_lines([dict(zip(names, row, strict=True)) for row in table.rows])
    # No text has a newline in it any more: they are written as \\n.
    return b"[\n" + lines[:-1].replace(b"\n", b",\n") + b"\n]\n"


def pretty(content: Any) -> bytes:
    """JSON for files that people read too."""
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
