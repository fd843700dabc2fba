"""HTML: one file that needs nothing else, for a screen, a phone and paper."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from pathlib import Path

from tracker.i18n.direction import is_rtl
from tracker.reports import palette
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
    plain,
)
from tracker.reports.languages import turned

STYLE = Path(__file__).with_name("report.css")
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def render(document: Document) -> str:
    """The document as one HTML file: no script, and nothing fetched from anywhere."""
    return "\n".join(_page(document)) + "\n"


def _page(d: Document) -> Iterator[str]:
    style = STYLE.read_text(encoding="utf-8").replace("#11384a", d.house.colour)
    title = escape(plain(d.title))
    yield "<!doctype html>"
    yield f'<html lang="{escape(d.lang)}" dir="{"rtl" if d.rtl else "ltr"}">'
    yield '<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title} · {escape(plain(d.subtitle))} · {escape(plain(d.facts[0][1]))}</title>"
    yield f"<style>\n{style}</style>\n</head>\n<body>"
    yield "<header>"
    if d.house.logo:
        data = base64.b64encode(d.house.logo).decode()
        kind = _TYPES[d.house.logo_type]
        yield f'<img class="logo" alt="{escape(d.house.organisation)}" src="data:{kind};base64,{data}">'
    yield f'<p class="over">{_runs(d.subtitle)}</p>\n<h1>{_runs(d.title)}</h1>'
    if d.house.organisation:
        yield f'<p class="quiet">{escape(d.house.organisation)}</p>'
    yield "<dl>"
    colon = d.words["colon"].rstrip()
    for label, text in d.facts:
        yield f"<div><dt>{escape(label + colon)}</dt><dd>{_runs(text)}</dd></div>"
    yield "</dl>\n</header>"
    yield from _contents(d)
    yield "<main>"
    for section in d.sections:
        fresh = ' class="fresh"' if section.fresh else ""
        yield f'<section id="{escape(section.id)}"{fresh} aria-labelledby="h-{escape(section.id)}">'
        yield f'<h2 id="h-{escape(section.id)}">{escape(section.title)}</h2>'
        for block in section.blocks:
            yield from _block(block)
        yield "</section>"
    yield "</main>\n</body>\n</html>"


def _contents(d: Document) -> Iterator[str]:
    yield f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(d.words["contents"])}</h2>\n<ol>'
    for section in d.sections:
        heads = [b for b in section.blocks if isinstance(b, Heading) and b.level == 2]
        yield f'<li><a href="#{escape(section.id)}">{escape(section.title)}</a>'
        if heads:
            yield "<ol>"
            for head in heads:
                yield f'<li><a href="#{escape(head.id)}">{_words(head.text)}</a></li>'
            yield "</ol>"
        yield "</li>"
    yield "</ol>\n</nav>"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            level = block.level + 1
            yield f'<h{level} id="{escape(block.id)}">{_runs(block.text)}</h{level}>'
        case Paragraph():
            yield f'<p class="{block.style}"{_turned([block.text])}>{_runs(block.text)}</p>'
        case Bullets():
            tag = "ol" if block.ordered else "ul"
            yield f"<{tag}{_turned(block.items)}>"
            for item in block.items:
                yield f"<li>{_runs(item)}</li>"
            yield f"</{tag}>"
        case Figure():
            alt = escape(block.alt)
            drawing = block.svg.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
            caption = escape(block.caption)
            yield f"<figure>\n<figcaption>{caption}</figcaption>"
            yield f'<div class="drawing" tabindex="0" role="region" aria-label="{caption}">{drawing}</div>\n</figure>'
        case Table():
            yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    hidden = ' class="hidden"' if table.titled else ""
    yield f'<div class="table" tabindex="0" role="region" aria-label="{escape(table.caption)}">\n<table>'
    yield f"<caption{hidden}>{escape(table.caption)}</caption>\n<thead><tr>"
    for column in table.columns:
        number = ' class="number"' if column.numeric else ""
        yield f'<th scope="col"{number}>{escape(column.label)}</th>'
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = []
        for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            number = ' class="number"' if column.numeric else ""
            text = "<br>".join(_runs(line) for line in cell.lines)
            cells.append(
                f"<td{number}>{text}</td>" if place else f'<th scope="row"{number}>{text}</th>'
            )
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>\n</div>"
    if table.note:
        yield f'<p class="quiet">{escape(table.note)}</p>'


def _turned(texts: list[Text]) -> str:
    """The direction of a paragraph that is wholly in a language of the other one."""
    if turned(texts, rtl=False):
        return ' dir="rtl"'
    foreign = turned(texts, rtl=True)
    return ' dir="ltr"' if foreign else ""


def _runs(text: Text) -> str:
    return "".join(_run(r) for r in text)


def _words(text: Text) -> str:
    """Text inside a link: no link in it."""
    return "".join(_run(r, linked=False) for r in text)


def _run(r: Run, *, linked: bool = True) -> str:
    made = escape(r.text)
    if r.bold:
        made = f"<strong>{made}</strong>"
    if r.italic:
        made = f"<em>{made}</em>"
    if r.small:
        made = f"<small>{made}</small>"
    if r.link and linked:
        made = f'<a href="{escape(r.link)}">{made}</a>'
    if r.lang:
        made = f'<span lang="{escape(r.lang)}" dir="{"rtl" if is_rtl(r.lang) else "ltr"}">{made}</span>'
    if r.mark:
        box = f'<i class="mark" style="background:{palette.code(r.mark)}"></i>'
        made = f'<span class="status">{box}{made}</span>'
    return made
