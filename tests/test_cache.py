"""The cache and the helpers change how long reading takes, and nothing else.

Every test compares with a project that reads every file anew, alone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import GOOD, TODAY, Tracker

from tracker import loading
from tracker.cache import FOLDER
from tracker.model import plain
from tracker.project import Project
from tracker.reader import Reader

LONG_AGO = time.time() - 3600


@pytest.fixture
def stock(tracker: Tracker) -> Tracker:
    """Records good and bad, all last changed an hour ago."""
    for number in range(12):
        tracker.recommendation(f"ask-{number}", title=f"title: Ask {number}", order=f"order: {number}")
    tracker.recommendation("wrong", kind="kind: fromal")
    tracker.recommendation("broken", title="title: a: b")
    tracker.write("docs/about.md", "# About\n\nA page of <b>prose</b>.\n")
    tracker.write("docs/cases/horn.md", "---\ntitle: The Horn\nteaches: Much.\n---\nA case.\n")
    for file in tracker.root.rglob("*.md"):
        os.utime(file, (LONG_AGO, LONG_AGO))
    return tracker


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were read, and not taken from the cache."""
    seen: list[str] = []
    read = Reader.read

    def noted(self: Reader, path: str, data: bytes):
        seen.append(path)
        return read(self, path, data)

    monkeypatch.setattr(Reader, "read", noted)
    return seen


def outcome(project: Project) -> tuple:
    records = [(name, plain(record)) for name, record in project.corpus.records()]
    return records, project.findings, project.corpus.ids


def cached(tracker: Tracker) -> tuple:
    return outcome(tracker.project(use_cache=True))


def anew(tracker: Tracker) -> tuple:
    return outcome(tracker.project(use_cache=False))


def store(tracker: Tracker) -> Path:
    return tracker.root / FOLDER / "records.msgpack"


def test_warm_equals_cold_and_reads_nothing(stock: Tracker, reads: list[str]) -> None:
    cold = cached(stock)
    assert cold == anew(stock)
    assert {f.code for f in cold[1]} >= {"T205", "T105", "T906"}, "findings are kept too"
    reads.clear()
    assert cached(stock) == cold
    assert reads == []


ASK = "recommendations/report/ask-3.md"


def edit(tracker: Tracker) -> None:
    tracker.recommendation("ask-3", title="title: Another title", order="order: 3")


def edit_in_place(tracker: Tracker) -> None:
    """The same length: only the time tells."""
    tracker.recommendation("ask-3", title="title: ASK 3", order="order: 3")


def mend(tracker: Tracker) -> None:
    tracker.recommendation("wrong")


CHANGES: dict[str, tuple[Callable[[Tracker], object], list[str]]] = {
    "a file is edited": (edit, [ASK]),
    "a file is edited to the same length": (edit_in_place, [ASK]),
    "a file is mended": (mend, ["recommendations/report/wrong.md"]),
    "a file is new": (lambda t: t.recommendation("new"), ["recommendations/report/new.md"]),
    "a file is gone": (lambda t: (t.root / ASK).unlink(), []),
    "a file is renamed": (
        lambda t: (t.root / ASK).rename(t.root / ASK.replace("3", "33")),
        [ASK.replace("3", "33")]),
    "a file is replaced by an older one": (
        lambda t: os.utime(t.recommendation("ask-3"), (LONG_AGO - 9999, LONG_AGO - 9999)),
        [ASK]),
    "a file is replaced and its time put back": (
        lambda t: (t.recommendation("ask-3x", order="order: 3").replace(t.root / ASK),
                   os.utime(t.root / ASK, (LONG_AGO, LONG_AGO))),
        [ASK]),
    "a file's time is new": (lambda t: (t.root / ASK).touch(), []),
    "a file becomes a link": (
        lambda t: ((t.root / ASK).unlink(),
                   (t.root / ASK).symlink_to("ask-4.md")), []),
}  # fmt: skip


@pytest.mark.parametrize(("change", "read_again"), CHANGES.values(), ids=CHANGES)
def test_after_a_change_only_what_changed_is_read(
    change, read_again: list[str], stock: Tracker, reads: list[str]
) -> None:
    cached(stock)
    change(stock)
    reads.clear()
    found = cached(stock)
    assert reads == read_again
    assert found == anew(stock)
    assert cached(stock) == found, "and it stays so"


def test_a_file_written_at_the_same_time_as_the_cache_is_not_trusted_by_its_time(
    stock: Tracker, reads: list[str]
) -> None:
    """Two writes within one tick of a clock leave the same time: only the content tells."""
    file = stock.recommendation("ask-3", title="title: First word")
    now = file.stat()
    cached(stock)
    with file.open("r+") as opened:
        opened.write(GOOD.replace("Name a desk for civil society", "Other word"))
    os.utime(file, ns=(now.st_atime_ns, now.st_mtime_ns))
    assert cached(stock) == anew(stock)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "other bytes": lambda data: b"\xff" * 100,
    "text": lambda data: b"not msgpack",
    "something else in the same format": lambda data: b"\x93\x01\x02\x03",
    "bytes turned over": lambda data: data[:200] + bytes(reversed(data[200:])),
    "a collection that is not known": lambda data: data.replace(b"\xa6actors\xdc", b"\xa6actorz\xdc").replace(
        b"\xa6actors", b"\xa6actorz", 1),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_cache_is_ignored_and_made_anew(damage, stock: Tracker, reads: list[str]) -> None:
    cached(stock)
    whole = store(stock).read_bytes()
    assert damage(whole) != whole
    store(stock).write_bytes(damage(whole))
    assert cached(stock) == anew(stock)
    reads.clear()
    cached(stock)
    assert reads == [], "it was written again"


def test_another_configuration_makes_the_cache_void(stock: Tracker, reads: list[str]) -> None:
    cached(stock)
    stock.write("tracker.yml", "lead_assessor: watch\nvocabulary:\n  kind:\n    fromal: {label: Fromal}\n")
    reads.clear()
    found = cached(stock)
    assert len(reads) == len(list(stock.root.rglob("*.md")))
    assert found == anew(stock)
    codes = {(f.path.rsplit("/", 1)[1], f.code) for f in found[1]}
    assert ("wrong.md", "T205") not in codes
    assert ("ask-1.md", "T205") in codes


def test_the_date_is_no_part_of_what_is_kept(stock: Tracker) -> None:
    entry = "assessments:\n  - {actor: au, date: 2020-05-01, by: watch, response: noted}"
    stock.recommendation("dated", regions=entry)
    early = Project(stock.root, "2020-04-30").findings
    assert [f.code for f in early if f.path.endswith("dated.md")] == ["T308"]
    late = Project(stock.root, TODAY).findings
    assert [f.code for f in late if f.path.endswith("dated.md")] == []


@pytest.mark.parametrize("what", ["a file", "a link that leads nowhere"])
def test_a_tracker_that_can_t_keep_a_cache_works(what: str, stock: Tracker) -> None:
    """As in a folder that may not be written to; this way holds for root too."""
    folder = stock.root / FOLDER
    if what == "a file":
        folder.write_text("in the way")
    else:
        folder.symlink_to("/nowhere/at/all")
    assert cached(stock) == anew(stock)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_works(stock: Tracker) -> None:
    stock.root.chmod(0o555)
    try:
        assert cached(stock) == anew(stock)
        assert not (stock.root / FOLDER).exists()
    finally:
        stock.root.chmod(0o755)


def test_the_cache_leaves_nothing_for_git_to_see_and_no_parts(stock: Tracker) -> None:
    cached(stock)
    assert (stock.root / FOLDER / ".gitignore").read_text() == "*\n"
    assert sorted(file.name for file in (stock.root / FOLDER).iterdir()) == [".gitignore", "records.msgpack"]


# Several processes

@pytest.fixture
def shared(stock: Tracker, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Work is shared out from two files on; returns the ids of the helpers."""
    helpers: list[int] = []
    fork = os.fork

    def counted() -> int:
        pid = fork()
        if pid:
            helpers.append(pid)
        return pid

    monkeypatch.setattr(loading, "_WORTH_SHARING", 2)
    monkeypatch.setattr(loading, "cores", lambda: 3)
    monkeypatch.setattr(os, "fork", counted)
    return helpers


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform can't fork")


@needs_fork
@pytest.mark.parametrize("use_cache", [False, True])
def test_several_processes_find_what_one_does(use_cache: bool, stock: Tracker, shared, monkeypatch) -> None:
    together = outcome(stock.project(use_cache=use_cache))
    assert len(shared) == 2
    monkeypatch.setattr(loading, "_WORTH_SHARING", 10**9)
    assert outcome(stock.project()) == together
    assert cached(stock) == together
    assert len(shared) == 2, "reading alone needs no helper"


@needs_fork
def test_what_a_helper_can_t_read_is_a_finding_too(stock: Tracker, shared, monkeypatch) -> None:
    from tracker.store import WorkTree

    gone = "recommendations/report/wrong.md"  # the last path, so the last helper's
    records = WorkTree.records

    def listed(self: WorkTree):
        found = records(self)
        (self.root / gone).unlink(missing_ok=True)
        return found

    monkeypatch.setattr(WorkTree, "records", listed)
    findings = stock.project().findings
    assert len(shared) == 2
    assert [f.code for f in findings if f.path == gone] == ["T101"]


@needs_fork
@pytest.mark.parametrize("how", ["it fails", "it is killed"])
def test_the_share_of_a_helper_that_dies_is_read_here(how: str, stock: Tracker, shared, monkeypatch) -> None:
    wanted = anew(stock)
    shared.clear()
    here, read = os.getpid(), Reader.read

    def dying(self: Reader, path: str, data: bytes):
        if os.getpid() != here:
            os._exit(7) if how == "it fails" else os.kill(os.getpid(), 9)
        return read(self, path, data)

    monkeypatch.setattr(Reader, "read", dying)
    assert anew(stock) == wanted
    assert len(shared) == 2
