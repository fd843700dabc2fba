"""Tables as values, and their plain renderings.

A command makes one table; CSV, JSON and Markdown show the same one, so no two of them
can disagree. (The terminal draws the same rows with bars.)
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import msgspec

from tracker.escape import escaped
from tracker.progress import Progress, Row
from tracker.vocabulary import NOT_ASSESSED

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Column(msgspec.Struct):
    key: str  # in JSON and CSV
    label: str  # for people
    numeric: bool = False


class Table(msgspec.Struct):
    title: str
    note: str
    columns: list[Column]
    rows: list[list[Any]]

    def as_json(self) -> bytes:
        keys = [c.key for c in self.columns]
        content = {
            "title": self.title,
            "note": self.note,
            "rows": [dict(zip(keys, row, strict=True)) for row in self.rows],
        }
        return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"

    def as_csv(self) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([c.key for c in self.columns])
        for row in self.rows:
            writer.writerow([cell_text(value) for value in row])
        return out.getvalue()

    def as_markdown(self) -> str:
        lines = [f"### {escaped(self.title)}", "", self.note, ""] if self.title else []
        lines.append("| " + " | ".join(escaped(c.label) for c in self.columns) + " |")
        lines.append("|" + "|".join(" ---: " if c.numeric else " --- " for c in self.columns) + "|")
        for row in self.rows:
            lines.append("| " + " | ".join(escaped(shown(value)) for value in row) + " |")
        return "\n".join(lines) + "\n"


def cell_text(value: Any) -> str:
    """A value for a spreadsheet: text that looks like a formula stays text."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value)


def shown(value: Any) -> str:
    """A value for people."""
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def status_table(progress: Progress, dimension: str, rows: Sequence[Row]) -> Table:
    """Counts by status, each with its denominator and its not-assessed part."""
    used = [
        key for key, status in progress.statuses.items()
        if status.counted and (key == NOT_ASSESSED or any(key in row.by_status for row in rows))
    ]
    columns = [
        Column("id", "Id"),
        Column("label", dimension.capitalize()),
        Column("recommendations", "Asks", True),
        Column("pairs", "Asked of actors", True),
        Column("assessed", "Assessed", True),
        Column("done", "Done", True),
        *(Column(key, progress.statuses[key].label, True) for key in used),
        Column("contested", "Contested", True),
        Column("left_out", "Left out", True),
        Column("index", "Index", True),
    ]
    return Table(
        f"Status by {dimension}",
        f"As of {progress.as_of}. Each count is of pairs: one recommendation and one actor asked.",
        columns,
        [
            [
                row.key, row.label, row.asks, row.pairs, row.assessed, row.done,
                *(row.by_status.get(key, 0) for key in used),
                row.contested, row.left_out, row.index,
            ]
            for row in rows
        ],
    )  # fmt: skip
