"""The recorded history: which commit said what of a recommendation, when, and by whom.

Read with one `git log --raw` and one `git cat-file --batch`, however many commits there
are. Each record is followed back from the newest commit through renames and merges: at a
merge the way leads along those parents that have what the merge has, so that what a merge
threw away is not told as if it held.

Nothing is made up: where this copy of the repository does not reach back to a record's
beginning, or a version can't be read, that is what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from tracker.gitrepo import Commit, Repository, Touched
from tracker.meaning import Edit, edits
from tracker.model import INBOX, Recommendation
from tracker.reader import Reader
from tracker.store import RECORDS
from tracker.yamltext import fast

_Claims = dict[str, tuple[tuple[str, str], ...]]  # path -> (blob, id of the record) pairs


class Version(NamedTuple):
    """A commit that left a file other than it found it, as git tells it."""

    commit: Commit
    path: str
    blob: str  # empty where the commit removed the file
    before: tuple[tuple[str, str], ...]  # (path, blob) in each parent; a blob may be empty


class Entry(msgspec.Struct, frozen=True):
    """One commit in the history of a recommendation.

    ``kind``: “added”, “changed”, “removed”, or “earliest” for the oldest commit of a shallow
    copy, which may have changed nothing at all. ``came_with`` is the merge that brought the
    commit into the main line, where it was made beside it. ``edits`` is what changed in
    meaning: empty for a change of form alone, None where a version could not be read
    (``unread`` says which: “this”, “before” or both).
    """

    commit: Commit
    kind: str
    path: str
    renamed_from: str
    came_with: Commit | None
    edits: tuple[Edit, ...] | None
    unread: tuple[str, ...]
    record: Recommendation | None

    @property
    def date(self) -> str:
        """The day on which it was recorded (YYYY-MM-DD, UTC); empty where no commit says."""
        return self.commit.date


class History:
    """The recorded history of a tracker's recommendations up to a commit (an object id)."""

    def __init__(self, repository: Repository, head: str) -> None:
        self.repository = repository
        self.head = head
        self.shallow = repository.shallow
        self.commits = 0
        self._merged: dict[str, Commit] = {}
        self._versions = self._read()

    @property
    def ids(self) -> list[str]:
        return sorted(self._versions)

    def versions(self, name: str) -> list[Version]:
        """The commits that changed a record, the newest first; none for an unknown id."""
        return self._versions.get(name, [])

    def successor(self, name: str) -> str | None:
        """The present id of the record whose file once had the name ``name``."""
        return next((
            now for now, versions in self._versions.items() for v in versions
            if any(_stem(path) == name for path, blob in v.before if blob)
        ), None)  # fmt: skip

    def of(self, name: str, reader: Reader) -> list[Entry]:
        """What each commit changed in meaning in one record, the newest first."""
        return self.read([name], reader)[name]

    def read(self, names: Iterable[str], reader: Reader) -> dict[str, list[Entry]]:
        """The same for several records, with one process for all their contents."""
        names = list(names)
        wanted = {
            blob: path
            for name in names for v in self.versions(name)
            for path, blob in ((v.path, v.blob), *v.before) if blob
        }  # fmt: skip
        with fast.quiet():
            records = {
                blob: reader.record(wanted[blob], data) if data is not None else None
                for blob, data in self.repository.blobs(wanted)
            }
        return {name: [self._entry(v, records.get) for v in self.versions(name)] for name in names}

    def _entry(self, version: Version, record: Callable) -> Entry:
        commit, after = version.commit, record(version.blob)
        path, blob = next(((p, b) for p, b in version.before if b), ("", ""))
        before = record(blob)
        unread = (("this",) if version.blob and after is None else ()) + (
            ("before",) if blob and before is None else ()
        )
        if not blob:
            kind = "earliest" if commit.id in self.repository.boundary else "added"
        else:
            kind = "changed" if version.blob else "removed"
        told = None if unread else ()
        if before is not None and after is not None:
            told = tuple(edits(before, after))
        return Entry(
            commit, kind, version.path, path if kind == "changed" and path != version.path else "",
            self._merged.get(commit.id), told, unread, after,
        )  # fmt: skip

    def _read(self) -> dict[str, list[Version]]:
        repository = self.repository
        present = {
            item.path: item.blob
            for item in repository.tree(self.head, RECORDS) if item.path.endswith(".md")
        }
        known = {_stem(path) for path in present}
        claims: dict[str, _Claims] = {self.head: {p: ((b, _stem(p)),) for p, b in present.items()}}
        found: dict[str, list[Version]] = {}
        main = _MainLine(self.head)
        for commit, touched in repository.log(self.head, RECORDS):
            self.commits += 1
            main.see(commit)
            mine = claims.pop(commit.id, {})
            for_parents = [mine] * len(commit.parents)
            if touched:
                for_parents = self._step(commit, touched, mine, known, found)
            for parent, wanted in zip(commit.parents, for_parents, strict=False):
                theirs = claims.get(parent)
                claims[parent] = wanted if theirs is None or theirs is wanted else _joined(theirs, wanted)
        self._merged = main.merged()
        return found

    @staticmethod
    def _step(
        commit: Commit, touched: list[Touched], mine: _Claims, known: set[str],
        found: dict[str, list[Version]],
    ) -> list[_Claims]:
        """What is to be looked for in each parent; what this commit said is added to ``found``."""
        count = len(commit.parents)
        wanted = [dict(mine) for _ in range(count)]
        onward: list[tuple[int, str, str, str]] = []
        for file in touched:
            for claims in wanted:
                claims.pop(file.path, None)
            owners = [name for blob, name in mine.get(file.path, ()) if blob == file.blob]
            if not owners and not file.blob and file.path.endswith(".md") and _stem(file.path) not in known:
                owners = [_stem(file.path)]  # removed for good, and followed from here
            for name in owners:
                found.setdefault(name, []).append(Version(commit, file.path, file.blob, file.before))
                # An empty blob is looked for too: the file may have been removed, and put back here.
                onward += [(n, path, blob, name) for n, (path, blob) in enumerate(file.before) if n < count]
        for n, path, blob, name in onward:
            have = wanted[n].get(path, ())
            if (blob, name) not in have:
                wanted[n][path] = (*have, (blob, name))
        return wanted


class _MainLine:
    """Which commits were made beside the main line, and the merge that brought each in."""

    def __init__(self, head: str) -> None:
        self._line = head  # the next commit of the main line, going back
        self._merges: list[Commit] = []  # those of the main line, the newest first
        self._by: dict[str, int] = {}  # commits seen from their children: their merge's place in it
        self._side: dict[str, Commit] = {}

    def see(self, commit: Commit) -> None:
        """Commits are shown children first."""
        merge = self._by.pop(commit.id, None)
        if commit.id == self._line:
            self._line, *others = commit.parents or ("",)
            if others:
                merge = len(self._merges)
                self._merges.append(commit)
        elif merge is not None:
            self._side[commit.id] = self._merges[merge]
            others = commit.parents
        else:
            return
        for parent in others:  # of two merges that have a commit, the earlier brought it
            self._by[parent] = max(merge, self._by.get(parent, 0))

    def merged(self) -> dict[str, Commit]:
        return self._side


def _joined(one: _Claims, other: _Claims) -> _Claims:
    """What two children look for in one parent."""
    made = dict(one)
    for path, pairs in other.items():
        have = made.get(path)
        if have is None:
            made[path] = pairs
        elif have != pairs:
            made[path] = (*have, *(pair for pair in pairs if pair not in have))
    return made


def _stem(path: str) -> str:
    """The id that a path stands for; “inbox/<name>” for what waits there, which has none."""
    if path.startswith(f"{INBOX}/"):
        return path.removeprefix(f"{RECORDS}/").removesuffix(".md")
    return path.rsplit("/", 1)[-1].removesuffix(".md")
