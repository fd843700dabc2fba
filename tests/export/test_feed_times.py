"""When a feed's entries say they are from: the time when each was recorded, or no time at all."""

from __future__ import annotations

import json
import subprocess

import feedparser
import pytest
from conftest import GOOD, Tracker
from repositories import Repository
from test_feeds import check_atom, check_json_feed

from tracker import git
from tracker.export.bundle import open_data
from tracker.project import Project

AS_OF = "2026-01-01"
ASK = "recommendations/report/ask.md"
INBOX = "recommendations/inbox/au.md"
PROPOSAL = """\
---
recommendation: ask
actor: au
date: 2016-03
status: planned
by: watch
evidence:
  - title: A report
    source: report
---
"""


def ask(*log: str, **more: str) -> str:
    """The good recommendation with assessments, each “actor date status”, and perhaps a note in all."""
    note = ", ".join(f"{key}: {value}" for key, value in more.items())
    lines = "".join(
        "  - {{actor: {}, date: {}, status: {}, by: watch, evidence: [{{title: T, source: report}}]{}}}\n".format(
            *entry.split(), f", {note}" if note else ""
        )
        for entry in log
    )
    return GOOD.replace("measures:\n", f"assessments:\n{lines}measures:\n")


@pytest.fixture
def repository(tracker: Tracker) -> Repository:
    """One judgement of 2015, recorded on 1 January 2020."""
    tracker.write(ASK, ask("au 2015 planned"))
    made = Repository(tracker.root)
    made.commit("First", "2020-01-01")
    return made


def published(project: Project) -> tuple[list[tuple[str, str, str]], str]:
    """(when it was so, published, modified) of every entry as days, and what the feed says of itself.

    Both formats are read by strict parsers first, and must say the same.
    """
    files = open_data(project, AS_OF, git.head(project.root)).files
    xml, feed = files["feeds/changes.xml"], json.loads(files["feeds/changes.json"])
    check_atom("changes", xml)
    check_json_feed("changes", files["feeds/changes.json"])
    atom = feedparser.parse(xml)
    assert [e.id for e in atom.entries] == [i["id"] for i in feed["items"]]
    for entry, item in zip(atom.entries, feed["items"], strict=True):
        assert entry.get("published") == item.get("date_published")
        if "published" in entry:
            assert entry.updated == item.get("date_modified", entry.published)
    assert atom.feed.updated == atom.entries[0].updated
    found = [
        (i["_tracker"]["so"], i.get("date_published", "")[:10], i.get("date_modified", "")[:10])
        for i in feed["items"]
    ]
    return found, feed["description"]


def test_an_entry_is_from_when_it_was_recorded_and_says_when_it_was_so(tracker, repository) -> None:
    project = tracker.project()
    assert published(project)[0] == [("2015", "2020-01-01", "")]
    [entry] = feedparser.parse(open_data(project, AS_OF, git.head(project.root)).files["feeds/changes.xml"]).entries
    assert entry.published == entry.updated == "2020-01-01T12:00:00Z"
    assert entry.summary.startswith("2015. African Union: Planned.")
    assert "not known" not in published(project)[1]


def second_entry(tracker, repository) -> None:
    tracker.write(ASK, ask("au 2015 planned", "au 2010 under-way"))
    repository.commit("Second", "2020-02-01")


def note(tracker, repository) -> None:
    tracker.write(ASK, ask("au 2015 planned", note="More."))
    repository.commit("Note", "2020-02-01")


def form(tracker, repository) -> None:
    tracker.write(ASK, ask("au 2015 planned").replace("date: 2015", 'date: "2015"'))
    repository.commit("Form", "2020-02-01")


def renamed(tracker, repository) -> None:
    repository.git("mv", ASK, "recommendations/report/newer.md")
    tracker.write("recommendations/report/newer.md",
                  ask("au 2015 planned").replace("source:", "aliases: [ask]\nsource:", 1))  # fmt: skip
    repository.commit("Rename", "2020-02-01")


def rewritten_under_a_new_name(tracker, repository) -> None:
    """So different that git sees a file removed and another one added."""
    repository.git("rm", "-q", ASK)
    text = ask("au 2015 planned").replace("source:", "aliases: [ask]\nsource:", 1)
    tracker.write("recommendations/report/newer.md", text + "Quite another text.\n" * 200)
    repository.commit("Rewrite", "2020-02-01")


def renamed_actor(tracker, repository) -> None:
    tracker.write(ASK, ask("african-union 2015 planned").replace("[au,", "[african-union,"))
    tracker.write("docs/actors/african-union.md", "---\ntitle: African Union\naliases: [au]\n---\n")
    repository.git("rm", "-q", "docs/actors/au.md")
    repository.commit("Rename", "2020-02-01")


def waiting(tracker, repository) -> None:
    tracker.write(INBOX, PROPOSAL)
    repository.commit("Propose", "2020-02-01")


def collected(tracker, repository) -> None:
    waiting(tracker, repository)
    repository.git("rm", "-q", INBOX)
    tracker.write(ASK, ask("au 2015 planned", "au 2016-03 planned"))
    repository.commit("Collect", "2020-03-01")


def collected_and_not_committed(tracker, repository) -> None:
    waiting(tracker, repository)
    repository.git("rm", "-q", INBOX)
    tracker.write(ASK, ask("au 2015 planned", "au 2016-03 planned"))


def merged_late(tracker, repository) -> None:
    """The day is the commit's own, whichever merge brought it in."""
    repository.git("switch", "-q", "-c", "side")
    second_entry(tracker, repository)
    repository.git("switch", "-q", "main")
    tracker.write("docs/themes/gender.md", "---\ntitle: Gender and peace\n---\n")
    repository.commit("Meanwhile", "2020-03-01")
    repository.merge("side", "2020-06-01")


def altered_in_one_branch(tracker, repository) -> None:
    """The branch that did not know the alteration does not undo it."""
    repository.git("switch", "-q", "-c", "side")
    tracker.write(ASK, ask("au 2015 planned") + "A longer text.\n")
    repository.commit("Text", "2020-03-01")
    repository.git("switch", "-q", "main")
    note(tracker, repository)
    repository.merge("side", "2020-06-01")


def removed_and_put_back(tracker, repository) -> None:
    tracker.write(ASK, GOOD)
    repository.commit("Out", "2020-02-01")
    tracker.write(ASK, ask("au 2015 planned"))
    repository.commit("In", "2020-03-01")


FIRST = ("2015", "2020-01-01", "")
KNOWN = [
    (second_entry, [("2010", "2020-02-01", ""), FIRST]),
    (note, [("2015", "2020-01-01", "2020-02-01")]),
    (form, [FIRST]),
    (renamed, [FIRST]),
    (rewritten_under_a_new_name, [FIRST]),
    (renamed_actor, [FIRST]),
    (waiting, [("2016-03", "2020-02-01", ""), FIRST]),
    (collected, [("2016-03", "2020-02-01", ""), FIRST]),
    (collected_and_not_committed, [("2016-03", "2020-02-01", ""), FIRST]),
    (merged_late, [("2010", "2020-02-01", ""), FIRST]),
    (altered_in_one_branch, [("2015", "2020-01-01", "2020-02-01")]),
    (removed_and_put_back, [FIRST]),
]


@pytest.mark.parametrize(("change", "expected"), KNOWN, ids=lambda case: getattr(case, "__name__", ""))
def test_times_outlive_changes(change, expected, tracker, repository) -> None:
    change(tracker, repository)
    assert published(tracker.project())[0] == expected


def uncommitted(tracker, repository) -> None:
    tracker.write(ASK, ask("au 2015 planned", "au 2016 under-way"))


def uncommitted_proposal(tracker, repository) -> None:
    tracker.write(INBOX, PROPOSAL.replace("2016-03", "2016"))


def unreadable(tracker, repository) -> None:
    """Nobody can tell whether the version that can't be read had it already."""
    tracker.write(ASK, "---\ntitle: [\nassessments:\n---\n")
    repository.commit("Broken", "2020-02-01")
    tracker.write(ASK, ask("au 2015 planned", "au 2016 under-way"))
    repository.commit("Mended", "2020-03-01")


def no_day(tracker, repository) -> None:
    tracker.write(ASK, ask("au 2015 planned", "au 2016 under-way"))
    repository.git("add", "-A")
    tree, head = repository.git("write-tree"), repository.git("rev-parse", "HEAD")
    raw = f"tree {tree}\nparent {head}\nauthor A <a@example.org> x\ncommitter A <a@example.org> x\n\nNo day\n"
    made = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", text=raw.encode())
    repository.git("reset", "-q", "--hard", made)


@pytest.mark.parametrize("change", [uncommitted, uncommitted_proposal, unreadable, no_day])
def test_no_time_is_made_up(change, tracker, repository) -> None:
    change(tracker, repository)
    found, about = published(tracker.project())
    assert found == [FIRST, ("2016", "", "")]
    assert "of 1 of 2 entries (they are not committed yet, or" in about


def test_a_shallow_copy_says_that_it_does_not_know(tracker, repository, tmp_path) -> None:
    second_entry(tracker, repository)
    copy = tmp_path / "copy"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{tracker.root}", copy], check=True, capture_output=True
    )
    found, about = published(Project(copy, AS_OF))
    assert found == [("2015", "", ""), ("2010", "", "")]
    assert "is not known here (this copy of the tracker does not have its whole history)" in about


def test_outside_git_and_before_the_first_commit_there_are_no_times(tracker) -> None:
    tracker.write(ASK, ask("au 2015 planned"))
    for prepare in (lambda: None, lambda: Repository(tracker.root)):
        prepare()
        found, about = published(tracker.project())
        assert found == [("2015", "", "")]
        assert "is not known here (the tracker is not kept in git, or nothing has been committed yet)" in about


def test_what_is_kept_for_a_commit_is_used_and_can_be_deleted(tracker, repository) -> None:
    kept = tracker.root / ".tracker" / "recorded.msgpack"
    before = published(tracker.project())
    made = kept.stat().st_mtime_ns
    assert published(tracker.project()) == before
    assert kept.stat().st_mtime_ns == made
    kept.write_bytes(b"\x93\x01")
    assert published(tracker.project()) == before
    kept.unlink()
    assert published(tracker.project()) == before
    second_entry(tracker, repository)
    assert published(tracker.project())[0] == [("2010", "2020-02-01", ""), FIRST]
