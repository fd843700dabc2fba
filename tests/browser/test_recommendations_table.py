"""The table of recommendations: complete without scripts, and with them filtered, sorted and linked to."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from .driver import Watched

pytestmark = pytest.mark.browser

TABLE = "recommendations/index.html"
SEARCH = ".rt-filter input[name=find]"
SHOWN = "rows => rows.filter(r => !r.hidden).map(r => r.cells[0].querySelector('a').getAttribute('href'))"


class Row(NamedTuple):
    link: str
    text: str
    facets: dict[str, list[str]]


class _Cells(HTMLParser):
    """The rows as they stand in the file: what the script has to show is worked out from these."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []  # link, text
        self.data = ""
        self.inside = self.in_data = False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "tr":
            self.rows.append(["", ""])
            self.inside = True
        elif tag == "a" and self.inside and not self.rows[-1][0]:
            self.rows[-1][0] = dict(attrs)["href"]
        self.in_data = tag == "script" and dict(attrs).get("id") == "asks-data"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "tr"
        self.in_data = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][1] += data
        if self.in_data:
            self.data += data


@pytest.fixture(scope="module")
def rows(built_site: Path) -> list[Row]:
    reader = _Cells()
    reader.feed((built_site / TABLE).read_text(encoding="utf-8"))
    given = json.loads(reader.data)
    made = []
    for (link, text), values in zip([r for r in reader.rows if r[0]], given["rows"], strict=True):
        facets = {}
        for facet, numbers in zip(given["facets"], values, strict=True):
            numbers = numbers if isinstance(numbers, list) else [numbers]
            facets[facet["name"]] = [facet["choices"][number][0] for number in numbers]
        facets["pair"] = [f"{a}/{s}" for a, s in zip(facets["actor"], facets["status"], strict=True)]
        made.append(Row(link, text, facets))
    assert len(made) > 400
    return made


@pytest.fixture
def table(visit) -> Watched:
    watched = visit()
    watched.open(TABLE)
    return watched


def shown(page: Page) -> list[str]:
    return page.locator("#asks tbody tr").evaluate_all(SHOWN)


def opened(page: Page, name: str) -> Locator:
    """A list of choices, which is filled when it is opened."""
    box = page.locator(f".rt-filter details[data-name={name}]")
    box.locator("summary").click()
    box.locator("input[type=checkbox]").first.wait_for()
    return box


def choose(page: Page, name: str, *values: str) -> None:
    """Chooses exactly these in a list, and closes it."""
    box = opened(page, name)
    for option in box.locator("input:checked").all():
        option.uncheck()
    for value in values:
        box.locator(f"input[value='{value}']").check()
    page.keyboard.press("Escape")


def chosen(page: Page, name: str) -> list[str]:
    box = opened(page, name)
    values = box.locator("input:checked").evaluate_all("all => all.map(e => e.value)")
    page.keyboard.press("Escape")
    return values


def counts(page: Page, name: str) -> dict[str, int]:
    box = opened(page, name)
    found = box.locator("label:has(small)").evaluate_all(
        "all => all.map(e => [e.querySelector('input').value, Number(e.querySelector('small').textContent)])"
    )
    page.keyboard.press("Escape")
    return dict(found)


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
        choose(table.page, name)
        assert query(table.page) == ""


def test_several_choices_of_one_list_are_one_or_the_other(table: Watched, rows) -> None:
    choose(table.page, "status", "planned", "stalled")
    wanted = [row.link for row in rows if {"planned", "stalled"} & set(row.facets["status"])]
    assert shown(table.page) == wanted
    assert parse_qs(query(table.page)) == {"status": ["planned", "stalled"]}


def test_each_choice_says_how_many_rows_it_leaves_with_the_other_filters(table: Watched, rows) -> None:
    source = commonest(rows, "source")
    for name, limits in (("theme", {}), ("kind", {"source": source}), ("region", {"source": source})):
        choose(table.page, "source", *limits.values())
        wanted = {}
        for row in rows:
            if all(value in row.facets[key] for key, value in limits.items()):
                for value in set(row.facets[name]):
                    wanted[value] = wanted.get(value, 0) + 1
        assert {k: n for k, n in counts(table.page, name).items() if n} == wanted, name


def test_counts_of_statuses_are_those_of_the_chosen_actor(table: Watched, rows) -> None:
    choose(table.page, "actor", "au")
    wanted: dict[str, int] = {}
    for row in rows:
        for status in {pair.partition("/")[2] for pair in row.facets["pair"] if pair.startswith("au/")}:
            wanted[status] = wanted.get(status, 0) + 1
    assert {k: n for k, n in counts(table.page, "status").items() if n} == wanted


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
    assert chosen(page, "actor") == [crossed[0]]
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
    assert chosen(page, "actor") == []


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
    days = page.locator("#asks tbody tr").evaluate_all("rows => rows.map(r => r.cells[4].dataset.sort ?? '')")
    known = [day for day in days if day]
    assert days == [*sorted(known), *[""] * (len(days) - len(known))]  # what nobody has looked at comes last


def test_sorting_keeps_the_filter(table: Watched, rows) -> None:
    actor = commonest(rows, "actor")
    choose(table.page, "actor", actor)
    table.page.locator("#asks thead button").first.click()
    assert sorted(shown(table.page)) == sorted(having(rows, actor=actor))


def test_the_rows_that_are_shown_can_be_taken_away_as_a_table(visit, rows) -> None:
    watched = visit(accept_downloads=True)
    page = watched.open(f"{TABLE}?status=implemented&status=planned")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="These rows as CSV").click()
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf"), "without the mark Excel misreads it"
    head, *lines = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert head == ["Recommendation", "Who was asked", "Document", "Status", "State as of", "Id", "Address"]
    links = shown(page)
    assert [line[5] for line in lines] == [link.rpartition("/")[2].removesuffix(".html") for link in links]
    assert all(line[6] == f"{watched.address}/recommendations/{line[5]}.html" for line in lines)
    assert not [cell for line in lines for cell in line if cell[:1] in ("=", "+", "-", "@")]
    assert watched.errors == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_title_can_not_become_a_formula_in_a_spreadsheet(visit, start: str) -> None:
    page = visit(accept_downloads=True).open(f"{TABLE}?status=implemented")
    page.locator("#asks tbody tr:not([hidden]) a").first.evaluate("(e, t) => { e.textContent = t }", f"{start}1+1")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="These rows as CSV").click()
    first = next(csv.reader(Path(waiting.value.path()).read_text("utf-8-sig").splitlines()[1:]))[0]
    assert first in (f"'{start}1+1", "1+1")  # white space at the start is no part of a cell


def test_the_link_is_copied(visit) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"]).open(f"{TABLE}?status=planned")
    page.get_by_role("button", name="Copy the link").click()
    expect(page.locator(".rt-filter output")).to_have_text("The link is copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_on_paper_stand_only_the_rows_that_are_shown_and_what_was_chosen(visit) -> None:
    page = visit().open(f"{TABLE}?status=planned")
    page.emulate_media(media="print")
    assert page.locator("#asks tbody tr:visible").count() == len(shown(page))
    expect(page.locator(".rt-printed")).to_be_visible()
    assert "Status: Planned" in page.locator(".rt-printed").inner_text()


def test_a_very_long_or_strange_search_does_no_harm(visit, rows) -> None:
    watched = visit()
    for text in ("x" * 2000, "<img src=x onerror=alert(1)>", "a(b[c*", "%00", "\u202e"):
        page = watched.open(f"{TABLE}?find={quote(text)}")
        assert said(page).startswith("0 of"), text[:20]
        assert page.locator(".rt-filter img").count() == 0
    assert watched.errors == []


def test_a_long_list_of_choices_can_be_narrowed(table: Watched) -> None:
    box = table.page.locator(".rt-filter details[data-name=actor]")
    box.locator("summary").click()
    box.locator("input[type=search]").fill("afric")
    assert box.locator("label:visible").all_inner_texts()
    assert all("afric" in text.lower() for text in box.locator("label:visible span").all_inner_texts())


@pytest.mark.parametrize("path", ["actors/un-system.html", "sources/madrid-2011.html", "themes/early-warning.html",
                                  "mechanisms/index.html", "actors/index.html"])  # fmt: skip
def test_every_table_of_asks_and_records_can_be_filtered(visit, path: str) -> None:
    watched = visit()
    page = watched.open(path)
    rows = page.locator(".rt-filter ~ .rt-scroll tbody tr, .rt-filter ~ * tbody tr")
    total = rows.count()
    box = page.locator(".rt-filter details").first
    box.locator("summary").click()
    option = box.locator("label:not(.rt-no)").first
    count = int(option.locator("small").inner_text())
    option.locator("input").check()
    assert 0 < count <= total
    assert rows.evaluate_all("all => all.filter(r => !r.hidden).length") == count
    assert query(page)
    assert watched.errors == []
