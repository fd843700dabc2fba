"""The tracker as it would be after a change, checked before anything is written.

The same rules by the same code as `tracker check`; what a change would add to its findings
is what the person who makes it has to know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tracker.findings import Finding
from tracker.project import Project
from tracker.store import Entry, WorkTree, too_long


class Changed(WorkTree):
    """A work tree in which some files have other contents, or (None) are not there."""

    def __init__(self, root: Path, changes: Mapping[str, bytes | None]) -> None:
        super().__init__(root)
        self.changes = changes

    def records(self) -> list[Entry]:
        kept = [entry for entry in super().records() if entry.path not in self.changes]
        for path, data in self.changes.items():
            if data is None:
                continue
            if (problem := too_long(path, len(data))) is not None:
                rule, message, hint = problem
                self.findings.append(rule.finding(path, message, hint))
            else:
                kept.append(Entry(path, path, (0, len(data), 0)))
        return sorted(kept)

    def read(self, entry: Entry) -> bytes | None:
        return self.changes[entry.path] if entry.path in self.changes else super().read(entry)

    def bytes_of(self, path: str) -> bytes | None:
        return self.changes[path] if path in self.changes else super().bytes_of(path)


def tried(project: Project, changes: Mapping[str, bytes | None]) -> list[Finding]:
    """The findings that ``changes`` would add to those of ``project``, warnings included."""
    after = Project(project.root, project.today, tree=Changed(project.root, changes))
    known = Counter(map(_said, project.findings))
    added = []
    for finding in after.findings:
        if known[_said(finding)] > 0:
            known[_said(finding)] -= 1
        else:
            added.append(finding)
    return added


def _said(finding: Finding) -> tuple[str, str, str]:
    """A finding without its line, which moves when something is put above it."""
    return finding.path, finding.code, finding.message


