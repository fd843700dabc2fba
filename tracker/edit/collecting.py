"""Folding the inbox into the records.

For each record all of its proposals or none: the record is written first, in one piece, and
then the files are removed. Whoever stops it between the two finds each entry in the record
and still in the inbox; the next run sees that it is there already, and takes the file away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import msgspec

from tracker.edit.entries import appended
from tracker.edit.files import Files, Kept
from tracker.edit.original import Original
from tracker.edit.trial import tried
from tracker.errors import TrackerError
from tracker.findings import Severity
from tracker.model import INBOX, Proposal
from tracker.project import Project
from tracker.yamltext.spans import comments

COLLECTED, ALREADY, LEFT = "collected", "already there", "left"


class Folded(msgspec.Struct):
    """What becomes of one inbox file; ``why`` says why it is left."""

    kept: Kept
    recommendation: str
    outcome: str
    why: str = ""


class Fold(msgspec.Struct):
    """One record with the inbox files that go into it; ``after`` is its new content."""

    record: Kept
    after: bytes
    files: list[Folded]


def planned(project: Project, files: Files, wanted: Callable[[str], bool]) -> list[Fold]:
    """What collecting would do with the inbox files that are ``wanted``; nothing is written."""
    corpus = project.corpus
    errors = {f.path: f for f in reversed(project.findings) if f.severity is Severity.ERROR}
    done = {proposal.path for proposal in corpus.collected}
    groups: dict[str, list[Proposal]] = defaultdict(list)
    folds = []
    for record in corpus.recommendations.values():
        groups[record.path] = [e for e in record.assessments if isinstance(e, Proposal) and wanted(e.path)]
    for proposal in corpus.collected:
        if wanted(proposal.path):
            groups[corpus.find("recommendations", proposal.recommendation).path].append(proposal)
    for path, proposals in groups.items():
        if proposals:
            folds.append(_fold(files, path, proposals, done, errors))
    folds += [_unread(files, path, finding) for path, finding in _lost(project, wanted, groups)]
    return _tried(project, folds)


def carry_out(files: Files, folds: list[Fold]) -> None:
    """Writes each record, then removes its inbox files."""
    for fold in folds:
        gone = [one for one in fold.files if one.outcome != LEFT]
        if gone and fold.after != fold.record.data:
            files.write(fold.record, fold.after)
        for one in gone:
            files.remove(one.kept)


def _fold(files: Files, path: str, proposals: list[Proposal], done: set[str], errors: dict) -> Fold:
    record = files.read(path)
    after = record.data or b""
    folded, why = [], ""
    for proposal in proposals:
        kept = files.read(proposal.path)
        outcome = ALREADY if proposal.path in done else COLLECTED
        folded.append(Folded(kept, proposal.recommendation, outcome))
        if proposal.path in errors and not why:
            why = str(errors[proposal.path])
        if outcome == COLLECTED and not why:
            try:
                entry, remarks = _entry(kept)
                after = appended(Kept(path, after), entry, remarks)
            except TrackerError as error:
                why = error.message
    if why:  # all of a record's files or none
        for one in folded:
            if one.outcome == COLLECTED:
                one.outcome, one.why = LEFT, why
        after = record.data or b""
    return Fold(record, after, folded)


def _entry(kept: Kept) -> tuple[dict, list[str]]:
    """The entry of a log that an inbox file says, and its comments."""
    original = Original(kept.data or b"", kept.path)
    entry = {key: value for key, value in original.data.items() if key != "recommendation"}
    if original.body:
        entry["note"] = original.body
    return entry, [comment.text for comment in comments(original.yaml)]


def _lost(project: Project, wanted: Callable[[str], bool], groups: dict) -> list[tuple]:
    """Inbox files that belong to no record, with what is wrong with them."""
    placed = {proposal.path for proposals in groups.values() for proposal in proposals}
    found = {}
    for finding in project.findings:
        inbox = project.reader.collection_of(finding.path) == INBOX
        if inbox and finding.severity is Severity.ERROR and finding.path not in placed and wanted(finding.path):
            found.setdefault(finding.path, finding)
    for proposal in project.corpus.unplaced:
        if wanted(proposal.path):
            found.setdefault(proposal.path, f"the record “{proposal.recommendation}” can't be read")
    return list(found.items())


def _unread(files: Files, path: str, finding: object) -> Fold:
    kept = Kept(path, None)
    return Fold(kept, b"", [Folded(kept, "", LEFT, str(finding))])


def _tried(project: Project, folds: list[Fold]) -> list[Fold]:
    """The folds, without those that would make an error of what was none."""
    changes: dict[str, bytes | None] = {}
    for fold in folds:
        if any(one.outcome != LEFT for one in fold.files):
            changes[fold.record.path] = fold.after
            changes |= {one.kept.path: None for one in fold.files if one.outcome != LEFT}
    if not changes:
        return folds
    errors = {f.path: f for f in tried(project, changes) if f.severity is Severity.ERROR}
    for fold in folds:
        if fold.record.path in errors:
            fold.after = fold.record.data or b""
            for one in fold.files:
                one.outcome, one.why = LEFT, str(errors[fold.record.path])
    return folds
