"""A git repository, read: commits, trees, file contents and the raw log.

Everything goes through GitPython's handling of processes and git's own plumbing. What a
person writes (a ref) is resolved to an object id first; every other command is given
ids and the tracker's own folder only, never text from a record. Nothing is written.
"""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tracker.errors import TrackerError
from tracker.suggest import did_you_mean

# What a user's or a repository's settings could change about the output, put back.
_SETTINGS = ("core.quotePath=false", "log.showRoot=true", "diff.relative=false")
_LOG = (
    "log", "--date-order", "--full-history", "--sparse", "-c", "--combined-all-paths", "--raw", "-z",
    "-M", "-O/dev/null", "--no-abbrev", "--no-color", "--no-show-signature", "--no-ext-diff", "--no-textconv",
    "--encoding=UTF-8", "--format=%x01%H%x00%P%x00%ct%x00%an",
)  # fmt: skip
_MOST_REF = 250  # characters


class Commit(NamedTuple):
    """``parents`` are object ids; ``time`` is the committer's, in seconds since 1970, or None
    where the commit has none that can be used; ``author`` is a name as it was written."""

    id: str
    parents: tuple[str, ...]
    time: int | None
    author: str

    @property
    def date(self) -> str:
        """The committer's day (YYYY-MM-DD, UTC); empty where the commit names none."""
        return day(self.time)

    @property
    def short(self) -> str:
        return self.id[:9]


class Touched(NamedTuple):
    """A file as a commit left it, beside each parent's version of it: (path, blob) pairs.

    A blob is an object id, or empty where there is no such file. A merge is listed only
    with files that differ from all of its parents.
    """

    path: str
    blob: str
    before: tuple[tuple[str, str], ...]


class Item(NamedTuple):
    """A line of a tree; ``size`` in bytes is -1 for what is not a file."""

    mode: str
    blob: str
    size: int
    path: str


def day(time: int | None) -> str:
    """Seconds since 1970 as a day in UTC; empty for None."""
    if time is None:
        return ""
    return datetime.datetime.fromtimestamp(time, datetime.UTC).date().isoformat()


class Repository:
    """The repository that the tracker in ``root`` is kept in.

    ``prefix`` is the tracker's folder inside it: empty, or ending in “/”.
    Raises TrackerError where there is none, or where git is missing or refuses.
    """

    def __init__(self, root: Path) -> None:
        try:
            import git
        except ImportError:
            hint = "History is kept in git: install it."
            raise TrackerError("the program git is not installed", hint) from None
        self._failed = git.GitCommandError
        try:
            self._repo = git.Repo(root, search_parent_directories=True)
        except (git.InvalidGitRepositoryError, git.NoSuchPathError):
            raise TrackerError(
                f"{root} is not in a git repository",
                "History is kept in git. Begin one with: git init, git add, git commit.",
            ) from None
        top = self._repo.working_tree_dir
        if top is None:
            raise TrackerError(f"the repository of {root} has no work tree", "Work in an ordinary clone.")
        inside = root.resolve().relative_to(Path(top).resolve()).as_posix()
        self.prefix = "" if inside == "." else f"{inside}/"

    # Commits

    def resolve(self, ref: str) -> str:
        """The id of the commit that a person means by ``ref`` (a branch, a tag, an id, HEAD~3)."""
        if not ref or len(ref) > _MOST_REF or ref.startswith("-") or not ref.isprintable() or " " in ref:
            raise TrackerError(
                f"“{printable(ref)}” can't be the name of a commit",
                "Write a branch, a tag or a commit id, such as main, v1.0 or 1a2b3c4.",
            )
        found = self._line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        if found:
            return found
        if self.head() is None:
            raise TrackerError(f"there is no commit “{ref}”: nothing has been committed yet", _FIRST)
        hint = did_you_mean(ref, self.refs(), "Known: " + ", ".join(self.refs()[:8]) + ".")
        if self.shallow:
            hint += " " + SHALLOW
        raise TrackerError(f"there is no branch, tag or commit “{ref}”", hint.strip())

    def head(self) -> str | None:
        """The id of the commit that is checked out; None before the first one."""
        return self._line("rev-parse", "--verify", "--quiet", "HEAD^{commit}") or None

    def refs(self) -> list[str]:
        """Short names of branches and tags."""
        kinds = ("refs/heads", "refs/tags", "refs/remotes")
        return self._text("for-each-ref", "--format=%(refname:short)", *kinds).splitlines()

    def merge_base(self, one: str, other: str) -> str | None:
        """The commit (all are ids) from which two commits parted; None where they share none."""
        return self._line("merge-base", one, other) or None

    def commit(self, id: str) -> Commit:
        said = self._text("log", "-1", "--no-show-signature", _LOG[-1], id)
        return next(self._commits(said.split("\0")))[0]

    @property
    def shallow(self) -> bool:
        """Whether this copy has only the latest part of the history."""
        return bool(self.boundary)

    @property
    def boundary(self) -> frozenset[str]:
        """The commits whose parents this copy does not have."""
        try:
            return frozenset((Path(self._repo.common_dir) / "shallow").read_text().split())
        except OSError:
            return frozenset()

    def dirty(self, path: str = "") -> bool:
        """Whether the tracker (or one file of it) has changes that are not committed."""
        return bool(self._text("status", "--porcelain", "-z", "--", self.prefix + path or "."))

    # Content

    def tree(self, commit: str, *paths: str) -> Iterator[Item]:
        """Every file of a commit below ``paths`` (of the tracker), links and submodules included."""
        wanted = [self.prefix + path for path in paths]
        listed = self._bytes("ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *wanted)
        for line in listed.split(b"\0")[:-1]:
            facts, _, path = line.partition(b"\t")
            mode, _, blob, size = facts.decode().split()
            yield Item(mode, blob, int(size) if size != "-" else -1, self._inside(path))

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """The contents of files by their ids, in the given order; None for one that is not here."""
        with tempfile.TemporaryFile() as wanted:
            wanted.write("".join(f"{id}\n" for id in ids).encode())
            if not wanted.tell():
                return
            wanted.seek(0)
            process = self._start("cat-file", "--batch", "--buffer", stdin=wanted)
            out = process.stdout
            for line in out:
                name, *facts = line.decode().split()
                if len(facts) != 2:
                    yield name, None
                    continue
                data = out.read(int(facts[1]))
                out.read(1)
                yield name, data
            self._end(process)

    def log(self, commit: str, path: str) -> Iterator[tuple[Commit, list[Touched]]]:
        """Every commit that leads to ``commit``, children first, and what each did below ``path``."""
        process = self._start(*_LOG, commit, "--", self.prefix + path)
        yield from self._commits(_tokens(process.stdout))
        self._end(process)

    def retired(self, commit: str, *paths: str) -> Iterator[tuple[str, str]]:
        """(path, blob) of every file that some commit up to ``commit`` removed or renamed, as it
        was last; the latest removal comes first."""
        process = self._start(
            *(option for option in _LOG if option not in ("-c", "--combined-all-paths", "--sparse", "-M")),
            "--no-renames", "--diff-filter=D", commit, "--", *(self.prefix + path for path in paths),
        )  # fmt: skip
        for _, touched in self._commits(_tokens(process.stdout)):
            yield from (file.before[0] for file in touched)
        self._end(process)

    def changed(self, before: str, after: str | None) -> list[tuple[str, str]]:
        """(A, M, D or T, path) of every file that differs between two commits (ids); without
        ``after`` between a commit and the work tree, files that git does not know yet included.

        Paths inside the tracker are relative to it, others to the repository.
        """
        options = ("-r", "-z", "--name-status", "--no-renames", "--no-ext-diff", "--no-textconv")
        if after is not None:
            said = self._bytes("diff-tree", *options, before, after, "--")
            new = b""
        else:
            said = self._bytes("diff", *options[1:], before, "--")
            new = self._bytes("ls-files", "-z", "--others", "--exclude-standard", "--full-name")
        parts = said.split(b"\0")[:-1]
        found = [(status.decode()[:1], self._inside(path)) for status, path in zip(parts[::2], parts[1::2], strict=True)]
        found += [("A", self._inside(path)) for path in new.split(b"\0")[:-1]]
        return sorted(found, key=lambda pair: pair[1])

    def _commits(self, tokens: Iterable[str]) -> Iterator[tuple[Commit, list[Touched]]]:
        tokens = iter(tokens)
        commit, touched = None, []
        for token in tokens:
            token = token.lstrip("\n")
            if token.startswith("\x01"):
                if commit is not None:
                    yield commit, touched
                parents, time, author = next(tokens), next(tokens), next(tokens).rstrip("\n")
                commit, touched = Commit(token[1:], tuple(parents.split()), _time(time), author), []
            elif token.startswith(":"):
                touched.append(self._touched(token, tokens))
        if commit is not None:
            yield commit, touched

    def _touched(self, token: str, tokens: Iterator[str]) -> Touched:
        count = len(token) - len(token.lstrip(":"))
        facts = token[count:].split(" ")
        blobs = [_blob(id) for id in facts[count + 1 : 2 * count + 2]]
        if count == 1:
            names = [next(tokens) for _ in range(2 if facts[-1][0] in "RC" else 1)]
            names = [names[0], names[-1]]
        else:
            names = [next(tokens) for _ in range(count + 1)]
        names = [name.removeprefix(self.prefix) for name in names]
        return Touched(names[-1], blobs[-1], tuple(zip(names[:-1], blobs[:-1], strict=True)))

    def _inside(self, path: bytes) -> str:
        return os.fsdecode(path).removeprefix(self.prefix)

    # Processes

    def _command(self, *arguments: str) -> list[str]:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return ["git", "--no-pager", "--literal-pathspecs", "--no-replace-objects", *settings, *arguments]

    def _bytes(self, *arguments: str) -> bytes:
        try:
            return self._repo.git.execute(
                self._command(*arguments), stdout_as_string=False, strip_newline_in_stdout=False
            )
        except self._failed as error:
            raise _refused(error) from None

    def _text(self, *arguments: str) -> str:
        return self._bytes(*arguments).decode("utf-8", "surrogateescape")

    def _line(self, *arguments: str) -> str:
        """What a command says in one line; empty where it says no."""
        status, out, _ = self._repo.git.execute(
            self._command(*arguments), with_extended_output=True, with_exceptions=False
        )
        return out.strip() if status == 0 else ""

    def _start(self, *arguments: str, stdin=None):
        return self._repo.git.execute(self._command(*arguments), as_process=True, istream=stdin)

    def _end(self, process) -> None:
        try:
            process.wait()
        except self._failed as error:
            raise _refused(error) from None
        process.stdout.close()
        process.stderr.close()

    def close(self) -> None:
        self._repo.close()

    def __enter__(self) -> Repository:
        return self

    def __exit__(self, *_) -> None:
        self.close()


SHALLOW = "This copy is shallow: fetch the whole history with: git fetch --unshallow"
_FIRST = "Commit the tracker first: git add . and git commit."
_FIRST_YEARS, _LAST_YEARS = 0, 253_402_300_799  # 1970-01-01 to 9999-12-31


def printable(text: str) -> str:
    """A text for a message: nothing in it can move the cursor or change a terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text[:200])


def _tokens(stream) -> Iterator[str]:
    """What stands between zero bytes, without reading everything first."""
    rest = b""
    while chunk := stream.read(1 << 16):
        *whole, rest = (rest + chunk).split(b"\0")
        for token in whole:
            yield token.decode("utf-8", "surrogateescape")
    if rest:
        yield rest.decode("utf-8", "surrogateescape")


def _time(text: str) -> int | None:
    """Never an invented date: what git could not read, it gives as 0 or not at all."""
    time = int(text) if text.isdigit() else 0
    return time if _FIRST_YEARS < time <= _LAST_YEARS else None


def _blob(id: str) -> str:
    return id if id.strip("0") else ""


def _refused(error) -> TrackerError:
    said = str(error.stderr or error).strip().removeprefix("stderr: ").strip("' \n")
    last = said.splitlines()[-1] if said else "no reason given"
    return TrackerError(f"git could not do it: {printable(last)}")
