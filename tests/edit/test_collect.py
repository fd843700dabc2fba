"""`tracker collect`: the inbox into the records; nothing is lost, whoever stops it and when."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from conftest import GOOD, TODAY

from tracker.edit.collecting import carry_out, planned
from tracker.edit.files import Files
from tracker.model import is_pending

LOG = """\
assessments:
  # the first look
  - {actor: au, date: 2015, status: no-evidence, by: watch, note: 'In the reports.'} # quoted by the press
---"""
RECORD = GOOD.replace("---\nWhat", LOG + "\nWhat").replace("[au, rigos]", "[au, eu, rigos]")


def proposal(actor: str = "au", date: str = "2020", recommendation: str = "ask", more: str = "") -> str:
    return (f"---\nrecommendation: {recommendation}\nactor: {actor}\ndate: \"{date}\"\nstatus: no-evidence\n"
            f"by: watch\n{more}---\nSearched: the site, {date}.\n")  # fmt: skip


@pytest.fixture
def filled(tracker):
    """A tracker with one record, whose log has an entry, and three files in the inbox."""
    tracker.recommendation(text=RECORD)
    tracker.write("recommendations/inbox/c.md", proposal("eu", "2019-05", more="# from the press officer\n"))
    tracker.write("recommendations/inbox/b.md", proposal("au", "2020"))
    tracker.write("recommendations/inbox/a.md", proposal("au", "2021-01-02"))
    return tracker


COLLECTED = RECORD.replace("---\nWhat", """\
  # from the press officer
  - actor: eu
    date: 2019-05
    status: no-evidence
    by: watch
    note: "Searched: the site, 2019-05."
  - actor: au
    date: 2020
    status: no-evidence
    by: watch
    note: "Searched: the site, 2020."
  - actor: au
    date: 2021-01-02
    status: no-evidence
    by: watch
    note: "Searched: the site, 2021-01-02."
---
What""")  # fmt: skip


def log(tracker) -> list[tuple[str, str, str]]:
    """The log as it counts, wherever its entries stand."""
    record = tracker.project().corpus.recommendations["ask"]
    return [(e.actor, e.date, e.note) for e in record.assessments]


def test_everything_is_folded_in_in_the_order_of_dates_and_all_else_stays(filled, run) -> None:
    before = log(filled)
    dry = run("collect", "--dry-run", cwd=filled.root)
    assert (dry.status, "3 assessments would be collected" in dry.out) == (0, True)
    assert (filled.root / "recommendations/report/ask.md").read_text() == RECORD
    ran = run("collect", cwd=filled.root)
    assert (ran.status, "3 assessments collected" in ran.out) == (0, True)
    assert (filled.root / "recommendations/report/ask.md").read_text() == COLLECTED
    assert list((filled.root / "recommendations/inbox").iterdir()) == []
    assert log(filled) == before
    assert filled.project().findings == [f for f in filled.project().findings if f.severity == "warning"]
    assert "The inbox is empty." in run("collect", cwd=filled.root).out


def test_only_the_files_that_are_named(filled, run) -> None:
    ran = run("collect", "recommendations/inbox/b.md", "--format", "json", cwd=filled.root)
    (fold,) = json.loads(ran.out)
    assert fold["written"] is True
    assert [(one["path"], one["outcome"]) for one in fold["files"]] == [("recommendations/inbox/b.md", "collected")]
    assert sorted(f.name for f in (filled.root / "recommendations/inbox").iterdir()) == ["a.md", "c.md"]


@pytest.mark.parametrize("wrong", [
    proposal("watch"), proposal(date="2027"), proposal("eu", "2019-05") + "More.", "---\nactor: au\n---\n", "no front matter",
    proposal(recommendation="asks"), proposal(more="note: x\n"),
])  # fmt: skip
def test_a_file_with_an_error_stays_in_the_inbox_and_the_reason_is_told(filled, run, wrong: str) -> None:
    filled.write("recommendations/inbox/d.md", wrong)
    ran = run("collect", cwd=filled.root)
    assert ran.status == 1
    assert re.search(r"recommendations/inbox/d\.md: left in the inbox: recommendations/inbox/d\.md:\d+:\d+: T\d", ran.out)
    assert (filled.root / "recommendations/inbox/d.md").read_text() == wrong
    assert (filled.root / "recommendations/report/ask.md").read_text() in (RECORD, COLLECTED)


def test_all_files_of_a_record_or_none(filled, run) -> None:
    filled.recommendation("other", title="title: Another desk", order="order: 2")
    filled.write("recommendations/inbox/other.md", proposal(recommendation="other"))
    filled.write("recommendations/inbox/d.md", proposal("watch"))
    assert run("collect", cwd=filled.root).status == 1
    assert (filled.root / "recommendations/report/ask.md").read_text() == RECORD
    assert sorted(f.name for f in (filled.root / "recommendations/inbox").iterdir()) == ["a.md", "b.md", "c.md", "d.md"]


def test_a_record_that_cant_be_read_keeps_its_inbox(filled, run) -> None:
    filled.recommendation(text=RECORD.replace("title: ", "title: a: "))
    ran = run("collect", cwd=filled.root)
    assert (ran.status, ran.out.count("left in the inbox")) == (1, 4)
    assert len(list((filled.root / "recommendations/inbox").iterdir())) == 3



def steps_of(root) -> int:
    taken = []
    files = Files(root, taken.append)
    from tracker.project import Project

    with files.locked():
        carry_out(files, planned(Project(root, TODAY), files, lambda path: True))
    return len(taken)


def test_it_may_be_killed_at_any_step_and_run_again(filled, tmp_path) -> None:
    """In a process of its own, which ends there and then: no clean-up of ours runs."""
    import shutil

    from tracker.project import Project

    before = log(filled)
    kept = tmp_path / "kept"
    shutil.copytree(filled.root, kept)
    count = steps_of(filled.root)
    assert count >= 3 * 3 + 5, "each file has its steps"
    for last in range(count):
        shutil.rmtree(filled.root)
        shutil.copytree(kept, filled.root)
        left = [last]

        def step(name: str, left=left) -> None:
            if left[0] == 0:
                os._exit(9)
            left[0] -= 1

        child = os.fork()
        if child == 0:
            files = Files(filled.root, step)
            with files.locked():
                carry_out(files, planned(Project(filled.root, TODAY), files, lambda path: True))
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        assert sorted(log(filled)) == sorted(before), f"stopped at step {last}"
        files = Files(filled.root)
        with files.locked():
            carry_out(files, planned(Project(filled.root, TODAY), files, lambda path: True))
        assert log(filled) == before
        assert (filled.root / "recommendations/report/ask.md").read_text() == COLLECTED
        assert list((filled.root / "recommendations/inbox").iterdir()) == []
        assert [f.name for f in (filled.root / ".tracker").iterdir() if f.name.startswith("writing-")] == []


def test_it_may_be_killed_from_outside_at_any_time(filled) -> None:
    before = sorted(log(filled))
    for number in range(6):
        child = subprocess.Popen(
            [sys.executable, "-m", "tracker", "collect"], cwd=filled.root, stdout=subprocess.DEVNULL
        )
        time.sleep(0.1 + 0.1 * number)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert sorted(log(filled)) == before
        assert (filled.root / "recommendations/report/ask.md").read_text() in (RECORD, COLLECTED)


def test_several_at_once_collect_everything_once(filled, run) -> None:
    before = log(filled)
    children = [
        subprocess.Popen([sys.executable, "-m", "tracker", "collect"], cwd=filled.root, stdout=subprocess.DEVNULL)
        for _ in range(3)
    ]
    assert [child.wait() for child in children] == [0, 0, 0]
    assert log(filled) == before
    assert not any(is_pending(e) for e in filled.project().corpus.recommendations["ask"].assessments)
