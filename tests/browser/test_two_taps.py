"""Two taps to the answer: the questions that readers bring, from the home page, on a phone, in two directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def in_sight(target: Locator) -> bool:
    """Whether all of it is on the screen as it is, without scrolling."""
    box, screen = target.bounding_box(), target.page.viewport_size
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= screen["height"]


def opened(visit, built_in, language: str) -> Page:
    built_in(language)
    return visit("phone").open("index.html" if language == "en" else f"{language}/index.html")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("place", "goal"), [(0, "actors/au.html"), (1, "themes/early-warning.html")])
def test_what_came_of_it_is_two_taps_away(visit, built_in, language: str, place: int, goal: str) -> None:
    page = opened(visit, built_in, language)
    question = page.locator(".rt-questions summary").nth(place)
    assert in_sight(question)
    question.tap()
    page.locator(f".rt-questions a[href='{goal}']").tap()
    page.wait_for_url(f"**/{goal}")
    answer = page.locator(".rt-answer")
    assert in_sight(answer)
    assert answer.locator("b").count() == 3  # done, some progress, none
    if language == "en" and place:
        expect(answer).to_contain_text("since 2004")


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_which_asks_keep_coming_back_is_one_tap_away(visit, built_in, language: str) -> None:
    page = opened(visit, built_in, language)
    link = page.locator(".rt-questions p a")
    assert in_sight(link)
    link.tap()
    page.wait_for_url("**/lineage.html")
    assert in_sight(page.locator(".rt-family svg.rt-graph a").first)


def test_the_questions_need_no_scripts(visit, built_site: Path) -> None:
    page = visit("phone", java_script_enabled=False).open("index.html")
    page.locator(".rt-questions summary").first.tap()
    expect(page.locator(".rt-questions a[href='actors/au.html']")).to_be_visible()
    page.locator(".rt-questions summary").nth(1).tap()
    expect(page.locator(".rt-questions a[href='actors/au.html']")).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_the_header_of_a_phone_is_two_lines_of_title_at_most(visit, built_in, language: str) -> None:
    page = opened(visit, built_in, language)
    title = page.locator(".rt-site span")
    lines = title.evaluate("e => Math.round(e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight))")
    assert lines <= 2
    assert page.locator(".rt-header").bounding_box()["height"] <= 110
