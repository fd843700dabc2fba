"""Other ways to read the site: by keyboard, on paper, from a disk, without motion, in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .driver import PAGES, Watched, page_path

pytestmark = pytest.mark.browser

TABLE = "recommendations/index.html"
# A sheet of A4 in CSS pixels, and what the theme's margins of 25 mm leave of it.
A4, BETWEEN_MARGINS = 794, 605

LOOK = """e => { const s = getComputedStyle(e); return JSON.stringify([
  s.outlineStyle === 'none' ? '' : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`, s.boxShadow]) }"""
# Where the focus is, if in the article: a name to know it by, what it looks like, and whether it is in sight.
FOCUS = f"""() => {{
  const e = document.activeElement, box = e.getBoundingClientRect();
  if (!e.closest('article')) return null;
  const cut = e.closest('thead') && getComputedStyle(e.closest('thead')).clipPath !== 'none';
  return {{name: e.name || e.getAttribute('href') || e.textContent.trim(), look: ({LOOK})(e),
           seen: box.width > 1 && box.height > 1 && !cut}} }}"""


def tabbed(page: Page, until: str, most: int = 80) -> list[dict]:
    """What the tab key reaches in the article, up to the element of this name."""
    found: list[dict] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if focus := page.evaluate(FOCUS):
            found.append(focus)
            if focus["name"] == until:
                return found
    raise AssertionError(f"{until!r} was not reached: {[f['name'] for f in found]}")


def first_link(page: Page) -> str:
    return page.locator("#asks tbody th a").first.get_attribute("href")


def test_the_tab_key_reaches_each_control_and_the_first_row(visit) -> None:
    page = visit().open(TABLE)
    reached = [focus["name"] for focus in tabbed(page, first_link(page))]
    controls = page.locator(".rt-filter :is(input, summary)").evaluate_all(
        "all => all.map(e => e.name || e.textContent.trim())"
    )
    assert len(controls) == 9
    heads = [text.strip() for text in page.locator("#asks thead th").all_inner_texts()]
    assert reached == [*controls, "Show all", "Copy the link", "These rows as CSV", "Print these rows", *heads, first_link(page)]


def test_focus_can_be_seen_wherever_it_is(visit) -> None:
    page = visit().open(TABLE)
    focused = {focus["name"]: focus["look"] for focus in tabbed(page, first_link(page))}
    page.evaluate("document.activeElement.blur()")
    selector = ".rt-filter :is(input, summary, button), #asks :is(thead button, tbody tr:first-child th a)"
    plain = page.locator(selector).evaluate_all(
        f"all => all.map(e => [e.name || e.getAttribute('href') || e.textContent.trim(), ({LOOK})(e)])"
    )
    assert set(focused) == {name for name, _ in plain}
    assert [name for name, look in plain if focused[name] == look] == []


def test_on_a_phone_focus_never_goes_where_nothing_can_be_seen(visit) -> None:
    page = visit("phone").open(TABLE)
    assert [focus["name"] for focus in tabbed(page, first_link(page)) if not focus["seen"]] == []


def test_the_first_row_opens_with_the_enter_key(visit) -> None:
    page = visit().open(TABLE)
    tabbed(page, first_link(page))
    title = page.locator("#asks tbody th a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(title)


@pytest.fixture(params=["light", "dark"])
def paper(visit, request) -> Page:
    """The table as it is printed on A4, out of either scheme."""
    page = visit(scheme=request.param, viewport={"width": A4, "height": 1123}).open(TABLE)
    page.emulate_media(media="print")
    return page


def test_paper_has_no_controls(paper: Page) -> None:
    for hidden in (".rt-header", ".rt-footer", ".rt-filter", ".headerlink"):
        for element in paper.locator(hidden).all()[:3]:
            expect(element).to_be_hidden()
    expect(paper.locator("h1")).to_be_visible()
    expect(paper.locator(".rt-edition")).to_be_visible()


def test_paper_repeats_the_heads_of_a_table_which_stays_a_table(paper: Page) -> None:
    styles = paper.evaluate("""() => ['#asks', '#asks thead', '#asks tbody tr', '#asks tbody td'].map(
      s => getComputedStyle(document.querySelector(s)).display)""")
    assert styles == ["table", "table-header-group", "table-row", "table-cell"]
    assert paper.locator("#asks thead").evaluate("e => getComputedStyle(e).clipPath") == "none"


@pytest.mark.parametrize("path", [TABLE, "sources/prevention-platform-2016.html", "mechanisms/index.html"])
def test_paper_cuts_nothing_off(visit, path: str) -> None:
    page = visit(viewport={"width": A4, "height": 1123}).open(path)
    page.emulate_media(media="print")
    page.evaluate("width => { document.body.style.width = `${width}px` }", BETWEEN_MARGINS)
    edges = page.locator("article table").first.evaluate("""table => [table, ...table.rows[1].cells].map(
      e => e.getBoundingClientRect().right)""")
    assert max(edges) <= BETWEEN_MARGINS


def test_ink_is_dark_whatever_the_screen_was(paper: Page) -> None:
    # Browsers leave backgrounds away on paper: light letters would be white on white.
    for selector in ("h1", ".rt-lede", "#asks tbody a", "#asks .rt-status", ".rt-edition p"):
        colour = paper.locator(selector).first.evaluate("e => getComputedStyle(e).color")
        red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
        assert 0.2126 * red + 0.7152 * green + 0.0722 * blue < 130, (selector, colour)


def test_from_a_disk_pages_links_and_filters_work(visit, built_site: Path) -> None:
    watched: Watched = visit(at=built_site.as_uri())
    page = watched.open("index.html")
    page.get_by_role("link", name="All recommendations").click()
    expect(page).to_have_url(re.compile(r"recommendations/index\.html$"))
    page.locator(".rt-filter details[data-name=kind] summary").click()
    page.locator(".rt-filter details[data-name=kind] input").first.check()
    visible = page.locator("#asks tbody tr:visible")
    assert 0 < visible.count() < page.locator("#asks tbody tr").count()
    link = visible.first.locator("th a")
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_contain_text(title)
    page.locator(".rt-crumbs a").first.click()
    expect(page.locator("h1")).to_contain_text("Recommendations")
    assert watched.strangers == []
    assert watched.errors == []


@pytest.mark.parametrize("kind", PAGES)
def test_no_link_inside_an_article_leads_nowhere(visit, built_site: Path, kind: str) -> None:
    path = page_path(built_site, kind)
    page = visit(java_script_enabled=False, at=built_site.as_uri()).open(path)
    links = page.locator("article a[href]").evaluate_all(
        "all => all.map(a => new URL(a.getAttribute('href'), a.baseURI).href.split('#')[0])"
    )
    below = f"{built_site.as_uri()}/"
    own = {link.removeprefix(below).split("?")[0] for link in links if link.startswith("file:")}
    assert own
    assert sorted(link for link in own if not (built_site / link).is_file()) == []


def test_who_wants_no_motion_gets_none(visit) -> None:
    page = visit(reduced_motion="reduce").open("index.html")
    assert page.evaluate("""() => [...document.querySelectorAll('*')].flatMap(
      e => ['', '::before', '::after'].map(part => getComputedStyle(e, part || null))).filter(
      s => s.transitionDuration.split(', ').some(d => parseFloat(d) > 0) && s.transitionProperty !== 'none'
        || s.animationName !== 'none' || s.scrollBehavior === 'smooth').length""") == 0


def scheme_of(page: Page) -> tuple[str, bool]:
    """The scheme that is set, and whether the page is really dark."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = sum(int(part) for part in re.findall(r"\d+", colour)[:3]) < 200
    return page.locator("html").get_attribute("data-scheme"), dark


def test_starts_in_the_scheme_that_the_reader_prefers(visit) -> None:
    assert scheme_of(visit(scheme="light").open("index.html")) == ("light", False)
    assert scheme_of(visit(scheme="dark").open("index.html")) == ("dark", True)


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_the_scheme_can_be_changed_and_stays_changed(visit, device: str) -> None:
    watched = visit(device, reduced_motion="reduce")
    page = watched.open("index.html")
    page.get_by_role("button", name="Switch to dark mode").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    assert scheme_of(page) == ("dark", True)
    assert scheme_of(watched.open("method.html")) == ("dark", True)
    page.get_by_role("button", name="Switch to light mode").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "light")
    assert scheme_of(page) == ("light", False)
    assert watched.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_status_can_be_read_in_its_colour(visit, scheme: str) -> None:
    page = visit(scheme=scheme, reduced_motion="reduce").open("method.html")
    assert page.locator("article .rt-status").count() >= 12
    options = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    looked = Axe().run(page, ".rt-status", options).response
    assert looked["violations"] == []
    # What axe can't decide counts as not read: nothing may be left undecided.
    assert looked["incomplete"] == []
    assert sum(len(rule["nodes"]) for rule in looked["passes"]) >= 12
