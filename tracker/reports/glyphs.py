"""The fonts that PDF files carry, and which characters they have.

A character that no font has would stop a PDF that must be accessible, so it is replaced
before: a report is never lost to one emoji in a title. The table of characters is read
from the font files themselves (OpenType `cmap`, formats 4 and 12).
"""

from __future__ import annotations

import functools
import struct
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILIES = ("Noto Sans", "Noto Sans Arabic")
MISSING = "\ufffd"


@functools.cache
def covered(folders: tuple[Path, ...] = (FOLDER,)) -> frozenset[int]:
    """Every character (as a number) that some font in the folders can show."""
    found: set[int] = set()
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in (".ttf", ".otf"):
                found |= _characters(path.read_bytes())
    return frozenset(found)


def shown(text: str, known: frozenset[int]) -> str:
    """The text with a mark for every character that the fonts lack."""
    if text.isascii():
        return text
    return "".join(c if ord(c) in known or c in "\u200e\u200f\u200c\u200d\u00ad" else MISSING for c in text)


def _characters(data: bytes) -> set[int]:
    count = struct.unpack_from(">H", data, 4)[0]
    for place in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        if tag == b"cmap":
            break
    else:
        return set()
    found: set[int] = set()
    for place in range(struct.unpack_from(">H", data, offset + 2)[0]):
        start = offset + struct.unpack_from(">I", data, offset + 8 + 8 * place)[0]
        form = struct.unpack_from(">H", data, start)[0]
        if form == 12:
            for group in range(struct.unpack_from(">I", data, start + 12)[0]):
                first, last, _ = struct.unpack_from(">III", data, start + 16 + 12 * group)
                found.update(range(first, last + 1))
        elif form == 4:
            found |= _format_4(data, start)
    return found


def _format_4(data: bytes, start: int) -> set[int]:
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    read = lambda at: struct.unpack_from(f">{segments}H", data, start + at)  # noqa: E731
    ends, starts = read(14), read(16 + 2 * segments)
    return {
        c for first, last in zip(starts, ends, strict=True) if first <= last
        for c in range(first, last + 1) if c != 0xFFFF
    }  # fmt: skip
