"""Fixtures of the browser tests: one browser and one server for all, a fresh page for each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import GOOD, MINIMAL, Tracker
from playwright.sync_api import Browser

from .driver import NoBrowser, Watched, find_browser, new_context, served, started_browser

HERE = Path(__file__).parent
JUDGED = """\
assessments:
  - {actor: eu, date: 2015, status: planned, by: watch, evidence: [{title: A plan, source: report}]}
"""
TITLES = {"fr": "Nommer un bureau", "es": "Nombrar una oficina", "ar": "تسمية مكتب"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: the quick ones speak first, and run without our server's threads."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    problem = ""
    try:
        find_browser()
    except NoBrowser as error:
        problem = str(error)
    if problem:
        pytest.fail(problem, pytrace=False)
    with started_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def address(built_site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with served(built_site) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Watched]]:
    """Makes a watched page in a browser of its own: no cookie, no remembered choice."""
    with ExitStack() as stack:

        def make(device: str = "desktop", scheme: str = "light", *, at: str = "", **options) -> Watched:
            context = stack.enter_context(new_context(browser, device, scheme, **options))
            return Watched(context.new_page(), at or address)

        yield make


@pytest.fixture(scope="session")
def small_tracker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small tracker with a forge and its built site in `built/site`: for forms, which lead to files."""
    root = tmp_path_factory.mktemp("proposing")
    made = Tracker(root)
    for path, text in MINIMAL.items():
        made.write(path, text)
    made.write("tracker.yml", MINIMAL["tracker.yml"] + "forge:\n  url: https://github.com/example/tracker\n")
    made.recommendation("report-001", GOOD.replace("---\nWhat", f"{JUDGED}---\nWhat"))
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "build", "--to", str(root / "built")],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="session")
def unfinished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a small site in four languages, with what the real corpus has at times only:
    translations that are older than their originals, and an entry that is in the inbox still."""
    made = Tracker(tmp_path_factory.mktemp("unfinished"))
    for path, text in MINIMAL.items():
        made.write(path, text)
    made.write("tracker.yml", MINIMAL["tracker.yml"] + "languages: [en, fr, es, ar]\n")
    made.recommendation("ask", GOOD.replace("---\nWhat", f"{JUDGED}---\nWhat"))
    for language, title in TITLES.items():
        made.write(f"recommendations/report/ask.{language}.md", (
            f"---\ntranslates: 0123456789ab\ntranslator: Watch\ntitle: {title}\n---\n{title}.\n"))  # fmt: skip
    made.write("recommendations/inbox/ask--au--2016.md", (
        "---\nrecommendation: ask\nactor: au\ndate: 2016\nstatus: implemented\nby: watch\n"
        "evidence:\n  - {title: A desk, source: report}\n---\n"))  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "build", "--to", str(made.root / "built"), "--as-of", "2026-11-21"],
        cwd=made.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with served(made.root / "built/site") as address:
        yield address


@pytest.fixture(scope="session")
def small_address(small_tracker: Path) -> Iterator[str]:
    with served(small_tracker / "built/site") as address:
        yield address
