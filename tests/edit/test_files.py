"""The one writer: the old file or the new one, whoever stops it; and never over another's change."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tracker.edit.files import Files, Kept
from tracker.errors import TrackerError

OLD, NEW = b"old\n" * 1000, b"new\n" * 3000
NAME = "recommendations/report/ask.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    file = tmp_path / NAME
    file.parent.mkdir(parents=True)
    file.write_bytes(OLD)
    file.chmod(0o640)
    return tmp_path


def killed_after(root: Path, steps: int, work) -> int:
    """The exit status of a process that does ``work`` and ends, without clean-up, after some steps."""
    left = [steps]

    def step(name: str) -> None:
        if left[0] == 0:
            os._exit(9)
        left[0] -= 1

    child = os.fork()
    if child == 0:
        work(Files(root, step))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_file_is_replaced_and_keeps_its_mode(root: Path) -> None:
    files = Files(root)
    kept = files.read(NAME)
    assert kept == Kept(NAME, OLD, 0o640)
    assert files.write(kept, NEW).data == NEW
    assert (root / NAME).read_bytes() == NEW
    assert (root / NAME).stat().st_mode & 0o777 == 0o640
    assert sorted(f.name for f in (root / ".tracker").iterdir()) == [".gitignore", "writing.lock"]


def test_a_new_file_has_the_usual_mode_and_its_folder_is_made(root: Path) -> None:
    files = Files(root)
    files.write(files.read("docs/actors/au.md"), NEW)
    assert (root / "docs/actors/au.md").stat().st_mode & 0o777 == (root / ".tracker/.gitignore").stat().st_mode & 0o777


@pytest.mark.parametrize("name", [NAME, "docs/actors/au.md"], ids=["replaced", "made"])
def test_killed_at_any_step_it_leaves_the_old_file_or_the_new_one(root: Path, name: str) -> None:
    before = Files(root).read(name)
    steps = 0
    while killed_after(root, steps, lambda files: files.write(before, NEW)) == 9:
        now = Files(root).read(name).data
        assert now in (before.data, NEW)
        if now == NEW:
            (root / name).write_bytes(OLD) if before.exists else (root / name).unlink()
        steps += 1
    assert steps >= 6
    assert (root / name).read_bytes() == NEW
    with Files(root).locked():  # a dead process keeps nobody out, and what it left is swept away
        assert not list((root / ".tracker").glob("writing-*"))


def test_killed_at_any_step_of_a_removal_it_is_there_or_gone(root: Path) -> None:
    kept, steps = Files(root).read(NAME), 0
    while killed_after(root, steps, lambda files: files.remove(kept)) == 9:
        assert Files(root).read(NAME).data in (OLD, None)
        (root / NAME).write_bytes(OLD)
        steps += 1
    assert steps >= 3
    assert not (root / NAME).exists()


WRITER = """
import sys, pathlib
from tracker.edit.files import Files
files = Files(pathlib.Path(sys.argv[1]))
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        with files.locked():
            files.write(files.read(sys.argv[2]), letter * 50_000)
"""


def test_killed_from_outside_at_any_time_the_file_is_whole(root: Path) -> None:
    for number in range(8):
        child = subprocess.Popen([sys.executable, "-c", WRITER, root, NAME], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"ready\n"
        time.sleep(0.01 + 0.013 * number)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert (root / NAME).read_bytes() in (OLD, b"a" * 50_000, b"b" * 50_000)


ADDER = """
import sys, pathlib
from tracker.edit.files import Files
files = Files(pathlib.Path(sys.argv[1]))
for number in range(25):
    with files.locked():
        kept = files.read(sys.argv[2])
        files.write(kept, kept.data + f"{sys.argv[3]}{number}\\n".encode())
"""


def test_several_at_once_wait_for_each_other(root: Path) -> None:
    children = [subprocess.Popen([sys.executable, "-c", ADDER, root, NAME, who]) for who in "abc"]
    assert [child.wait() for child in children] == [0, 0, 0]
    lines = (root / NAME).read_text().splitlines()[1000:]
    assert sorted(lines) == sorted(f"{who}{number}" for who in "abc" for number in range(25))


def test_a_file_that_changed_since_it_was_read_is_left_alone(root: Path) -> None:
    files = Files(root)
    kept, new = files.read(NAME), files.read("docs/new.md")
    (root / NAME).write_bytes(b"theirs\n")
    (root / "docs").mkdir()
    (root / "docs/new.md").write_bytes(b"theirs\n")
    for one, said in ((kept, "was changed by somebody else"), (new, "exists already")):
        with pytest.raises(TrackerError, match=said):
            files.write(one, NEW)
        with pytest.raises(TrackerError, match=said):
            files.remove(one)
    assert (root / NAME).read_bytes() == (root / "docs/new.md").read_bytes() == b"theirs\n"


def test_a_file_that_somebody_makes_in_the_last_moment_is_not_overwritten(root: Path) -> None:
    other = root / "docs/new.md"
    other.parent.mkdir()
    files = Files(root, lambda name: other.write_bytes(b"theirs\n") if name == "rename" else None)
    with pytest.raises(TrackerError, match="exists already"):
        files.write(files.read("docs/new.md"), NEW)
    assert other.read_bytes() == b"theirs\n"


@pytest.mark.parametrize("link", ["recommendations/link.md", "linked/ask.md"], ids=["file", "folder"])
def test_what_a_link_points_to_is_never_written(root: Path, link: str) -> None:
    (root / "recommendations/link.md").symlink_to(root / NAME)
    (root / "linked").symlink_to(root / "recommendations/report")
    with pytest.raises(TrackerError, match="is a symbolic link"):
        Files(root).read(link)
    with pytest.raises(TrackerError, match="is a symbolic link"):
        Files(root).write(Kept(link, OLD), NEW)
    assert (root / NAME).read_bytes() == OLD


@pytest.mark.parametrize("path", ["../a.md", "/etc/passwd", "a/../../b.md", "a\\b.md", "a//b.md", ""])
def test_nothing_outside_is_written(root: Path, path: str) -> None:
    with pytest.raises(TrackerError, match="is not a path below the tracker"):
        Files(root).write(Kept(path, None), NEW)


# Another user can't read the program where it belongs to root: so it is imported first, by doing
# the same in a copy of the tracker.
AS_NOBODY = """
import os, sys
from tracker.cli.main import run
try:
    run([*sys.argv[2:], "--root", sys.argv[1]])
except SystemExit as done:
    assert done.code == 0
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
run(sys.argv[2:])
"""


@pytest.mark.parametrize("closed", ["recommendations/report", "."], ids=["the record's folder", "the tracker"])
def test_a_folder_that_can_only_be_read_is_said_and_nothing_is_lost(
    tracker, tmp_path: Path, closed: str, request
) -> None:
    """As another user than root, who may write everywhere."""
    tracker.recommendation()
    shutil.copytree(tracker.root, tmp_path / "copy")
    # Not below pytest's own folder, which every session closes to others when it begins.
    tracker.root = Path(shutil.move(tracker.root, tempfile.mkdtemp()))
    request.addfinalizer(lambda: shutil.rmtree(tracker.root.parent))
    tracker.root.parent.chmod(0o755)
    file = tracker.root / "recommendations/report/ask.md"
    before = file.read_bytes()
    if closed != ".":
        (tracker.root / ".tracker").mkdir()
    for folder in [tracker.root, *(p for p in tracker.root.rglob("*") if p.is_dir())]:
        folder.chmod(0o777)
    (tracker.root / closed).chmod(0o555)
    args = ["assess", "ask", "--actor", "au", "--date", "2020", "--response", "noted", "--by", "watch"]
    ran = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, tmp_path / "copy", *args],
        cwd=tracker.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    (tracker.root / closed).chmod(0o755)
    assert (ran.returncode, "Traceback" in ran.stderr) == (2, False), ran.stderr
    assert "can't be written: Permission denied" in ran.stderr
    assert "Check who owns the folder" in ran.stderr
    assert file.read_bytes() == before
