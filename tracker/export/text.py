"""Text that survives every format: what XML forbids, and what a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterable

# All but the characters of XML 1.0 (section 2.2), and the noncharacters that it discourages.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
# What spreadsheets take for the beginning of a formula; the wide forms count in some locales.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")  # most cells need no closer look
GUARD = "'"


def cleaned(text: str) -> str:
    """The text with each character that XML forbids shown as U+FFFD, never dropped unseen.

    Line ends become plain newlines.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("\ufffd", text)


def is_plain(encoded: bytes) -> bool:
    """Whether JSON surely has no text that `cleaned` would change; False where it is not sure."""
    return encoded.isascii() and b"\\" not in encoded and b"\x7f" not in encoded


def one_line(text: str) -> str:
    """A cleaned text without line ends, for titles."""
    return " ".join(cleaned(text).split())


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe goes before what looks like a formula.

    `unguarded` undoes it exactly.
    """
    return GUARD + text if text[:1] in _FIRST and _FORMULA.match(text) else text


def harmless(texts: Iterable[str | None]) -> bool:
    """Whether `guarded` surely changes none of them."""
    return _FIRST.isdisjoint({text[0] for text in texts if text})


def unguarded(cell: str) -> str:
    """The text that `guarded` made this cell from."""
    return cell[1:] if cell.startswith(GUARD) and _FORMULA.match(cell) else cell
