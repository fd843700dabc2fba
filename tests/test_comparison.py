"""Two states compared: every kind of change by example, and figures that always add up."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.comparison import KINDS, Comparison
from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Actor, Assessment, DeadlineChange, Recommendation, Relation
from tracker.progress import Progress

ACTORS = {
    "au": Actor(id="au", title="AU", member_of=["rigos"]), "eu": Actor(id="eu", title="EU"),
    "rigos": Actor(id="rigos", title="Group"), "oau": Actor(id="oau", title="OAU"),
}  # fmt: skip


def ask(name: str = "ask", asked: str = "eu", log: tuple[str, ...] = (), **more) -> Recommendation:
    """A recommendation; each line of its log is “actor date by status”, or a reply for the status."""
    entries = []
    for line in log:
        actor, date, by, status, *corrects = line.split()
        is_reply = status in ("noted", "accepted")
        entries.append(Assessment(
            actor=actor, date=date, by=by, status=None if is_reply else status,
            response=status if is_reply else None, corrects=corrects[0] if corrects else None,
        ))  # fmt: skip
    return Recommendation(id=name, title=name, source="s", addressed_to=asked.split(), assessments=entries, **more)


def state(*records: Recommendation, as_of: str = "2020-01-01", actors: dict | None = None) -> Progress:
    known = ACTORS if actors is None else actors
    made = [*(("recommendations", r) for r in records), *(("actors", a) for a in known.values())]
    return Progress(Corpus(Config(lead_assessor="w"), made), as_of)


def told(made: Comparison) -> list[str]:
    return [f"{m.recommendation} {m.actor or '-'} {'+'.join(m.kinds)}" for m in made.moves]


OLD = ("eu 2019 w planned",)
SAME = Relation(same_as="other")
MOVED = [DeadlineChange(from_="2018", to="2021", on="2019", reason="no budget")]
# name: (before, after, moves)
CASES = {
    "nothing": ([ask(log=OLD)], [ask(log=OLD)], []),
    "up": ([ask(log=OLD)], [ask(log=("eu 2018 w stalled", "eu 2019 w partly-implemented"))], ["ask eu up"]),
    "up and closed": ([ask(log=OLD)], [ask(log=("eu 2019 w implemented",))], ["ask eu up+closed"]),
    "down and reopened": ([ask(log=("eu 2019 w implemented",))], [ask(log=("eu 2019 w reversed",))],
                          ["ask eu down+reopened"]),
    "down, with the same score": ([ask(log=OLD)], [ask(log=("eu 2019 w stalled",))], ["ask eu down"]),
    "changed at the same level": ([ask(log=OLD)], [ask(log=("eu 2019 w under-way",))], ["ask eu level"]),
    "closed without success": ([ask(log=OLD)], [ask(log=("eu 2019 w dropped",))], ["ask eu down+closed"]),
    "newly assessed": ([ask()], [ask(log=OLD)], ["ask eu assessed"]),
    "no longer assessed": ([ask(log=OLD)], [ask()], ["ask eu unassessed"]),
    "contested": ([ask(log=OLD)], [ask(log=(*OLD, "eu 2019 x implemented"))], ["ask eu contested"]),
    "no longer contested": ([ask(log=(*OLD, "eu 2019 x implemented"))], [ask(log=OLD)], ["ask eu settled"]),
    "a reply": ([ask(log=OLD)], [ask(log=(*OLD, "eu 2019 w accepted"))], ["ask eu replied"]),
    "another reply": ([ask(log=("eu 2018 w noted",))], [ask(log=("eu 2018 w noted", "eu 2019 w accepted"))],
                      ["ask eu replied"]),
    "a member of a group": ([ask(asked="rigos")], [ask(asked="rigos", log=("au 2019 w planned",))],
                            ["ask au assessed"]),
    "a recommendation more": ([], [ask()], ["ask - added"]),
    "a recommendation less": ([ask()], [], ["ask - withdrawn"]),
    "an addressee more": ([ask()], [ask(asked="eu au")], ["ask au added"]),
    "an addressee less": ([ask(asked="eu au")], [ask()], ["ask au withdrawn"]),
    "renamed": ([ask("old", log=OLD)], [ask(log=OLD, aliases=["old"])], ["ask - renamed"]),
    "renamed and moved up": ([ask("old", log=OLD)], [ask(log=("eu 2019 w ongoing",), aliases=["old"])],
                             ["ask - renamed", "ask eu up"]),
    "a deadline slipped": ([ask(deadline="2018")], [ask(deadline="2018", deadline_changes=MOVED)],
                           ["ask - slipped"]),
    "a deadline set": ([ask()], [ask(deadline="2018")], ["ask - deadline"]),
    "a deadline brought forward": ([ask(deadline="2022")], [ask(deadline="2021")], ["ask - deadline"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_change(name: str) -> None:
    before, after, moves = CASES[name]
    made = Comparison(state(*before), state(*after))
    assert told(made) == moves
    assert bool(made) == bool(moves)
    adds_up(made)


def test_every_kind_is_shown_by_a_case() -> None:
    shown = {kind for *_, moves in CASES.values() for move in moves for kind in move.split()[-1].split("+")}
    assert shown | {"silent"} == set(KINDS)


def test_silence_is_what_became_older_than_the_review_period_and_is_open() -> None:
    records = [ask("open", log=OLD), ask("done", log=("eu 2019 w implemented",)), ask("never")]
    early, late = (state(*records, as_of=day) for day in ("2021-12-31", "2022-01-01"))
    assert told(Comparison(early, late)) == ["open eu silent"]
    assert told(Comparison(late, state(*records, as_of="2030-01-01"))) == []


def test_a_slip_is_told_with_its_reason_from_the_day_on_which_it_was_announced() -> None:
    record = ask(deadline="2018", deadline_changes=MOVED)
    before, on, after = (state(record, as_of=day) for day in ("2019-12-30", "2019-12-31", "2022-01-01"))
    (move,) = Comparison(before, on).moves
    assert (move.kinds, move.note) == (["slipped"], "2018 → 2021 (no budget)")
    assert not Comparison(on, after)


def test_an_actor_that_was_renamed_has_not_been_replaced() -> None:
    old = state(ask(asked="oau", log=("oau 2019 w planned",)))
    actors = {"au": Actor(id="au", title="AU", aliases=["oau"])}
    new = state(ask(asked="au", log=("au 2019 w implemented",)), actors=actors)
    assert told(Comparison(old, new)) == ["ask au up+closed"]


def test_of_two_actors_that_became_one_the_second_pair_is_a_step_of_its_own() -> None:
    actors = {"au": Actor(id="au", title="AU", aliases=["oau"])}
    made = Comparison(state(ask(asked="au oau")), state(ask(asked="au"), actors=actors))
    figure = made.figures[1]
    assert (figure.before, figure.after) == (2, 1)
    assert [(s.reason, s.count) for s in figure.steps] == [("became one with another pair", -1)]
    adds_up(made)


def test_a_move_names_the_judgement_that_counts_now() -> None:
    (move,) = Comparison(state(ask(log=OLD)), state(ask(log=("eu 2019-05 x ongoing", "eu 2019 w stalled")))).moves
    assert (move.before, move.after, move.date, move.by) == ("planned", "stalled", "2019", "w")
    assert move.note == "w: stalled; x: ongoing"


# The figures, with the reason of each step

FIGURES = {
    "why 3 became 5": (
        [ask("a", log=OLD), ask("b"), ask("c")],
        [ask("a", log=OLD), ask("b", asked="eu au"), ask("d", asked="eu au")],
        "pairs", (3, 5), [("recommendations added", 2), ("addressees added", 1), ("recommendations withdrawn", -1)]),
    "overtaken": ([ask(log=OLD)], [ask(log=("eu 2019 w overtaken",))], "pairs", (1, 0),
                  [("overtaken by events and left out", -1)]),
    "counted elsewhere": ([ask("other"), ask()], [ask("other"), ask(relations=[SAME])], "pairs", (2, 1),
                          [("now a repetition of another, counted there", -1)]),
    "a member more": ([ask(asked="rigos")], [ask(asked="rigos", log=("au 2019 w planned",))], "pairs", (1, 2),
                      [("members of groups assessed", 1)]),
    "assessed": ([ask("a"), ask("b", log=OLD)], [ask("a", log=OLD), ask("b")], "assessed", (1, 1),
                 [("newly assessed", 1), ("no longer assessed", -1)]),
    "assessed, because it is new": ([], [ask(log=OLD)], "assessed", (0, 1), [("recommendations added", 1)]),
    "done": ([ask(log=OLD)], [ask(log=("eu 2019 w ongoing",))], "done", (0, 1), [("newly done", 1)]),
    "recommendations": ([ask("a"), ask("b")], [ask("a"), ask("c"), ask("d", relations=[SAME])], "recommendations",
                        (2, 2), [("added", 1), ("withdrawn", -1)]),
    "asked of nobody": ([ask()], [ask(asked="")], "recommendations", (1, 0), [("nobody is asked any more", -1)]),
}  # fmt: skip


@pytest.mark.parametrize("name", FIGURES)
def test_the_reason_of_each_step(name: str) -> None:
    before, after, key, values, steps = FIGURES[name]
    figure = next(f for f in Comparison(state(*before), state(*after)).figures if f.key == key)
    assert (figure.before, figure.after) == values
    assert [(s.reason, s.count) for s in figure.steps] == steps


def adds_up(made: Comparison) -> None:
    """The figures are those of the tables, and the steps lead from the one to the other."""
    for progress, side in ((made.before, "before"), (made.after, "after")):
        total = progress.total()
        figures = {f.key: getattr(f, side) for f in made.figures}
        assert figures == {
            "recommendations": total.asks, "pairs": total.pairs, "assessed": total.assessed, "done": total.done,
        }  # fmt: skip
    for figure in made.figures:
        assert figure.before + sum(step.count for step in figure.steps) == figure.after
        assert all(step.count for step in figure.steps)


STATUSES = ["planned", "implemented", "overtaken", "ongoing", "stalled", "no-evidence"]
entry = st.builds(
    lambda actor, year, by, status: f"{actor} {year} {by} {status}",
    st.sampled_from(["au", "eu", "rigos", "oau", "gone"]), st.integers(2016, 2021),
    st.sampled_from("wx"), st.sampled_from(STATUSES),
)  # fmt: skip
record = st.builds(
    lambda name, asked, log, same, aliases: ask(
        name, " ".join(asked), tuple(log), relations=[SAME] if same else [], aliases=aliases
    ),
    st.sampled_from("abcde"), st.lists(st.sampled_from(["au", "eu", "rigos", "oau", "gone"]), unique=True),
    st.lists(entry, max_size=4), st.booleans(), st.lists(st.sampled_from("abcde"), max_size=2),
)  # fmt: skip
actors = st.sampled_from([
    ACTORS, {}, {"au": Actor(id="au", title="AU", aliases=["oau", "eu"], member_of=["rigos"])},
    {"oau": Actor(id="oau", title="OAU", aliases=["au"]), "eu": Actor(id="eu", title="EU", aliases=["gone"])},
])  # fmt: skip
corpora = st.tuples(
    st.lists(record, max_size=5, unique_by=lambda r: r.id), st.sampled_from(["2018-06-01", "2020-01-01"]), actors
)


@settings(max_examples=400)
@given(corpora, corpora)
def test_whatever_changed_the_figures_add_up(one, other) -> None:
    (before, day, those), (after, later, these) = one, other
    made = Comparison(state(*before, as_of=day, actors=those), state(*after, as_of=later, actors=these))
    adds_up(made)
    assert made.unchanged >= 0
    assert made.counts == Counter(kind for move in made.moves for kind in move.kinds)
    assert made.counts == {kind: len({id(m) for m in moves}) for kind, moves in made.grouped()}
    assert {id(m) for _, moves in made.grouped() for m in moves} == set(map(id, made.moves))
    assert all(kind in move.kinds for kind, moves in made.grouped() for move in moves)


@settings(max_examples=100)
@given(corpora)
def test_a_state_does_not_differ_from_itself(one) -> None:
    records, day, those = one
    made = Comparison(state(*records, as_of=day, actors=those), state(*records, as_of=day, actors=those))
    assert told(made) == []
    assert not made
