"""`tracker fmt`: one canonical shape, with every comment, and the same meaning, or none at all."""

from __future__ import annotations

import json

import pytest
from conftest import ROOT
from hypothesis import given

from edit.texts import DRESSINGS, dressed, records
from tracker import frontmatter
from tracker.edit import tidy
from tracker.edit.original import Original
from tracker.edit.tidy import LeftAlone, tidied
from tracker.model import Recommendation
from tracker.yamltext.spans import comments

# As a web editor leaves it: keys in its own order, unquoted words, wrapped texts, other lists.
SCRAMBLED = """\
---
assessments:
  - by: watch
    note: >-
      Searched the site, and
      asked the office.
    actor: no
    date: '2020'
    status: "no-evidence"
themes:
  - gender
addressed_to: [ no, 'eu' ]
title: 'Name a desk: now'
source: report
order: 7
measures: ["A desk is named.", 'It answers.']
---

What is asked.

"""
CANONICAL = """\
---
title: "Name a desk: now"
source: report
order: 7
addressed_to: ["no", eu]
themes: [gender]
measures:
  - A desk is named.
  - It answers.
assessments:
  - actor: "no"
    date: 2020
    status: no-evidence
    by: watch
    note: Searched the site, and asked the office.
---
What is asked.
"""

REMARKED = """\
---
# about this record
source: report   # the source
title: A
themes: [a, # first
  b] # both
# the measures
measures:
  # one
  - Named.   # why
  - "Open: all year."
    # deeper
  # end of the measures
note: |  # long
  a
   b
assessments:
# zero
- by: b # by whom
  # about the actor
  actor: a
  evidence: [{url: "x", title: t}]
  # after the evidence
- # odd
  actor: b
# the end
---
"""
IN_ORDER = """\
---
title: A
# about this record
source: report # the source
# first
themes: [a, b] # both
# the measures
measures:
  # one
  - Named. # why
  - "Open: all year."
  # deeper
  # end of the measures
assessments:
  # zero
  # about the actor
  - actor: a
    by: b # by whom
    evidence:
      - title: t
        url: x
    # after the evidence
  # odd
  - actor: b
note: | # long
  a
   b
# the end
---
"""


@pytest.mark.parametrize("dressing", DRESSINGS)
@pytest.mark.parametrize(("before", "after"), [(SCRAMBLED, CANONICAL), (REMARKED, IN_ORDER), (CANONICAL, CANONICAL)])
def test_a_record_gets_its_usual_shape_and_keeps_comments_and_line_ends(before, after, dressing) -> None:
    assert tidied(Recommendation, dressed(before, dressing), "x.md") == dressed(after, dressing)


@given(records())
def test_no_record_changes_in_meaning_or_loses_a_comment(raw: bytes) -> None:
    made = tidied(Recommendation, raw, "x.md")
    before, after = frontmatter.read(raw, "x.md"), frontmatter.read(made, "x.md")
    assert (after.data, after.body, after.findings) == (before.data, before.body, [])
    assert sorted(c.text for c in comments(Original(made, "x").yaml)) == sorted(
        c.text for c in comments(Original(raw, "x").yaml)
    )
    assert tidied(Recommendation, made, "x.md") == made
    assert made.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\r\n") in (0, made.count(b"\n"))


@pytest.mark.parametrize(("text", "said"), [
    ("---\ntitle: a\ntitle: b\n---\n", "x.md:3: “title” stands twice"),
    ("---\ntitle: *a\n---\n", "x.md:2: “*a” is a YAML alias"),
    ("---\ntitle: a: b\n---\n", "x.md:2: there is a second colon"),
    ("---\n- a\n---\n", "x.md:2: the front matter is a list"),
    ("no front matter", "x.md:1: the file does not begin with front matter"),
])  # fmt: skip
def test_what_cant_be_read_is_left_alone_and_the_reason_is_told(text: str, said: str) -> None:
    with pytest.raises(LeftAlone) as why:
        tidied(Recommendation, text.encode(), "x.md")
    assert str(why.value).startswith(said)


def test_a_shape_that_would_lose_something_is_not_used(monkeypatch) -> None:
    """The proof is what counts, not the code that it watches over."""
    raw = b"---\ntitle:   A\nsource: s # where\n---\nText.\n"
    lose = tidy._Tidier.text
    for broken, said in (
        (lambda self, data, shape: [line.split(" #")[0] for line in lose(self, data, shape)], "x.md:3: there is no"),
        (lambda self, data, shape: [*lose(self, data, shape), "kind: formal"], "its facts would not"),
        (lambda self, data, shape: [*lose(self, data, shape), "---", "More."], "its text would not"),
    ):
        monkeypatch.setattr(tidy._Tidier, "text", broken)
        with pytest.raises(LeftAlone, match=said):
            tidied(Recommendation, raw, "x.md")


# The command


def test_the_command_writes_once_and_then_has_nothing_to_do(tracker, run) -> None:
    file = tracker.recommendation(text=SCRAMBLED)
    file.chmod(0o640)
    tracker.write("docs/index.md", "# Prose   \n")
    check = run("fmt", "--check", cwd=tracker.root)
    assert (check.status, "ask.md: would change" in check.out) == (1, True)
    dry = run("fmt", "--dry-run", cwd=tracker.root)
    assert (dry.status, '+title: "Name a desk: now"' in dry.out) == (0, True)
    assert file.read_text() == SCRAMBLED
    assert run("fmt", cwd=tracker.root).status == 0
    assert file.read_text() == CANONICAL
    assert file.stat().st_mode & 0o777 == 0o640
    again = run("fmt", "--check", cwd=tracker.root)
    assert (again.status, "0 would change, 0 left alone" in again.out) == (0, True)


def test_a_record_that_cant_be_proved_safe_is_named_with_its_line_and_the_others_are_done(tracker, run) -> None:
    tracker.recommendation("bad", text="---\ntitle: a: b\n---\n")
    file = tracker.recommendation("good", text=SCRAMBLED)
    ran = run("fmt", "recommendations/report", cwd=tracker.root)
    assert ran.status == 1
    assert "recommendations/report/bad.md:2: left alone: there is a second colon in this line" in ran.out
    assert file.read_text() == CANONICAL
    told = json.loads(run("fmt", "--check", "--format", "json", cwd=tracker.root).out)
    assert [(one["path"], one["line"]) for one in told if not one["changed"]] == [("recommendations/report/bad.md", 2)]


def test_only_what_is_named_is_touched(tracker, run) -> None:
    one, other = (tracker.recommendation(name, text=SCRAMBLED) for name in ("one", "other"))
    assert run("fmt", "recommendations/report/one.md", cwd=tracker.root).status == 0
    assert (one.read_text(), other.read_text()) == (CANONICAL, SCRAMBLED)
    assert run("fmt", "nothing.md", cwd=tracker.root).status == 2


def test_every_record_of_the_real_corpus_can_be_brought_into_shape() -> None:
    from tracker.config import FILE_NAME
    from tracker.project import load_config
    from tracker.reader import Reader

    assert (ROOT / FILE_NAME).exists()
    reader = Reader(load_config(ROOT)[1])
    for path in (ROOT / "recommendations").rglob("*.md"):
        name = path.relative_to(ROOT).as_posix()
        tidied(reader.types[reader.collection_of(name)], path.read_bytes(), name)
