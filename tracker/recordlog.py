"""One recommendation's two histories: what was so, when; and which commit said so, when, by whom.

The two kinds of date are kept apart. The first is the world's, from the record; the second
is the repository's. Where the repository can't say, the record says so instead of a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from tracker import dates, recorded
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.escape import escaped
from tracker.excerpt import Excerpt
from tracker.gitrepo import SHALLOW, Repository
from tracker.history import Entry, History
from tracker.meaning import clean, named
from tracker.model import Assessment, Recommendation, is_pending
from tracker.project import Project
from tracker.suggest import did_you_mean

_KINDS = {
    "added": "added", "changed": "changed", "removed": "removed",
    "earliest": "the oldest commit of this copy: it says this or had it from before",
}  # fmt: skip


class Recorded(msgspec.Struct, gc=False):
    """When a thing was written down: ``before`` is true where it may have been earlier."""

    commit: str
    date: str
    author: str
    before: bool = False


class Dated(msgspec.Struct, gc=False):
    """What was so at a date, in words; ``recorded`` is None where no commit says it."""

    date: str
    what: str
    actor: str = ""
    by: str = ""
    recorded: Recorded | None = None


class Commit(msgspec.Struct, gc=False):
    """A commit that changed the record. ``changes`` in words; ``came_with`` is a merge's id."""

    commit: str
    date: str
    author: str
    kind: str
    changes: list[str]
    came_with: str = ""
    merged_on: str = ""


class Log(msgspec.Struct, gc=False):
    id: str
    title: str
    dated: list[Dated]
    recorded: list[Commit]
    notes: list[str]

    def as_json(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"

    def as_text(self) -> str:
        lines = [clean(self.title), self.id, *(f"Note: {clean(note)}" for note in self.notes)]
        lines += ["", f"What was so ({len(self.dated):,})"]
        for item in self.dated:
            lines.append(f"  {item.date:<10}  {clean(item.what)}")
            if item.actor:
                lines.append(f"              {_when(item.recorded, clean)}")
        lines += ["", f"What was recorded ({len(self.recorded):,})"]
        for commit in self.recorded:
            when = f"{commit.date or 'no date':<10}  {commit.commit[:9]}"
            lines.append(f"  {when}  {clean(commit.author)}: {commit.kind}")
            lines += [f"              {clean(text)}" for text in self._lines(commit)]
        return "\n".join(lines) + "\n"

    def as_markdown(self) -> str:
        lines = [f"### {escaped(self.title)}", "", f"`{self.id}`", ""]
        lines += [f"*{escaped(note)}*\n" for note in self.notes]
        lines += ["**What was so**", "", "| Date | What | Recorded |", "| --- | --- | --- |"]
        for item in self.dated:
            when = _when(item.recorded, escaped) if item.actor else ""
            lines.append(f"| {item.date} | {escaped(item.what)} | {when} |")
        lines += ["", "**What was recorded**", ""]
        lines += ["| Date | Commit | By | What |", "| --- | --- | --- | --- |"]
        for commit in self.recorded:
            what = "; ".join(escaped(text) for text in [commit.kind, *self._lines(commit)])
            when = f"{commit.date or 'no date'} | `{commit.commit[:9]}`"
            lines.append(f"| {when} | {escaped(commit.author)} | {what} |")
        return "\n".join(lines) + "\n"

    @staticmethod
    def _lines(commit: Commit) -> Iterator[str]:
        yield from commit.changes
        if commit.came_with:
            day = commit.merged_on or "a day that is not known"
            yield f"came into the main line with {commit.came_with[:9]} on {day}"


def read(project: Project | Excerpt, name: str) -> Log:
    """The log of the recommendation ``name`` (an id, present or former, or one that was removed).

    Raises TrackerError where neither the records nor the repository know it.
    """
    record = project.corpus.find("recommendations", name)
    entries, said, notes = _recorded(project, record.id if record else name, record)
    if record is None and not entries:
        raise TrackerError(
            f"there is no recommendation “{name}”",
            did_you_mean(name, project.corpus.recommendations, "See them with: tracker status --by source"),
        )
    if record is None:
        notes.insert(0, "this record is not in the work tree any more")
    last = record or next((e.record for e in entries if e.record is not None), None)
    return Log(
        record.id if record else name, last.title if last else name,
        _dated(project.corpus, last, said) if last else [], [_commit(e) for e in entries], notes,
    )  # fmt: skip


def _recorded(
    project: Project | Excerpt, name: str, record: Recommendation | None
) -> tuple[list[Entry], recorded.Recorded, list[str]]:
    """The record's own history, when its judgements were said first, and notes for the reader."""
    try:
        repository = Repository(project.root)
    except TrackerError as error:
        return [], recorded.Recorded(), [f"there is no recorded history: {error.message}"]
    with repository:
        head = repository.head()
        if head is None:
            return [], recorded.Recorded(), ["there is no recorded history: nothing has been committed yet"]
        history = History(repository, head)
        entries = history.of(name, project.reader)
        notes = []
        if not entries and record is None and (now := history.successor(name)):
            name = now
            entries = history.of(name, project.reader)
            notes.append(f"renamed; this is the history of “{name}”, which does not name its old id")
        if record is not None and not entries:
            notes.append("this record has not been committed yet")
        elif record is not None and repository.dirty(record.path):
            notes.append("the work tree has changes of this record that are not committed")
        if history.shallow:
            notes.append(f"the recorded history is not complete. {SHALLOW}")
        names = [name, *(record.aliases if record else ())]
        said = recorded.for_records(history, names, project.reader, recorded.same_actor(project.corpus))
        return entries, said, notes


def _commit(entry: Entry) -> Commit:
    changes = []
    if entry.renamed_from:
        changes.append(f"renamed from {entry.renamed_from} to {entry.path}")
    if "this" in entry.unread:
        changes.append("did not parse in this commit")
    if "before" in entry.unread:
        changes.append("did not parse in the commit before")
    changes += [edit.words() for edit in entry.edits or ()]
    if entry.kind == "changed" and not changes:
        changes.append("only its form changed: spacing, line ends, quotes or the order of keys")
    if entry.kind in ("added", "earliest") and entry.record is not None:
        changes += [
            f"assessment: {clean(named(e))} ({e.status or e.response})" for e in entry.record.assessments
        ]
    merge = entry.came_with
    return Commit(
        entry.commit.id, entry.date, entry.commit.author, _KINDS[entry.kind], changes,
        merge.id if merge else "", merge.date if merge else "",
    )  # fmt: skip


def _dated(corpus: Corpus, record: Recommendation, said: recorded.Recorded) -> list[Dated]:
    """What the record says was so, the latest first."""
    found = [
        Dated(e.date, _said(corpus, e), e.actor, e.by, _written(written))
        for e, written in said.of(record)
    ]
    source = corpus.find("sources", record.source)
    if getattr(source, "date", None):
        found.append(Dated(source.date, f"asked in {source.title}"))
    if record.deadline:
        found.append(Dated(record.deadline, "the deadline that was set first"))
    for change in record.deadline_changes:
        why = change.reason or "no reason given"
        found.append(Dated(change.on, f"deadline moved from {change.from_} to {change.to}: {why}"))
    return sorted(
        found, key=lambda d: d.date if dates.problem(d.date) else dates.last_day(d.date), reverse=True
    )


def _said(corpus: Corpus, entry: Assessment) -> str:
    label = corpus.config.label
    parts = [label("status", entry.status)] if entry.status else []
    if entry.response:
        parts.append(f"reply: {label('response', entry.response)}")
    corrects = f", correcting {entry.corrects}" if entry.corrects else ""
    waits = ", in the inbox" if is_pending(entry) else ""
    return (
        f"{corpus.short('actors', entry.actor)}: {', '.join(parts)}"
        f" (says {corpus.short('actors', entry.by)}{corrects}{waits})"
    )


def _written(written: recorded.Written | None) -> Recorded | None:
    if written is None:
        return None
    commit = written.first
    return Recorded(commit.id, commit.date, commit.author, not written.sure)


def _when(recorded: Recorded | None, safe: Callable[[str], str]) -> str:
    if recorded is None:
        return "not recorded in any commit here"
    date = recorded.date or "on a day that the commit does not name"
    by = "by " if recorded.before else ""
    return f"recorded {by}{date} in {recorded.commit[:9]}, {safe(recorded.author)}"
