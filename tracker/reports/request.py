"""What a report is asked to be: for which event, as of when, since when, of what, in which language."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.difference import Side
from tracker.errors import TrackerError
from tracker.model import Event
from tracker.since import State

# What happened by itself, or only ends: reports compare with the last time people met.
_NOT_MET = ("crisis", "publication", "launch", "process", "deadline")


class Request(msgspec.Struct, frozen=True):
    """``as_of`` is a day (YYYY-MM-DD); ``then`` the state to compare with, None where nothing comes before.

    ``event`` is None where none lies ahead. ``chosen`` has the ids by actor, theme, source.
    """

    as_of: str
    language: str
    event: Event | None = None
    then: State | None = None
    chosen: dict[str, tuple[str, ...]] = {}

    @property
    def since(self) -> str:
        """The day of the state to compare with, or ""."""
        return self.then.as_of if self.then else ""

    @property
    def since_commit(self) -> str:
        return self.then.side.commit[:9] if self.then else ""

    @property
    def since_event(self) -> Event | None:
        return None if self.then is None else self.then.corpus.find("events", self.then.side.label)

    @property
    def actors(self) -> frozenset[str]:
        return frozenset(self.chosen.get("actor", ()))

    @property
    def name(self) -> str:
        """A name for files: the event's id, or the day."""
        return self.event.id if self.event else self.as_of


def made(
    corpus: Corpus,
    as_of: str,
    language: str,
    event: str | None = None,
    then: State | None = None,
    chosen: dict[str, tuple[str, ...]] | None = None,
) -> Request:
    """A request from what a person wrote: the id of an event, or nothing.

    Without ``then``, the report compares with the event before. Raises TrackerError for an
    unknown event, with near ones.
    """
    found = _event(corpus, event) if event else coming(corpus, as_of)
    if then is None and (before := _before(corpus, found, as_of)) is not None:
        then = State(corpus, Side(before.id, dates.last_day(before.end or before.date)))
    return Request(as_of, language, found, then, chosen or {})


def coming(corpus: Corpus, as_of: str) -> Event | None:
    """The next event of all that begin on the day or later; a meeting may have begun."""
    ahead = [
        e
        for e in _dated(corpus.events.values())
        if dates.last_day(e.date if e.kind in _NOT_MET else e.end or e.date) >= as_of
    ]
    return min(ahead, key=lambda e: (dates.last_day(e.date), e.id), default=None)


def _before(corpus: Corpus, event: Event | None, as_of: str) -> Event | None:
    """The last time that people met before an event (any event where they never did)."""
    day = as_of
    if event is not None and event.date:
        day = min(as_of, dates.first_day(event.date))
    over = [
        e for e in _dated(corpus.events.values()) if e is not event and dates.last_day(e.end or e.date) < day
    ]
    met = [e for e in over if e.kind not in _NOT_MET]
    return max(met or over, key=lambda e: (dates.last_day(e.end or e.date), e.id), default=None)


def _dated(events: Iterable[Event]) -> list[Event]:
    return [e for e in events if e.date and not any(dates.problem(d) for d in (e.date, e.end) if d)]


def _event(corpus: Corpus, name: str) -> Event:
    found = corpus.find("events", name.removeprefix("docs/events/").removesuffix(".md"))
    if found is None:
        raise TrackerError(
            f"there is no event “{name}”",
            corpus.did_you_mean("events", name, "The events are the files in docs/events."),
        )
    return found
