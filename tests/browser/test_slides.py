"""Charts as pictures for a slide: made from the page, always light, whole in themselves, in any language."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from .driver import page_path

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
CHARTS = {
    "recommendation-assessed": "-life", "recommendation-asked-again": "-asked-again", "changes": "moved",
    "lineage": "-asked-again", "actor": "-years",
}  # fmt: skip
INK = {"rgb(28, 38, 48)", "rgb(85, 96, 106)"}  # of words, in the light


def figure(page: Page, name: str) -> Locator:
    return page.locator(f"figure.rt-figure[data-name$='{name}']").first


def saved(box: Locator, kind: str) -> tuple[str, bytes]:
    """The name and the content of what a button gives."""
    with box.page.expect_download() as download:
        box.locator(f"button[data-as={kind}]").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def read(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)  # noqa: S314 - made by the page a moment ago


def texts(root: ElementTree.Element) -> list[str]:
    return [re.sub("[\u2067\u2068\u2069]", "", "".join(node.itertext())) for node in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_can_be_saved_with_title_source_and_day_in_it(visit, built_site: Path, kind: str) -> None:
    watched = visit()
    page = watched.open(page_path(built_site, kind))
    box = figure(page, CHARTS[kind])
    name, data = saved(box, "svg")
    root = read(data)
    assert name == f"{box.get_attribute('data-name')}.svg"
    said = " ".join(texts(root))
    assert said.startswith(" ".join(box.get_attribute("data-title").split()))
    assert re.search(r"Prevention Recommendations Tracker, data as of 21 November 2026, commit [0-9a-f]{7}", said)
    # Whole in itself: no class of our style sheet, no texture that isn't in it, nothing from elsewhere.
    assert not [node for node in root.iter() if {"class", "href"} & set(node.attrib)]
    drawn = {node.get("id") for node in root.iter(f"{SVG}pattern")}
    used = set(re.findall(r"url\(#([\w-]+)\)", data.decode()))
    assert used == drawn
    for label in box.locator(".rt-legend li").all_inner_texts():
        assert label.strip() in texts(root)
    assert watched.errors == []
    assert watched.strangers == []


@pytest.mark.parametrize("kind", ["recommendation-assessed", "changes"])
def test_a_slide_is_the_same_in_the_dark(visit, built_site: Path, kind: str) -> None:
    made = []
    for scheme in ("light", "dark"):
        page = visit(scheme=scheme).open(page_path(built_site, kind))
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        made.append(saved(figure(page, CHARTS[kind]), "svg")[1])
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    assert made[0] == made[1]
    root = read(made[0])
    assert {node.get("fill") for node in root.iter(f"{SVG}text")} <= INK | {"#1c2630", "#55606a"}


def test_a_picture_of_points_is_large_enough_for_a_screen(visit, built_site: Path) -> None:
    watched = visit()
    page = watched.open(page_path(built_site, "changes"))
    name, data = saved(figure(page, "moved"), "png")
    assert name == "moved.png"
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    assert width == 1920
    assert height > 900
    assert watched.errors == []


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_it_works_from_a_disk(visit, built_site: Path, kind: str) -> None:
    watched = visit()
    watched.page.goto((built_site / page_path(built_site, "recommendation-assessed")).as_uri())
    _, data = saved(figure(watched.page, "-life"), kind)
    assert len(data) > 2000
    assert watched.errors == []


def test_from_right_to_left_the_slide_is_too(visit, built_arabic: Path) -> None:
    page = visit().open(f"ar/{page_path(built_arabic, 'changes')}")
    root = read(saved(figure(page, "moved"), "svg")[1])
    width = float(root.get("viewBox").split()[2])
    title = next(root.iter(f"{SVG}text"))
    assert root.get("lang") == "ar"
    assert title.get("direction") == "rtl"
    assert float(title.get("x")) > width * 0.9
    assert "نوفمبر" in " ".join(texts(root))


def test_without_scripts_nothing_offers_what_cannot_be_done(visit, built_site: Path) -> None:
    page = visit(java_script_enabled=False).open(page_path(built_site, "recommendation-assessed"))
    expect(figure(page, "-life").locator("svg.rt-chart")).to_be_visible()
    expect(page.locator("[data-as]").first).to_be_hidden()


def test_on_paper_the_chart_stands_without_its_buttons(visit, built_site: Path) -> None:
    page = visit().open(page_path(built_site, "recommendation-assessed"))
    expect(page.locator("[data-as]").first).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator("[data-as]").first).to_be_hidden()
    expect(figure(page, "-life").locator("svg.rt-chart")).to_be_visible()
