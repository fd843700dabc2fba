"""A site is left as it is only where nothing has changed of what it is made from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tracker.site import inputs
from tracker.site.inputs import Inputs

LONG_AGO = 1_700_000_000
FILES = [
    "recommendations/report/ask.md", "docs/index.md", "docs/actors/au.md", "docs/picture.png", "tracker.yml",
    "mkdocs.yml", "locale/fr/LC_MESSAGES/tracker.po", "overrides/main.html", "build/reports/madrid/report.pdf",
]  # fmt: skip
BESIDE = ["build/pages/index.md", "build/site/index.html", ".git/index", ".tracker/records.msgpack", "out/site/index.html"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in [*FILES, *BESIDE]:
        write(tmp_path / name, "before")
    return tmp_path


def write(file: Path, text: str, time: int = LONG_AGO) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    os.utime(file, (time, time))


def taken(root: Path, asked: str = "en, fr") -> Inputs:
    return Inputs(root, root / "out", asked)


def build(root: Path) -> None:
    taken(root).keep(12, {"en": "made"})


def test_what_came_of_the_last_build_is_known_where_nothing_changed(root: Path) -> None:
    assert taken(root).unchanged() is None
    build(root)
    note = taken(root).unchanged()
    assert (note.pages, note.stamps) == (12, {"en": "made"})


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "change",
    [lambda file: write(file, "afterwards"), lambda file: write(file, "before", LONG_AGO + 1), lambda file: file.unlink(),
     lambda file: write(file.with_name("another.md"), "new"), lambda file: file.rename(file.with_name("moved.md"))],
    ids=["another size", "another time", "removed", "one beside it", "renamed"],
)  # fmt: skip
def test_any_change_below_the_trackers_folder_counts(root: Path, name: str, change) -> None:
    build(root)
    change(root / name)
    assert taken(root).unchanged() is None


@pytest.mark.parametrize("name", BESIDE)
def test_what_was_made_from_it_does_not(root: Path, name: str) -> None:
    build(root)
    write(root / name, "made again")
    assert taken(root).unchanged() is not None


def test_another_day_language_or_generator_counts(root: Path) -> None:
    build(root)
    assert taken(root, "en").unchanged() is None


def test_the_program_counts(root: Path, tmp_path_factory, monkeypatch) -> None:
    home = tmp_path_factory.mktemp("program")
    write(home / "__init__.py", "")
    write(home / "site/assets/tracker.css", "p { color: red }")
    monkeypatch.setattr(inputs.tracker, "__file__", str(home / "__init__.py"))
    build(root)
    assert taken(root).unchanged() is not None
    write(home / "site/assets/tracker.css", "p { color: blue }")
    assert taken(root).unchanged() is None


def test_what_is_installed_counts(root: Path, tmp_path_factory, monkeypatch) -> None:
    packages = tmp_path_factory.mktemp("packages")
    os.utime(packages, (LONG_AGO, LONG_AGO))
    monkeypatch.setattr(inputs.sysconfig, "get_path", lambda kind: str(packages))
    build(root)
    assert taken(root).unchanged() is not None
    (packages / "mkdocs-9.dist-info").mkdir()
    assert taken(root).unchanged() is None


def test_a_file_of_this_very_moment_is_looked_at_again(root: Path) -> None:
    """Its next change might not show in its time."""
    (root / "docs/index.md").write_text("now", encoding="utf-8")
    build(root)
    assert taken(root).unchanged() is None


def test_a_history_that_became_whole_counts(root: Path, monkeypatch) -> None:
    build(root)
    monkeypatch.setattr(inputs, "_boundary", lambda root: ["1f3c"])
    assert taken(root).unchanged() is None


def test_a_note_that_can_not_be_read_is_none(root: Path) -> None:
    build(root)
    (root / "out/.tracker-inputs").write_text("{", encoding="utf-8")
    assert taken(root).unchanged() is None


def test_a_link_is_not_followed(root: Path, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (root / "docs/link").symlink_to(elsewhere)
    os.utime(root / "docs/link", (LONG_AGO, LONG_AGO), follow_symlinks=False)
    build(root)
    write(elsewhere / "page.md", "outside")
    assert taken(root).unchanged() is not None
