"""The hooks for pre-commit, run by pre-commit itself in a real repository, without a network.

pre-commit would install the package into an environment of its own; here the same hooks are run
with the command of this environment (language: system).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from repositories import ENVIRONMENT, Repository

HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
BIN = Path(sys.executable).parent


@pytest.fixture
def commit(tracker, tmp_path: Path):
    """Commits everything with one hook installed; returns what pre-commit said and whether it passed."""
    repository = Repository(tracker.root)
    tracker.recommendation("ask")
    tracker.recommendation("other", addressed_to="addressed_to: [eu]")
    repository.commit("First")
    environment = {
        **os.environ, **ENVIRONMENT, "GIT_AUTHOR_NAME": "Ada", "PRE_COMMIT_HOME": str(tmp_path / "store"),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PRE_COMMIT_COLOR": "never",
    }  # fmt: skip

    def run(hook: str) -> tuple[bool, str]:
        chosen = {**next(h for h in HOOKS if h["id"] == hook), "language": "system"}
        config = {"repos": [{"repo": "local", "hooks": [chosen]}]}
        tracker.write(".pre-commit-config.yaml", yaml.safe_dump(config))
        subprocess.run([BIN / "pre-commit", "install"], cwd=tracker.root, env=environment, check=True, capture_output=True)
        subprocess.run(["git", "add", "-A"], cwd=tracker.root, env=environment, check=True)
        done = subprocess.run(["git", "commit", "-m", "A change"], cwd=tracker.root, env=environment,
                              capture_output=True, text=True, check=False)  # fmt: skip
        return done.returncode == 0, done.stdout + done.stderr

    return run


def test_the_hooks_are_what_pre_commit_takes() -> None:
    done = subprocess.run([BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_change_in_order_passes(tracker, commit) -> None:
    tracker.recommendation("ask", title="title: Name a desk, and give it an address")
    passed, said = commit("tracker-check")
    assert passed, said


def test_a_changed_file_is_held_against_the_whole_tracker(tracker, commit) -> None:
    tracker.recommendation("with space", themes="themes: [gendre]")
    passed, said = commit("tracker-check")
    assert not passed
    assert "recommendations/report/with space.md" in said
    assert "there is no theme “gendre”" in said


def test_what_is_wrong_elsewhere_holds_up_the_whole_tracker_only(tracker, commit) -> None:
    """Removing a page breaks records that did not change."""
    (tracker.root / "docs/themes/gender.md").unlink()
    tracker.recommendation("other", addressed_to="addressed_to: [eu]", themes="themes: []")
    assert commit("tracker-check")[0] is True
    tracker.recommendation("other", addressed_to="addressed_to: [eu]", themes="themes: []", order="order: 2")
    passed, said = commit("tracker-check-all")
    assert not passed
    assert "recommendations/report/ask.md" in said


def test_a_record_in_another_shape_is_told(tracker, commit) -> None:
    tracker.recommendation("ask", title="title:    'Name a desk for civil society'")
    passed, said = commit("tracker-fmt")
    assert not passed
    assert "recommendations/report/ask.md" in said


def test_nobody_is_stopped_over_the_shape_of_a_file_for_the_inbox(tracker, commit) -> None:
    tracker.recommendation("ask")
    tracker.write("recommendations/inbox/au.md", "---\nrecommendation:   'ask'\nby: watch\nactor: au\n---\n")
    passed, said = commit("tracker-fmt")
    assert passed, said


def test_a_page_that_is_no_record_is_nobodys_matter(tracker, commit) -> None:
    tracker.write("README.md", "# Hello\n")
    passed, said = commit("tracker-check")
    assert passed
    assert "Skipped" in said
