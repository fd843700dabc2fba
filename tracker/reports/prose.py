"""Contributed Markdown as blocks of a report, after the same cleaning as on the site."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tracker import markdown, safety
from tracker.reports.document import Block, Bullets, Heading, Paragraph, Run, Text, plain
from tracker.reports.words import Words

_SPACE = re.compile(r"\s+")
_BLOCKS = {"p", "li", "td", "th", "pre"}


def blocks(body: str, words: Words, lang: str, prefix: str) -> list[Block]:
    """The paragraphs, lists and headings of a body; headings get ids with ``prefix``."""
    reader = _Reader(words, lang, prefix)
    reader.feed(markdown.rendered(body))
    reader.close()
    reader.end()
    return reader.made


class _Reader(HTMLParser):
    def __init__(self, words: Words, lang: str, prefix: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.lang, self.prefix = words, lang, prefix
        self.made: list[Block] = []
        self.text: Text = []
        self.list: Bullets | None = None
        self.style = {"strong": 0, "em": 0, "blockquote": 0, "list": 0}
        self.link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag in ("blockquote", "ul", "ol"):
            self.end()
        if tag in ("ul", "ol"):
            self.style["list"] += 1
            if self.list is None:
                self.list = Bullets([], tag == "ol")
        elif tag in self.style:
            self.style[tag] += 1
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.link = href if safety.allowed_url(href) else ""
        elif tag == "br":
            self.text.append(Run(" "))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("blockquote", "ul", "ol"):
            self.end()
        if tag in ("ul", "ol"):
            self.style["list"] -= 1
            if not self.style["list"] and self.list is not None:
                if self.list.items:
                    self.made.append(self.list)
                self.list = None
        elif tag in self.style:
            self.style[tag] -= 1
        elif tag == "a":
            self.link = ""

    def handle_data(self, data: str) -> None:
        words = _SPACE.sub(" ", data)
        if not words.strip():
            if self.text:
                self.text.append(Run(" "))
            return
        run = self.words.record(
            words, self.lang, bold=bool(self.style["strong"]), italic=bool(self.style["em"]), link=self.link
        )
        # Spaces at the edges belong to the sentence: cleaning takes them away.
        if words[0] == " " and self.text:
            self.text.append(Run(" "))
        self.text.append(run)
        if words[-1] == " ":
            self.text.append(Run(" "))

    def end(self) -> None:
        """Closes the paragraph or item that is open."""
        text, self.text = self.text, []
        while text and not text[-1].text.strip():
            text.pop()
        if not plain(text).strip():
            return
        if self.list is not None:
            self.list.items.append(text)
        elif all(run.bold for run in text) and not self.style["blockquote"]:
            for run in text:
                run.bold = False
            self.made.append(Heading(f"{self.prefix}-{len(self.made) + 1}", text, 2))
        else:
            self.made.append(Paragraph(text, "note" if self.style["blockquote"] else "body"))
