"""For which event a report is, since when, and what is said of what does not fit."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.model import Event
from tracker.reports import request
from tracker.since import State, state

# id: (date, end, kind)
EVENTS = {
    "founding": ("2003", None, "launch"),
    "old-meeting": ("2004-05", None, "meeting"),
    "congress": ("2010-06-10", "2010-06-12", "conference"),
    "outbreak": ("2012-01", None, "crisis"),
    "forum": ("2012-03-04", None, None),
    "decade": ("2005", "2015", "process"),
    "someday": (None, None, "conference"),
}


def corpus() -> Corpus:
    return Corpus(Config(), [
        ("events", Event(id=name, title=name, date=date, end=end, kind=kind))
        for name, (date, end, kind) in EVENTS.items()
    ])  # fmt: skip


# what holds: (event, --since, --as-of) -> (event, since, the event that it is the date of)
CASES = {
    "the next event, and the meeting before it": (
        (None, None, "2009-01-01"), ("congress", "2004-05-31", "old-meeting")),
    "a conference that has begun is still the next one": (
        (None, None, "2010-06-11"), ("congress", "2004-05-31", "old-meeting")),
    "what happens by itself comes next too": (
        (None, None, "2011-01-01"), ("outbreak", "2010-06-12", "congress")),
    "an event without a kind is a meeting": (
        ("congress", "forum", "2013-01-01"), ("congress", "2012-03-04", "forum")),
    "none lies ahead": ((None, None, "2013-01-01"), (None, "2012-03-04", "forum")),
    "a past event is compared with what came before it": (
        ("forum", None, "2026-01-01"), ("forum", "2010-06-12", "congress")),
    "where nobody met before, any event will do": (
        ("old-meeting", None, "2026-01-01"), ("old-meeting", "2003-12-31", "founding")),
    "where nothing came before, nothing is compared": (
        ("founding", None, "2026-01-01"), ("founding", "", None)),
    "an event without a date is compared with the last one": (
        ("someday", None, "2026-01-01"), ("someday", "2012-03-04", "forum")),
    "since a day": (("forum", "2011-02-03", "2026-01-01"), ("forum", "2011-02-03", None)),
    "since a year, when it was over": (("forum", "2011", "2026-01-01"), ("forum", "2011-12-31", None)),
    "since an event, when it was over": (
        ("forum", "congress", "2026-01-01"), ("forum", "2010-06-12", "congress")),
    "the event's file will do as its name": (
        ("docs/events/forum.md", "2011", "2026-01-01"), ("forum", "2011-12-31", None)),
}  # fmt: skip


def then(known: Corpus, since: str | None, as_of: str) -> State | None:
    return state(SimpleNamespace(corpus=known, root=Path("/nowhere")), since, as_of) if since else None


@pytest.mark.parametrize("name", CASES)
def test_which_event_and_since_when(name: str) -> None:
    (event, since, as_of), expected = CASES[name]
    known = corpus()
    made = request.made(known, as_of, "en", event, then(known, since, as_of))
    assert (
        made.event and made.event.id, made.since, made.since_event and made.since_event.id
    ) == expected  # fmt: skip


# what is wrong: (event, --since, part of the message, part of the hint)
WRONG = {
    "an unknown event": (("congres", None), "there is no event “congres”", "congress"),
    "since later than as of": (("forum", "2026-07-01"), "is later than 30 June 2026", "earlier"),
    "since an event later than as of": (("forum", "2026"), "is later than 30 June 2026", "earlier"),
    "since an event without a date": (("forum", "someday"), "“someday” has no date", "a date"),
    "since a day that does not exist": (("forum", "2011-02-30"), "has no day 30", "2015-07"),
    "since neither event nor date": (("forum", "congres"), "neither a date nor an event", "congress"),
    "since what looks like an option": (("forum", "--upload-pack=x"), "neither a date nor an event", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_said(name: str) -> None:
    (event, since), message, hint = WRONG[name]
    known = corpus()
    with pytest.raises(TrackerError) as caught:
        request.made(known, "2026-06-30", "en", event, then(known, since, "2026-06-30"))
    assert message in caught.value.message
    assert hint in caught.value.hint
