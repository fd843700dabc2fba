"""`tracker diff` and `tracker status --since`: what they say, in three forms, and what they refuse."""

from __future__ import annotations

import json

import markdown
import pytest
from conftest import GOOD
from repositories import Repository

from tracker.escape import escaped

EVIDENCE = "evidence: [{title: T, source: report}]"
ASSESSED = GOOD.replace("measures:", "assessments:\n"
    f"  - {{actor: au, date: 2011, status: planned, by: watch, {EVIDENCE}}}\n"
    f"  - {{actor: au, date: 2013, status: implemented, by: watch, {EVIDENCE}}}\nmeasures:")  # fmt: skip


@pytest.fixture
def repository(tracker) -> Repository:
    tracker.recommendation()
    made = Repository(tracker.root)
    made.commit("First", "2012-06-30")
    return made


def data(run, tracker, *args: str) -> dict:
    done = run(*args, "--format", "json", cwd=tracker.root)
    assert done.status in (0, 1), done.err
    return json.loads(done.out)


def test_diff_of_equal_states_is_empty_and_good(tracker, repository, run) -> None:
    done = run("diff", "HEAD", cwd=tracker.root)
    assert (done.status, "Nothing changed." in done.out) == (0, True)
    assert run("diff", "HEAD", "main", "--format", "md", cwd=tracker.root).status == 0


def test_diff_tells_moves_figures_and_edits(tracker, repository, run) -> None:
    tracker.recommendation(text=ASSESSED, title="title: A better title")
    tracker.recommendation("new", title="title: Quite new")
    tracker.write("docs/themes/gender.md", "---\ntitle: Women, peace and security\n---\nA theme.\n")
    found = data(run, tracker, "diff", "HEAD")
    assert found["counts"] == {"closed": 1, "assessed": 1, "added": 1}
    assert [(m["recommendation"], m["actor"], m["kinds"], m["before"], m["after"]) for m in found["moves"]] == [
        ("ask", "au", ["assessed", "closed"], "not-assessed", "implemented"), ("new", "", ["added"], None, None),
    ]  # fmt: skip
    pairs = next(f for f in found["figures"] if f["key"] == "pairs")
    assert (pairs["before"], pairs["after"], pairs["steps"]) == (
        2, 4, [{"reason": "recommendations added", "count": 2}])  # fmt: skip
    assert [(e["collection"], e["id"], e["kind"], len(e["edits"])) for e in found["edited"]] == [
        ("recommendations", "ask", "edited", 3), ("themes", "gender", "edited", 1),
    ]  # fmt: skip
    text = run("diff", "HEAD", cwd=tracker.root)
    assert text.status == 1
    assert "Asked of actors (the denominator): 2 → 4 (+2 recommendations added)" in text.out
    assert "AU: Not assessed → Implemented (newly assessed; 2013, judged by Watch)" in text.out


def test_diff_between_two_commits_leaves_the_work_tree_out(tracker, repository, run) -> None:
    tracker.recommendation(text=ASSESSED)
    repository.commit("Second", "2014-01-01")
    tracker.recommendation("new")
    found = data(run, tracker, "diff", "HEAD~1", "HEAD")
    assert [m["recommendation"] for m in found["moves"]] == ["ask"]
    assert found["after"]["commit"] == repository.git("rev-parse", "HEAD")
    back = data(run, tracker, "diff", "HEAD", "HEAD~1")
    assert [m["kinds"] for m in back["moves"]] == [["unassessed", "reopened"]]


def test_with_merge_base_only_this_branch_is_told(tracker, repository, run) -> None:
    repository.git("checkout", "-q", "-b", "mine")
    tracker.recommendation(text=ASSESSED)
    repository.commit("Mine", "2014-01-01")
    repository.git("checkout", "-q", "main")
    tracker.recommendation("theirs", title="title: Of the others")
    repository.commit("Theirs", "2014-01-01")
    repository.git("checkout", "-q", "mine")
    assert len(data(run, tracker, "diff", "main")["moves"]) == 2
    assert [m["recommendation"] for m in data(run, tracker, "diff", "--merge-base", "main")["moves"]] == ["ask"]


def test_a_file_that_can_not_be_read_is_said_and_is_no_withdrawal(tracker, repository, run) -> None:
    tracker.write("recommendations/report/ask.md", "---\ntitle: [\n---\n")
    out = run("diff", "HEAD", cwd=tracker.root).out
    assert "Note: 1 file of the work tree could not be read" in out


def test_the_same_input_gives_the_same_bytes(tracker, repository, run) -> None:
    tracker.recommendation(text=ASSESSED)
    for form in ("text", "md", "json"):
        args = ("diff", "HEAD", "--as-of", "2020", "--format", form)
        one, other = (run(*args, cwd=tracker.root, env={"PYTHONHASHSEED": seed}) for seed in "12")
        assert one == other


# Since: a date, an event, a commit


@pytest.mark.parametrize(("since", "after", "moved"), [
    ("2011-12-31", "2013", ["up", "closed"]), ("2010", "2011", ["assessed"]), ("2010", "2010", []),
    ("summit", "2013", ["up", "closed"]), ("summit", "2012-12-30", []),
], ids=str)  # fmt: skip
def test_since_a_date_or_an_event(since: str, after: str, moved: list[str], tracker, run) -> None:
    tracker.recommendation(text=ASSESSED)
    found = data(run, tracker, "status", "--since", since, "--as-of", after)
    assert [kind for m in found["moves"] for kind in m["kinds"]] == moved


def test_since_a_commit_is_what_was_known_then(tracker, repository, run) -> None:
    repository.git("tag", "v1")
    tracker.recommendation(text=ASSESSED)
    found = data(run, tracker, "status", "--since", "v1", "--as-of", "2014")
    assert (found["before"]["as_of"], found["before"]["label"]) == ("2012-06-30", "v1")
    assert [m["kinds"] for m in found["moves"]] == [["assessed", "closed"]]
    done = run("status", "--since", "v1", "--as-of", "2014", "--actor", "eu", cwd=tracker.root)
    assert done.status == 2, "nobody asked the EU"
    assert run("status", "--since", "v1", "--as-of", "2014", "--actor", "rigos", cwd=tracker.root).status == 0


# --since: a part of what is said
REFUSED = {
    "2015-02-30": "has no day 30", "2015-13": "there is no month 13", "2999": "later than", "future": "later than",
    "undated": "has no date", "sumit": "Did you mean “summit”?", "mian": "Did you mean “main”?",
    "-x": "there is no event", "a\nb": "there is no event", "\x1b[2J": "there is no event", "": "there is no event",
}  # fmt: skip


@pytest.mark.parametrize("since", REFUSED, ids=ascii)
def test_since_refuses(since: str, tracker, repository, run) -> None:
    tracker.write("docs/events/future.md", "---\ntitle: To come\ndate: 2999\n---\nX.\n")
    tracker.write("docs/events/undated.md", "---\ntitle: Some day\n---\nX.\n")
    done = run("status", f"--since={since}", cwd=tracker.root)
    assert (done.status, done.out) == (2, "")
    assert REFUSED[since] in done.err
    assert "\x1b" not in done.err


def test_since_outside_git_and_in_an_empty_repository(tracker, run) -> None:
    tracker.recommendation()
    done = run("status", "--since", "sumit", cwd=tracker.root)
    assert (done.status, "neither a date nor an event" in done.err, "“summit”" in done.err) == (2, True, True)
    Repository(tracker.root)
    assert run("status", "--since", "main", cwd=tracker.root).status == 2
    assert run("diff", "main", cwd=tracker.root).status == 2
    assert run("status", "--since", "2011", cwd=tracker.root).status == 0


def test_since_has_no_csv(tracker, run) -> None:
    tracker.recommendation()
    done = run("status", "--since", "2011", "--format", "csv", cwd=tracker.root)
    assert (done.status, "--since has no CSV format" in done.err) == (2, True)


@pytest.mark.parametrize("ref", ["-x", "nowhere", "a\nb", "HEAD~5"])
def test_diff_refuses_a_bad_ref(ref: str, tracker, repository, run) -> None:
    for args in (("--", ref), ("HEAD", ref) if not ref.startswith("-") else ("--", "HEAD", ref)):
        done = run("diff", *args, cwd=tracker.root)
        assert (done.status, done.out) == (2, "")


# Hostile words in a comment on a pull request

HOSTILE = [
    "<img src=x onerror=alert(1)>", "[click](https://evil.example)", "![x](https://evil.example/x.png)",
    "**bold** _it_ `code`", "@everyone look", "see #1 and GH-1", "https://evil.example", "www.evil.example",
    "<!-- hidden", "a | b | c", "&lt;script&gt;", "# heading", "\\[x](javascript:alert(1))", "~~gone~~", "$x$",
    "mail@evil.example", "<https://evil.example>", "[x]: https://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words_in_markdown(words: str) -> None:
    import cmarkgfm

    html = cmarkgfm.github_flavored_markdown_to_html(f"- {escaped(words)} (`x`)")
    assert html.count("<") == html.count("<ul>") * 2 + html.count("<li>") * 2 + html.count("<code>") * 2
    assert not markdown.markdown(f"x {escaped(words)}").count("<a")
    assert "@everyone" not in html
    assert "://" not in html, "GitLab makes links of addresses in the text that was rendered"
    assert "#1" not in html


def test_a_title_can_not_leave_its_line(tracker, repository, run) -> None:
    tracker.recommendation("new", title='title: "Good\\n\\n# Bad\\n\\n- <b>x</b> @all | \\u202etxt"')
    done = run("diff", "HEAD", "--format", "md", cwd=tracker.root)
    assert done.status == 1
    (line,) = [line for line in done.out.splitlines() if "Bad" in line]
    assert line.startswith("- Good")
    for bad in ("<b>", "@all", "\u202e"):
        assert bad not in done.out
        assert bad not in run("diff", "HEAD", cwd=tracker.root).out or bad in ("<b>", "@all")


def test_a_long_comment_is_cut_and_says_so(tracker, repository, run) -> None:
    for number in range(200):
        tracker.recommendation(f"many-{number:03d}", title=f"title: Ask number {number}")
    out = run("diff", "HEAD", "--format", "md", cwd=tracker.root).out
    assert "- ... and 50 more" in out
    assert len(out) < 60_000


# The site


def test_the_page_of_changes_says_what_changed_since_the_last_event(tracker) -> None:
    from tracker.site.edition import Edition
    from tracker.site.pages import pages

    tracker.recommendation(text=ASSESSED)
    made = {p.path: p.text for p in pages(tracker.project(), Edition("2014-01-01", None, None))}
    text = made["changes.md"]
    assert "A summit</a> was over on" in text
    assert "Closed: 1; moved up: 1; 1 unchanged." in " ".join(text.split())
    early = {p.path: p.text for p in pages(tracker.project(), Edition("2011-12-31", None, None))}
    assert "Since the last event" not in early["changes.md"]
