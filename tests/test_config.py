"""`tracker.yml`: the defaults, collections and words of one's own, and what is said of mistakes."""

from __future__ import annotations

import posixpath
import re
from collections import Counter

import pytest

from tracker import model, vocabulary
from tracker.config import Config
from tracker.errors import TrackerError
from tracker.project import Project, load_config
from tracker.site.edition import Edition
from tracker.site.pages import pages

DESIGNED = {
    "mechanisms", "cases", "instruments", "contacts", "practices", "statements", "indicators", "guidance",
    "meetings", "glossary",
}  # fmt: skip
TOOLS = """\
collections:
  tools:
    label: Tools & more
    singular: Tool
    description: What was used.
    home: true
    columns: [maker, kind, made, price, site]
    fields:
      summary: {label: Summary, required: true}
      made: {label: Made, type: date}
      site: {label: Site, type: url}
      price: {label: Price, type: number}
      maker: {label: Maker, to: actors}
      users: {label: Users, to: actors, many: true}
      asks: {label: Asks, to: recommendations, many: true}
      parts: {label: Parts, to: tools, many: true}
      kind: {label: Kind, values: {hard: Hardware, soft: Software}}
      kinds: {label: Kinds, many: true, values: {old: Old one, new: New one}}
      tags: {label: Tags, many: true}
      sizes: {label: Sizes, type: number, many: true}
      owner: {label: Owner, fields: {who: {label: Who, to: actors, required: true}, since: {label: Since, type: date}}}
      tests:
        label: Tests
        many: true
        fields:
          grade: {label: Grade, values: {good: Good enough}}
          by: {label: By, to: actors}
          page: {label: Page, type: url}
"""
HAMMER = """\
---
title: A hammer
summary: It drives nails.
made: 2010-05
site: https://example.org/hammer
price: 12
maker: au
users: [eu, lab]
asks: [ask]
parts: [nail]
kind: hard
kinds: [old, new]
tags: [red, blunt]
sizes: [1, 2.5]
owner: {who: rigos, since: 2011}
tests:
  - {grade: good, by: watch, page: "https://example.org/test"}
---
A body.
"""
NAIL = "---\ntitle: A nail\nsummary: It holds.\nkinds: [new]\nkind: soft\n---\nA body.\n"


@pytest.fixture
def tools(tracker):
    tracker.write("tracker.yml", f"name: Mine\nlead_assessor: watch\n{TOOLS}")
    tracker.write("docs/tools/hammer.md", HAMMER)
    tracker.write("docs/tools/nail.md", NAIL)
    tracker.write("docs/actors/lab.md", "---\ntitle: A laboratory\n---\nUses tools.\n")
    tracker.recommendation()
    return tracker


def made(tracker) -> dict[str, str]:
    return {page.path: page.text for page in pages(tracker.project(), Edition("2026-06-30", None, None))}


# Without a file


def test_everything_has_a_default(tracker) -> None:
    (tracker.root / "tracker.yml").unlink()
    tracker.recommendation()
    known = tracker.project()
    assert known.config == Config()
    assert set(known.config.collections) == DESIGNED
    assert (known.config.lead_assessor, known.config.review_months, known.config.forge) == ("", 24, None)
    assert {f.code for f in known.findings} <= {"T309"}
    assert made(tracker)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "name: Mine\n", "\ufeffname: Mine\r\n"])
def test_what_the_file_leaves_out_has_its_default(tracker, text: str) -> None:
    tracker.write("tracker.yml", text)
    read = load_config(tracker.root)[1]
    assert read.name == ("Mine" if "Mine" in text else Config().name)
    assert read.vocabulary == Config().vocabulary
    assert set(read.collections) == DESIGNED


def test_the_defaults_of_the_words_are_those_of_the_design() -> None:
    words = Config().vocabulary
    assert list(words.status) == list(vocabulary.STATUS)
    assert {k for k, s in words.status.items() if not s.counted} == {"overtaken"}
    assert {k for k, s in words.status.items() if s.done} == {"implemented", "ongoing"}
    assert {k for k, s in words.status.items() if not s.open} == {"implemented", "dropped", "overtaken"}
    assert {k: s.score for k, s in words.status.items()} == {
        "implemented": 3, "ongoing": 3, "partly-implemented": 2, "under-way": 1, "planned": 1, "stalled": 1,
        "not-started": 0, "no-evidence": 0, "reversed": 0, "dropped": 0, "overtaken": None,
        "not-assessed": None,
    }  # fmt: skip
    assert all(term.definition for term in (*words.status.values(), *words.response.values()))
    assert "not-assessed" not in words.allowed("status")
    assert "none" not in words.allowed("response")


# A collection of one's own


def test_a_declared_collection_is_read_with_every_type_of_field(tools) -> None:
    hammer = tools.project().corpus.collections["tools"]["hammer"]
    assert model.plain(hammer) | {"$path": "", "$body": ""} == {
        "id": "hammer", "$path": "", "$body": "", "title": "A hammer", "summary": "It drives nails.",
        "made": "2010-05", "site": "https://example.org/hammer", "price": 12.0, "maker": "au",
        "users": ["eu", "lab"], "asks": ["ask"], "parts": ["nail"], "kind": "hard", "kinds": ["old", "new"],
        "tags": ["red", "blunt"], "sizes": [1.0, 2.5], "owner": {"who": "rigos", "since": "2011"},
        "tests": [{"grade": "good", "by": "watch", "page": "https://example.org/test"}],
    }  # fmt: skip
    assert tools.codes() == []


# line of the record: (what is written instead, code, line and column of the finding)
WRONG = {
    "summary: It drives nails.": ("", "T202", (1, 1)),
    "made: 2010-05": ("made: 2010-13", "T204", (4, 7)),
    "site: https://example.org/hammer": ("site: javascript:alert(1)", "T907", (5, 7)),
    "price: 12": ("price: twelve", "T203", (6, 8)),
    "maker: au": ("maker: ua", "T301", (7, 8)),
    "users: [eu, lab]": ("users: [eu, lap]", "T301", (8, 13)),
    "asks: [ask]": ("asks: [ask, ax]", "T301", (9, 13)),
    "parts: [nail]": ("parts: nail", "T203", (10, 8)),
    "kind: hard": ("kind: hart", "T205", (11, 7)),
    "kinds: [old, new]": ("kinds: [old, nwe]", "T205", (12, 14)),
    "tags: [red, blunt]": ("tags: [red, red]", "T217", (13, 13)),
    "sizes: [1, 2.5]": ("sizes: [1, big]", "T203", (14, 12)),
    "owner: {who: rigos, since: 2011}": ("owner: {since: 2011}", "T202", (15, 8)),
    '  - {grade: good, by: watch, page: "https://example.org/test"}': ("  - {grade: god}", "T205", (17, 13)),
}


@pytest.mark.parametrize("line", WRONG)
def test_a_declared_collection_is_checked(tools, line: str) -> None:
    instead, code, place = WRONG[line]
    assert HAMMER.count(line) == 1
    tools.write("docs/tools/hammer.md", HAMMER.replace(f"{line}\n", f"{instead}\n" if instead else ""))
    assert [(f.code, (f.line, f.column)) for f in tools.project().findings if f.severity == "error"] == [
        (code, place)
    ]


def test_a_declared_collection_has_pages_with_every_field(tools) -> None:
    shown = made(tools)
    assert {"tools/index.md", "tools/hammer.md", "tools/nail.md"} <= set(shown)
    for words in (
        "A hammer", "It drives nails.", "May 2010", '<a href="https://example.org/hammer"', "Hardware",
        "Old one", "New one", "red", "blunt", "<dd>12</dd>", "<dd>1, 2.5</dd>", "Good enough", "2011",
    ):  # fmt: skip
        assert words in shown["tools/hammer.md"], words
    assert "Tools &amp; more" in shown["index.md"]
    assert "Tools &amp; more (2)" in shown["registers.md"]


def test_the_columns_of_a_declared_collections_table_are_its_own(tools) -> None:
    table = made(tools)["tools/index.md"]
    heads = table.split("<thead>")[1].split("</thead>")[0]
    assert [part.split("<")[0] for part in heads.split('scope="col">')[1:]] == [
        "Tool", "Maker", "Kind", "Made", "Price", "Site"]  # fmt: skip
    for words in ("Hardware", "Software", "May 2010", ">12<"):
        assert words in table


def test_a_column_may_have_several_values_of_a_list(tools) -> None:
    tools.write("tracker.yml", f"lead_assessor: watch\n{TOOLS.replace('[maker, ', '[kinds, ')}")
    table = made(tools)["tools/index.md"]
    assert "Old one, New one" in table
    assert "[&#39;" not in table


def links(page: str, text: str) -> set[tuple[str, str]]:
    """(page, words) of every link on a page."""
    return {
        (posixpath.normpath(posixpath.join(posixpath.dirname(page), target)), words)
        for target, words in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', text)
    }


@pytest.mark.parametrize(("field", "target", "words"), [
    ("maker", "actors/au", "AU"), ("users", "actors/eu", "EU"), ("parts", "tools/nail", "A nail"),
    ("asks", "recommendations/ask", "Name a desk for civil society"),
    ("owner.who", "actors/rigos", "Regional organisations"), ("tests.by", "actors/watch", "Watch"),
])  # fmt: skip
def test_links_of_a_declared_collection_go_both_ways(tools, field: str, target: str, words: str) -> None:
    shown = made(tools)
    assert (f"{target}.html", words) in links("tools/hammer.md", shown["tools/hammer.md"])
    assert ("tools/hammer.html", "A hammer") in links(f"{target}.md", shown[f"{target}.md"])


def test_every_page_is_made_once_whatever_a_collection_is_called(tools) -> None:
    """A collection that would take the place of the site's own pages is refused, or kept apart."""
    for name in ("rules", "assets", "manual", "data"):
        tools.write("tracker.yml", f"collections: {{{name}: {{label: X, singular: X}}}}")
        tools.write(f"docs/{name}/entry.md", "---\ntitle: X\n---\nA body.\n")
        try:
            found = Counter(page.path for page in pages(tools.project(), Edition("2026-06-30", None, None)))
        except TrackerError:
            continue
        assert not [path for path, times in found.items() if times > 1], name


# Words of one's own


def test_ones_own_words_take_the_place_of_the_list(tracker) -> None:
    tracker.write("tracker.yml", """\
lead_assessor: watch
vocabulary:
  status:
    good: {label: Well done, score: 3, done: true, open: false, colour: green, icon: check}
    bad: {label: Not so well, score: 0}
    gone: {label: No longer asked, counted: false, evidence: false}
  strength: {should: {label: Ought}}
""")
    entry = "{{actor: au, by: watch, date: 2010, status: {}, evidence: [{{title: T, symbol: S}}]}}"
    log = f"assessments: [{entry}]"
    asked = "addressed_to: [au]"
    tracker.recommendation("one", assessments=log.format("good"), title="title: One")
    tracker.recommendation("two", assessments=log.format("gone"), title="title: Two", addressed_to=asked)
    assert tracker.codes() == ["T309"]
    shown = made(tracker)
    assert "Well done" in shown["recommendations/one.md"]
    assert "No longer asked" in shown["recommendations/two.md"]
    assert "Not so well" in shown["method.md"]
    assert "Partly implemented" not in shown["method.md"]
    assert "Ought" in shown["recommendations/one.md"]
    tracker.recommendation("one", assessments=log.format("implemented"), title="title: One")
    [finding] = [f for f in tracker.project().findings if f.code != "T309"]
    assert (finding.code, finding.hint) == ("T205", "Allowed: good, bad, gone.")


# Mistakes: text of the file, then line, column and message of each finding
MISTAKES = {
    "unknown key": ("name: X\nnaem: Y\n", [(2, 1, "there is no field “naem”")]),
    "unknown key, deep": (
        "collections:\n  tools:\n    label: T\n    singular: T\n    colums: [x]\n",
        [(5, 5, "there is no field “colums”")]),
    "two of them": ("naem: X\nlead: Y\n", [(1, 1, "there is no field “naem”"), (2, 1, "no field “lead”")]),
    "not a number": ("name: X\nreview_months: two\n", [(2, 16, "must be a number, not “two”")]),
    "not a list": ("too_broad: un-system\n", [(1, 12, "must be a list")]),
    "missing": ("collections:\n  tools:\n    label: T\n", [(3, 5, "“singular” is missing")]),
    "not a type": (
        "collections: {t: {label: T, singular: T, fields: {a: {label: A, type: dat}}}}\n",
        [(1, 71, "“dat” is not a type")]),
    "no such collection": (
        "collections: {t: {label: T, singular: T, fields: {a: {label: A, to: actor}}}}\n",
        [(1, 69, "there is no collection “actor”")]),
    "no such column": (
        "collections: {t: {label: T, singular: T, columns: [b]}}\n", [(1, 51, "“b” is not a field")]),
    "one of the core's names": (
        "collections: {actors: {label: T, singular: T}}\n", [(1, 23, "one of the tracker's own")]),
    "no name for a folder": (
        "collections: {my-tools: {label: T, singular: T}}\n", [(1, 25, "can't be the name of a collection")]),
    "no name for a field": (
        "collections: {t: {label: T, singular: T, fields: {a b: {label: A}}}}\n",
        [(1, 56, "can't be the name of a field")]),
    "forge": ("forge: {url: https://x.org, kind: svn}\n", [(1, 35, "“svn” is not a forge")]),
    "duplicate key": ("name: X\nname: Y\n", [(2, 1, "stands twice")]),
    "syntax": ("name: X: Y\n", [(1, 8, "")]),
    "anchor": ("name: &a X\n", [(1, 7, "")]),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_told_with_line_and_column(tracker, call_check, name: str) -> None:
    text, expected = MISTAKES[name]
    tracker.write("tracker.yml", text)
    told = [line for line in call_check(tracker).split("\n") if line.startswith("tracker.yml:")]
    assert len(told) == len(expected)
    for line, (row, column, message) in zip(told, expected, strict=True):
        assert line.startswith(f"tracker.yml:{row}:{column}: T")
        assert message in line


@pytest.fixture
def call_check():
    def call(tracker) -> str:
        with pytest.raises(TrackerError) as error:
            Project(tracker.root, "2026-06-30", use_cache=False)
        return error.value.message

    return call


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", b"name: caf\xe9\n"])
def test_what_is_no_configuration_is_one_message(tracker, run, text) -> None:
    tracker.write("tracker.yml", text)
    done = run("check", cwd=tracker.root)
    assert done.status == 2
    assert "tracker.yml" in done.err


@pytest.mark.parametrize("name", ["id", "path", "body", "title", "aliases", "lang", "sources"])
def test_a_field_can_not_take_the_name_of_one_that_every_record_has(tracker, name: str) -> None:
    """Its values would be lost, or put in the place of the record's own."""
    tracker.write(
        "tracker.yml", f"collections: {{t: {{label: T, singular: T, fields: {{{name}: {{label: Own}}}}}}}}\n"
    )
    with pytest.raises(TrackerError, match=f"field.* “{name}”"):
        tracker.project()


@pytest.mark.parametrize("name", ["outcomes", "teaches", "definition"])
def test_a_field_is_shown_whatever_it_is_called(tracker, name: str) -> None:
    tracker.write(
        "tracker.yml", f"collections: {{t: {{label: T, singular: T, fields: {{{name}: {{label: Own}}}}}}}}\n"
    )
    tracker.write("docs/t/one.md", f"---\ntitle: One\n{name}: what it says\n---\nA body.\n")
    assert "what it says" in made(tracker)["t/one.md"]
