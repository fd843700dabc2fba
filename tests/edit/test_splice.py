"""Changes of single values: what is changed is changed, and every other byte is as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edit.texts import DRESSINGS, dressed, records, said, texts
from tracker import frontmatter
from tracker.edit import splice
from tracker.edit.compose import compose
from tracker.edit.entries import appended
from tracker.edit.files import Kept
from tracker.edit.original import Original
from tracker.edit.tidy import tidied
from tracker.errors import TrackerError
from tracker.model import Recommendation
from tracker.yamltext.spans import comments

ENTRY = {"actor": "au", "date": "2020", "status": "no-evidence", "by": "watch", "note": "Looked: found nothing."}

APPENDED = """\
  - actor: au
    date: 2020
    status: no-evidence
    by: watch
    note: "Looked: found nothing."
"""

# (name, before, after): an assessment is added to each.
APPENDS = [
    ("after the last entry, before a comment that follows it",
     "title: A\nassessments:\n  - {actor: eu, date: 2019, by: watch, response: noted} # seen\n  # more to come\norder: 1\n",
     "title: A\nassessments:\n  - {actor: eu, date: 2019, by: watch, response: noted} # seen\n" + APPENDED
     + "  # more to come\norder: 1\n"),
    ("items that are not indented", "assessments:\n- actor: eu\n  by: watch\n",
     "assessments:\n- actor: eu\n  by: watch\n" + APPENDED.replace("\n  ", "\n")[2:]),
    ("an empty list", "title: A\nassessments: [] # none yet\norder: 1\n",
     "title: A\nassessments: # none yet\n" + APPENDED + "order: 1\n"),
    ("a key without a value", "title: A\nassessments: # none yet\n",
     "title: A\nassessments: # none yet\n" + APPENDED),
    ("a null", "title: A\nassessments: ~\n", "title: A\nassessments:\n" + APPENDED),
    ("no such key: in its canonical place", "title: A\nsource: s # the report\nbody-of-it: x\n",
     "title: A\nsource: s # the report\nassessments:\n" + APPENDED + "body-of-it: x\n"),
    ("a note of several lines at the end",
     "assessments:\n  - actor: eu\n    note: |\n      One.\n\n      Two.\n\norder: 1\n",
     "assessments:\n  - actor: eu\n    note: |\n      One.\n\n      Two.\n" + APPENDED + "\norder: 1\n"),
    ("a list in brackets", "assessments: [{actor: eu, by: watch}] # x\n",
     "assessments: [{actor: eu, by: watch}, {actor: au, date: \"2020\", status: no-evidence, by: watch,"
     " note: \"Looked: found nothing.\"}] # x\n"),
]  # fmt: skip


@pytest.mark.parametrize("dressing", DRESSINGS)
@pytest.mark.parametrize(("before", "after"), [case[1:] for case in APPENDS], ids=[case[0] for case in APPENDS])
def test_an_entry_is_added_and_all_else_stays(before: str, after: str, dressing: str) -> None:
    made = splice.append(
        Recommendation, dressed(f"---\n{before}---\nText.\n", dressing), ("assessments",), ENTRY
    )
    assert made == dressed(f"---\n{after}---\nText.\n", dressing)


SETS = [
    (("title",), "B", "title:   'A'   # what it is\norder: 1\n", "title:   B   # what it is\norder: 1\n"),
    (("title",), "no", "title: A\n", 'title: "no"\n'),
    (("order",), 7, "title: A\norder: 1\n", "title: A\norder: 7\n"),
    (("deadline",), "2015", "title: A\ndeadline:\n", "title: A\ndeadline: 2015\n"),
    (("deadline",), "2015", "title: A\ndeadline:   # when?\n", "title: A\ndeadline: 2015   # when?\n"),
    (("themes", 1), "b", "themes: [a, 'c' , d]\n", "themes: [a, b , d]\n"),
    (("measures", 0), "One\nTwo", "measures:\n  - x\n  - y\n", "measures:\n  - |-\n    One\n    Two\n  - y\n"),
    (("kind",), "formal", "title: A\nthemes: [a]\n", "title: A\nkind: formal\nthemes: [a]\n"),
    (("title",), "A", "source: s\n", "title: A\nsource: s\n"),
    (("assessments", 0, "actor"), "au", "assessments:\n  - by: b # who\n", "assessments:\n  - actor: au\n    by: b # who\n"),
    (("assessments", 0, "note"), "Note", "assessments:\n  - {actor: a, by: b}\n", "assessments:\n  - {actor: a, by: b, note: Note}\n"),
]  # fmt: skip


@pytest.mark.parametrize("dressing", DRESSINGS)
@pytest.mark.parametrize(("where", "value", "before", "after"), SETS)
def test_a_value_is_set_and_all_else_stays(where, value, before: str, after: str, dressing: str) -> None:
    made = splice.set_value(Recommendation, dressed(f"---\n{before}---\nText.\n", dressing), where, value)
    assert made == dressed(f"---\n{after}---\nText.\n", dressing)


def test_what_is_broken_is_mended_by_hand_first() -> None:
    with pytest.raises(TrackerError, match=r"a\.md:3: “title” stands twice"):
        splice.set_value(Recommendation, b"---\ntitle: a\ntitle: b\n---\n", ("order",), 1, "a.md")


def test_a_list_is_not_overwritten() -> None:
    with pytest.raises(TrackerError, match="changed one by one"):
        splice.set_value(Recommendation, b"---\nthemes: [a]\n---\n", ("themes",), "b")


@given(records(), st.dictionaries(st.sampled_from(["actor", "by", "note", "date"]), texts(), min_size=1))
def test_adding_an_entry_to_any_record_adds_just_that(raw: bytes, entry: dict) -> None:
    before = frontmatter.read(raw, "x.md")
    made = splice.append(Recommendation, raw, ("assessments",), entry)
    after = frontmatter.read(made, "x.md")
    log = after.data.pop("assessments")
    assert log == [*(before.data.pop("assessments", None) or []), said(entry)]
    assert (after.data, after.body) == (before.data, before.body)
    kept = iter(made.splitlines(keepends=True))  # each line of before stands in after, in that order
    assert [line for line in raw.splitlines(keepends=True) if b"assessments:" not in line and line not in kept] == []


@given(records(), texts(), st.lists(st.sampled_from(["# from the office", "# seen: yes"]), min_size=1, max_size=2))
def test_collecting_keeps_the_comments_of_both_files_or_does_nothing(raw: bytes, note: str, remarks: list) -> None:
    """What `tracker collect` does to a record, and what `tracker fmt` makes of that."""
    entry = {"actor": "au", "date": "2020", "by": "watch", "note": note}
    if "assessments: [{" in raw.decode():
        with pytest.raises(TrackerError, match="in a list in brackets"):
            appended(Kept("x.md", raw), entry, remarks)
        return
    made = appended(Kept("x.md", raw), entry, remarks)
    for text in (made, tidied(Recommendation, made, "x.md")):
        assert frontmatter.read(text, "x.md").data["assessments"][-1] == said(entry)
        kept = sorted(c.text for c in comments(Original(text, "x.md").yaml))
        assert kept == sorted([*(c.text for c in comments(Original(raw, "x.md").yaml)), *remarks])


@given(records(), texts())
def test_a_new_title_changes_no_other_line(raw: bytes, title: str) -> None:
    made = splice.set_value(Recommendation, raw, ("title",), title)
    before, after = frontmatter.read(raw, "x.md"), frontmatter.read(made, "x.md")
    assert after.data == before.data | {"title": said(title)}
    assert after.body == before.body
    kept = iter(made.splitlines(keepends=True))
    assert [line for line in raw.splitlines(keepends=True) if b"title:" not in line and line not in kept] == []


@given(texts(), texts())
def test_any_text_can_be_composed_and_is_read_again_as_it_was(title: str, note: str) -> None:
    data = {"title": title, "measures": [note, title], "assessments": [{"actor": title, "note": note}]}
    made = frontmatter.read(compose(Recommendation, data, note).encode(), "x.md")
    assert made.data == said(data)
    assert made.body == said(note).strip()
