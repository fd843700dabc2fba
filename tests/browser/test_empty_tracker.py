"""The site of a tracker in which nothing has been entered yet: it invites, and says how to begin."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from .driver import DEVICES, Watched, new_context, served
from .test_page_types import STICKING_OUT

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> Iterator[str]:
    """Where the site of a new tracker is served."""
    root = tmp_path_factory.mktemp("empty") / "harbour"
    for args in (["init", str(root), "--name", "Harbour follow-up", "--yes"], ["build", "--root", str(root)]):
        subprocess.run([sys.executable, "-m", "tracker", *args], check=True, capture_output=True)
    with served(Path(root) / "build/site") as address:
        yield address


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("path", ["index.html", "recommendations/index.html", "actors/index.html", "method.html"])
def test_a_page_of_an_empty_tracker_is_whole(browser: Browser, empty: str, device: str, path: str) -> None:
    with new_context(browser, device, reduced_motion="reduce") as context:
        watched = Watched(context.new_page(), empty)
        page = watched.open(path)
        assert page.locator("h1").count() == 1
        assert page.evaluate(STICKING_OUT, page.viewport_size["width"]) == []
        assert Axe().run(page, None, {"resultTypes": ["violations"]}).response["violations"] == []
        assert watched.strangers == []
        assert watched.errors == []
        if path in ("index.html", "recommendations/index.html"):
            assert page.locator("ol.rt-steps > li").count() == 5
            assert page.locator("table").count() == 0  # no table with nothing in it
