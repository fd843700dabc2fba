"""`tracker review`: what a change says, what is wrong, what to look at."""

from __future__ import annotations

import json

import cmarkgfm
import pytest
from conftest import GOOD
from hypothesis import example, given
from hypothesis import strategies as st
from repositories import Repository

from tracker.escape import code, escaped
from tracker.review.comment import MARK
from tracker.review.parcel import live, packed, unpacked
from tracker.review.people import hidden, newly_private

EVIDENCE = '[{title: A report, url: "https://www.example.org/r.pdf", locator: p. 3}, {title: Minutes, source: report}]'
LOG = f"assessments:\n  - {{actor: au, date: 2012, status: planned, by: watch, evidence: {EVIDENCE}}}"
INBOX = f"""\
---
recommendation: ask
actor: au
date: 2014-05-01
status: partly-implemented
response: accepted
by: watch
basis: document
evidence: {EVIDENCE}
---
The desk is there, and nobody answers.
"""


@pytest.fixture
def published(tracker) -> Repository:
    tracker.recommendation(assessments=LOG)
    made = Repository(tracker.root)
    made.commit("What is published")
    made.git("checkout", "-q", "-b", "change")
    return made


@pytest.fixture
def review(tracker, published, run):
    """The review of the work tree: its lines without the first three, and the exit status."""

    def look(*more: str) -> tuple[int, str]:
        done = run("review", "main", *more, cwd=tracker.root)
        assert done.err == ""
        assert done.out.startswith(f"{MARK}\n### What this change says\n\n")
        assert live(done.out) == ""
        return done.status, done.out

    return look


def test_nothing_changed(review) -> None:
    status, text = review()
    assert (status, text.splitlines()[3]) == (0, "✅ Nothing changed. The form is in order.")


def test_an_assessment_in_the_inbox_is_told_in_plain_words(tracker, review) -> None:
    tracker.write("recommendations/inbox/ask--au.md", INBOX)
    status, text = review()
    assert status == 0, text
    assert text.splitlines()[3].startswith("✅ 1 new assessment, 1 record changed in meaning.")
    assert (
        "- According to Watch, AU had partly implemented “Name a desk for civil society” by 1 May 2014, and it "
        "accepted it, resting on 2 documents (`ask`, waiting in the inbox)."
    ) in text
    assert "  - A report, p. 3: `https://www.example.org/r.pdf`" in text
    assert "  - Minutes, in `docs/sources/report.md`" in text
    assert "  - Note: The desk is there, and nobody answers." in text
    assert "**Does the evidence open?** 1 address below." in text
    assert "Has somebody looked who reads code" not in text


def test_words_of_a_tracker_of_its_own_are_quoted(tracker, published, run) -> None:
    tracker.write("tracker.yml", "name: T\nlead_assessor: watch\nvocabulary:\n  status:\n"
                  "    planned: {label: Planned}\n    good: {label: Good enough, done: true}\n")  # fmt: skip
    tracker.write("recommendations/inbox/a.md", INBOX.replace("partly-implemented", "good"))
    out = run("review", "main", cwd=tracker.root).out
    assert "“Name a desk for civil society” was “Good enough” with AU by 1 May 2014" in out


# What changes: (path or None for the record, text, what the reviewer is asked)
ASKED = {
    "a published entry is altered": (None, LOG.replace("planned", "implemented"), "Why is something changed"),
    "a body judges itself": (None, LOG + "\n  - {actor: eu, date: 2013, status: planned, by: eu}", "Who judges?"),
    "no document": (None, LOG + "\n  - {actor: eu, date: 2013, status: no-evidence, by: watch}", "What does it rest on?"),
    "no address": (None, LOG + "\n  - {actor: eu, date: 2013, status: planned, by: watch, evidence: [{title: X}]}",
                   "Can the evidence be found?"),
    "a correction": (None, LOG + "\n  - {actor: au, date: 2013, status: planned, by: watch, corrects: 2012, evidence: "
                     "[{title: T, source: report}]}", "Does the correction say why"),
    "a mail address": (None, LOG + "\n  - {actor: eu, date: 2013, status: no-evidence, by: watch, note: a.b@example.org}",
                       "Is a person exposed?"),
    "a new recommendation": ("recommendations/report/new.md", GOOD.replace("desk", "fund"), "Does the document ask this?"),
    "a new document": ("docs/sources/second.md", "---\ntitle: A second report\n---\nX.\n", "Is the new document public"),
    "a new body": ("docs/actors/un.md", "---\ntitle: United Nations\n---\nX.\n", "about a body or an office"),
    "the program": ("setup.py", "print()", "Has somebody looked who reads code?"),
    "a workflow": (".github/workflows/x.yml", "on: push", "Has somebody looked who reads code?"),
    "a picture": ("docs/pictures/x.png", "x", "May each new picture or PDF be published?"),
}  # fmt: skip
QUESTIONS = {question for _, _, question in ASKED.values()}


@pytest.mark.parametrize("name", ASKED)
def test_the_checklist_asks_what_the_change_asks_for(tracker, review, name: str) -> None:
    path, text, question = ASKED[name]
    if path is None:
        tracker.recommendation(assessments=text)
    else:
        tracker.write(path, text)
    _, out = review()
    checklist = [line for line in out.splitlines() if line.startswith("- [ ] ")]
    assert sum(question in line for line in checklist) == 1
    assert "does it protect people?" in checklist[-1], "this is asked of every change"
    if name == "the program":
        assert not any(q in line for q in QUESTIONS - {question} for line in checklist)
    assert "a.b@" not in out


def test_what_is_wrong_is_told_with_how_to_mend_it_and_old_findings_are_counted(tracker, published, run) -> None:
    tracker.recommendation("old", locator="")
    published.commit("Published with a warning")
    published.git("branch", "-f", "main")
    tracker.recommendation("new", kind="kind: formel")
    done = run("review", "main", cwd=tracker.root)
    assert done.status == 1
    assert done.out.splitlines()[3] == "⛔ 1 new recommendation. **1 error to mend before it can be accepted.**"
    assert "- ❌ `recommendations/report/new.md:6`: “formel” is not a known value of “kind”. Did you mean" in done.out
    assert "3 findings elsewhere were there before." in done.out
    assert "old.md" not in done.out


def test_a_branch_is_told_without_what_came_to_main_meanwhile(tracker, published, run) -> None:
    tracker.recommendation("mine", title="title: Mine")
    published.commit("Mine")
    published.git("checkout", "-q", "main")
    tracker.recommendation("theirs", title="title: Theirs")
    published.commit("Theirs")
    out = run("review", "main", "change", cwd=tracker.root).out
    assert "Mine" in out
    assert "Theirs" not in out


def test_the_parcel_names_its_commits_and_survives_the_way(tracker, published, run) -> None:
    tracker.write("recommendations/inbox/ask--au.md", INBOX)
    head = published.commit("A proposal")
    done = run("review", "main", "change", "--format", "json", cwd=tracker.root)
    parcel = unpacked(done.out.encode())
    assert (parcel.head, parcel.base) == (head, published.git("rev-parse", "main"))
    assert unpacked(packed(parcel)) == parcel
    assert json.loads(done.out)["body"] == run("review", "main", "change", cwd=tracker.root).out


@pytest.mark.parametrize(("args", "message"), [
    (("mian",), "Did you mean “main”?"), (("main", "chnage"), "Did you mean “change”?"),
    (("main", "--preview", "javascript:alert(1)"), "this is not an address"), (("--", "--upload-pack=x"), "can't be"),
])  # fmt: skip
def test_what_can_not_be_reviewed(tracker, published, run, args, message: str) -> None:
    done = run("review", *args, cwd=tracker.root)
    assert (done.status, done.out, message in done.err) == (2, "", True), done.err


# Text from records


@given(st.text(max_size=200))
@example("-")
@example("1. first")
@example("2) second")
@example("+ more")
@example("===")
def test_whatever_a_record_says_is_only_text_in_a_comment(text: str) -> None:
    line = f"- {escaped(text)} ({code(text)})"
    assert "\n" not in line
    assert live(f"{MARK}\n{line}\n") == ""
    html = cmarkgfm.github_flavored_markdown_to_html(f"{line}\n\nnext")
    assert html.count("<li>") == html.count("<code>") == html.count("<ul>") == 1
    assert html.count("<") == 2 * 3 + 2, html


@given(st.text(alphabet="ab@.+0 -\\_<>/", max_size=80))
def test_contact_details_are_hidden_in_text_and_in_escaped_text(text: str) -> None:
    assert not newly_private(hidden(text).encode(), b"")
    assert not newly_private(hidden(escaped(text)).encode(), b"")


@pytest.mark.parametrize(("text", "private"), [
    ("write to ada@example.org", True), ("+44 20 7946 0958", True), ("0044 20 7946 0958", True),
    ("S/RES/1645 (2005)", False), ("2004-2005, page 112", False), ("https://example.org/00441234567890", False),
    ("resolution 1325", False), ("@handle", False),
])  # fmt: skip
def test_what_looks_private(text: str, private: bool) -> None:
    assert newly_private(text.encode(), b"") is private
    assert newly_private(text.encode(), text.encode()) is False, "what was there before is not new"
