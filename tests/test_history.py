"""The recorded history: which commit said what, when and by whom, in real repositories."""

from __future__ import annotations

import json
import random
import shutil

import pytest
from conftest import GOOD
from repositories import Repository

from tracker.errors import TrackerError
from tracker.excerpt import Excerpt
from tracker.gitrepo import Repository as Opened
from tracker.history import Entry, History
from tracker.recordlog import read

ASK = "recommendations/report/ask.md"


def with_log(*entries: str, text: str = GOOD) -> str:
    """The good recommendation with assessments, each “actor date status”."""
    lines = "".join(
        "  - {{actor: {}, date: {}, status: {}, by: watch, evidence: [{{title: T, source: report}}]}}\n".format(
            *entry.split()
        )
        for entry in entries
    )
    return text.replace("measures:\n", f"assessments:\n{lines}measures:\n")


@pytest.fixture
def repository(tracker) -> Repository:
    """A repository with one commit: a tracker with one recommendation."""
    tracker.recommendation()
    made = Repository(tracker.root)
    made.commit("First", "2020-01-01", "Ada")
    return made


def entries(tracker, name: str = "ask") -> list[Entry]:
    with Opened(tracker.root) as opened:
        return History(opened, opened.head()).of(name, tracker.project().reader)


def told(tracker, name: str = "ask") -> list[str]:
    """“date author kind: edits”, the oldest first."""
    return [
        f"{e.date} {e.commit.author} {e.kind}: "
        + ("?" if e.edits is None else "; ".join(edit.words() for edit in e.edits))
        for e in reversed(entries(tracker, name))
    ]


def test_each_commit_says_what_it_changed_in_meaning(tracker, repository) -> None:
    tracker.write(ASK, with_log("au 2015 planned"))
    repository.commit("Second", "2020-02-01", "Bea")
    tracker.write(ASK, with_log("au 2015 under-way", "eu 2016 planned"))
    repository.commit("Third", "2020-03-01", "Cai")
    tracker.write(ASK, with_log("eu 2016 planned", text=GOOD.replace("[au, rigos]", "[eu, rigos]")))
    repository.commit("Fourth", "2020-04-01", "Ada")
    tracker.write(ASK, with_log("eu 2016 planned", text=GOOD.replace("[au, rigos]", "[eu, rigos]")) + "More.\n")
    repository.commit("Fifth", "2020-05-01", "Ada")
    assert told(tracker) == [
        "2020-01-01 Ada added: ",
        "2020-02-01 Bea changed: assessment added: au 2015 by watch (planned)",
        "2020-03-01 Cai changed: assessment altered: au 2015 by watch (status: “planned” → “under-way”); "
        "assessment added: eu 2016 by watch (planned)",
        "2020-04-01 Ada changed: addressed_to: added “eu”; removed “au”; "
        "assessment removed: au 2015 by watch (under-way)",
        "2020-05-01 Ada changed: text altered",
    ]


@pytest.mark.parametrize("form", [
    GOOD.replace("\n", "\r\n"), GOOD.replace("title: Name a desk", 'title: "Name a desk', 1).replace(
        "for civil society\nsource", 'for civil society"\nsource'),
    GOOD.replace("order: 1\nkind: formal\n", "kind: formal\norder: 1\n"), "\ufeff" + GOOD,
], ids=["CRLF", "quotes", "order of keys", "byte order mark"])  # fmt: skip
def test_a_change_of_form_changes_nothing_in_meaning(form: str, tracker, repository) -> None:
    tracker.write(ASK, form.encode())
    repository.commit("Form", "2020-02-01")
    assert told(tracker)[1:] == ["2020-02-01 Ada changed: "]
    assert "only its form changed" in read(tracker.project(), "ask").as_text()


def test_a_record_is_followed_through_renames_and_moves(tracker, repository) -> None:
    repository.git("mv", ASK, "recommendations/report/second.md")
    repository.commit("Rename", "2020-02-01")
    tracker.write("recommendations/other/third.md", GOOD.replace("order: 1", "order: 2"))
    repository.git("rm", "-q", "recommendations/report/second.md")
    repository.commit("Move and change", "2020-03-01")
    assert told(tracker, "third") == [
        "2020-01-01 Ada added: ", "2020-02-01 Ada changed: ", "2020-03-01 Ada changed: order: “1” → “2”",
    ]  # fmt: skip
    found = entries(tracker, "third")
    assert [e.renamed_from for e in found] == ["recommendations/report/second.md", ASK, ""]


def test_an_id_that_is_used_again_does_not_get_the_history_of_its_first_record(tracker, repository) -> None:
    repository.git("mv", ASK, "recommendations/report/second.md")
    repository.commit("Rename", "2020-02-01")
    tracker.write(ASK, "---\ntitle: Quite another thing\nsource: report\n---\nWords of its own.\n")
    repository.commit("Reuse", "2020-03-01")
    assert told(tracker) == ["2020-03-01 Ada added: "]
    assert len(told(tracker, "second")) == 2


def test_what_was_removed_and_put_back_keeps_its_first_life(tracker, repository) -> None:
    repository.git("rm", "-q", ASK)
    repository.commit("Remove", "2020-02-01")
    tracker.write(ASK, GOOD)
    repository.commit("Put back", "2020-03-01", "Bea")
    assert told(tracker) == ["2020-01-01 Ada added: ", "2020-02-01 Ada removed: ", "2020-03-01 Bea added: "]


def test_the_history_of_a_record_that_is_gone_can_still_be_asked_for(tracker, repository) -> None:
    tracker.write("recommendations/report/other.md", "---\ntitle: Another\nsource: report\n---\nText.\n")
    repository.git("rm", "-q", ASK)
    repository.commit("Remove", "2020-02-01", "Bea")
    log = read(tracker.project(), "ask")
    assert [c.kind for c in log.recorded] == ["removed", "added"]
    assert log.notes == ["this record is not in the work tree any more"]
    assert log.title == "Name a desk for civil society"


def test_a_former_id_that_nothing_names_any_more_leads_to_the_record(tracker, repository) -> None:
    repository.git("mv", ASK, "recommendations/report/second.md")
    repository.commit("Rename without an alias", "2020-02-01")
    log = read(tracker.project(), "ask")
    assert [c.kind for c in log.recorded] == ["changed", "added"]
    assert "the history of “second”" in log.notes[-1]


# Merges


def branch(tracker, repository, text: str, name: str = "side", date: str = "2020-02-01") -> None:
    repository.git("checkout", "-q", "-b", name)
    tracker.write(ASK, text)
    repository.commit("Aside", date, "Bea")
    repository.git("checkout", "-q", "main")


def test_what_a_branch_said_is_its_authors_and_names_the_merge_that_brought_it(tracker, repository) -> None:
    branch(tracker, repository, with_log("au 2015 planned"))
    tracker.write("docs/themes/gender.md", "---\ntitle: Gender!\n---\nA theme.\n")
    repository.commit("Elsewhere", "2020-02-15")
    merge = repository.merge("side", "2020-03-01")
    assert told(tracker)[1:] == ["2020-02-01 Bea changed: assessment added: au 2015 by watch (planned)"]
    newest = entries(tracker)[0]
    assert newest.came_with.id == merge
    assert newest.came_with.date == "2020-03-01"
    assert entries(tracker)[1].came_with is None


def test_what_a_merge_says_by_itself_is_told_beside_both_of_its_sides(tracker, repository) -> None:
    branch(tracker, repository, with_log("au 2015 planned"))
    tracker.write(ASK, with_log("eu 2016 planned"))
    repository.commit("Here", "2020-02-15", "Cai")
    repository.git("merge", "-q", "--no-ff", "--no-commit", "-s", "ours", "side")
    tracker.write(ASK, with_log("au 2015 planned", "eu 2016 planned"))
    repository.commit("Both", "2020-03-01", "Merger")
    assert [line.split(":")[0] for line in told(tracker)] == [
        "2020-01-01 Ada added", "2020-02-01 Bea changed", "2020-02-15 Cai changed", "2020-03-01 Merger changed",
    ]  # fmt: skip


def test_what_a_merge_threw_away_is_not_told_as_if_it_held(tracker, repository) -> None:
    branch(tracker, repository, with_log("au 2015 implemented"))
    tracker.write(ASK, with_log("eu 2016 planned"))
    repository.commit("Here", "2020-02-15", "Cai")
    repository.merge("side", "2020-03-01", "-s", "ours")
    assert told(tracker) == [
        "2020-01-01 Ada added: ", "2020-02-15 Cai changed: assessment added: eu 2016 by watch (planned)",
    ]  # fmt: skip


def test_a_rename_on_a_branch_is_followed_across_its_merge(tracker, repository) -> None:
    repository.git("checkout", "-q", "-b", "side")
    repository.git("mv", ASK, "recommendations/report/second.md")
    repository.commit("Rename", "2020-02-01", "Bea")
    repository.git("checkout", "-q", "main")
    tracker.write("docs/themes/gender.md", "---\ntitle: Gender!\n---\nA theme.\n")
    repository.commit("Elsewhere", "2020-02-15")
    repository.merge("side", "2020-03-01")
    assert told(tracker, "second") == ["2020-01-01 Ada added: ", "2020-02-01 Bea changed: "]


def test_of_two_merges_that_have_a_commit_the_earlier_brought_it(tracker, repository) -> None:
    branch(tracker, repository, with_log("au 2015 planned"))
    first = repository.merge("side", "2020-03-01")
    repository.git("checkout", "-q", "side")
    tracker.write(ASK, with_log("au 2015 planned", "au 2016 planned"))
    repository.commit("More aside", "2020-02-20", "Bea")  # before the first merge, by its date
    repository.git("checkout", "-q", "main")
    second = repository.merge("side", "2020-05-01")
    assert [e.came_with and e.came_with.id for e in entries(tracker)] == [second, first, None]


@pytest.mark.parametrize("seed", range(4))
def test_the_commits_of_a_record_are_those_that_git_names_for_its_file(seed: int, tracker, repository) -> None:
    """`git log -- PATH` finds them in another way: one file at a time, simplifying at merges."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    names = [f"ask-{n}" for n in range(4)]
    for name in names:
        tracker.recommendation(name, title=f"title: The ask called {name}")
    repository.commit("Many")
    for number in range(25):
        aside = rng.random() < 0.4
        if aside:
            repository.git("checkout", "-q", "-b", f"side-{number}")
        touched = rng.sample(names, rng.randint(1, 2))
        for name in touched:
            tracker.recommendation(
                name, title=f"title: The ask called {name}", order=f"order: {number + 2}",
            )  # fmt: skip
        repository.commit(f"Commit {number}", f"2020-03-{number + 1:02d}")
        if aside:
            repository.git("checkout", "-q", "main")
            for name in set(names) - set(touched):
                if rng.random() < 0.3:
                    tracker.recommendation(
                        name, title=f"title: The ask called {name}", order=f"order: {number + 100}"
                    )
            repository.commit(f"Meanwhile {number}", f"2020-03-{number + 1:02d}")
            repository.merge(f"side-{number}", f"2020-03-{number + 1:02d}", *(["-s", "ours"] if number % 5 == 0 else []))
    for name in names:
        expected = repository.git("log", "--format=%H", "--", f"recommendations/report/{name}.md").split()
        assert sorted(e.commit.id for e in entries(tracker, name)) == sorted(expected)
        assert all(e.edits is not None for e in entries(tracker, name))


# What can't be known is said


def test_a_version_that_did_not_parse_is_told_and_hides_no_other(tracker, repository) -> None:
    tracker.write(ASK, with_log("au 2015 planned").replace("title: Name", "title: [Name"))
    repository.commit("Broken", "2020-02-01")
    tracker.write(ASK, with_log("au 2015 planned"))
    repository.commit("Mended", "2020-03-01")
    tracker.write(ASK, with_log("au 2015 planned", "au 2016 planned"))
    repository.commit("More", "2020-04-01")
    assert told(tracker) == [
        "2020-01-01 Ada added: ", "2020-02-01 Ada changed: ?", "2020-03-01 Ada changed: ?",
        "2020-04-01 Ada changed: assessment added: au 2016 by watch (planned)",
    ]  # fmt: skip
    log = read(tracker.project(), "ask")
    said = [line for commit in log.recorded for line in commit.changes]
    assert "did not parse in this commit" in said
    assert "did not parse in the commit before" in said
    # Nobody can tell in which of the two the first entry came in.
    recorded = {d.date: d.recorded for d in log.dated if d.recorded}
    assert (recorded["2015"].date, recorded["2015"].before) == ("2020-03-01", True)
    assert (recorded["2016"].date, recorded["2016"].before) == ("2020-04-01", False)


def test_a_shallow_clone_says_so_and_invents_no_date(tmp_path, tracker, repository) -> None:
    tracker.write(ASK, with_log("au 2015 planned"))
    repository.commit("Second", "2020-02-01")
    tracker.write(ASK, with_log("au 2015 planned", "au 2016 planned"))
    repository.commit("Third", "2020-03-01")
    shutil.move(tracker.root, tmp_path / "whole")
    Repository(tmp_path / "helper").git(
        "clone", "-q", "--depth", "2", f"file://{tmp_path / 'whole'}", str(tracker.root)
    )
    assert [e.kind for e in entries(tracker)] == ["changed", "earliest"]
    log = read(tracker.project(), "ask")
    assert "not complete" in log.notes[0]
    assert "git fetch --unshallow" in log.notes[0]
    recorded = {d.date: (d.recorded.date, d.recorded.before) for d in log.dated if d.recorded}
    assert recorded == {"2016": ("2020-03-01", False), "2015": ("2020-02-01", True)}
    assert "recorded by 2020-02-01" in log.as_text()
    with pytest.raises(TrackerError) as raised, Opened(tracker.root) as opened:
        opened.resolve("HEAD~2")
    assert "--unshallow" in raised.value.hint


def test_a_commit_without_a_usable_date_has_none(tracker, repository) -> None:
    tracker.write(ASK, with_log("au 2015 planned"))
    repository.git("add", "-A")
    tree, parent = repository.git("write-tree"), repository.git("rev-parse", "HEAD")
    text = f"tree {tree}\nparent {parent}\nauthor A <a@b> 0 +0000\ncommitter C <c@d> 99999999999999 +0000\n\nX\n"
    id = repository.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", text=text.encode())
    repository.git("reset", "-q", "--soft", id)
    assert entries(tracker)[0].date == ""
    assert "no date" in read(tracker.project(), "ask").as_text()


# name: (what is done after the first commit, a part of the note)
NOTES = {
    "nothing to say": (lambda t, r: None, None),
    "not committed yet": (lambda t, r: t.recommendation("new"), "not been committed yet"),
    "changed since": (lambda t, r: t.write(ASK, GOOD + "More."), "not committed"),
    "no git": (lambda t, r: shutil.rmtree(t.root / ".git"), "no recorded history"),
    "an empty repository": (
        lambda t, r: (shutil.rmtree(t.root / ".git"), Repository(t.root)), "nothing has been committed yet"),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTES)
def test_the_log_says_what_the_repository_can_not_tell(name: str, tracker, repository) -> None:
    change, part = NOTES[name]
    change(tracker, repository)
    log = read(tracker.project(), "new" if name == "not committed yet" else "ask")
    assert len(log.notes) == (part is not None)
    assert part is None or part in log.notes[0]


# The command


def test_log_shows_both_histories_beside_each_other(tracker, repository, run) -> None:
    text = with_log("au 2015 planned", text=GOOD.replace("order: 1\n", (
        "order: 1\ndeadline: 2014\ndeadline_changes:\n"
        "  - {from: 2014, to: 2016, on: 2013-05, reason: no budget}\n")))  # fmt: skip
    tracker.write(ASK, text)
    id = repository.commit("Second", "2020-02-01", "Bea")
    done = run("log", "ask", cwd=tracker.root)
    assert done.status == 0, done.err
    lines = [line.strip() for line in done.out.splitlines()]
    at = lines.index("2015        AU: Planned (says Watch)")
    assert lines[at + 1] == f"recorded 2020-02-01 in {id[:9]}, Bea"
    assert "2013-05     deadline moved from 2014 to 2016: no budget" in lines
    assert "2010-05-01  asked in A report" in lines
    data = json.loads(run("log", "recommendations/report/ask.md", "--format", "json", cwd=tracker.root).out)
    assert data["dated"][0]["recorded"] == {"commit": id, "date": "2020-02-01", "author": "Bea", "before": False}
    assert [c["author"] for c in data["recorded"]] == ["Bea", "Ada"]
    assert "| 2020-02-01 |" in run("log", "ask", "--format", "md", cwd=tracker.root).out


@pytest.mark.parametrize("name", ["ask", "older-ask", "broken", "no-such-ask"])
def test_log_tells_the_same_from_a_part_as_from_the_whole(tracker, repository, name: str) -> None:
    """By its id, a former one, with a file that can't be read, and where it is in doubt."""
    text = with_log("eu 2015 planned").replace("order: 1\n", "order: 1\naliases: [older-ask]\n")
    tracker.write(ASK, text)
    tracker.recommendation("other")
    tracker.write("recommendations/report/broken.md", "---\ntitle: [\n---\n")
    tracker.write("recommendations/inbox/older-ask--eu--2016.md", (
        "---\nrecommendation: older-ask\nactor: eu\ndate: 2016\nstatus: implemented\nby: watch\n"
        "evidence:\n  - {title: T, source: report}\n---\n"))  # fmt: skip
    repository.commit("Second", "2020-02-01", "Bea")
    part, whole = Excerpt(tracker.root, "2026-01-01", name), tracker.project()
    assert part.found == (whole.corpus.find("recommendations", name) is not None)
    if part.found:
        log = read(part, name)
        assert log == read(whole, name)
        assert [said.date for said in log.dated][:2] == ["2016", "2015"]
        assert list(part.corpus.recommendations) == ["ask"]  # what is not told of is not read


def test_log_of_an_unknown_record_offers_near_ones(tracker, repository, run) -> None:
    done = run("log", "aks", cwd=tracker.root)
    assert (done.status, done.out) == (2, "")
    assert "there is no recommendation “aks”" in done.err
    assert "“ask”" in done.err


def test_hostile_names_do_not_steer_a_terminal_or_a_page(tracker, repository, run) -> None:
    tracker.write(ASK, GOOD + "More.\n")
    repository.commit("x", "2020-02-01", author="<img src=x> \x1b[31m @all | **b**")
    assert "\x1b" not in run("log", "ask", cwd=tracker.root).out
    out = run("log", "ask", "--format", "md", cwd=tracker.root).out
    assert "<img" not in out
    assert "**b**" not in out
    assert "@all" not in out
