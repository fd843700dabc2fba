"""Progress: who did what of what was asked, as of a date, and how it is counted."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Actor, Assessment, Event, Recommendation, Relation, Source, Theme
from tracker.progress import DIMENSIONS, Pair, Progress
from tracker.vocabulary import STATUS, Vocabulary

ACTORS = {
    "au": {"member_of": ["rigos"]}, "eu": {"member_of": ["rigos"]}, "psc": {"parent": "au"},
    "rigos": {}, "un": {}, "watch": {}, "lead": {}, "other": {},
}  # fmt: skip


def entry(line: str) -> Assessment:
    """“au 2010 watch implemented”, with more as key=value."""
    actor, date, by, *rest = line.split()
    status = rest.pop(0) if rest and "=" not in rest[0] else None
    return Assessment(actor=actor, date=date, by=by, status=status, **dict(r.split("=") for r in rest))


def ask(name: str, addressed: str, *log: str, **more) -> Recommendation:
    return Recommendation(
        id=name, title=name, source=more.pop("source", "report"), addressed_to=addressed.split(),
        assessments=[entry(line) for line in log], **more,
    )  # fmt: skip


def corpus(*asks: Recommendation, **config) -> Corpus:
    records = [("actors", Actor(id=k, title=k.upper(), **v)) for k, v in ACTORS.items()]
    records += [("themes", Theme(id=k, title=k)) for k in ("gender", "youth")]
    records += [("events", Event(id=k, title=k, date=d)) for k, d in (("summit", "2012"), ("launch", "2009"))]
    records += [
        ("sources", Source(id="report", title="Report", date="2010", event="launch")),
        ("sources", Source(id="older", title="Older", date="2004-05")),
    ]
    return Corpus(Config(**config), [*records, *(("recommendations", a) for a in asks)])


def told(pair: Pair) -> str:
    group = f" of {pair.group}" if pair.group else ""
    reply = f" reply {pair.response}" if pair.response != "none" else ""
    return f"{pair.status}{group}{reply}{' contested' if pair.contested else ''}"


# name: (asked, log, as of, what each pair says)
PAIRS = {
    "nobody looked": ("au un", [], "2020-01-01", {"au": "not-assessed", "un": "not-assessed"}),
    "nobody was asked": ("", [], "2020-01-01", {}),
    "each actor has its own": (
        "au un", ["au 2010 watch planned", "un 2011 watch dropped"], "2020-01-01",
        {"au": "planned", "un": "dropped"}),
    "the latest holds, in whatever order it is written": (
        "au", ["au 2012 watch implemented", "au 2010 watch planned"], "2020-01-01", {"au": "implemented"}),
    "a year counts from its last day": ("au", ["au 2010 watch planned"], "2010-12-31", {"au": "planned"}),
    "and not the day before": ("au", ["au 2010 watch planned"], "2010-12-30", {"au": "not-assessed"}),
    "a month counts from its last day": ("au", ["au 2010-02 watch planned"], "2010-02-28", {"au": "planned"}),
    "and no earlier": ("au", ["au 2010-02 watch planned"], "2010-02-27", {"au": "not-assessed"}),
    "a day counts on that day": ("au", ["au 2010-02-03 watch planned"], "2010-02-03", {"au": "planned"}),
    "a year is later than its months": (
        "au", ["au 2010 watch implemented", "au 2010-11 watch planned"], "2020-01-01", {"au": "implemented"}),
    "as of then, the earlier one held": (
        "au", ["au 2010 watch planned", "au 2012 watch implemented"], "2011-06-30", {"au": "planned"}),
    "a reply alone is no assessment": (
        "au", ["au 2010 watch response=accepted"], "2020-01-01", {"au": "not-assessed reply accepted"}),
    "a later status keeps the reply": (
        "au", ["au 2010 watch response=accepted", "au 2012 watch planned"], "2020-01-01",
        {"au": "planned reply accepted"}),
    "a later reply keeps the status": (
        "au", ["au 2010 watch planned response=noted", "au 2012 watch response=rejected"], "2020-01-01",
        {"au": "planned reply rejected"}),
    "a reply is not known before it was given": (
        "au", ["au 2010 watch planned", "au 2012 watch response=noted"], "2011-01-01", {"au": "planned"}),
    "a member is a pair of its own, beside its group": (
        "rigos", ["au 2010 watch implemented"], "2020-01-01",
        {"rigos": "not-assessed", "au": "implemented of rigos"}),
    "a group is not worked out from its members": (
        "rigos", ["au 2010 watch implemented", "eu 2010 watch implemented"], "2020-01-01",
        {"rigos": "not-assessed", "au": "implemented of rigos", "eu": "implemented of rigos"}),
    "a part of a member belongs to the group": (
        "rigos", ["psc 2010 watch planned"], "2020-01-01",
        {"rigos": "not-assessed", "psc": "planned of rigos"}),
    "a part belongs to its whole": (
        "au", ["psc 2010 watch planned"], "2020-01-01", {"au": "not-assessed", "psc": "planned of au"}),
    "whoever is asked by name is no member": (
        "rigos au", ["au 2010 watch planned"], "2020-01-01", {"rigos": "not-assessed", "au": "planned"}),
    "a member that nobody has looked at yet is no pair": (
        "rigos", ["au 2010 watch planned"], "2009-01-01", {"rigos": "not-assessed"}),
    "assessors stand side by side": (
        "au", ["au 2010 watch planned", "au 2012 other dropped"], "2020-01-01", {"au": "dropped contested"}),
    "the lead's word counts, though it is older": (
        "au", ["au 2010 lead planned", "au 2012 other dropped"], "2020-01-01", {"au": "planned contested"}),
    "who agrees does not contest": (
        "au", ["au 2010 lead planned", "au 2012 other planned"], "2020-01-01", {"au": "planned"}),
    "who came round no longer contests": (
        "au", ["au 2010 lead planned", "au 2011 other dropped", "au 2012 other planned"], "2020-01-01",
        {"au": "planned"}),
    "a reply contests nothing": (
        "au", ["au 2010 lead planned", "au 2012 other response=noted"], "2020-01-01",
        {"au": "planned reply noted"}),
    "the lead's reply is no verdict": (
        "au", ["au 2010 other planned", "au 2012 lead response=noted"], "2020-01-01",
        {"au": "planned reply noted"}),
    "a correction takes the place of the mistake": (
        "au", ["au 2012 watch implemented", "au 2011 watch planned corrects=2012"], "2020-01-01",
        {"au": "planned"}),
    "also with the same date": (
        "au", ["au 2012 watch implemented", "au 2012 watch planned corrects=2012"], "2020-01-01",
        {"au": "planned"}),
    "a mistaken reply goes with its entry": (
        "au", ["au 2012 watch planned response=accepted", "au 2012 watch planned corrects=2012"],
        "2020-01-01", {"au": "planned"}),
    "before the correction, the mistake was believed": (
        "au", ["au 2010 watch implemented", "au 2012 watch planned corrects=2010"], "2011-01-01",
        {"au": "implemented"}),
    "only one's own entries are corrected": (
        "au", ["au 2012 watch implemented", "au 2011 other planned corrects=2012"], "2020-01-01",
        {"au": "implemented contested"}),
    "and only those on the same actor": (
        "au un", ["au 2012 watch implemented", "un 2012 watch planned corrects=2012"], "2020-01-01",
        {"au": "implemented", "un": "planned"}),
    "a correction can be corrected": (
        "au", ["au 2010 watch implemented", "au 2012 watch dropped corrects=2010",
               "au 2011 watch planned corrects=2012"], "2020-01-01", {"au": "planned"}),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_pairs(name: str) -> None:
    asked, log, as_of, expected = PAIRS[name]
    made = Progress(corpus(ask("ask", asked, *log), lead_assessor="lead"), as_of)
    assert {pair.actor: told(pair) for pair in made.pairs["ask"]} == expected


def test_verdicts_are_one_for_each_assessor_the_lead_first_then_the_latest() -> None:
    log = ["au 2009 lead planned", "au 2010 lead dropped", "au 2011 watch planned", "au 2012 other ongoing"]
    pair = Progress(corpus(ask("ask", "au", *log), lead_assessor="lead"), "2020-01-01").pairs["ask"][0]
    assert [(v.by, v.date) for v in pair.verdicts] == [("lead", "2010"), ("other", "2012"), ("watch", "2011")]
    assert pair.latest is pair.verdicts[0]


# statuses of the pairs ("-" is not assessed): headline
HEADLINES = {
    "": "not-assessed",
    "-": "not-assessed",
    "- -": "not-assessed",
    "implemented": "implemented",
    "implemented implemented": "implemented",
    "implemented ongoing": "implemented",
    "ongoing ongoing": "ongoing",
    "implemented -": "partly-implemented",
    "implemented dropped": "partly-implemented",
    "partly-implemented -": "partly-implemented",
    "partly-implemented": "partly-implemented",
    "under-way -": "under-way",
    "planned under-way": "under-way",
    "no-evidence dropped": "no-evidence",
    "no-evidence -": "no-evidence",
    "overtaken": "overtaken",
    "overtaken overtaken": "overtaken",
    "overtaken -": "not-assessed",
    "overtaken implemented": "implemented",
    "overtaken planned": "planned",
}


@pytest.mark.parametrize("statuses", HEADLINES)
def test_headline(statuses: str) -> None:
    actors = ("au", "eu", "un")[: len(statuses.split())]
    log = [f"{a} 2010 watch {s}" for a, s in zip(actors, statuses.split(), strict=True) if s != "-"]
    made = Progress(corpus(ask("ask", " ".join(actors), *log)), "2020-01-01")
    assert made.headline("ask") == HEADLINES[statuses]


def test_a_headline_is_a_word_of_the_trackers_own_vocabulary() -> None:
    own = {"good": {"label": "Good", "score": 3, "done": True}, "gone": {"label": "Gone", "counted": False}}
    vocabulary = msgspec.convert({"status": own}, Vocabulary)
    asks = [ask("gone", "au", "au 2010 watch gone"), ask("mixed", "au un", "au 2010 watch good")]
    made = Progress(corpus(*asks, vocabulary=vocabulary), "2020-01-01")
    assert {name: made.headline(name) for name in made.pairs} == {"gone": "gone", "mixed": "good"}


ASKS = [
    ask("one", "au un", "au 2010 watch implemented", "au 2011 other planned", themes=["gender", "youth"],
        regions=["africa", "global"]),
    ask("two", "rigos", "eu 2010 watch under-way", themes=["gender"], events=["summit"]),
    ask("three", "un", "un 2010 watch overtaken", themes=["youth"], source="older", events=["summit"]),
    ask("four", "au", "au 2010 watch no-evidence", themes=["gender"], source="older", regions=["africa"]),
    ask("again", "au un", "au 2010 watch implemented", themes=["gender"],
        relations=[Relation(same_as="one")]),
]  # fmt: skip
# dimension: rows in their order: key, asks, pairs, assessed, done, contested, left out
ROWS = {
    "actor": [("au", 2, 2, 2, 1, 1, 0), ("eu", 1, 1, 1, 0, 0, 0), ("rigos", 1, 1, 0, 0, 0, 0),
              ("un", 2, 1, 0, 0, 0, 1)],
    "theme": [("gender", 3, 5, 3, 1, 1, 0), ("youth", 2, 2, 1, 1, 1, 1)],
    "source": [("older", 2, 1, 1, 0, 0, 1), ("report", 2, 4, 2, 1, 1, 0)],
    "event": [("launch", 2, 4, 2, 1, 1, 0), ("summit", 2, 2, 1, 0, 0, 1)],
    "region": [("africa", 2, 3, 2, 1, 1, 0), ("global", 1, 2, 1, 1, 1, 0)],
}  # fmt: skip


def test_every_dimension_has_its_rows() -> None:
    assert set(ROWS) == set(DIMENSIONS)


@pytest.mark.parametrize("dimension", ROWS)
def test_rows(dimension: str) -> None:
    """A repetition (“again”) is in none of them; what was overtaken is in no denominator."""
    made = Progress(corpus(*ASKS, lead_assessor="watch"), "2020-01-01")
    assert [
        (r.key, r.asks, r.pairs, r.assessed, r.done, r.contested, r.left_out) for r in made.by(dimension)
    ] == ROWS[dimension]


def test_an_unknown_dimension_is_an_error() -> None:
    with pytest.raises(KeyError):
        Progress(corpus(*ASKS), "2020-01-01").by("colour")


def test_total_counts_every_pair_once_and_shows_repetitions_all_the_same() -> None:
    made = Progress(corpus(*ASKS, lead_assessor="watch"), "2020-01-01")
    total = made.total()
    assert (total.asks, total.pairs, total.assessed, total.not_assessed, total.left_out) == (4, 5, 3, 2, 1)
    assert total.by_status == {"implemented": 1, "not-assessed": 2, "under-way": 1, "no-evidence": 1}
    assert "again" not in {pair.recommendation.id for pair in made.counted()}
    assert [told(pair) for pair in made.pairs["again"]] == ["implemented", "not-assessed"]
    assert [pair.recommendation.id for pair in made.of_actor("au")] == ["four", "again", "one"]


def test_the_index_is_the_share_of_the_scores_of_what_was_assessed() -> None:
    made = Progress(corpus(*ASKS, lead_assessor="watch"), "2020-01-01")
    assert made.total().index == pytest.approx((3 + 1 + 0) / (3 * 3))
    assert Progress(corpus(*ASKS), "2000-01-01").total().index is None


def test_a_renamed_actor_is_counted_under_its_present_id() -> None:
    """An old id in a record is a warning (T302); it must not split an actor in two."""
    records = list(corpus(ask("ask", "oau rigos", "au 2010 watch planned")).records())
    for _, record in records:
        if record.id == "au":
            record.aliases.append("oau")
    made = Progress(Corpus(Config(), records), "2020-01-01")
    shown = {pair.actor: told(pair) for pair in made.pairs["ask"]}
    assert shown == {"au": "planned", "rigos": "not-assessed"}


DATES = st.sampled_from(["2009", "2010", "2010-06", "2010-06-30", "2011-02", "2011-12-31", "2012"])
STATUSES = st.sampled_from([s for s in STATUS if s != "not-assessed"])
ENTRIES = st.builds(
    Assessment,
    actor=st.sampled_from(["au", "eu", "un", "rigos", "psc"]),
    date=DATES, by=st.sampled_from(["lead", "watch", "other"]), status=STATUSES,
    response=st.sampled_from([None, "noted", "accepted"]), corrects=st.one_of(st.none(), DATES),
)  # fmt: skip
LOGS = st.lists(st.tuples(
    st.lists(st.sampled_from(["au", "eu", "un", "rigos"]), unique=True),
    st.lists(ENTRIES, max_size=6),
    st.booleans(),
), max_size=4)  # fmt: skip
DAYS = st.sampled_from(["2009-06-01", "2010-06-30", "2010-12-31", "2011-12-31", "2020-01-01"])


def random_corpus(logs) -> Corpus:
    return corpus(*(
        Recommendation(
            id=f"ask-{i}", title="x", source="report", addressed_to=asked, assessments=log,
            themes=["gender"] * (i % 2), relations=[Relation(same_as="ask-0")] if again and i else [],
        )
        for i, (asked, log, again) in enumerate(logs)
    ), lead_assessor="lead")  # fmt: skip


@settings(max_examples=80)
@given(LOGS, DAYS)
def test_every_row_adds_up(logs, day: str) -> None:
    made = Progress(random_corpus(logs), day)
    for row in [made.total(), *(row for dimension in DIMENSIONS for row in made.by(dimension))]:
        assert 0 <= row.done <= row.assessed <= row.pairs
        assert row.assessed + row.not_assessed == row.pairs
        assert sum(row.by_status.values()) == row.pairs
        assert row.contested <= row.assessed
        assert row.index is None or 0 <= row.index <= 1
    total, actors = made.total(), made.by("actor")
    assert total.pairs == sum(row.pairs for row in actors)
    assert total.left_out == sum(row.left_out for row in actors)


@settings(max_examples=80)
@given(LOGS, DAYS, DAYS)
def test_a_later_day_never_unassesses_a_pair(logs, one: str, other: str) -> None:
    known = random_corpus(logs)
    before, after = (
        {(name, p.actor) for name, pairs in Progress(known, day).pairs.items() for p in pairs if p.assessed}
        for day in sorted((one, other))
    )
    assert before <= after


@settings(max_examples=80)
@given(LOGS, DAYS, st.randoms())
def test_the_order_in_which_actors_are_written_down_does_not_matter(logs, day: str, chance) -> None:
    """Entries on different actors may be mixed in any way: the pairs say the same."""
    def pairs(made):
        return {
            (p.recommendation.id, p.actor): (p.status, p.response, p.contested)
            for found in Progress(random_corpus(made), day).pairs.values() for p in found
        }  # fmt: skip

    by_actor = [(asked, sorted(log, key=lambda e: e.actor), again) for asked, log, again in logs]
    assert pairs(logs) == pairs(by_actor)
