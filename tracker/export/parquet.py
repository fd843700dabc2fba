"""Tables as Parquet, with typed columns and real lists."""

from __future__ import annotations

import datetime
import io
from typing import Any

from tracker.export.table import Field, Table


def available() -> bool:
    """Whether pyarrow, which is large and optional, is installed."""
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return False
    return True


def as_parquet(table: Table) -> bytes:
    """The same table gives the same bytes with the same version of pyarrow."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "date": pa.date32(),
    }  # fmt: skip

    def column(field: Field) -> pa.Field:
        kind = pa.list_(pa.string()) if field.many else kinds[field.type]
        return pa.field(field.name, kind, metadata={"description": field.description})

    schema = pa.schema(
        [column(field) for field in table.fields],
        metadata={"title": table.title, "description": table.description},
    )
    values = zip(*table.rows, strict=True) if table.rows else ([] for _ in table.fields)
    arrays = [
        pa.array([_value(field, v) for v in found], type=kind.type)
        for field, kind, found in zip(table.fields, schema, values, strict=True)
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _value(field: Field, value: Any) -> Any:
    if value is not None and field.type == "date":
        return datetime.date.fromisoformat(value)
    return value
