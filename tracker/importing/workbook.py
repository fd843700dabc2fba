"""Excel workbooks (.xlsx), read as a stream: values, and what formulas last gave.

openpyxl's streaming mode keeps a large sheet from filling the memory, but knows nothing of merged cells:
their ranges are taken from the sheet's own XML. A file from elsewhere may be built to harm: its size
unpacked is looked at before anything is, and XML that declares entities is refused.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator

from tracker.errors import TrackerError
from tracker.importing.cells import Cell, Row, Table, address, letters
from tracker.importing.csvfile import MOST_ROWS
from tracker.suggest import did_you_mean

MOST_UNPACKED = 150 * 2**20  # bytes; 20,000 rows of long texts have about a tenth
MOST_COLUMNS = 500
_RANGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)\"")


def read(data: bytes, name: str, sheet: str = "") -> Table:
    """The table of one sheet of a workbook; of its first one where ``sheet`` is empty.

    Raises TrackerError where it can't be read, is too large, or has no such sheet.
    """
    _looked_at(data, name)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on what it leaves out: styles, extensions, filters
            shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            written = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
            first = _sheet(shown, name, sheet)
            second = written[first.title]
            merged = _merged(data, getattr(second, "_worksheet_path", ""))
            rows, formulas = _rows(first, second, name)
    except TrackerError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file breaks openpyxl in a hundred ways
        raise TrackerError(
            f"{name} is damaged and can't be read ({type(error).__name__})",
            "Open it in a spreadsheet program, and save it anew as .xlsx or CSV.",
        ) from None
    notes = [f"Sheet “{first.title}”" + (
        f" (the first of {len(shown.sheetnames)}: {', '.join(shown.sheetnames)})."
        if len(shown.sheetnames) > 1 and not sheet else ".")]  # fmt: skip
    if formulas:
        notes.append(f"{formulas:,} cells hold a formula; what it gave when the file was last saved was used.")
    if merged:
        count = len(merged)
        notes.append(f"{count:,} range{' of cells is' if count == 1 else 's of cells are'} merged.")
    return Table(first.title, rows, notes, merged, {"sheet": first.title})


def _looked_at(data: bytes, name: str) -> None:
    """Refuses what is no workbook, or harmful, before it is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise TrackerError(
            f"{name} is damaged: it begins as a workbook and does not end as one",
            "Open it in a spreadsheet program and save it anew, or get the file again.",
        ) from None
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names and not any(n.endswith("workbook.xml") for n in names):
        kind = "an OpenDocument file" if "mimetype" in names else "a compressed file of another kind"
        raise TrackerError(f"{name} is {kind}, not an Excel workbook", "Save the table as .xlsx or CSV.")
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        raise TrackerError(
            f"{name} unpacks to {unpacked // 2**20:,} MB; at most {MOST_UNPACKED // 2**20} MB are read",
            "Remove pictures and sheets that are not needed, or save the one sheet as CSV.",
        )
    if any(member.flag_bits & 1 for member in members):
        raise TrackerError(f"{name} is protected by a password", "Save a copy without one.")
    try:
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with archive.open(member) as part:
                    head = part.read(4096)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise TrackerError(
                        f"{name} declares XML entities, which no spreadsheet program writes",
                        "Don't trust this file. If it is yours, save it anew in a spreadsheet program.",
                    )
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise TrackerError(
            f"{name} is damaged and can't be unpacked ({type(error).__name__})",
            "Open it in a spreadsheet program and save it anew, or get the file again.",
        ) from None


def _sheet(book, name: str, wanted: str):
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    if not wanted:
        if not sheets:
            raise TrackerError(f"{name} has no sheet with cells", "Name another file.")
        return next(iter(sheets.values()))
    if wanted not in sheets:
        raise TrackerError(
            f"{name} has no sheet “{wanted}”",
            did_you_mean(wanted, sheets, "Its sheets are: " + ", ".join(sheets) + "."),
        )
    return sheets[wanted]


def _rows(shown, written, name: str) -> tuple[list[Row], int]:
    """Rows without the empty ones at the end; how many cells hold a formula."""
    shown.reset_dimensions()  # what the file says of its own size may be wrong
    written.reset_dimensions()
    rows: list[Row] = []
    formulas = 0
    for number, (values, sources) in enumerate(_pairs(shown, written), 1):
        if number > MOST_ROWS:
            raise TrackerError(f"{name} has more than {MOST_ROWS:,} rows", "Split it into several files.")
        cells = []
        for column, (value, source) in enumerate(zip(values, sources, strict=False), 1):
            cell, is_formula = _cell(value, source, address(shown.title, number, column))
            formulas += is_formula and not cell.problem
            cells.append(cell)
        while cells and cells[-1].is_empty:
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise TrackerError(
                f"{name}: row {number} has {letters(len(cells))}{number} as its last cell; "
                f"at most {MOST_COLUMNS} columns are read", "Remove what does not belong to the table.",
            )
        rows.append(Row(number, cells))
    while rows and rows[-1].is_empty:
        rows.pop()
    return rows, formulas


def _pairs(shown, written) -> Iterator[tuple[tuple, tuple]]:
    # Far rows: a file may hold one cell in row 1,000,000; openpyxl gives all those before it.
    return zip(shown.iter_rows(), written.iter_rows(), strict=False)


def _cell(shown, written, where: str) -> tuple[Cell, bool]:
    value = shown.value
    is_formula = written.data_type == "f"
    if is_formula and value is None:
        return Cell(None, where, "the formula has no result in the file: open it in a spreadsheet program, "
                    "save it, and import it again"), True  # fmt: skip
    if shown.data_type == "e":
        return Cell(None, where, f"the cell shows the error {value}"), is_formula
    match value:
        case None:
            return Cell(None, where), is_formula
        case str():
            return Cell(value if value.strip() else None, where), is_formula
        case datetime.datetime():
            return Cell(value.date(), where), is_formula
        case datetime.date() | bool() | int() | float():
            return Cell(value, where), is_formula
    return Cell(str(value), where), is_formula


def _merged(data: bytes, path: str) -> list[tuple[int, int, int, int]]:
    if not path:
        return []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(path.lstrip("/"))
    # They stand behind the rows; a text that looks like one is escaped there.
    tail = text[text.rfind(b"</sheetData>") :] if b"</sheetData>" in text else text
    return [
        (int(m[2]), _number(m[1]), int(m[4]), _number(m[3])) for m in _RANGE.finditer(tail)
    ]


def _number(name: bytes) -> int:
    made = 0
    for sign in name:
        made = made * 26 + sign - 64
    return made
