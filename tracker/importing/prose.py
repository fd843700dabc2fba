"""Text of a cell as Markdown that shows what the cell shows.

A cell holds plain text: a hash at the start of a line is no heading there, and each line is a paragraph of
its own. Bullets become a list, because that is what they are.
"""

from __future__ import annotations

import re

_BULLET = re.compile(r"[•●▪◦‣·∙–—*-]\s+")
_MARKUP = re.compile(r"([\\`*_\[\]])")
_START = re.compile(r"(#{1,6}(?=\s|$)|>|\+(?=\s)|={2,}$|-{2,}$|~~~)")
_ORDERED = re.compile(r"(\d{1,9})([.)])(?=\s)")


def paragraphs(text: str) -> str:
    """Markdown for the lines of a plain text."""
    made: list[str] = []
    listed = False
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").split("\n"):
        line = " ".join(line.split())
        if not line:
            listed = False
            continue
        if bullet := _BULLET.match(line):
            made.append(("\n" if listed else "\n\n") + "- " + _escaped(line[bullet.end() :]))
            listed = True
        else:
            made.append("\n\n" + _escaped(line))
            listed = False
    return "".join(made).strip()


def _escaped(line: str) -> str:
    line = _MARKUP.sub(r"\\\1", line)
    if start := _START.match(line):
        return "\\" + line if start[0] else line
    if number := _ORDERED.match(line):
        return f"{number[1]}\\{line[number.end(1):]}"
    return line


def one_line(text: str) -> str:
    """A text without line ends, and with single spaces."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """At most ``most`` signs, cut at the end of a word, with the sign for what is left out."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    cut = cut.rpartition(" ")[0] if " " in cut[most // 2 :] else cut
    return cut.rstrip(" ,;:.–-") + "…"
