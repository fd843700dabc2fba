"""Lineage: which asks keep coming back, in how many documents, and since when."""

from __future__ import annotations

import pytest

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.lineage import Lineage
from tracker.model import Recommendation, Relation, Source

SOURCES = {"first": "2004", "second": "2005-03", "third": "2011-11-02", "undated": None}


def lineage(*lines: str) -> Lineage:
    """Each line is “id source” and then ties, such as “c third repeats=a aliases=old-c”."""
    records: list = [("sources", Source(id=k, title=k, date=d)) for k, d in SOURCES.items()]
    for order, line in enumerate(lines):
        name, source, *more = line.split()
        ties = [tuple(tie.split("=")) for tie in more]
        records.append(("recommendations", Recommendation(
            id=name, title=name, source=source, order=order,
            relations=[Relation(**{k: v}) for k, v in ties if k != "aliases"],
            aliases=[v for k, v in ties if k == "aliases"],
        )))  # fmt: skip
    return Lineage(Corpus(Config(), records))


# name: (records, families as "members | times since year")
FAMILIES = {
    "nothing is tied": (["a first", "b second"], []),
    "one ask comes back": (["a first", "b second repeats=a"], ["a b | 2 since 2004"]),
    "a chain is one family": (["a first", "b second repeats=a", "c third repeats=b"],
                              ["a b c | 3 since 2004"]),
    "two later ones of one": (["a first", "b second repeats=a", "c third repeats=a"],
                              ["a b c | 3 since 2004"]),
    "one later one of two": (["a first", "b second", "c third repeats=a repeats=b"],
                             ["a b c | 3 since 2004"]),
    "twice in one document counts once": (["a first", "b second repeats=a", "c second repeats=a"],
                                          ["a b c | 2 since 2004"]),
    "within one document is no return": (["a first", "b first repeats=a"], []),
    "other ties are no return": (["a first", "b second supersedes=a", "c first same_as=a"], []),
    "the order is the documents', not the files'": (
        ["c third repeats=b", "b second repeats=a", "a first"], ["a b c | 3 since 2004"]),
    "without a date it comes last": (["a undated", "b third repeats=a"], ["b a | 2 since 2011"]),
    "an old id still ties": (["a first aliases=old-a", "b second repeats=old-a"], ["a b | 2 since 2004"]),
    "a tie to nothing is none": (["b second repeats=gone"], []),
    "most documents first, then the oldest": (
        ["e second", "f third repeats=e", "c first", "d second repeats=c",
         "x first", "y second repeats=x", "z third repeats=y"],
        ["x y z | 3 since 2004", "c d | 2 since 2004", "e f | 2 since 2005"]),
    "a circle ends": (["a first repeats=b", "b second repeats=a"], ["a b | 2 since 2004"]),
}  # fmt: skip


@pytest.mark.parametrize("name", FAMILIES)
def test_families(name: str) -> None:
    lines, expected = FAMILIES[name]
    known = lineage(*lines)
    assert [
        f"{' '.join(r.id for r in f.members)} | {f.times} since {known.since(f)}" for f in known.families
    ] == expected


def test_every_member_leads_to_its_family_and_others_to_none() -> None:
    known = lineage("a first", "b second repeats=a", "c third")
    assert known.family("a") is known.family("b") is known.families[0]
    assert known.family("c") is None
    assert known.family("no-such-ask") is None
