"""The search of the site: what is found, how it is shown, what it costs, and what odd input gets."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from conftest import MINIMAL, ROOT, Tracker
from playwright.sync_api import Page, expect

from .driver import Watched, served

pytestmark = pytest.mark.browser

FIRST_ANSWER = 400_000  # bytes of a cold visit, uncompressed, up to the first result
FIRST_VISIT, NEXT_VISIT = 60_000, 15_000  # bytes of a recommendation's page, compressed


def results(page: Page, query: str, site: str = "search.html") -> list[str]:
    """The titles that are found for what stands in the address."""
    expect(page.locator(".rt-searching output")).to_contain_text(re.compile("Results|Nothing"))
    return page.locator(".rt-results h2").all_inner_texts()


def asked(watched: Watched, query: str) -> list[str]:
    return results(watched.open(f"search.html?{query}"), query)


def test_words_are_found_in_any_form_and_results_say_what_became_of_the_ask(visit) -> None:
    watched = visit()
    assert any("liaison" in title.lower() for title in asked(watched, "q=liaison+officers"))
    page = watched.page
    first = page.locator(".rt-results li").filter(has=page.locator(".rt-status")).first
    assert first.locator("mark").count() > 0
    assert "Asked:" in first.inner_text()
    assert watched.errors == []
    assert watched.strangers == []


def test_the_first_answer_is_light_and_only_what_it_needs_is_fetched(visit) -> None:
    watched = visit()
    page = watched.page
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(int(response.headers.get("content-length", 0))))
    assert asked(watched, "q=early+warning")
    page.wait_for_load_state("networkidle")
    assert 20_000 < sum(sizes) < FIRST_ANSWER
    assert not [url for url in watched.requests if "/pagefind/filter/" in url or "search-data" in url]


def test_nothing_of_the_index_is_fetched_twice_and_no_worker_is(visit) -> None:
    watched = visit()
    assert asked(watched, "q=early+warning")
    watched.page.wait_for_load_state("networkidle")
    files = [urlsplit(url).path for url in watched.requests if "/pagefind/" in url and "entry" not in url]
    assert {"/pagefind/pagefind.js", "/pagefind/wasm.en.pagefind"} < set(files)
    assert len(files) == len(set(files))
    assert not [name for name in files if "worker" in name]
    assert watched.errors == []


@pytest.mark.parametrize("before", ["", "ar/"])
def test_the_index_is_fetched_while_somebody_types_into_the_header(visit, built_arabic: Path, before: str) -> None:
    watched = visit()
    page = watched.open(f"{before}actors/au.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in watched.requests if "/pagefind/" in url]
    with page.expect_request(re.compile(rf"/{before}pagefind/wasm")):
        page.locator(".rt-find input").focus()
    page.wait_for_load_state("networkidle")
    assert [url for url in watched.requests if url.endswith(f"/{before}pagefind/pagefind.js")]
    assert watched.errors == []
    assert watched.strangers == []


def test_from_a_disk_nothing_is_fetched_ahead(visit, built_site: Path) -> None:
    watched = visit(at=built_site.as_uri())
    page = watched.open("actors/au.html")
    page.locator(".rt-find input").focus()
    page.wait_for_timeout(300)
    assert not [url for url in watched.requests if "pagefind" in url]
    assert watched.errors == []


def test_results_in_another_language_than_the_page_say_so(visit, built_arabic: Path) -> None:
    page = visit().open("ar/search.html?q=early+warning")
    first = page.locator(".rt-results li").first
    expect(first.locator("h2 a")).to_have_attribute("lang", "en")
    expect(first.locator("p").last).to_have_attribute("lang", "en")
    english = visit()
    assert asked(english, "q=early+warning")
    assert english.page.locator(".rt-results [lang]").count() == 0
    disk = visit(at=built_arabic.as_uri()).open("search.html?q=early+warning")
    expect(disk.locator(".rt-results h2 a").first).to_have_attribute("lang", "en")


def test_filters_count_and_keep_to_the_same_pair(visit, built_site: Path) -> None:
    watched = visit()
    found = asked(watched, "actor=au&status=partly-implemented")
    assert found
    for link in watched.page.locator(".rt-results h2 a").all():
        text = (built_site / link.get_attribute("href")).read_text(encoding="utf-8")
        row = next(part for part in text.split("<tr") if "actors/au.html" in part)
        assert "Partly implemented" in row
    page = watched.page
    page.locator("details[data-name=status] summary").click()
    line = page.locator("details[data-name=status] label", has_text="Partly implemented")
    expect(line.locator("small")).to_have_text(re.compile(r"\d+"))
    assert watched.errors == []


def test_what_is_asked_stands_in_the_address(visit) -> None:
    watched = visit()
    page = watched.open("search.html")
    page.locator("#find").fill("mediation")
    page.locator("details[data-name=collection] summary").click()
    page.locator("details[data-name=collection] input[value=mechanisms]").check()
    expect(page.locator(".rt-results li").first).to_be_visible()
    query = urlsplit(page.evaluate("location.href")).query
    assert parse_qs(query) == {"q": ["mediation"], "collection": ["mechanisms"]}
    titles = page.locator(".rt-results h2").all_inner_texts()
    assert asked(visit(), query) == titles


def test_the_whole_way_by_keyboard(visit) -> None:
    watched = visit()
    page = watched.open("method.html")
    page.keyboard.press("/")
    page.keyboard.type("early warning")
    page.keyboard.press("Enter")
    expect(page.locator(".rt-results li").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".rt-results h2 a").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.press("ArrowDown")
    title = page.locator(".rt-results h2 a").first.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(title.split(" (")[0])
    page.keyboard.press("Control+k")
    expect(page.locator(".rt-find input")).to_be_focused()
    assert watched.errors == []


def test_results_are_announced(visit) -> None:
    page = visit().open("search.html?q=mediation")
    expect(page.locator(".rt-searching output")).to_have_attribute("aria-live", "polite")
    expect(page.locator(".rt-searching output")).to_have_text(re.compile(r"Results: \d+"))


@pytest.mark.parametrize(("query", "said"), [
    ("q=zzzzqqqq", "Nothing found"), ("status=finished", "“finished” is not a choice here and is left out"),
    (f"q={'x' * 2000}", ""), (f"q={quote('<img src=x onerror=alert(1)>')}", ""),
    ("q=%22%5C%28%5B%2A", ""), ("q=%F0%9F%95%8A", ""),
])  # fmt: skip
def test_odd_input_is_answered_in_place(visit, query: str, said: str) -> None:
    watched = visit()
    page = watched.open(f"search.html?{query}")
    expect(page.locator(".rt-searching output")).to_contain_text(said or re.compile("Results|Nothing|Type"))
    assert page.locator(".rt-results img, .rt-searching img").count() == 0
    assert watched.errors == []


def test_from_a_disk_the_list_is_searched_and_that_is_said(visit, built_site: Path) -> None:
    watched = visit(at=built_site.as_uri())
    assert any("liaison" in title.lower() for title in asked(watched, "q=liaison"))
    assert "read from a disk" in watched.page.locator(".rt-searching output").inner_text()
    assert watched.page.locator(".rt-results mark").count() > 0
    assert asked(watched, "q=liaison&actor=au")
    assert watched.errors == []
    assert watched.strangers == []


def test_without_scripts_the_page_says_what_to_do_instead(visit) -> None:
    page = visit(java_script_enabled=False).open("search.html")
    assert "switched off" in page.locator("noscript, article").first.inner_text()
    expect(page.get_by_role("link", name="the table of all recommendations")).to_be_visible()
    expect(page.locator(".rt-searching")).to_be_hidden()


@pytest.fixture(scope="module")
def french(tmp_path_factory) -> Path:
    """A small site in French, with accents and plurals."""
    tracker = Tracker(tmp_path_factory.mktemp("french") / "tracker")
    for path, text in MINIMAL.items():
        tracker.write(path, text)
    tracker.write("tracker.yml", (tracker.root / "tracker.yml").read_text() + "language: fr\n")
    tracker.recommendation("ecoles", title="title: Ouvrir des écoles en Côte d’Ivoire")
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "build", "--to", str(tracker.root / "out"), "--as-of", "2026-06-30"],
        cwd=tracker.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return tracker.root / "out/site"


@pytest.mark.parametrize("query", ["cote d'ivoire", "CÔTE", "école", "ouvrent"])
def test_accents_case_and_forms_of_a_word_behave_in_french(visit, french: Path, query: str) -> None:
    with served(french) as address:
        page = visit(at=address).open(f"search.html?q={quote(query)}")
        expect(page.locator(".rt-results h2").first).to_contain_text("Côte d’Ivoire")


def test_a_page_is_light_on_a_first_visit_and_nearly_nothing_on_the_next(visit, built_site: Path) -> None:
    watched = visit()
    pages = sorted((built_site / "recommendations").glob("*.html"), key=lambda f: f.stat().st_size)[:-1]
    heaviest, other = pages[-1], pages[-2]  # without the table of all of them
    watched.open(f"recommendations/{heaviest.name}")
    watched.page.wait_for_load_state("networkidle")

    def weight(urls: list[str]) -> int:
        files = [urlsplit(url).path for url in urls if url.startswith(watched.address)]
        return sum(len(gzip.compress((built_site / path.lstrip("/")).read_bytes())) for path in files)

    assert 5_000 < weight(watched.requests) < FIRST_VISIT
    before = len(watched.requests)
    watched.open(f"recommendations/{other.name}")
    page = [url for url in watched.requests[before:] if url.endswith(".html")]
    assert weight(page) < NEXT_VISIT
    assert {url.rpartition("/")[2] for url in watched.requests[before:]} <= {
        url.rpartition("/")[2] for url in (*watched.requests[:before], *page)
    }, "a next page needs a file that the first did not"


def test_the_tracker_can_be_handed_over_as_one_file(tmp_path: Path, visit) -> None:
    tracker = Tracker(tmp_path / "tracker")
    for path, text in MINIMAL.items():
        tracker.write(path, text)
    tracker.recommendation()
    command = [sys.executable, "-m", "tracker", "build", "--offline", "--to", str(tmp_path / "out"), "--as-of", "2026-06-30"]
    made = []
    for _ in range(2):
        done = subprocess.run(command, cwd=tracker.root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        (file,) = (tmp_path / "out").glob("*-2026-06-30.zip")
        made.append(file.read_bytes())
    assert made[0] == made[1]
    assert str(file) in done.stdout
    zipfile.ZipFile(file).extractall(tmp_path / "stick")
    (folder,) = (tmp_path / "stick").iterdir()
    watched = visit(at=folder.as_uri())
    page = watched.open("index.html")
    page.locator(".rt-find input").fill("desk")
    page.keyboard.press("Enter")
    expect(page.locator(".rt-results h2").first).to_contain_text("desk")
    page.locator(".rt-results a").first.click()
    expect(page.locator("h1")).to_contain_text("desk")
    assert not (folder / "pagefind").exists()
    assert watched.errors == []


def test_the_files_of_headers_say_what_the_pages_say(built_site: Path) -> None:
    page = (built_site / "search.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    for name in ("_headers", ".htaccess"):
        text = (built_site / name).read_text(encoding="utf-8")
        assert policy in text
        assert "frame-ancestors 'self'" in text
    assert "wasm-unsafe-eval" not in (built_site / "method.html").read_text(encoding="utf-8")


def test_the_frame_s_menu_works_by_keyboard_on_a_phone(visit) -> None:
    watched = visit("phone")
    page = watched.open("index.html")
    expect(page.locator("#menu")).to_be_hidden()
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_visible()
    page.locator("#menu summary", has_text="About").click()
    expect(page.locator("#menu").get_by_role("link", name="Method")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#menu")).to_be_hidden()
    assert watched.errors == []


def test_the_manual_names_each_file_of_the_frame() -> None:
    text = (ROOT / "docs/manual/site.md").read_text(encoding="utf-8")
    for word in ("_headers", ".htaccess", "nginx", "--offline", "search-data.js", "Pagefind"):
        assert word in text
