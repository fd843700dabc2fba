"""What a report counts: moves between two dates, deadlines, silence, and sums that fit."""

from __future__ import annotations

import pytest

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Actor, Assessment, DeadlineChange, Recommendation, Relation, Source
from tracker.progress import Progress
from tracker.reports import questions, standing
from tracker.reports.document import Figure, plain
from tracker.reports.facts import Facts
from tracker.reports.pieces import Pieces
from tracker.reports.words import Words

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
    then = Progress(known, since, only=actors) if since else None
    return Facts(known, known, as_of, then, frozenset(actors))


def test_what_moved_is_what_a_comparison_says() -> None:
    made = facts(
        ask("closed", "au 2014 watch planned", "au 2016 watch implemented"),
        ask("later", source="new", to=("au", "eu")),
        ask("still", "au 2014 watch planned", "au 2016 watch planned"),
    )
    assert [(m.recommendation, m.actor, m.kinds[:1]) for m in made.moves()] == [
        ("closed", "au", ["up"]), ("still", "au", ["silent"]), ("later", "", ["added"])]  # fmt: skip
    assert [m.recommendation for m in made.moves("au")] == ["closed", "still"]
    assert [(f.key, f.before, f.after) for f in made.comparison.figures] == [
        ("recommendations", 2, 3), ("pairs", 2, 4), ("assessed", 2, 2), ("done", 0, 1)]  # fmt: skip


def test_nothing_moves_where_nothing_is_compared() -> None:
    made = facts(ask("one", "au 2016 watch planned"), since="")
    assert made.moves() == []
    assert made.comparison is None


def test_the_pair_of_a_move_is_the_one_of_now() -> None:
    made = facts(ask("one", "au 2016 watch planned"), ask("later", source="new"))
    pairs = {m.recommendation: made.pair(m) for m in made.moves()}
    assert pairs["one"].status == "planned"
    assert pairs["later"] is None


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
    assert [late.deadline for late in made.overdue] == overdue
    assert len(made.slips) == slips


def test_silence_is_by_actor() -> None:
    made = facts(
        ask("one", "eu 2016 watch - noted", to=("au", "eu")),
        ask("two", "other 2016 watch implemented", to=("other", "eu")),
    )
    assert [(s.actor, s.asked, s.assessed, s.since) for s in made.silent] == [
        ("au", 1, 0, "2010"), ("other", 1, 1, "2010")]  # fmt: skip


def test_judgements_grow_old() -> None:
    made = facts(ask("old", "au 2018-11 watch planned"), ask("fresh", "au 2019-06 watch planned"))
    assert [age.pair.recommendation.id for age in made.old] == ["old"]


def test_the_trend_ends_with_the_day_itself() -> None:
    made = facts(ask("one", "au 2016 watch implemented"), ask("later", source="new"))
    points = made.trend()
    assert points[-1] == ("2020", made.grouped(made.total))
    assert dict(points)["2011"] == {"done": 0, "progress": 0, "none": 0, "unknown": 1}


@pytest.mark.parametrize("actors", [(), ("au",), ("au", "eu")])
def test_the_trend_is_the_state_at_the_end_of_each_year(actors: tuple[str, ...]) -> None:
    made = facts(
        ask("one", "au 2012 watch planned", "au 2016 watch implemented", to=("au", "eu")),
        ask("two", "eu 2013 watch stalled", to=("au", "eu", "other")), ask("later", source="new"), actors=actors,
    )  # fmt: skip
    points = made.trend()
    assert len(points) == 11
    for year, groups in points:
        then = Progress(made.corpus, f"{year}-12-31", only=frozenset(actors))
        assert groups == made.grouped(then.total()), year


def test_what_nobody_looked_at_is_not_drawn_as_no_progress() -> None:
    """Actors by themes: over those assessed, and apart where nobody has looked."""
    made = facts(
        ask("one", "au 2014 watch implemented", to=("au", "eu"), themes=["peace", "law"]),
        ask("two", "other 2014 watch no-evidence", to=("au", "other"), themes=["peace"]),
    )
    figure = next(b for b in standing.status(Pieces(made, Words("en", "en"))).blocks
                  if isinstance(b, Figure) and b.id == "matrix")  # fmt: skip
    for said in ("African Union: peace 1/1, law 1/1", "EU: peace –, law –", "OTHER: peace 0/1"):
        assert said in figure.alt
    none, unknown = (figure.svg[: figure.svg.index(f">{shown}<")].rsplit("<rect", 1)[1].split("/>")[0]
                     for shown in ("0/1", "–"))  # fmt: skip
    assert 'fill="#ffffff"' in unknown
    assert 'fill="#ffffff"' not in none


# what is so: (log, deadline, what is asked); the day is 31 December 2020, reviews are due after 24 months
QUESTIONS = {
    "late for a year": ("au 2020-02 watch planned", "2019", "What stands in the way, and what is the new date?"),
    "late for ten years": ("au 2020-02 watch planned", "2010", "Was it completed later? If not, is it still intended?"),
    "late, and nobody has looked": ("", "2010", "no assessment of it is on record. Was it done"),
    "undone": ("au 2020 watch reversed", None, "was undone (2020). Will it be taken up again?"),
    "partly, of late": ("au 2020-02 watch partly-implemented", None, "What remains to be done, and by when?"),
    "partly, long ago": ("au 2011 watch partly-implemented", None, "nothing newer is on record. What has been added since"),
    "begun, of late": ("au 2020-02 watch under-way", None, "What has been completed since, and when will the rest be?"),
    "begun, long ago": ("au 2011 watch under-way", None, "nothing newer is on record. Has it been completed?"),
    "nothing found": ("au 2011 watch no-evidence", None, "Has anything been done, and where can it be read?"),
    "nobody has looked": ("", None, "has anything been done, and what shows it?"),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_can_be_asked_in_earnest(name: str) -> None:
    log, deadline, asked = QUESTIONS[name]
    made = facts(ask("Name a desk", *([log] if log else []), deadline=deadline))
    question = plain(questions.question(Pieces(made, Words("en", "en")), made.by_actor["au"][0]))
    assert question.startswith("Name a desk: ")
    assert asked in question
