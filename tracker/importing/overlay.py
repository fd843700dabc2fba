"""The tracker as it will be: its files, with planned ones laid over them.

A plan is checked by the same rules as everything else before a byte of it is written, so what an import
writes always passes `tracker check`.
"""

from __future__ import annotations

from tracker.findings import Finding
from tracker.store import MOST_BYTES, Entry, WorkTree


class Overlay:
    """A work tree (the interface of `tracker.store`) in which ``files`` have other contents, or are new."""

    def __init__(self, tree: WorkTree, files: dict[str, bytes]) -> None:
        self._tree, self._files = tree, files
        self.findings: list[Finding] = []

    def records(self) -> list[Entry]:
        entries = {e.path: e for e in self._tree.records()}
        self.findings = list(self._tree.findings)
        for path, data in self._files.items():
            entries[path] = Entry(path, path, (0, len(data), 0))
        return [entries[path] for path in sorted(entries)]

    def assets(self) -> list[Entry]:
        return self._tree.assets()

    def read(self, entry: Entry) -> bytes | None:
        return self._files[entry.path] if entry.path in self._files else self._tree.read(entry)

    def bytes_of(self, path: str) -> bytes | None:
        return self._files[path] if path in self._files else self._tree.bytes_of(path)


def too_long(data: bytes) -> str:
    """Why a planned file can't be one; empty where it can."""
    if len(data) <= MOST_BYTES:
        return ""
    return f"the record would have {len(data) // 1024:,} KB; at most {MOST_BYTES // 1024:,} KB are read"
