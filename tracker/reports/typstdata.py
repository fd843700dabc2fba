"""A document as the data that `report.typ` sets: short, because a report has thousands of cells.

A run without any style is a plain string, and so is a cell of one such run; what is false or
empty is left out. Colours are numbers, and characters that no font has are replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tracker.i18n.direction import is_rtl
from tracker.reports import palette
from tracker.reports.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
    Text,
    plain,
)
from tracker.reports.languages import guarded, turned

_ONE_PIECE = 48  # characters
_FEW_ROWS, _FEW_WORDS = 9, 1500  # rows, characters
_PAPER = {"letter": "us-letter"}


class Data:
    """Makes the data of one document. ``shown`` replaces the characters that the fonts lack."""

    def __init__(self, document: Document, shown: Callable[[str], str]) -> None:
        self.document, self.shown, self.rtl = document, shown, document.rtl
        self._marks: dict[str, None] = {}

    def head(self, families: Iterable[str]) -> dict[str, Any]:
        """All but the sections; ``families`` are the fonts. To be called after `sections`."""
        d, house, shown = self.document, self.document.house, self.shown
        year, month, day = (int(part) for part in d.date.split("-"))
        return {
            "title": self.runs(d.title), "subtitle": self.runs(d.subtitle),
            "facts": [[shown(label), self.runs(value)] for label, value in d.facts],
            "plain_title": shown(plain(d.title)), "plain_subtitle": shown(plain(d.subtitle)),
            "head": shown(plain(d.title) + " · " + plain(d.facts[0][1])),
            "lang": d.lang, "rtl": d.rtl, "brief": d.brief, "year": year, "month": month, "day": day,
            "colour": house.colour, "organisation": shown(house.organisation),
            "paper": _PAPER.get(house.paper, "a4"), "fonts": list(families),
            "contents": shown(d.words["contents"]), "colon": d.words["colon"], "page": d.words["page"],
            "logo": list(house.logo), "logo_type": house.logo_type, "marks": list(self._marks),
        }  # fmt: skip

    def sections(self) -> list[dict[str, Any]]:
        return [
            {"title": self.shown(s.title), "fresh": s.fresh, "blocks": [self._block(b) for b in s.blocks]}
            for s in self.document.sections
        ]

    def _block(self, block: Block) -> dict[str, Any]:
        match block:
            case Heading():
                return {"type": "heading", "level": block.level, "text": self.runs(block.text)}
            case Paragraph():
                return {"type": "paragraph", "style": block.style, "text": self.runs(block.text),
                        "turned": turned([block.text], rtl=self.rtl)}  # fmt: skip
            case Bullets():
                return {"type": "bullets", "ordered": block.ordered, "turned": turned(block.items, rtl=self.rtl),
                        "items": [[self._run(r, whole=True) for r in item] for item in block.items]}  # fmt: skip
            case Figure():
                return {"type": "figure", "caption": self.shown(block.caption), "alt": self.shown(block.alt),
                        "svg": self.shown(block.svg)}  # fmt: skip
            case Table():
                return {
                    "type": "table", "caption": self.shown(block.caption), "titled": block.titled,
                    "note": self.shown(block.note), "whole": _is_small(block),
                    "columns": [
                        {"label": self.shown(c.label), "width": c.width, "numeric": c.numeric}
                        for c in block.columns
                    ],
                    "cells": [self._cell(cell) for row in block.rows for cell in row],
                }  # fmt: skip

    def _cell(self, cell: Cell) -> str | list[list[str | dict[str, Any]]]:
        lines = [self.runs(line) for line in cell.lines]
        if not lines:
            return ""
        if len(lines) == 1 and len(lines[0]) == 1 and isinstance(lines[0][0], str):
            return lines[0][0]
        return lines

    def runs(self, text: Text | Sequence[Run]) -> list[str | dict[str, Any]]:
        return [self._run(r) for r in text]

    def _run(self, r: Run, *, whole: bool = False) -> str | dict[str, Any]:
        """``whole``: an id is not broken at the end of a line."""
        text = self.shown(r.text)
        if r.lang and is_rtl(r.lang) != self.rtl:
            text = guarded(text, rtl=self.rtl)
        made: dict[str, Any] = {}
        for name in ("bold", "italic", "small", "lang", "link"):
            if value := getattr(r, name):
                made[name] = value
        if r.mark:
            made["mark"] = colour = palette.code(r.mark)
            self._marks[colour] = None
        if whole and r.small and len(text) < _ONE_PIECE and not any(c.isspace() for c in text):
            made["whole"] = True
        return made | {"text": text} if made else text


def _is_small(table: Table) -> bool:
    """Whether a table is so small that it can always be kept on one page."""
    words = sum(len(r.text) for row in table.rows for cell in row for line in cell.lines for r in line)
    return len(table.rows) <= _FEW_ROWS and words < _FEW_WORDS
