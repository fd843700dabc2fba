"""The styles of a Word report. A template's own styles are left as they are."""

from __future__ import annotations

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from tracker.reports import palette
from tracker.reports.document import Document
from tracker.reports.languages import LOCALES
from tracker.reports.ooxml import el

FONT = "Arial"  # on every computer that has Word, for Latin and for Arabic script

# id: (name, based on, size in half points, bold, colour, space before, after (twentieths), more)
_PARAGRAPHS = {
    "Normal": ("Normal", "", 20, False, palette.INK, 0, 120),
    "BodyText": ("Body Text", "Normal", 20, False, palette.INK, 0, 120),
    "Title": ("Title", "Normal", 44, True, "house", 60, 120),
    "Subtitle": ("Subtitle", "Normal", 20, False, palette.QUIET, 0, 40),
    "Heading1": ("heading 1", "Normal", 32, True, "house", 320, 120),
    "Heading2": ("heading 2", "Normal", 24, True, "house", 240, 100),
    "Heading3": ("heading 3", "Normal", 20, True, "house", 180, 80),
    "Caption": ("caption", "Normal", 17, True, palette.QUIET, 120, 60),
    "Header": ("header", "Normal", 15, False, palette.QUIET, 0, 0),
    "Footer": ("footer", "Normal", 15, False, palette.QUIET, 0, 0),
    "TOCHeading": ("TOC Heading", "Normal", 24, True, "house", 240, 100),
    "TOC1": ("toc 1", "Normal", 20, False, palette.INK, 60, 20),
    "TOC2": ("toc 2", "Normal", 18, False, palette.INK, 0, 20),
    "ReportLead": ("Report Lead", "Normal", 22, False, palette.INK, 0, 140),
    "ReportQuiet": ("Report Quiet", "Normal", 17, False, palette.QUIET, 40, 120),
    "ReportNote": ("Report Note", "Normal", 20, False, palette.INK, 80, 140),
    "ReportFact": ("Report Fact", "Normal", 20, False, palette.INK, 0, 60),
    "ReportList": ("Report List", "Normal", 20, False, palette.INK, 0, 80),
    "ReportCell": ("Report Cell", "Normal", 17, False, palette.INK, 20, 20),
    "ReportHead": ("Report Head", "Normal", 14, True, palette.INK, 20, 20),
    "ReportPicture": ("Report Picture", "Normal", 20, False, palette.INK, 0, 160),
}
HANGING = {"Heading1": 560, "Heading2": 700}  # where headings are numbered, in twentieths of a point
_OUTLINE = {"Heading1": 0, "Heading2": 1, "Heading3": 2}
_CONTENTS = {"TOC1": (440, 440), "TOC2": (1060, 620)}  # indent and hanging, in twentieths of a point
_KEEP = {"Heading1", "Heading2", "Heading3", "TOCHeading", "Caption"}


def prepare(
    word: docx.document.Document, document: Document, *, keep: bool, heads: int | None = None
) -> None:
    """Gives a Word document every style that a report uses; with ``keep`` only those it lacks.

    ``heads`` is the list (`wordnumbers.Numbers`) by which headings are numbered, if they are.
    """
    styles = word.styles.element
    known = {s.get(qn("w:styleId")): s for s in styles.findall(qn("w:style"))}
    for name, look in _PARAGRAPHS.items():
        old = known.get(name)
        if old is not None and keep:
            continue
        if old is not None:
            styles.remove(old)
        styles.append(_style(name, look, document, heads))
    if "ReportTable" not in known:
        styles.append(_table_style(document))
    _language(styles, document)
    if not keep:
        section = word.sections[0]
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin = section.bottom_margin = Mm(20)
        paper = (Mm(216), Mm(279)) if document.house.paper == "letter" else (Mm(210), Mm(297))
        section.page_width, section.page_height = paper
        for name, part in list(word.part.package.rels.items()):
            if part.reltype == RT.THUMBNAIL:
                del word.part.package.rels[name]


def name_of(word: docx.document.Document, identifier: str) -> str:
    """The name of a style by its id."""
    found = word.styles.element.xpath(f'w:style[@w:styleId="{identifier}"]/w:name/@w:val')
    return found[0]


def _style(identifier: str, look: tuple, document: Document, heads: int | None) -> etree._Element:
    name, base, size, bold, colour, before, after = look
    if document.brief:
        before, after, size = before * 2 // 3, after * 2 // 3, round(size * (0.8 if size > 24 else 0.92))
    made = el("w:style", el("w:name", val=name), type="paragraph", styleId=identifier)
    if identifier == "Normal":
        made.set(qn("w:default"), "1")
    elif identifier.startswith("Report"):
        made.set(qn("w:customStyle"), "1")
    if base:
        made.append(el("w:basedOn", val=base))
    made.append(el("w:next", val="Normal" if identifier in _KEEP else identifier))
    made.append(el("w:qFormat"))
    layout = el("w:pPr")
    if identifier in _KEEP:
        layout.extend([el("w:keepNext"), el("w:keepLines")])
    if heads is not None and identifier in HANGING:
        layout.append(el("w:numPr", el("w:ilvl", val=_OUTLINE[identifier]), el("w:numId", val=heads)))
    if identifier == "ReportNote":
        layout.append(el("w:shd", val="clear", color="auto", fill=palette.SOFT[1:]))
    if identifier in _CONTENTS:
        # The tab on the far side is for page numbers, should somebody ask Word for them.
        room = 10200 if document.house.paper == "letter" else 9860
        left, hanging = _CONTENTS[identifier]
        if heads is None:
            left, hanging = left - hanging, 0
        near = [el("w:tab", val="left", pos=left)] if hanging else []
        layout.append(el("w:tabs", *near, el("w:tab", val="right", leader="dot", pos=room)))
    if document.rtl and not base:
        layout.append(el("w:bidi"))  # so that a paragraph added later runs from right to left too
    layout.append(el("w:spacing", before=before, after=after, line=252, lineRule="auto"))
    if identifier in _CONTENTS:
        layout.append(el("w:ind", left=left, hanging=hanging, right=560))
    if identifier == "ReportList":
        layout.append(el("w:ind", left=340, hanging=340))
    if heads is not None and identifier in HANGING:
        layout.append(el("w:ind", left=HANGING[identifier], hanging=HANGING[identifier]))
    if identifier == "Footer":
        layout.append(el("w:jc", val="center"))
    if identifier in _OUTLINE:
        layout.append(el("w:outlineLvl", val=_OUTLINE[identifier]))
    made.append(layout)
    fill = document.house.colour if colour == "house" else colour
    made.append(
        el(
            "w:rPr",
            el("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT),
            *([el("w:b"), el("w:bCs")] if bold else []),
            el("w:color", val=fill[1:]),
            el("w:sz", val=size),
            el("w:szCs", val=size),
        )
    )
    return made


def _table_style(document: Document) -> etree._Element:
    """Thin lines between rows, the head on a soft ground."""
    line = lambda tag, size, colour: el(f"w:{tag}", val="single", sz=size, space=0, color=colour[1:])  # noqa: E731
    head = el(
        "w:tblStylePr",
        el("w:rPr", el("w:b"), el("w:bCs")),
        el("w:tcPr", el("w:tcBorders", line("bottom", 8, document.house.colour)),
           el("w:shd", val="clear", color="auto", fill=palette.SOFT[1:])),
        type="firstRow",
    )  # fmt: skip
    return el(
        "w:style",
        el("w:name", val="Report Table"),
        el("w:basedOn", val="TableNormal"),
        el("w:tblPr",
           el("w:tblBorders", line("bottom", 4, palette.LINE), line("insideH", 4, palette.LINE)),
           el("w:tblCellMar", el("w:top", w=20, type="dxa"), el("w:left", w=70, type="dxa"),
              el("w:bottom", w=20, type="dxa"), el("w:right", w=70, type="dxa"))),
        head,
        type="table", customStyle="1", styleId="ReportTable",
    )  # fmt: skip


def _language(styles: etree._Element, document: Document) -> None:
    """The language of all text that names no other, for spelling and for screen readers."""
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = el("w:docDefaults")
        styles.insert(0, defaults)
    for outer in ("w:rPrDefault", "w:rPr"):
        inner = defaults.find(qn(outer))
        if inner is None:
            inner = el(outer)
            defaults.append(inner)
        defaults = inner
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    name = LOCALES.get(document.lang, document.lang)
    defaults.append(
        el("w:lang", val="en-GB", bidi=name, eastAsia="en-GB") if document.rtl
        else el("w:lang", val=name, bidi="ar-SA", eastAsia=name)
    )  # fmt: skip
