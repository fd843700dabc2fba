"""The lists of a Word report: bullets, ordered lists that each begin at 1, numbered headings."""

from __future__ import annotations

import docx
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from lxml import etree

from tracker.reports.ooxml import el
from tracker.reports.wordstyles import HANGING


class Numbers:
    """The lists of one document; each is known by a number."""

    def __init__(self, word: docx.document.Document) -> None:
        self.root = _numbering(word).element
        self.used = [int(x) for x in self.root.xpath("w:num/@w:numId")]
        self.bullets = self._number(self._single("bullet", "•"))
        self.decimal = self._single("decimal", "%1.")

    def ordered(self) -> int:
        """A new list that begins at 1."""
        return self._number(self.decimal, restart=True)

    def headings(self) -> int:
        """The list that numbers the headings: 1, 2, 2.1; their styles name it, and it names them."""
        levels = [
            self._level(
                place, "decimal", ".".join(f"%{n + 1}" for n in range(place + 1)), hanging,
                el("w:pStyle", val=style),
            )
            for place, (style, hanging) in enumerate(HANGING.items())
        ]  # fmt: skip
        number = self._next
        self._define("multilevel", number, levels)
        return self._number(number)

    @property
    def _next(self) -> int:
        taken = [int(x) for x in self.root.xpath("w:abstractNum/@w:abstractNumId")]
        return max(taken, default=0) + 1

    def _single(self, form: str, text: str) -> int:
        number = self._next
        self._define("singleLevel", number, [self._level(0, form, text, 340)])
        return number

    @staticmethod
    def _level(place: int, form: str, text: str, hanging: int, *style: etree._Element) -> etree._Element:
        return el(
            "w:lvl", el("w:start", val=1), el("w:numFmt", val=form), *style, el("w:lvlText", val=text),
            el("w:lvlJc", val="left"), el("w:pPr", el("w:ind", left=hanging, hanging=hanging)), ilvl=place,
        )  # fmt: skip

    def _define(self, kind: str, number: int, levels: list[etree._Element]) -> None:
        made = el("w:abstractNum", el("w:multiLevelType", val=kind), *levels, abstractNumId=number)
        first = self.root.find(qn("w:num"))
        self.root.append(made) if first is None else first.addprevious(made)

    def _number(self, abstract: int, *, restart: bool = False) -> int:
        number = max(self.used, default=0) + 1
        self.used.append(number)
        made = el("w:num", el("w:abstractNumId", val=abstract), numId=number)
        if restart:
            made.append(el("w:lvlOverride", el("w:startOverride", val=1), ilvl=0))
        self.root.append(made)
        return number


def _numbering(word: docx.document.Document) -> NumberingPart:
    try:
        return word.part.numbering_part
    except NotImplementedError:  # a template without any list
        data = f"<w:numbering {nsdecls('w')}/>".encode()
        part = NumberingPart.load(
            PackURI("/word/numbering.xml"), CT.WML_NUMBERING, data, word.part.package
        )
        word.part.relate_to(part, RT.NUMBERING)
        return part
