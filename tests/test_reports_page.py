"""The site's page of reports: what a pack is, how to make one, and those that were made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import TODAY, Tracker
from report_tracker import AS_OF

from tracker.reports.shelf import FOLDER, SLIP
from tracker.site.edition import edition
from tracker.site.pages import Asset, everything


def site(tracker: Tracker) -> tuple[str, dict[str, bytes]]:
    """The page, and the files of the packs by their paths in the site."""
    project = tracker.project()
    made = everything(project, edition(project.config, TODAY, None))
    page = next(file.text for file in made if file.path == "reports.md")
    return page, {f.path: f.data for f in made if isinstance(f, Asset) and f.path.startswith("reports/")}


@pytest.fixture
def pack(tracker: Tracker, run) -> Path:
    """A pack of the coming summit, as its user makes it."""
    tracker.recommendation()
    formats = [part for name in ("md", "json", "csv", "docx") for part in ("--format", name)]
    done = run("report", "--as-of", AS_OF, *formats, cwd=tracker.root)
    assert done.status == 0, done.err
    assert "page Reports" in done.out
    return tracker.root / FOLDER / "summit"


def test_without_a_pack_the_page_says_how_to_get_one(tracker: Tracker) -> None:
    tracker.recommendation()
    page, files = site(tracker)
    assert "No report was made together with this site" in page
    assert "make report" in page
    assert "tracker report summit" in page
    assert not files


def test_a_pack_that_was_made_is_on_the_page_with_all_its_files(tracker: Tracker, pack: Path) -> None:
    page, files = site(tracker)
    there = {p.relative_to(pack).as_posix(): p.read_bytes() for p in pack.rglob("*.*") if p.name != SLIP}
    assert {path.removeprefix("reports/summit/").removesuffix(".txt"): data for path, data in files.items()} == there
    for path in files:
        assert f'href="{path}" download' in page
    assert "As of 31 January 2012" in page
    assert 'href="actors/au.html"' in page, "each brief names its actor"
    assert "No report was made" not in page


def test_markdown_of_a_pack_is_a_file_and_never_a_page_of_the_site(tracker: Tracker, pack: Path) -> None:
    _, files = site(tracker)
    assert "reports/summit/report.md.txt" in files
    assert not [path for path in files if path.endswith(".md")]


@pytest.mark.parametrize("path", ["../../tracker.yml", "/etc/hostname", "notes.txt", "briefs/../report.json"])
def test_a_slip_that_names_anything_else_publishes_nothing(path: str, tracker: Tracker, pack: Path) -> None:
    slip = json.loads((pack / SLIP).read_text())
    (pack / SLIP).write_text(json.dumps(slip | {"files": [path]}))
    (pack / "notes.txt").write_text("Not for the public.")
    page, files = site(tracker)
    assert not files
    assert "No report was made" in page


def test_a_link_in_the_place_of_a_file_publishes_nothing(tracker: Tracker, pack: Path) -> None:
    (pack / "report.json").unlink()
    (pack / "report.json").symlink_to("/etc/hostname")
    assert not site(tracker)[1]


@pytest.mark.parametrize("slip", [b"", b"{", b"[]", b'{"files": []}'])
def test_a_folder_without_a_whole_slip_is_nobody_s_pack(slip: bytes, tracker: Tracker, pack: Path) -> None:
    (pack / SLIP).write_bytes(slip)
    assert not site(tracker)[1]


def test_titles_of_packs_are_escaped(tracker: Tracker, pack: Path) -> None:
    slip = json.loads((pack / SLIP).read_text())
    (pack / SLIP).write_text(json.dumps(slip | {"title": "<script>alert(1)</script>"}))
    assert "<script>alert" not in site(tracker)[0]


def test_packs_of_several_days_stand_the_latest_first(tracker: Tracker, pack: Path) -> None:
    shutil.copytree(pack, pack.with_name("later"))
    slip = json.loads((pack / SLIP).read_text())
    (pack.with_name("later") / SLIP).write_text(json.dumps(slip | {"as_of": "2013-01-01"}))
    page, _ = site(tracker)
    assert page.index("report-later") < page.index("report-summit")
