"""By keyboard alone: every stop is marked and in sight, what opens closes with Escape, and the focus comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .driver import SHORTEN, WHOLE, Watched, drawn, new_context, page_path

pytestmark = pytest.mark.browser

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
        page = drawn(Watched(context.new_page(), address).open(page_path(built_site, kind)), kind)
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
    ("ar/index.html", ".rt-langs"),
    ("recommendations/index.html", ".rt-choice"),
    ("search.html", ".rt-choice"),
])  # fmt: skip
def test_escape_closes_what_is_open_and_the_focus_returns(visit, built_arabic: Path, path: str, box: str) -> None:
    page = visit().open(path)
    page.wait_for_load_state("networkidle")  # the search fetches its choices after the page
    head = page.locator(f"{box} summary").first
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator(box).first).to_have_attribute("open", "")
    expect(page.locator(f"{box}[open] :is(a, input)").first).to_be_visible()  # lists are drawn when they are opened
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
