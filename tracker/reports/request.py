"""What a report is asked to be: for which event, as of when, since when, of what, in which language."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.model import Event
from tracker.suggest import did_you_mean

# What happened by itself, or only ends: reports compare with the last time people met.
_NOT_MET = ("crisis", "publication", "launch", "process", "deadline")


class Request(msgspec.Struct, frozen=True):
    """``as_of`` and ``since`` are days (YYYY-MM-DD); ``since`` is "" where nothing comes before.

    ``event`` is None where none lies ahead. ``chosen`` has the ids by actor, theme, source.
    """

    as_of: str
    language: str
    event: Event | None = None
    since: str = ""
    since_event: Event | None = None
    chosen: dict[str, tuple[str, ...]] = {}

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
    since: str | None = None,
    chosen: dict[str, tuple[str, ...]] | None = None,
) -> Request:
    """A request from what a person wrote: ids or dates as text.

    Raises TrackerError for an unknown event (with near ones) and for a day after ``as_of``.
    """
    found = _event(corpus, event) if event else coming(corpus, as_of)
    if since is None:
        before = _before(corpus, found, as_of)
        day = dates.last_day(before.end or before.date) if before else ""
    else:
        before, day = _since(corpus, since)
        if day > as_of:
            raise TrackerError(
                f"--since {since} is after {as_of}, the day that the report is about",
                "Choose an earlier event or date, or a later --as-of.",
            )
    return Request(as_of, language, found, day, before, chosen or {})


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
            did_you_mean(name, corpus.ids["events"], "The events are the files in docs/events."),
        )
    return found


def _since(corpus: Corpus, text: str) -> tuple[Event | None, str]:
    event = corpus.find("events", text)
    if event is not None:
        if not event.date:
            raise TrackerError(
                f"--since: the event “{text}” has no date", "Give its page a date, or write a date."
            )
        return event, dates.last_day(event.end or event.date)
    if dates.problem(text) is None:
        return None, dates.last_day(text)
    if text[:4].isdigit():
        raise TrackerError(
            f"--since: {dates.problem(text)}", f"Write a date that exists, as {dates.EXAMPLES}."
        )
    raise TrackerError(
        f"--since: “{text}” is neither an event nor a date",
        did_you_mean(text, corpus.ids["events"], f"Write an event's id, or a date as {dates.EXAMPLES}."),
    )
