"""Whether anything has changed of what a site is made from: where nothing has, nothing is made again.

To make all pages only to find them equal takes seconds in each language; to look at the times
of some thousand files takes none. What counts is everything below the tracker's folder (hidden
folders and what is built there left out), the reports that were made here, the program, and
what is installed beside it. So it may see a change where there is none, and never the other
way round; only what a `mkdocs.yml` takes from outside that folder needs ``--force``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import msgspec

import tracker
from tracker.errors import TrackerError
from tracker.gitrepo import Repository
from tracker.reports.shelf import FOLDER as REPORTS

_NOTE = ".tracker-inputs"
_SETTLED_NS = 2_000_000_000  # as for the cache of records: the coarsest clock of a file system in use


class Note(msgspec.Struct):
    """What a build was made from (``digest``), and what came of it.

    ``stamps`` are those of the languages' sites, by code; ``pages`` is the number in all.
    """

    digest: str
    pages: int
    stamps: dict[str, str]


class Inputs:
    """The files as they are now, before a build into ``folder``; ``asked`` is whatever else it depends on."""

    def __init__(self, root: Path, folder: Path, asked: str) -> None:
        self.file = folder / _NOTE
        found = sorted(_stamps(root.resolve(), {(root / "build").resolve(), folder.resolve()}))
        found += sorted(_stamps((root / REPORTS).resolve(), set()))
        found += sorted(_stamps(Path(tracker.__file__).parent, set()))
        self.newest = max((time for _, _, time in found), default=0)
        installed = [Path(sysconfig.get_path(kind)).stat().st_mtime_ns for kind in ("purelib", "platlib")]
        said = repr((asked, _boundary(root), installed, found))
        self.digest = hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
        self.begun = 0
        with contextlib.suppress(OSError):  # the build itself will say it better
            folder.mkdir(parents=True, exist_ok=True)
            part = folder / f"{_NOTE}.part"
            part.touch()
            self.begun = part.stat().st_mtime_ns  # the file system's own clock
            part.unlink()

    def unchanged(self) -> Note | None:
        """What the last build noted, if it was made from just this."""
        try:
            note = msgspec.json.decode(self.file.read_bytes(), type=Note)
        except (OSError, msgspec.DecodeError):
            return None
        return note if note.digest == self.digest else None

    def keep(self, pages: int, stamps: dict[str, str]) -> None:
        """Notes what came of it; not where a file is so young that one more change might not show."""
        if self.newest + _SETTLED_NS >= self.begun:
            self.file.unlink(missing_ok=True)
            return
        self.file.write_bytes(msgspec.json.encode(Note(self.digest, pages, stamps)))


def _boundary(root: Path) -> list[str]:
    """Where a shallow copy's history ends: feeds say more once it is whole."""
    try:
        with Repository(root) as repository:
            return sorted(repository.boundary)
    except TrackerError:  # no git, or no repository
        return []


def _stamps(folder: Path | str, without: set[Path]) -> Iterator[tuple[str, int, int]]:
    """(path, size, time in ns) of every file below a folder; links are not followed."""
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                if item.name[0] != "." and item.name != "__pycache__" and Path(item.path) not in without:
                    yield from _stamps(item.path, without)
            else:
                info = item.stat(follow_symlinks=False)
                yield item.path, info.st_size, info.st_mtime_ns
