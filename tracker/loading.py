"""Reads many files: from the cache what did not change, the rest on every core.

The order of the outcome is the order of the paths, however the work was shared out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tracker.cache import Cache, Row, Rows, Shards
from tracker.findings import Finding
from tracker.reader import Outcome, Reader
from tracker.store import Entry, WorkTree
from tracker.yamltext import fast

_WORTH_SHARING = 1500  # files; below that a second process costs more than it saves


def load(
    root: Path, tree: WorkTree, reader: Reader, config_bytes: bytes, *, use_cache: bool
) -> list[Outcome]:
    """The outcome of every file of the tree, in the order of the paths."""
    entries = tree.records()
    codec = Rows(reader)
    cache = Cache(root, config_bytes, codec) if use_cache else None
    rows: dict[str, Row] = {}
    unread = []
    for entry in entries:
        row = cache.get(entry) if cache else None
        if row is None:
            unread.append(entry)
        else:
            rows[entry.path] = row

    def read(some: list[Entry]) -> Iterator[Row]:
        with fast.quiet():
            for entry in some:
                data = tree.read(entry)
                if data is None:
                    continue
                row = cache.get_by_content(entry, data) if cache else None
                yield row or codec.row(entry, data, reader.read(entry.path, data))

    mine, helpers = unread, []
    if len(unread) >= _WORTH_SHARING and _can_fork():
        mine, *others = _shares(unread, os.cpu_count() or 1)
        helpers = [_Helper(share, read, tree, codec) for share in others]
    rows.update((row.path, row) for row in read(mine))
    for helper in helpers:
        part = helper.result()
        found = codec.decode(part.shards) if part else read(helper.share)
        rows.update((row.path, row) for row in found)
        tree.findings += part.findings if part else []
    if cache and (unread or len(cache.rows) != len(entries)):
        cache.save(codec.encode(rows.values()))
    return [rows[e.path].outcome() for e in entries if e.path in rows]


def load_frozen(root: Path, tree, reader: Reader, config_bytes: bytes, *, use_cache: bool) -> list[Outcome]:
    """The same for the tree of a commit, whose files are known by their content alone.

    What the work tree has too is taken from its cache; nothing is written to it.
    """
    entries = tree.records()
    cache = Cache(root, config_bytes, Rows(reader)) if use_cache else None
    found = []
    with fast.quiet():
        for entry in entries:
            data = tree.read(entry)
            if data is not None:
                row = cache.get_by_content(entry, data) if cache else None
                found.append(row.outcome() if row else reader.read(entry.path, data))
    return found


class _Part(msgspec.Struct):
    """What a helper read."""

    shards: Shards
    findings: list[Finding]


class _Helper:
    """A process that reads a share of the files and sends back what came of it.

    It is a fork: it has all that it needs, and nothing is sent to it. Should it fail in
    any way, its share is simply read here.
    """

    def __init__(self, share: list[Entry], read, tree: WorkTree, codec: Rows) -> None:
        self.share = share
        self.pipe, out = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                tree.findings = []
                shards = codec.encode(read(share))
                with os.fdopen(out, "wb") as file:
                    file.write(msgspec.msgpack.encode(_Part(shards, tree.findings)))
                status = 0
            finally:
                os._exit(status)
        os.close(out)

    def result(self) -> _Part | None:
        with os.fdopen(self.pipe, "rb") as file:
            data = file.read()
        _, status = os.waitpid(self.pid, 0)
        try:
            return msgspec.msgpack.decode(data, type=_Part) if status == 0 else None
        except msgspec.DecodeError:
            return None


def _shares(entries: list[Entry], count: int) -> list[list[Entry]]:
    size = -(-len(entries) // count)
    return [entries[start : start + size] for start in range(0, len(entries), size)]


def _can_fork() -> bool:
    """Forking is safe only while nothing else runs in this process."""
    import threading

    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1
