"""The headings of a Word report: their numbers, their bookmarks and the list of contents.

Only a program that lays the pages out knows on which page a heading falls, so the list
names none: its entries are links, and sections carry Word's own numbers, which are the
same on every screen and on paper. Nothing has to be worked out when the file is opened.
It is a TOC field all the same: who updates it in Word gets page numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import docx
from docx.oxml.ns import qn
from lxml import etree

from tracker.reports.document import Document, Heading, Run, Text
from tracker.reports.ooxml import el, field, paragraph, run

LEVELS = 2  # so many levels are numbered, and stand in the contents


class Entry(NamedTuple):
    """A heading: its bookmark, level (1 to 3), number ("2.1", or "" for none) and text."""

    bookmark: str
    level: int
    number: str
    text: Text


def entries(document: Document, *, numbered: bool) -> list[Entry]:
    """Every heading, in the order of the document."""
    made: list[Entry] = []
    counts = [0] * LEVELS
    for section in document.sections:
        heads = [b for b in section.blocks if isinstance(b, Heading)]
        for level, text in [(1, [Run(section.title)]), *((b.level, b.text) for b in heads)]:
            number = ""
            if level <= LEVELS:
                counts[level - 1 :] = [counts[level - 1] + 1, *[0] * (LEVELS - level)]
                number = ".".join(map(str, counts[:level])) if numbered else ""
            made.append(Entry(f"_Toc{len(made) + 1:06d}", level, number, text))
    return made


def contents(found: list[Entry], title: str, *, lang: str, rtl: bool) -> Iterator[etree._Element]:
    """The list of contents as Word makes it, in the box that offers to update it."""
    shown = [e for e in found if e.level <= LEVELS]
    begin, code, middle, _, end = field(f'TOC \\o "1-{LEVELS}" \\h \\z \\u', "")
    content = el("w:sdtContent", paragraph("TOCHeading", run(Run(title), lang), rtl))
    for place, entry in enumerate(shown):
        number = [*run(Run(entry.number), lang), el("w:r", el("w:tab"))] if entry.number else []
        words = [made for part in entry.text for made in run(part, lang)]
        link = el("w:hyperlink", *number, *words, anchor=entry.bookmark, history="1")
        before = [begin, code, middle] if place == 0 else []
        after = [end] if place == len(shown) - 1 else []
        content.append(paragraph(f"TOC{entry.level}", [*before, link, *after], rtl))
    gallery = el(
        "w:docPartObj", el("w:docPartGallery", val="Table of Contents"), el("w:docPartUnique")
    )
    yield el("w:sdt", el("w:sdtPr", gallery), content)


def bookmarked(entry: Entry, runs: list[etree._Element]) -> list[etree._Element]:
    """The runs of a heading between the ends of its bookmark."""
    number = entry.bookmark.removeprefix("_Toc").lstrip("0")
    return [el("w:bookmarkStart", id=number, name=entry.bookmark), *runs, el("w:bookmarkEnd", id=number)]


def ask_nothing(word: docx.document.Document) -> None:
    """Takes out what makes Word ask, on opening, whether to update the fields."""
    settings = word.settings.element
    for old in settings.findall(qn("w:updateFields")):
        settings.remove(old)
