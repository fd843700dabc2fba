"""Preview cards: what others show where a page's address is sent or posted.

A picture for each record with its title, what came of it as a bar with its numbers, and
the day that it speaks of. Those who show it fetch it by its full address, so cards are
made only where the site knows its own (`site_url`), and not where `cards: false` says so.
Typst sets many to one document; each is kept by what it says. Pages without one of their
own, and recommendations where there are very many, have that of the site.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.i18n.direction import direction
from tracker.model import Record
from tracker.progress import Row
from tracker.reports import glyphs, palette
from tracker.site.kept import Kept
from tracker.site.links import page_of
from tracker.site.view import View

TEMPLATE = Path(__file__).parent / "card.typ"
FOLDER = "assets/cards"
COLLECTIONS = ("recommendations", "actors", "sources", "themes", "events")
_BATCH = 60  # cards to a document: more make it slow, fewer start the setter more often
_MOST = 2000  # recommendations; a card of each of more would be hundreds of megabytes
_VERSION = "2"  # of the template and of what goes into it


def wanted(view: View) -> bool:
    return bool(view.config.site_url) and view.config.cards


def collections(view: View) -> tuple[str, ...]:
    """Those whose records have cards of their own."""
    return COLLECTIONS if len(view.corpus.recommendations) <= _MOST else COLLECTIONS[1:]


def card_of(view: View, page: str) -> str:
    """Where the card of the page at a path lies below the site's pages in its language; "" where it has none."""
    collection, _, file = page.partition("/")
    if not wanted(view):
        return ""
    if collection not in collections(view) or file == "index.md":
        return f"{FOLDER}/index.png"
    return f"{FOLDER}/{page.removesuffix('.md')}.png"


def cards(view: View) -> Iterator[tuple[str, bytes]]:
    """(path, PNG) of every card of a site; none where it does not know its address."""
    if not wanted(view):
        return
    known = glyphs.covered()
    paths, texts = [f"{FOLDER}/index.png"], [_site(view)]
    for collection in collections(view):
        for record in view.corpus.collections[collection].values():
            paths.append(f"{FOLDER}/{page_of(collection, record.id).removesuffix('.md')}.png")
            texts.append(_record(view, collection, record))
    sources = [json.dumps(_shown(text, known), ensure_ascii=False, sort_keys=True).encode() for text in texts]
    kept = Kept(view.project.root, "cards", _VERSION)
    made = kept.get(sources, lambda missing: drawn([sources[place] for place in missing]))
    kept.tidy()
    yield from zip(paths, made, strict=True)


def drawn(sources: list[bytes]) -> list[bytes]:
    """Each card's data (JSON) as a PNG of 1200 by 630 pixels."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FOLDER])
    compiler = typst.Compiler(TEMPLATE, font_paths=fonts, root=TEMPLATE.parent)
    found: list[bytes] = []
    for start in range(0, len(sources), _BATCH):
        batch = b"[" + b",".join(sources[start : start + _BATCH]) + b"]"
        made = compiler.compile(sys_inputs={"cards": batch.decode()}, format="png", ppi=72)
        found += made if isinstance(made, list) else [made]
    return found


def _site(view: View) -> dict[str, Any]:
    return _card(view, view.config.name, view.config.language, view.config.description, view.total)


def _record(view: View, collection: str, record: Record) -> dict[str, Any]:
    if collection == "recommendations":
        row = view.progress.rows_of(view.progress.pairs[record.id])
        kind = view.words.t(
            "{kind}: {document}", kind=view.singular(collection), document=view.short("sources", record.source)
        )
    else:
        row, kind = view.row(collection, record.id), view.singular(collection)
    return _card(view, view.said(record), view.lang_of(record) or view.words.language, kind, row)


def _card(view: View, title: str, lang: str, kind: str, row: Row) -> dict[str, Any]:
    words = view.words
    parts = [
        {"colour": palette.code(palette.of_status(key, view.statuses[key])), "count": row.by_status[key]}
        for key in view.statuses if row.by_status.get(key)
    ]  # fmt: skip
    if not row.pairs:
        said = ""
    elif row.pairs == 1:
        said = view.statuses[next(iter(row.by_status))].label
    else:
        said = words.t("{assessed} of {total} assessed, {done} done", assessed=row.assessed, total=row.pairs, done=row.done)
    return {
        "tracker": _cut(view.config.name, 70), "kind": _cut(kind, 78), "title": _cut(title, 190), "size": _size(title),
        "parts": parts, "said": said, "day": words.t("as of {day}", day=words.date(view.as_of)),
        "lang": words.language.partition("-")[0], "rtl": words.rtl, "title_rtl": direction(lang) == "rtl",
    }  # fmt: skip


def _size(title: str) -> int:
    """Points: the longer, the smaller; 190 characters still fit."""
    return next((size for most, size in ((40, 76), (80, 64), (130, 52)) if len(title) <= most), 42)


def _cut(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _shown(card: dict[str, Any], known: frozenset[int]) -> dict[str, Any]:
    """A card without characters that no font has."""
    return {key: glyphs.shown(value, known) if isinstance(value, str) else value for key, value in card.items()}
