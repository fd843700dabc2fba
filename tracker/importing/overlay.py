"""The tracker as it will be: its files, with planned ones laid over them.

A plan is checked by the same rules as everything else before a byte of it is written, so what an import
writes always passes `tracker check`.
"""

from __future__ import annotations

from pathlib import Path

from tracker.store import MOST_BYTES, Entry, WorkTree


class Overlay(WorkTree):
    """A work tree in which ``files`` have other contents, or are new."""

    def __init__(self, root: Path, files: dict[str, bytes]) -> None:
        super().__init__(root)
        self._files = files

    def records(self) -> list[Entry]:
        entries = {e.path: e for e in super().records()}
        for path, data in self._files.items():
            entries[path] = Entry(path, path, (0, len(data), 0))
        return [entries[path] for path in sorted(entries)]

    def read(self, entry: Entry) -> bytes | None:
        return self._files[entry.path] if entry.path in self._files else super().read(entry)

    def bytes_of(self, path: str) -> bytes | None:
        return self._files[path] if path in self._files else super().bytes_of(path)


def too_long(data: bytes) -> str:
    """Why a planned file can't be one; empty where it can."""
    if len(data) <= MOST_BYTES:
        return ""
    return f"the record would have {len(data) // 1024:,} KB; at most {MOST_BYTES // 1024:,} KB are read"
