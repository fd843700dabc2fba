"""Which kind of table a file is, by what is in it and not by its name."""

from __future__ import annotations

from pathlib import Path

from tracker.errors import TrackerError
from tracker.importing import csvfile, workbook
from tracker.importing.cells import Table

MOST_BYTES = 50 * 2**20
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {b"%PDF": "a PDF", b"{\\rtf": "a text document", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture"}


def read(file: Path, *, sheet: str = "", encoding: str = "", separator: str = "") -> Table:
    """The table in ``file``. Raises TrackerError where it is none, or can't be read."""
    name = file.name
    try:
        if file.stat().st_size > MOST_BYTES:
            raise TrackerError(f"{name} has more than {MOST_BYTES // 2**20} MB", "Split it, or save it as CSV.")
        data = file.read_bytes()
    except FileNotFoundError:
        raise TrackerError(f"there is no file {file}", "Check its name.") from None
    except OSError as error:
        raise TrackerError(f"{file} can't be read: {error.strerror}") from None
    if not data.strip():
        raise TrackerError(f"{name} is empty", "Name a file with a table in it.")
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise TrackerError(f"{name} is protected by a password", "Open it, and save a copy without one.")
        raise TrackerError(f"{name} is a workbook of the old kind (.xls)", "Open it, and save it as .xlsx.")
    for beginning, kind in _OTHERS.items():
        if data.startswith(beginning):
            raise TrackerError(f"{name} is {kind}, not a table", "Save the table as .xlsx or CSV.")
    if data.startswith(b"PK"):
        return workbook.read(data, name, sheet)
    if file.suffix.lower() in (".xlsx", ".xlsm"):
        raise TrackerError(
            f"{name} is not a workbook, whatever its name says", "Open it, and save it as .xlsx or CSV."
        )
    return csvfile.read(data, name, encoding, separator)
