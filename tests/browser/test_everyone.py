"""For everyone (WCAG 2.2 AA): each page type, in light and dark, from left and from right, on phone and desk.

Each page type is looked at twice, in opposite corners of the eight combinations: once light and once
dark, once from the left and once from the right, once on a phone and once on a desk. Which corners
changes from type to type, so that all eight occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect

from .driver import WHOLE, Watched, new_context, page_path
from .test_page_types import SHORTEN

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


def combinations() -> Iterator[tuple[str, str, str, str]]:
    for place, kind in enumerate(WHOLE):
        for code in (place % 4, 7 - place % 4):
            yield (
                kind,
                ("en", "ar")[code & 1],
                ("light", "dark")[code >> 1 & 1],
                ("phone", "desktop")[code >> 2],
            )


def opened(watched: Watched, site: Path, kind: str, before: str = "") -> Page:
    """The page, with what is hidden at first shown: results, an open filter, errors of a form."""
    page = watched.open(before + page_path(site / before, kind))
    if kind == "search":
        expect(page.locator(".rt-results li").first).to_be_visible()
    if kind in ("search", "recommendations"):
        page.locator(".rt-choice summary").first.click()
        expect(page.locator(".rt-choices label").first).to_be_visible()
    if kind.startswith("propose"):
        page.locator("form button[type=submit]").first.click()
        expect(page.locator("#errors")).to_be_visible()
    return page


@pytest.mark.parametrize(("kind", "language", "scheme", "device"), list(combinations()))
def test_no_page_type_has_a_finding(
    browser: Browser, address: str, built_site: Path, built_arabic: Path,
    kind: str, language: str, scheme: str, device: str,
) -> None:  # fmt: skip
    with new_context(browser, device, scheme, reduced_motion="reduce") as context:
        watched = Watched(context.new_page(), address)
        page = opened(watched, built_site, kind, "ar/" if language == "ar" else "")
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


# Where the focus is: what it is called, whether an outline marks it, whether anything lies over it.
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const spots = [...e.getClientRects()].map(r => [r.left + Math.min(r.width / 2, 12), r.top + Math.min(r.height / 2, 12)]);
  const free = ([x, y]) => { const top = document.elementFromPoint(x, y); return top && (e.contains(top) || top.contains(e)); };
  return {name: `${e.tagName} ${(e.getAttribute('aria-label') || e.textContent || e.name || '').trim().slice(0, 50)}`,
    marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 1 && box.height > 1 && spots.some(free)}}"""
STOPS = 36


ON_A_PHONE_TOO = ("home", "recommendations", "recommendation-assessed", "matrix", "propose")


@pytest.mark.parametrize(
    ("kind", "device"), [(kind, "desktop") for kind in WHOLE] + [(kind, "phone") for kind in ON_A_PHONE_TOO]
)
def test_each_stop_of_the_tab_key_is_marked_and_in_sight(
    browser: Browser, address: str, built_site: Path, kind: str, device: str
) -> None:
    with new_context(browser, device, reduced_motion="reduce") as context:
        page = Watched(context.new_page(), address).open(page_path(built_site, kind))
        page.evaluate(SHORTEN)
        reached: list[dict] = []
        for _ in range(STOPS):
            page.keyboard.press("Tab")
            if (focus := page.evaluate(FOCUS)) is None:
                break
            reached.append(focus)
        assert len(reached) > 10
        assert [focus["name"] for focus in reached if not focus["marked"]] == []
        assert [focus["name"] for focus in reached if not focus["seen"]] == []
        # Nothing jumps the queue: the order is the one of the text.
        assert page.locator("[tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0


def test_the_first_stop_leads_past_the_menu(visit) -> None:
    page = visit().open("actors/au.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_escape_closes_the_menu_of_a_phone_and_the_focus_returns(visit) -> None:
    page = visit("phone").open("index.html")
    button = page.locator(".rt-menu")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#menu') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize(("path", "box"), [
    ("index.html", ".rt-nav .rt-drop"),
    ("recommendations/index.html", ".rt-choice"),
    ("search.html", ".rt-choice"),
])  # fmt: skip
def test_escape_closes_what_is_open_and_the_focus_returns(visit, path: str, box: str) -> None:
    page = visit().open(path)
    page.wait_for_load_state("networkidle")  # the search fetches its choices after the page
    head = page.locator(f"{box} summary").first
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator(box).first).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('details') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(box).first).not_to_have_attribute("open", "")
    expect(head).to_be_focused()


@pytest.mark.parametrize("kind", ["home", "recommendation-assessed", "recommendations", "matrix"])
def test_with_forced_colours_marks_and_borders_stay(
    browser: Browser, address: str, built_site: Path, kind: str
) -> None:
    with new_context(browser, "desktop", forced_colors="active") as context:
        page = Watched(context.new_page(), address).open(page_path(built_site, kind))
        for status in page.locator(".rt-status:visible").all()[:5]:
            mark, ground = status.evaluate("""e => [getComputedStyle(e, '::before').backgroundColor,
              getComputedStyle(document.body).backgroundColor]""")
            assert mark != ground
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS)["marked"]
