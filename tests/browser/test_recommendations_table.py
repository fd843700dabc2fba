"""The table of recommendations: complete without scripts, and with them filtered, sorted and linked to."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .driver import Watched

pytestmark = pytest.mark.browser

TABLE = "recommendations/index.html"
SEARCH = ".rt-filter input[type=search]"
SHOWN = "rows => rows.filter(r => !r.hidden).map(r => r.cells[0].querySelector('a').getAttribute('href'))"


class Row:
    def __init__(self, attributes: dict[str, str | None]) -> None:
        self.facets = {
            name.removeprefix("data-"): (value or "").split() for name, value in attributes.items()
        }
        self.link = ""
        self.text = ""


class _Rows(HTMLParser):
    """The rows as they stand in the file: what the script has to show is worked out from these."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "tr" and dict(attrs).get("data-pair") is not None:
            self.rows.append(Row(dict(attrs)))
            self.inside = True
        elif tag == "a" and self.inside and not self.rows[-1].link:
            self.rows[-1].link = dict(attrs)["href"]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "tr"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1].text += data


@pytest.fixture(scope="module")
def rows(built_site: Path) -> list[Row]:
    reader = _Rows()
    reader.feed((built_site / TABLE).read_text(encoding="utf-8"))
    assert len(reader.rows) > 400
    return reader.rows


@pytest.fixture
def table(visit) -> Watched:
    watched = visit()
    watched.open(TABLE)
    return watched


def shown(page: Page) -> list[str]:
    return page.locator("#asks tbody tr").evaluate_all(SHOWN)


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f".rt-filter [name={name}]").select_option(value)


def said(page: Page) -> str:
    return page.locator(".rt-filter output").inner_text()


def query(page: Page) -> str:
    """What stands behind the question mark, as the page itself has it at this moment."""
    return urlsplit(page.evaluate("location.href")).query


def having(rows: list[Row], **chosen: str) -> list[str]:
    return [row.link for row in rows if all(v in row.facets.get(k, []) for k, v in chosen.items())]


def commonest(rows: list[Row], name: str) -> str:
    values = [value for row in rows for value in row.facets.get(name, [])]
    return max(sorted(set(values)), key=values.count)


@pytest.fixture(scope="module")
def crossed(rows: list[Row]) -> tuple[str, str]:
    """An actor and a status which meet in more rows than they are a pair in, and in some they are."""

    def crossings(pair: str) -> int:
        actor, status = pair.split("/")
        return len(having(rows, actor=actor, status=status)) - len(having(rows, pair=pair))

    pairs = sorted({pair for row in rows for pair in row.facets["pair"]})
    best = max(pairs, key=crossings)
    assert crossings(best) > 0, "no row can tell a pair from a coincidence"
    actor, status = best.split("/")
    return actor, status


def test_without_scripts_all_rows_are_there_and_no_form_that_would_do_nothing(visit, rows) -> None:
    watched = visit(java_script_enabled=False)
    page = watched.open(TABLE)
    expect(page.locator("#asks tbody tr")).to_have_count(len(rows))
    expect(page.locator("#asks tbody tr").last).to_be_visible()
    expect(page.locator(".rt-filter")).to_be_hidden()
    expect(page.locator("#asks thead button")).to_have_count(0)
    assert page.locator("#asks tbody tr").last.inner_text().strip()


def test_with_scripts_all_rows_are_shown_first_and_counted(table: Watched, rows) -> None:
    expect(table.page.locator(".rt-filter")).to_be_visible()
    assert shown(table.page) == [row.link for row in rows]
    assert said(table.page) == f"All {len(rows)} shown"


def test_each_filter_shows_the_rows_that_have_the_value(table: Watched, rows) -> None:
    for name in ("actor", "status", "theme", "source", "region", "event", "kind", "response"):
        value = commonest(rows, name)
        choose(table.page, name, value)
        wanted = having(rows, **{name: value})
        assert shown(table.page) == wanted, name
        some = f"{len(wanted)} of {len(rows)} shown"
        assert said(table.page) == (some if len(wanted) < len(rows) else f"All {len(rows)} shown")
        assert parse_qs(query(table.page)) == {name: [value]}
        choose(table.page, name, "")
        assert query(table.page) == ""


def test_each_choice_says_how_many_rows_it_leaves(table: Watched, rows) -> None:
    for name in ("actor", "theme", "source"):
        for option in table.page.locator(f".rt-filter [name={name}] option").all()[1:6]:
            wanted = len(having(rows, **{name: option.get_attribute("value")}))
            assert option.inner_text().endswith(f"({wanted})"), (name, option.inner_text())


def test_actor_and_status_must_be_true_of_the_same_pair(table: Watched, rows, crossed) -> None:
    actor, status = crossed
    choose(table.page, "actor", actor)
    choose(table.page, "status", status)
    wanted = having(rows, pair=f"{actor}/{status}")
    assert shown(table.page) == wanted
    assert wanted != having(rows, actor=actor, status=status)


def test_a_link_to_what_is_shown_shows_it_again(table: Watched, visit, rows, crossed) -> None:
    choose(table.page, "actor", crossed[0])
    choose(table.page, "status", crossed[1])
    table.page.locator(SEARCH).fill("the")
    address = query(table.page)
    word = table.page.locator(SEARCH).get_attribute("name")
    assert parse_qs(address) == {"actor": [crossed[0]], "status": [crossed[1]], word: ["the"]}
    page = visit().open(f"{TABLE}?{address}")
    assert shown(page) == shown(table.page)
    assert 0 < len(shown(page)) < len(rows)
    assert page.locator(".rt-filter [name=actor]").input_value() == crossed[0]
    assert page.locator(SEARCH).input_value() == "the"


def test_search_wants_every_word_anywhere_in_the_row(table: Watched, rows) -> None:
    table.page.locator(SEARCH).fill("  WARNING   early ")
    wanted = [row.link for row in rows if "early" in row.text.lower() and "warning" in row.text.lower()]
    assert shown(table.page) == wanted
    assert wanted


def test_marks_in_the_search_do_not_matter(table: Watched, rows) -> None:
    table.page.locator(SEARCH).fill("MÉDIÀTIÖN")
    assert shown(table.page) == [row.link for row in rows if "mediation" in row.text.lower()]
    assert shown(table.page)


def test_marks_in_the_table_do_not_matter(visit, built_site: Path, rows) -> None:
    watched = visit()
    text = (built_site / TABLE).read_text(encoding="utf-8")
    start = text.index(rows[3].link)
    text = text[:start] + text[start:].replace("</a>", " in Çôte d’Ivoiré</a>", 1)
    watched.page.route("**/recommendations/index.html*", lambda route: route.fulfill(
        body=text, content_type="text/html; charset=utf-8"
    ))  # fmt: skip
    page = watched.open(TABLE)
    page.locator(SEARCH).fill("cote d’ivoire")
    assert shown(page) == [rows[3].link]


def test_show_all_shows_all_and_clears_the_address(visit, rows, crossed) -> None:
    page = visit().open(f"{TABLE}?actor={crossed[0]}&kind={commonest(rows, 'kind')}")
    assert len(shown(page)) < len(rows)
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".rt-filter output")).to_have_text(f"All {len(rows)} shown")
    assert shown(page) == [row.link for row in rows]
    assert query(page) == ""
    assert page.locator(".rt-filter [name=actor]").input_value() == ""


@pytest.mark.parametrize("value", ["finished", "<img src=x onerror=alert(1)>", "Implemented"])
def test_a_value_that_is_no_choice_is_said_and_left_out(visit, rows, value: str) -> None:
    watched = visit()
    page = watched.open(f"{TABLE}?status={quote(value)}")
    assert len(shown(page)) == len(rows)
    assert f"“{value}” is not a choice here" in said(page)
    assert watched.errors == []
    assert page.locator(".rt-filter img").count() == 0


def test_no_match_is_said(table: Watched, rows) -> None:
    table.page.locator(SEARCH).fill("zzzz")
    assert shown(table.page) == []
    assert said(table.page) == f"0 of {len(rows)} shown"


def test_counts_are_announced(table: Watched, rows) -> None:
    output = table.page.locator(".rt-filter output")
    assert output.get_attribute("aria-live") == "polite"
    table.page.locator(SEARCH).fill("mediation")
    expect(output).to_have_text(f"{len(shown(table.page))} of {len(rows)} shown")


def test_columns_sort_by_keyboard_and_say_so(table: Watched, rows) -> None:
    page = table.page
    heads = page.locator("#asks thead th")
    first, last = heads.nth(0), heads.nth(heads.count() - 1)
    first.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-sort") == "ascending"
    upwards = page.locator("#asks tbody th").all_inner_texts()
    letters = [title.strip()[0].casefold() for title in upwards]
    assert letters == sorted(letters)
    assert sorted(shown(page)) == sorted(row.link for row in rows)
    page.keyboard.press("Space")
    assert first.get_attribute("aria-sort") == "descending"
    assert page.locator("#asks tbody th").all_inner_texts() == upwards[::-1]
    last.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert last.get_attribute("aria-sort") == "ascending"
    assert page.locator("#asks th[aria-sort]").count() == 1
    statuses = [text.strip() for text in page.locator("#asks tbody td:last-child").all_inner_texts()]
    assert statuses == sorted(statuses, key=str.casefold)


def test_sorting_keeps_the_filter(table: Watched, rows) -> None:
    actor = commonest(rows, "actor")
    choose(table.page, "actor", actor)
    table.page.locator("#asks thead button").first.click()
    assert sorted(shown(table.page)) == sorted(having(rows, actor=actor))
