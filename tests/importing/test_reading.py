"""Reading tables: encodings, separators, dates, formulas, merged cells; and files that are no tables."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import follow_up_table as table
import openpyxl
import pytest

from tracker.errors import TrackerError
from tracker.importing import spreadsheet
from tracker.importing.cells import Table, address, area

LINES = table.rows(3)
TEXT = "Nr;Ask;Who\n1;Créer un bureau, ouvert à tous;Genève\n2;Nommer;Zürich\n"


def read(tmp_path: Path, name: str, data: bytes, **options) -> Table:
    (tmp_path / name).write_bytes(data)
    return spreadsheet.read(tmp_path / name, **options)


def texts(found: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


ENCODED = {
    "utf-8": (TEXT.encode(), "Read as UTF-8."),
    "utf-8 with a mark": (TEXT.encode("utf-8-sig"), "Read as UTF-8 (it has a mark)."),
    "utf-16 with a mark": (TEXT.encode("utf-16"), "Read as UTF-16 (it has a mark)."),
    "utf-16 without": (TEXT.encode("utf-16-le"), "It looks like UTF-16-LE"),
    "big-endian without": (TEXT.encode("utf-16-be"), "It looks like UTF-16-BE"),
    "windows-1252": (TEXT.encode("windows-1252"), "Read as windows-1252"),
    "latin-1": (TEXT.replace("Créer", "Cr\x81er").encode("latin-1"), "Read as latin-1"),
}


@pytest.mark.parametrize(("data", "note"), ENCODED.values(), ids=ENCODED)
def test_the_encoding_is_found_and_said(tmp_path, data: bytes, note: str) -> None:
    found = read(tmp_path, "t.csv", data)
    assert note in " ".join(found.notes)
    assert texts(found)[2] == ["2", "Nommer", "Zürich"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator: str) -> None:
    found = read(tmp_path, "t.csv", table.text(LINES, separator).encode())
    assert texts(found)[0] == table.HEADERS
    assert found.dialect["separator"] == separator
    assert len(found.rows) == 4


def test_the_map_knows_better_than_a_guess(tmp_path) -> None:
    found = read(tmp_path, "t.csv", "a;b\nč;š\n".encode("windows-1250"), encoding="windows-1250", separator=";")
    assert texts(found)[1] == ["č", "š"]


@pytest.mark.parametrize(("text", "value", "problem"), [
    ("=1+1", "", "is a formula"), ("'=1+1", "=1+1", ""), ("'-5", "-5", ""), ("- a point", "- a point", ""),
    ("@here", "@here", ""), ("+3", "+3", ""), ("'quoted'", "'quoted'", ""), ("  ", "", ""),
])  # fmt: skip
def test_what_begins_like_a_formula_in_csv(tmp_path, text: str, value: str, problem: str) -> None:
    cell = read(tmp_path, "t.csv", f"a,b\n\"{text}\",x\n".encode()).rows[1].cells[0]
    assert (cell.text, problem in cell.problem) == (value, True)


def test_a_workbook_gives_dates_numbers_and_addresses(tmp_path) -> None:
    found = read(tmp_path, "t.xlsx", table.xlsx(LINES))
    assert found.rows[1].cells[5].value == datetime.date(2020, 12, 31)
    assert found.rows[1].cells[5].where == "'Follow-up'!F2"
    assert "the first of 2: Follow-up, Notes" in found.notes[0]
    assert texts(read(tmp_path, "t.xlsx", table.xlsx(LINES), sheet="Notes")) == [["Not a table"]]


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH])
def test_days_are_right_in_both_ways_of_counting(tmp_path, epoch) -> None:
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.active.append(["Day"])
    book.active.append([datetime.datetime(2019, 3, 4)])
    book.save(tmp_path / "t.xlsx")
    assert spreadsheet.read(tmp_path / "t.xlsx").rows[1].cells[0].value == datetime.date(2019, 3, 4)


def test_a_formula_counts_by_what_it_last_gave(tmp_path) -> None:
    def change(page) -> None:
        page["E2"], page["E3"] = "=1+1", "=2+2"
        page["D2"] = "#REF!"
        page["D2"].data_type = "e"

    data = table.xlsx(LINES, change=change)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[SHEET], count = re.subn(rb"<f>2\+2</f><v\s*(?:/>|></v>)", b"<f>2+2</f><v>4</v>", parts[SHEET])
    assert count == 1
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    found = read(tmp_path, "t.xlsx", made.getvalue())
    assert "the formula has no result" in found.rows[1].cells[4].problem
    assert (found.rows[2].cells[4].value, found.rows[2].cells[4].problem) == (4, "")
    assert "shows the error #REF!" in found.rows[1].cells[3].problem
    assert "1 cells hold a formula" in " ".join(found.notes)


def test_a_text_that_looks_like_a_formula_is_a_text_in_a_workbook(tmp_path) -> None:
    def change(page) -> None:
        page["B2"] = "=not a formula"
        page["B2"].data_type = "s"

    assert read(tmp_path, "t.xlsx", table.xlsx(LINES, change=change)).rows[1].cells[1].text == "=not a formula"


def test_merged_cells_are_known(tmp_path) -> None:
    found = read(tmp_path, "t.xlsx", table.xlsx(LINES, change=lambda page: page.merge_cells("C2:C4")))
    assert found.merged == [(2, 3, 4, 3)]
    assert area("Sheet1", found.merged[0]) == "Sheet1!C2:C4"
    assert address("", 17, 28) == "AB17"


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (160 * 2**20))
    return file.getvalue()


def other_archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("notes.txt", "Not a table.")
    return file.getvalue()


def rezipped(change: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(table.xlsx(LINES))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BAD = {
    "nothing": ("t.csv", b" \n", "t.csv is empty"),
    "a PDF": ("t.csv", b"%PDF-1.7 ...", "is a PDF, not a table"),
    "a picture as a workbook": ("t.xlsx", b"\x89PNG...", "is a picture"),
    "signs that no text has": ("t.csv", b"a,b\n\x00\x01\xff,c\n", "holds signs that no text has"),
    "text named a workbook": ("t.xlsx", b"a,b\n1,2\n", "is not a workbook, whatever its name says"),
    "cut off": ("t.xlsx", table.xlsx(LINES)[:3000], "is damaged"),
    "broken inside": ("t.xlsx", rezipped({SHEET: b"<worksheet><oops"}), "is damaged and can't be read"),
    "another archive": ("t.xlsx", other_archive(), "is a compressed file of another kind"),
    "the old kind": ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is a workbook of the old kind"),
    "with a password": ("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0" + "EncryptedPackage".encode("utf-16-le"),
                        "is protected by a password"),
    "a bomb": ("t.xlsx", bomb(), "unpacks to 160 MB; at most 150 MB are read"),
    "entities": ("t.xlsx", rezipped({SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}), "declares XML entities"),
    "a million rows": ("t.xlsx", rezipped({SHEET: (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData></worksheet>')}), "more than 200,000 rows"),
    "far columns": ("t.xlsx", rezipped({SHEET: (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>')}), "has XFD1 as its last cell"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "message"), BAD.values(), ids=BAD)
def test_what_is_no_table_is_one_message(tmp_path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(TrackerError) as error:
        read(tmp_path, name, data)
    assert message in error.value.message
    assert error.value.hint


def test_a_sheet_that_is_not_there(tmp_path) -> None:
    with pytest.raises(TrackerError) as error:
        read(tmp_path, "t.xlsx", table.xlsx(LINES), sheet="Folow-up")
    assert error.value.hint == "Did you mean “Follow-up”?"
