"""The site in Arabic and English: one switch, the same page, right to left, and nothing that breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .driver import Watched

pytestmark = pytest.mark.browser

PAGES = [
    "index.html", "recommendations/index.html", "recommendations/madrid-2011-043.html", "actors/au.html",
    "themes/index.html", "changes.html", "lineage.html", "silence.html", "registers.html", "data.html",
    "method.html", "search.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def arabic(built_arabic: Path) -> str:
    """What stands before the address of an Arabic page."""
    assert built_arabic.is_dir()
    return "ar/"


def switch(page: Page, language: str) -> None:
    page.locator(".rt-langs summary").click()
    page.locator(f".rt-langs a[hreflang={language}]").click()


def test_the_switch_keeps_the_page_and_leads_back(visit, arabic) -> None:
    watched = visit()
    page = watched.open(f"{arabic}actors/au.html")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator(".rt-langs a[hreflang=ar]")).to_have_attribute("aria-current", "true")
    switch(page, "en")
    page.wait_for_url("**/actors/au.html")
    assert "/ar/" not in page.url
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert watched.errors == []


def test_the_switch_works_from_a_disk(visit, built_arabic) -> None:
    page = visit().page
    page.goto((built_arabic / "recommendations/madrid-2011-043.html").as_uri())
    switch(page, "en")
    page.wait_for_url("**/site/recommendations/madrid-2011-043.html")
    expect(page.locator("h1")).to_contain_text("African Union")


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_arabic_pages_run_from_right_to_left_without_a_fault(visit, arabic, device: str) -> None:
    watched: Watched = visit(device)
    for name in PAGES:
        page = watched.open(arabic + name)
        room, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        assert needed <= room, f"{name} is wider than the screen"
        # Reading begins at the right.
        box = page.locator("main").evaluate("e => getComputedStyle(e).direction + getComputedStyle(e).textAlign")
        assert box == "rtlstart", name
    assert watched.errors == []
    assert watched.strangers == []


def test_bars_grow_from_the_right(visit, arabic) -> None:
    page = visit().open(f"{arabic}index.html")
    bar = page.locator("svg.rt-bar").first
    whole = bar.bounding_box()
    first = bar.locator("rect").first.bounding_box()
    assert abs((first["x"] + first["width"]) - (whole["x"] + whole["width"])) < 1


@pytest.mark.parametrize("path", ["rules/index.html", "rules/T216.html", "manual/corpus.html", "guides/add-a-recommendation.html"])
def test_a_page_that_is_not_translated_says_so_in_the_readers_language(visit, built_in, path: str) -> None:
    built_in("fr")
    note = "Cette page n’a pas été traduite"
    expect(visit().open(f"fr/{path}").locator("article .rt-box").first).to_contain_text(note)
    assert visit().open(path).get_by_text(note).count() == 0


@pytest.mark.parametrize(("path", "item"), [
    ("actors/au.html", "Actors"), ("themes/early-warning.html", "Themes"), ("sources/madrid-2011.html", "Documents"),
    ("recommendations/madrid-2011-014.html", "Recommendations"), ("rules/T216.html", "Rules"),
])  # fmt: skip
def test_the_menu_shows_in_which_part_a_page_stands(visit, path: str, item: str) -> None:
    page = visit().open(path)
    assert page.locator("#menu [aria-current]").all_text_contents() == [item]
