"""Where the text comes from: a commit.

The same interface as the work tree's (`tracker.store`), so that everything that reads
records reads any commit too, with no second parser.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.findings import Finding
from tracker.gitrepo import Item, Repository
from tracker.rules import files as rules
from tracker.safety import visible
from tracker.store import ASSET_TYPES, PAGES, RECORDS, Entry, apart, too_long, unwritable, wrong_type

_LINK, _SUBMODULE = "120000", "160000"


class GitTree:
    """The files of a tracker as one commit has them. ``commit`` is a resolved object id.

    An entry's ``full`` is the file's object id.
    """

    def __init__(self, repository: Repository, commit: str) -> None:
        self.repository = repository
        self.commit = commit
        self.findings: list[Finding] = []
        self._data: dict[str, bytes | None] = {}
        self._blobs: dict[str, str] = {}
        self._translations: list[Entry] = []

    def records(self) -> list[Entry]:
        """Markdown below recommendations/ and docs/, in the order of their paths."""
        found, self._translations = apart(e for e in self._entries() if e.path.endswith(".md"))
        self._blobs = {e.path: e.full for e in found}
        # One process for all contents; files that are the same are read once.
        self._data = dict(self.repository.blobs(dict.fromkeys(e.full for e in [*found, *self._translations])))
        return found

    def translations(self) -> list[Entry]:
        """The translations among what `records` found, in the order of their paths."""
        return self._translations

    def assets(self) -> list[Entry]:
        """Pictures and PDF below docs/."""
        entries = self._entries(quiet=True)
        return sorted(e for e in entries if e.path.startswith(f"{PAGES}/") and not e.path.endswith(".md"))

    def read(self, entry: Entry) -> bytes | None:
        """The bytes of a file, or None and a finding."""
        data = self._content(entry.full)
        if data is None:
            self.findings.append(rules.UNREADABLE.finding(
                entry.path, "the file can't be read: this copy of the repository does not have its content",
                "Fetch it: git fetch --refetch.",
            ))  # fmt: skip
        return data

    def bytes_of(self, path: str) -> bytes | None:
        """The bytes of a file by its path; None where the commit has no such file."""
        if path in self._blobs:
            return self._content(self._blobs[path])
        for item in self.repository.tree(self.commit, path):
            if item.path == path and item.mode not in (_LINK, _SUBMODULE):
                return self._content(item.blob)
        return None

    def _content(self, blob: str) -> bytes | None:
        if blob not in self._data:
            self._data.update(self.repository.blobs([blob]))
        return self._data.get(blob)

    def _entries(self, *, quiet: bool = False) -> Iterator[Entry]:
        for item in self.repository.tree(self.commit, RECORDS, PAGES):
            problem = _problem(item)
            if problem is None:
                if not _hidden(item.path):
                    yield Entry(item.path, item.blob, (0, item.size, 0))
            elif not quiet and not _hidden(item.path):
                rule, message, hint = problem
                self.findings.append(rule.finding(visible(item.path), message, hint))


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _problem(item: Item) -> tuple | None:
    if item.mode == _LINK:
        return rules.SYMLINK, "this is a symbolic link", "Put the file itself in its place."
    if item.mode == _SUBMODULE:
        return rules.FILE_TYPE, "this is a submodule: its files are not in this repository", (
            "Put the files themselves in its place."
        )
    folder, _, _ = item.path.partition("/")
    name = item.path.rsplit("/", 1)[1] if "/" in item.path else item.path
    types = ASSET_TYPES if folder == PAGES else frozenset()
    return unwritable(item.path) or wrong_type(name, types) or too_long(name, item.size)
