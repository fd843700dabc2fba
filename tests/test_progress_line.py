"""The line that says how far long work is: in real terminals, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from terminals import Terminal

from tracker import telling
from tracker.cli.progress_line import _Line
from tracker.edit.files import Files
from tracker.edit.formatting import shaped
from tracker.export import folder as target
from tracker.reports import pack, request
from tracker.site.edition import edition
from tracker.site.output import write
from tracker.site.pages import parts

# Work that waits for a line of input in the middle, so that nothing here depends on speed.
WORK = """
import os, sys
from tracker import telling
from tracker.cli import progress_line
from tracker.errors import TrackerError
from tracker.forks import Fork
progress_line._PATIENCE = 0
wait = sys.stdin.readline

def work():
    {}

print("before")
try:
    with progress_line.progress_line("reading"):
        work()
except TrackerError as error:
    print(error.message, file=sys.stderr)
except KeyboardInterrupt:
    print("stopped")
print("after")
"""
COUNTED = """
    with telling.doing("pages", 3):
        telling.step()
        wait()
"""
FORKED = """
    with telling.doing("pages", 3):
        helpers = [Fork(lambda: telling.step() or b"") for _ in range(2)]
        [helper.result() for helper in helpers]
        wait()
"""
PARTS = """
    with telling.part("fr"), telling.doing("pages", 3):
        telling.step()
        with telling.part("ar"), telling.doing("search index"):
            wait()
"""
FAILS = COUNTED + """
    raise TrackerError("it can't be done")
"""


def working(what: str, **options) -> Terminal:
    return Terminal.python(WORK.format(what), **options)


@pytest.mark.parametrize(("what", "line"), [
    ("wait()", "0:00  reading"),
    (COUNTED, "0:00  pages 1 of 3"),
    (FORKED, "0:00  pages 2 of 3"),
    (PARTS, "0:00  fr: pages 1 of 3, ar: search index"),
])  # fmt: skip
def test_the_line_says_what_is_done_and_how_far_it_is_and_is_gone_afterwards(what: str, line: str) -> None:
    terminal = working(what)
    terminal.until(lambda raw: line[5:] in raw)
    assert terminal.screen == ["before", terminal.screen[1]]
    assert terminal.screen[1][4:] == line[4:]
    terminal.go_on()
    assert terminal.end() == 0
    assert terminal.screen == ["before", "after"]


@pytest.mark.parametrize("columns", [3, 10, 20, 200])
def test_a_narrow_terminal_gets_as_much_as_fits_in_one_line(columns: int) -> None:
    terminal = working(COUNTED, columns=columns)
    whole = "0:00  pages 1 of 3"
    terminal.until(lambda raw: whole[: columns - 1][-12:] in raw)
    terminal.go_on()
    terminal.end()
    assert max(map(len, terminal.drawn[:-1])) == min(columns - 1, len(whole))
    assert terminal.screen == ["before", "after"]


def test_a_wide_letter_takes_two_columns() -> None:
    line = _Line(2, "utf-8", os.getpid())
    line.hear("+0 報告")
    assert [line.text(0, columns) for columns in (8, 9, 10, 11)] == ["0:00  ", "0:00  報", "0:00  報", "0:00  報告"]


def test_what_goes_wrong_is_said_alone() -> None:
    terminal = working(FAILS)
    terminal.until(lambda raw: "pages 1 of 3" in raw)
    terminal.go_on()
    terminal.end()
    assert terminal.screen == ["before", "it can't be done", "after"]


def test_an_interrupted_command_leaves_nothing_behind() -> None:
    terminal = working(COUNTED)
    terminal.until(lambda raw: "pages 1 of 3" in raw)
    terminal.key("\x03")
    assert terminal.end() == 0
    assert terminal.screen == ["before", "stopped", "after"]


def test_a_command_that_was_killed_leaves_nothing_behind() -> None:
    """Nor a process: the terminal ends only when all have let go of it."""
    killed = WORK.format(COUNTED + "\n    os.kill(os.getpid(), 9)\n")
    shell = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {killed!r}])\nsys.stdin.readline()\nprint('$')"
    terminal = Terminal.python(shell)
    terminal.until(lambda raw: "pages 1 of 3" in raw)
    terminal.go_on()
    terminal.until(lambda raw: raw.endswith("\r\x1b[K"))
    assert terminal.screen == ["before"]
    terminal.go_on()
    assert terminal.end() == 0
    assert terminal.screen == ["before", "$"]


def test_while_a_command_is_stopped_the_line_is_away() -> None:
    terminal = working(COUNTED)
    terminal.until(lambda raw: "pages 1 of 3" in raw)
    terminal.key("\x1a")
    terminal.until(lambda raw: raw.endswith("\r\x1b[K"))
    assert terminal.screen[:2] in (["before"], ["before", "^Z"])
    terminal.resume()
    terminal.go_on()
    assert terminal.end() == 0
    assert terminal.screen[-1] == "after"


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"CI": "true"}, {"TERM": "dumb"}])
def test_who_wants_no_moving_text_gets_none(setting: dict[str, str]) -> None:
    terminal = working("pass", **setting)
    assert terminal.end() == 0
    assert terminal.raw == "before\r\nafter\r\n"


def test_pipes_and_logs_get_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WORK.format("pass")], capture_output=True, check=True, env=os.environ | {"TERM": "xterm"}
    )
    assert (done.stdout, done.stderr) == (b"before\nafter\n", b"")


def test_short_work_has_no_line(tracker, run) -> None:
    """And commands of which nobody waits for an answer don't even begin one."""
    tracker.recommendation()
    terminal = Terminal(sys.executable, "-m", "tracker", "check", cwd=tracker.root)
    assert terminal.end() == 0
    assert "\x1b[K" not in terminal.raw


@pytest.mark.parametrize("arguments", [
    ["pages", "out"], ["export", "out"], ["report", "--format", "md", "--to", "out"], ["fmt"], ["diff", "HEAD"],
    ["build", "--language", "xx"],
], ids=lambda arguments: arguments[0])  # fmt: skip
def test_long_commands_have_one(arguments: list[str], tracker) -> None:
    """Seen by what they say before they have told anything."""
    tracker.recommendation()
    script = (
        "from contextlib import contextmanager\nfrom tracker.cli import progress_line\n"
        "@contextmanager\ndef seen(what):\n    print('line:', what)\n    yield\n"
        "progress_line.progress_line = seen\n"
        f"from tracker.cli.main import run\nrun({arguments!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tracker.root, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("line: "), done.stderr


def told(work) -> Counter[str]:
    """What work tells while it is done: “+N what” as it was said, and how many steps of what."""
    with tempfile.TemporaryFile() as file, telling.heard(file.fileno()):
        work()
        file.seek(0)
        return Counter(line.decode() for line in file.read().splitlines())


def test_pages_are_counted_by_records(tracker, tmp_path: Path) -> None:
    tracker.recommendation()
    project = tracker.project()
    shown = edition(project.config, "2020-01-01", None)
    count = sum(map(len, project.corpus.collections.values()))

    def work() -> None:
        with telling.doing("pages", count):
            write(tmp_path / "pages", parts(project, shown))

    said = told(work)
    assert said[".1 pages"] == count
    assert said["+0 open data"] == said["+0 pictures"] == 1


def test_files_records_and_briefs_are_counted(tracker, tmp_path: Path) -> None:
    tracker.recommendation()
    project = tracker.project()
    records = [record.path for _, record in project.corpus.records()]

    def fmt() -> None:
        with telling.doing("records", len(records)):
            list(shaped(project.reader, Files(tracker.root), records))

    assert told(fmt)[".1 records"] == len(records)
    files = {"a": b"1", "b/c": b"2"}
    said = told(lambda: target.replace(tmp_path / "out", files))
    assert (said["+2 writing files"], said[".1 writing files"]) == (1, 2)
    wanted = request.made(project.corpus, "2020-01-01", "en", None, None, {})
    said = told(lambda: pack.make(project, wanted, tmp_path / "report", ["md", "pdf"]))
    [briefs] = [line for line in said if line.endswith(" briefs") and line.startswith("+")]
    assert said[".1 briefs"] == int(briefs[1:].split()[0]) > 0
    assert said["+0 report.md"] == said["+0 report.pdf"] == 1
