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
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from tracker.findings import Finding
from tracker.reader import Outcome, Reader
from tracker.store import Entry

FOLDER = ".tracker"
_FILE = "records.msgpack"
_SETTLED_NS = 2_000_000_000  # the coarsest clock of a file system in use


Shards = list[tuple[str, bytes | memoryview]]  # rows of one collection each, encoded
_encode = msgspec.msgpack.Encoder().encode


class _Label(msgspec.Struct, array_like=True):
    """The first line of the file, so to say; what it names follows, to be decoded where it lies."""

    key: str
    written: int
    shards: list[tuple[str, int]]  # collection, and how many bytes


class Row(msgspec.Struct, array_like=True, gc=False):
    path: str
    stamp: tuple[int, int, int]
    digest: bytes
    collection: str
    id: str
    findings: list[Finding]
    named: dict[str, set[str]]
    record: Any = None

    def outcome(self) -> Outcome:
        return Outcome(self.collection, self.id, self.record, self.findings, self.named)


class Rows:
    """Encodes and decodes rows, each collection with its own record class."""

    def __init__(self, reader: Reader) -> None:
        self.types: dict[str, type[Row]] = {n: _row_type(k) for n, k in reader.types.items()}
        self.types[""] = Row

    def row(self, entry: Entry, data: bytes, outcome: Outcome) -> Row:
        return self.types[outcome.collection](
            entry.path, entry.stamp, _digest(data), outcome.collection, outcome.id,
            outcome.findings, outcome.named, outcome.record,
        )  # fmt: skip

    def encode(self, rows: Iterable[Row]) -> Shards:
        sorted_out: dict[str, list[Row]] = {}
        for row in rows:
            sorted_out.setdefault(row.collection, []).append(row)
        return [(name, _encode(found)) for name, found in sorted_out.items()]

    def decode(self, shards: Iterable[tuple[str, bytes | memoryview]]) -> Iterator[Row]:
        for name, raw in shards:
            yield from msgspec.msgpack.decode(raw, type=list[self.types[name]])


_WIDTH = 4  # bytes that say how long the label is


def packed(label: Any, blobs: Iterable[bytes]) -> bytes:
    """A label and the bytes that it tells of, without encoding these a second time."""
    head = _encode(label)
    return b"".join([len(head).to_bytes(_WIDTH), head, *blobs])


def unpacked(data: bytes, kind: type) -> tuple[Any, memoryview]:
    """The label and what follows it. Raises msgspec.DecodeError."""
    begin = _WIDTH + int.from_bytes(data[:_WIDTH])
    return msgspec.msgpack.decode(data[_WIDTH:begin], type=kind), memoryview(data)[begin:]


def cut(data: memoryview, shards: Iterable[tuple[str, int]]) -> Iterator[tuple[str, memoryview]]:
    """The shards that lie one after the other in ``data``."""
    at = 0
    for name, length in shards:
        yield name, data[at : at + length]
        at += length


class Cache:
    """Rows by path, kept in one file below the tracker's root."""

    def __init__(self, root: Path, config_bytes: bytes, rows: Rows) -> None:
        self.root, self.file = root, root / FOLDER / _FILE
        self.codec = rows
        self.key = key(config_bytes)
        self.rows: dict[str, Row] = {}
        self.written = 0
        self._load()

    def get(self, entry: Entry) -> Row | None:
        """The row of a file that is certainly unchanged."""
        row = self.rows.get(entry.path)
        if row is None or row.stamp != entry.stamp:
            return None
        return row if entry.stamp[0] + _SETTLED_NS < self.written else None

    def get_by_content(self, entry: Entry, data: bytes) -> Row | None:
        """The row of a file whose content is the same, with its new stamp."""
        row = self.rows.get(entry.path)
        if row is None or row.digest != _digest(data):
            return None
        row.stamp = entry.stamp
        return row

    def save(self, shards: Shards) -> None:
        """Replaces the file, atomically; a failure only costs time later."""
        label = _Label(self.key, time.time_ns(), [(name, len(raw)) for name, raw in shards])
        put(self.root, _FILE, packed(label, (raw for _, raw in shards)))

    def _load(self) -> None:
        try:
            label, rest = unpacked(self.file.read_bytes(), _Label)
            if label.key != self.key:
                return
            self.rows = {row.path: row for row in self.codec.decode(cut(rest, label.shards))}
            self.written = label.written
        except (OSError, msgspec.DecodeError, KeyError):
            self.rows = {}


def _row_type(kind: type) -> type[Row]:
    return msgspec.defstruct(
        f"{kind.__name__}Row", [("record", kind | None, None)], bases=(Row,),
        array_like=True, gc=False,
    )  # fmt: skip


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def key(config_bytes: bytes) -> str:
    """Changes with the configuration and with every file of the program."""
    import tracker

    made = hashlib.blake2b(config_bytes, digest_size=16)
    made.update("\n".join(sorted(_stamps(Path(tracker.__file__).parent))).encode())
    return made.hexdigest()


def _stamps(folder: Path | str) -> Iterator[str]:
    """Path, size and time of every module below a folder."""
    with os.scandir(folder) as items:
        for item in items:
            if item.name.endswith(".py"):
                info = item.stat()
                yield f"{item.path}:{info.st_size}:{info.st_mtime_ns}"
            elif item.is_dir():
                yield from _stamps(item.path)


def put(root: Path, name: str, data: bytes) -> None:
    """Writes a file (a path in the cache's folder) whole or not at all; a failure only costs time later."""
    import tempfile

    file = root / FOLDER / name
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        ignore = root / FOLDER / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        handle, part = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
        Path(part).replace(file)
