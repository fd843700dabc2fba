"""What can be found: every record and page of text, as plain text with what it can be filtered by.

The list is made once, from the records, and written as one script of data. Pagefind's index is
made from it (`site.pagefind`), and where that can't be used (a page opened from a disk may not
fetch anything) the search page loads the list itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from tracker import fields, markdown
from tracker.model import Recommendation, Record
from tracker.site.view import View

FILE = "search-data.js"
_BEFORE, _AFTER = "window.rtFindable = ", ";\n"
_MARKS = re.compile(r"<[^>]+>")
_SECOND = ("title", "short", "body", "id")


class Findable(msgspec.Struct, array_like=True, frozen=True):
    """One page that can be found. ``filters`` has keys and never labels."""

    url: str  # below the site, ending in .html
    title: str
    collection: str
    status: str  # the headline's key; empty for all but recommendations
    who: str  # who was asked
    where: str  # the document
    text: str
    filters: dict[str, list[str]]
    lang: str = ""


class Listed(msgspec.Struct, frozen=True):
    language: str
    entries: list[Findable]


def listed(view: View, prose: dict[str, str]) -> Listed:
    """``prose``: the Markdown of pages of text, by path without .md, each with its heading."""
    made = [*_records(view), *(_prose(name, text) for name, text in sorted(prose.items()))]
    return Listed(view.words.language, made)


def write(found: Listed) -> bytes:
    # "<" can't end a script here, but a host may show the file as something else.
    text = json.dumps(msgspec.to_builtins(found), ensure_ascii=False, separators=(",", ":"))
    return f"{_BEFORE}{text.replace('<', chr(92) + 'u003c')}{_AFTER}".encode()


def read(data: bytes) -> Listed:
    return msgspec.json.decode(data[len(_BEFORE) : -len(_AFTER)], type=Listed)


def _records(view: View) -> Iterator[Findable]:
    for collection in view.corpus.types:
        for record in view.corpus.collections[collection].values():
            if isinstance(record, Recommendation):
                yield _recommendation(view, record)
            else:
                yield _record(view, collection, record)


def _recommendation(view: View, record: Recommendation) -> Findable:
    pairs = view.progress.pairs[record.id]
    filters = {
        "collection": ["recommendations"],
        "source": [record.source],
        "actor": [p.actor for p in pairs],
        "status": [p.status for p in pairs],
        "pair": [f"{p.actor}/{p.status}" for p in pairs],
        "response": [p.response for p in pairs],
        "theme": record.themes,
        "region": record.regions,
        "event": list(view.corpus.event_ids(record)),
        "kind": [record.kind] if record.kind else [],
    }
    who = view.words.t(", ").join(dict.fromkeys(view.short("actors", p.actor) for p in pairs))
    return Findable(
        f"recommendations/{record.id}.html", view.title("recommendations", record.id), "recommendations",
        view.progress.headline(record.id), who, view.short("sources", record.source), _text(view.in_words(record)),
        {name: list(dict.fromkeys(values)) for name, values in filters.items() if values}, view.lang_of(record),
    )  # fmt: skip


def _record(view: View, collection: str, record: Record) -> Findable:
    filters = {"collection": [collection]}
    for name, other in (("theme", "themes"), ("region", "regions"), ("actor", "actors"), ("source", "sources")):
        values = getattr(record, other, None) or ([record.id] if collection == other else [])
        if values:
            filters[name] = [v if isinstance(v, str) else v.source for v in values]
    title = view.title(collection, record.id)
    short = view.short(collection, record.id)
    return Findable(
        f"{collection}/{record.id}.html", title if short in title else f"{title} ({short})", collection,
        "", "", view.singular(collection), _text(view.in_words(record)), filters, view.lang_of(record),
    )  # fmt: skip


def _text(record: Any) -> str:
    """The body first, then what else the record says in words."""
    steps = tuple(s for s in fields.plan(type(record), "text") if s.attribute not in _SECOND)
    parts = [_plain(record.body), *(v.value for v in fields.values(record, steps) if " " in v.value)]
    return " ".join(" ".join(dict.fromkeys(filter(None, parts))).split())


def _prose(name: str, text: str) -> Findable:
    first, _, rest = text.strip().partition("\n")
    title = first.lstrip("# ").strip() if first.startswith("#") else name
    return Findable(f"{name}.html", title, "prose", "", "", "", _plain(rest), {"collection": ["prose"]})


def _plain(text: str) -> str:
    """Markdown as plain text."""
    import html

    return " ".join(html.unescape(_MARKS.sub(" ", markdown.rendered(text))).split())
