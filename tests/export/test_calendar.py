"""The calendar: a strict parser reads it, days are right, and what is not known is said."""

from __future__ import annotations

import datetime
import re
from collections import Counter

import pytest
from icalendar import Calendar

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.export.edition import edition
from tracker.export.ical import calendar
from tracker.git import Commit
from tracker.model import Actor, Assessment, DeadlineChange, Event, Recommendation, Source
from tracker.progress import Progress

pytest_plugins = ["opendata"]

AS_OF = "2020-01-01"


def parsed(content: bytes) -> list:
    """Its events; every line is checked against RFC 5545 first."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    for line in re.sub(rb"\r\n[ \t]", b"", content).split(b"\r\n")[:-1]:
        assert re.match(rb"[A-Z-]+(;[A-Z]+=[A-Z]+)*:", line), line
    [read] = Calendar.from_ical(content, multiple=True)
    found = read.walk("VEVENT")
    assert not read.errors
    assert not [e.errors for e in found if e.errors]
    uids = [str(e["UID"]) for e in found]
    assert len(set(uids)) == len(uids)
    for event in found:
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert event["DTEND"].dt > event["DTSTART"].dt
    return found


def made(*records, as_of: str = AS_OF, commit: Commit | None = None, **config) -> list:
    base = [("sources", Source(id="report", title="Report")), ("actors", Actor(id="au", title="AU")),
            ("actors", Actor(id="watch", title="Watch"))]  # fmt: skip
    own = Corpus(Config(**config), [*base, *records])
    return parsed(calendar(Progress(own, as_of), edition(own.config, as_of, commit)))


def days(event) -> tuple[str, str]:
    """First and last day, both inclusive."""
    last = event["DTEND"].dt - datetime.timedelta(days=1)
    return event["DTSTART"].dt.isoformat(), last.isoformat()


def test_a_strict_parser_reads_the_real_calendar(data, project) -> None:
    found = parsed(data.files["calendar.ics"])
    kinds = Counter(e["CATEGORIES"].to_ical() for e in found)
    assert kinds[b"Event"] == sum(bool(e.date) for e in project.corpus.events.values())
    assert kinds[b"Deadline"] == sum(bool(r.due) for r in project.corpus.recommendations.values())
    assert kinds[b"Review"] > 20
    assert {e["DTSTAMP"].to_ical() for e in found} == {b"20261120T000000Z"}


# (date, end): (first day, last day, what the title adds)
SPANS = {
    ("2012-03-04", None): ("2012-03-04", "2012-03-04", ""),
    ("2012-03-04", "2012-03-06"): ("2012-03-04", "2012-03-06", ""),
    ("2012-03-04", "2012-03-01"): ("2012-03-04", "2012-03-04", ""),
    ("2012-02", None): ("2012-02-29", "2012-02-29", " (February 2012)"),
    ("2012", None): ("2012-12-31", "2012-12-31", " (2012)"),
    ("2012", "2014"): ("2014-12-31", "2014-12-31", " (2012 to 2014)"),
    ("2003-05", "2003"): ("2003-12-31", "2003-12-31", " (May 2003 to 2003)"),
    ("2012-03-04", "2013"): ("2013-12-31", "2013-12-31", " (4 March 2012 to 2013)"),
    ("9999-12-30", None): ("9999-12-30", "9999-12-30", ""),
}  # fmt: skip


@pytest.mark.parametrize(("date", "end"), SPANS)
def test_an_event_stands_on_the_days_that_are_known(date: str, end: str | None) -> None:
    first, last, added = SPANS[date, end]
    [event] = made(("events", Event(id="x", title="A summit", date=date, end=end)))
    assert days(event) == (first, last)
    assert str(event["SUMMARY"]) == f"A summit{added}"
    assert ("Known only as" in str(event.get("DESCRIPTION", ""))) == bool(added)


def test_an_event_without_a_date_has_no_day() -> None:
    assert made(("events", Event(id="x", title="Some day"))) == []


def ask(**more) -> tuple[str, Recommendation]:
    made = Recommendation(id="ask", title="An ask", source="report", addressed_to=["au"], **more)
    return "recommendations", made


@pytest.mark.parametrize(("as_of", "day"), [("2014-01-01", "2015-12-31"), ("2016-01-01", "2017-06-30")])
def test_a_deadline_is_the_one_that_was_announced_by_the_day(as_of: str, day: str) -> None:
    change = DeadlineChange(from_="2015", to="2017-06-30", on="2015-11", reason="no, budget; none")
    [event] = made(ask(deadline="2015", deadline_changes=[change]), as_of=as_of)
    assert days(event)[0] == day
    text = str(event.get("DESCRIPTION", ""))
    assert ("no, budget; none" in text) == (as_of == "2016-01-01")


def test_a_judgement_is_due_for_review() -> None:
    log = [Assessment(actor="au", date="2012-01-01", by="watch", status="planned")]
    [event] = made(ask(assessments=log), review_months=12)
    assert days(event)[0] == "2013-01-01"
    assert str(event["SUMMARY"]) == "Review due: AU (1 judgement)"
    assert "An ask" in event["DESCRIPTION"]


def test_what_is_closed_is_not_reviewed() -> None:
    log = [Assessment(actor="au", date="2012-01-01", by="watch", status="implemented")]
    assert made(ask(assessments=log)) == []


def test_stamps_are_those_of_the_commit_and_uids_stay() -> None:
    event = ("events", Event(id="x", title="A summit", date="2012"))
    [one] = made(event, commit=Commit("a" * 40, "2019-05-06", False))
    [other] = made(("events", Event(id="y", title="Renamed", date="2013", aliases=["x"])))
    assert one["DTSTAMP"].to_ical() == b"20190506T000000Z"
    assert other["DTSTAMP"].to_ical() == b"20200101T000000Z"
    assert one["UID"] == other["UID"] == "urn:uuid:9132c153-5cd9-5bdc-ac32-4776a140b33f"


@pytest.mark.parametrize("title", ["a, b; c\\d", "x" * 74, "é" * 200, "🕊" * 50, "a\\nb", "END:VCALENDAR"])
def test_a_title_comes_back_as_it_was(title: str) -> None:
    [event] = made(("events", Event(id="x", title=title, date="2012-03-04", body="one\ntwo, three")))
    assert str(event["SUMMARY"]) == title
    assert str(event["DESCRIPTION"]) == "one\ntwo, three"
