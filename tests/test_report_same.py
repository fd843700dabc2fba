"""The same commit and day give the same bytes, whoever makes the report, where and when."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from report_tracker import AS_OF, fill
from repositories import Repository

LANGUAGES = ("en", "ar")
# Two people: what differs between their computers. The folder differs too.
ONE = {"TZ": "Asia/Tokyo", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"}
OTHER = {"TZ": "America/Lima", "LANG": "tr_TR.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "4242"}


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_people_make_the_same_report_of_one_commit(language: str, tracker, run, tmp_path: Path) -> None:
    fill(tracker)
    Repository(tracker.root).commit()
    far = tmp_path / "far" / "away" / "a clone of it"
    shutil.copytree(tracker.root, far)
    packs = []
    for root, folder, env in ((tracker.root, tmp_path / "one", ONE), (far, tmp_path / "x" / "other", OTHER)):
        done = run("report", "--root", root, "--as-of", AS_OF, "--lang", language, "--to", folder, env=env)
        assert done.status == 0, done.err
        packs.append(files(folder))
    one, other = packs
    assert {Path(name).suffix for name in one} >= {".md", ".html", ".json", ".csv", ".xlsx", ".docx", ".pdf"}
    assert list(one) == list(other)
    assert [name for name in one if one[name] != other[name]] == []


def test_a_report_says_which_commit_it_was_made_from(tracker, run, tmp_path: Path) -> None:
    fill(tracker)
    commit = Repository(tracker.root).commit()
    run("report", "--root", tracker.root, "--as-of", AS_OF, "--format", "md", "--to", tmp_path / "out")
    assert commit[:9] in (tmp_path / "out/report.md").read_text(encoding="utf-8")
