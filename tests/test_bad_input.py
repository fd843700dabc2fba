"""What bad input gets, seen from the outside: an exit status and a message, and nothing else.

Whatever stands in the files: nobody sees a traceback, nothing is written (the cache apart),
nothing is built, and what is wrong with one file is said in one line.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import GOOD, Tracker

BOMB = "title: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"k{i}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 8)}]\n" for i in range(7)
)
ASK = "recommendations/report/ask.md"


def front(text: str) -> str:
    return f"---\n{text}\n---\nWhat is asked.\n"


def link(tracker: Tracker, path: str, target: str | Path) -> None:
    (tracker.root / path).parent.mkdir(exist_ok=True)
    (tracker.root / path).symlink_to(target)


def large(tracker: Tracker, path: str, size: int) -> None:
    file = tracker.write(path, GOOD)
    os.truncate(file, size)


def moved_out(tracker: Tracker) -> None:
    """The folder of the records lies elsewhere, behind a link."""
    shutil.move(tracker.root / "recommendations", tracker.root.parent / "elsewhere")
    link(tracker, "recommendations", tracker.root.parent / "elsewhere")


def a_file_for_a_folder(tracker: Tracker) -> None:
    shutil.rmtree(tracker.root / "recommendations")
    tracker.write("recommendations", "Not a folder.\n")


class Bad(NamedTuple):
    make: Callable[[Tracker], object]
    finding: str  # path:line:column: CODE
    message: str
    options: tuple[str, ...] = ()


ERRORS = ("--errors-only",)  # where no record is read, no page is used, which are warnings


# What only code can make, by the code of its rule. `test_rules.py` has all other rules.
FORBIDDEN_FILES = {
    "T101": Bad(a_file_for_a_folder, "recommendations:0:0: T101",
                "the folder can't be read: Not a directory", ERRORS),
    "T901": Bad(lambda t: link(t, "docs/host.md", "/etc/hostname"), "docs/host.md:0:0: T901",
                "this is a symbolic link"),
    "T903": Bad(lambda t: t.write("docs/page.html", "<p>"), "docs/page.html:0:0: T903",
                "files of the type “.html” don't belong here"),
    "T904": Bad(lambda t: large(t, ASK, 50 * 2**20), f"{ASK}:0:0: T904",
                "the file has 51,200 KB; at most 256 KB are read"),
    "T905": Bad(lambda t: t.write(ASK, front("themes: " + "[" * 40 + "]" * 40)), f"{ASK}:2:28: T905",
                "nested more than 20 deep"),
}  # fmt: skip

# Further files that hold or are something bad, each with its one finding.
BAD_FILES = {
    "Latin-1": Bad(lambda t: t.write(ASK, GOOD.replace("desk", "désk").encode("latin-1")),
                   f"{ASK}:2:16: T102", "it looks like Windows-1252 or Latin-1 (“é” here)"),
    "UTF-16": Bad(lambda t: t.write(ASK, GOOD.encode("utf-16")), f"{ASK}:1:1: T102", "UTF-16"),
    "a list": Bad(lambda t: t.write(ASK, front("- a\n- b")), f"{ASK}:2:1: T108", "is a list"),
    "an alias bomb": Bad(lambda t: t.write(ASK, front(BOMB)), f"{ASK}:2:8: T107", "“&a” is a YAML anchor"),
    "a script in a title": Bad(
        lambda t: t.recommendation(title='title: "</title><script>alert(1)</script>"'),
        f"{ASK}:2:8: T906", "there is HTML in the title: “</title><script>alert(1)</script>”"),
    "no page for an actor": Bad(
        lambda t: t.recommendation(addressed_to="addressed_to: [au, pif]"),
        f"{ASK}:8:20: T301", "there is no actor “pif”"),
    "10,000 brackets": Bad(
        lambda t: t.write(ASK, front("title: " + "[" * 10_000)), f"{ASK}:2:27: T905", "deep"),
    "10,000 braces": Bad(
        lambda t: t.write(ASK, front("title: " + "{a: " * 10_000)), f"{ASK}:2:84: T905", "deep"),
    "10,000 dashes": Bad(lambda t: t.write(ASK, front("- " * 10_000)), f"{ASK}:2:41: T905", "deep"),
    "600 levels by indentation": Bad(
        lambda t: t.write(ASK, front("\n".join(" " * i + "a:" for i in range(600)))),
        f"{ASK}:22:21: T905", "deep"),
    "30 levels by indentation": Bad(
        lambda t: t.write(ASK, front("\n".join(" " * i + "a:" for i in range(30)))),
        f"{ASK}:22:21: T905", "deep"),
    "10,000 lists in the text": Bad(
        lambda t: t.write(ASK, GOOD + "\n" + "- " * 10_000 + "<b>x</b>\n"), f"{ASK}:16:20001: T906", "HTML"),
    "a NUL byte": Bad(lambda t: t.write(ASK, GOOD.replace("desk", "de\0sk", 1)), f"{ASK}:2:17: T105",
                      "a character that YAML does not allow"),
    "a link that leads nowhere": Bad(
        lambda t: link(t, ASK, "nowhere.md"), f"{ASK}:0:0: T901", "symbolic link"),
    "a link for the folder of all records": Bad(
        moved_out, "recommendations:0:0: T901", "symbolic link", ERRORS),
    "a link to a folder": Bad(
        lambda t: link(t, "docs/more", "/etc"), "docs/more:0:0: T901", "symbolic link"),
    "a script": Bad(lambda t: t.write("docs/assets/x.js", "1"), "docs/assets/x.js:0:0: T903", "“.js”"),
    "a drawing that can hold scripts": Bad(
        lambda t: t.write("docs/x.SVG", "<svg/>"), "docs/x.SVG:0:0: T903", "“.svg”"),
    "a picture among records": Bad(
        lambda t: t.write("recommendations/x.png", b"\x89PNG"),
                                   "recommendations/x.png:0:0: T903", "“.png”"),
    "one byte too many": Bad(
        lambda t: large(t, ASK, 256 * 1024 + 1), f"{ASK}:0:0: T904", "at most 256 KB"),
    "a huge picture": Bad(
        lambda t: large(t, "docs/x.png", 10 * 2**20 + 1), "docs/x.png:0:0: T904", "10,240 KB"),
}  # fmt: skip

ALL_BAD = {**FORBIDDEN_FILES, **BAD_FILES}


def contents(root: Path) -> dict[str, object]:
    """What lies below a folder, links as links, without the cache."""
    return {
        str(path.relative_to(root)): path.readlink() if path.is_symlink()
        else path.read_bytes() if path.is_file() else None
        for path in root.rglob("*") if ".tracker" not in path.parts
    }


@pytest.fixture
def full(tracker: Tracker) -> Tracker:
    """A tracker in which every page is used, with a site to build."""
    tracker.recommendation("first", title="title: First", addressed_to="addressed_to: [au, eu, rigos]")
    tracker.write("mkdocs.yml", "site_name: A tracker\n")
    return tracker


@pytest.mark.parametrize("bad", ALL_BAD.values(), ids=ALL_BAD)
def test_a_bad_file_is_one_finding_and_nothing_is_written(bad: Bad, full: Tracker, run) -> None:
    bad.make(full)
    before = contents(full.root)
    done = run("check", "--no-cache", "--quiet", *bad.options, "--root", full.root)
    assert done.out.splitlines()[0].startswith(f"{bad.finding} error: ")
    assert bad.message in done.out
    assert len(done.out.splitlines()) == 1, done.out
    assert (done.status, done.err) == (1, "")
    assert contents(full.root) == before


@pytest.mark.parametrize("name", [
    "T901", "T903", "a script in a title", "a link for the folder of all records",
])
def test_nothing_is_built_while_there_are_errors(name: str, full: Tracker, run, tmp_path: Path) -> None:
    ALL_BAD[name].make(full)
    before = contents(full.root)
    for command in (["build", "--to", tmp_path / "out"], ["pages", tmp_path / "out"]):
        done = run(*command, "--root", full.root)
        assert done.status in (1, 2), done.out
        assert "T9" in done.err
    assert not (tmp_path / "out").exists()
    assert contents(full.root) == before


def collection(name: str, field: str) -> str:
    return f"collections:\n  {name}: {{label: a, singular: b, fields: {{{field}: {{label: c}}}}}}\n"


CONFIGS = {
    "an unknown key": (
        "name: A\nlead_asessor: watch\n", "tracker.yml:2:1: T201", "Did you mean “lead_assessor”?"),
    "an unknown key inside": (
        "forge:\n  adress: x\n  url: https://x.org\n", "tracker.yml:2:3: T201", "no field “adress”"),
    "broken YAML": ("name: A: b\n", "tracker.yml:1:8: T105", "there is a second colon in this line"),
    "a wrong type": (
        "name: A\nreview_months: soon\n", "tracker.yml:2:16: T203", "must be a number, not “soon”"),
    "a list": ("- a\n- b\n", "tracker.yml", "is not a set of “key: value” lines"),
    "Latin-1": ("name: é\n".encode("latin-1"), "tracker.yml:1:7: T102", "Latin-1"),
    "an alias": ("name: *a\n", "tracker.yml:1:7: T107", "alias"),
    "nesting": ("name: " + "[" * 10_000, "tracker.yml:1:26: T905", "deep"),
    "a collection of a strange name": (
        collection("My Things", "c"), "tracker.yml:2:", "can't be the name of a collection"),
    "a field of a strange name": (
        collection("maps", "a b"), "tracker.yml:2:", "can't be the name of a field"),
    # Every record has these already: declared anew they would hide what the reader sets.
    "a field called path": (
        collection("maps", "path"), "tracker.yml:2:", "every record has a field “path”"),
    "a field called title": (
        collection("maps", "title"), "tracker.yml:2:", "every record has a field “title”"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place", "message"), CONFIGS.values(), ids=CONFIGS)
def test_a_bad_configuration_stops_every_command(
    text: str | bytes, place: str, message: str, full: Tracker, run
) -> None:
    full.write("tracker.yml", text)
    before = contents(full.root)
    for command in ("check", "status"):
        done = run(command, "--root", full.root)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"tracker: {place}")
        assert message in done.err
    assert contents(full.root) == before


COMMANDS = {
    "an unknown command": (["chekc"], "there is no command “chekc”", "Did you mean “check”?"),
    "an unknown option": (["check", "--fats"], "--fats", ""),
    "a path outside the tree": (
        ["check", "../elsewhere.md"], "is outside the tracker", "Name a file inside it."),
    "an absolute path outside the tree": (["check", "/etc/hostname"], "is outside the tracker", ""),
    "a file that is not there": (["check", "docs/none.md"], "there is no file docs/none.md", ""),
    "a day that does not exist": (
        ["status", "--as-of", "2026-02-30"], "February 2026 has no day 30", "2015-07-19"),
    "a day of no shape": (["show", "au", "--as-of", "today"], "“today” is not a date", ""),
    "an unknown actor": (
        ["status", "--actor", "wacth"], "there is no actor “wacth”", "Did you mean “watch”?"),
    "an unknown region": (["status", "--region", "afrika"], "there is no region “afrika”", "“africa”"),
    "an unknown record": (["show", "frist"], "there is no record “frist”", "Did you mean “first”"),
    "an unknown rule": (["explain", "T999"], "there is no rule “T999”", "tracker explain"),
    "a folder that is not there": (["check", "--root", "nowhere"], "there is no folder nowhere", ""),
    "a folder for pages that has other files": (
        ["pages", "docs"], "files in it that are not the tracker's", ""),
}


@pytest.mark.parametrize(("args", "message", "hint"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_can_t_run_says_why(
    args: list[str], message: str, hint: str, full: Tracker, run
) -> None:
    before = contents(full.root)
    done = run(*args, cwd=full.root)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert hint in done.err
    assert contents(full.root) == before


@pytest.mark.parametrize("args", ["check", "status", "show x", "build", "pages out"])
def test_without_a_tracker_every_command_says_so(args: str, tmp_path: Path, run) -> None:
    done = run(*args.split(), cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert f"there is no tracker in {tmp_path} or above it" in done.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_tracker_is_in_order(tmp_path: Path, run) -> None:
    (tmp_path / "recommendations").mkdir()
    done = run("check", cwd=tmp_path)
    assert (done.status, done.out) == (0, "0 recommendations and 0 pages read: nothing to mend.\n")
    assert "0 recommendations" in run("status", cwd=tmp_path).out


def test_a_bad_file_does_not_hide_the_others(full: Tracker, run) -> None:
    full.write("recommendations/report/a.md", front("- a"))
    full.write("recommendations/report/b.md", GOOD.encode("utf-16"))
    full.recommendation("c", addressed_to="addressed_to: [pif]")
    done = run("check", "--quiet", "--root", full.root)
    assert [line.split(" ")[1] for line in done.out.splitlines()] == ["T108", "T102", "T301"]


CRLF = GOOD.replace("\n", "\r\n")
EDITORS = {"CRLF": CRLF, "BOM": "\ufeff" + GOOD, "both": "\ufeff" + CRLF}


@pytest.mark.parametrize("text", EDITORS.values(), ids=EDITORS)
def test_what_windows_editors_write_is_accepted_and_kept(text: str, full: Tracker, run) -> None:
    file = full.write(ASK, text)
    assert run("check", "--root", full.root).status == 0
    shown = run("show", "ask", "--format", "json", "--root", full.root)
    assert '"title": "Name a desk for civil society"' in shown.out
    assert file.read_bytes() == text.encode()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_finding(full: Tracker, run) -> None:
    full.write(ASK, GOOD).chmod(0)
    done = run("check", "--quiet", "--root", full.root)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(f"{ASK}:0:0: T101 error: the file can't be read: Permission denied")


def test_a_file_that_vanishes_while_it_is_read_is_a_finding(full: Tracker) -> None:
    from tracker.store import WorkTree

    full.write(ASK, GOOD)
    tree = WorkTree(full.root)
    (entry,) = (e for e in tree.records() if e.path == ASK)
    (full.root / ASK).unlink()
    assert tree.read(entry) is None
    assert [(f.path, f.code) for f in tree.findings] == [(ASK, "T101")]
