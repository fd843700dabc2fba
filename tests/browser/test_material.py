"""Material as the frame, in a browser: nothing that the policy stops, nothing that bars anybody, and it works."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import GOOD, MINIMAL, Tracker
from playwright.sync_api import expect

from .conftest import JUDGED
from .driver import DEVICES, SCHEMES, served

pytestmark = pytest.mark.browser
PAGES = ["index.html", "recommendations/report-001.html", "recommendations/index.html"]


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root: Path = tmp_path_factory.mktemp("material")
    made = Tracker(root)
    for path, text in MINIMAL.items():
        made.write(path, text)
    made.write("tracker.yml", MINIMAL["tracker.yml"] + "languages: [en, ar]\n")
    made.write("mkdocs.yml", "theme: material\n")
    made.recommendation("report-001", GOOD.replace("---\nWhat", f"{JUDGED}---\nWhat"))
    made.recommendation("report-002", title="title: Publish the figures each year", order="order: 2")
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "build", "--to", str(root / "built")],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with served(root / "built/site") as address:
        yield address


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_stopped_and_nobody_is_barred(visit, material: str, device: str, scheme: str) -> None:
    for path in [*PAGES, f"ar/{PAGES[1]}"]:
        watched = visit(device, scheme, at=material, reduced_motion="reduce")
        page = watched.open(path)
        found = Axe().run(page, None, {"resultTypes": ["violations"]}).response["violations"]
        assert [(path, v["id"], v["nodes"][0]["html"][:200]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        colours = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert colours == {"light": "rgb(253, 252, 249)", "dark": "rgb(18, 25, 31)"}[scheme]
        assert (watched.errors, watched.strangers) == ([], [])


def test_search_filters_scheme_and_languages_work(visit, material: str) -> None:
    watched = visit(at=material, reduced_motion="reduce")
    page = watched.open(PAGES[2])
    page.locator(".rt-filter input[type=search]").fill("figures")
    expect(page.locator("#asks tbody tr:visible")).to_have_count(1)
    page.locator("label[title='Switch to dark mode']:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page = watched.open(PAGES[1])
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".rt-langs summary").click()
    page.locator(".rt-langs").get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{material}/ar/{PAGES[1]}")
    expect(page.locator("body")).to_have_attribute("dir", "rtl")
    page = watched.open(PAGES[1])
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("desk")
    page.keyboard.press("Enter")
    expect(page.locator(".rt-results h2").first).to_contain_text("desk")
    assert watched.errors == []
