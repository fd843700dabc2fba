"""Measures reading the recorded history against git's own commands on the same repository.

Makes a repository of 3,000 commits with about 5,000 changes (one in ten commits comes in
by a merge) through `git fast-import`, then takes turns: the raw commands (`git log --raw`
and `git cat-file --batch` over everything that it names), and `tracker.history`, with and
without decoding every version of every record; and `tracker log` as a user runs it.
The goal is the reading, and the whole command, at no more than twice the raw commands.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus import recommendation

COMMITS, RECORDS, RUNS = 3000, 500, 5
SETUP = {
    "tracker.yml": "name: History\nlead_assessor: assessor\n",
    "docs/actors/assessor.md": "---\ntitle: Assessor\n---\nText.\n",
}
ENTRY = """\
  - actor: actor-1
    date: {date}
    status: {status}
    by: assessor
    evidence:
      - title: Report
        url: https://www.example.org/{commit}
    note: Said in commit {commit}.
"""
HISTORY = """
import sys, time
from pathlib import Path
from tracker.config import Config
from tracker.gitrepo import Repository
from tracker.history import History
from tracker.reader import Reader
started = time.perf_counter()
repository = Repository(Path().resolve())
history = History(repository, repository.head())
versions = [v for name in history.ids for v in history.versions(name)]
if sys.argv[1] == "decoded":
    found = history.read(history.ids, Reader(Config()))
    assert all(e.edits is not None for entries in found.values() for e in entries)
else:
    size = sum(len(data) for _, data in repository.blobs(dict.fromkeys(v.blob for v in versions if v.blob)))
print(time.perf_counter() - started, len(versions), file=sys.stderr)
"""


def make(folder: Path, commits: int = COMMITS, records: int = RECORDS) -> None:
    """A repository in ``folder``, the same for the same numbers."""
    rng = random.Random(commits)  # noqa: S311 - no secret is made of it
    texts = dict(recommendation(rng, n) for n in range(records))
    paths = sorted(texts)
    stream: list[bytes] = []

    def commit(branch: str, number: int, files: dict[str, str], parents: list[int]) -> None:
        message = f"Commit {number}"
        links = "".join(f"{word} :{p}\n" for word, p in zip(("from", "merge"), parents, strict=False))
        stream.append(
            f"commit refs/heads/{branch}\nmark :{number}\n"
            f"committer Author {number % 7} <a@example.org> {1_500_000_000 + number * 3600} +0000\n"
            f"data {len(message)}\n{message}\n{links}".encode()
        )
        for path, text in files.items():
            data = text.encode()
            stream.append(f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n")
        stream.append(b"\n")

    commit("main", 1, SETUP | texts, [])
    tip, number = 1, 2
    while number <= commits:
        changed = {}
        for path in rng.sample(paths, rng.choice((1, 1, 2, 3))):
            entry = ENTRY.format(
                date=datetime.date(2000, 1, 1) + datetime.timedelta(number), commit=number,
                status=rng.choice(("planned", "under-way", "implemented")),
            )  # fmt: skip
            changed[path] = texts[path] = texts[path].replace("\n---\n", f"\n{entry}---\n", 1)
        aside = number % 10 == 0 and number < commits
        commit("side" if aside else "main", number, changed, [tip])
        if aside:  # the merge has what the side branch says
            commit("main", number + 1, changed, [tip, number])
            number += 1
        tip, number = number, number + 1
    stream.append(b"done\n")
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    importing = ["git", "fast-import", "--quiet", "--done"]
    subprocess.run(importing, cwd=folder, input=b"".join(stream), check=True)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=folder, check=True)


def raw(folder: Path) -> float:
    """The plumbing alone, as a shell script would use it."""
    started = time.perf_counter()
    log = subprocess.run(
        ["git", "log", "--raw", "-z", "-M", "--no-abbrev", "--format=%H %ct %an", "--", "recommendations"],
        cwd=folder, capture_output=True, check=True,
    ).stdout  # fmt: skip
    blobs = {part.split(b" ")[3] for part in log.split(b"\0") if part.lstrip(b"\n").startswith(b":")}
    subprocess.run(
        ["git", "cat-file", "--batch", "--buffer"], cwd=folder, input=b"\n".join(blobs) + b"\n",
        stdout=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    return time.perf_counter() - started


def ours(folder: Path, what: str) -> float:
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", HISTORY, what], cwd=folder, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    return float(done.stderr.split()[0])


def command(folder: Path) -> float:
    root = Path(__file__).resolve().parent.parent
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "tracker", "log", "--root", folder, "ask-00000"], cwd=root, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commits", type=int, default=COMMITS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "repository"
        started = time.perf_counter()
        make(folder, options.commits)
        print(f"a repository of {options.commits:,} commits, made in {time.perf_counter() - started:.1f} s")
        rows = {
            "git log --raw, git cat-file --batch": lambda: raw(folder),
            "the history of every record": lambda: ours(folder, "read"),
            "the same, every version decoded and compared": lambda: ours(folder, "decoded"),
            "tracker log ID, the whole command": lambda: command(folder),
        }
        taken: dict[str, list[float]] = {label: [] for label in rows}
        for _ in range(RUNS):
            for label, run in rows.items():
                taken[label].append(run())
        base = statistics.median(taken["git log --raw, git cat-file --batch"])
        for label, seconds in taken.items():
            median = statistics.median(seconds)
            print(f"{label:46}  {median:6.3f} s ({min(seconds):.3f}-{max(seconds):.3f})  {median / base:.2f}")
        for label in ("the history of every record", "tracker log ID, the whole command"):
            met = statistics.median(taken[label]) <= 2 * base
            print(f"goal for {label}: at most 2.00 of the raw commands: {'met' if met else 'NOT MET'}")


if __name__ == "__main__":
    main()
