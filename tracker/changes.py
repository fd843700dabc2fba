"""What moved: dated judgements in order, each beside the one before it.

A pure function over records: the log of every pair, not the history of the files. Two
states of the whole tracker are compared in `tracker.comparison`.
"""

from __future__ import annotations

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.model import Assessment, Recommendation
from tracker.vocabulary import Status


class Change(msgspec.Struct, gc=False):
    """One entry of the log. ``before`` is the same assessor's status until then."""

    recommendation: Recommendation
    entry: Assessment
    before: str | None
    direction: str  # new, up, down, same, reply

    @property
    def year(self) -> str:
        return self.entry.date[:4]

    @property
    def sort_key(self) -> tuple[str, ...]:
        date = self.entry.date
        return (dates.last_day(date), str(len(date)), self.recommendation.id, self.entry.actor)


def log(corpus: Corpus, until: str, since: str = "") -> list[Change]:
    """Every dated judgement after ``since`` and up to ``until``, the newest first."""
    statuses = corpus.config.vocabulary.status
    found = []
    for recommendation in corpus.recommendations.values():
        last: dict[tuple[str, str], str] = {}
        for entry in sorted(
            recommendation.assessments, key=lambda e: (dates.last_day(e.date), e.actor, e.by)
        ):
            day = dates.last_day(entry.date)
            if day > until:
                break
            before = last.get((entry.actor, entry.by))
            if day > since:
                found.append(
                    Change(recommendation, entry, before, direction(statuses, before, entry.status))
                )
            if entry.status:
                last[entry.actor, entry.by] = entry.status
    return sorted(found, key=lambda c: c.sort_key, reverse=True)


def direction(statuses: dict[str, Status], before: str | None, after: str | None) -> str:
    """Where a status went: new, up, down, same (level), or reply (a reply without a status)."""
    if after is None:
        return "reply"
    if before is None:
        return "new"
    old, new = (statuses[s].score or 0 if s in statuses else 0 for s in (before, after))
    if new == old:
        return "same" if before == after else ("down" if after in ("stalled", "reversed") else "same")
    return "up" if new > old else "down"
