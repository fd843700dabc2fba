"""Markdown: plain enough to read as it is, and to paste anywhere that renders it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from tracker.reports.document import Block, Bullets, Document, Figure, Heading, Paragraph, Run, Table, Text

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])|(&(?=#|\w+;))")
_START = re.compile(r"^(#{1,6}(?=\s)|[-+=](?=\s|[-=]|$)|>|\d+(?=[.)]\s))")


def render(document: Document) -> str:
    """The document as CommonMark with pipe tables."""
    lines = [f"# {_runs(document.title)}", "", _runs(document.subtitle), ""]
    colon = document.words["colon"]
    lines += [f"- **{_escaped(label)}**{colon}{_runs(text)}" for label, text in document.facts] + [""]
    for section in document.sections:
        lines += [f"## {_escaped(section.title)}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    return "\n".join(lines).rstrip() + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_runs(block.text)}"
        case Paragraph(style="note"):
            yield f"> {_paragraph(block.text)}"
        case Paragraph():
            yield _paragraph(block.text)
        case Bullets():
            for place, item in enumerate(block.items, 1):
                yield (f"{place}. " if block.ordered else "- ") + _paragraph(item)
        case Figure():
            yield f"**{_escaped(block.caption)}.** {_escaped(block.alt)}"
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    if not table.titled:
        yield f"**{_escaped(table.caption)}**"
        yield ""
    yield "| " + " | ".join(_escaped(c.label) for c in table.columns) + " |"
    yield "|" + "|".join(" ---: " if c.numeric else " --- " for c in table.columns) + "|"
    for row in table.rows:
        yield "| " + " | ".join("<br>".join(_runs(line) for line in cell.lines) for cell in row) + " |"
    if table.note:
        yield ""
        yield _escaped(table.note)


def _paragraph(text: Text) -> str:
    return _START.sub(lambda m: m[1][:-1] + "\\" + m[1][-1] if m[1][0] != "#" else "\\" + m[1], _runs(text))


def _runs(text: Text) -> str:
    return "".join(_run(r) for r in text)


def _run(r: Run) -> str:
    words = _escaped(r.text)
    inner = words.strip()
    if not inner:
        return words
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    if r.bold:
        inner = f"**{inner}**"
    elif r.italic:
        inner = f"*{inner}*"
    if r.link:
        inner = f"[{inner}]({quote(r.link, safe=':/?#@!$&*+,;=%~-._')})"
    return before + inner + after


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda m: "&amp;" if m[2] else "\\" + m[1], text)
