"""Two states of a tracker compared: what moved, and why the counts are other ones now.

A state is a `Progress`: one corpus as of a day. The two may be two days of one corpus or
two corpora (two commits). Nothing here asks for a date or for git. The counts are those
of the tables: every step from the one to the other is named, and the steps add up.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator

import msgspec

from tracker import dates, freshness
from tracker.changes import direction
from tracker.corpus import Corpus
from tracker.i18n import N_
from tracker.model import Assessment, Recommendation
from tracker.progress import Pair, Progress
from tracker.vocabulary import NO_RESPONSE, Status

# Every kind of change in the order in which it is told, with the words for it.
KINDS = {
    "closed": N_("closed"),
    "up": N_("moved up"),
    "down": N_("moved down"),
    "reopened": N_("reopened"),
    "assessed": N_("newly assessed"),
    "unassessed": N_("no longer assessed"),
    "level": N_("changed at the same level"),
    "contested": N_("newly contested"),
    "settled": N_("no longer contested"),
    "replied": N_("replied"),
    "silent": N_("newly silent"),
    "slipped": N_("deadline slipped"),
    "deadline": N_("deadline set, brought forward or taken away"),
    "added": N_("added"),
    "withdrawn": N_("withdrawn"),
    "renamed": N_("renamed"),
}
# What those of them mean that do not say it by themselves.
MEANINGS = {
    "silent": N_("the last judgement became older than the review period, and it is still open"),
    "slipped": N_("the deadline that holds is a later one"),
    "closed": N_("nothing more is expected: done, given up, or overtaken by events"),
    "replied": N_("the addressee's reply is another one, or the first"),
    "added": N_("a recommendation, or an addressee of one, that was not there before"),
    "withdrawn": N_("a recommendation, or an addressee of one, that is not there any more"),
}
_REPEATS = {
    True: N_("no longer a repetition of another"), False: N_("now a repetition of another, counted there"),
}  # fmt: skip
_FIGURES = {
    "recommendations": N_("Recommendations (a repetition inside one document counts once)"),
    "pairs": N_("Asked of actors (the denominator)"),
    "assessed": N_("Assessed"),
    "done": N_("Done"),
}


class Move(msgspec.Struct, gc=False):
    """What became of one recommendation and one actor (empty: of the recommendation itself).

    ``recommendation`` and ``actor`` are present ids, or the last ones that they had. ``before``
    and ``after`` are status keys, None where there was or is no such pair; ``date`` and ``by`` are
    those of the entry that made the change, or of the judgement that counts now. ``deadlines`` are the one that held and the one that
    holds, where it moved, ``reason`` is the one given for that, and ``note`` says more. All texts
    are as they were written.
    """

    recommendation: str
    title: str
    actor: str
    kinds: list[str]
    before: str | None = None
    after: str | None = None
    date: str = ""
    by: str = ""
    note: str = ""
    deadlines: tuple[str | None, str | None] = (None, None)
    reason: str = ""


class Step(msgspec.Struct, gc=False):
    """Why a figure is another: ``count`` (with its sign) for one reason."""

    reason: str
    count: int


class Figure(msgspec.Struct, gc=False):
    """A figure of both states: ``before`` and the steps make ``after``."""

    key: str
    label: str
    before: int
    after: int
    steps: list[Step]


class _State(msgspec.Struct, gc=False):
    """One pair in one state. ``why`` it is not counted: absent, repetition or left-out; else empty."""

    pair: Pair | None
    why: str
    whole: str = ""  # for an absent pair: “recommendation” where the whole record is absent

    def is_in(self, figure: str, statuses: dict[str, Status]) -> bool:
        if self.why:
            return False
        if figure == "assessed":
            return self.pair.assessed
        return figure != "done" or statuses[self.pair.status].done


class Comparison:
    """``before`` and ``after`` compared, under the ids of ``after``."""

    def __init__(self, before: Progress, after: Progress) -> None:
        self.before, self.after = before, after
        self._ids = _present_ids(before.corpus, after.corpus)
        self._actors = after.corpus.aliases["actors"]
        self._old = dict(self._states(before, self._ids.get, self._actor))
        self._new = dict(self._states(after, lambda name: name, lambda name: name))
        self._old_records = {
            present: before.corpus.recommendations[name]
            for name, present in self._ids.items() if name in before.asked
        }  # fmt: skip
        self._new_records = {
            name: record for name, record in after.corpus.recommendations.items() if name in after.asked
        }

    @functools.cached_property
    def moves(self) -> list[Move]:
        """Everything that changed, in the order of the sources; what was withdrawn comes last."""
        found = []
        for name, record in self._new_records.items():
            old = self._old_records.get(name)
            if old is None:
                found.append(Move(name, record.title, "", ["added"]))
                continue
            found += self._of_record(old, record)
            pairs = self._keys_by_record.get(name, [])
            found += filter(None, (self._of_pair(record, key) for key in pairs))
        gone = [name for name in self._old_records if name not in self._new_records]
        found += [Move(name, self._old_records[name].title, "", ["withdrawn"]) for name in gone]
        return found

    @functools.cached_property
    def counts(self) -> dict[str, int]:
        """How many moves there are of each kind; one move may be of several."""
        return {kind: len(moves) for kind, moves in self.grouped()}

    @functools.cached_property
    def figures(self) -> list[Figure]:
        """The figures of both states, reconciled."""
        return [self._recommendations(), *(self._figure(key) for key in ("pairs", "assessed", "done"))]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.moves) or any(f.steps for f in self.figures)

    def grouped(self) -> list[tuple[str, list[Move]]]:
        """(kind, moves): each move below every kind that it is of, so that lists are as long as `counts` says."""
        found: dict[str, list[Move]] = {kind: [] for kind in KINDS}
        for move in self.moves:
            for kind in move.kinds:
                found[kind].append(move)
        return [(kind, moves) for kind, moves in found.items() if moves]

    @property
    def unchanged(self) -> int:
        """Pairs that are there in both states and did not change in any way."""
        changed = sum(1 for m in self.moves if m.actor and m.before and m.after)
        return len(self._old.keys() & self._new.keys()) - changed

    # Moves

    @functools.cached_property
    def _keys_by_record(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list] = {}
        for key in {**self._new, **self._old}:
            found.setdefault(key[0], []).append(key)
        return found

    def _of_record(self, old: Recommendation, new: Recommendation) -> Iterator[Move]:
        if old.id != new.id:
            yield Move(new.id, new.title, "", ["renamed"], note=f"it was {old.id}")
        was, now = (freshness.due(r, p.as_of) for r, p in ((old, self.before), (new, self.after)))
        if was == now:
            return
        later = was and now and dates.last_day(now) > dates.last_day(was)
        said = f"{was or 'no deadline'} → {now or 'no deadline'}"
        reason = next((c.reason for c in reversed(new.deadline_changes) if c.to == now and c.reason), "")
        yield Move(
            new.id, new.title, "", ["slipped" if later else "deadline"],
            note=f"{said} ({reason})" if reason else said, deadlines=(was, now), reason=reason,
        )  # fmt: skip

    def _of_pair(self, record: Recommendation, key: tuple[str, str]) -> Move | None:
        old, new = self._old.get(key), self._new.get(key)
        move = Move(record.id, record.title, key[1], [])
        move.before = old.pair.status if old else None
        move.after = new.pair.status if new else None
        if new and new.pair.latest:
            move.date, move.by = new.pair.latest.date, new.pair.latest.by
        if old is None or new is None:
            only, kind = (new, "added") if old is None else (old, "withdrawn")
            # A member of an addressed group is a pair only from its first assessment on.
            if only.pair.group:
                kind = "assessed" if old is None else "unassessed"
            move.kinds = [kind]
            return move
        move.kinds = list(self._kinds(old.pair, new.pair))
        if move.before == move.after and (entry := self._made_by(record, move)) is not None:
            move.date, move.by = entry.date, entry.by
        if "contested" in move.kinds:
            move.note = "; ".join(f"{v.by}: {v.status}" for v in new.pair.verdicts)
        return move if move.kinds else None

    def _made_by(self, record: Recommendation, move: Move) -> Assessment | None:
        """The entry of a dissenting verdict or a reply, where the status itself did not move."""
        entries: list[Assessment] = []
        if "contested" in move.kinds:
            entries = self._new[record.id, move.actor].pair.verdicts
        elif "replied" in move.kinds:
            entries = [e for e in record.assessments if e.actor == move.actor and e.response]
        known = [e for e in entries if dates.last_day(e.date) <= self.after.as_of]
        return max(known, key=lambda e: dates.last_day(e.date), default=None)

    def _kinds(self, old: Pair, new: Pair) -> Iterator[str]:
        statuses = self.after.statuses
        if old.assessed != new.assessed:
            yield "assessed" if new.assessed else "unassessed"
        elif old.status != new.status:
            went = direction(statuses, old.status, new.status)
            yield went if went in ("up", "down") else "level"
        was_open, is_open = self._open(self.before, old), self._open(self.after, new)
        if was_open != is_open:
            yield "reopened" if is_open else "closed"
        if old.contested != new.contested:
            yield "contested" if new.contested else "settled"
        if new.response not in (NO_RESPONSE, old.response):
            yield "replied"
        if freshness.overdue(new, self.after) and not freshness.overdue(old, self.before) and old.assessed:
            yield "silent"

    @staticmethod
    def _open(progress: Progress, pair: Pair) -> bool:
        return progress.statuses[pair.status].open

    # Figures

    def _figure(self, figure: str) -> Figure:
        steps: Counter[str] = Counter()
        before = after = 0
        absent = _State(None, "absent")
        for key in {**self._old, **self._new}:
            old, new = self._old.get(key, absent), self._new.get(key, absent)
            was = old.is_in(figure, self.before.statuses)
            now = new.is_in(figure, self.after.statuses)
            before, after = before + was, after + now
            if was != now:
                steps[self._reason(figure, key[0], old, new, came=now)] += 1 if now else -1
        # Two old pairs that became one are a step of their own.
        lost = sum(1 for s in self._merged if s.is_in(figure, self.before.statuses))
        if lost:
            steps[N_("became one with another pair")] -= lost
            before += lost
        return Figure(figure, _FIGURES[figure], before, after, _told(steps))

    def _reason(self, figure: str, name: str, old: _State, new: _State, *, came: bool) -> str:
        here, there = (new, old) if came else (old, new)
        if there.why == "absent":
            if name not in (self._old_records if came else self._new_records):
                return N_("recommendations added") if came else N_("recommendations withdrawn")
            if here.pair.group:
                return N_("members of groups assessed") if came else N_("members of groups no longer assessed")
            return N_("addressees added") if came else N_("addressees taken away")
        if there.why == "repetition":
            return _REPEATS[came]
        if there.why == "left-out":
            return N_("no longer overtaken by events") if came else N_("overtaken by events and left out")
        if figure == "assessed":
            return N_("newly assessed") if came else N_("no longer assessed")
        return N_("newly done") if came else N_("no longer done")

    def _recommendations(self) -> Figure:
        old = {key[0] for key, s in self._old.items() if s.why != "repetition"}
        new = {key[0] for key, s in self._new.items() if s.why != "repetition"}
        steps: Counter[str] = Counter()
        for name in old ^ new:
            came = name in new
            there = self._old_records if came else self._new_records
            if name not in there:
                reason = N_("added") if came else N_("withdrawn")
            elif there[name].is_repetition:
                reason = _REPEATS[came]
            else:
                reason = N_("somebody is asked now") if came else N_("nobody is asked any more")
            steps[reason] += 1 if came else -1
        return Figure("recommendations", _FIGURES["recommendations"], len(old), len(new), _told(steps))

    # States

    def _actor(self, name: str) -> str:
        """An actor's present id, where its page names the old one as an alias."""
        return self._actors.get(name, name)

    def _states(
        self, progress: Progress, record_id: Callable, actor_id: Callable
    ) -> Iterator[tuple[tuple[str, str], _State]]:
        seen = set()
        merged = []
        for name, pairs in progress.pairs.items():
            if name not in progress.asked:
                continue
            repeated = progress.corpus.recommendations[name].is_repetition
            for pair in pairs:
                counted = progress.statuses[pair.status].counted
                state = _State(pair, "repetition" if repeated else "" if counted else "left-out")
                key = (record_id(name), actor_id(pair.actor))
                if key in seen:
                    merged.append(state)
                    continue
                seen.add(key)
                yield key, state
        if progress is self.before:
            self._merged = merged


def _present_ids(before: Corpus, after: Corpus) -> dict[str, str]:
    """The present id of each old recommendation; its old one where it is gone or became part of another."""
    old, new = before.recommendations, after.recommendations
    taken = {name for name in old if name in new}
    found = {}
    for name in old:
        present = name if name in new else after.aliases["recommendations"].get(name, name)
        if present != name:
            if present in taken:
                present = name
            taken.add(present)
        found[name] = present
    return found


def _told(steps: Counter[str]) -> list[Step]:
    """Steps that count: what was added first, each in the order of its size."""
    found = [Step(reason, count) for reason, count in steps.items() if count]
    return sorted(found, key=lambda s: (s.count < 0, -abs(s.count), s.reason))
