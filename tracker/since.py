"""What “since” means: a date, an event, or a commit; and the check against a published state.

The one place where a person's words for an earlier state become one, for every command
that compares. Errors say what was meant, perhaps.
"""

from __future__ import annotations

from typing import NamedTuple

from tracker import dates
from tracker.corpus import Corpus
from tracker.difference import Side
from tracker.errors import TrackerError
from tracker.events import event_day
from tracker.findings import Finding
from tracker.gitrepo import SHALLOW, Repository, printable
from tracker.model import Event, Record
from tracker.project import Project
from tracker.reader import located
from tracker.rules import catalogue, in_scope
from tracker.rules.history import Published
from tracker.store import PAGES, RECORDS
from tracker.suggest import did_you_mean


class State(NamedTuple):
    """A corpus and the day it is looked at; ``side`` says so in words."""

    corpus: Corpus
    side: Side

    @property
    def as_of(self) -> str:
        return self.side.as_of


def state(project: Project, since: str, as_of: str) -> State:
    """The earlier state that ``since`` names, for a comparison with ``project`` as of ``as_of``.

    A date or an event is a day of the same records; a commit is the records of then, as of
    the commit's day. Raises TrackerError for anything else, and for what lies after ``as_of``.
    """
    if dates.SHAPE.fullmatch(since):
        if (why := dates.problem(since)) is not None:
            raise TrackerError(f"--since: {why}", f"Write a date that exists, as {dates.EXAMPLES}.")
        return State(project.corpus, Side(since, _not_later(dates.last_day(since), since, as_of)))
    event = project.corpus.find("events", since)
    if event is not None:
        return State(project.corpus, Side(since, _not_later(_day(event), since, as_of)))
    repository = _repository(project, since)
    try:
        commit = repository.resolve(since)
    except TrackerError as error:
        known = [*project.corpus.events, *repository.refs()]
        near = did_you_mean(since, known, f"Events are the files in docs/events. {error.hint}")
        raise TrackerError(f"there is no event, branch, tag or commit “{printable(since)}”", near) from None
    day = repository.commit(commit).date
    if not day:
        raise TrackerError(f"the commit “{since}” has no date that can be used", "Write a date instead.")
    earlier = Project.at(project.root, commit, project.today, repository=repository)
    return State(earlier.corpus, Side(since, min(day, as_of), commit))


def of_commit(project: Project, ref: str, as_of: str, *, parted: str = "") -> tuple[State, list[str]]:
    """The records of a commit as of a day, and notes for the reader.

    With ``parted`` (a ref) the commit is the one from which both lines parted.
    """
    repository = Repository(project.root)
    commit, notes, label = repository.resolve(ref), [], ref
    if parted:
        base = repository.merge_base(commit, repository.resolve(parted))
        if base is None:
            notes.append(f"{ref} and {parted} have no common commit here; compared with {ref} itself. "
                         + (SHALLOW if repository.shallow else ""))  # fmt: skip
        elif base != commit:
            commit, label = base, f"where it parted from {ref}"
    then = Project.at(project.root, commit, project.today, repository=repository)
    if not then.corpus.recommendations:
        notes.append(f"there are no recommendations in {ref}")
    return State(then.corpus, Side(label, as_of, commit)), notes


def history_findings(project: Project, ref: str) -> list[Finding]:
    """What `tracker check --since` finds: rules of the family T5 against a published state.

    That state is the commit from which the checked line and ``ref`` parted, so that what was
    added to the other line since is not missed here.
    """
    repository = Repository(project.root)
    commit, head = repository.resolve(ref), getattr(project.tree, "commit", None) or repository.head()
    base = repository.merge_base(commit, head) or commit if head else commit
    before = Project.at(project.root, base, project.today, repository=repository)
    published = Published(before.corpus, project.corpus, _retired(repository, base, before.corpus, project))
    found, rules = [], catalogue()
    for rule in in_scope("history"):
        for path, problem in rule.check(published):
            data = project.tree.bytes_of(path)
            if data is not None and problem.where:
                found += located([problem], path, data)
            else:
                line = 1 if data is not None else 0
                found.append(rules[problem.rule].finding(path, problem.message, problem.hint, line, line))
    return sorted(found)


def _retired(
    repository: Repository, base: str, before: Corpus, project: Project
) -> dict[str, dict[str, Record]]:
    """By collection and id: what a new record's id stood for, where its file was once removed."""
    new = {
        (collection, name)
        for collection, records in project.corpus.collections.items()
        for name in records if name not in before.ids.get(collection, ())
    }  # fmt: skip
    found: dict[str, dict[str, Record]] = {}
    if not new:
        return found
    last: dict[tuple[str, str], tuple[str, str]] = {}
    for path, blob in repository.retired(base, RECORDS, PAGES):
        if path.endswith(".md"):
            name = path.rsplit("/", 1)[1].removesuffix(".md")
            last.setdefault((project.reader.collection_of(path), name), (path, blob))
    for key in new & last.keys():
        path, blob = last[key]
        for _, data in repository.blobs([blob]):
            if data is not None and (record := project.reader.record(path, data)) is not None:
                found.setdefault(key[0], {})[key[1]] = record
    return found


def _repository(project: Project, since: str) -> Repository:
    try:
        return Repository(project.root)
    except TrackerError as error:
        raise TrackerError(
            f"“{printable(since)}” is neither a date nor an event",
            did_you_mean(since, project.corpus.events, f"It could be a commit, but {error.message}."),
        ) from None


def _day(event: Event) -> str:
    if (day := event_day(event)) is None:
        raise TrackerError(
            f"the event “{event.id}” has no date", f"Add one to {event.path}, or write a date after --since."
        )
    return day


def _not_later(day: str, since: str, as_of: str) -> str:
    if day > as_of:
        raise TrackerError(
            f"“{since}” ({dates.written(day)}) is later than {dates.written(as_of)}, the day of the figures",
            "Choose an earlier one, or a later --as-of.",
        )
    return day
