"""Where the text comes from: the work tree.

Gives paths and bytes and looks at nothing inside. What must not be read (links, huge
files, unknown types) is a finding here, before anything else sees it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from tracker.findings import Finding
from tracker.rules import files as rules
from tracker.safety import visible

RECORDS = "recommendations"
PAGES = "docs"
_TRANSLATION = re.compile(r"(.*/[^/.]+)\.([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\.md")
MOST_BYTES = 256 * 1024  # of a record: a page of text has a few thousand
ASSET_TYPES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".pdf"})
MOST_ASSET_BYTES = 10 * 1024 * 1024


class Entry(NamedTuple):
    """A file that may be read. ``stamp`` changes whenever the file does."""

    path: str
    full: str
    stamp: tuple[int, int, int]  # mtime in ns, size, inode


class WorkTree:
    """The files of a tracker on disk."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self._translations: list[Entry] = []

    def records(self) -> list[Entry]:
        """Markdown below recommendations/ and docs/, in the order of their paths."""
        found = [*self._walk(RECORDS, frozenset()), *self._walk(PAGES, ASSET_TYPES)]
        written, self._translations = apart(e for e in found if e.path.endswith(".md"))
        return written

    def translations(self) -> list[Entry]:
        """The translations among what `records` found, in the order of their paths."""
        return self._translations

    def assets(self) -> list[Entry]:
        """Pictures and PDF below docs/."""
        return sorted(
            e for e in self._walk(PAGES, ASSET_TYPES, quiet=True) if not e.path.endswith(".md")
        )

    def read(self, entry: Entry) -> bytes | None:
        """The bytes of a file, or None and a finding."""
        try:
            file = os.open(entry.full, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            try:
                # A buffer of the file's size: one for the longest file costs more than reading.
                data = os.read(file, entry.stamp[1] + 1)
                if len(data) > entry.stamp[1]:  # it has grown since the folder was looked at
                    data += os.read(file, MOST_BYTES + 1 - len(data))
                return data
            finally:
                os.close(file)
        except OSError as error:
            self.findings.append(rules.UNREADABLE.finding(
                entry.path, f"the file can't be read: {error.strerror or error}",
                "Make it readable (chmod a+r), or remove it.",
            ))
            return None

    def bytes_of(self, path: str) -> bytes | None:
        """The bytes of a file by its path; None where there is none."""
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

    def _walk(self, folder: str, assets: frozenset[str], *, quiet: bool = False) -> Iterator[Entry]:
        report = (lambda *_: None) if quiet else self._report
        stack = [folder]
        if (self.root / folder).is_symlink():
            report(rules.SYMLINK, folder, "this folder is a symbolic link",
                   "Put the folder itself in its place.")
            return
        while stack:
            here = stack.pop()
            try:
                scan = os.scandir(self.root / here)
            except FileNotFoundError:
                continue
            except OSError as error:
                report(rules.UNREADABLE, here, f"the folder can't be read: {error.strerror}",
                       "Make it readable, or remove it.")
                continue
            with scan:
                for item in scan:
                    name = item.name
                    path = f"{here}/{name}"
                    if name[0] == ".":
                        continue
                    if name.endswith(".md") and name.isascii() and item.is_file(follow_symlinks=False):
                        info = item.stat(follow_symlinks=False)  # what nearly every file is, the short way
                        if info.st_size <= MOST_BYTES:
                            yield Entry(path, item.path, (info.st_mtime_ns, info.st_size, info.st_ino))
                            continue
                    if item.is_symlink():
                        report(rules.SYMLINK, path, "this is a symbolic link",
                               "Put the file itself in its place.")
                    elif item.is_dir():
                        stack.append(path)
                    elif (entry := self._entry(item, path, assets, report)) is not None:
                        yield entry

    def _entry(self, item: os.DirEntry, path: str, assets: frozenset[str], report) -> Entry | None:
        if (problem := unwritable(path) or wrong_type(
            item.name, assets, is_file=item.is_file(follow_symlinks=False)
        )) is None:
            info = item.stat(follow_symlinks=False)
            problem = too_long(item.name, info.st_size)
        if problem is not None:
            rule, message, hint = problem
            report(rule, path, message, hint)
            return None
        return Entry(path, item.path, (info.st_mtime_ns, info.st_size, info.st_ino))

    def _report(self, rule, path: str, message: str, hint: str) -> None:
        self.findings.append(rule.finding(visible(path), message, hint))


def unwritable(path: str) -> tuple | None:
    """The rule, message and hint for a path that is no text, so that no report could name it."""
    if path.isascii() or not any("\ud800" <= c <= "\udfff" for c in path):
        return None
    return (
        rules.NOT_UTF8, "the name of this file or of its folder is not UTF-8, so it is not read",
        "Rename it, with small letters, digits and hyphens.",
    )  # fmt: skip


def translation_of(path: str) -> tuple[str, str] | None:
    """(path of the original, language) for the path of a translation: `ask.fr.md`."""
    match = _TRANSLATION.fullmatch(path)
    return (f"{match[1]}.md", match[2]) if match else None


def apart(entries: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Records and pages, and translations of them, each in the order of their paths."""
    written, translated = [], []
    for entry in sorted(entries, key=itemgetter(0)):
        # A name without a dot in it is the rule, and the quick way.
        path = entry.path
        is_one = path.count(".") > 1 and translation_of(path) is not None
        (translated if is_one else written).append(entry)
    return written, translated


def wrong_type(name: str, assets: frozenset[str], *, is_file: bool = True) -> tuple | None:
    """The rule, message and hint for a file whose type does not belong; None where it does."""
    ending = _ending(name)
    if is_file and (ending == ".md" or ending in assets):
        return None
    allowed = ", ".join([".md", *sorted(assets)])
    return (
        rules.FILE_TYPE, f"files of the type “{ending or 'no ending'}” don't belong here",
        f"Allowed in this folder: {allowed}.",
    )  # fmt: skip


def too_long(name: str, size: int) -> tuple | None:
    """The same for a file of too many bytes."""
    most = MOST_BYTES if _ending(name) == ".md" else MOST_ASSET_BYTES
    if size <= most:
        return None
    return (
        rules.TOO_LONG, f"the file has {size / 1024:,.0f} KB; at most {most // 1024:,} KB are read",
        "Split it, or link to the long document instead.",
    )  # fmt: skip


def _ending(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
