"""The entries of all feeds: one for each dated judgement.

An entry's id never changes: it is made from the oldest ids of the recommendation, actor and
assessor (a rename keeps the old id first in `aliases`), the date that was published and,
where several entries share these, their order in the log, which only grows. It does not
depend on the site's address.

A subscriber wants news, so an entry's time is that at which it was recorded (see
`tracker.recorded`), and when it was so stands in its text. Where nobody can tell when it was
recorded, it has no such time, and takes its place by the last day on which it was so.
"""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from html import escape
from typing import NamedTuple

from tracker import dates
from tracker.changes import Change, log
from tracker.export.text import cleaned, one_line
from tracker.model import Assessment, Evidence
from tracker.progress import Progress
from tracker.recorded import Recorded, Written
from tracker.safety import allowed_url

# Of this program; a different one would change every id.
NAMESPACE = uuid.UUID("5e1f6f0e-6a0c-5c39-9d7e-3b1a52a0c7d4")


class Entry(NamedTuple):
    """``so`` is when it was so, as the record has it, and ``day`` the last day that this can mean.

    ``recorded`` and ``altered`` are times in seconds since 1970, or None where they are not known;
    ``commit`` is the id of the commit that recorded it, or empty. ``page`` is a path from the root
    of the site. ``content`` is HTML. ``within``: the (collection, id) of the feeds that show it.
    """

    id: str
    title: str
    so: str
    day: str
    recorded: int | None
    altered: int | None
    commit: str
    page: str
    author: str
    summary: str
    content: str
    tags: list[str]
    within: list[tuple[str, str]]

    @property
    def updated(self) -> str:
        """When it was recorded or altered last; the last day on which it was so, where that is not known."""
        return _time(self.altered) or f"{self.day}T00:00:00Z"

    @property
    def published(self) -> str:
        """When it was recorded; empty where that is not known."""
        return _time(self.recorded)


def stable(name: str) -> str:
    """The id, as a URN, of something that has a lasting name."""
    return uuid.uuid5(NAMESPACE, name).urn


def oldest_id(progress: Progress, collection: str, name: str) -> str:
    """The first id that a record had."""
    record = progress.corpus.find(collection, name)
    if record is None:
        return name
    return record.aliases[0] if record.aliases else record.id


def _time(seconds: int | None) -> str:
    """As RFC 3339 writes it, in UTC."""
    if seconds is None:
        return ""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entries(progress: Progress, recorded: Recorded) -> list[Entry]:
    """Every judgement up to the day of the data, the latest recorded or altered first."""
    ids = _ids(progress)
    times = {
        id(entry): written
        for record in progress.corpus.recommendations.values() for entry, written in recorded.of(record)
    }  # fmt: skip
    moved = log(progress.corpus, progress.as_of)
    made = [_entry(progress, change, ids[id(change.entry)], times[id(change.entry)]) for change in moved]
    return sorted(made, key=lambda entry: entry.updated, reverse=True)


def _ids(progress: Progress) -> dict[int, str]:
    made = {}
    for record in progress.corpus.recommendations.values():
        seen: Counter[str] = Counter()
        first = oldest_id(progress, "recommendations", record.id)
        for entry in record.assessments:
            who = (oldest_id(progress, "actors", name) for name in (entry.actor, entry.by))
            name = "/".join(("assessment", first, *who, entry.date))
            seen[name] += 1
            made[id(entry)] = stable(f"{name}/{seen[name]}")
    return made


def _entry(progress: Progress, change: Change, name: str, written: Written | None) -> Entry:
    corpus, asked, entry = progress.corpus, change.recommendation, change.entry
    label = corpus.config.label
    parts = []
    if entry.status:
        before = change.before
        moved = f"{label('status', before)} → " if before and before != entry.status else ""
        parts.append(moved + label("status", entry.status))
    if entry.response:
        parts.append(f"reply: {label('response', entry.response)}")
    what = one_line("; ".join(parts))
    actor = one_line(corpus.short("actors", entry.actor))
    title = one_line(asked.title)
    by = one_line(corpus.title("actors", entry.by))
    found = corpus.find("actors", entry.actor)
    within = [("actors", found.id if found else entry.actor), ("sources", asked.source)]
    within += [("themes", theme) for theme in asked.themes]
    when = dates.written(entry.date)
    known = written is not None and written.sure and written.first.time is not None
    return Entry(
        id=name, title=f"{actor}: {what}: {title}", so=entry.date, day=dates.last_day(entry.date),
        recorded=written.first.time if known else None,
        altered=(written.last.time or written.first.time) if known else None,
        commit=written.first.id if known else "",
        page=f"recommendations/{asked.id}.html", author=by,
        summary=f"{when}. {one_line(corpus.title('actors', entry.actor))}: {what}. {title}. Judged by {by}.",
        content=_content(progress, title, what, when, by, entry),
        tags=list(dict.fromkeys([*(t for t in (entry.status, entry.response) if t), *asked.themes])),
        within=[(collection, _present(progress, collection, key)) for collection, key in within],
    )  # fmt: skip


def _present(progress: Progress, collection: str, name: str) -> str:
    found = progress.corpus.find(collection, name)
    return found.id if found else name


def _content(progress: Progress, title: str, what: str, when: str, by: str, entry: Assessment) -> str:
    actor = one_line(progress.corpus.title("actors", entry.actor))
    lines = [
        f"<p>{escape(title)}</p>",
        f"<p><strong>{escape(actor)}</strong>, {escape(when)}: {escape(what)}. Judged by {escape(by)}.</p>",
    ]
    if entry.note:
        lines.append(f"<p>{escape(one_line(entry.note))}</p>")
    if entry.evidence:
        items = "".join(f"<li>{_evidence(item)}</li>" for item in entry.evidence)
        lines.append(f"<p>Evidence:</p><ul>{items}</ul>")
    return "".join(lines)


def _evidence(item: Evidence) -> str:
    words = escape(one_line(item.title))
    if item.url and allowed_url(item.url):
        words = f'<a href="{escape(cleaned(item.url))}">{words}</a>'
    more = ", ".join(one_line(text) for text in (item.symbol, item.locator) if text)
    return f"{words}{', ' + escape(more) if more else ''}"
