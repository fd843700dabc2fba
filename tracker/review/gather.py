"""Both sides of a change, read as data: nothing of it is run, imported or checked out.

What was published is the commit from which the two lines parted. The later side may be a commit
that a stranger wrote; whatever is wrong with it is something to tell, never a reason to fail.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from tracker.comparison import Comparison
from tracker.config import FILE_NAME
from tracker.difference import Difference, Side, edited
from tracker.errors import TrackerError
from tracker.findings import Finding, has_errors
from tracker.gitrepo import SHALLOW, Repository
from tracker.progress import Progress
from tracker.project import Project
from tracker.review.people import newly_private
from tracker.review.sayings import Saying, sayings
from tracker.since import history_findings
from tracker.store import MOST_BYTES, PAGES, RECORDS


class Review(msgspec.Struct):
    """What there is to say of a change.

    ``base`` and ``head`` are commit ids; ``head`` is empty for the work tree. ``findings`` are those
    of changed files and those that were not there before, ``history`` what was published and is
    altered or gone, ``older`` counts findings that the change has nothing to do with. ``other`` are
    changed files that are neither records nor pages, as (A, M, D or T, path). ``private`` are the
    paths of changed files with new contact details. ``unusable`` says why
    the later side can't be read at all; then there is no ``difference``.
    """

    base: str
    head: str
    changed: list[tuple[str, str]]
    other: list[tuple[str, str]]
    findings: list[Finding] = []
    history: list[Finding] = []
    older: int = 0
    sayings: list[Saying] = []
    difference: Difference | None = None
    added: list[tuple[str, str]] = []  # (collection, id) of new records
    private: list[str] = []
    unusable: str = ""
    notes: list[str] = []

    @property
    def broken(self) -> bool:
        """Whether there is something to mend before the change can be accepted."""
        return bool(self.unusable) or has_errors([*self.findings, *self.history])


def gather(root: Path, base: str, head: str | None, today: str) -> Review:
    """The review of what ``head`` (a ref, or None for the work tree) adds to ``base`` (a ref).

    Raises TrackerError where there is no such commit, or where the published side can't be read.
    """
    repository = Repository(root)
    published = repository.resolve(base)
    commit = repository.resolve(head) if head is not None else ""
    tip = commit or repository.head() or published
    parted = repository.merge_base(published, tip)
    notes = []
    if parted is None:
        parted = published
        notes.append("The two sides have no common commit here. " + (SHALLOW if repository.shallow else ""))
    changed = repository.changed(parted, commit or None)
    review = Review(parted, commit, changed, [c for c in changed if not is_content(c[1])], notes=notes)
    before = Project.at(root, parted, today, repository=repository)
    try:
        _refuse_huge_settings(repository, commit)
        after = (
            Project.at(root, commit, today, repository=repository) if commit else Project(root, today)
        )
    except TrackerError as error:
        review.unusable = f"{error.message}{f' ({error.hint})' if error.hint else ''}"
        return review
    _compare(review, before, after, today)
    return review


def _compare(review: Review, before: Project, after: Project, today: str) -> None:
    touched = {path for _, path in review.changed}
    known = {(f.code, f.path, f.message) for f in before.findings}
    review.history = history_findings(after, review.base)
    review.findings = [
        f for f in after.findings if f.path in touched or (f.code, f.path, f.message) not in known
    ]
    review.private = [
        path for status, path in review.changed
        if status != "D" and is_content(path)
        and newly_private(after.tree.bytes_of(path) or b"", before.tree.bytes_of(path) or b"")
    ]
    review.older = len(after.findings) - len(review.findings)
    review.sayings = list(sayings(before.corpus, after.corpus))
    made = Comparison(Progress(before.corpus, today), Progress(after.corpus, today))
    sides = Side("what is published", today, review.base), Side("this change", today, review.head)
    review.difference = Difference(*sides, made, edited(before.corpus, after.corpus), [])
    review.added = [
        (collection, name)
        for collection, records in after.corpus.collections.items()
        for name, record in records.items()
        if name not in before.corpus.ids.get(collection, ()) and not set(record.aliases)
    ]


def is_content(path: str) -> bool:
    return path.startswith((f"{RECORDS}/", f"{PAGES}/")) and path.endswith(".md")


def _refuse_huge_settings(repository: Repository, commit: str) -> None:
    for item in repository.tree(commit, FILE_NAME) if commit else ():
        if item.path == FILE_NAME and item.size > MOST_BYTES:
            raise TrackerError(f"{FILE_NAME} has {item.size // 1024:,} KB, far more than settings need")
