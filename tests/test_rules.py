"""Every rule by example: one file in `rules/` each, with a tiny tracker and its findings.

A case file is named after its rule, such as `rules/T204-impossible-date.txt`, and is found
by itself; a further case of a rule has words of its own after the name, as in
`T204-impossible-date.and-no-more.txt`. What stands above the first section says what the
case is about. Then come

    === recommendations/report/ask.md      a file of the tracker, up to the next section
    === docs/actors/au.md (latin-1)        the same, saved in another encoding
    === expect                             every finding of the tracker, one a line:

    path:line:column: CODE a distinctive part of the message

The files are laid over conftest's MINIMAL and over `first.md`, a recommendation that names
all of MINIMAL's pages, so that nothing is left unused. Files that nothing is expected of
are near misses: the list of findings is exact, so one mistake must give one finding.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import GOOD
from test_bad_input import FORBIDDEN_FILES

from tracker.findings import Severity
from tracker.rules import FAMILIES, Rule, catalogue, in_scope

FOLDER = Path(__file__).parent / "rules"
CASES = sorted(FOLDER.iterdir())
FIRST = GOOD.replace("[au, rigos]", "[au, eu, rigos]").replace("title: Name", "title: First, name")
EXPECTED = re.compile(r"(?P<place>\S.*?:\d+:\d+): (?P<code>T\d{3}) (?P<message>\S.*)")
SECTION = re.compile(r"^=== (?P<name>.+?)(?: \((?P<encoding>[\w-]+)\))?\n", re.MULTILINE)


class Case(NamedTuple):
    files: dict[str, bytes]
    expected: list[tuple[str, str, str]]  # place, code, part of the message

    @classmethod
    def read(cls, path: Path) -> Case:
        about, *parts = SECTION.split(path.read_text(encoding="utf-8"))
        assert about.strip(), f"{path.name} does not say what it is about"
        sections = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
        (last, _, expect) = sections.pop()
        assert last == "expect", f"{path.name} has no expect part at its end"
        lines = [EXPECTED.fullmatch(line) for line in expect.strip().splitlines()]
        assert all(lines), f"{path.name} has a line in its expect part that can't be read"
        return cls({name: text.encode(code or "utf-8") for name, code, text in sections},
                   [m.group("place", "code", "message") for m in lines])  # fmt: skip


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_tracker_has_just_the_findings_that_its_case_expects(path: Path, tracker) -> None:
    case = Case.read(path)
    tracker.write("recommendations/report/first.md", FIRST)
    for name, data in case.files.items():
        tracker.write(name, data)
    found = tracker.project().findings
    listing = "\n".join(map(str, found))
    places = [(f"{f.path}:{f.line}:{f.column}", f.code) for f in found]
    assert places == [(place, code) for place, code, _ in case.expected], f"found:\n{listing}"
    for finding, (place, _, message) in zip(found, case.expected, strict=True):
        assert message in finding.message, f"{place} says: {finding.message}"
        assert finding.hint, f"{place} has no hint"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_is_named_after_its_rule_and_shows_it(path: Path) -> None:
    code = path.stem.partition("-")[0]
    assert path.name.split(".")[0] == f"{code}-{catalogue()[code].name}"
    if "." not in path.stem:  # what has words of its own may show what is no finding
        assert code in [expected for _, expected, _ in Case.read(path).expected]


def test_the_ground_that_cases_are_laid_on_is_in_order(tracker) -> None:
    tracker.write("recommendations/report/first.md", FIRST)
    assert tracker.project().findings == []


def test_every_rule_has_a_case() -> None:
    shown = {path.stem.partition("-")[0] for path in CASES if "." not in path.stem}
    assert shown.isdisjoint(FORBIDDEN_FILES), "shown twice"
    other = {rule.code for rule in in_scope("history")}  # they need two states: test_history_rules.py
    assert sorted(shown | FORBIDDEN_FILES.keys() | other) == list(catalogue())


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_a_rule_says_what_is_wrong_why_it_matters_and_what_to_write_instead(rule: Rule) -> None:
    first, *rest = rule.doc.split("\n\n")
    assert "\n" not in first, "the summary is one line"
    assert first.endswith("."), "the summary is a sentence"
    assert rule.summary == first
    marked = [part.startswith(("**Instead:**", "**Wrong", "**Right:**")) for part in rest]
    assert not marked[0], "what stands between the summary and the advice says why it matters"
    assert rest[0].rstrip().endswith((".", ":"))
    advice = "\n\n".join(part for part, is_advice in zip(rest, marked, strict=True) if is_advice)
    assert "**Instead:**" in advice or "**Right:**" in advice, "it says what to write instead"
    assert ("**Wrong" in advice) <= ("**Right:**" in advice), "what is wrong is followed by what is right"


@pytest.mark.parametrize("rule", catalogue().values(), ids=lambda rule: rule.code)
def test_a_rule_has_a_code_of_a_family_and_a_name_to_ask_for(rule: Rule) -> None:
    assert re.fullmatch(r"T\d{3}", rule.code)
    assert rule.code[:2] in FAMILIES
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert [other.code for other in catalogue().values() if other.name == rule.name] == [rule.code]


def test_only_drafting_advice_and_ties_between_records_may_be_warnings() -> None:
    """What makes a file unreadable, wrong by itself or dangerous stops the build."""
    families = {rule.code[:2] for rule in catalogue().values() if rule.severity is Severity.WARNING}
    assert families == {"T3", "T4"}
