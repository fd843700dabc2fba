"""Atom and JSON feeds of what moved: all of it, and by actor, theme and source.

Times are those of the commits that recorded the entries, in UTC, so that the same commit
gives the same feed; where one is not known, the feed says so and why. Where the tracker has no address of its own, Atom links are relative to the feed, and
JSON feeds, which allow no such links, name the page in an extension.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

import msgspec

from tracker.export.edition import Edition
from tracker.export.entries import Entry, entries, oldest_id, stable
from tracker.export.text import one_line
from tracker.progress import Progress
from tracker.recorded import Recorded

LONGEST = 200
COLLECTIONS = ("actors", "themes", "sources")
ALL = "feeds/changes"
_EXTENSION = (
    "Of each item, page: the item's page, from the root of the site; so: when it was so in the world, a day, month or year; "
    "commit: what recorded it, empty where that is not known"
)


class Feed(NamedTuple):
    """``path``: from the root of the site, without its ending."""

    path: str
    id: str
    title: str
    page: str
    entries: list[Entry]
    lack: str  # why some entries don't know when they were recorded


def feeds(progress: Progress, edition: Edition, recorded: Recorded) -> Iterator[Feed]:
    """The feed of all, then one for each actor, theme and source, also where nothing moved."""
    every = entries(progress, recorded)
    lack = recorded.lack or (
        "this copy of the tracker does not have its whole history" if recorded.shallow
        else "they are not committed yet, or in a version that could not be read"
    )  # fmt: skip
    yield Feed(ALL, stable("feed/changes"), f"{edition.name}: what moved", "changes.html", every, lack)
    within: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in every:
        for place in entry.within:
            within[place].append(entry)
    for collection in COLLECTIONS:
        for record in progress.corpus.collections[collection].values():
            yield Feed(
                f"feeds/{collection}/{record.id}",
                stable(f"feed/{collection}/{oldest_id(progress, collection, record.id)}"),
                f"{one_line(record.title)}: what moved ({edition.name})",
                f"{collection}/{record.id}.html", within[collection, record.id], lack,
            )  # fmt: skip


def files(progress: Progress, edition: Edition, recorded: Recorded) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every feed in both formats."""
    # An entry stands in several feeds, and is written once.
    atom_entry = functools.cache(lambda entry, depth: _atom_entry(entry, edition, depth))
    json_item = functools.cache(lambda entry: msgspec.Raw(msgspec.json.encode(_json_item(entry, edition))))
    for feed in feeds(progress, edition, recorded):
        yield f"{feed.path}.xml", _atom(feed, edition, atom_entry)
        yield f"{feed.path}.json", _json_feed(feed, edition, json_item)


def _address(edition: Edition, path: str, depth: int) -> str:
    return (edition.url or "../" * depth) + path


def _updated(feed: Feed, edition: Edition) -> str:
    return feed.entries[0].updated if feed.entries else f"{edition.stamp}T00:00:00Z"


def _atom(feed: Feed, edition: Edition, written: Callable[[Entry, int], str]) -> bytes:
    """An Atom feed (RFC 4287)."""
    depth = feed.path.count("/")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(edition.language)}">',
        f"<id>{feed.id}</id>",
        f"<title>{escape(feed.title)}</title>",
        f"<subtitle>{escape(_about(feed))}</subtitle>",
        f"<updated>{_updated(feed, edition)}</updated>",
        f"<author><name>{escape(edition.authors)}</name></author>",
        f"<rights>{escape(edition.licence.title)} ({escape(edition.licence.url)})</rights>",
        f'<link rel="alternate" type="text/html" href="{escape(_address(edition, feed.page, depth))}"/>',
    ]
    if edition.url:
        here = escape(f"{edition.url}{feed.path}.xml")
        lines.append(f'<link rel="self" type="application/atom+xml" href="{here}"/>')
    lines += [written(entry, depth) for entry in feed.entries[:LONGEST]]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _atom_entry(entry: Entry, edition: Edition, depth: int) -> str:
    published = f"<published>{entry.published}</published>" if entry.published else ""
    tags = "".join(f'<category term="{escape(tag)}"/>' for tag in entry.tags)
    return (
        f"<entry><id>{entry.id}</id><title>{escape(entry.title)}</title>"
        f"<updated>{entry.updated}</updated>{published}"
        f"<author><name>{escape(entry.author)}</name></author>"
        f'<link rel="alternate" type="text/html" href="{escape(_address(edition, entry.page, depth))}"/>'
        f"{tags}<summary>{escape(entry.summary)}</summary>"
        f'<content type="html">{escape(entry.content)}</content></entry>'
    )


def _json_feed(feed: Feed, edition: Edition, written: Callable[[Entry], msgspec.Raw]) -> bytes:
    """A JSON Feed, version 1.1."""
    content = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": _about(feed),
        "language": edition.language,
        "authors": [{"name": edition.authors}],
        "_tracker": {"about": _EXTENSION},
    }
    if edition.url:
        content |= {"home_page_url": edition.url + feed.page, "feed_url": f"{edition.url}{feed.path}.json"}
    return msgspec.json.encode(content | {"items": [written(entry) for entry in feed.entries[:LONGEST]]}) + b"\n"


def _json_item(entry: Entry, edition: Edition) -> dict:
    return {
        "id": entry.id,
        **({"url": edition.url + entry.page} if edition.url else {}),
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        **({"date_published": entry.published} if entry.published else {}),
        **({"date_modified": entry.updated} if entry.published not in ("", entry.updated) else {}),
        "authors": [{"name": entry.author}],
        "tags": entry.tags,
        "_tracker": {"page": entry.page, "so": entry.so, "commit": entry.commit},
    }


def _about(feed: Feed) -> str:
    text = "Each dated judgement of how far an actor got with what it was asked."
    count = len(feed.entries)
    unknown = sum(not entry.published for entry in feed.entries)
    if unknown < count or not count:
        text += " An entry's time is when it was recorded; its text says when it was so."
    if unknown:
        which = "" if unknown == count else f"of {unknown} of {count} entries "
        text += (
            f" When it was recorded is not known here {which}({feed.lack}): "
            "the time is then the last day on which it was so."
        )
    if count > LONGEST:
        text += f" The latest {LONGEST} of {count}; all are in data/changes.csv."
    return text
