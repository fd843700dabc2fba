"""Bytes to text: UTF-8, with or without a byte order mark, with any line ends."""

from __future__ import annotations

from tracker.findings import Finding
from tracker.rules import files as rules


def decoded(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """Bytes to text with ``\\n`` line ends and no byte order mark."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            message = "the file is saved as UTF-16"
        else:
            message = (
                "the file is not saved as UTF-8; it looks like Windows-1252 or Latin-1"
                f" (“{data[error.start : error.start + 1].decode('cp1252', 'replace')}” here)"
            )
        return None, [rules.NOT_UTF8.finding(
            path, message, "Save it again with the encoding UTF-8.", line, column
        )]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []
