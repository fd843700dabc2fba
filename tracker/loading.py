"""Reads many files: from the cache what did not change, the rest on every core.

The order of the outcome is the order of the paths, however the work was shared out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from tracker.cache import Cache, Row, Rows, Shards, cut, packed, unpacked
from tracker.findings import Finding
from tracker.forks import Fork, cores, shares
from tracker.reader import Outcome, Reader
from tracker.store import Entry, WorkTree

_WORTH_SHARING = 1500  # files; below that a second process costs more than it saves


class _Part(msgspec.Struct):
    """What a second process read; the shards' bytes come after."""

    shards: list[tuple[str, int]]
    findings: list[Finding]


class Loaded:
    """The outcome of every file of a tree, in the order of the paths."""

    def __init__(
        self, root: Path, tree: WorkTree, reader: Reader, config_bytes: bytes, *, use_cache: bool
    ) -> None:
        self.tree, self.reader, self.codec = tree, reader, Rows(reader)
        self.cache = Cache(root, config_bytes, self.codec) if use_cache else None
        self._encoded: Shards = []  # what helpers read, which goes to the cache as it came
        entries = tree.records()
        known = {e.path: row for e in entries if self.cache and (row := self.cache.get(e))}
        unread = [entry for entry in entries if entry.path not in known]
        mine, theirs = self._read_all(unread)
        own = known | mine
        if self.cache and (unread or len(self.cache.rows) != len(entries)):
            self.cache.save([*self.codec.encode(own.values()), *self._encoded])
        rows = own | theirs
        self.outcomes: list[Outcome] = [rows[e.path].outcome() for e in entries if e.path in rows]

    def _read_all(self, unread: list[Entry]) -> tuple[dict[str, Row], dict[str, Row]]:
        """Rows by path: those read here, and those that helpers read."""
        count = cores() if len(unread) >= _WORTH_SHARING else 1
        first, *others = shares(unread, count) or [[]]
        helpers = [(share, Fork(lambda share=share: self._part(share))) for share in others]
        mine = {row.path: row for row in self._read(first)}
        theirs: dict[str, Row] = {}
        for share, helper in helpers:
            try:
                part, rest = unpacked(helper.result() or b"", _Part)
            except msgspec.DecodeError:
                mine |= {row.path: row for row in self._read(share)}
            else:
                self.tree.findings += part.findings
                shards = list(cut(rest, part.shards))
                self._encoded += shards
                theirs |= {row.path: row for row in self.codec.decode(shards)}
        return mine, theirs

    def _part(self, share: list[Entry]) -> bytes:
        self.tree.findings = []
        shards = self.codec.encode(self._read(share))
        part = _Part([(name, len(raw)) for name, raw in shards], self.tree.findings)
        return packed(part, (raw for _, raw in shards))

    def _read(self, some: list[Entry]) -> Iterator[Row]:
        if not some:
            return
        from tracker.yamltext import fast

        with fast.quiet():
            for entry in some:
                data = self.tree.read(entry)
                if data is None:
                    continue
                row = self.cache.get_by_content(entry, data) if self.cache else None
                yield row or self.codec.row(entry, data, self.reader.read(entry.path, data))


class Frozen:
    """The same for the tree of a commit, whose files are known by their content alone.

    What the work tree has too is taken from its cache; nothing is written to it.
    """

    def __init__(self, root: Path, tree, reader: Reader, config_bytes: bytes, *, use_cache: bool) -> None:
        cache = Cache(root, config_bytes, Rows(reader)) if use_cache else None
        self.outcomes: list[Outcome] = []
        from tracker.yamltext import fast

        with fast.quiet():
            for entry in tree.records():
                data = tree.read(entry)
                if data is not None:
                    row = cache.get_by_content(entry, data) if cache else None
                    self.outcomes.append(row.outcome() if row else reader.read(entry.path, data))
