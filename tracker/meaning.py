"""What differs in meaning between two versions of a record.

Spacing, line ends, quotes and the order of keys mean nothing and are not told. Entries
of the assessment log are known by actor, assessor and date: one that has the same three
and says something else was altered; a date that was changed is a removal and an addition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from tracker.model import Assessment, Record, plain, settled
from tracker.safety import visible

ADDED, ALTERED, REMOVED = "added", "altered", "removed"
_SAID = ("status", "response", "result")
_APART = {"id", "path", "body", "assessments"}


class Edit(msgspec.Struct, frozen=True):
    """One difference.

    ``field`` is a key of the front matter, or “text” for the body. ``entry`` names an entry
    of the assessment log (“au 2015 by watch”), else it is empty. ``before`` and ``after`` are
    plain values; None where there was or is none. ``index`` is the entry's place in the later
    version (in the earlier one for what was removed).
    """

    what: str
    field: str
    entry: str = ""
    before: Any = None
    after: Any = None
    index: int = -1

    def words(self) -> str:
        """The difference in a few words, without line breaks or control characters."""
        if self.entry:
            return clean(f"assessment {self.what}: {self.entry}{self._said()}")
        if isinstance(self.before, list) or isinstance(self.after, list):
            return clean(f"{self.field}: {_items(self.before or [], self.after or [])}")
        if self.field == "text":
            return f"text {self.what}"
        if self.what == ALTERED:
            return clean(f"{self.field}: {_short(self.before)} → {_short(self.after)}")
        return clean(f"{self.field} {self.what}: {_short(self.after if self.what == ADDED else self.before)}")

    def _said(self) -> str:
        if self.what == ALTERED:
            keys = [k for k in {**self.before, **self.after} if self.before.get(k) != self.after.get(k)]
            parts = [
                f"{k}: {_short(self.before.get(k))} → {_short(self.after.get(k))}" if k in _SAID else k
                for k in keys
            ]
            return f" ({'; '.join(parts)})"
        said = self.after if self.what == ADDED else self.before
        told = [said[key] for key in ("status", "response") if said.get(key)]
        return f" ({', '.join(told)})" if told else ""


def edits(
    before: Record, after: Record, same_actor: Callable[[str], str] = lambda name: name
) -> list[Edit]:
    """Every difference between two versions of a record, in the order of its fields.

    ``same_actor`` gives an actor's present id for a former one: a rename alters nothing.
    """
    found = list(_fields(before, after))
    if hasattr(before, "assessments") and hasattr(after, "assessments"):
        found += assessment_edits(before.assessments, after.assessments, same_actor)
    if before.body != after.body:
        what = ALTERED if before.body and after.body else (ADDED if after.body else REMOVED)
        found.append(Edit(what, "text", before=before.body or None, after=after.body or None))
    return found


def assessment_edits(
    before: list[Assessment], after: list[Assessment], same_actor: Callable[[str], str] = lambda name: name
) -> list[Edit]:
    """What was added to, altered in and removed from a log, in the order of the later version."""
    if before == after:
        return []
    # An entry says the same in the inbox and in the record's log: collecting it alters nothing.
    before, after = list(map(settled, before)), list(map(settled, after))
    left: dict[tuple, list[tuple[int, Assessment]]] = {}
    for index, entry in enumerate(before):
        left.setdefault(_key(entry, same_actor), []).append((index, entry))
    found = []
    for index, entry in enumerate(after):
        same = left.get(_key(entry, same_actor))
        if not same:
            found.append(Edit(ADDED, "assessments", named(entry), None, plain(entry), index))
            continue
        # Of several entries with one key, equal ones belong together.
        at = next((n for n, (_, old) in enumerate(same) if told_alike(old, entry, same_actor)), 0)
        _, old = same.pop(at)
        if not told_alike(old, entry, same_actor):
            found.append(Edit(ALTERED, "assessments", named(entry), plain(old), plain(entry), index))
    for entries in left.values():
        found += [Edit(REMOVED, "assessments", named(e), plain(e), None, index) for index, e in entries]
    return found


def told_alike(one: Assessment, other: Assessment, same_actor: Callable[[str], str]) -> bool:
    """Whether two versions of an entry say the same, in the inbox or in the record's log."""
    if one == other:
        return True
    names = {"actor": same_actor(one.actor), "by": same_actor(one.by)}
    if names != {"actor": same_actor(other.actor), "by": same_actor(other.by)}:
        return False
    return plain(one) | names == plain(other) | names


def clean(text: str) -> str:
    """One line of text for people: it can't break a line or steer a terminal."""
    return " ".join(visible(text).split())


def named(entry: Assessment) -> str:
    """An entry of the log by its actor, date and assessor."""
    return f"{entry.actor} {entry.date} by {entry.by}"


def _key(entry: Assessment, same_actor: Callable[[str], str]) -> tuple:
    return same_actor(entry.actor), entry.date, same_actor(entry.by), entry.corrects


def _fields(before: Record, after: Record) -> Iterator[Edit]:
    kind = type(after)
    for name, key in zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True):
        if name in _APART:
            continue
        old, new = getattr(before, name, None), getattr(after, name)
        if old == new:
            continue
        old, new = _value(old), _value(new)
        if old != new:
            what = ADDED if old is None else REMOVED if new is None else ALTERED
            yield Edit(what, key, before=old, after=new)


def _value(value: Any) -> Any:
    made = plain(value)
    return None if made in ("", [], 0) else made


def _items(before: list, after: list) -> str:
    gone = [_short(item) for item in before if item not in after]
    come = [_short(item) for item in after if item not in before]
    parts = ([f"added {', '.join(come)}"] if come else []) + ([f"removed {', '.join(gone)}"] if gone else [])
    return "; ".join(parts) or "in another order"


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        value = " ".join(str(v) for v in value.values() if not isinstance(v, (list, dict)))
    text = " ".join(str(value).split())
    return f"“{text[:79]}…”" if len(text) > 80 else f"“{text}”"
