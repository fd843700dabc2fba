"""What holds on a page of every type, on a phone and on a desk, for eyes and privacy.

(For everyone: `test_everyone`.) Each page is loaded once for each device, then looked at by all tests here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .driver import DEVICES, PAGES, Watched, new_context, page_path

pytestmark = pytest.mark.browser

# Elements that reach over the right or left edge, unless a box around them scrolls or cuts them on purpose.
STICKING_OUT = """width => [...document.querySelectorAll('article *')].filter(e => {
  const box = e.getBoundingClientRect();
  if (!box.width || !box.height || (box.right <= width + 1 && box.left >= -1)) return false;
  if (getComputedStyle(e).clipPath !== 'none' || e.closest('svg, thead')) return false;
  for (let p = e.parentElement; p && p.tagName !== 'ARTICLE'; p = p.parentElement)
    if (getComputedStyle(p).overflowX !== 'visible') return false;
  return true;
}).slice(0, 5).map(e => `${e.tagName} ${e.className} “${e.textContent.trim().slice(0, 60)}”`)"""

@pytest.fixture(scope="module", params=[(kind, device) for kind in PAGES for device in DEVICES], ids="-".join)
def shown(request, browser: Browser, address: str, built_site: Path) -> Iterator[Watched]:
    kind, device = request.param
    with new_context(browser, device, reduced_motion="reduce") as context:
        watched = Watched(context.new_page(), address)
        watched.open(page_path(built_site, kind))
        yield watched


def test_has_one_heading(shown: Watched) -> None:
    assert shown.page.locator("h1").count() == 1
    assert shown.page.locator("h1").inner_text().strip()


def test_has_a_title_that_names_the_tracker_once(shown: Watched) -> None:
    name = shown.page.locator(".rt-site").first.inner_text().strip()
    assert shown.page.title().count(name) == 1


def test_names_the_date_and_the_commit_of_its_data(shown: Watched) -> None:
    edition = shown.page.locator(".rt-edition")
    assert edition.count() == 1
    assert edition.locator("time").get_attribute("datetime") == "2026-11-21"
    assert "21 November 2026" in edition.inner_text()
    commit = edition.locator("code").inner_text()
    assert len(commit) >= 7
    assert int(commit, 16) >= 0


def test_nothing_is_wider_than_the_page(shown: Watched) -> None:
    width = shown.page.viewport_size["width"]
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.page.evaluate(STICKING_OUT, width) == []


def test_at_320_pixels_nothing_is_wider_than_the_page(shown: Watched) -> None:
    # The smallest phone, and a desk at 400 % zoom (WCAG 1.4.10).
    before = shown.page.viewport_size
    shown.page.set_viewport_size({"width": 320, "height": 640})
    try:
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= 320
        assert shown.page.evaluate(STICKING_OUT, 320) == []
    finally:
        shown.page.set_viewport_size(before)


def test_works_without_an_error(shown: Watched) -> None:
    assert shown.errors == []


def test_asks_nobody_but_its_own_server(shown: Watched) -> None:
    assert f"{shown.address}/" in shown.requests[0]
    assert shown.strangers == []


def test_nothing_is_inline_and_the_policy_forbids_it(shown: Watched) -> None:
    page = shown.page
    assert page.locator("script:not([src]):not([type='application/json']), style, [style]").count() == 0
    assert page.evaluate("""() => [...document.querySelectorAll('*')].flatMap(
      e => [...e.attributes].filter(a => a.name.startsWith('on')).map(a => e.outerHTML.slice(0, 80)))""") == []
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
