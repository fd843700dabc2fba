"""`tracker check --format`: one list of findings for forges, editors and other programs.

Paths and texts are a stranger's; in no format can they become anything but text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from conftest import GOOD, ROOT
from repositories import Repository

from tracker.findings import Finding, Severity
from tracker.formats import fingerprints, github, gitlab, placed, sarif, worst_first
from tracker.rules import catalogue

HOSTILE_PATHS = [
    "recommendations/a report/with spaces.md",
    "recommendations/x/a,line=1::error file=other.md",
    "recommendations/x/percent%0A::warning::hi.md",
    "recommendations/x/line\n::error::injected.md",
    "recommendations/x/turned\u202etxt.md",
    "recommendations/x/tick`s|pipe<b>@all#1.md",
    "recommendations/x/not-utf-8-\udcff.md",
]
HOSTILE_TEXT = "there is no “x\r\n::set-output name=a::b, 100% </td> @everyone #1”"


def finding(path: str = "docs/a.md", line: int = 3, code: str = "T301", message: str = "wrong", **more) -> Finding:
    return Finding(path, line, 5 if line else 0, code, catalogue()[code].severity, message, **more)


@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=ascii)
def test_an_annotation_is_one_line_whatever_it_holds(path: str) -> None:
    (line,) = github.annotations(placed([finding(path, message=HOSTILE_TEXT, hint="a, b: c\nd")], ""))
    assert "\n" not in line
    assert "\r" not in line
    properties, _, text = line.removeprefix("::error ").partition("::")
    keys = [part.split("=")[0] for part in properties.split(",")]
    assert keys == ["file", "line", "col", "title"], "nothing in a path adds a property"
    assert "%0Aa, b: c%0Ad" in text
    assert "100%25" in text
    line.encode()


def test_ten_of_a_kind_worst_first_and_the_rest_is_announced() -> None:
    found = [finding(f"docs/{n:02}.md", code="T301") for n in range(12)]
    found += [finding("docs/z.md", code="T901", line=0), finding("docs/y.md", code="T501")]
    found += [finding(f"docs/{n:02}.md", code="T405") for n in range(11)]
    lines = list(github.annotations(found))
    kinds = [re.match(r"::(\w+)", line)[1] for line in lines]
    assert kinds == ["error"] * 10 + ["notice"] + ["warning"] * 10 + ["notice"]
    assert lines[0] == "::error file=docs/z.md,title=T901::wrong"
    assert "T501" in lines[1]
    assert lines[10].endswith("4 more errors: see the summary of this run")
    assert lines[-1].endswith("1 more warning: see the summary of this run")


def test_the_summary_lists_all_and_is_cut_where_github_would_refuse_it() -> None:
    found = [finding(f"docs/{n:05}.md", message=HOSTILE_TEXT) for n in range(9000)]
    text = github.summary(found, "9,000 errors")
    assert len(text.encode()) < 1024 * 1024
    assert re.search(r"\.\.\. and [\d,]+ more\. See them all with: `tracker check`$", text.strip())
    rows = github.summary(found[:20], "20 errors").splitlines()[4:]
    assert len(rows) == 20
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows), "no text adds a cell"
    assert "@everyone" not in text
    assert "</td>" not in text.replace("\\<", "<!")


@pytest.fixture(scope="session")
def sarif_schema() -> dict:
    file = ROOT / ".venv/node/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    if not file.is_file():
        pytest.fail("the schema of SARIF is not installed: make .venv/node/.ready")
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("site_url", ["", "https://example.org/tracker/"])
def test_sarif_is_valid_and_carries_the_rules_own_words(sarif_schema, site_url: str) -> None:
    found = placed([finding(p, message=HOSTILE_TEXT) for p in HOSTILE_PATHS] + [finding(line=0)], "a tracker/")
    made = json.loads(sarif.log(found, site_url))
    jsonschema.Draft7Validator(sarif_schema).validate(made)
    (run,) = made["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(catalogue())
    assert all(rule["help"]["markdown"] == catalogue()[rule["id"]].doc for rule in rules)
    pages = {rule.get("helpUri") for rule in rules if rule["id"] == "T301"}
    assert pages == ({"https://example.org/tracker/rules/T301.html"} if site_url else {None})
    for f, result in zip(found, run["results"], strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == "T301"
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == f.path
        assert ":" not in place["artifactLocation"]["uri"], "a path can't be read as an address"
        assert ("region" in place) is bool(f.line)


def test_gitlab_gets_what_its_code_quality_report_needs() -> None:
    found = placed([finding(p) for p in HOSTILE_PATHS] + [finding(code="T405", line=0), finding(code="T501")], "")
    made = json.loads(gitlab.report(found))
    assert [e["severity"] for e in made[-2:]] == ["minor", "blocker"]
    assert len({e["fingerprint"] for e in made}) == len(made)
    for entry in made:
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["location"]["lines"]["begin"] >= 1


def test_a_fingerprint_stays_when_lines_move_and_tells_equals_apart() -> None:
    marks = [mark for _, mark in fingerprints([finding(line=3), finding(line=9)])]
    assert marks == [mark for _, mark in fingerprints([finding(line=13), finding(line=19)])]
    assert len(set(marks)) == 2
    assert marks[0] != next(fingerprints([finding("docs/b.md")]))[1]


def test_the_worst_come_first() -> None:
    found = [finding(code=code) for code in ("T405", "T301", "T204", "T105", "T501", "T906")]
    assert [f.code for f in worst_first(found)] == ["T906", "T501", "T105", "T204", "T301", "T405"]
    assert worst_first(found)[-1].severity is Severity.WARNING


# As a person or a workflow runs it


@pytest.fixture
def nested(tracker, tmp_path: Path):
    """A tracker with one mistake, in a folder of a repository."""
    Repository(tmp_path)
    tracker.recommendation(text=GOOD, kind="kind: formel")
    return tracker


@pytest.mark.parametrize("form", ["github", "gitlab", "sarif"])
def test_forges_get_paths_from_the_top_of_the_repository(nested, run, form: str, sarif_schema) -> None:
    done = run("check", "--format", form, cwd=nested.root)
    assert done.status == 1
    assert "tracker/recommendations/report/ask.md" in done.out
    if form != "github":
        json.loads(done.out)
    one = run("check", "--format", form, "docs", cwd=nested.root)
    assert (one.status, "report/ask.md" in one.out) == (0, False)


def test_github_appends_the_full_list_to_the_summary(nested, run, tmp_path: Path) -> None:
    target = tmp_path / "summary.md"
    target.write_text("before\n")
    run("check", "--format", "github", cwd=nested.root, env={"GITHUB_STEP_SUMMARY": str(target)})
    text = target.read_text(encoding="utf-8")
    assert text.startswith("before\n### 1 recommendation and 7 pages read\\: 1 error, 1 warning.")
    assert "| `tracker/recommendations/report/ask.md:6` | ❌ T205: " in text
    done = run("check", "--format", "github", cwd=nested.root, env={"GITHUB_STEP_SUMMARY": str(tmp_path)})
    assert (done.status, "the summary can't be written" in done.err) == (2, True)


@pytest.mark.parametrize("form", ["text", "json", "github", "gitlab", "sarif"])
def test_a_file_name_that_is_not_utf_8_breaks_nothing(tracker, run, form: str) -> None:
    folder = tracker.write("recommendations/report/.keep", "").parent
    with Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff\x1b[2J.md")).open("w") as file:
        file.write("---\ntitle: [\n---\n")
    done = subprocess.run(
        [os.fspath(Path(os.sys.executable)), "-m", "tracker", "check", "--format", form],
        cwd=tracker.root, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert b"\x1b" not in done.stdout
    assert b"Traceback" not in done.stderr
    done.stdout.decode("utf-8")
