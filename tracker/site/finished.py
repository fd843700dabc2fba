"""A Markdown extension: leaves alone what is finished HTML already.

Our pages are headings in Markdown and finished HTML between them, which three programs
in a row would parse only to find nothing to do. The HTML stands between two marks that no
record can hold (a record's text is escaped or cleaned before it gets here), and goes
straight to where Python-Markdown keeps raw HTML. Without the extension the marks are
comments, and the pages come out the same, only later.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

BEGIN, END = "<!--finished-->", "<!--/finished-->"
_BETWEEN = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)


class _Finished(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text = _BETWEEN.sub(self._keep, "\n".join(lines))
        return text.strip().split("\n")

    def _keep(self, match: re.Match) -> str:
        block = match[1].strip()
        return f"\n\n{self.md.htmlStash.store(block)}\n\n" if block else "\n\n"


class FinishedExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        # Before MkDocs looks for links in raw HTML and Python-Markdown for its blocks.
        md.preprocessors.register(_Finished(md), "tracker_finished", 25)


def makeExtension(**options) -> FinishedExtension:  # noqa: N802 - Python-Markdown's name
    return FinishedExtension(**options)


def heading(level: int, words: str) -> str:
    """A Markdown heading between two pieces of finished HTML."""
    return f"{END}\n\n{'#' * level} {words}\n\n{BEGIN}"


def finished(text: str) -> str:
    """Marks a text as finished, up to its headings (made by `heading`)."""
    return f"{BEGIN}\n{text}\n{END}\n"
