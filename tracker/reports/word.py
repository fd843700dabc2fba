"""DOCX: real headings and lists, a table of contents, tables that repeat their heads.

With a template of the user's own, its styles, headers, footers and page are kept and its
body is replaced; styles that it lacks are added.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from tracker.errors import TrackerError
from tracker.reports import wordcontents, wordstyles, wordvector
from tracker.reports.archive import steady
from tracker.reports.document import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    Text,
    bold,
    plain,
)
from tracker.reports.languages import LOCALES, turned
from tracker.reports.ooxml import el, field, paragraph, run
from tracker.reports.wordcontents import Entry
from tracker.reports.wordnumbers import Numbers

_MANY = 6  # columns, from which on their heads are set small: Word breaks no words
# What python-docx, zipfile and lxml say of a file that is damaged, encrypted or something else.
_BROKEN = (
    KeyError, ValueError, AttributeError, TypeError, OSError, EOFError, RuntimeError, zlib.error,
    zipfile.BadZipFile, etree.XMLSyntaxError,
)  # fmt: skip
_STYLES = {"body": "BodyText", "lead": "ReportLead", "quiet": "ReportQuiet", "note": "ReportNote"}


def opened(template: bytes) -> docx.document.Document:
    """The user's template, or an empty document. Raises TrackerError for what is not one."""
    try:
        word = docx.Document(io.BytesIO(template) if template else None)
        if word.element.tag == qn("w:document") and len(word.sections):
            return word
    except _BROKEN:
        pass
    raise TrackerError(
        "report.template in tracker.yml is not a Word document that can be read",
        "Open it in Word, save it anew as .docx (not .dotx or .doc), or leave the setting out.",
    )


def render(document: Document, pictures: dict[str, bytes], logo: bytes = b"") -> bytes:
    """The document as DOCX. ``pictures`` are its figures as PNG by id, ``logo`` is a PNG."""
    return _Writer(document, pictures, logo).made()


class _Writer:
    def __init__(self, document: Document, pictures: dict[str, bytes], logo: bytes) -> None:
        self.document, self.pictures, self.logo = document, pictures, logo
        self.rtl, self.lang = document.rtl, document.lang
        self.word = opened(document.house.template)
        self.own = bool(document.house.template)
        self.body = self.word.element.body
        self.links: dict[str, str] = {}
        self.numbers = Numbers(self.word)
        # A template's headings are its own affair, and a brief is one page.
        self.numbered = not self.own and not document.brief
        heads = self.numbers.headings() if self.numbered else None
        wordstyles.prepare(self.word, document, keep=self.own, heads=heads)
        section = self.word.sections[0]
        self.room = section.page_width - section.left_margin - section.right_margin

    def made(self) -> bytes:
        last = self.body.sectPr
        for child in list(self.body):
            if child is not last:
                self.body.remove(child)
        for element in self._content():
            last.addprevious(element)
        self._section(last)
        self._properties()
        out = io.BytesIO()
        self.word.save(out)
        return steady(out.getvalue())

    # The parts

    def _content(self) -> Iterator[etree._Element]:
        d = self.document
        if self.logo:
            yield self._picture(self.logo, d.house.organisation, d.house.organisation, height=Mm(14))
        yield self._p("Subtitle", d.subtitle)
        yield self._p("Title", d.title)
        if d.house.organisation:
            yield self._p("ReportQuiet", [Run(d.house.organisation)])
        for label, value in d.facts:
            yield self._p("ReportFact", [bold(label), Run(d.words["colon"]), *value])
        entries = wordcontents.entries(d, numbered=self.numbered)
        if not d.brief:
            wordcontents.ask_nothing(self.word)
            yield from wordcontents.contents(entries, d.words["contents"], lang=self.lang, rtl=self.rtl)
        coming = iter(entries)
        for place, section in enumerate(d.sections):
            yield self._heading([Run(section.title)], next(coming), fresh=section.fresh or not place)
            for block in section.blocks:
                if isinstance(block, Heading):
                    yield self._heading(block.text, next(coming))
                else:
                    yield from self._block(block)

    def _block(self, block: Block) -> Iterator[etree._Element]:
        match block:
            case Paragraph():
                yield self._p(_STYLES[block.style], block.text, rtl=self._direction([block.text]))
            case Bullets():
                number = self.numbers.ordered() if block.ordered else self.numbers.bullets
                for item in block.items:
                    listed = el("w:numPr", el("w:ilvl", val=0), el("w:numId", val=number))
                    yield self._p("ReportList", item, listed, rtl=self._direction(block.items))
            case Table():
                yield from self._table(block)
            case Figure():
                yield self._p("Caption", [Run(block.caption)], el("w:keepNext"))
                if block.id in self.pictures:
                    made = self._picture(self.pictures[block.id], block.alt, block.caption, width=self.room)
                    wordvector.add(self.word.part, made, f"chart-{block.id}", block.svg, wordstyles.FONT)
                    yield made

    def _heading(self, text: Text, entry: Entry, *, fresh: bool = False) -> etree._Element:
        breaks = [el("w:pageBreakBefore")] if fresh and not self.document.brief else []
        runs = wordcontents.bookmarked(entry, self._runs(text))
        return paragraph(f"Heading{entry.level}", runs, self.rtl, *breaks)

    def _direction(self, texts: list[Text]) -> bool:
        """Whether a paragraph runs from right to left."""
        return self.rtl != turned(texts, rtl=self.rtl)

    def _p(
        self, style: str, text: Text, *properties: etree._Element, rtl: bool | None = None
    ) -> etree._Element:
        rtl = self.rtl if rtl is None else rtl
        turned = [el("w:bidi", val=0)] if self.rtl and not rtl else []
        return paragraph(style, self._runs(text), rtl, *properties, *turned)

    def _runs(self, text: Text, *, bold: bool = False) -> list[etree._Element]:
        made: list[etree._Element] = []
        for r in text:
            elements = run(r, self.lang, bold=bold)
            if r.link:
                link = el("w:hyperlink", *elements[-1:])
                link.set(qn("r:id"), self._address(r.link))
                elements = [*elements[:-1], link]
            made += elements
        return made

    def _address(self, url: str) -> str:
        if url not in self.links:
            self.links[url] = name = f"rIdLink{len(self.links) + 1}"
            self.word.part.rels.add_relationship(RT.HYPERLINK, url, name, is_external=True)
        return self.links[url]

    # Tables and pictures

    def _table(self, table: Table) -> Iterator[etree._Element]:
        if not table.titled:
            yield self._p("Caption", [Run(table.caption)], el("w:keepNext"))
        whole = sum(c.width for c in table.columns)
        room = int(self.room / 635)  # twentieths of a point
        widths = [int(room * c.width / whole) for c in table.columns]
        properties = el("w:tblPr", el("w:tblStyle", val="ReportTable"))
        if self.rtl:
            properties.append(el("w:bidiVisual"))
        properties.extend([
            el("w:tblW", w=sum(widths), type="dxa"), el("w:tblLayout", type="fixed"),
            el("w:tblLook", val="0420", firstRow="1", lastRow="0", firstColumn="0", lastColumn="0",
               noHBand="0", noVBand="1"),
            el("w:tblCaption", val=table.caption),
        ])  # fmt: skip
        made = el("w:tbl", properties, el("w:tblGrid", *[el("w:gridCol", w=w) for w in widths]))
        head = [(self._runs([Run(c.label)], bold=True),) for c in table.columns]
        made.append(self._row(table, widths, head, head_row=True))
        for row in table.rows:
            made.append(self._row(table, widths, [[self._runs(line) for line in cell.lines] for cell in row]))
        yield made
        yield self._p("ReportQuiet", [Run(table.note)] if table.note else [])

    def _row(self, table: Table, widths: list[int], cells: list, *, head_row: bool = False) -> etree._Element:
        properties = el("w:trPr", el("w:cantSplit"))
        if head_row:
            properties.append(el("w:tblHeader"))
        made = el("w:tr", properties)
        style = "ReportHead" if head_row and len(widths) > _MANY else "ReportCell"
        for column, width, lines in zip(table.columns, widths, cells, strict=True):
            cell = el("w:tc", el("w:tcPr", el("w:tcW", w=width, type="dxa")))
            for line in lines or [[]]:
                p = paragraph(style, line, self.rtl)
                if column.numeric:
                    # In a paragraph from right to left, Word's “right” is the far side: the left.
                    p.pPr.append(el("w:jc", val="right"))
                cell.append(p)
            made.append(cell)
        return made

    def _picture(self, data: bytes, alt: str, title: str, **size) -> etree._Element:
        made = self.word.add_paragraph(style=wordstyles.name_of(self.word, "ReportPicture"))
        made.add_run().add_picture(io.BytesIO(data), **size)
        for side in ("distT", "distB", "distL", "distR"):  # LibreOffice would take an eighth of an inch
            made._p.xpath(".//wp:inline")[0].set(side, "0")
        shape = made._p.xpath(".//wp:docPr")[0]
        shape.set("descr", alt)
        shape.set("title", title)
        shape.set("name", f"picture-{shape.get('id')}")
        if self.rtl:
            made._p.get_or_add_pPr().append(el("w:bidi"))
        return made._p

    # The page and the file

    def _section(self, properties: etree._Element) -> None:
        section = self.word.sections[0]
        if not self.own:
            wide, high = (Mm(216), Mm(279)) if self.document.house.paper == "letter" else (Mm(210), Mm(297))
            section.page_width, section.page_height = wide, high
        if self.rtl and properties.find(qn("w:bidi")) is None:
            after = properties.find(qn("w:docGrid"))
            properties.append(el("w:bidi")) if after is None else after.addprevious(el("w:bidi"))
        if section.header.is_linked_to_previous and not self.document.brief:
            words = [*self.document.subtitle, Run(" · "), *self.document.facts[0][1]]
            self._fill(section.header, self._p("Header", words))
        if section.footer.is_linked_to_previous:
            self._fill(section.footer, paragraph("Footer", self._page_numbers(), self.rtl))

    @staticmethod
    def _fill(part, element: etree._Element) -> None:
        part.is_linked_to_previous = False
        for old in list(part._element):
            part._element.remove(old)
        part._element.append(element)

    def _page_numbers(self) -> list[etree._Element]:
        made: list[etree._Element] = []
        words = self.document.words["page"].replace("{pages}", "{page}").split("{page}")
        for place, text in enumerate(words):
            made += run(Run(text), self.lang) if text else []
            if place < len(words) - 1:
                made += field(("PAGE", "NUMPAGES")[place], "1", self.rtl)
        return made

    def _properties(self) -> None:
        d = self.document
        core = self.word.core_properties
        day = datetime.datetime.fromisoformat(d.date)
        core.title, core.author, core.subject = plain(d.title), d.house.organisation, plain(d.subtitle)
        core.comments = core.keywords = ""
        core.created = core.modified = core.last_printed = day
        core.last_modified_by, core.revision = d.house.organisation, 1
        core.language = LOCALES.get(d.lang, d.lang)


