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
import functools
import uuid
from collections import Counter
from functools import cached_property
from html import escape

from tracker import dates
from tracker.changes import Change, log
from tracker.corpus import Corpus
from tracker.export.text import cleaned, one_line
from tracker.model import Evidence
from tracker.progress import Progress
from tracker.recorded import Recorded, Written
from tracker.safety import allowed_url

# Of this program; a different one would change every id.
NAMESPACE = uuid.UUID("5e1f6f0e-6a0c-5c39-9d7e-3b1a52a0c7d4")


class Entry:
    """A judgement as feeds show it. Its texts are made when a feed asks for them: most feeds are cut."""

    def __init__(self, progress: Progress, change: Change, name: str, written: Written | None) -> None:
        """``name`` is the lasting one that the id is made from."""
        self._corpus, self._change, self._name = progress.corpus, change, name
        entry = change.entry
        self.so: str = entry.date
        """When it was so, as the record has it."""
        self.day: str = dates.last_day(entry.date)
        """The last day that this can mean."""
        known = written is not None and written.sure and written.first.time is not None
        self.published: str = _time(written.first.time) if known else ""
        """When it was recorded, in UTC; empty where that is not known."""
        self.updated: str = _time(written.last.time or written.first.time) if known else f"{self.day}T00:00:00Z"
        """When it was recorded or altered last; the last day on which it was so, where that is not known."""
        self.commit: str = written.first.id if known else ""
        """The id of the commit that recorded it, or empty."""

    @property
    def within(self) -> list[tuple[str, str]]:
        """The (collection, id) of the feeds that show it."""
        asked = self._change.recommendation
        found = [("actors", self._change.entry.actor), ("sources", asked.source)]
        found += [("themes", theme) for theme in asked.themes]
        return [(collection, _present(self._corpus, collection, name)) for collection, name in found]

    @property
    def page(self) -> str:
        """From the root of the site."""
        return f"recommendations/{self._change.recommendation.id}.html"

    @property
    def tags(self) -> list[str]:
        entry = self._change.entry
        found = [t for t in (entry.status, entry.response) if t]
        return list(dict.fromkeys([*found, *self._change.recommendation.themes]))

    @cached_property
    def id(self) -> str:
        return stable(self._name)

    @cached_property
    def author(self) -> str:
        """The body that judged."""
        return one_line(self._corpus.title("actors", self._change.entry.by))

    @cached_property
    def title(self) -> str:
        return f"{one_line(self._corpus.short('actors', self._change.entry.actor))}: {self._what}: {self._asked}"

    @cached_property
    def summary(self) -> str:
        return f"{self._when}. {self._actor}: {self._what}. {self._asked}. Judged by {self.author}."

    @cached_property
    def content(self) -> str:
        """As HTML."""
        entry = self._change.entry
        lines = [
            f"<p>{escape(self._asked)}</p>",
            f"<p><strong>{escape(self._actor)}</strong>, {escape(self._when)}: {escape(self._what)}. "
            f"Judged by {escape(self.author)}.</p>",
        ]
        if entry.note:
            lines.append(f"<p>{escape(one_line(entry.note))}</p>")
        if entry.evidence:
            items = "".join(f"<li>{_evidence(item)}</li>" for item in entry.evidence)
            lines.append(f"<p>Evidence:</p><ul>{items}</ul>")
        return "".join(lines)

    @property
    def _asked(self) -> str:
        return one_line(self._change.recommendation.title)

    @property
    def _actor(self) -> str:
        return one_line(self._corpus.title("actors", self._change.entry.actor))

    @property
    def _when(self) -> str:
        return dates.written(self.so)

    @cached_property
    def _what(self) -> str:
        """What was judged: “Planned → Under way; reply: Accepted”."""
        label, entry, before = self._corpus.config.label, self._change.entry, self._change.before
        parts = []
        if entry.status:
            moved = f"{label('status', before)} → " if before and before != entry.status else ""
            parts.append(moved + label("status", entry.status))
        if entry.response:
            parts.append(f"reply: {label('response', entry.response)}")
        return one_line("; ".join(parts))


def stable(name: str) -> str:
    """The id, as a URN, of something that has a lasting name."""
    return uuid.uuid5(NAMESPACE, name).urn


def oldest_id(progress: Progress, collection: str, name: str) -> str:
    """The first id that a record had."""
    record = progress.corpus.find(collection, name)
    if record is None:
        return name
    return record.aliases[0] if record.aliases else record.id


@functools.lru_cache(4096)  # a commit records many
def _time(seconds: int) -> str:
    """As RFC 3339 writes it, in UTC."""
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entries(progress: Progress, recorded: Recorded) -> list[Entry]:
    """Every judgement up to the day of the data, the latest recorded or altered first."""
    names = _names(progress)
    times = {
        id(entry): written
        for record in progress.corpus.recommendations.values() for entry, written in recorded.of(record)
    }  # fmt: skip
    made = [
        Entry(progress, change, names[id(change.entry)], times[id(change.entry)])
        for change in log(progress.corpus, progress.as_of)
    ]
    return sorted(made, key=lambda entry: entry.updated, reverse=True)


def _names(progress: Progress) -> dict[int, str]:
    """The lasting name of each judgement."""
    made = {}
    for record in progress.corpus.recommendations.values():
        seen: Counter[str] = Counter()
        first = oldest_id(progress, "recommendations", record.id)
        for entry in record.assessments:
            who = (oldest_id(progress, "actors", name) for name in (entry.actor, entry.by))
            name = "/".join(("assessment", first, *who, entry.date))
            seen[name] += 1
            made[id(entry)] = f"{name}/{seen[name]}"
    return made


def _present(corpus: Corpus, collection: str, name: str) -> str:
    found = corpus.find(collection, name)
    return found.id if found else name


def _evidence(item: Evidence) -> str:
    words = escape(one_line(item.title))
    if item.url and allowed_url(item.url):
        words = f'<a href="{escape(cleaned(item.url))}">{words}</a>'
    more = ", ".join(one_line(text) for text in (item.symbol, item.locator) if text)
    return f"{words}{', ' + escape(more) if more else ''}"
