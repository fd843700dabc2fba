"""5xx: does a change keep what was published?

These rules compare two states of the tracker, so they run only in `tracker check --since`:
what was published is the state from which the change began.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from tracker.findings import Severity
from tracker.meaning import ALTERED, REMOVED, Edit, assessment_edits
from tracker.model import is_pending
from tracker.rules import history_rule
from tracker.suggest import listed

# What may be added to evidence after the fact: it says nothing else than before.
_MENDED = ("archived", "accessed")


class Published(NamedTuple):
    """The corpus that was published, the one that is checked, and the records (by collection and id)
    that new ids stood for before they were removed."""

    before: Any
    after: Any
    retired: Mapping[str, Mapping[str, Any]]

    def versions(self) -> Iterator[tuple]:
        """Each recommendation that was published and can be read now: (before, after)."""
        for name, record in self.before.recommendations.items():
            now = self.after.find("recommendations", name)
            if now is None or now.path in self.after.misread or record.path in self.before.misread:
                continue
            yield record, now

    def same_actor(self, name: str) -> str:
        return self.after.aliases["actors"].get(name, name)

    def log_edits(self, before, after) -> list[Edit]:
        return assessment_edits(before.assessments, after.assessments, self.same_actor)


@history_rule("T501", "assessment-altered", Severity.ERROR)
def assessment_altered(published) -> Iterator[tuple]:
    """A published assessment was altered.

    The log is append-only: readers may have quoted the entry, and whoever assessed signed it
    as it was. Archived copies and dates of reading may be added to its evidence.

    **Instead:** put the entry back as it was, and add a later one with
    `corrects: <date of the first>`.
    """
    for before, after in published.versions():
        for edit in published.log_edits(before, after):
            if edit.what == ALTERED and (keys := _altered(edit)):
                yield published.after.placed(after, assessment_altered.problem(
                    ("assessments", edit.index),
                    f"the published assessment {edit.entry} was altered ({listed(keys)})",
                    "Put it back as it was, and add an entry with its own date and "
                    f"corrects: {edit.after['date']}.",
                ))


@history_rule("T502", "assessment-removed", Severity.ERROR)
def assessment_removed(published) -> Iterator[tuple]:
    """A published assessment was removed.

    What was published stays, mistakes included: a page that silently loses a verdict can't
    be trusted. An entry whose actor, assessor or date was changed counts as removed.

    **Instead:** put the entry back, and add a later one with `corrects: <date of the first>`.
    """
    for before, after in published.versions():
        for edit in published.log_edits(before, after):
            if edit.what == REMOVED:
                was = before.assessments[edit.index]
                if is_pending(was):
                    yield was.path, assessment_removed.problem(
                        (), f"the published assessment {edit.entry} is gone from the inbox, and was not collected",
                        "Put the file back (tracker collect folds it into its record). Where it was wrong, add "
                        f"an entry with its own date and corrects: {edit.before['date']}.",
                    )
                    continue
                yield after.path, assessment_removed.problem(
                    ("assessments",), f"the published assessment {edit.entry} is gone",
                    "Put it back. Where it was wrong, add an entry with its own date and "
                    f"corrects: {edit.before['date']}.", on_key=True,
                )


@history_rule("T503", "published-deadline-changed", Severity.ERROR)
def deadline_changed(published) -> Iterator[tuple]:
    """A published deadline, or a published move of it, was overwritten.

    The first date and every move with its reason are what shows how often a promise
    slipped.

    **Wrong:** `deadline: 2017-12-31` where 2015-12-31 was published

    **Right:**

        deadline: 2015-12-31
        deadline_changes:
          - {from: 2015-12-31, to: 2017-12-31, on: 2015-11-02, reason: no budget}
    """
    for before, after in published.versions():
        if before.deadline and after.deadline != before.deadline:
            yield after.path, deadline_changed.problem(
                ("deadline",) if after.deadline else (),
                f"the published deadline {before.deadline} "
                + (f"was overwritten with {after.deadline}" if after.deadline else "is gone"),
                f"Write deadline: {before.deadline}, and put the move under deadline_changes.",
            )
        for change in before.deadline_changes:
            if change not in after.deadline_changes:
                yield after.path, deadline_changed.problem(
                    ("deadline_changes",),
                    f"the published move of the deadline from {change.from_} to {change.to} "
                    "was altered or removed",
                    "Put it back as it was, and add the next move after it.", on_key=True,
                )


@history_rule("T504", "record-removed", Severity.ERROR)
def record_removed(published) -> Iterator[tuple]:
    """A published record, or its former id, is gone without a trace.

    Its address was cited and other sites link to it. An id that a record had before stays
    in `aliases`, so that the old address leads to the new one.

    **Instead:** put the file back; or, where it was renamed or merged into another, add its
    old id to the other's `aliases`.
    """
    for collection, records in published.before.collections.items():
        known = published.after.ids.get(collection)
        if known is None:
            continue
        aliases = published.after.aliases[collection]
        for name, record in records.items():
            if name not in known and name not in aliases:
                yield record.path, record_removed.problem(
                    (), f"the published record “{name}” is gone",
                    f"Put the file back, or add {name} to the aliases of the record that takes its place.",
                )
        for alias, name in published.before.aliases[collection].items():
            now = published.after.find(collection, name)
            if alias not in known and alias not in aliases and now is not None and (
                now.path not in published.after.misread
            ):
                yield now.path, record_removed.problem(
                    ("aliases",) if now.aliases else (),
                    f"the former id “{alias}” does not lead here any more",
                    f"Add {alias} to aliases again.", on_key=True,
                )


@history_rule("T505", "id-used-again", Severity.ERROR)
def id_used_again(published) -> Iterator[tuple]:
    """An id that belonged to one record now stands for another.

    Whoever cited the id meant the first record, and would now find something else.

    **Instead:** give the new record an id that was never used.
    """
    for collection, records in published.after.collections.items():
        before = published.before.collections.get(collection, {})
        former = published.before.aliases.get(collection, {})
        for name, record in records.items():
            said = ""
            if name in former:
                said = f"is a former id of “{former[name]}”"
            else:
                old = before.get(name) or published.retired.get(collection, {}).get(name)
                if old is not None and _another(old, record):
                    said = f"belonged to “{old.title}”"
            if said:
                yield record.path, id_used_again.problem(
                    (), f"the id “{name}” {said}", "Give the new record an id that was never used."
                )


def _altered(edit: Edit) -> list[str]:
    """The keys in which an entry differs, archived copies and dates of reading left aside."""
    old, new = edit.before, edit.after
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    if "evidence" in keys and _only_mended(old.get("evidence", []), new.get("evidence", [])):
        keys.remove("evidence")
    return keys


def _only_mended(old: list[dict], new: list[dict]) -> bool:
    return len(old) == len(new) and all(
        {k: v for k, v in now.items() if k in was or k not in _MENDED} == was
        for was, now in zip(old, new, strict=True)
    )


def _another(before, after) -> bool:
    """Whether an id stands for another ask: another document, another place, another title."""
    if not hasattr(before, "source") or not hasattr(before, "locator"):
        return False
    return before.source != after.source and before.title != after.title and before.locator != after.locator
