"""PDF through typst: tagged, PDF/UA-1, with its fonts in it.

The document goes in as JSON; the template (`report.typ`) holds no text. Charts come
back from here as pictures too, for formats that can't show SVG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tracker.errors import TrackerError
from tracker.i18n.direction import is_rtl
from tracker.reports import document as neutral
from tracker.reports import glyphs, palette
from tracker.reports.document import Document, Figure, plain
from tracker.reports.languages import guarded, turned

TEMPLATE = Path(__file__).parent / "report.typ"
PICTURES = Path(__file__).parent / "pictures.typ"

class Setter:
    """Sets documents; one for all files of a pack, so that fonts are read once."""

    def __init__(self, extra_fonts: Path | None = None) -> None:
        import typst

        folders = (glyphs.FOLDER, *([extra_fonts] if extra_fonts else []))
        self._known = glyphs.covered(folders)
        found = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
        )
        self._families = list(dict.fromkeys([*glyphs.FAMILIES, *found.families()]))
        self._error = typst.TypstError
        options = {"font_paths": found, "root": TEMPLATE.parent}
        self._pages = typst.Compiler(TEMPLATE, **options)
        self._pictures = typst.Compiler(PICTURES, **options)

    def pdf(self, document: Document) -> bytes:
        """The document as a PDF; the same document gives the same bytes."""
        made = self._data(document)
        sections = json.dumps(made.pop("sections"), ensure_ascii=False, separators=(",", ":"))
        inputs = {"doc": json.dumps(made, ensure_ascii=False), "sections": sections}
        try:
            return self._pages.compile(sys_inputs=inputs, format="pdf", pdf_standards=["ua-1"])
        except self._error as error:
            raise TrackerError(
                f"the PDF could not be made: {getattr(error, 'message', error)}",
                "If a logo or fonts of your own are set in tracker.yml, try without them.",
            ) from None

    def pictures(self, figures: Iterable[Figure], dots: float = 200) -> list[bytes]:
        """The figures as PNG, ``dots`` to the inch."""
        found = [{"svg": self._shown(f.svg), "width": f.width, "height": f.height} for f in figures]
        if not found:
            return []
        made = self._pictures.compile(
            sys_inputs={"data": json.dumps(found, ensure_ascii=False)}, format="png", ppi=dots
        )
        return made if isinstance(made, list) else [made]

    def picture(self, data: bytes, kind: str) -> bytes:
        """A logo as PNG."""
        made = json.dumps([{"logo": list(data), "kind": kind}])
        try:
            return self._pictures.compile(sys_inputs={"data": made}, format="png", ppi=200)
        except self._error:
            raise TrackerError(
                f"report.logo in tracker.yml is not a {kind.upper()} picture that can be read",
                "Save it anew as SVG, PNG or JPEG, or leave the setting out.",
            ) from None

    def _shown(self, text: str) -> str:
        return glyphs.shown(text, self._known)

    def _data(self, document: Document) -> dict[str, Any]:
        house, self._rtl = document.house, document.rtl
        year, month, day = (int(part) for part in document.date.split("-"))
        made = neutral.builtins(
            {"title": document.title, "subtitle": document.subtitle, "facts": document.facts,
             "sections": document.sections}
        )  # fmt: skip
        made |= {
            "plain_title": plain(document.title), "plain_subtitle": plain(document.subtitle),
            "head": plain(document.title) + " · " + plain(document.facts[0][1]),
            "lang": document.lang, "rtl": document.rtl, "brief": document.brief,
            "year": year, "month": month, "day": day,
            "colour": house.colour, "organisation": house.organisation,
            "paper": {"letter": "us-letter"}.get(house.paper, "a4"),
            "fonts": self._families, "contents": document.words["contents"], "colon": document.words["colon"],
            "page": document.words["page"],
            "logo": list(house.logo), "logo_type": house.logo_type,
        }  # fmt: skip
        logo = made.pop("logo")
        return self._walked(made) | {"logo": logo}

    def _walked(self, value: Any) -> Any:
        """Everything with colours as numbers, and without characters that no font has."""
        if isinstance(value, str):
            return self._shown(value)
        if isinstance(value, list | tuple):
            return [self._walked(item) for item in value]
        if isinstance(value, dict):
            made = {key: self._walked(item) for key, item in value.items()}
            if mark := made.get("mark"):
                made["mark"] = palette.code(mark)
            if made.get("lang") and is_rtl(made["lang"]) != self._rtl:
                made["text"] = guarded(made["text"], rtl=self._rtl)
            if made.get("type") in ("paragraph", "bullets"):
                made["turned"] = turned(made.get("items") or [made["text"]], rtl=self._rtl)
            if "columns" in made and "rows" in made:
                for column in made["columns"]:
                    column["numeric"] = column["kind"] in ("number", "share", "ratio")
            return made
        return value
