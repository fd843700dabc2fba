"""What moved, and what is overdue: tables that are filtered, sorted, linked to and taken along like the others."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from .driver import Watched

pytestmark = pytest.mark.browser

CHANGES, SILENCE = "changes.html", "silence.html"


def given(site: Path, page: str, table: str) -> tuple[list[str], list[dict[str, list[str]]]]:
    """The names of the filters, and of each row its values by filter, as they stand in the file."""
    text = (site / page).read_text(encoding="utf-8")
    data = json.loads(re.search(rf'id="{table}-data">(.+?)</script>', text, re.S)[1])
    names = [facet["name"] for facet in data["facets"]]
    rows = [
        {facet["name"]: [facet["choices"][n][0] for n in (numbers if isinstance(numbers, list) else [numbers]) if n >= 0]
         for facet, numbers in zip(data["facets"], row, strict=True)}
        for row in data["rows"]
    ]  # fmt: skip
    return names, rows


def shown(page: Page, table: str) -> int:
    return page.locator(f"#{table} tbody tr:not([hidden])").count()


def choose(page: Page, table: str, name: str, value: str) -> None:
    box = page.locator(f".rt-filter[data-table={table}] details[data-name={name}]")
    box.locator("summary").click()
    box.locator(f"input[value='{value}']").check()
    page.keyboard.press("Escape")


def count_beside(page: Page, table: str, name: str, value: str) -> int:
    box = page.locator(f".rt-filter[data-table={table}] details[data-name={name}]")
    box.locator("summary").click()
    found = int(box.locator("label", has=page.locator(f"input[value='{value}']")).locator("small").inner_text())
    page.keyboard.press("Escape")
    return found


@pytest.fixture
def log(visit) -> Watched:
    watched = visit()
    watched.open(CHANGES)
    return watched


def test_the_log_is_filtered_by_what_readers_ask(log: Watched, built_site: Path) -> None:
    names, rows = given(built_site, CHANGES, "log")
    assert names == ["year", "actor", "status", "moved", "theme", "source", "by", "basis"]
    page = log.page
    actor, status = next((r["actor"][0], r["status"][0]) for r in rows if r["moved"] == ["up"])
    both = [r for r in rows if r["actor"] == [actor] and r["status"] == [status]]
    choose(page, "log", "actor", actor)
    assert count_beside(page, "log", "status", status) == len(both)
    choose(page, "log", "status", status)
    assert shown(page, "log") == len(both) < len(rows)
    for moved in {r["moved"][0] for r in both}:
        assert count_beside(page, "log", "moved", moved) == sum(r["moved"] == [moved] for r in both)
    query = urlsplit(page.evaluate("location.href")).query
    assert parse_qs(query) == {"actor": [actor], "status": [status]}
    page.goto(f"{log.address}/{CHANGES}?{query}")
    assert shown(page, "log") == len(both)
    assert log.errors == []


def test_its_rows_can_be_taken_along_with_the_id_of_the_recommendation(log: Watched, built_site: Path) -> None:
    page = log.page
    choose(page, "log", "moved", "down")
    with page.expect_download() as download:
        page.locator(".rt-filter[data-table=log] [data-do=csv]").click()
    made = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert len(made) == shown(page, "log") > 0
    assert all((built_site / f"recommendations/{row['Id']}.html").is_file() for row in made)
    assert all(row["Assessor"] and row["Date"] for row in made)


def test_it_says_that_it_begins_with_the_newest_and_sorts_by_date(log: Watched) -> None:
    page = log.page
    head = page.locator("#log thead th").first
    days = "rows => rows.map(r => r.cells[0].dataset.sort)"
    newest = page.locator("#log tbody tr").evaluate_all(days)
    expect(head).to_have_attribute("aria-sort", "descending")
    assert [day[:4] for day in newest] == sorted((day[:4] for day in newest), reverse=True)
    head.locator("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert page.locator("#log tbody tr").evaluate_all(days)[0] == min(newest)


def test_an_unknown_choice_is_said_in_place(visit) -> None:
    watched = visit()
    page = watched.open(f"{CHANGES}?status=finished&year=1066")
    expect(page.locator(".rt-filter[data-table=log] output")).to_contain_text("“finished” is not a choice here")
    assert watched.errors == []


def test_without_scripts_the_log_is_complete(visit, built_site: Path) -> None:
    page = visit(java_script_enabled=False).open(CHANGES)
    assert page.locator("#log tbody tr").count() == len(given(built_site, CHANGES, "log")[1])
    expect(page.locator(".rt-filter").first).to_be_hidden()


def test_two_tables_on_a_page_keep_to_their_own_filters(visit, built_site: Path) -> None:
    watched = visit()
    page = watched.open(SILENCE)
    silent, review = shown(page, "silent"), shown(page, "review")
    _, rows = given(built_site, SILENCE, "review")
    actor = rows[0]["actor"][0]
    choose(page, "review", "actor", actor)
    assert shown(page, "review") == sum(r["actor"] == [actor] for r in rows) < review
    assert shown(page, "silent") == silent
    page.locator(".rt-filter[data-table=silent] input[type=search]").first.fill("commission")
    assert 0 < shown(page, "silent") < silent
    query = urlsplit(page.evaluate("location.href")).query
    assert parse_qs(query) == {"actor": [actor], "name": ["commission"]}
    page.goto(f"{watched.address}/{SILENCE}?{query}")
    assert 0 < shown(page, "silent") < silent
    assert shown(page, "review") < review
    assert watched.errors == []


def test_a_status_in_a_table_says_how_old_it_is_and_what_it_rests_on(visit, built_site: Path) -> None:
    for path, table in (("recommendations/index.html", "asks"), ("actors/au.html", "asks"), (SILENCE, "review"),
                        (SILENCE, "late")):  # fmt: skip
        page = visit().open(path)
        ages = page.locator(f"#{table} tbody td[data-sort] small").all_inner_texts()
        assert ages
        assert [age for age in ages if not re.match(r"\d+ (day|month|year)s? ago( · |$)", age)] == []
        assert any(" · document" in age for age in ages), path


def test_names_in_another_language_say_so_in_lists_of_choices(visit, built_in) -> None:
    built_in("fr")
    page = visit().open("fr/recommendations/index.html")
    page.locator("details[data-name=actor] summary").click()
    label = page.locator("details[data-name=actor] label", has=page.locator("input[value=au]")).locator("span")
    expect(label).to_have_attribute("lang", "en")
    page.locator("details[data-name=status] summary").click()
    assert page.locator("details[data-name=status] label span[lang]").count() == 0
    page = visit().open("fr/propose/new.html")
    assert page.locator("#f-source option[lang=en]").count() == page.locator("#f-source option").count() - 1
    assert page.locator("[data-ticks=themes] label[lang=en]").count() > 5
    page = visit().open("propose/new.html")
    assert page.locator("option[lang], .rt-ticks label[lang]").count() == 0
