"""The rules of family T5 by example: what was published, what it became, and the findings.

One file in `history_rules/` for each rule. Its sections are files of a tracker: `before` as they were
published, `after` as they are now (only these are there then), `earlier` what had been there
once and was removed before the rest was published. The list of findings is exact.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import GOOD, TODAY
from repositories import Repository

from tracker.project import Project
from tracker.rules import catalogue, in_scope
from tracker.since import history_findings

CASES = sorted((Path(__file__).parent / "history_rules").iterdir())
SECTION = re.compile(r"^=== (earlier|before|after|expect) ?(.*)\n", re.MULTILINE)


def sections(path: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    about, *parts = SECTION.split(path.read_text(encoding="utf-8"))
    assert about.strip(), f"{path.name} does not say what it is about"
    files: dict[str, dict[str, str]] = {"earlier": {}, "before": {}, "after": {}}
    for state, name, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if state == "expect":
            return files, text.strip().splitlines()
        files[state][name] = text
    raise AssertionError(f"{path.name} has no expect part")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_was_published_and_is_not_kept_is_found(path: Path, tracker) -> None:
    files, expected = sections(path)
    repository = Repository(tracker.root)
    for state in ("earlier", "before", "after"):
        if state != "earlier":
            for name in [*files["earlier"], *files["before"]]:
                (tracker.root / name).unlink(missing_ok=True)
        for name, text in files[state].items():
            tracker.write(name, text)
        if state != "after":
            repository.commit(state)
    found = history_findings(Project(tracker.root, TODAY, use_cache=False), "HEAD")
    assert len(found) == len(expected), "\n".join(map(str, found))
    for finding, line in zip(found, expected, strict=True):
        assert str(finding).startswith(line)
        assert finding.hint


def test_every_rule_of_the_family_has_a_case() -> None:
    shown = [path.stem for path in CASES if "." not in path.stem]  # others are further cases
    assert shown == [f"{rule.code}-{rule.name}" for rule in in_scope("history")]
    assert {rule.code for rule in in_scope("history")} == {c for c in catalogue() if c.startswith("T5")}


# The command


ENTRY = "assessments:\n  - {actor: au, date: 2015, status: no-evidence, by: watch, note: In the reports.}\nmeasures:"


@pytest.fixture
def repository(tracker) -> Repository:
    tracker.recommendation(text=GOOD.replace("measures:", ENTRY).replace("[au, rigos]", "[au, eu, rigos]"))
    made = Repository(tracker.root)
    made.commit()
    return made


def test_check_since_adds_the_findings_of_the_family(tracker, repository, run) -> None:
    assert run("check", "--since", "main", cwd=tracker.root).status == 0
    tracker.recommendation(text=GOOD.replace("[au, rigos]", "[au, eu, rigos]"))
    assert run("check", cwd=tracker.root).status == 0
    done = run("check", "--since", "HEAD", cwd=tracker.root)
    assert done.status == 1
    assert "recommendations/report/ask.md:1:1: T502 error: the published assessment au 2015 by watch" in done.out


def test_what_the_other_line_gained_since_is_not_missed_here(tracker, repository) -> None:
    repository.git("checkout", "-q", "-b", "mine")
    tracker.write("docs/themes/gender.md", "---\ntitle: Gender!\n---\nA theme.\n")
    repository.commit("Mine")
    repository.git("checkout", "-q", "main")
    tracker.recommendation("other", title="title: Another ask")
    repository.commit("Theirs")
    repository.git("checkout", "-q", "mine")
    assert history_findings(tracker.project(), "main") == []


@pytest.mark.parametrize("ref", ["-x", "nowhere", "a\nb", ""])
def test_a_bad_ref_ends_the_check(ref: str, tracker, repository, run) -> None:
    done = run("check", f"--since={ref}", cwd=tracker.root)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("tracker: ")


def test_outside_git_it_says_so(tracker, run) -> None:
    done = run("check", "--since", "main", cwd=tracker.root)
    assert done.status == 2
    assert "not in a git repository" in done.err
