"""How the counts came to be what they are: the state at the end of each year, and now.

The figures are those of `progress` on each of these days; here they are summed up from
what changed between them, because counting everything anew for every year would take as
many times as long. A status is told by its group: done, some progress, none, not assessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from tracker import dates
from tracker.model import Recommendation
from tracker.progress import Progress
from tracker.vocabulary import NOT_ASSESSED, Status

GROUPS = ("done", "progress", "none", "unknown")
DIMENSIONS = ("source", "actor", "theme")


def group(key: str, status: Status) -> str:
    """done, progress, none (looked for and nothing found, or undone) or unknown (not assessed)."""
    if key == NOT_ASSESSED:
        return "unknown"
    return "done" if status.done else "progress" if status.score else "none"


class Point(msgspec.Struct, gc=False):
    """The pairs on a day (YYYY-MM-DD), by group; their sum is the denominator."""

    day: str
    groups: dict[str, int]

    @property
    def pairs(self) -> int:
        return sum(self.groups.values())

    @property
    def assessed(self) -> int:
        return self.pairs - self.groups["unknown"]


class Course:
    """The points of every document, actor and theme, and of all together."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.days = _days(progress)
        self._deltas: dict[tuple[str, str], dict[str, list[int]]] = defaultdict(
            lambda: {name: [0] * (len(self.days) + 1) for name in GROUPS}
        )
        asked = self._asked()
        for name in progress.pairs:
            record = progress.corpus.recommendations[name]
            if record.is_repetition or name not in progress.asked:
                continue
            self._follow(record, asked.get(record.source, 0))

    def keys(self, dimension: str) -> list[str]:
        """The documents, actors or themes that there are points of, in no order."""
        return [key for kind, key in self._deltas if kind == dimension]

    def of(self, dimension: str = "", key: str = "") -> list[Point]:
        """The points of one of them, or of all together, from the first on which anything was asked."""
        deltas = self._deltas.get((dimension, key))
        if deltas is None:
            return []
        sums = dict.fromkeys(GROUPS, 0)
        found = []
        for place, day in enumerate(self.days):
            sums = {name: sums[name] + deltas[name][place] for name in GROUPS}
            if any(sums.values()):
                found.append(Point(day, sums))
        return found

    def _asked(self) -> dict[str, int]:
        """The place of the first day on which a document had been written."""
        return {
            source.id: bisect_left(self.days, dates.first_day(source.date))
            for source in self.progress.corpus.sources.values()
            if source.date and dates.problem(source.date) is None
        }

    def _follow(self, record: Recommendation, start: int) -> None:
        moments = {start}
        for entry in record.assessments:
            moments.add(max(start, bisect_left(self.days, dates.last_day(entry.date))))
        before: list[tuple[str, str]] = []
        for place in sorted(m for m in moments if m < len(self.days)):
            now = list(self._states(record, self.days[place]))
            self._add(record, [state for state in before if state not in now], place, -1)
            self._add(record, [state for state in now if state not in before], place, 1)
            before = now

    def _states(self, record: Recommendation, day: str) -> Iterator[tuple[str, str]]:
        """(actor, group) of every pair that is counted on a day."""
        for pair in self.progress.pairs_on(record, day):
            status = self.progress.statuses[pair.status]
            if status.counted:
                yield pair.actor, group(pair.status, status)

    def _add(self, record: Recommendation, states: list[tuple[str, str]], place: int, sign: int) -> None:
        for actor, name in states:
            keys = [("", ""), ("source", record.source), ("actor", actor)]
            for key in [*keys, *(("theme", theme) for theme in record.themes)]:
                self._deltas[key][name][place] += sign


def _days(progress: Progress) -> list[str]:
    """The last day of each year since the first document, and the day itself."""
    written = [
        dates.first_day(s.date) for s in progress.corpus.sources.values()
        if s.date and dates.problem(s.date) is None and dates.first_day(s.date) <= progress.as_of
    ]  # fmt: skip
    first = int(min(written, default=progress.as_of)[:4])
    ends = [f"{year:04d}-12-31" for year in range(first, int(progress.as_of[:4]))]
    return [*ends, progress.as_of]
