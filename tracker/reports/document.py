"""The neutral document: what a report says, before any format.

Text is kept in runs, never in markup: a renderer escapes what its own format needs. A
run whose ``lang`` is set is in that language and not in the document's, such as the
title of a record in a report of another language. Colours are names of the palette.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field


class Run(Struct, omit_defaults=True):
    """A stretch of text. ``mark`` puts a coloured square before it, for a status."""

    text: str
    bold: bool = False
    italic: bool = False
    small: bool = False
    link: str = ""  # a web address
    lang: str = ""
    mark: str = ""


Text = list[Run]

# What XML forbids, and characters that turn the direction of the text around them.
_FORBIDDEN = dict.fromkeys([
    *range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), 0x2060,
    *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF,
])  # fmt: skip


def clean(text: str) -> str:
    """A text on one line, without characters that a file or a reader would stumble over."""
    return " ".join(text.translate(_FORBIDDEN).split())


class Cell(Struct, omit_defaults=True):
    """A cell: ``value`` for data (None where there is none), ``lines`` for people."""

    value: str | int | float | None
    lines: list[Text] = field(default_factory=list)


class Column(Struct):
    """``kind``: text, number, share (0 to 1), ratio ("3 of 7") or date (a partial date as text)."""

    key: str
    label: str
    kind: str = "text"
    width: float = 1.0  # a share of the table's width, in the same unit for all columns

    @property
    def numeric(self) -> bool:
        return self.kind in ("number", "share", "ratio")


class Heading(Struct, tag="heading"):
    """A heading inside a section; ``level`` 2 or 3."""

    id: str
    text: Text
    level: int = 2


class Paragraph(Struct, tag="paragraph", omit_defaults=True):
    """``style``: body, lead, quiet (small and grey) or note (in a box)."""

    text: Text
    style: str = "body"


class Bullets(Struct, tag="bullets", omit_defaults=True):
    items: list[Text]
    ordered: bool = False


class Table(Struct, tag="table", omit_defaults=True):
    """A table; the first column heads its row. ``note`` stands below it.

    ``titled``: a heading just above says the same as the caption, which need not be shown.
    ``paper``: made for reading; programs and spreadsheets get the same from ``Document.data``.
    """

    id: str
    caption: str
    columns: list[Column]
    rows: list[list[Cell]]
    note: str = ""
    titled: bool = False
    paper: bool = False

    def records(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield {c.key: cell.value for c, cell in zip(self.columns, row, strict=True)}


class Figure(Struct, tag="figure"):
    """A chart as SVG, ``width`` by ``height`` in points, with the same in words."""

    id: str
    caption: str
    alt: str
    svg: str
    width: float
    height: float


Block = Heading | Paragraph | Bullets | Table | Figure


class Section(Struct):
    """``fresh`` starts it on a new page."""

    id: str
    title: str
    blocks: list[Block]
    fresh: bool = False


class House(Struct):
    """The house style, ready for a renderer: a colour as #rrggbb, a logo's bytes."""

    organisation: str = ""
    colour: str = "#11384a"
    paper: str = "a4"
    logo: bytes = b""
    logo_type: str = ""  # svg, png or jpg
    template: bytes = b""  # a Word document whose styles are used


class Document(Struct):
    """A report or a brief. ``facts`` are the lines below the title: (label, text).

    ``date`` is the day that it speaks of (YYYY-MM-DD); files carry it as their date.
    ``words`` are the few words that renderers need of their own, in its language.
    ``data`` are tables for spreadsheets and programs alone.
    """

    title: Text
    subtitle: Text
    lang: str
    rtl: bool
    date: str
    facts: list[tuple[str, Text]]
    sections: list[Section]
    words: dict[str, str]
    brief: bool = False
    data: list[Table] = field(default_factory=list)
    house: House = field(default_factory=House)

    def tables(self) -> Iterator[Table]:
        """The tables for spreadsheets and programs: those of the text, then those of ``data``."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table) and not block.paper:
                    yield self._apart(block)
        yield from self.data

    def _apart(self, table: Table) -> Table:
        """The table with the id and the title of a recommendation in columns of their own."""
        first, *others = table.columns
        if first.key != "recommendation":
            return table
        title = Column("title", first.label, width=5)
        columns = [Column(first.key, self.words["id"], width=2), title, *others]
        rows = [
            [Cell(cell.value, [[Run(str(cell.value))]]), Cell(plain(cell.lines[0]), cell.lines[:1]), *rest]
            for cell, *rest in table.rows
        ]
        return Table(table.id, table.caption, columns, rows, table.note)

    def figures(self) -> Iterator[Figure]:
        for section in self.sections:
            yield from (b for b in section.blocks if isinstance(b, Figure))


def plain(text: Text) -> str:
    """A text without its marks and links."""
    if len(text) == 1:
        return text[0].text
    return "".join(run.text for run in text)


def bold(text: str, lang: str = "") -> Run:
    return Run(text, bold=True, lang=lang)
