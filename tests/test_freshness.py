"""How old judgements are, what is overdue, what slipped, who never replied; and `tracker overdue`."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import dates, freshness
from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Actor, Assessment, DeadlineChange, Recommendation, Relation, Source
from tracker.progress import Progress

# (date, months): the day on which it is to be looked at again
DUE = {
    ("2015", 24): "2017-12-31", ("2015-06", 24): "2017-06-30", ("2015-06-15", 1): "2015-07-15",
    ("2015-01-31", 1): "2015-02-28", ("2016-01-31", 1): "2016-02-29", ("2016-02-29", 12): "2017-02-28",
    ("2015-12-31", 1): "2016-01-31", ("2015-05-05", 0): "2015-05-05", ("9999", 24): "9999-12-31",
}  # fmt: skip


@pytest.mark.parametrize(("date", "months"), DUE)
def test_the_day_of_the_next_review(date: str, months: int) -> None:
    assert freshness.review_due(date, months) == DUE[date, months]


@given(st.dates(), st.integers(0, 600))
def test_a_review_is_never_due_before_the_judgement_and_always_a_date(date, months: int) -> None:
    due = freshness.review_due(date.isoformat(), months)
    assert dates.problem(due) is None
    assert due >= date.isoformat()
    assert freshness.review_due(date.isoformat(), months + 1) >= due


def ask(name: str, asked: str = "au", log: tuple[str, ...] = (), **more) -> Recommendation:
    """Each line of the log is “actor date status [response]”, with “-” for no status."""
    entries = []
    for line in log:
        actor, date, status, *reply = line.split()
        entries.append(Assessment(
            actor=actor, date=date, by="w", status=None if status == "-" else status,
            response=reply[0] if reply else None,
        ))  # fmt: skip
    more = {"source": "s", **more}
    return Recommendation(id=name, title=f"Ask {name}", addressed_to=asked.split(), assessments=entries, **more)


def state(*records: Recommendation, as_of: str = "2020-01-01", months: int = 24) -> Progress:
    others = [("sources", Source(id="s", title="S", date="2010")), ("sources", Source(id="t", title="T")),
              ("actors", Actor(id="au", title="AU")), ("actors", Actor(id="g", title="G", type="group"))]  # fmt: skip
    made = [*(("recommendations", r) for r in records), *others]
    return Progress(Corpus(Config(review_months=months), made), as_of)


def test_ages_count_from_the_judgement_that_counts_and_only_what_is_open_is_overdue() -> None:
    progress = state(
        ask("old", log=("au 2015 planned", "au 2016 under-way")), ask("fresh", log=("au 2019-12-31 planned",)),
        ask("done", log=("au 2010 implemented",)), ask("standing", log=("au 2010 ongoing",)), ask("never"),
        ask("same", log=("au 2001 planned",), relations=[Relation(same_as="old")]),
    )  # fmt: skip
    found = [(a.pair.recommendation.id, a.days, a.due, a.overdue) for a in freshness.ages(progress)]
    assert found == [
        ("done", 3288, "2012-12-31", False), ("standing", 3288, "2012-12-31", True),
        ("old", 1096, "2018-12-31", True), ("fresh", 1, "2021-12-31", False),
    ]  # fmt: skip
    assert [a.pair.recommendation.id for a in freshness.overdue_reviews(progress)] == ["standing", "old"]


@pytest.mark.parametrize(("day", "late"), [("2017-12-31", False), ("2018-01-01", True)])
def test_a_review_is_overdue_from_the_day_after_it_was_due(day: str, late: bool) -> None:
    assert bool(freshness.overdue_reviews(state(ask("a", log=("au 2015 planned",)), as_of=day))) == late


LEDGER = [DeadlineChange(from_="2015", to="2017", on="2015-11", reason="no budget"),
          DeadlineChange(from_="2017", to="2016-06", on="2016")]  # fmt: skip
# day: the deadline that held, and how many days over
DEADLINES = {"2015-10-31": ("2015", None), "2015-11-30": ("2017", None), "2016-12-31": ("2016-06", 184),
             "2020-01-01": ("2016-06", 1280)}  # fmt: skip


@pytest.mark.parametrize("day", DEADLINES)
def test_the_deadline_is_the_one_that_held_on_the_day(day: str) -> None:
    held, over = DEADLINES[day]
    record = ask("a", deadline="2015", deadline_changes=LEDGER)
    assert freshness.due(record, day) == held
    assert [p.days for p in freshness.passed_deadlines(state(record, as_of=day))] == ([over] if over else [])


def test_deadlines_passed_while_open() -> None:
    progress = state(
        ask("none"), ask("today", deadline="2020-01-01"), ask("late", deadline="2019-12-31"),
        ask("later", "au g", deadline="2018", log=("au 2018 implemented", "g 2018 planned")),
    )  # fmt: skip
    found = [(p.pair.recommendation.id, p.pair.actor, p.days) for p in freshness.passed_deadlines(progress)]
    assert found == [("later", "g", 366), ("late", "au", 1)]


def test_every_slip_is_told_with_its_reason_the_latest_first() -> None:
    progress = state(ask("b", deadline="2015", deadline_changes=LEDGER), ask("a"))
    found = [(s.recommendation.id, s.before, s.after, s.days, s.reason)
             for s in freshness.slips(progress.corpus, "2020-01-01")]  # fmt: skip
    assert found == [("b", "2017", "2016-06", -549, ""), ("b", "2015", "2017", 731, "no budget")]
    assert len(freshness.slips(progress.corpus, "2016-12-30")) == 1
    assert freshness.slips(progress.corpus, "2015-11-29") == []


def test_silent_are_those_without_any_reply() -> None:
    progress = state(
        ask("a", "au g eu", log=("au 2015 planned", "eu 2015 - noted")), ask("b", "g"), ask("c", "eu", source="t"),
        ask("d", "x", source="t"),
    )  # fmt: skip
    found = [(s.actor, s.group, s.asked, s.assessed, s.since, s.days) for s in freshness.silent_actors(progress)]
    assert found == [
        ("g", True, 2, 0, "2010", 3288), ("au", False, 1, 1, "2010", 3288), ("x", False, 1, 0, None, None),
    ]  # fmt: skip


def test_what_is_overtaken_by_events_is_no_silence_and_its_reply_is_one() -> None:
    gone = "au 2015 overtaken"
    assert [(s.actor, s.asked) for s in freshness.silent_actors(state(ask("a", log=(gone,)), ask("b")))] == [("au", 1)]
    assert freshness.silent_actors(state(ask("a", log=(gone,)))) == []
    replied = state(ask("a", log=(f"{gone} noted",)), ask("b"))
    assert freshness.silent_actors(replied) == []
    assert replied.replies(replied.counted()) == 0, "it is in no denominator"


# The command

LATE = """\
---
title: "=Name a desk | soon & more"
source: report
addressed_to: [au, eu]
deadline: 2014
deadline_changes:
  - {from: 2014, to: 2015, on: 2013, reason: "a | b"}
assessments:
  - {actor: au, date: 2012, status: planned, response: noted, by: watch, evidence: [{title: T, source: report}]}
---
What is asked.
"""


@pytest.fixture
def late(tracker):
    tracker.write("recommendations/report/late.md", LATE)
    return tracker


def test_overdue_shows_all_four_tables(late, run) -> None:
    done = run("overdue", "--as-of", "2020", cwd=late.root)
    assert done.status == 0
    for title in ("Due for review (1)", "Open after the deadline (2)", "Deadlines that were moved (1)",
                  "Never replied (1)"):  # fmt: skip
        assert title in done.out
    assert "=Name a desk | soon & more" in " ".join(done.out.split())
    assert "European Union" in done.out.partition("Never replied")[2]


def test_overdue_as_data_has_the_same_rows(late, run) -> None:
    data = json.loads(run("overdue", "--as-of", "2020", "--format", "json", cwd=late.root).out)
    assert {name: len(table["rows"]) for name, table in data.items()} == {
        "review": 1, "deadline": 2, "slips": 1, "silent": 1,
    }  # fmt: skip
    assert data["review"]["rows"][0] | {"title": ""} == {
        "recommendation": "late", "title": "", "actor": "AU", "status": "Planned", "assessed": "2012",
        "by": "watch", "days": 2922, "due": "2014-12-31",
    }  # fmt: skip
    assert [(row["recommendation"], row["actor"]) for row in data["deadline"]["rows"]] == [("late", "AU"), ("late", "EU")]
    assert [row["actor"] for row in data["silent"]["rows"]] == ["eu"]
    out = run("overdue", "--as-of", "2020", "--what", "slips", "--format", "csv", cwd=late.root).out
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["reason"], row["days"], row["title"][:2]) == ("a | b", "365", "'=")


def test_overdue_can_be_narrowed_and_says_where_nothing_is(late, run) -> None:
    done = run("overdue", "--as-of", "2020", "--actor", "eu", "--what", "review", cwd=late.root)
    assert "Due for review (0)" in done.out
    assert "Nothing." in done.out


@pytest.mark.parametrize("args", [
    ["--format", "csv"], ["--format", "csv", "--what", "slips", "--what", "silent"], ["--actor", "nobody"],
    ["--as-of", "2020-02-30"], ["--what", "nothing"],
], ids=" ".join)  # fmt: skip
def test_overdue_refuses(args: list[str], late, run) -> None:
    done = run("overdue", *args, cwd=late.root)
    assert (done.status, done.out) == (2, "")


def test_the_page_has_the_same_rows(late) -> None:
    from tracker.site.edition import Edition
    from tracker.site.pages import pages

    made = {page.path: page.text for page in pages(late.project(), Edition("2020-01-01", None, None))}
    text = made["silence.md"]
    heads = 4
    assert text.count("<tr><th") == heads + 1 + 2 + 1 + 1
    assert text.count("| soon &amp; more") == 4
    assert "a | b" in text
