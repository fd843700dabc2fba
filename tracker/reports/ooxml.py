"""The XML of Word documents: elements in the order that the format wants them.

Tables of two thousand rows are made from elements directly, which is many times faster
than through an object for each cell.
"""

from __future__ import annotations

from docx.oxml.ns import qn
from lxml import etree

from tracker.i18n.direction import is_rtl
from tracker.reports import palette
from tracker.reports.document import Run, clean
from tracker.reports.languages import LOCALES, guarded

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def el(tag: str, *children: etree._Element, **attributes: str | int) -> etree._Element:
    """An element such as ``el("w:p")``; attributes are in the same namespace: ``val="x"``."""
    from docx.oxml import OxmlElement

    made = OxmlElement(tag)
    prefix = tag.partition(":")[0]
    for name, value in attributes.items():
        made.set(qn(f"{prefix}:{name.rstrip('_')}"), str(value))
    made.extend(children)
    return made


def run(r: Run, lang: str, *, bold: bool = False) -> list[etree._Element]:
    """A run as elements: its mark, then its text, with direction and language.

    ``lang`` is the document's language.
    """
    made = []
    if r.mark:
        box = "\u25a1" if r.mark == "none" else "\u25a0"
        colour = palette.COLOURS["grey"] if r.mark == "none" else palette.code(r.mark)
        made.append(_run(box + "\u00a0", [el("w:color", val=colour[1:])], is_rtl(lang)))
    own = r.lang or lang
    rtl = is_rtl(own)
    text = clean_edges(r.text)
    if is_rtl(lang) != rtl:
        text = guarded(text, rtl=is_rtl(lang))
    properties = []
    if r.bold or bold:
        properties += [el("w:b"), el("w:bCs")]
    if r.italic:
        properties += [el("w:i"), el("w:iCs")]
    if r.link:
        properties.append(el("w:color", val="0D5A78"))
    elif r.small:
        properties.append(el("w:color", val=palette.QUIET[1:]))
    if r.small:
        properties += [el("w:sz", val=15), el("w:szCs", val=15)]
    if r.link:
        properties.append(el("w:u", val="single"))
    if rtl:
        properties.append(el("w:rtl"))
    if r.lang:
        name = LOCALES.get(r.lang, r.lang)
        properties.append(el("w:lang", bidi=name) if rtl else el("w:lang", val=name))
    made.append(_run(text, properties))
    return made


def clean_edges(text: str) -> str:
    """Cleaned text that keeps a space at its edges: runs stand side by side."""
    inner = clean(text)
    if not inner:
        return " " if text else ""
    return " " * text[0].isspace() + inner + " " * text[-1].isspace()


def _run(text: str, properties: list[etree._Element], rtl: bool = False) -> etree._Element:
    if rtl:
        properties = [*properties, el("w:rtl")]
    words = el("w:t")
    words.text = text
    words.set(_XML_SPACE, "preserve")
    return el("w:r", *([el("w:rPr", *properties)] if properties else []), words)


def paragraph(style: str, children: list[etree._Element], rtl: bool, *properties: etree._Element):
    """A paragraph; ``properties`` stand between its style and its direction."""
    made = el("w:pPr", el("w:pStyle", val=style), *properties)
    if rtl:
        made.append(el("w:bidi"))
    return el("w:p", made, *children)


def field(code: str, shown: str, rtl: bool = False) -> list[etree._Element]:
    """A field such as PAGE, with what it shows until it is worked out."""
    words = el("w:instrText")
    words.text = f" {code} "
    words.set(_XML_SPACE, "preserve")
    return [
        el("w:r", el("w:fldChar", fldCharType="begin")),
        el("w:r", words),
        el("w:r", el("w:fldChar", fldCharType="separate")),
        _run(shown, [], rtl),
        el("w:r", el("w:fldChar", fldCharType="end")),
    ]
