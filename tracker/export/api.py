"""An address for the data of every record: api/<collection>/<id>.json, and lists of them.

What a record says is under `record`, as its schema has it; what is known of it on the day
stands beside it, so that no field of a collection can be mistaken for the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.export.edition import Edition
from tracker.export.feeds import COLLECTIONS
from tracker.export.schema import front_matter, path_of
from tracker.export.text import cleaned, is_plain
from tracker.export.write_table import pretty
from tracker.freshness import due as deadline
from tracker.freshness import review_due
from tracker.model import Record, is_pending
from tracker.progress import Pair, Progress


def files(progress: Progress, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """(path, content): the lists first, then every record, also under its former ids."""
    corpus = progress.corpus
    encode = msgspec.json.Encoder().encode
    yield "api/index.json", pretty(_index(corpus, edition))
    for collection, records in corpus.collections.items():
        items = [_item(progress, edition, collection, record) for record in records.values()]
        head = {"as_of": edition.as_of, "licence": edition.licence.url, "collection": collection}
        yield f"api/{collection}.json", encode({**head, "count": len(items), "items": items}) + b"\n"
        for record in records.values():
            whole = _whole(progress, edition, collection, record)
            yield f"api/{collection}/{record.id}.json", encode(whole) + b"\n"
            for alias in record.aliases:
                if alias not in records:
                    moved = {"id": alias, "moved_to": record.id, **_places(edition, collection, record.id)}
                    yield f"api/{collection}/{alias}.json", encode(moved) + b"\n"


def _index(corpus: Corpus, edition: Edition) -> dict:
    return {
        "name": edition.name, "description": edition.description, "as_of": edition.as_of,
        "commit": edition.commit or None, "version": edition.version,
        "licence": {"name": edition.licence.name, "title": edition.licence.title, "url": edition.licence.url},
        "cite": edition.citation,
        "collections": [
            {"name": name, "count": len(found), "list": f"api/{name}.json", "one": f"api/{name}/{{id}}.json",
             "schema": path_of(name)}
            for name, found in corpus.collections.items()
        ],
        "data_package": "datapackage.json", "feed": "feeds/changes.json", "calendar": "calendar.ics",
        "note": "Addresses are from the root of the site.",
    }  # fmt: skip


def _places(edition: Edition, collection: str, name: str) -> dict:
    page = f"{collection}/{name}.html"
    found = {"page": page, "api": f"api/{collection}/{name}.json"}
    return found | ({"url": edition.url + page} if edition.url else {})


def _item(progress: Progress, edition: Edition, collection: str, record: Record) -> dict:
    """A record's line in the list of its collection."""
    made = {"id": record.id, "title": cleaned(record.title), **_places(edition, collection, record.id)}
    if collection == "recommendations":
        made |= {
            "source": record.source, "addressed_to": record.addressed_to, "themes": record.themes,
            "regions": record.regions, "headline": progress.headline(record.id),
        }
    return made


def _whole(progress: Progress, edition: Edition, collection: str, record: Record) -> dict[str, Any]:
    corpus = progress.corpus
    made: dict[str, Any] = {
        "collection": collection, "id": record.id, **_places(edition, collection, record.id),
        "as_of": edition.as_of, "licence": edition.licence.url, "file": record.path,
        "schema": path_of(collection),
        "record": _said(record), "text": cleaned(record.body),
    }  # fmt: skip
    if collection == "recommendations":
        made |= {
            "headline": progress.headline(record.id),
            "deadline": deadline(record, progress.as_of),
            "repetition": record.is_repetition,
            "status": [_status(progress, pair) for pair in progress.pairs[record.id]],
        }
        waiting = [n for n, entry in enumerate(record.assessments, 1) if is_pending(entry)]
        if waiting:  # places in the log, from 1, of what is not yet folded into the record
            made["in_inbox"] = waiting
    if collection in COLLECTIONS:
        made["feed"] = f"feeds/{collection}/{record.id}.json"
    links = corpus.backlinks.get((collection, record.id), [])
    made["named_by"] = [
        {"collection": link.collection, "id": link.record.id, "field": link.field} for link in links
    ]
    return made


def _status(progress: Progress, pair: Pair) -> dict:
    """How far one actor got, and on whose word; the same keys as `tracker show --format json`."""
    latest = pair.latest
    return {
        "actor": pair.actor, "group": pair.group, "status": pair.status, "response": pair.response,
        "contested": pair.contested, "date": latest.date if latest else None,
        "days": dates.days_between(latest.date, progress.as_of) if latest else None,
        "review_due": review_due(latest.date, progress.corpus.config.review_months) if latest else None,
        "verdicts": [{"by": v.by, "date": v.date, "status": v.status} for v in pair.verdicts],
    }  # fmt: skip


def _said(record: Record) -> Any:
    """What the record's front matter says, each text cleaned."""
    found = front_matter(record)
    # Most records have nothing in them that needs cleaning, and one look at their bytes says so.
    written = msgspec.json.encode(found)
    return msgspec.Raw(written) if is_plain(written) else _cleaned(found)


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return cleaned(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {key: _cleaned(item) for key, item in value.items()}
    return value
