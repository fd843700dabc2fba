"""For everyone (WCAG 2.2 AA): each page type in each language, in light and dark, on phone and desk.

Each page type is looked at once in each language, and each of these times in another combination of
light or dark and phone or desk. Which language gets which changes from type to type, so that each
language has all four.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from .driver import SHORTEN, WHOLE, Watched, drawn, new_context, page_path

pytestmark = pytest.mark.browser

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Every rule of axe, its advice on headings and landmarks too, and the size of targets, which it leaves out.
LOOK = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations'], preload: false,
    rules: {'target-size': {enabled: true}}});
  return found.violations.flatMap(v => v.nodes.slice(0, 3).map(n => `${v.id}: ${n.target} ${n.html.slice(0, 140)}`)) }"""

# Boxes that scroll sideways: only tables, and only where the keyboard reaches the box and it has a name.
SIDEWAYS = """() => [...document.querySelectorAll('body *')].filter(e =>
    ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) && e.clientWidth && e.scrollWidth > e.clientWidth + 1
    && !(e.tabIndex === 0 && e.getAttribute('aria-label') && e.querySelector('table')))
  .map(e => `${e.tagName}.${e.className} ${e.scrollWidth} in ${e.clientWidth}`)"""

# What readers may ask for: more room between lines, words and letters (WCAG 1.4.12).
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet] }"""
UNSPACED = "() => { document.adoptedStyleSheets = [] }"
CUT = """() => [...document.querySelectorAll('body *')].filter(e => {
    const style = getComputedStyle(e);
    return style.overflow === 'hidden' && style.clipPath === 'none' && !e.closest('svg') && e.textContent.trim()
      && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1) })
  .map(e => `${e.tagName}.${e.className} “${e.textContent.trim().slice(0, 60)}”`)"""


LANGUAGES = ("en", "fr", "es", "ar")
# Pages of the small site `unfinished`: the real corpus has none of these at times.
UNFINISHED = {"stale-translation": "recommendations/ask.html", "in-the-inbox": "recommendations/ask.html#entry-2"}


def combinations() -> Iterator[tuple[str, str, str, str]]:
    for place, kind in enumerate([*WHOLE, *UNFINISHED]):
        for turn, language in enumerate(LANGUAGES):
            code = (place + turn) % 4
            yield kind, language, ("light", "dark")[code & 1], ("phone", "desktop")[code >> 1]


def opened(watched: Watched, site: Path, kind: str, before: str = "") -> Page:
    """The page, with what is hidden at first shown: results, an open filter, errors of a form."""
    page = drawn(watched.open(before + page_path(site / before, kind)), kind)
    if kind in ("search", "recommendations", "changes"):
        page.locator(".rt-choice summary").first.click()
        expect(page.locator(".rt-choices label").first).to_be_visible()
    if kind.startswith("propose"):
        page.locator("form button[type=submit]").first.click()
        expect(page.locator("#errors")).to_be_visible()
    return page


def look_at(
    request: pytest.FixtureRequest, browser: Browser, kind: str, language: str, scheme: str, device: str
) -> None:
    address, built_site = (request.getfixturevalue(name) for name in ("address", "built_site"))
    before = "" if language == "en" else f"{language}/"
    with new_context(browser, device, scheme, reduced_motion="reduce") as context:
        if kind in UNFINISHED:
            watched = Watched(context.new_page(), request.getfixturevalue("unfinished"))
            page = watched.open(before + UNFINISHED[kind])
            assert page.locator(".rt-inbox").count() == 1
            assert page.locator(".rt-stale").count() == (language != "en")
        else:
            request.getfixturevalue("built_in")(language)
            watched = Watched(context.new_page(), address)
            page = opened(watched, built_site, kind, before)
        page.evaluate(SHORTEN)
        page.evaluate(AXE)
        assert page.evaluate(LOOK) == []
        if device == "phone":
            page.evaluate(SPACED)
            assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
            assert page.evaluate(CUT) == []
            page.evaluate(UNSPACED)
            # A desk at 400 %: nothing but tables runs sideways.
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            assert page.evaluate(SIDEWAYS) == []
        assert watched.errors == []


# Two classes, because a class is what processes of a test run share out.
class TestInEnglishAndArabic:
    @pytest.mark.parametrize(("kind", "language", "scheme", "device"), [c for c in combinations() if c[1] in ("en", "ar")])
    def test_no_page_type_has_a_finding(
        self, request, browser, kind: str, language: str, scheme: str, device: str
    ) -> None:
        look_at(request, browser, kind, language, scheme, device)


class TestInFrenchAndSpanish:
    @pytest.mark.parametrize(("kind", "language", "scheme", "device"), [c for c in combinations() if c[1] in ("fr", "es")])
    def test_no_page_type_has_a_finding(
        self, request, browser, kind: str, language: str, scheme: str, device: str
    ) -> None:
        look_at(request, browser, kind, language, scheme, device)
