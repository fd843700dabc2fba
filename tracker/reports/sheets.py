"""XLSX: a sheet for each table, with typed cells, filters, a head that stays, and no formulas."""

from __future__ import annotations

import datetime
import io
import re
import textwrap

import xlsxwriter

from tracker.reports.archive import steady
from tracker.reports.document import Cell, Column, Document, Table, plain

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST = 32_767  # characters in a cell
_LINE, _HIGHEST = 15, 409  # points; Excel allows no higher row
_WIDTHS = {"number": 11, "share": 11, "ratio": 13, "date": 13}


def render(document: Document) -> bytes:
    """The tables of the document as a workbook; the same document gives the same bytes."""
    out = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    book = xlsxwriter.Workbook(out, options)
    day = datetime.datetime.fromisoformat(document.date)
    book.set_properties({
        "title": plain(document.title), "subject": plain(document.subtitle),
        "author": document.house.organisation, "created": day,
    })  # fmt: skip
    looks = _Looks(book, document)
    first = book.add_worksheet(_name(document.words["about"], set()))
    names = {first.get_name().lower()}
    listed = []
    for table in document.tables():
        name = _name(table.caption, names)
        names.add(name.lower())
        sheet = book.add_worksheet(name)
        _fill(sheet, table, looks, rtl=document.rtl)
        listed.append((name, table))
    _front(first, document, listed, looks)
    book.close()
    return steady(out.getvalue())


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook, document: Document) -> None:
        order = 2 if document.rtl else 1
        base = {"valign": "top", "reading_order": order}
        self.head = book.add_format({
            **base, "bold": True, "text_wrap": True, "bg_color": "#f4f2ea", "bottom": 2,
            "bottom_color": document.house.colour,
        })  # fmt: skip
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": document.house.colour})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.text = book.add_format({**base, "text_wrap": True})
        self.number = book.add_format({**base, "num_format": "#,##0"})
        self.share = book.add_format({**base, "num_format": "0.00"})
        self.date = book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "left"})
        self.link = book.add_format({"font_color": "#0d5a78", "underline": 1})


def _fill(sheet, table: Table, looks: _Looks, *, rtl: bool) -> None:
    if rtl:
        sheet.right_to_left()
    widths = [_width(table, place, column) for place, column in enumerate(table.columns)]
    # Some programs fit a row to its wrapped text only when it is edited: it is told how high to be.
    # In the head, the button of the filter takes the room of three letters.
    sheet.set_row(0, _height([column.label for column in table.columns], [w - 3 for w in widths]))
    for place, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column.label, looks.head)
    for number, row in enumerate(table.rows, 1):
        sheet.set_row(number, _height([cell.value for cell in row], widths))
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(sheet, number, place, column, cell, looks)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(sheet, row: int, place: int, column: Column, cell: Cell, looks: _Looks) -> None:
    value = cell.value
    if value is None:
        sheet.write_blank(row, place, None, looks.text)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value, looks.share if column.kind == "share" else looks.number)
    elif column.kind == "date" and _DAY.fullmatch(value) and value >= "1900-03-01":
        sheet.write_datetime(row, place, datetime.datetime.fromisoformat(value), looks.date)
    else:
        sheet.write_string(row, place, value[:_MOST], looks.text)


def _width(table: Table, place: int, column: Column) -> float:
    if column.kind in _WIDTHS:
        return _WIDTHS[column.kind]
    longest = max((len(str(row[place].value or "")) for row in table.rows), default=0)
    return max(10, min(longest + 2, 60), min(len(column.label) + 3, 24))


def _height(values: list, widths: list[float]) -> float:
    """How high a row must be for its wrapped texts, in points."""
    lines = 1
    for value, width in zip(values, widths, strict=True):
        if isinstance(value, str) and (len(value) > width or "\n" in value):
            room = max(int(width), 4)
            lines = max(lines, sum(len(textwrap.wrap(part, room)) or 1 for part in value.split("\n")))
    return min(lines * _LINE, _HIGHEST)


def _front(sheet, document: Document, listed: list[tuple[str, Table]], looks: _Looks) -> None:
    """The first sheet: what this is, and where everything is."""
    if document.rtl:
        sheet.right_to_left()
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 60)
    sheet.write_string(0, 0, plain(document.title), looks.title)
    sheet.write_string(1, 0, plain(document.subtitle))
    row = 3
    for label, text in document.facts:
        sheet.write_string(row, 0, label, looks.bold)
        sheet.write_string(row, 1, plain(text), looks.text)
        row += 1
    row += 1
    sheet.write_string(row, 0, document.words["contents"], looks.bold)
    for name, table in listed:
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.link, name)
        sheet.write_string(row, 1, table.caption if table.caption != name else "", looks.text)


def _name(caption: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 characters, without those that are forbidden, and its own."""
    base = _FORBIDDEN.sub(" ", caption).strip()[:31].strip() or "-"
    name, number = base, 2
    while name.lower() in taken or name.lower() == "history":
        tail = f" {number}"
        name, number = base[: 31 - len(tail)].rstrip() + tail, number + 1
    return name
