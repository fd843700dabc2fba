"""How far each actor got with what it was asked, as of a date.

Pure functions over records. The unit is the *pair*: one recommendation and one actor
that it asks. Assessors are never averaged and neither are actors: a pair shows the lead
assessor's latest judgement (or the latest of all), and is marked as contested where
others judge differently. Every count carries its denominator and its not-assessed part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.model import Assessment, Recommendation
from tracker.vocabulary import NO_RESPONSE, NOT_ASSESSED, Status

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
        self.pairs: dict[str, list[Pair]] = {
            r.id: self.pairs_on(r, as_of) for r in corpus.recommendations.values()
        }
        if wanted := set(only):
            self.pairs = {
                name: [p for p in pairs if p.actor in wanted] for name, pairs in self.pairs.items()
            }
        later = {
            source.id for source in corpus.sources.values()
            if source.date and dates.problem(source.date) is None and dates.first_day(source.date) > as_of
        }  # fmt: skip
        self.asked = {r.id for r in corpus.recommendations.values() if r.source not in later}

    def counted(self) -> Iterator[Pair]:
        """Every pair that is counted: a repetition inside one document is not."""
        for name, pairs in self.pairs.items():
            if name in self.asked and not self.corpus.recommendations[name].is_repetition:
                yield from pairs

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
        keys, label, order = self._dimension(dimension)
        return sorted(self._rows(self.counted(), keys, label), key=order)

    def rows_of(self, pairs: Iterable[Pair], label: str = "") -> Row:
        """One row over the given pairs."""
        rows = self._rows(pairs, lambda _: ("",), lambda _: (label, label))
        return rows[0] if rows else Row("", label, label)

    def crossed(self, one: str, other: str) -> dict[tuple[str, str], Row]:
        """The counts where two dimensions meet, by a key of each; only where there are pairs."""
        (first, _, _), (second, _, _) = self._dimension(one), self._dimension(other)

        def keys(pair: Pair) -> list[tuple[str, str]]:
            others = second(pair)
            return [(a, b) for a in first(pair) for b in others]

        return {row.key: row for row in self._rows(self.counted(), keys, lambda _: ("", ""))}

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
        made = {
            actor: Pair(recommendation, actor, NOT_ASSESSED, NO_RESPONSE, [])
            for actor in recommendation.addressed_to
        }
        if not recommendation.assessments:
            return list(made.values())
        entries: dict[str, list[Assessment]] = {}
        for entry in recommendation.assessments:
            if dates.last_day(entry.date) <= day:
                entries.setdefault(entry.actor, []).append(entry)
        for actor, log in entries.items():
            pair = made.get(actor)
            if pair is None:
                group = self.corpus.group_of(actor, recommendation.addressed_to)
                pair = made[actor] = Pair(
                    recommendation, actor, NOT_ASSESSED, NO_RESPONSE, [], group
                )
            self._judge(pair, log)
        return list(made.values())

    def _judge(self, pair: Pair, log: list[Assessment]) -> None:
        standing = sorted(
            (e for i, e in enumerate(log) if not corrected(e, log[i + 1 :])),
            key=lambda e: dates.last_day(e.date), reverse=True,
        )  # fmt: skip
        by_assessor: dict[str, Assessment] = {}
        for entry in standing:
            if entry.status is not None:
                by_assessor.setdefault(entry.by, entry)
        pair.verdicts = list(by_assessor.values())
        if self.lead in by_assessor:
            pair.verdicts.sort(key=lambda e: e.by != self.lead)
        if pair.verdicts and pair.verdicts[0].status in self.statuses:
            pair.status = pair.verdicts[0].status
        pair.response = next((e.response for e in standing if e.response), NO_RESPONSE)

    def _dimension(self, name: str) -> tuple[Callable, Callable, Callable]:
        corpus = self.corpus

        def names(collection: str) -> Callable:
            return lambda key: (corpus.title(collection, key), corpus.short(collection, key))

        by_size = lambda row: (-row.pairs, row.label)  # noqa: E731
        if name == "actor":
            return (lambda p: (p.actor,)), names("actors"), by_size
        if name == "theme":
            return (lambda p: p.recommendation.themes), names("themes"), by_size
        if name == "source":
            return (
                lambda p: (p.recommendation.source,),
                names("sources"),
                lambda row: (self._date("sources", row.key), row.label),
            )
        if name == "event":
            events: dict[str, list[str]] = {}

            def keys(pair: Pair) -> list[str]:
                found = events.get(pair.recommendation.id)
                if found is None:
                    found = events[pair.recommendation.id] = corpus.event_ids(pair.recommendation)
                return found

            return keys, names("events"), (
                lambda row: (self._date("events", row.key), row.label)
            )
        if name == "region":
            return (
                (lambda p: p.recommendation.regions),
                lambda k: (corpus.config.label("region", k),) * 2, by_size,
            )  # fmt: skip
        raise KeyError(name)

    def _date(self, collection: str, name: str) -> str:
        return getattr(self.corpus.find(collection, name), "date", None) or "9999"

    def _rows(self, pairs: Iterable[Pair], keys: Callable, label: Callable) -> list[Row]:
        # Tens of thousands of pairs make a few hundred counts: first count, then sum up.
        tally: dict[tuple[str, str, bool], int] = defaultdict(int)
        asks: dict[str, int] = defaultdict(int)
        last: dict[str, str] = {}
        for pair in pairs:
            status, name = pair.status, pair.recommendation.id
            contested = len(pair.verdicts) > 1 and pair.contested
            for key in keys(pair):
                tally[key, status, contested] += 1
                if last.get(key) is not name:  # the pairs of a recommendation come together
                    last[key] = name
                    asks[key] += 1
        rows: dict[str, Row] = {}
        for (key, status, contested), count in tally.items():
            row = rows.get(key)
            if row is None:
                row = rows[key] = Row(key, *label(key), asks=asks[key])
            self._add(row, status, contested, count)
        return list(rows.values())

    def _add(self, row: Row, key: str, contested: bool, count: int) -> None:
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
        if contested:
            row.contested += count
