"""PDF through typst: tagged, PDF/UA-1, with its fonts in it.

The document goes in as JSON; the template (`report.typ`) holds no text. Charts come
back from here as pictures too, for formats that can't show SVG.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tracker.errors import TrackerError
from tracker.reports import glyphs, typstdata
from tracker.reports.document import Document, Figure

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
        data = typstdata.Data(document, self._shown)
        sections = json.dumps(data.sections(), ensure_ascii=False, separators=(",", ":"))
        inputs = {"doc": json.dumps(data.head(self._families), ensure_ascii=False), "sections": sections}
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
