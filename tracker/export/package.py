"""The Frictionless data package: what each CSV file holds, and how the files belong together."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from tracker.export.edition import Edition
from tracker.export.table import SEPARATOR, Field, Table
from tracker.export.text import one_line
from tracker.export.write_table import pretty

PATH = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def data_package(tables: list[Table], files: dict[str, bytes], edition: Edition) -> bytes:
    """The descriptor of the CSV files among ``files`` (paths from the package's folder)."""
    content: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": edition.slug,
        "title": one_line(edition.name),
        "description": edition.description,
        "version": edition.version,
        "created": f"{edition.stamp}T00:00:00Z",
        "licenses": [_licence(edition)],
        "contributors": [{"title": edition.authors, "roles": ["author"]}],
        "keywords": ["recommendations", "monitoring", "open data"],
        "resources": [_resource(table, files, edition) for table in tables],
    }
    if edition.url:
        content["homepage"] = edition.url
    return pretty(content)


def _licence(edition: Edition) -> dict:
    return {"name": edition.licence.name, "title": edition.licence.title, "path": edition.licence.url}


def _resource(table: Table, files: dict[str, bytes], edition: Edition) -> dict:
    path = f"data/{table.name}.csv"
    data = files[path]
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.ties:
        schema["foreignKeys"] = [
            {
                "fields": list(tie.fields),
                "reference": {
                    "resource": "" if tie.table == table.name else tie.table, "fields": list(tie.keys),
                },
            }
            for tie in table.ties
        ]  # fmt: skip
    return {
        "name": table.name, "type": "table", "title": table.title, "description": table.description,
        "path": path, "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": len(data), "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "licenses": [_licence(edition)], "schema": schema,
    }  # fmt: skip


def _field(field: Field) -> dict:
    made: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    limits: dict[str, Any] = {}
    if field.required:
        limits["required"] = True
    if field.values is not None:
        if field.many:
            one = "(" + "|".join(map(re.escape, field.values)) + ")"
            limits["pattern"] = rf"{one}(\{SEPARATOR}{one})*"
        else:
            limits["enum"] = field.values
    elif field.pattern:
        limits["pattern"] = field.pattern
    if limits:
        made["constraints"] = limits
    return made
