"""How old the judgements are, what is overdue, what slipped, and who never replied.

Pure functions over a `Progress`, which has its day. A review is due when a judgement is
older than the tracker's review period; only what is still open is asked about again.
"""

from __future__ import annotations

import calendar
import datetime
import functools
from collections.abc import Iterator

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.model import Recommendation
from tracker.progress import Pair, Progress
from tracker.tables import Column, Table


class Age(msgspec.Struct, gc=False):
    """A pair that was assessed: ``days`` since then, and the day on which a review was due."""

    pair: Pair
    date: str
    days: int
    due: str
    overdue: bool


class Passed(msgspec.Struct, gc=False):
    """A pair that is open ``days`` after its deadline; ``slips`` is how often that was moved."""

    pair: Pair
    deadline: str
    days: int
    slips: int


class Slip(msgspec.Struct, gc=False):
    """One move of a deadline; ``days`` is negative where it was brought forward."""

    recommendation: Recommendation
    before: str
    after: str
    days: int
    announced: str
    reason: str


class Silent(msgspec.Struct, gc=False):
    """An actor without a reply to any of its ``asked`` pairs. ``since`` is the date of the first
    document that asked it, ``days`` how long that is ago; None where no document has a date.
    ``group``: it is a group, which seldom answers as one."""

    actor: str
    group: bool
    asked: int
    assessed: int
    since: str | None
    days: int | None


@functools.lru_cache(maxsize=4096)  # thousands of judgements share a few days
def review_due(date: str, months: int) -> str:
    """The day (YYYY-MM-DD) on which a judgement of ``date`` is to be looked at again."""
    last = datetime.date.fromisoformat(dates.last_day(date))
    year, month = divmod(last.year * 12 + last.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return "9999-12-31"
    return f"{year:04d}-{month + 1:02d}-{min(last.day, calendar.monthrange(year, month + 1)[1]):02d}"


def due(record: Recommendation, as_of: str) -> str | None:
    """The deadline that held on a day: moves that were announced later are left out."""
    held = record.deadline
    for change in record.deadline_changes:
        if dates.last_day(change.on) <= as_of:
            held = change.to
    return held


def overdue(pair: Pair, progress: Progress) -> bool:
    """Whether an open pair was last assessed longer ago than the review period."""
    latest = pair.latest
    if latest is None or not progress.statuses[pair.status].open:
        return False
    return review_due(latest.date, progress.corpus.config.review_months) < progress.as_of


def ages(progress: Progress) -> list[Age]:
    """Every counted pair that was assessed, the oldest judgement first."""
    months = progress.corpus.config.review_months
    found = [
        Age(
            pair, pair.latest.date, dates.days_between(pair.latest.date, progress.as_of),
            review_due(pair.latest.date, months), overdue(pair, progress),
        )
        for pair in progress.counted() if pair.latest is not None
    ]  # fmt: skip
    return sorted(found, key=lambda a: (-a.days, a.pair.recommendation.id, a.pair.actor))


def overdue_reviews(progress: Progress) -> list[Age]:
    """Those of them whose review is overdue."""
    return [age for age in ages(progress) if age.overdue]


def passed_deadlines(progress: Progress) -> list[Passed]:
    """Every counted pair that is open after its deadline, the longest first."""
    found = []
    for pair in progress.counted():
        record = pair.recommendation
        deadline = due(record, progress.as_of)
        if deadline and progress.statuses[pair.status].open and dates.last_day(deadline) < progress.as_of:
            slips = sum(dates.last_day(c.on) <= progress.as_of for c in record.deadline_changes)
            found.append(Passed(pair, deadline, dates.days_between(deadline, progress.as_of), slips))
    return sorted(found, key=lambda p: (-p.days, p.pair.recommendation.id, p.pair.actor))


def slips(corpus: Corpus, as_of: str) -> list[Slip]:
    """Every move of a deadline that was announced by a day, the latest first."""
    found = [
        Slip(
            record, change.from_, change.to, dates.days_between(change.from_, change.to),
            change.on, change.reason,
        )
        for record in corpus.recommendations.values()
        for change in record.deadline_changes if dates.last_day(change.on) <= as_of
    ]  # fmt: skip
    found.sort(key=lambda s: s.recommendation.id)
    return sorted(found, key=lambda s: dates.last_day(s.announced), reverse=True)


def silent_actors(progress: Progress) -> list[Silent]:
    """Every actor that was asked and of whom no reply is on record, the most asked first."""
    pairs: dict[str, list[Pair]] = {}
    for pair in progress.counted():
        pairs.setdefault(pair.actor, []).append(pair)
    found = []
    for actor, known in pairs.items():
        asked = list(filter(progress.in_figures, known))
        if not asked or any(pair.replied for pair in known):  # who replied to what is left out was not silent
            continue
        since = min(_asked(progress.corpus, asked), key=dates.last_day, default=None)
        days = dates.days_between(since, progress.as_of) if since else None
        group = getattr(progress.corpus.find("actors", actor), "type", None) == "group"
        found.append(Silent(actor, group, len(asked), sum(p.assessed for p in asked), since, days))
    return sorted(found, key=lambda s: (-s.asked, s.actor))


# As tables


def tables(progress: Progress) -> dict[str, Table]:
    """The four tables by name: review, deadline, slips and silent."""
    return {
        "review": review_table(progress), "deadline": deadline_table(progress),
        "slips": slip_table(progress), "silent": silent_table(progress),
    }  # fmt: skip


def review_table(progress: Progress) -> Table:
    months = progress.corpus.config.review_months
    return Table(
        "Due for review",
        f"As of {progress.as_of}. Open, and last assessed more than {months} months before.",
        [*_PAIR, Column("status", "Status"), Column("assessed", "Last assessed"), Column("by", "By"),
         Column("days", "Days since", True), Column("due", "Review was due")],
        [
            [*_pair(progress, a.pair), _status(progress, a.pair), a.date, a.pair.latest.by, a.days, a.due]
            for a in overdue_reviews(progress)
        ],
    )  # fmt: skip


def deadline_table(progress: Progress) -> Table:
    return Table(
        "Open after the deadline",
        f"As of {progress.as_of}. Not assessed means that nobody has looked, not that it was not done.",
        [*_PAIR, Column("status", "Status"), Column("deadline", "Deadline"),
         Column("days", "Days over", True), Column("slips", "Moved", True)],
        [
            [*_pair(progress, p.pair), _status(progress, p.pair), p.deadline, p.days, p.slips]
            for p in passed_deadlines(progress)
        ],
    )  # fmt: skip


def slip_table(progress: Progress) -> Table:
    return Table(
        "Deadlines that were moved",
        f"As of {progress.as_of}. Every move, with the reason that was given.",
        [Column("recommendation", "Id"), Column("title", "Recommendation"), Column("from", "From"),
         Column("to", "To"), Column("days", "Days", True), Column("on", "Announced"),
         Column("reason", "Reason")],
        [
            [s.recommendation.id, s.recommendation.title, s.before, s.after, s.days, s.announced,
             s.reason or "none given"]
            for s in slips(progress.corpus, progress.as_of)
        ],
    )  # fmt: skip


def silent_table(progress: Progress) -> Table:
    corpus = progress.corpus
    return Table(
        "Never replied",
        f"As of {progress.as_of}. Asked at least once, and no reply on record; that nothing is "
        "on record does not mean that nothing was said.",
        [Column("actor", "Id"), Column("name", "Actor"), Column("group", "Group"),
         Column("asked", "Asked", True), Column("assessed", "Assessed", True),
         Column("since", "First asked"), Column("days", "Days since", True)],
        [
            [s.actor, corpus.title("actors", s.actor), "yes" if s.group else "no", s.asked, s.assessed,
             s.since, s.days]
            for s in silent_actors(progress)
        ],
    )  # fmt: skip


_PAIR = [Column("recommendation", "Id"), Column("title", "Recommendation"), Column("actor", "Actor")]


def _pair(progress: Progress, pair: Pair) -> list[str]:
    return [pair.recommendation.id, pair.recommendation.title, progress.corpus.short("actors", pair.actor)]


def _status(progress: Progress, pair: Pair) -> str:
    return progress.corpus.config.label("status", pair.status)


def _asked(corpus: Corpus, pairs: list[Pair]) -> Iterator[str]:
    for pair in pairs:
        date = getattr(corpus.find("sources", pair.recommendation.source), "date", None)
        if date and dates.problem(date) is None:
            yield date
