"""How far each actor got with what it was asked, as of a date.

Pure functions over records. The unit is the *pair*: one recommendation and one actor
that it asks. Assessors are never averaged and neither are actors: a pair shows the lead
assessor's latest judgement (or the latest of all), and is marked as contested where
others judge differently. Every count carries its denominator and its not-assessed part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, product
from typing import NamedTuple

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.model import Assessment, Recommendation
from tracker.vocabulary import NO_RESPONSE, NOT_ASSESSED, Status

# Keys that a recommendation is counted under, and the statuses of those whom it asks.
Case = tuple[tuple, tuple[str, ...]]
DIMENSIONS = ("actor", "theme", "source", "event", "region")


class Pair(msgspec.Struct, gc=False):
    """One recommendation and one actor, as of a date.

    ``group`` is set where the actor was asked as a member of that addressed group.
    ``verdicts`` are the latest judgement of each assessor, the one that counts first.
    """

    recommendation: Recommendation
    actor: str
    status: str
    response: str
    verdicts: list[Assessment]
    group: str | None = None

    @property
    def latest(self) -> Assessment | None:
        return self.verdicts[0] if self.verdicts else None

    @property
    def contested(self) -> bool:
        """Whether assessors' latest judgements differ."""
        return len({v.status for v in self.verdicts if v.status}) > 1

    @property
    def assessed(self) -> bool:
        return self.status != NOT_ASSESSED

    @property
    def replied(self) -> bool:
        """Whether a reply of the addressee is on record."""
        return self.response != NO_RESPONSE


def corrected(entry: Assessment, later: Iterable[Assessment]) -> bool:
    """Whether one of the entries after it in the log takes an entry's place."""
    return any(
        e.corrects == entry.date and e.by == entry.by and e.actor == entry.actor for e in later
    )


class Row(msgspec.Struct, gc=False):
    """The count of pairs for one actor, theme, source, event or region.

    ``asks`` recommendations make ``pairs`` pairs; those that a status leaves out of
    every denominator (overtaken by events) are counted in ``left_out`` alone.
    ``by_status`` counts the pairs by status key.
    """

    key: str
    label: str
    short: str
    asks: int = 0
    pairs: int = 0
    left_out: int = 0
    done: int = 0
    contested: int = 0
    by_status: dict[str, int] = msgspec.field(default_factory=dict)
    score: int = 0
    scored: int = 0

    @property
    def not_assessed(self) -> int:
        return self.by_status.get(NOT_ASSESSED, 0)

    @property
    def assessed(self) -> int:
        return self.pairs - self.not_assessed

    @property
    def index(self) -> float | None:
        """The implementation index: sum of scores over 3 x assessed pairs, 0 to 1."""
        return self.score / (3 * self.scored) if self.scored else None


class _Said(NamedTuple):
    """What the pairs of one recommendation say, kept apart from them: counting looks at nothing else."""

    recommendation: Recommendation
    actors: tuple[str, ...]
    statuses: tuple[str, ...]


def _said(pairs: list[Pair]) -> _Said:
    return _Said(
        pairs[0].recommendation, tuple([pair.actor for pair in pairs]), tuple([pair.status for pair in pairs])
    )


def _by_size(row: Row) -> tuple:
    return -row.pairs, row.label


class Progress:
    """The state of every pair of a corpus on a day (YYYY-MM-DD), or of ``only`` some actors.

    ``asked`` are the ids of the recommendations that had been made by then: a document of a
    later day asks nothing yet, and none of its pairs is counted.
    """

    def __init__(self, corpus: Corpus, as_of: str, only: Iterable[str] = ()) -> None:
        self.corpus = corpus
        self.as_of = as_of
        self.statuses: dict[str, Status] = corpus.config.vocabulary.status
        self.lead = corpus.config.lead_assessor
        later = {
            source.id for source in corpus.sources.values()
            if source.date and dates.problem(source.date) is None and dates.first_day(source.date) > as_of
        }  # fmt: skip
        self.asked = {r.id for r in corpus.recommendations.values() if r.source not in later}
        self.pairs: dict[str, list[Pair]] = {}
        self._said: list[_Said] = []  # of the recommendations that are counted
        self._contested: list[Pair] = []  # among these
        wanted = set(only)
        for record in corpus.recommendations.values():
            pairs = self.pairs_on(record, as_of)
            if wanted:
                pairs = [pair for pair in pairs if pair.actor in wanted]
            self.pairs[record.id] = pairs
            if pairs and self._counts(record):
                self._said.append(_said(pairs))
                self._contested += [p for p in pairs if len(p.verdicts) > 1 and p.contested]

    def counted(self) -> Iterator[Pair]:
        """Every pair that is counted: a repetition inside one document is not."""
        for name, pairs in self.pairs.items():
            if self._counts(self.corpus.recommendations[name]):
                yield from pairs

    def in_figures(self, pair: Pair) -> bool:
        """Whether a pair is in the denominators: no repetition, and not left out by its status."""
        return self._counts(pair.recommendation) and self.statuses[pair.status].counted

    def replies(self, pairs: Iterable[Pair]) -> int:
        """How many of some pairs have a reply, of those that are in the denominators."""
        return sum(pair.replied for pair in pairs if self.in_figures(pair))

    def _counts(self, record: Recommendation) -> bool:
        return record.id in self.asked and not record.is_repetition

    def of_actor(self, actor: str) -> list[Pair]:
        """The pairs of an actor: what it was asked itself, and as a member of a group."""
        return [pair for pairs in self.pairs.values() for pair in pairs if pair.actor == actor]

    def headline(self, recommendation: str) -> str:
        """One status for a recommendation, by the rule on the method page.

        Every counted pair done: the best of them. Several pairs, and one of them at
        least partly implemented: partly implemented. Any assessment: the best value
        there is. None: not assessed.
        """
        pairs = [p for p in self.pairs[recommendation] if self.statuses[p.status].counted]
        assessed = [p.status for p in pairs if p.assessed]
        if not assessed:
            left_out = [p.status for p in self.pairs[recommendation]]
            return left_out[0] if left_out and not pairs else NOT_ASSESSED
        if len(assessed) == len(pairs) and all(self.statuses[s].done for s in assessed):
            return max(assessed, key=self._rank)
        if len(pairs) > 1 and any((self.statuses[s].score or 0) >= 2 for s in assessed):
            return "partly-implemented" if "partly-implemented" in self.statuses else max(
                assessed, key=self._rank
            )
        return max(assessed, key=self._rank)

    def total(self) -> Row:
        return self.rows_of(self.counted(), "All")

    def by(self, dimension: str) -> list[Row]:
        """Rows of one dimension, in the order in which it is shown."""
        label, order = self._shown(dimension)
        keys = self._keys(dimension)
        return sorted(self._rows(self._cases(dimension), self._contested, keys, label), key=order)

    def rows_of(self, pairs: Iterable[Pair], label: str = "") -> Row:
        """One row over the given pairs."""
        pairs = list(pairs)
        said = [_said(list(own)) for _, own in groupby(pairs, lambda pair: pair.recommendation.id)]
        cases = Counter((("",), one.statuses) for one in said)
        contested = [pair for pair in pairs if pair.contested]
        rows = self._rows(cases, contested, lambda *_: ("",), lambda _: (label, label))
        return rows[0] if rows else Row("", label, label)

    def crossed(self, one: str, other: str) -> dict[tuple[str, str], Row]:
        """The counts where two dimensions meet, by a key of each; only where there are pairs."""
        first, second = self._keys(one), self._keys(other)

        def keys(record: Recommendation, actor: str) -> tuple[tuple[str, str], ...]:
            return tuple(product(first(record, actor), second(record, actor)))

        cases = Counter(
            (keys(record, actor), (status,))
            for record, actors, statuses in self._said
            for actor, status in zip(actors, statuses, strict=True)
        )
        return {row.key: row for row in self._rows(cases, self._contested, keys, lambda _: ("", ""))}

    def moved(self, row: Row) -> int:
        """How many of a row's pairs are done or show some progress."""
        return sum(
            count for key, count in row.by_status.items()
            if self.statuses[key].done or self.statuses[key].score
        )  # fmt: skip

    def _rank(self, status: str) -> tuple[int, int]:
        """Better states come later: by score, then by their order in the vocabulary."""
        keys = list(self.statuses)
        score = self.statuses[status].score
        return (-1 if score is None else score, -keys.index(status))

    def pairs_on(self, recommendation: Recommendation, day: str) -> list[Pair]:
        """The pairs of one recommendation as they were on a day."""
        entries: dict[str, list[Assessment]] = {}
        for entry in recommendation.assessments:
            if dates.last_day(entry.date) <= day:
                entries.setdefault(entry.actor, []).append(entry)
        addressed = recommendation.addressed_to
        made = [
            self._pair(recommendation, actor, entries.pop(actor, []), None)
            for actor in dict.fromkeys(addressed)
        ]
        for actor, log in entries.items():
            group = self.corpus.group_of(actor, addressed)
            made.append(self._pair(recommendation, actor, log, group))
        return made

    def _pair(
        self, recommendation: Recommendation, actor: str, log: list[Assessment], group: str | None
    ) -> Pair:
        """What an actor's log comes to; nothing in it: not assessed."""
        if len(log) == 1:  # as most have: nothing to sort, nothing to correct
            response, verdicts = log[0].response, log if log[0].status is not None else []
        else:
            response, verdicts = self._judged(log)
        status = verdicts[0].status if verdicts else NOT_ASSESSED
        if status not in self.statuses:
            status = NOT_ASSESSED
        return Pair(recommendation, actor, status, response or NO_RESPONSE, verdicts, group)

    def _judged(self, log: list[Assessment]) -> tuple[str | None, list[Assessment]]:
        """The latest response, and each assessor's latest judgement, the one that counts first."""
        if not log:
            return None, []
        standing = sorted(
            (e for i, e in enumerate(log) if not corrected(e, log[i + 1 :])),
            key=lambda e: dates.last_day(e.date), reverse=True,
        )  # fmt: skip
        by_assessor: dict[str, Assessment] = {}
        for entry in standing:
            if entry.status is not None:
                by_assessor.setdefault(entry.by, entry)
        verdicts = list(by_assessor.values())
        if self.lead in by_assessor:
            verdicts.sort(key=lambda e: e.by != self.lead)
        return next((e.response for e in standing if e.response), None), verdicts

    def _cases(self, dimension: str) -> Counter[Case]:
        """How often the same is said under the same keys."""
        if dimension == "actor":
            actors = chain.from_iterable([said.actors for said in self._said])
            statuses = chain.from_iterable([said.statuses for said in self._said])
            found = Counter(zip(actors, statuses, strict=True))
            return Counter({((actor,), (status,)): count for (actor, status), count in found.items()})
        keys = self._keys(dimension)
        return Counter([(tuple(keys(said.recommendation, "")), said.statuses) for said in self._said])

    def _keys(self, dimension: str) -> Callable[[Recommendation, str], Iterable[str]]:
        """What a recommendation, or what it asks of an actor, is counted under."""
        return {
            "actor": lambda _, actor: (actor,),
            "theme": lambda record, _: record.themes,
            "source": lambda record, _: (record.source,),
            "event": lambda record, _: self.corpus.event_ids(record),
            "region": lambda record, _: record.regions,
        }[dimension]

    def _shown(self, dimension: str) -> tuple[Callable, Callable]:
        """The label and the short label of a key, and what the rows are sorted by."""
        corpus, collection = self.corpus, f"{dimension}s"
        if dimension == "region":
            return lambda key: (corpus.config.label("region", key),) * 2, _by_size
        order = _by_size if dimension in ("actor", "theme") else (
            lambda row: (self._date(collection, row.key), row.label)
        )
        return lambda key: (corpus.title(collection, key), corpus.short(collection, key)), order

    def _date(self, collection: str, name: str) -> str:
        return getattr(self.corpus.find(collection, name), "date", None) or "9999"

    def _rows(
        self, cases: Counter[Case], contested: list[Pair], keys: Callable, label: Callable
    ) -> list[Row]:
        """Rows by key. Ten thousand recommendations say a few hundred different things: what
        is equal was counted first, and is only now looked at."""
        asks: dict = defaultdict(int)
        tally: dict = defaultdict(int)
        for (names, statuses), count in cases.items():
            for key in dict.fromkeys(names):
                asks[key] += count
                for status in statuses:
                    tally[key, status] += count
        rows = {key: Row(key, *label(key), asks=count) for key, count in asks.items()}
        for (key, status), count in tally.items():
            self._add(rows[key], status, count)
        for pair in contested:
            if self.statuses[pair.status].counted:
                for key in dict.fromkeys(keys(pair.recommendation, pair.actor)):
                    rows[key].contested += 1
        return list(rows.values())

    def _add(self, row: Row, key: str, count: int) -> None:
        status = self.statuses[key]
        if not status.counted:
            row.left_out += count
            return
        row.pairs += count
        row.by_status[key] = row.by_status.get(key, 0) + count
        if status.done:
            row.done += count
        if status.score is not None:
            row.score += status.score * count
            row.scored += count
