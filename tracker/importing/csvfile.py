"""CSV as spreadsheet programs write it: any of their encodings and separators, and said which.

Nothing in a CSV file tells its encoding or its separator. A byte order mark and valid UTF-8 are proof;
everything else is a guess from the content, is reported as one, and the map can say better.
"""

from __future__ import annotations

import csv
import io
from collections import Counter

from tracker.errors import TrackerError
from tracker.importing.cells import Cell, Row, Table, address

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_CELL = 1_000_000  # signs; a spreadsheet program allows 32,767
MOST_ROWS = 200_000
_MARKS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\xff\xfe", "utf-16"),
          (b"\xfe\xff", "utf-16")]  # fmt: skip
# Before it an apostrophe is put in files for people, so that no program calculates it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read(data: bytes, name: str, encoding: str = "", separator: str = "") -> Table:
    """The table of a CSV file. ``encoding`` and ``separator`` are the map's; empty: found out.

    Raises TrackerError where it is no such file.
    """
    text, notes, encoding = _decoded(data, name, encoding)
    if "\0" in text:
        raise TrackerError(
            f"{name} is not a table: it holds signs that no text has",
            "Save the table as .xlsx or as CSV (UTF-8), and name that file.",
        )
    separator = separator or _separator(text)
    notes.append(f"Cells are separated by a {SEPARATORS.get(separator, separator)}.")
    csv.field_size_limit(MOST_CELL)
    rows = []
    try:
        for number, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            if number > MOST_ROWS:
                raise TrackerError(f"{name} has more than {MOST_ROWS:,} rows", "Split it into several files.")
            rows.append(Row(number, [_cell(v, number, n) for n, v in enumerate(values, 1)]))
    except csv.Error as error:
        raise TrackerError(
            f"{name} can't be read as CSV: {error}", "Open it in a spreadsheet program and save it anew."
        ) from None
    while rows and rows[-1].is_empty:
        rows.pop()
    return Table("", rows, notes, [], {"encoding": encoding, "separator": separator})


def _cell(value: str, row: int, column: int) -> Cell:
    where = address("", row, column)
    stripped = value.strip()
    if not stripped:
        return Cell(None, where)
    if stripped.startswith("="):
        return Cell(None, where, f"“{stripped[:30]}” is a formula, and a CSV file has no result for it")
    if stripped.startswith("'") and stripped[1:2] in FORMULA:
        value = stripped[1:]  # a text that was kept from being a formula, by us or by a program
    return Cell(value, where)


def _decoded(data: bytes, name: str, encoding: str) -> tuple[str, list[str], str]:
    if encoding and not data.startswith(_MARKS[0][0]):  # a mark is proof
        try:
            return data.decode(encoding), [f"Read as {encoding}, as the map says."], encoding
        except LookupError:
            raise TrackerError(
                f"the map names an encoding that is not known: “{encoding}”",
                "Common ones: utf-8, windows-1252, utf-16.",
            ) from None
        except UnicodeError as error:
            raise TrackerError(
                f"{name} is not {encoding}, as the map says: {error}",
                "Correct the map, or leave the encoding out to have it found.",
            ) from None
    for mark, found in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(found), [f"Read as {found.upper().removesuffix('-SIG')} (it has a mark)."], found
            except UnicodeError:
                break
    if found := _wide(data):
        return data.decode(found), [f"It looks like {found.upper()} without a mark, and was read as that."], found
    try:
        return data.decode("utf-8"), ["Read as UTF-8."], "utf-8"
    except UnicodeDecodeError:
        pass
    for found in ("windows-1252", "latin-1"):
        try:
            text = data.decode(found)
        except UnicodeDecodeError:
            continue
        note = f"It is not UTF-8. Read as {found} (Western European): look whether accents are right in the dry run."
        return text, [note], found
    raise AssertionError("latin-1 reads every byte")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of Western text is zero."""
    head = data[:4000]
    if len(head) < 8 or len(data) % 2:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    for found, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > len(head) * 0.3 and others < len(head) * 0.05:
            try:
                data.decode(found)
            except UnicodeDecodeError:
                return ""
            return found
    return ""


def _separator(text: str) -> str:
    """The separator that gives the most columns in the most rows alike."""
    best, score = ",", (0.0, 0)
    for candidate in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for number, row in enumerate(csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=candidate)):
                if number > 100:
                    break
                if row:
                    widths[len(row)] += 1
        except csv.Error:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]), default=(1, 0))
        found = (count / max(sum(widths.values()), 1) * (width > 1), width)
        if found > score:
            best, score = candidate, found
    return best
