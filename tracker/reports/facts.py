"""What a report counts: the state on a day, and what moved since another.

Pure functions over records; the day is given. What changed and what is late is worked out
by `comparison` and `freshness`, as for the terminal and the site: the three can't disagree.
"""

from __future__ import annotations

import functools
from collections import defaultdict

import msgspec

from tracker import dates, freshness
from tracker.comparison import Comparison, Move
from tracker.corpus import Corpus
from tracker.course import GROUPS, Course, group
from tracker.freshness import Age, Passed, Silent, Slip
from tracker.lineage import Family, Lineage
from tracker.model import Evidence, Recommendation
from tracker.progress import Pair, Progress, Row
from tracker.vocabulary import Status


def asked_on(corpus: Corpus, recommendation: Recommendation) -> str:
    """The day by which its document was written, or "" where that is not known."""
    date = getattr(corpus.find("sources", recommendation.source), "date", None)
    return dates.last_day(date) if date else ""


class Cited(msgspec.Struct, gc=False):
    """A piece of evidence, and the ids of the recommendations judged on it."""

    evidence: Evidence
    used: list[str]


class Facts:
    """Everything that a report says in figures.

    ``whole`` is the corpus, ``corpus`` the part that was chosen, ``as_of`` a day (YYYY-MM-DD).
    ``then`` is the state to compare with, or None.
    """

    def __init__(
        self,
        whole: Corpus,
        corpus: Corpus,
        as_of: str,
        then: Progress | None = None,
        actors: frozenset[str] = frozenset(),
    ) -> None:
        self.whole, self.corpus = whole, corpus
        self.as_of, self.actors = as_of, actors
        self.config = corpus.config
        self.statuses: dict[str, Status] = corpus.config.vocabulary.status
        self.now = Progress(corpus, as_of, only=actors)
        self.comparison = Comparison(then, self.now) if then else None
        self.total = self.now.total()

    @functools.cached_property
    def pairs(self) -> list[Pair]:
        return list(self.now.counted())

    @functools.cached_property
    def recommendations(self) -> list[Recommendation]:
        """Those in scope, by document and in the order of the text."""
        named = dict.fromkeys(p.recommendation.id for p in self.pairs)
        return [self.corpus.recommendations[name] for name in named]

    @functools.cached_property
    def by_actor(self) -> dict[str, list[Pair]]:
        """The pairs of each actor; actors by the size of what they were asked."""
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.pairs:
            found[pair.actor].append(pair)
        return dict(sorted(
            found.items(), key=lambda item: (-len(item[1]), self.corpus.short("actors", item[0]))
        ))  # fmt: skip

    def is_open(self, pair: Pair) -> bool:
        return self.statuses[pair.status].open

    def group(self, key: str) -> str:
        """done, progress, none (looked for, nothing found) or unknown (not assessed)."""
        return group(key, self.statuses[key])

    def grouped(self, row: Row) -> dict[str, int]:
        found = dict.fromkeys(GROUPS, 0)
        for key, count in row.by_status.items():
            found[self.group(key)] += count
        return found

    def moves(self, actor: str = "") -> list[Move]:
        """What changed, in the order of the text; of one actor, if asked for one."""
        found = self.comparison.moves if self.comparison else []
        return [m for m in found if m.actor == actor] if actor else found

    def pair(self, move: Move) -> Pair | None:
        """The pair that moved; None where it is a recommendation, or not there any more."""
        pairs = self.now.pairs.get(move.recommendation, ())
        return next((p for p in pairs if p.actor == move.actor), None)

    # Late, slipped, silent, old: the same functions as for the site and `tracker overdue`

    def deadline(self, recommendation: Recommendation) -> str | None:
        """The deadline in force on the day."""
        return freshness.due(recommendation, self.as_of)

    @functools.cached_property
    def overdue(self) -> list[Passed]:
        return freshness.passed_deadlines(self.now)

    @functools.cached_property
    def slips(self) -> list[Slip]:
        scope = {r.id for r in self.recommendations}
        return [s for s in freshness.slips(self.corpus, self.as_of) if s.recommendation.id in scope]

    @functools.cached_property
    def silent(self) -> list[Silent]:
        return freshness.silent_actors(self.now)

    @functools.cached_property
    def old(self) -> list[Age]:
        return freshness.overdue_reviews(self.now)

    def is_old(self, pair: Pair) -> bool:
        """Whether the pair is open and its judgement due for review."""
        return freshness.overdue(pair, self.now)

    @functools.cached_property
    def contested(self) -> list[Pair]:
        return [p for p in self.pairs if p.contested]

    # Across

    @functools.cached_property
    def families(self) -> list[Family]:
        """Asks of two and more documents with at least one in scope."""
        mine = {r.id for r in self.recommendations}
        found = []
        for family in Lineage(self.whole).families:
            members = [m for m in family.members if asked_on(self.whole, m) <= self.as_of]
            sources = list(dict.fromkeys(m.source for m in members))
            if len(sources) > 1 and any(m.id in mine for m in members):
                found.append(Family(members, sources))
        return sorted(found, key=lambda f: -f.times)

    @functools.cached_property
    def times_asked(self) -> dict[str, tuple[int, str]]:
        """(documents, first year) of each recommendation that was asked more than once."""
        return {
            m.id: (family.times, asked_on(self.whole, family.members[0])[:4])
            for family in self.families
            for m in family.members
        }

    def trend(self, most: int = 14) -> list[tuple[str, dict[str, int]]]:
        """(year, pairs by group) at the end of each year; the last point is the day itself."""
        course = Course(self.now)
        parts = [course.of("actor", actor) for actor in self.actors] if self.actors else [course.of()]
        days: dict[str, dict[str, int]] = {}
        for point in sorted((point for part in parts for point in part), key=lambda point: point.day):
            sums = days.setdefault(point.day, dict.fromkeys(GROUPS, 0))
            for name, count in point.groups.items():
                sums[name] += count
        step = max(1, -(-(len(days) - 1) // max(most - 1, 1)))
        return [(day[:4], sums) for day, sums in list(days.items())[::-1][::step][::-1]]

    def matrix(self, most: int = 12) -> tuple[list[str], list[str], dict[tuple[str, str], list[Pair]]]:
        """The most asked actors and themes, and the counted pairs where they meet."""
        actors = list(self.by_actor)[:most]
        themes = [row.key for row in self.now.by("theme")][:most]
        cells: dict[tuple[str, str], list[Pair]] = defaultdict(list)
        for actor in actors:
            for pair in self.by_actor[actor]:
                if self.statuses[pair.status].counted:
                    for theme in pair.recommendation.themes:
                        cells[actor, theme].append(pair)
        return actors, themes, cells

    @functools.cached_property
    def evidence(self) -> list[Cited]:
        """Every piece of evidence of the judgements that stand, by title."""
        found: dict[tuple, Cited] = {}
        for pair in self.pairs:
            for verdict in pair.verdicts:
                for item in verdict.evidence:
                    key = (item.title, item.url, item.source, item.locator)
                    cited = found.setdefault(key, Cited(item, []))
                    if pair.recommendation.id not in cited.used:
                        cited.used.append(pair.recommendation.id)
        return sorted(found.values(), key=lambda c: (c.evidence.title.casefold(), c.evidence.locator))
