"""Which asks keep coming back: recommendations tied by `repeats`, across documents."""

from __future__ import annotations

import functools
from collections import defaultdict

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.model import Recommendation


class Family(msgspec.Struct, gc=False):
    """Recommendations that ask for the same, the earliest first."""

    members: list[Recommendation]
    sources: list[str]  # in order of date

    @property
    def times(self) -> int:
        """In how many documents it was asked."""
        return len(self.sources)


class Lineage:
    """The families of a corpus, and how each recommendation is related."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.later: dict[str, list[str]] = defaultdict(list)
        for record in corpus.recommendations.values():
            for target in record.related("repeats"):
                if (first := corpus.find("recommendations", target)) is not None:
                    self.later[first.id].append(record.id)

    def family(self, name: str) -> Family | None:
        return self._by_member.get(name)

    def since(self, family: Family) -> str:
        """The year in which it was first asked."""
        return self._dated(family.sources[0])[:4]

    def _dated(self, source: str) -> str:
        record = self.corpus.find("sources", source)
        date = getattr(record, "date", None)
        return dates.last_day(date) if date else "9999"

    @functools.cached_property
    def families(self) -> list[Family]:
        """Families of two and more documents: most documents first, then the oldest."""
        seen: set[str] = set()
        found = []
        for name in self.corpus.recommendations:
            if name in seen:
                continue
            members = self._connected(name)
            seen |= members
            if len(members) > 1:
                family = self._family(members)
                if family.times > 1:
                    found.append(family)
        return sorted(found, key=lambda f: (-f.times, -len(f.members), self._dated(f.sources[0]), f.members[0].id))

    @functools.cached_property
    def _by_member(self) -> dict[str, Family]:
        return {r.id: family for family in self.families for r in family.members}

    def _connected(self, start: str) -> set[str]:
        found, todo = set(), [start]
        while todo:
            name = todo.pop()
            record = self.corpus.find("recommendations", name)
            if record is None or record.id in found:
                continue
            found.add(record.id)
            todo += [*record.related("repeats"), *self.later[record.id]]
        return found

    def _family(self, names: set[str]) -> Family:
        members = sorted(
            (self.corpus.recommendations[name] for name in names),
            key=lambda r: (self._dated(r.source), r.order, r.id),
        )
        return Family(members, list(dict.fromkeys(r.source for r in members)))
