"""When each judgement was recorded: the commit that first said it, and the last that altered it.

The dates in a record tell when a thing was so in the world; this tells when the tracker came
to say it. It is worked out once for a commit and kept beside the cache of records, so that a
second run costs nothing.

The day is the commit's own, and not that of the merge which brought it into the main line:
which merge that was depends on how the branches lie, so it can change later, and a date that
was published must not. Nothing is made up: where this copy of the repository does not reach
back to a judgement's beginning, where an older version can't be read, where the commit names
no day or where nothing is committed yet, there is no answer.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from tracker import cache
from tracker.config import FILE_NAME
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.gitrepo import Commit, Repository
from tracker.history import History
from tracker.meaning import told_alike
from tracker.model import INBOX, Assessment, Proposal, Recommendation, is_pending
from tracker.project import Project
from tracker.reader import Reader
from tracker.yamltext import fast

_FILE = "recorded.msgpack"
Key = tuple[str, str, str, str, int]  # actor, date, assessor, what it corrects, and which of several
Same = Callable[[str], str]


class Written(msgspec.Struct, array_like=True, frozen=True):
    """The commits that said a judgement first and that altered it last.

    ``sure`` is false where it may have been said before the first.
    """

    first: Commit
    last: Commit
    sure: bool


class Whole(msgspec.Struct, array_like=True, frozen=True):
    """A record that has not been changed since it was committed: its file and that commit."""

    path: str
    blob: str
    written: Written


class _Ledger(msgspec.Struct, array_like=True):
    """What a commit has, by names as `History` has them. ``waited`` is by recommendation: what the
    files of the inbox said, those included that were collected since."""

    key: str = ""
    whole: dict[str, Whole] = {}
    said: dict[str, dict[Key, Written]] = {}
    waited: dict[str, dict[Key, Written]] = {}
    shallow: bool = False


class Recorded:
    """The answers for one state of a tracker. ``lack`` says why there are none, where that is so."""

    def __init__(self, ledger: _Ledger | None = None, same_actor: Same = str, lack: str = "") -> None:
        self._ledger = ledger or _Ledger()
        self._same = same_actor
        self.lack = lack

    @property
    def shallow(self) -> bool:
        return self._ledger.shallow

    def of(self, record: Recommendation) -> Iterator[tuple[Assessment, Written | None]]:
        """Every entry of a recommendation's log, and when it was written down, where that is known."""
        ledger = self._ledger
        names = [record.id, *record.aliases]
        whole = next((ledger.whole[name] for name in names if name in ledger.whole), None)
        mine = _merged(ledger.said.get(name, {}) for name in names)
        waited = _merged(ledger.waited.get(name, {}) for name in names)
        for entry, key in keyed(record.assessments, self._same):
            found = mine.get(key) or (whole.written if whole and not is_pending(entry) else None)
            # What was collected had been recorded with its inbox file, before it came into the record.
            early = waited.get(key)
            if early and (found is None or _moment(early) < _moment(found)):
                last = found.last if found and found.last != found.first else early.last
                found = Written(early.first, last, early.sure)
            yield entry, found


def of(project: Project, head: str | None) -> Recorded:
    """For the work tree of a project that is checked out at ``head`` (a commit's id), if at any."""
    if head is None:
        return Recorded(lack="the tracker is not kept in git, or nothing has been committed yet")
    same = same_actor(project.corpus)
    try:
        with Repository(project.root) as repository:
            ledger = _kept(project, repository, head, same)
            # What is not committed was not recorded: these files are read as the commit has them.
            touched = {path for _, path in repository.changed(head, None)}
            stale = {name: w for name, w in ledger.whole.items() if w.path in touched}
            if stale:
                read = _read(repository, project.reader, {w.blob: w.path for w in stale.values()})
                for name, w in stale.items():
                    ledger.said[name] = {key: w.written for _, key in keyed(_entries(read(w.blob)), same)}
                    del ledger.whole[name]
    except TrackerError:  # its words may name folders of this machine, and these are published
        return Recorded(lack="git could not tell the history of the tracker")
    return Recorded(ledger, same)


def same_actor(corpus: Corpus) -> Same:
    """Gives an actor's present id for a former one."""
    former = corpus.aliases["actors"]
    return lambda name: former.get(name, name)


def keyed(log: Iterable[Assessment], same: Same) -> Iterator[tuple[Assessment, Key]]:
    """Each entry of a log and what it is known by through all versions: a log only grows."""
    seen: Counter[tuple] = Counter()
    for entry in log:
        key = same(entry.actor), entry.date, same(entry.by), entry.corrects or ""
        if is_pending(entry):  # alone in its file
            yield entry, (*key, 1)
            continue
        seen[key] += 1
        yield entry, (*key, seen[key])


def for_records(history: History, names: Iterable[str], reader: Reader, same: Same) -> Recorded:
    """For a few records alone, by their names in the history."""
    inbox = [name for name in history.ids if name.startswith("inbox/")]
    said = _written(history, names, reader, same)
    return Recorded(_Ledger(said=said, waited=_waited(history, inbox, reader, same)), same)


class _Unread(NamedTuple):
    """Stands for a version of which nobody can tell what it said."""


def _written(
    history: History, names: Iterable[str], reader: Reader, same: Same
) -> dict[str, dict[Key, Written]]:
    """When each entry of some records was said first, in any version."""
    names = list(names)
    read = _reading(history, names, reader)
    made = {name: _followed(history, name, read, same) for name in names}
    return {name: said for name, said in made.items() if said}


def _waited(history: History, inbox: list[str], reader: Reader, same: Same) -> dict[str, dict[Key, Written]]:
    """What files of the inbox said, by the recommendation that they speak of."""
    read = _reading(history, inbox, reader)
    made: dict[str, list[dict[Key, Written]]] = {}
    for name in inbox:
        said = _followed(history, name, read, same)
        records = (read(version.blob) for version in history.versions(name))
        for about in {record.recommendation for record in records if isinstance(record, Proposal)}:
            made.setdefault(about, []).append(said)
    return {about: _merged(listed) for about, listed in made.items()}


def _followed(history: History, name: str, read: Callable[[str], Any], same: Same) -> dict[Key, Written]:
    """One record through its versions, the oldest first."""
    found: dict[Key, Written] = {}
    for version in reversed(history.versions(name)):
        commit = version.commit
        parents = [read(blob) for _, blob in version.before if blob]
        begins = bool(parents) or commit.id not in history.repository.boundary
        sure = begins and not any(isinstance(parent, _Unread) for parent in parents)
        before = [{key: entry for entry, key in keyed(_entries(parent), same)} for parent in parents]
        for entry, key in keyed(_entries(read(version.blob)), same):
            if key not in found:
                found[key] = Written(commit, commit, sure)
                continue
            had = [theirs[key] for theirs in before if key in theirs]
            if had and not any(told_alike(old, entry, same) for old in had):
                found[key] = Written(found[key].first, commit, found[key].sure)
    return found


def _reading(history: History, names: Iterable[str], reader: Reader) -> Callable[[str], Any]:
    """Gives what each version of some records said, by its blob."""
    return _read(history.repository, reader, {
        blob: path
        for name in names for version in history.versions(name)
        for path, blob in ((version.path, version.blob), *version.before) if blob
    })  # fmt: skip


def _read(repository: Repository, reader: Reader, paths: dict[str, str]) -> Callable[[str], Any]:
    """Gives the record, `_Unread` or None (no file, or one without a log) for a blob of ``paths``."""
    made: dict[str, Any] = {}
    with fast.quiet():
        for blob, data in repository.blobs(paths):
            if data is None:
                made[blob] = _Unread()
            # Most versions have no log, and looking for its name is far quicker than reading. (Only with
            # a backslash can YAML write the name in another way.)
            elif b"assessments" in data or b"\\" in data or paths[blob].startswith(f"{INBOX}/"):
                record = reader.record(paths[blob], data)
                made[blob] = _Unread() if record is None else record
    return made.get


def _entries(record: Any) -> list[Assessment]:
    if isinstance(record, Proposal):
        return [record]
    return record.assessments if isinstance(record, Recommendation) else []


def _moment(said: Written) -> float:
    return said.first.time if said.first.time is not None else float("inf")


def _merged(found: Iterable[dict[Key, Written]]) -> dict[Key, Written]:
    """One record under several names: the first time that it was said, and the last that it was altered."""
    made: dict[Key, Written] = {}
    for said in found:
        for key, one in said.items():
            other = made.get(key)
            if other is not None:
                one, other = sorted((one, other), key=_moment)
                one = Written(one.first, max(one.last, other.last, key=lambda c: c.time or 0), one.sure)
            made[key] = one
    return made


# Made and kept

def _kept(project: Project, repository: Repository, head: str, same: Same) -> _Ledger:
    file = project.root / cache.FOLDER / _FILE
    key = _key(project, head, shallow=repository.shallow)
    with contextlib.suppress(OSError, msgspec.DecodeError):
        ledger = msgspec.msgpack.decode(file.read_bytes(), type=_Ledger)
        if ledger.key == key:
            return ledger
    ledger = _made(repository, head, project.reader, same)
    ledger.key = key
    cache.put(project.root, _FILE, msgspec.msgpack.encode(ledger))
    return ledger


def _key(project: Project, head: str, *, shallow: bool) -> str:
    """Changes with the commit and with whatever else the answers depend on."""
    settings = cache.key(project.tree.bytes_of(FILE_NAME) or b"")
    former = sorted(project.corpus.aliases["actors"].items())
    return hashlib.blake2b(repr((settings, head, shallow, former)).encode(), digest_size=16).hexdigest()


def _made(repository: Repository, head: str, reader: Reader, same: Same) -> _Ledger:
    history = History(repository, head)
    ledger = _Ledger(shallow=history.shallow)
    inbox, several = [], []
    for name in history.ids:
        versions = history.versions(name)
        if name.startswith("inbox/"):
            inbox.append(name)
        elif len(versions) == 1 and versions[0].blob and not any(blob for _, blob in versions[0].before):
            [only] = versions
            sure = only.commit.id not in repository.boundary
            ledger.whole[name] = Whole(only.path, only.blob, Written(only.commit, only.commit, sure))
        else:
            several.append(name)
    ledger.said = _written(history, several, reader, same)
    ledger.waited = _waited(history, inbox, reader, same)
    return ledger
