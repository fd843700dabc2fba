"""A table as it was read: rows of cells, each of which knows where it stands.

The same for CSV and for workbooks, so that nothing behind this cares where a table came from. What could
not be read in a cell is said there, and refuses its row only if the column is used.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

Value = str | int | float | bool | datetime.date


class Cell(NamedTuple):
    """A value, where it stands (“Sheet1!C17”), and why it can't be used (else empty)."""

    value: Value | None
    where: str
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        return self.value is None and not self.problem

    @property
    def text(self) -> str:
        """The value as a person sees it, without white space around it."""
        match self.value:
            case None:
                return ""
            case bool():
                return "yes" if self.value else "no"
            case float() if self.value.is_integer():
                return str(int(self.value))
            case datetime.date():
                return self.value.isoformat()
        return str(self.value).strip()


class Row(NamedTuple):
    """One line of the table. ``number`` is the one that a spreadsheet program shows."""

    number: int
    cells: list[Cell]

    @property
    def is_empty(self) -> bool:
        return all(cell.is_empty for cell in self.cells)


class Table(NamedTuple):
    """What was read. ``notes`` say what the reader had to decide, for people.

    ``merged`` are ranges of cells that were one, as (first row, first column, last row, last column),
    all counted from 1. ``dialect`` is what a map needs to read the file again in the same way.
    """

    name: str  # of the sheet; empty for CSV
    rows: list[Row]
    notes: list[str]
    merged: list[tuple[int, int, int, int]]
    dialect: dict[str, str]

    def row(self, number: int) -> Row | None:
        """The row of that number."""
        index = number - 1
        return self.rows[index] if 0 <= index < len(self.rows) else None


def letters(column: int) -> str:
    """“A” for 1, “AA” for 27."""
    made = ""
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def address(sheet: str, row: int, column: int) -> str:
    """“Sheet1!C17”; “C17” where there is no sheet."""
    name = f"'{sheet}'!" if sheet and not sheet.replace("_", "").isalnum() else f"{sheet}!" if sheet else ""
    return f"{name}{letters(column)}{row}"


def area(sheet: str, merged: tuple[int, int, int, int]) -> str:
    """“Sheet1!B2:B9”."""
    return f"{address(sheet, *merged[:2])}:{letters(merged[3])}{merged[2]}"
