"""The forms that propose a change: mistakes in place, a file that passes, and the ways to hand it over."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tracker.edit.compose import compose
from tracker.model import Proposal, Recommendation

from .driver import Watched, served

pytestmark = pytest.mark.browser

ASK = "recommendations/report-001.html"
UPDATE = "propose/index.html?id=report-001"
NEW = "propose/new.html?source=report"
SEND = "button[type=submit]"


@pytest.fixture
def form(visit, small_address: str):
    """Opens a page of the small tracker with a form that is ready."""

    def open_(path: str = UPDATE, device: str = "desktop", **options) -> Watched:
        watched = visit(device, at=small_address, **options)
        watched.open(path)
        watched.page.wait_for_selector("#propose:not([hidden])")
        return watched

    return open_


def fill(page: Page, **values: str) -> None:
    """Fills fields by id (`f_date` is f-date): texts are typed, choices chosen."""
    for name, value in values.items():
        field = page.locator(f"#{name.replace('_', '-')}")
        field.evaluate("e => { for (let p = e; p = p.parentElement?.closest('details');) p.open = true }")
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            # As pasted: a script may put in what a keyboard can't.
            field.evaluate("(e, v) => { e.value = v; e.dispatchEvent(new Event('input', {bubbles: true})) }", value)


def propose(page: Page, **values: str) -> None:
    """Fills fields, and asks for the file."""
    fill(page, **values)
    page.click(SEND)


GOOD_UPDATE = {
    "f_actor": "eu", "f_date": "2016-03", "f_status": "under-way", "f_by": "watch", "f_basis": "document",
    "f_confidence": "medium", "e0_title": "A report: part 2", "e0_url": "https://www.example.org/a.pdf",
    "e0_shows": "It names a desk.", "f_note": "The desk exists.",
}  # fmt: skip
GOOD_NEW = {
    "f_title": "Name a second desk", "f_locator": "Part 2", "f_kind": "formal", "f_strength": "should",
    "f_body": "It asks for a second desk.", "m0": "A second desk is named.",
}  # fmt: skip


def sent(page: Page) -> tuple[str, str]:
    """Name and text of the file that the link hands to the forge."""
    query = parse_qs(urlsplit(page.locator("#send").get_attribute("href")).query)
    return query["filename"][0], query["value"][0]


def data_of(text: str) -> tuple[dict, str]:
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    return yaml.load(front, yaml.BaseLoader), body  # noqa: S506 - builds nothing but texts


# The way there


def test_a_recommendation_leads_to_the_form_with_its_title_and_those_asked(visit, small_address) -> None:
    page = visit(at=small_address).open(ASK)
    page.get_by_role("link", name="Propose an update").click()
    expect(page.locator("#about-link")).to_have_text("Name a desk for civil society")
    groups = page.locator("#f-actor optgroup").evaluate_all(
        "all => all.map(g => [g.label, [...g.children].map(o => o.value)])"
    )
    assert groups == [["Who was asked", ["au", "rigos"]], ["Members of the groups that were asked", ["eu"]]]


def test_a_document_leads_to_the_form_for_a_recommendation(visit, small_address) -> None:
    page = visit(at=small_address).open("sources/report.html")
    page.get_by_role("link", name="Propose a recommendation that is missing here").click()
    expect(page.locator("#f-source")).to_have_value("report")


def test_an_address_that_says_other_things_of_a_recommendation_is_not_believed(form) -> None:
    page = form("propose/index.html?id=report-001&title=Another+ask&asked=watch").page
    expect(page.locator("#about-link")).to_have_text("Name a desk for civil society")
    assert "watch" not in page.locator("#f-actor option").evaluate_all("all => all.map(o => o.value)")


@pytest.mark.parametrize("name", ["report-999", "../../x", "<img src=x onerror=alert(1)>"])
def test_an_id_that_does_not_exist_is_said_and_others_are_offered(visit, small_address, name: str) -> None:
    watched = visit(at=small_address)
    page = watched.open(f"propose/index.html?id={name}")
    expect(page.locator("#found-count")).to_contain_text(f"There is no recommendation “{name}”")
    page.fill("#find-recommendation", "civil desk")
    page.locator("#found a").click()
    expect(page.locator("#about-link")).to_have_text("Name a desk for civil society")
    assert not [error for error in watched.errors if "404" not in error]


def test_the_form_works_from_a_disk(visit, small_tracker: Path) -> None:
    watched = visit(at=(small_tracker / "built/site").as_uri())
    page = watched.open(ASK)
    page.get_by_role("link", name="Propose an update").click()
    expect(page.locator("#about-link")).to_have_text("Name a desk for civil society")
    propose(page, **GOOD_UPDATE)
    assert sent(page)[0] == "recommendations/inbox/report-001--eu--2016-03.md"
    assert watched.errors == []


# Mistakes, in place


def test_an_empty_form_says_what_is_missing_and_takes_the_focus_there(form) -> None:
    page = form().page
    page.click(SEND)
    expect(page.locator("#errors")).to_be_focused()
    assert page.locator("#errors li").all_inner_texts() == [
        "Who acted? this is missing", "When was it so? this is missing",
        "How far did it get? the assessment of somebody says neither status nor response",
        "Who judges? this is missing",
    ]  # fmt: skip
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-actor")).to_be_focused()
    for name in ("actor", "date", "status", "by"):
        field = page.locator(f"#f-{name}")
        assert field.get_attribute("aria-invalid") == "true"
        assert f"f-{name}-error" in field.get_attribute("aria-describedby").split()
    assert page.locator("#result").is_hidden()


def test_a_mistake_is_gone_as_soon_as_it_is_put_right(form) -> None:
    page = form().page
    page.click(SEND)
    page.fill("#f-date", "2015")
    assert page.locator("#f-date").get_attribute("aria-invalid") is None
    assert page.locator("#f-date-error").count() == 0


TOMORROW = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
# field, what is entered, what the form says: the same as `tracker check` says of a file
MISTAKES = {
    "a date in another form": ("f_date", "31.12.2015", "“31.12.2015” is not a date in the form 2015, 2015-07 or 2015-07-19"),
    "a day that no month has": ("f_date", "2015-02-30", "February 2015 has no day 30 (it has 28 days)"),
    "a leap day": ("f_date", "2100-02-29", "February 2100 has no day 29 (it has 28 days)"),
    "a month too many": ("f_date", "2015-13", "there is no month 13"),
    "year 0": ("f_date", "0000", "there is no year 0"),
    "other digits": ("f_date", "٢٠١٥", "“٢٠١٥” is not a date in the form 2015, 2015-07 or 2015-07-19"),
    "the future": ("f_date", TOMORROW, f"{TOMORROW} is in the future"),
    "a script as address": ("e0_url", "javascript:alert(1)", "“javascript:alert(1)” is not a web address that may be linked"),
    "a mailbox without a host": ("e0_url", "https:///x", "“https:///x” is not a web address that may be linked"),
    "blanks in an address": ("e0_url", "https://a b", "“https://a b” is not a web address that may be linked"),
    "a hidden sign": ("e0_url", "https://a\u202e.org", "is not a web address that may be linked"),
    "HTML in the note": ("f_note", "See <b>this</b>", "there is HTML in the note: “<b>this</b>”"),
    "NUL in the note": ("f_note", "a\x00b", "there is an invisible control character (U+0000)"),
    "turned text": ("e0_title", "a\u202eb", "there is an invisible control character (U+202E)"),
    "evidence without a place": ("e0_url", "", "the evidence “A report: part 2” does not say where it can be found"),
}  # fmt: skip


def test_a_mistake_stands_at_its_field(form) -> None:
    page = form().page
    page.evaluate("sessionStorage.clear()")
    for name, (field, value, message) in MISTAKES.items():
        propose(page, **GOOD_UPDATE | {field: value})
        assert message in page.locator("#errors li").inner_text(), name
        assert message in page.locator(f"#{field.replace('_', '-')}-error").inner_text(), name
        assert page.locator("#result").is_hidden(), name


@pytest.mark.parametrize("name", MISTAKES)
def test_the_command_says_the_same_of_a_file(name: str, tracker) -> None:
    field, value, message = MISTAKES[name]
    at = {"f_date": "date", "f_note": "note"}.get(field)
    entry = {"actor": "eu", "date": "2016-03", "status": "under-way", "by": "watch", "note": ""}
    evidence = {"title": "A report: part 2", "url": "https://www.example.org/a.pdf"}
    (entry if at else evidence)[at or field.removeprefix("e0_")] = value
    evidence = {key: text for key, text in evidence.items() if text}
    tracker.recommendation(assessments=f"assessments: {json.dumps([entry | {'evidence': [evidence]}])}")
    found = tracker.project(datetime.date.today().isoformat()).findings
    assert any(message in finding.message for finding in found if finding.severity == "error"), found


def test_a_status_that_needs_evidence_asks_for_it_where_it_goes(form) -> None:
    page = form().page
    propose(page, **GOOD_UPDATE | {"e0_title": "", "e0_url": "", "e0_shows": ""})
    assert "“under-way” for eu has no evidence" in page.locator("#e0-title-error").inner_text()


def test_a_second_entry_of_the_same_day_has_to_put_the_first_right(form) -> None:
    page = form().page
    propose(page, **GOOD_UPDATE | {"f_date": "2015"})
    assert "watch assessed eu for 2015 already" in page.locator("#errors").inner_text()
    fill(page, f_corrects="2015")
    page.click(SEND)
    assert data_of(sent(page)[1])[0]["corrects"] == "2015"


def test_a_body_that_was_not_asked_can_be_chosen_and_is_told_what_follows(form) -> None:
    page = form().page
    fill(page, **GOOD_UPDATE | {"f_actor": "*"})
    expect(page.locator("#f-other")).to_be_visible()
    assert "has to change the record first" in page.locator("#f-other-hint").inner_text()
    propose(page, f_other="watch", f_note="")
    assert "it does not say why “A watch group” belongs here" in page.locator("#f-note-error").inner_text()
    assert page.locator("#result").is_hidden()
    propose(page, f_note="It was there.")
    assert "“watch” was not asked" in page.locator("#advice").inner_text()
    assert data_of(sent(page)[1])[0]["actor"] == "watch"


# The file


def test_what_was_entered_is_what_the_file_says(form) -> None:
    page = form().page
    fill(page, **GOOD_UPDATE)
    page.click("#add-evidence")
    fill(page, e1_title="Another", e1_symbol="S/1", e1_stance="contradicts", e1_date="2014")
    page.click(SEND)
    expect(page.locator("#result")).to_be_focused()
    path, text = sent(page)
    assert path == "recommendations/inbox/report-001--eu--2016-03.md"
    assert text == page.locator("#preview").text_content()
    assert data_of(text) == ({
        "recommendation": "report-001", "actor": "eu", "date": "2016-03", "status": "under-way", "by": "watch",
        "basis": "document", "confidence": "medium", "note": "The desk exists.",
        "evidence": [
            {"title": "A report: part 2", "url": "https://www.example.org/a.pdf", "shows": "It names a desk."},
            {"title": "Another", "symbol": "S/1", "date": "2014", "stance": "contradicts"},
        ],
    }, "")  # fmt: skip
    assert page.locator("#result-what").inner_text() == "European Union, 2016-03: Under way. Says A watch group."


ODD = [
    'quotes " and \' and \\ and a colon: there', "first\n\n---\nrecommendation: other\n---\nlast",
    "family 👩‍👩‍👧 and 🏳️‍🌈", "السلام عليكم، ثانيا", "line\u2028separator", "# not a comment", "- no list",
    "{a: b} [c] *d &e !f %g @h `i`", "no", "12:30", "010", "null", "tab\there", "x" * 600,
]  # fmt: skip


def test_odd_texts_come_through_as_they_are_and_in_the_usual_shape(form) -> None:
    page = form().page
    for text in ODD:
        line = " ".join(text.split())
        propose(page, **GOOD_UPDATE | {"f_note": text, "e0_title": line})
        file = page.locator("#preview").text_content()
        data, body = data_of(file)
        assert (data["note"], data["evidence"][0]["title"], body) == (text.strip(), line, "")
        assert file == compose(Proposal, data)


# What one reader of YAML or another takes for something else, and what a block or a bracket can't hold.
TEXTS = [
    *ODD, "y", "NO", "Null", "~", "1.0", "1.5", "-3", "1e3", "0x1f", "1_000", "2015", "2015-07", "2015-07-19", "10:20:30",
    "3 desks", "3 d", "² desks", "½ a desk", "Ⅳ desks", "٣ desks", "(a) desk", "(", "a", "7", "a:b", "a: b", "a:", "a#b",
    "a #b", "#a", "end #", "trailing:x ", "é", "ß", "İ", "K", "_x", "-", "--x", "?", "? x", "!x", "@x", "`x", "%x", "\"q\"",
    "'q'", "a, b", "[a]", "a [b", "{a", "a}", "two\nlines", "two\n\nlines", "two\n  lines", " two\nlines", "two\n \nlines",
    "two\u2028x\nlines", "ends\n", "ends\n\n", "\nbegins", "\u200ehidden", "\ufeffmark", "nul\x00", "del\x7f", "nel\x85",
    "nbsp\u00a0x", "\u00a0", "\u3000wide", "no-desk", "a-b", "a--b", "010", "1-2", "on", "au", "---", "...", "--- x", "x ---",
    "https://example.org/a#b", "https://example.org/?a=b: c", "null\n", "tab\tinside", "back\\slash", "emoji 🙂", "🙂", "\ud800 lone",
]  # fmt: skip


def test_the_form_and_the_tracker_write_one_shape(form) -> None:
    """The same cases at both ends: what the page's script makes is what `tracker fmt` would make of it."""
    at_random = random.Random(4)  # noqa: S311 - the same texts each time
    signs = "ab y:#-,[]{}'\"\\\n\t 0189.é\u2028&*!|>%@`?~( "
    texts = TEXTS + ["".join(at_random.choices(signs, k=at_random.randrange(1, 9))) for _ in range(1500)]
    page = form().page
    made = page.evaluate("""texts => texts.map((text) => proposals.file(proposals.begun().page.shape, [
        ["note", text], ["evidence", [[["title", text], ["date", text]]]], ["date", text],
    ]))""", texts)  # fmt: skip
    for text, file in zip(map(whole, texts), made, strict=True):
        said = {"date": text, "evidence": [{"date": text, "title": text}], "note": text}
        assert file == compose(Proposal, said), text
    page = form(NEW).page
    pairs = list(zip(texts, reversed(texts), strict=True))
    made = page.evaluate("""pairs => pairs.map(([first, second]) => proposals.file(proposals.begun().page.shape, [
        ["measures", [second, "", first]], ["addressed_to", [first, second]],
    ], "Body."))""", pairs)  # fmt: skip
    for (first, second), file in zip(pairs, made, strict=True):
        said = {"addressed_to": [whole(first), whole(second)], "measures": [whole(second), whole(first)]}
        assert file == compose(Recommendation, said, "Body."), (first, second)


def whole(text: str) -> str:
    """Half a pair of code units is no character."""
    return text.replace("\ud800", "\ufffd")


def test_a_text_that_is_too_long_for_an_address_is_copied_or_downloaded(form, tmp_path: Path) -> None:
    page = form(permissions=["clipboard-read", "clipboard-write"]).page
    note = "ش" + "x" * 20_000
    propose(page, **GOOD_UPDATE | {"f_note": note})
    address = page.locator("#send").get_attribute("href")
    assert len(address) < 8000
    assert "value" not in parse_qs(urlsplit(address).query)
    assert "too long" in page.locator("#too-long").inner_text()
    page.click("#copy")
    expect(page.locator("#said")).to_have_text("The text is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.click("#download")
    download.value.save_as(tmp_path / "file.md")
    assert download.value.suggested_filename == "report-001--eu--2016-03.md"
    saved = (tmp_path / "file.md").read_text(encoding="utf-8")
    assert data_of(saved)[0]["note"] == note
    assert copied == saved


def test_no_address_is_ever_longer_than_forges_take(form) -> None:
    page = form().page
    filled = []
    for length in (100, 5000, 7000, 7200, 7400, 7600, 9000):
        propose(page, **GOOD_UPDATE | {"f_note": "x" * length})
        address = page.locator("#send").get_attribute("href")
        assert len(address) <= 8000
        filled.append("value=" in address)
    assert filled[0]
    assert not filled[-1]


def test_before_it_is_sent_the_form_says_what_is_public(form) -> None:
    page = form().page
    propose(page, **GOOD_UPDATE)
    box = page.locator(".rt-protect")
    assert "with the name of your account" in box.inner_text()
    assert box.bounding_box()["y"] < page.locator("#send").bounding_box()["y"]


def test_a_new_recommendation_is_a_whole_record_that_passes_the_check(form, tracker, run) -> None:
    page = form(NEW).page
    fill(page, **GOOD_NEW)
    for box in ("t-addressed_to-au", "t-addressed_to-eu", "i-eu", "t-themes-gender", "t-regions-africa"):
        page.check(f"#{box}")
    page.click(SEND)
    path, text = sent(page)
    assert path == "recommendations/report/report-002.md"
    assert data_of(text) == ({
        "title": "Name a second desk", "source": "report", "locator": "Part 2", "kind": "formal",
        "strength": "should", "addressed_to": ["au", "eu"], "inferred_addressees": ["eu"], "themes": ["gender"],
        "regions": ["africa"], "measures": ["A second desk is named."],
    }, "It asks for a second desk.\n")  # fmt: skip
    assert page.locator("#advice").is_hidden()
    tracker.recommendation()
    tracker.write(path, text)
    done = run("check", cwd=tracker.root)
    assert (done.status, "T3" in done.out, "T4" in done.out) == (0, False, False), done.out
    assert run("fmt", "--check", path, cwd=tracker.root).status == 0
    page.get_by_role("button", name="report-003").click()
    assert sent(page)[0] == "recommendations/report/report-003.md"


def test_drafting_advice_is_given_and_does_not_stop(form) -> None:
    page = form(NEW).page
    fill(page, f_title="Strengthen the desk " + "and more " * 12)
    page.click(SEND)
    advice = page.locator("#advice").inner_text()
    for said in ("“strengthen” says no end", "nobody is asked", "it has no theme", "nothing says how anybody",
                 "it does not say where in the document", "characters; 90 fit in a table"):  # fmt: skip
        assert said in advice
    assert page.locator("#send").is_visible()


HOSTILE_BODY = {
    "a script": "x <script>alert(1)</script>",
    "a link that runs": "[x](javascript:alert(1))",
    "a picture": "![x](https://example.org/x.png)",
}


def test_a_text_that_may_not_be_published_is_refused_in_place(form, tracker) -> None:
    page = form(NEW).page
    for name, body in HOSTILE_BODY.items():
        propose(page, **GOOD_NEW | {"f_body": body})
        assert page.locator("#f-body-error").is_visible(), name
        tracker.recommendation(text=f"---\ntitle: A title\nsource: report\n---\n{body}\n")
        assert {"T906", "T907"} & set(tracker.codes()), name


# The whole way


def test_from_the_form_to_the_inbox_to_the_check_to_the_record_to_the_site(
    form, small_tracker: Path, tmp_path: Path, run, visit
) -> None:
    page = form().page
    propose(page, **GOOD_UPDATE | {"f_note": "The desk exists.\n\n--- \nIt has “two” people 🙂."})
    path, text = sent(page)
    root = tmp_path / "tracker"
    shutil.copytree(small_tracker, root, ignore=shutil.ignore_patterns("built", ".tracker*"))
    before = (root / "recommendations/report/report-001.md").read_text(encoding="utf-8")
    (root / path).parent.mkdir()
    (root / path).write_text(text, encoding="utf-8")

    assert run("check", cwd=root).status == 0
    assert run("fmt", "--check", root / path, cwd=root).status == 0
    assert run("build", "--to", root / "built", cwd=root).status == 0
    shown = (root / "built/site" / ASK).read_text(encoding="utf-8")
    assert "It has “two” people 🙂." in shown
    with served(root / "built/site") as address:
        again = visit(at=address)
        again.open(UPDATE)
        again.page.wait_for_selector("#propose:not([hidden])")
        propose(again.page, **GOOD_UPDATE | {"f_by": "au"})
        assert sent(again.page)[0] == "recommendations/inbox/report-001--eu--2016-03-2.md"  # that name is taken

    assert run("collect", cwd=root).status == 0
    assert not (root / path).exists()
    after = (root / "recommendations/report/report-001.md").read_text(encoding="utf-8")
    assert [line for line in before.split("\n") if line not in after.split("\n")] == []
    entry = data_of(after)[0]["assessments"][-1]
    wanted = data_of(text)[0]
    del wanted["recommendation"]
    assert entry == wanted
    assert run("check", cwd=root).status == 0
    assert run("build", "--to", root / "built", cwd=root).status == 0
    assert "It has “two” people 🙂." in (root / "built/site" / ASK).read_text(encoding="utf-8")


# Ways to use it


def test_the_whole_form_can_be_filled_with_the_keyboard(form) -> None:
    page = form().page
    page.locator("#f-actor").focus()
    wanted = {
        "f-actor": "European", "f-date": "2016", "f-status": "No ev", "f-by": "A watch", "f-note": "Looked.",
    }  # fmt: skip
    for _ in range(60):
        name = page.evaluate("document.activeElement.id")
        if name in wanted:
            page.keyboard.type(wanted.pop(name))
        if page.evaluate("document.activeElement.type") == "submit":
            page.keyboard.press("Enter")
            break
        page.keyboard.press("Tab")
    assert wanted == {}
    assert data_of(sent(page)[1])[0] == {
        "recommendation": "report-001", "actor": "eu", "date": "2016", "status": "no-evidence", "by": "watch",
        "note": "Looked.",
    }  # fmt: skip


def test_a_draft_is_kept_in_its_tab_until_it_is_thrown_away(form) -> None:
    page = form().page
    page.click("#add-evidence")
    fill(page, **GOOD_UPDATE, e1_title="Another")
    page.reload()
    page.wait_for_selector("#propose:not([hidden])")
    assert page.input_value("#f-note") == "The desk exists."
    assert page.input_value("#f-status") == "under-way"
    assert page.input_value("#e1-title") == "Another"
    page.click("button[type=reset]")
    expect(page.locator("#f-note")).to_have_value("")
    page.reload()
    page.wait_for_selector("#propose:not([hidden])")
    assert page.input_value("#f-note") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", ["phone", "desktop"])
@pytest.mark.parametrize("path", [UPDATE, NEW])
def test_the_forms_are_accessible_with_mistakes_and_with_a_result(form, path: str, device: str, scheme: str) -> None:
    watched = form(path, device, scheme=scheme)
    page = watched.page
    page.click(SEND)
    for values in ({}, GOOD_UPDATE if path == UPDATE else GOOD_NEW):
        propose(page, **values)
        found = Axe().run(page, context="article", options={"resultTypes": ["violations"]})
        assert [(v["id"], v["nodes"][0]["html"]) for v in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.locator("#result").is_visible()
    assert (watched.errors, watched.strangers) == ([], [])


@pytest.mark.parametrize("device", ["phone", "desktop"])
def test_from_right_to_left_nothing_runs_out_of_the_page(form, device: str) -> None:
    page = form(UPDATE, device).page
    page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
    page.click(SEND)
    propose(page, **GOOD_UPDATE)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    label, field = page.locator("label[for=f-date]").bounding_box(), page.locator("#f-date").bounding_box()
    assert abs(label["x"] + label["width"] - field["x"] - field["width"]) < 2
    assert page.locator("#preview").evaluate("e => getComputedStyle(e).direction") == "ltr"


@pytest.mark.parametrize("path", [UPDATE, NEW])
def test_without_scripts_there_is_a_text_to_copy_and_where_to_put_it(visit, small_address, path: str) -> None:
    page = visit(at=small_address, java_script_enabled=False).open(path)
    assert page.locator("form#propose").is_hidden()
    text = page.locator("noscript pre")
    assert text.is_visible()
    assert text.inner_text().startswith('---\n')
    link = page.get_by_role("link", name="Open the page for a new file")
    assert link.get_attribute("href").startswith("https://github.com/example/tracker/new/main?filename=recommendations%2F")


def test_the_template_to_copy_passes_the_check_when_it_is_filled_in(visit, small_address, tracker, run) -> None:
    page = visit(at=small_address, java_script_enabled=False).open(NEW)
    text = page.locator("noscript pre").inner_text()
    for key, value in {"title": "A desk", "source": "report", "locator": "p. 1", "kind": "formal",
                       "strength": "should", "addressed_to": "au", "themes": "gender", "regions": "africa"}.items():  # fmt: skip
        text = text.replace(f'{key}: ""', f'{key}: "{value}"').replace(f'{key}: [""]', f'{key}: ["{value}"]')
    tracker.write("recommendations/report/report-001.md", text.replace('- ""', '- "A desk is named."'))
    done = run("check", cwd=tracker.root)
    assert done.status == 0, done.out


def test_without_a_forge_the_file_is_copied_or_downloaded(visit, small_tracker: Path, tmp_path: Path, run) -> None:
    root = tmp_path / "no-forge"
    shutil.copytree(small_tracker, root, ignore=shutil.ignore_patterns("built", ".tracker*"))
    (root / "tracker.yml").write_text("name: A tracker\nlead_assessor: watch\n")
    assert run("build", "--to", root / "built", cwd=root).status == 0
    with served(root / "built/site") as address:
        page = visit(at=address).open(UPDATE)
        propose(page, **GOOD_UPDATE)
        assert page.locator("#send").is_hidden()
        assert "does not say where its files are kept" in page.locator("#too-long").inner_text()
        assert page.locator("#download").get_attribute("href").startswith("blob:")
