"""The commands that read, as a person or a script runs them: output, formats, exit status."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from conftest import Ran

from tracker.cli import main
from tracker.cli.main import COMMANDS
from tracker.progress import DIMENSIONS
from tracker.rules import catalogue

ROOT = Path(__file__).resolve().parent.parent
AS_OF = ("--as-of", "2026-06-30")
SECOND = """\
---
title: Fund a youth desk
source: report
locator: Part 2
order: 2
kind: proposal
strength: must
addressed_to: [eu, au]
themes: [money]
regions: [europe]
events: [summit]
deadline: 2014
measures:
  - A desk is funded.
assessments:
  - {actor: eu, date: 2011-05, status: planned, by: watch, evidence: [{title: A plan, symbol: EU/1}]}
  - {actor: eu, date: 2015-02-03, status: implemented, response: accepted, by: watch,
     evidence: [{title: The desk, url: "https://example.org/desk"}]}
  - {actor: eu, date: 2016, status: partly-implemented, by: eu, evidence: [{title: Account, symbol: EU/2}]}
  - {actor: au, date: 2016, status: overtaken, by: watch, evidence: [{title: The end, symbol: AU/1}]}
---
A second ask.
"""
STATUS_TEXT = """\
Status by actor, as of 30 June 2026

 Actor                    Asked     Done   Assessed   Not assessed
 ────────────────────────────────────────────────────────────────────────────────────
 AU                           1   0 of 0          0              1   ░░░░░░░░░░░░░░░░
 EU                           1   1 of 1          1              0   ████████████████
 Regional organisations       1   0 of 0          0              1   ░░░░░░░░░░░░░░░░

2 recommendations, asked of actors 3 times: 1 done, 0 assessed and not done, 2 not assessed; 1 overtaken by events and
left out.
█ Implemented  ░ Not assessed
"""
STATUS_CSV = """\
id,label,recommendations,pairs,assessed,done,implemented,not-assessed,contested,left_out,index
gender,Gender,1,2,0,0,0,2,0,0,
money,'=SUM(A1) | money,1,1,1,1,1,0,1,1,1.000
"""
STATUS_MD = """\
### Status by theme

As of 2026-06-30. Each count is of pairs: one recommendation and one actor asked.

| Id | Theme | Asks | Asked of actors | Assessed | Done | Implemented | Not assessed | Contested | Left out | Index |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
| gender | Gender | 1 | 2 | 0 | 0 | 0 | 2 | 0 | 0 | – |
| money | =SUM(A1) \\| money | 1 | 1 | 1 | 1 | 1 | 0 | 1 | 1 | 1.00 |
"""
SHOW_TEXT = """\
Fund a youth desk
second
Asked in: A report, Part 2
Form: Proposal, Must
Themes: =SUM(A1) | money
Regions: Europe
Deadline: 2014

A second ask.

As of 30 June 2026

 Who was asked    Status                               Since             Says    Evidence
 ────────────────────────────────────────────────────────────────────────────────────────
 European Union   Implemented                          3 February 2015   Watch   The desk
                  contested (EU: Partly implemented)
 African Union    Overtaken by events                  2016              Watch   The end

Done when
  • A desk is funded.
"""
# dimension: (id, pairs, not assessed) of its rows
ROWS = {
    "actor": [("au", 1, 1), ("eu", 1, 0), ("rigos", 1, 1)],
    "theme": [("gender", 2, 2), ("money", 1, 0)],
    "source": [("report", 3, 2)],
    "event": [("summit", 1, 0)],
    "region": [("global", 2, 2), ("europe", 1, 0)],
}


@pytest.fixture
def two(tracker):
    """Two recommendations: one that nobody looked at, and one with a log."""
    tracker.write("docs/themes/money.md", "---\ntitle: =SUM(A1) | money\n---\nA theme.\n")
    tracker.recommendation()
    tracker.write("recommendations/report/second.md", SECOND)
    return tracker


@pytest.fixture
def call(monkeypatch, capsys):
    """The same command in this process, which is quicker where many are run."""
    monkeypatch.setenv("COLUMNS", "120")

    def run(*args: str, cwd: Path) -> Ran:
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as done:
            main.run(list(args))
        return Ran(done.value.code, *capsys.readouterr())

    return run


def trimmed(text: str) -> str:
    """Lines without the blanks that fill a terminal's width."""
    return "\n".join(line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize(("args", "expected"), [
    (("status",), STATUS_TEXT),
    (("status", "--by", "theme", "--format", "csv"), STATUS_CSV),
    (("status", "--by", "theme", "--format", "md"), STATUS_MD),
    (("show", "second"), SHOW_TEXT),
    (("show", "second", "--format", "md"), SECOND),
], ids=["status", "status csv", "status md", "show", "show md"])  # fmt: skip
def test_what_is_printed(two, run, args, expected) -> None:
    done = run(*args, *AS_OF, cwd=two.root)
    assert (done.status, trimmed(done.out), done.err) == (0, expected, "")


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_status_by_every_dimension_says_the_same_in_every_format(two, call, dimension: str) -> None:
    def printed(form: str) -> str:
        return call("status", "--by", dimension, "--format", form, *AS_OF, cwd=two.root).out

    rows = json.loads(printed("json"))["rows"]
    assert [(r["id"], r["pairs"], r["pairs"] - r["assessed"]) for r in rows] == ROWS[dimension]
    assert [(r["id"], int(r["pairs"])) for r in csv.DictReader(io.StringIO(printed("csv")))] == [
        (r["id"], r["pairs"]) for r in rows
    ]
    lines = [line.split(" | ")[0] for line in printed("md").splitlines() if line.startswith("| ")]
    assert lines[2:] == [f"| {r['id']}" for r in rows]
    assert f"Status by {dimension}" in printed("text")


@pytest.mark.parametrize("form", ["json", "csv", "md", "text"])
def test_every_format_says_how_many_are_not_assessed_even_where_none_is(two, call, form: str) -> None:
    printed = call("status", "--by", "event", "--format", form, *AS_OF, cwd=two.root).out
    assert re.search("not.assessed", printed, re.IGNORECASE)


@pytest.mark.parametrize(("day", "status"), [
    ("2011-05-30", "not-assessed"), ("2011-05", "planned"), ("2011", "planned"), ("2015-02-02", "planned"),
    ("2015-02-03", "implemented"),
])  # fmt: skip
def test_as_of_shows_what_held_on_that_day(two, call, day: str, status: str) -> None:
    shown = json.loads(call("show", "second", "--format", "json", "--as-of", day, cwd=two.root).out)
    assert {pair["actor"]: pair["status"] for pair in shown["status"]}["eu"] == status
    rows = json.loads(call("status", "--format", "json", "--as-of", day, cwd=two.root).out)["rows"]
    assert next(row for row in rows if row["id"] == "eu")["assessed"] == (status != "not-assessed")


def test_show_as_json_has_the_whole_record_and_what_came_of_it(two, call) -> None:
    shown = json.loads(call("show", "second", "--format", "json", *AS_OF, cwd=two.root).out)
    assert (shown["id"], shown["path"]) == ("second", "recommendations/report/second.md")
    assert (shown["text"], shown["headline"]) == ("A second ask.", "implemented")
    assert shown["as_of"] == "2026-06-30"
    assert [entry["status"] for entry in shown["assessments"]] == [
        "planned", "implemented", "partly-implemented", "overtaken"]  # fmt: skip
    assert shown["status"][0] == {
        "actor": "eu", "group": None, "status": "implemented", "response": "accepted", "contested": True,
        "date": "2015-02-03",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["au", "actors/au", "docs/actors/au.md"])
def test_show_finds_a_record_by_each_of_its_names(two, call, name: str) -> None:
    done = call("show", name, *AS_OF, cwd=two.root)
    assert trimmed(done.out).startswith("African Union\nactors/au\n\nA body.\n")
    assert "Name a desk for civil society" in done.out


@pytest.mark.parametrize(("chosen", "ids"), [
    (("--actor", "rigos"), ["rigos"]),
    (("--actor", "au", "--actor", "eu"), ["au", "eu"]),
    (("--theme", "gender"), ["au", "rigos"]),
    (("--source", "report"), ["au", "eu", "rigos"]),
    (("--event", "summit"), ["eu", "au"]),
    (("--region", "europe"), ["eu", "au"]),
    (("--region", "europe", "--actor", "au"), ["au"]),
], ids=str)  # fmt: skip
def test_selection(two, call, chosen, ids) -> None:
    rows = json.loads(call("status", *chosen, "--format", "json", *AS_OF, cwd=two.root).out)["rows"]
    assert [row["id"] for row in rows] == ids


def test_the_total_below_a_selection_is_the_total_of_its_rows(two, call) -> None:
    """“au” was asked twice, once of these overtaken; what others were asked is not its matter."""
    printed = call("status", "--actor", "au", *AS_OF, cwd=two.root).out
    assert "asked of actors 1 time" in " ".join(printed.split())


# what is wrong: (command, what is said, the hint)
REFUSED = {
    "actor": (("status", "--actor", "rigo"), "there is no actor “rigo”", "Did you mean “rigos”?"),
    "unlike any": (("status", "--actor", "xyz"), "there is no actor “xyz”", "Known: au, eu, rigos, watch"),
    "theme": (("status", "--theme", "genders"), "there is no theme “genders”", "Did you mean “gender”?"),
    "source": (("status", "--source", "reprot"), "there is no source “reprot”", "Did you mean “report”?"),
    "event": (("status", "--event", "sumit"), "there is no event “sumit”", "Did you mean “summit”?"),
    "region": (("status", "--region", "afrika"), "there is no region “afrika”", "Did you mean “africa”"),
    "nothing fits": (("status", "--theme", "gender", "--event", "summit"), "no recommendation fits", "Leave"),
    "no such day": (("status", "--as-of", "2011-02-30"), "February 2011 has no day 30", "Write a date"),
    "no day at all": (("show", "au", "--as-of", "soon"), "“soon” is not a date", "Write a date"),
    "record": (("show", "secnd"), "there is no record “secnd”", "Did you mean “second”?"),
    "rule": (("explain", "T999"), "there is no rule “T999”", "tracker explain"),
    "rule's name": (("explain", "duplicate-kye"), "there is no rule “duplicate-kye”", "“duplicate-key”"),
    "command": (("chek",), "there is no command “chek”", "Did you mean “check”?"),
    "option": (("check", "--stric"), "--stric", "--strict"),
    "format": (("status", "--format", "xml"), "'xml' is not one of", "json"),
    "dimension": (("status", "--by", "colour"), "'colour' is not one of", "region"),
    "file": (("check", "docs/actors/ua.md"), "there is no file docs/actors/ua.md", "Check its name"),
    "file elsewhere": (("check", "/"), "is outside the tracker", "inside"),
    "folder": (("check", "--root", "nowhere"), "there is no folder nowhere", "--root"),
    "no tracker": (("check", "--root", "/"), "there is no tracker in /", "--root"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_can_not_run_is_one_message_and_status_2(two, call, name: str) -> None:
    args, message, hint = REFUSED[name]
    done = call(*args, cwd=two.root)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert hint in done.err


def test_control_characters_of_a_record_do_not_reach_the_terminal(two, call) -> None:
    """A title could otherwise rewrite the screen, or the line above it."""
    two.recommendation(title='title: "A desk\\e[2K\\e[1A"', locator='locator: "\\e]0;x\\a"')
    for args in (("show", "ask"), ("status",), ("check",), ("show", "au")):
        assert "\x1b" not in call(*args, cwd=two.root).out, args


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_there_has_help_and_is_named_in_the_readme(run, command: str) -> None:
    found = main.tracker.get_command(None, command)
    assert found.name == command
    assert found.help
    done = run(command, "--help")
    assert done.status == 0
    assert done.out.startswith(f"Usage: tracker {command}")
    assert f"tracker {command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_names_every_command_and_what_the_exit_status_means(run) -> None:
    done = run("--help")
    assert done.status == 0
    assert [line.split()[0] for line in done.out.split("Commands:\n")[1].splitlines()] == list(COMMANDS)
    assert "Exit status: 0 good, 1 findings or differences, 2 could not run." in done.out
    assert run("--version").out.startswith("tracker, version ")


def test_explain_lists_every_rule(run) -> None:
    printed = run("explain").out
    listed = re.findall(r"^  (T\d{3})  (\S+) +(.*)$", printed, re.MULTILINE)
    assert listed == [(rule.code, rule.name, rule.summary) for rule in catalogue().values()]


@pytest.mark.parametrize("name", ["T106", "t106", "106", "duplicate-key"])
def test_explain_knows_a_rule_by_each_of_its_names(run, name: str) -> None:
    done = run("explain", name)
    assert (done.status, done.out) == (0, f"T106 duplicate-key (error)\n\n{catalogue()['T106'].doc}\n")


# The same command on records with these lines replaced: options, findings told, exit status
CHECKED = [
    ((), {}, [], 0),
    ((), {"locator": ""}, ["T404"], 0),
    (("--strict",), {}, [], 0),
    (("--strict",), {"locator": ""}, ["T404"], 1),
    (("--errors-only",), {"locator": ""}, [], 0),
    (("--errors-only", "--strict"), {"locator": ""}, [], 1),
    ((), {"kind": "kind: formel", "locator": ""}, ["T205", "T404"], 1),
    (("--errors-only",), {"kind": "kind: formel", "locator": ""}, ["T205"], 1),
    (("docs",), {"kind": "kind: formel"}, [], 0),
    (("recommendations",), {"kind": "kind: formel"}, ["T205"], 1),
    (("recommendations/report/ask.md",), {"kind": "kind: formel"}, ["T205"], 1),
    (("recommendations/report/second.md",), {"kind": "kind: formel"}, [], 0),
    (("docs", "recommendations"), {"kind": "kind: formel"}, ["T205"], 1),
    ((".",), {"kind": "kind: formel"}, ["T205"], 1),
    (("rec",), {"kind": "kind: formel"}, None, 2),
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize(("options", "changes", "codes", "status"), CHECKED, ids=str)
def test_check(two, call, form, options, changes, codes, status) -> None:
    two.recommendation(**changes)
    done = call("check", *options, "--format", form, cwd=two.root)
    assert done.status == status
    if codes is None:
        assert done.out == ""
    elif form == "json":
        assert sorted(finding["code"] for finding in json.loads(done.out)) == codes
    else:
        assert sorted(re.findall(r"^\S+:\d+:\d+: (T\d{3}) ", done.out, re.MULTILINE)) == codes


def test_check_says_where_what_and_how_to_mend_it(two, run) -> None:
    two.recommendation(kind="kind: formel")
    place = "recommendations/report/ask.md:6:7: T205"
    done = run("check", cwd=two.root)
    first, hint, summary = done.out.splitlines()
    assert first == f"{place} error: “formel” is not a known value of “kind”"
    assert hint == "    Did you mean “formal”? Allowed: formal, proposal."
    assert summary == (
        "2 recommendations and 8 pages read: 1 error, 0 warnings. What a code means: tracker explain T205"
    )
    assert run("check", "--quiet", cwd=two.root).out.splitlines() == [first]
    assert run("check", "ask.md", cwd=two.root / "recommendations/report").out.splitlines()[0] == first
    [finding] = json.loads(run("check", "--format", "json", cwd=two.root).out)
    assert finding == {
        "path": "recommendations/report/ask.md", "line": 6, "column": 7, "code": "T205", "severity": "error",
        "message": "“formel” is not a known value of “kind”",
        "hint": "Did you mean “formal”? Allowed: formal, proposal.",
    }  # fmt: skip
