"""What a report counts: the state on a day, and what moved since another.

Pure functions over records; both days are given. A recommendation is in scope once its
document was written; without a date it always is.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.freshness import review_due
from tracker.lineage import Family, Lineage
from tracker.model import DeadlineChange, Evidence, Recommendation
from tracker.progress import Pair, Progress, Row
from tracker.vocabulary import NO_RESPONSE, NOT_ASSESSED, Status

# The kinds of movement, in the order in which a report shows them.
KINDS = ("closed", "up", "changed", "down", "reopened", "assessed", "replied", "contested")
GROUPS = ("done", "progress", "none", "unknown")


class Scoped(Progress):
    """The state of the pairs in scope: asked by ``as_of``, of ``actors`` (all if empty)."""

    def __init__(self, corpus: Corpus, as_of: str, actors: frozenset[str] = frozenset()) -> None:
        super().__init__(corpus, as_of)
        self.actors = actors
        self.asked = {
            r.id
            for r in corpus.recommendations.values()
            if not r.is_repetition and asked_on(corpus, r) <= as_of
        }

    def counted(self) -> Iterator[Pair]:
        for name, pairs in self.pairs.items():
            if name in self.asked:
                yield from (p for p in pairs if not self.actors or p.actor in self.actors)


def asked_on(corpus: Corpus, recommendation: Recommendation) -> str:
    """The day by which its document was written, or "" where that is not known."""
    date = getattr(corpus.find("sources", recommendation.source), "date", None)
    return dates.last_day(date) if date else ""


class Move(msgspec.Struct, gc=False):
    """One pair that moved. ``before`` is None where nobody had assessed it; ``date`` is when."""

    kind: str
    pair: Pair
    before: str | None
    date: str | None


class Slip(msgspec.Struct, gc=False):
    recommendation: Recommendation
    change: DeadlineChange


class Cited(msgspec.Struct, gc=False):
    """A piece of evidence, and the ids of the recommendations judged on it."""

    evidence: Evidence
    used: list[str]


class Facts:
    """Everything that a report says in figures.

    ``whole`` is the corpus, ``corpus`` the part that was chosen. ``as_of`` and ``since``
    are days (YYYY-MM-DD); ``since`` is "" where nothing is compared.
    """

    def __init__(
        self,
        whole: Corpus,
        corpus: Corpus,
        as_of: str,
        since: str = "",
        actors: frozenset[str] = frozenset(),
    ) -> None:
        self.whole, self.corpus = whole, corpus
        self.as_of, self.since, self.actors = as_of, since, actors
        self.config = corpus.config
        self.statuses: dict[str, Status] = corpus.config.vocabulary.status
        self.now = Scoped(corpus, as_of, actors)
        self.then = Scoped(corpus, since, actors) if since else None
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
        status = self.statuses[key]
        if key == NOT_ASSESSED:
            return "unknown"
        return "done" if status.done else "progress" if status.score else "none"

    def grouped(self, row: Row) -> dict[str, int]:
        found = dict.fromkeys(GROUPS, 0)
        for key, count in row.by_status.items():
            found[self.group(key)] += count
        return found

    # Since the other day

    @functools.cached_property
    def moves(self) -> list[Move]:
        """What moved since, by kind and then in the order of the text."""
        if self.then is None:
            return []
        before = {(p.recommendation.id, p.actor): p for p in self.then.counted()}
        found = []
        for pair in self.pairs:
            if not pair.verdicts and pair.response == NO_RESPONSE:
                continue
            old = before.get((pair.recommendation.id, pair.actor))
            found += [
                Move(kind, pair, old.status if old and old.assessed else None, self._when(kind, pair))
                for kind in self._kinds(old, pair)
            ]
        return sorted(found, key=lambda m: KINDS.index(m.kind))

    def _when(self, kind: str, pair: Pair) -> str | None:
        """The date of the entry that makes the movement."""
        if kind == "replied":
            log = pair.recommendation.assessments
            found = [e.date for e in log if e.actor == pair.actor and e.response]
        else:
            found = [v.date for v in pair.verdicts[: None if kind == "contested" else 1]]
        return max((d for d in found if dates.last_day(d) <= self.as_of), key=dates.last_day, default=None)

    def _kinds(self, old: Pair | None, new: Pair) -> Iterator[str]:
        if new.assessed and (old is None or not old.assessed):
            yield "assessed"
        elif old is not None and new.assessed and old.status != new.status:
            yield self._direction(self.statuses[old.status], self.statuses[new.status], new.status)
        if new.response != NO_RESPONSE and (old is None or old.response != new.response):
            yield "replied"
        if new.contested and not (old is not None and old.contested):
            yield "contested"

    @staticmethod
    def _direction(old: Status, new: Status, key: str) -> str:
        if not old.open and new.open:
            return "reopened"
        if old.open and not new.open and new.done:
            return "closed"
        if (old.score or 0) == (new.score or 0):
            return "down" if key in ("stalled", "reversed", "dropped") else "changed"
        return "up" if (new.score or 0) > (old.score or 0) else "down"

    def balance(self) -> list[tuple[str, int]]:
        """Why the number of pairs is another than then: (reason, pairs), adding up.

        Reasons: then, documents (written since), members (assessed since as part of a
        group), left_out (by their status), now.
        """
        if self.then is None:
            return []
        old = {(p.recommendation.id, p.actor): p for p in self.then.counted()}
        counted = lambda p: self.statuses[p.status].counted  # noqa: E731
        added = members = left = 0
        for pair in self.pairs:
            was = old.get((pair.recommendation.id, pair.actor))
            if was is None and counted(pair):
                if pair.recommendation.id in self.then.asked:
                    members += 1
                else:
                    added += 1
            elif was is not None:
                left += counted(pair) - counted(was)
        return [
            ("then", self.then.total().pairs),
            ("documents", added),
            ("members", members),
            ("left_out", left),
            ("now", self.total.pairs),
        ]

    # Late, slipped, silent, old

    def deadline(self, recommendation: Recommendation) -> str | None:
        """The deadline in force on the day: the first one, or the last announced since."""
        current = recommendation.deadline
        for change in sorted(recommendation.deadline_changes, key=lambda c: dates.last_day(c.on)):
            if dates.last_day(change.on) <= self.as_of:
                current = change.to
        return current

    @functools.cached_property
    def overdue(self) -> list[tuple[Pair, str]]:
        """Open pairs after their deadline, the oldest deadline first."""
        found = [
            (pair, due)
            for pair in self.pairs
            if self.is_open(pair)
            and (due := self.deadline(pair.recommendation))
            and dates.last_day(due) < self.as_of
        ]
        return sorted(found, key=lambda item: dates.last_day(item[1]))

    @functools.cached_property
    def slips(self) -> list[Slip]:
        """Every deadline that was moved, the newest first."""
        found = [
            Slip(r, change)
            for r in self.recommendations
            for change in r.deadline_changes
            if dates.last_day(change.on) <= self.as_of
        ]
        return sorted(found, key=lambda s: dates.last_day(s.change.on), reverse=True)

    @functools.cached_property
    def silent(self) -> list[tuple[str, list[Pair], str]]:
        """Actors with no reply to anything on record: (actor, open pairs, asked since)."""
        found = []
        for actor, pairs in self.by_actor.items():
            if all(p.response == NO_RESPONSE for p in pairs):
                open_pairs = [p for p in pairs if self.is_open(p)]
                first = min((d for p in pairs if (d := asked_on(self.corpus, p.recommendation))), default="")
                if open_pairs:
                    found.append((actor, open_pairs, first[:4]))
        return found

    def stale(self, pair: Pair, day: str | None = None) -> bool:
        """Whether the judgement that counts is older than the review period."""
        if pair.latest is None:
            return False
        return review_due(pair.latest.date, self.config.review_months) < (day or self.as_of)

    @functools.cached_property
    def old(self) -> list[Pair]:
        """Open pairs whose judgement is due for review, the oldest first."""
        found = [p for p in self.pairs if self.is_open(p) and self.stale(p)]
        return sorted(found, key=lambda p: dates.last_day(p.latest.date))

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
        days = [d for r in self.recommendations if (d := asked_on(self.corpus, r))]
        first = int(min(days, default=self.as_of)[:4])
        last = int(self.as_of[:4])
        step = max(1, -(-(last - first) // max(most - 1, 1)))
        years = list(range(last - step, first - 1, -step))[::-1]
        points = [(str(y), Scoped(self.corpus, f"{y}-12-31", self.actors).total()) for y in years]
        return [(label, self.grouped(row)) for label, row in [*points, (str(last), self.total)] if row.pairs]

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
