"""Events as names for days: when one was over, and which was the last."""

from __future__ import annotations

from tracker import dates
from tracker.corpus import Corpus
from tracker.model import Event

_GATHERINGS = ("conference", "meeting")


def event_day(event: Event) -> str | None:
    """The day (YYYY-MM-DD) on which an event was over; None where it has no date."""
    for date in (event.end, event.date):
        if date and dates.problem(date) is None:
            return dates.last_day(date)
    return None


def last_event(corpus: Corpus, as_of: str) -> Event | None:
    """The latest conference or meeting that was over before a day; any event where there is none."""
    over = [e for e in corpus.events.values() if (day := event_day(e)) and day < as_of]
    found = [e for e in over if e.kind in _GATHERINGS] or over
    return max(found, key=lambda e: (event_day(e), e.id), default=None)
