"""`tracker import`: what rows become, what is refused and why, and what importing again does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import follow_up_table as table
import pytest
from conftest import Ran, Tracker

Import = Callable[..., Ran]


@pytest.fixture
def bring(tracker: Tracker, run) -> Import:
    """Imports rows (or a file's bytes) as a person does; ``change`` replaces texts of the map."""

    def call(data, *options: str, change: dict[str, str] | None = None, name: str = "t.xlsx", given: str = table.MAP) -> Ran:
        for old, new in (change or {}).items():
            assert old in given
            given = given.replace(old, new)
        file = tracker.root.parent / name
        file.write_bytes(data if isinstance(data, bytes) else table.xlsx(data))
        the_map = tracker.root.parent / "map.yml"
        the_map.write_text(given, encoding="utf-8")
        return run("import", file, "--map", the_map, "--root", tracker.root, *options)

    return call


def records(tracker: Tracker) -> dict[str, str]:
    folder = tracker.root / "recommendations"
    return {p.stem: p.read_text(encoding="utf-8") for p in folder.rglob("*.md")}


def counts(ran: Ran) -> dict[str, int]:
    return {k: v for k, v in json.loads(ran.out)["counts"].items() if v}


def reasons(ran: Ran) -> list[str]:
    return [f"{e['where']}: {e['message']}" for r in json.loads(ran.out)["refused"] for e in r["reasons"]]


def with_cell(column: str, value, number: int = 1) -> list[list]:
    lines = table.rows(3)
    lines[number - 1][table.HEADERS.index(column)] = value
    return lines


def test_a_row_becomes_a_record(bring: Import, tracker: Tracker) -> None:
    done = bring(table.rows(3))
    assert (done.status, done.err) == (0, "")
    made = records(tracker)
    assert sorted(made) == [f"follow-up-rec-2014-000{n}" for n in (1, 2, 3)]
    text = made["follow-up-rec-2014-0001"]
    project = tracker.project()
    record = project.corpus.recommendations["follow-up-rec-2014-0001"]
    assert record.title.startswith("The organisation should set up a roster")
    assert len(record.title) <= 90
    assert (record.source, record.addressed_to, record.themes) == ("report", ["au", "eu"], ["gender"])
    assert (record.locator, record.deadline) == ("para. 1", "2020-12-31")
    assert [(k.table, k.id) for k in record.known_as] == [("follow-up", "REC/2014/0001")]
    assert [(a.actor, a.date, a.status, a.by, a.basis) for a in record.assessments] == [
        ("au", "2015-01-02", "under-way", "watch", "self-report"),
        ("eu", "2015-01-02", "under-way", "watch", "self-report"),
    ]
    assert record.assessments[0].evidence[0].url == "https://www.example.org/documents/1"
    assert record.assessments[0].note == "Reported by the office.\nSeen on 2015-01-02."
    assert "\n- It answers within a month;\n- it reports once a year.\n" in text
    assert not [f for f in project.findings if f.severity == "error"]


def test_thousands_of_rows_and_the_same_again(bring: Import, tracker: Tracker, run) -> None:
    lines = table.rows(2100)
    lines[10][6] = "On track"
    first = bring(lines, "--format", "json")
    assert (first.status, counts(first)) == (1, {"created": 2099, "refused": 1, "empty": 20})
    checked = run("check", "--root", tracker.root, "--errors-only")
    assert checked.status == 0, checked.out
    before = {path: path.stat().st_mtime_ns for path in (tracker.root / "recommendations").rglob("*.md")}
    again = bring(table.text(lines, ";").encode("utf-16"), "--format", "json", name="t.csv")
    assert (again.status, counts(again)) == (1, {"unchanged": 2099, "refused": 1, "empty": 20})
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_from_the_spreadsheet_to_the_site(bring: Import, tracker: Tracker, run) -> None:
    assert bring(table.rows(40)).status == 0
    built = run("build", "--root", tracker.root, "--to", tracker.root.parent / "built")
    assert built.status == 0, built.err
    site = tracker.root.parent / "built" / "site"
    page = (site / "recommendations" / "follow-up-rec-2014-0001.html").read_text(encoding="utf-8")
    assert "The organisation should set up a roster" in page
    assert "Reported by the office." in page
    assert "https://www.example.org/documents/1" in page
    listed = (site / "recommendations" / "index.html").read_text(encoding="utf-8")
    assert listed.count("follow-up-rec-2014-") >= 40


def test_a_dry_run_says_the_same_and_writes_nothing(bring: Import, tracker: Tracker) -> None:
    lines = with_cell("Implementation status", "On track", 2)
    before = sorted(tracker.root.rglob("*"))
    dry = bring(lines, "--dry-run")
    assert dry.status == 1
    assert "2  would be created" in dry.out
    assert "nothing was written" in dry.out
    assert [p for p in sorted(tracker.root.rglob("*")) if ".tracker" not in p.parts] == before
    told = json.loads(bring(lines, "--dry-run", "--format", "json").out)
    real = json.loads(bring(lines, "--format", "json").out)
    assert told | {"dry_run": False} == real


# One cell is changed: (column, value, where, reason).
REFUSED = [
    ("Rec. No.", None, "A2", "the row has no id"),
    ("Rec. No.", "REC/2014/0002", "A2", "the id “REC/2014/0002” stands in 'Follow-up'!A3 too"),
    ("Rec. No.", "¿ ¡", "A2", "“¿ ¡” can't be made into the name of a file"),
    ("Recommendation", None, "B2", "the row has no title"),
    ("Recommendation", "<b>Do</b> it", "B2", "there is HTML in the title"),
    ("Recommendation", "Do it\u202enow", "B2", "there is an invisible control character"),
    ("Recommendation", "Do it. [here](javascript:x)", None, ""),
    ("Addressees", "African Onion", "C2", "there is no page for “African Onion” in actors"),
    ("Addressees", None, "C2", "there is a status, and nobody whose status it is"),
    ("Due date", "03/04/2019", "F2", "“03/04/2019” is not in the form 2015, 2015-07 or 2015-07-19; the map has to say"),
    ("Due date", 43500, "F2", "43500 is a number and not a date"),
    ("Due date", "2019-02-30", "F2", "February 2019 has no day 30"),
    ("Implementation status", "On track", "G2", "“On track” is not a word for status"),
    ("Status date", None, "H2", "there is a status, and no date"),
    ("Status date", "2031-01-01", "G2", "2031-01-01 is in the future"),
    ("Link to evidence", "javascript:alert(1)", None, "“javascript:alert(1)” is not a web address"),
    ("Link to evidence", None, None, "does not say where it can be found"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "where", "reason"), REFUSED, ids=[f"{c}: {v}" for c, v, *_ in REFUSED])
def test_a_row_that_can_not_be_a_record_is_refused_with_its_cell(
    bring: Import, tracker: Tracker, run, column: str, value, where: str | None, reason: str
) -> None:
    done = bring(with_cell(column, value), "--format", "json")
    found = reasons(done)
    if not reason:  # a link in a cell is plain text
        assert (done.status, found) == (0, [])
    else:
        assert done.status == 1
        assert any(reason in text for text in found), found
        if where:
            assert f"'Follow-up'!{where}: " in found[0]
    assert run("check", "--root", tracker.root, "--errors-only").status == 0
    assert len(records(tracker)) == 3 - len(json.loads(done.out)["refused"])


@pytest.mark.parametrize(("formats", "text", "date"), [
    ("[DD/MM/YYYY]", "03/04/2019", "2019-04-03"), ("[MM/DD/YYYY]", "03/04/2019", "2019-03-04"),
    ("[D MMMM YYYY]", "3 April 2019", "2019-04-03"), ("[MMM YYYY]", "Sept. 2019", "2019-09"),
    ("[D MMMM YYYY], months: fr", "3 février 2019", "2019-02-03"), ("[DD.MM.YYYY, YYYY/MM]", "2019/04", "2019-04"),
    ("[day-number]", 43558, "2019-04-03"), ("[day-number-1904]", 42096, "2019-04-03"), ("[DD/MM/YYYY]", "2019", "2019"),
    ("[DD/MM/YYYY]", 2019, "2019"),
])  # fmt: skip
def test_a_date_is_read_as_the_map_says(bring: Import, tracker: Tracker, formats: str, text, date: str) -> None:
    done = bring(with_cell("Due date", text), change={"{column: Due date}": f"{{column: Due date, formats: {formats}}}"})
    assert done.status == 0, done.out
    assert f"\ndeadline: {date}\n" in records(tracker)["follow-up-rec-2014-0001"]


def test_only_what_changed_is_written(bring: Import, tracker: Tracker) -> None:
    bring(table.rows(3))
    path = tracker.root / "recommendations/report/follow-up-rec-2014-0002.md"
    path.write_text(path.read_text().replace("title: ", "title:   ").replace("locator:", "# by hand\nlocator:"))
    before = path.read_text()
    lines = with_cell("Para.", "para. 2 (b)", 2)
    done = bring(lines, "--format", "json")
    assert counts(done) == {"updated": 1, "unchanged": 2}
    assert path.read_text() == before.replace("para. 2\n", "para. 2 (b)\n")


def test_a_title_that_was_written_by_hand_stays(bring: Import, tracker: Tracker) -> None:
    bring(table.rows(1))
    path = tracker.root / "recommendations/report/follow-up-rec-2014-0001.md"
    text = path.read_text().replace(path.read_text().split("\n")[1], "title: A better title")
    path.write_text(text)
    assert counts(bring(table.rows(1), "--format", "json")) == {"unchanged": 1}
    assert path.read_text() == text


def test_the_log_of_judgements_only_grows(bring: Import, tracker: Tracker) -> None:
    bring(table.rows(1))
    lines = with_cell("Status date", "2016-01-01")[:1]
    lines[0][6] = "Completed"
    bring(lines)
    lines[0][6] = "Pending"
    bring(lines)
    assert counts(bring(lines, "--format", "json")) == {"unchanged": 1}
    log = tracker.project().corpus.recommendations["follow-up-rec-2014-0001"].assessments
    assert [(a.date, a.status, a.corrects) for a in log if a.actor == "au"] == [
        ("2015-01-02", "under-way", None), ("2016-01-01", "implemented", None), ("2016-01-01", "not-started", "2016-01-01"),
    ]  # fmt: skip


def test_a_deadline_that_moved_is_for_a_person(bring: Import, tracker: Tracker) -> None:
    bring(table.rows(1))
    lines = with_cell("Due date", "2025-12-31")[:1]
    done = bring(lines, "--format", "json")
    assert "is 2020-12-31, and 2025-12-31 here" in reasons(done)[0]
    path = tracker.root / "recommendations/report/follow-up-rec-2014-0001.md"
    path.write_text(path.read_text().replace(
        "deadline: 2020-12-31\n", "deadline: 2020-12-31\ndeadline_changes:\n  - {from: 2020-12-31, to: 2025-12-31, on: 2020-01-01}\n"))
    assert counts(bring(lines, "--format", "json")) == {"unchanged": 1}


def test_names_without_a_page_become_pages_only_where_the_map_says_so(bring: Import, tracker: Tracker) -> None:
    lines = with_cell("Addressees", "Office for Peace; AU; office for  peace")
    done = bring(lines, "--format", "json", change={"row_id:": "unknown_actors: create\nrow_id:"})
    assert (done.status, json.loads(done.out)["new_actors"]) == (0, ["docs/actors/office-for-peace.md"])
    assert "title: Office for Peace" in (tracker.root / "docs/actors/office-for-peace.md").read_text()
    assert "addressed_to: [office-for-peace, au]" in records(tracker)["follow-up-rec-2014-0001"]


def test_a_hostile_name_is_not_made_into_a_page(bring: Import, tracker: Tracker) -> None:
    lines = with_cell("Addressees", "<img src=x onerror=alert(1)>")
    done = bring(lines, "--format", "json", change={"row_id:": "unknown_actors: create\nrow_id:"})
    assert (done.status, counts(done)) == (1, {"created": 2, "refused": 1})
    assert json.loads(done.out)["new_actors"] == []


@pytest.mark.parametrize(("merged", "expected"), [
    ("refuse", {"created": 1, "refused": 2}), ("fill", {"created": 3}),
])  # fmt: skip
def test_merged_cells(bring: Import, tracker: Tracker, merged: str, expected: dict) -> None:
    data = table.xlsx(table.rows(3), change=lambda page: page.merge_cells("C2:C3"))
    done = bring(data, "--format", "json", change={"row_id:": f"merged: {merged}\nrow_id:"})
    assert counts(done) == expected
    if merged == "fill":
        assert "addressed_to: [au, eu]" in records(tracker)["follow-up-rec-2014-0002"]
    else:
        assert "'Follow-up'!C3: the cell is part of 'Follow-up'!C2:C3, which is merged" in reasons(done)[1]


def test_refused_rows_can_be_mended_and_imported_again(bring: Import, tracker: Tracker, tmp_path: Path) -> None:
    lines = table.rows(3)
    lines[1][6], lines[1][8] = "On track", "- no\n+ news"
    file = tmp_path / "rejected.csv"
    given = table.MAP.replace("row_id:", "sheet: Follow-up\nheader: 3\nrow_id:")
    bring(table.xlsx(lines, title=True), "--rejected", str(file), given=given)
    text = file.read_text(encoding="utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header == [*table.HEADERS, "Why it was not imported"]
    assert row[8] == "'- no\n+ news"
    assert "“On track” is not a word for status" in row[-1]
    mended = text.replace("On track", "In progress").encode()
    done = bring(mended, "--format", "json", given=given, name="rejected.csv")
    assert (done.status, counts(done)) == (0, {"created": 1})
    assert "note: |-\n      - no\n" in records(tracker)["follow-up-rec-2014-0002"]
    assert counts(bring(table.rows(3)[:1], "--format", "json")) == {"unchanged": 1}


MAPS = {
    "an unknown key": ({"row_id:": "row_ids:"}, "map.yml:3:1: T201 there is no field “row_ids”"),
    "an unknown field": ({"  locator:": "  locater:"}, "Did you mean “locator”?"),
    "an unknown column": ({"{column: Para.}": "{column: Pra.}"}, "there is no column “Pra.”\n  Did you mean “para.”?"),
    "neither column nor value": ({"{column: Para.}": "{keep: true}"}, "a field comes from a column or has one value"),
    "a form that is none": ({"{column: Due date}": "{column: Due date, formats: [DD/MM/YY]}"}, "years of two digits"),
    "whose status": ({"each_addressee: true": "each_addressee: false"}, "whose status is it?"),
    "a bad prefix": ({"prefix: follow-up": "prefix: Follow Up"}, "“Follow Up” can't be a prefix"),
    "a sheet that is not there": ({"row_id:": "sheet: Follow\nrow_id:"}, "has no sheet “Follow”"),
    "no such header": ({"row_id:": "header: 40\nrow_id:"}, "row 40 of the table is empty"),
    "not YAML": ({"table: follow-up": "table: a: b"}, "map.yml:1:"),
}


@pytest.mark.parametrize(("change", "message"), MAPS.values(), ids=MAPS)
def test_a_map_that_can_not_be_used_is_said_with_its_line(
    bring: Import, tracker: Tracker, change: dict, message: str
) -> None:
    done = bring(table.rows(3), change=change)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert records(tracker) == {}


@pytest.mark.parametrize(("args", "message"), [
    (["import", "gone.csv", "--map", "map.yml"], "there is no file gone.csv"),
    (["import", "t.csv"], "an import needs a map"),
    (["import", "t.csv", "--map", "gone.yml"], "there is no file gone.yml"),
    (["import", "t.csv", "--map", "map.yml", "--rejected", "t.csv"], "t.csv is there already"),
])  # fmt: skip
def test_what_can_not_run_is_one_message(tracker: Tracker, run, args: list[str], message: str) -> None:
    tracker.write("t.csv", table.text(table.rows(2)))
    tracker.write("map.yml", table.MAP)
    done = run(*args, cwd=tracker.root)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert records(tracker) == {}


def test_a_record_of_others_is_never_taken_for_a_row(bring: Import, tracker: Tracker) -> None:
    tracker.recommendation("follow-up-rec-2014-0001")
    before = records(tracker)["follow-up-rec-2014-0001"]
    done = bring(table.rows(1), "--format", "json")
    assert "that is not of this table" in reasons(done)[0]
    assert records(tracker)["follow-up-rec-2014-0001"] == before


def test_the_draft_of_a_map_needs_few_changes(tracker: Tracker, run, bring: Import) -> None:
    lines = table.rows(40)
    lines[3][6], lines[4][2], lines[5][5] = "On track", "African Onion", "31/12/2020"
    file = tracker.root.parent / "Follow up 2014.xlsx"
    file.write_bytes(table.xlsx(lines, title=True))
    done = run("import", file, "--suggest-map", "--root", tracker.root)
    assert (done.status, done.err) == (0, "")
    assert 'formats: ["DD/MM/YYYY"]' in done.out
    assert '# "On track": CHANGE    # 1 row' in done.out
    assert '# "African Onion": au    # 1 row; perhaps au (African Union)' in done.out
    assert '"Completed": implemented' in done.out
    assert '#   "Priority": 40 cells, such as "High", "Low"' in done.out
    given = done.out.replace("by: {value: CHANGE}", "by: {value: watch}")
    given = given.replace('# "On track": CHANGE', '"On track": under-way').replace('# "African Onion"', '"African Onion"')
    made = bring(file.read_bytes(), "--format", "json", given=given.replace(", otherwise: CHANGE", ""))
    assert counts(made) == {"created": 40}, made.out


def test_day_and_month_are_not_guessed_in_the_draft(tracker: Tracker, run) -> None:
    lines = [[*row[:5], "03/04/2019", *row[6:]] for row in table.rows(5)]
    tracker.write("t.csv", table.text(lines))
    done = run("import", "t.csv", "--suggest-map", cwd=tracker.root)
    assert "Day and month can't be told apart" in done.out
    assert "    # formats: [DD/MM/YYYY]\n    # formats: [MM/DD/YYYY]" in done.out


def test_an_import_that_can_not_write_loses_nothing(bring: Import, tracker: Tracker) -> None:
    tracker.write(".tracker", "a file where the workshop should be")
    done = bring(table.rows(3))
    assert done.status == 2
    assert ".tracker can't be written" in done.err
    assert records(tracker) == {}
