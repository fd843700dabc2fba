"""`tracker report --since COMMIT`: compared with what was on record then, in a real repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from report_tracker import fill
from repositories import Repository

AS_OF = "2012-01-31"


@pytest.fixture
def recorded(tracker) -> Repository:
    """Two commits: the asks alone, then with all that is known of them. The first has a tag."""
    fill(tracker)
    later = {path: path.read_text() for path in (tracker.root / "recommendations").rglob("*.md")}
    for path, text in later.items():
        path.write_text(text.split("assessments:")[0].split("relations:")[0].rstrip() + "\n---\nText.\n")
    repository = Repository(tracker.root)
    repository.commit("The asks", date="2011-01-15")
    repository.git("tag", "before-the-meeting")
    for path, text in later.items():
        path.write_text(text)
    repository.commit("What came of them", date="2012-01-20")
    return repository


@pytest.mark.parametrize("ref", ["before-the-meeting", "HEAD~1", "full"])
def test_since_a_commit_is_the_records_of_then(recorded: Repository, run, tmp_path: Path, ref: str) -> None:
    commit = recorded.git("rev-parse", "HEAD~1")
    done = run("report", "--root", recorded.root, "--as-of", AS_OF, "--format", "json",
               "--since", commit if ref == "full" else ref, "--to", tmp_path / "pack")  # fmt: skip
    assert done.status == 0, done.err
    assert f"Changes since 2011-01-15 (commit {commit[:9]})." in done.err
    report = json.loads((tmp_path / "pack/report.json").read_bytes())
    balance = report["tables"]["balance"]["rows"]
    assert (balance[0]["assessed"], balance[-1]["assessed"]) == (0, 3)
    assert {r["recommendation"] for r in report["tables"]["changes-assessed"]["rows"]} == {"desk", "review"}
    assert commit[:9] in report["facts"]["Compared with"]
    about = next(s for s in report["sections"] if s["id"] == "about")
    assert any(commit[:9] in item for b in about["blocks"] for item in b.get("list", []))


# what is wrong: (--since, what is said)
WRONG = {
    "no such ref": ("before-the-meting", ["no event, branch, tag or commit", "before-the-meeting"]),
    "what git would take for an option": ("--output=x", ["no event, branch, tag or commit"]),
    "another path's commit": ("HEAD~9", ["no event, branch, tag or commit"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_ref_that_is_none_is_said(recorded: Repository, run, tmp_path: Path, name: str) -> None:
    since, said = WRONG[name]
    done = run("report", "--root", recorded.root, "--as-of", AS_OF, f"--since={since}", "--to", tmp_path / "pack")
    assert done.status == 2
    for words in said:
        assert words in done.err
    assert not list(tmp_path.glob("pack*"))


def test_a_shallow_clone_says_how_to_get_the_rest(recorded: Repository, run, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    recorded.git("clone", "-q", "--depth", "1", recorded.root.as_uri(), str(clone))
    done = run("report", "--root", clone, "--as-of", AS_OF, "--since", "before-the-meeting", "--to", tmp_path / "pack")
    assert done.status == 2
    assert "git fetch --unshallow" in done.err
    assert not (tmp_path / "pack").exists()


def test_only_the_chosen_actor_is_compared(recorded: Repository, run, tmp_path: Path) -> None:
    done = run("report", "--root", recorded.root, "--as-of", AS_OF, "--format", "json", "--actor", "eu",
               "--since", "before-the-meeting", "--to", tmp_path / "pack")  # fmt: skip
    assert done.status == 0, done.err
    tables = json.loads((tmp_path / "pack/report.json").read_bytes())["tables"]
    assert [r["actor"] for r in tables["changes-assessed"]["rows"]] == ["EU"]
