"""What every test may use: a tracker in a folder, and the command as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from commands import Commands, Ran
from filelock import FileLock

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-06-30"

# No test is about time: a busy machine makes nothing wrong. And the same cases on each run: a test that
# fails now and then is no help to who broke nothing.
hypothesis.settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

MINIMAL = {
    "docs/sources/report.md": "---\ntitle: A report\nshort: Report\ndate: 2010-05-01\n---\nA document.\n",
    "docs/actors/au.md": "---\ntitle: African Union\nshort: AU\ntype: rigo\nmember_of: [rigos]\n---\nA body.\n",
    "docs/actors/eu.md": "---\ntitle: European Union\nshort: EU\ntype: rigo\nmember_of: [rigos]\n---\nA body.\n",
    "docs/actors/rigos.md": "---\ntitle: Regional organisations\ntype: group\n---\nA group.\n",
    "docs/actors/watch.md": "---\ntitle: A watch group\nshort: Watch\ntype: cso\n---\nAssesses.\n",
    "docs/themes/gender.md": "---\ntitle: Gender\n---\nA theme.\n",
    "docs/events/summit.md": "---\ntitle: A summit\ndate: 2012-03-04\nkind: conference\n---\nAn event.\n",
    "tracker.yml": "name: A tracker\nlead_assessor: watch\n",
}
GOOD = """\
---
title: Name a desk for civil society
source: report
locator: Part 1, point 1
order: 1
kind: formal
strength: should
addressed_to: [au, rigos]
themes: [gender]
regions: [global]
measures:
  - A desk is named.
---
What is asked, in our own words.
"""


class Tracker:
    """A tracker in a folder of its own. Texts are written as they are given."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, content: str | bytes) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def recommendation(self, name: str = "ask", text: str = GOOD, **changes: str) -> Path:
        """A good recommendation with lines replaced: ``title="title: x"`` or ``title=""``."""
        lines = text.split("\n")
        for key, line in changes.items():
            found = next((i for i, t in enumerate(lines) if t.startswith(f"{key}:")), None)
            if found is None:
                lines.insert(lines.index("---", 1), line)
            else:
                lines[found : found + 1] = [line] if line else []
        return self.write(f"recommendations/report/{name}.md", "\n".join(lines))

    def project(self, today: str = TODAY, **options):
        from tracker.project import Project

        return Project(self.root, today, **{"use_cache": False, **options})

    def codes(self, **options) -> list[str]:
        return [f.code for f in self.project(**options).findings]


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    """A small tracker in which everything is in order, without recommendations."""
    made = Tracker(tmp_path / "tracker")
    for path, text in MINIMAL.items():
        made.write(path, text)
    made.write("recommendations/.keep", "")
    return made


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    made = Commands(tmp_path_factory.mktemp("printed"))
    yield made
    made.end()


@pytest.fixture
def run(commands: Commands) -> Callable[..., Ran]:
    """Runs `tracker` as its user does: another process, looked at from the outside."""
    return commands.run


@pytest.fixture(scope="session")
def corpus_root() -> Path:
    """The real tracker that this repository keeps."""
    return ROOT


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run that its processes have in common (`make test` starts several)."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def built_site(shared_folder: Path) -> Path:
    """The real corpus in its default language, built once for all tests that look at pages."""
    return _built(shared_folder / "site", "en", "site")


@pytest.fixture(scope="session")
def built_in(built_site: Path) -> Callable[[str], Path]:
    """The folder of the same site in a language; others than the default lie below `built_site`."""

    def call(language: str) -> Path:
        return built_site if language == "en" else _built(built_site.parent, language, f"site/{language}")

    return call


@pytest.fixture(scope="session")
def built_arabic(built_in: Callable[[str], Path]) -> Path:
    return built_in("ar")


def _built(folder: Path, language: str, made: str) -> Path:
    """Builds where no other process of this run has."""
    with FileLock(f"{folder}.lock"):
        if not (folder / made).exists():
            done = subprocess.run(
                [sys.executable, "-m", "tracker", "build", "--to", str(folder), "--as-of", "2026-11-21",
                 "--language", language],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr
    return folder / made
