"""What waits in the inbox counts everywhere, is marked as waiting, and keeps its history when collected."""

from __future__ import annotations

import csv
import json

import pytest
from conftest import GOOD
from repositories import Repository

from tracker.changes import log
from tracker.progress import Progress

RECORD = GOOD.replace("[au, rigos]", "[au, eu, rigos]")
FILE = "recommendations/inbox/ask.md"  # named as the record itself: they are not mistaken for each other
PROPOSAL = """\
---
recommendation: "ask"
actor: "au"
date: "2020"
status: "under-way"
by: "watch"
evidence:
  - title: "A report"
    url: "https://example.org/a.pdf"
---
Some <of> it.
"""


@pytest.fixture
def waiting(tracker):
    tracker.recommendation(text=RECORD)
    tracker.write(FILE, PROPOSAL.replace("<of>", "of"))
    return tracker


def test_it_counts_in_every_figure(waiting) -> None:
    corpus = waiting.project().corpus
    progress = Progress(corpus, "2026-06-30")
    assert {pair.actor: pair.status for pair in progress.pairs["ask"]}["au"] == "under-way"
    assert (progress.total().assessed, progress.total().pairs) == (1, 3)
    assert [change.entry.note for change in log(corpus, "2026-06-30")] == ["Some of it."]
    assert [p.path for p in corpus.proposals] == [FILE]


def test_it_is_marked_where_it_is_shown(waiting, run) -> None:
    assert "in the inbox" in run("show", "ask", cwd=waiting.root).out
    (entry,) = json.loads(run("show", "ask", "--format", "json", cwd=waiting.root).out)["assessments"]
    assert (entry["status"], entry["inbox"], entry["note"]) == ("under-way", FILE, "Some of it.")
    assert "1 recommendation (1 assessment in the inbox)" in run("check", cwd=waiting.root).out
    assert "in the inbox" in run("log", "ask", cwd=waiting.root).out


def test_pages_and_open_data_say_that_it_waits(waiting, run, tmp_path) -> None:
    assert run("pages", tmp_path / "pages", cwd=waiting.root).status == 0
    page = (tmp_path / "pages/recommendations/ask.md").read_text()
    assert '<span class="rt-tag">in the inbox</span>' in page
    assert not list((tmp_path / "pages").rglob("inbox*"))
    assert run("export", tmp_path / "data", cwd=waiting.root).status == 0
    table = next((tmp_path / "data").rglob("assessments.csv"))
    (row,) = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())
    assert (row["status"], row["inbox"]) == ("under-way", "true")
    told = json.loads(next((tmp_path / "data").rglob("api/recommendations/ask.json")).read_text())
    assert told["in_inbox"] == [1]
    assert set(told["record"]["assessments"][0]) == {"actor", "date", "status", "by", "evidence", "note"}


def test_it_is_the_same_entry_after_it_was_collected(waiting, run) -> None:
    repository = Repository(waiting.root)
    first = repository.commit("proposed", date="2021-02-03")
    assert run("collect", cwd=waiting.root).status == 0
    assert "T5" not in run("check", "--since", "HEAD", cwd=waiting.root).out
    assert "assessment" not in run("diff", "HEAD", cwd=waiting.root).out
    repository.commit("collected", date="2022-02-03")
    assert f"recorded 2021-02-03 in {first[:9]}" in run("log", "ask", cwd=waiting.root).out


def test_what_was_published_in_the_inbox_and_deleted_is_found(waiting, run) -> None:
    Repository(waiting.root).commit("proposed")
    (waiting.root / FILE).unlink()
    ran = run("check", "--since", "HEAD", cwd=waiting.root)
    assert (ran.status, f"{FILE}:0:0: T502 error: " in ran.out) == (1, True)


def test_a_hostile_file_in_the_inbox_is_only_text(waiting, run, tmp_path) -> None:
    waiting.write(FILE, PROPOSAL.replace("<of>", "<script>alert(1)</script>").replace("under-way", "<b>"))
    codes = [f.code for f in waiting.project().findings if f.path == FILE]
    assert codes == ["T205", "T906"]
    waiting.write(FILE, PROPOSAL.replace("Some <of> it.", "Some `<of>` {{ it }}."))
    assert run("pages", tmp_path / "pages", cwd=waiting.root).status == 0
    page = (tmp_path / "pages/recommendations/ask.md").read_text()
    assert "&lt;of&gt;" in page
    assert "<of>" not in page
