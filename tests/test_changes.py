"""What moved: every dated judgement, beside the same assessor's one before it."""

from __future__ import annotations

import pytest

from tracker import changes
from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Assessment, Recommendation


def corpus(**logs: list[str]) -> Corpus:
    """Each log line is “actor date by status”, with “-” for a reply alone."""
    made = []
    for name, lines in logs.items():
        log = []
        for line in lines:
            actor, date, by, status = line.split()
            log.append(Assessment(
                actor=actor, date=date, by=by, status=None if status == "-" else status,
                response="noted" if status == "-" else None,
            ))  # fmt: skip
        made.append(Recommendation(id=name, title=name, source="report", assessments=log))
    return Corpus(Config(), [("recommendations", r) for r in made])


def told(change: changes.Change) -> str:
    return f"{change.entry.date} {change.entry.actor} {change.before} {change.direction}"


# before, after: direction
DIRECTIONS = {
    ("planned", "implemented"): "up",
    ("no-evidence", "planned"): "up",
    ("partly-implemented", "ongoing"): "up",
    ("implemented", "partly-implemented"): "down",
    ("implemented", "reversed"): "down",
    ("under-way", "dropped"): "down",
    ("under-way", "stalled"): "down",  # the same score, and yet a step back
    ("not-started", "reversed"): "down",
    ("planned", "planned"): "same",
    ("stalled", "stalled"): "same",
    ("implemented", "ongoing"): "same",
    ("planned", "under-way"): "same",  # both score 1
    ("planned", "-"): "reply",
}


@pytest.mark.parametrize(("before", "after"), DIRECTIONS)
def test_direction(before: str, after: str) -> None:
    log = changes.log(corpus(ask=[f"au 2010 watch {before}", f"au 2011 watch {after}"]), "2020-01-01")
    assert [change.direction for change in log] == [DIRECTIONS[before, after], "new"]


# name: (log, until, since, what is told, the newest first)
LOGS = {
    "the newest first": (
        ["au 2010 watch planned", "au 2012 watch implemented"], "2020-01-01", "",
        ["2012 au planned up", "2010 au None new"]),
    "in whatever order it is written": (
        ["au 2012 watch implemented", "au 2010 watch planned"], "2020-01-01", "",
        ["2012 au planned up", "2010 au None new"]),
    "each actor has its own before": (
        ["au 2010 watch planned", "eu 2011 watch dropped"], "2020-01-01", "",
        ["2011 eu None new", "2010 au None new"]),
    "each assessor has its own before": (
        ["au 2010 watch planned", "au 2011 other dropped"], "2020-01-01", "",
        ["2011 au None new", "2010 au None new"]),
    "a reply alone does not become the one before": (
        ["au 2010 watch planned", "au 2011 watch -", "au 2012 watch implemented"], "2020-01-01", "",
        ["2012 au planned up", "2011 au planned reply", "2010 au None new"]),
    "until includes the day itself": (["au 2010 watch planned"], "2010-12-31", "", ["2010 au None new"]),
    "a year is not over before its last day": (["au 2010 watch planned"], "2010-12-30", "", []),
    "since leaves the day itself out": (["au 2010 watch planned"], "2020-01-01", "2010-12-31", []),
    "but knows what was before": (
        ["au 2010 watch planned", "au 2012 watch implemented"], "2020-01-01", "2011-06-01",
        ["2012 au planned up"]),
    "a bare year is later than its months": (
        ["au 2010 watch implemented", "au 2010-11 watch planned"], "2020-01-01", "",
        ["2010 au planned up", "2010-11 au None new"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LOGS)
def test_log(name: str) -> None:
    log, until, since, expected = LOGS[name]
    assert [told(change) for change in changes.log(corpus(ask=log), until, since)] == expected


def test_the_log_runs_over_all_recommendations() -> None:
    log = changes.log(corpus(
        one=["au 2010 watch planned", "au 2012 watch implemented"], two=["au 2011 watch planned"],
    ), "2020-01-01")  # fmt: skip
    assert [(c.recommendation.id, c.year) for c in log] == [("one", "2012"), ("two", "2011"), ("one", "2010")]


def test_what_moved_since_a_day_and_what_moved_until_then_make_up_the_whole() -> None:
    known = corpus(one=["au 2010 watch planned", "au 2011-06 watch stalled", "au 2012-03-04 watch ongoing"])
    whole = changes.log(known, "2020-01-01")
    for day in ("2010-12-31", "2011-06-30", "2011-07-01", "2012-03-04"):
        later, earlier = changes.log(known, "2020-01-01", day), changes.log(known, day)
        assert [told(c) for c in later + earlier] == [told(c) for c in whole], day
