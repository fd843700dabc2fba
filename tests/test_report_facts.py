"""What a report counts: moves between two dates, deadlines, silence, and sums that fit."""

from __future__ import annotations

import pytest

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Actor, Assessment, DeadlineChange, Recommendation, Relation, Source
from tracker.reports.facts import Facts

SINCE, AS_OF = "2015-12-31", "2020-12-31"


def entry(line: str) -> Assessment:
    """“actor date by status [response]”, with “-” for no status."""
    actor, date, by, status, *response = line.split()
    return Assessment(
        actor=actor, date=date, by=by, status=None if status == "-" else status,
        response=response[0] if response else None,
    )  # fmt: skip


def corpus(*asks: Recommendation) -> Corpus:
    others = [
        ("sources", Source(id="old", title="Old", date="2010")),
        ("sources", Source(id="new", title="New", date="2018")),
        *(("actors", Actor(id=a, title=a.upper())) for a in ("eu", "watch", "other")),
        ("actors", Actor(id="rigos", title="Regional organisations")),
        ("actors", Actor(id="au", title="African Union", member_of=["rigos"])),
    ]
    return Corpus(Config(lead_assessor="watch"), [*others, *(("recommendations", r) for r in asks)])


def ask(name: str, *log: str, source: str = "old", to: tuple[str, ...] = ("au",), **more) -> Recommendation:
    return Recommendation(
        id=name, title=name, source=source, addressed_to=list(to), assessments=[entry(e) for e in log], **more
    )


def facts(*asks: Recommendation, since: str = SINCE, as_of: str = AS_OF, actors: tuple[str, ...] = ()):
    known = corpus(*asks)
    return Facts(known, known, as_of, since, frozenset(actors))


# what happened: (log, the kinds of movement)
MOVES = {
    "assessed for the first time": (["au 2016 watch planned"], ["assessed"]),
    "done at once is a first assessment": (["au 2016 watch implemented"], ["assessed"]),
    "a step up": (["au 2014 watch planned", "au 2016 watch partly-implemented"], ["up"]),
    "closed as done": (["au 2014 watch planned", "au 2016 watch implemented"], ["closed"]),
    "a standing duty met is a step up": (["au 2014 watch planned", "au 2016 watch ongoing"], ["up"]),
    "a step down": (["au 2014 watch ongoing", "au 2016 watch partly-implemented"], ["down"]),
    "stalled is a step down at the same score": (
        ["au 2014 watch planned", "au 2016 watch stalled"], ["down"]),
    "reopened": (["au 2014 watch implemented", "au 2016 watch partly-implemented"], ["reopened"]),
    "neither up nor down": (["au 2014 watch planned", "au 2016 watch under-way"], ["changed"]),
    "the same again is no movement": (["au 2014 watch planned", "au 2016 watch planned"], []),
    "before the date is no movement": (["au 2014 watch planned", "au 2015 watch implemented"], []),
    "after the day of the report neither": (["au 2021 watch implemented"], []),
    "a reply": (["au 2014 watch planned", "au 2016 watch - accepted"], ["replied"]),
    "newly contested": (["au 2014 watch planned", "au 2016 other implemented"], ["contested"]),
    "contested before": (
        ["au 2014 watch planned", "au 2014 other implemented", "au 2016 other dropped"], []),
}  # fmt: skip


@pytest.mark.parametrize("name", MOVES)
def test_moves(name: str) -> None:
    log, expected = MOVES[name]
    assert [move.kind for move in facts(ask("one", *log)).moves] == expected


def test_nothing_moves_where_nothing_is_compared() -> None:
    made = facts(ask("one", "au 2016 watch planned"), since="")
    assert made.moves == []
    assert made.balance() == []


def test_the_balance_adds_up() -> None:
    made = facts(
        ask("stays", "au 2014 watch planned"),
        ask("left", "au 2016 watch overtaken"),
        ask("group", "au 2016 watch planned", to=("rigos",)),
        ask("later", source="new", to=("au", "eu")),
    )
    balance = dict(made.balance())
    assert balance == {"then": 3, "documents": 2, "members": 1, "left_out": -1, "now": 5}
    assert sum(balance.values()) == 2 * balance["now"]


def test_what_was_not_asked_yet_is_out_of_scope() -> None:
    made = facts(ask("early"), ask("later", source="new"), as_of="2012-01-01", since="")
    assert [r.id for r in made.recommendations] == ["early"]
    assert made.total.pairs == 1


def test_only_the_chosen_actors_are_counted() -> None:
    made = facts(ask("one", "eu 2014 watch planned", to=("au", "eu")), actors=("eu",))
    assert (made.total.pairs, made.total.assessed) == (1, 1)
    assert list(made.by_actor) == ["eu"]


def test_a_repetition_in_one_document_is_counted_once() -> None:
    made = facts(ask("one"), ask("again", relations=[Relation(same_as="one")]))
    assert made.total.pairs == 1


def slipped(*changes: tuple[str, str, str]) -> list[DeadlineChange]:
    return [DeadlineChange(from_=a, to=b, on=on) for a, b, on in changes]


# what holds: (recommendation, [overdue deadline], number of slips)
LATE = {
    "open after its deadline": (ask("one", deadline="2019"), ["2019"], 0),
    "not over yet": (ask("one", deadline="2020"), [], 0),
    "done in time or not, it is closed": (ask("one", "au 2020 watch implemented", deadline="2019"), [], 0),
    "moved to a later day": (
        ask("one", deadline="2019", deadline_changes=slipped(("2019", "2025", "2018-05"))), [], 1),
    "moved, and late all the same": (
        ask("one", deadline="2016", deadline_changes=slipped(("2016", "2018", "2016-05"))), ["2018"], 1),
    "a move announced later does not count yet": (
        ask("one", deadline="2019", deadline_changes=slipped(("2019", "2025", "2021"))), ["2019"], 0),
}  # fmt: skip


@pytest.mark.parametrize("name", LATE)
def test_deadlines(name: str) -> None:
    record, overdue, slips = LATE[name]
    made = facts(record)
    assert [due for _, due in made.overdue] == overdue
    assert len(made.slips) == slips


def test_silence_is_by_actor_and_of_open_requests() -> None:
    made = facts(
        ask("one", "eu 2016 watch - noted", to=("au", "eu")),
        ask("two", "other 2016 watch implemented", to=("other", "eu")),
    )
    assert [(actor, [p.recommendation.id for p in pairs], since) for actor, pairs, since in made.silent] == [
        ("au", ["one"], "2010")
    ]


def test_judgements_grow_old() -> None:
    made = facts(ask("old", "au 2018-11 watch planned"), ask("fresh", "au 2019-06 watch planned"))
    assert [p.recommendation.id for p in made.old] == ["old"]


def test_the_trend_ends_with_the_day_itself() -> None:
    made = facts(ask("one", "au 2016 watch implemented"), ask("later", source="new"))
    points = made.trend()
    assert points[-1] == ("2020", made.grouped(made.total))
    assert dict(points)["2011"] == {"done": 0, "progress": 0, "none": 0, "unknown": 1}
