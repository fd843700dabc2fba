"""What was read before, so that a second run reads only what changed.

A file is taken to be unchanged when its time, size and inode are the same and its
time lies safely before the cache was written (as git does for its index); otherwise its
content is hashed, and read again only if that differs. Another configuration or another
version of the program makes the whole cache void. It can be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import msgspec

from tracker.findings import Finding
from tracker.reader import Outcome, Reader
from tracker.store import Entry

FOLDER = ".tracker"
_FILE = "records.msgpack"
_SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system in use


class _Shelf(msgspec.Struct, array_like=True):
    key: str
    written: int
    rows: dict[str, msgspec.Raw]


class Row(msgspec.Struct, array_like=True, gc=False):
    path: str
    stamp: tuple[int, int, int]
    digest: bytes
    collection: str
    id: str
    findings: list[Finding]
    record: Any = None

    def outcome(self) -> Outcome:
        return Outcome(self.collection, self.id, self.record, self.findings)


class Cache:
    """Outcomes by path, kept in one file below the tracker's root."""

    def __init__(self, root: Path, config_bytes: bytes, reader: Reader) -> None:
        self.file = root / FOLDER / _FILE
        self.types = {name: _row_type(kind) for name, kind in reader.types.items()}
        self.types[""] = Row
        self.key = _key(config_bytes)
        self.rows: dict[str, Row] = {}
        self.written = 0
        self.changed = False
        self._load()

    def get(self, entry: Entry) -> Outcome | None:
        """The outcome of a file that is certainly unchanged."""
        row = self.rows.get(entry.path)
        if row is None or row.stamp != entry.stamp:
            return None
        if entry.stamp[0] + _SETTLED_NS >= self.written:
            return None
        return row.outcome()

    def get_by_content(self, entry: Entry, data: bytes) -> Outcome | None:
        """The outcome of a file whose content is the same; remembers its new stamp."""
        row = self.rows.get(entry.path)
        if row is None or row.digest != _digest(data):
            return None
        row.stamp = entry.stamp
        self.changed = True
        return row.outcome()

    def put(self, entry: Entry, data: bytes, outcome: Outcome) -> None:
        self.rows[entry.path] = self.types[outcome.collection](
            entry.path, entry.stamp, _digest(data), outcome.collection, outcome.id,
            outcome.findings, outcome.record,
        )  # fmt: skip
        self.changed = True

    def save(self, paths: set[str]) -> None:
        """Writes the rows of ``paths``, atomically; a failure only costs time later."""
        if not self.changed and len(paths) == len(self.rows):
            return
        shards: dict[str, list[Row]] = {}
        for path, row in self.rows.items():
            if path in paths:
                shards.setdefault(row.collection, []).append(row)
        encode = msgspec.msgpack.Encoder().encode
        shelf = _Shelf(
            self.key, time.time_ns(), {name: msgspec.Raw(encode(r)) for name, r in shards.items()}
        )
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(exist_ok=True)
            ignore = self.file.parent / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            handle, name = tempfile.mkstemp(dir=self.file.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(encode(shelf))
            os.replace(name, self.file)

    def _load(self) -> None:
        try:
            shelf = msgspec.msgpack.decode(self.file.read_bytes(), type=_Shelf)
            if shelf.key != self.key:
                return
            for name, raw in shelf.rows.items():
                for row in msgspec.msgpack.decode(raw, type=list[self.types[name]]):
                    self.rows[row.path] = row
            self.written = shelf.written
        except (OSError, msgspec.DecodeError, KeyError):
            self.rows = {}


def _row_type(kind: type) -> type[Row]:
    return msgspec.defstruct(
        f"{kind.__name__}Row", [("record", kind | None, None)], bases=(Row,),
        array_like=True, gc=False,
    )  # fmt: skip


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _key(config_bytes: bytes) -> str:
    """Changes with the configuration and with every file of the program."""
    import tracker

    made = hashlib.blake2b(config_bytes, digest_size=16)
    home = Path(tracker.__file__).parent
    for file in sorted(home.rglob("*.py")):
        info = file.stat()
        made.update(f"{file.relative_to(home)}:{info.st_size}:{info.st_mtime_ns}".encode())
    return made.hexdigest()
