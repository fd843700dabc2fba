"""`tracker assess` and `tracker new`: what is asked, what is refused, and what is written."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import GOOD, TODAY

from edit.terminal import talk

RECORD = GOOD.replace("[au, rigos]", "[au, eu, rigos]")
PROOF = ["--evidence-title", "A: report", "--evidence-url", "https://example.org/a.pdf"]
WHOLE = ["--actor", "au", "--date", "2020", "--status", "under-way", "--by", "watch", *PROOF]
WRITTEN = RECORD.replace("---\nWhat", """\
assessments:
  - actor: au
    date: 2020
    status: under-way
    by: watch
    evidence:
      - title: "A: report"
        url: https://example.org/a.pdf
---
What""")  # fmt: skip


@pytest.fixture
def asked(tracker):
    tracker.recommendation(text=RECORD)
    return tracker


@pytest.fixture
def quick(asked, monkeypatch, capsys):
    """The command in this process, for tables of cases."""
    import gc

    from conftest import Ran

    from tracker.cli.main import run as main

    monkeypatch.chdir(asked.root)

    def call(*args: str) -> Ran:
        with pytest.raises(SystemExit) as done:
            main(list(args))
        gc.enable()
        return Ran(done.value.code, *capsys.readouterr())

    return call


def record(tracker) -> str:
    return (tracker.root / "recommendations/report/ask.md").read_text()


def test_a_script_says_everything_in_flags(asked, run) -> None:
    ran = run("assess", "ask", *WHOLE, cwd=asked.root)
    assert (ran.status, ran.out) == (0, "recommendations/report/ask.md: the assessment was added\n")
    assert record(asked) == WRITTEN
    assert not [f for f in asked.project().findings if f.severity == "error"]


def test_a_dry_run_shows_the_difference_and_writes_nothing(asked, run) -> None:
    ran = run("assess", "ask", *WHOLE, "--dry-run", cwd=asked.root)
    assert ran.status == 0
    assert [line for line in ran.out.splitlines() if line.startswith("+")][1:3] == ["+assessments:", "+  - actor: au"]
    assert record(asked) == RECORD


def test_json_for_a_script(asked, run) -> None:
    told = json.loads(run("assess", "ask", *WHOLE, "--note", "x" * 20_000, "--format", "json", cwd=asked.root).out)
    assert told["written"] is False
    assert [(f["code"], f["path"]) for f in told["findings"]] == [("T220", "recommendations/report/ask.md")]
    assert record(asked) == RECORD


def test_an_inbox_file_counts_and_can_be_collected_to_the_same_record(asked, run) -> None:
    for date in ("2020", "2020-12-30"):
        ran = run("assess", "ask", *WHOLE, "--date", date, "--inbox", cwd=asked.root)
        assert (ran.status, record(asked)) == (0, RECORD)
    names = sorted(f.name for f in (asked.root / "recommendations/inbox").iterdir())
    assert names == ["ask--au--2020-12-30.md", "ask--au--2020.md"]
    (asked.root / "recommendations/inbox/ask--au--2020-12-30.md").unlink()
    assert run("collect", cwd=asked.root).status == 0
    assert record(asked) == WRITTEN


def test_a_name_that_is_taken_in_the_inbox_gets_a_number(asked, run) -> None:
    eu = ["--actor", "eu", "--date", "2020", "--response", "noted"]
    for by in ("watch", "au"):
        assert run("assess", "ask", *eu, "--by", by, "--inbox", cwd=asked.root).status == 0
    names = sorted(f.name for f in (asked.root / "recommendations/inbox").iterdir())
    assert names == ["ask--eu--2020-2.md", "ask--eu--2020.md"]


# Flags that replace those of WHOLE, the exit status, and what is said.
WRONG = [
    (["--actor", "ua"], 1, "T301 error: there is no actor “ua”"),
    (["--actor", "watch"], 1, "T303 error: “watch” was not asked"),
    (["--date", "2030"], 1, "T308 error: 2030 is in the future"),
    (["--date", "2020-02-30"], 1, "T204 error: "),
    (["--status", "done"], 1, "T205 error: “done” is not a known value of “status”"),
    (["--evidence-url", "javascript:alert(1)"], 1, "T907 error: "),
    (["--note", "x" * 20_000], 1, "T220 error: the note has 20,000 characters; at most 5,000 are allowed"),
    (["--note", "a\x1b[2Jb"], 1, "T908 error: "),
    (["--corrects", "2019"], 1, "T213 error: watch has no entry on au dated 2019"),
    (["--by", ""], 1, "T202 error: “by” is missing"),
    (["--evidence-title", "a second one"], 2, "the flags of evidence don't say which belong together"),
]  # fmt: skip


@pytest.mark.parametrize("inbox", [[], ["--inbox"]], ids=["record", "inbox"])
@pytest.mark.parametrize(("flags", "status", "said"), WRONG, ids=[case[2][:24] for case in WRONG])
def test_what_the_check_would_find_is_said_and_nothing_is_written(asked, quick, flags, status, said, inbox) -> None:
    whole = WHOLE if flags[0] != "--evidence-url" else WHOLE[:-2]
    ran = quick("assess", "ask", *whole, *flags, *inbox)
    assert (ran.status, said in ran.out + ran.err) == (status, True), ran.out + ran.err
    assert record(asked) == RECORD
    assert not (asked.root / "recommendations/inbox").exists()


def test_an_unknown_recommendation_has_a_near_miss(asked, run) -> None:
    ran = run("assess", "aks", *WHOLE, cwd=asked.root)
    assert (ran.status, ran.err) == (2, "tracker: there is no recommendation “aks”\n  Did you mean “ask”?\n")


def test_a_record_that_cant_be_read_is_mended_first(asked, run) -> None:
    broken = RECORD.replace("order: 1", "order: 1\norder: 2")
    asked.recommendation(text=broken)
    ran = run("assess", "ask", *WHOLE, cwd=asked.root)
    assert (ran.status, "ask.md:6: “order” stands twice" in ran.err) == (2, True)
    assert record(asked) == broken


def test_several_at_once_lose_nothing(asked) -> None:
    dates = [str(year) for year in range(2011, 2017)]
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "tracker", "assess", "ask", *WHOLE, "--date", date],
            cwd=asked.root, stdout=subprocess.DEVNULL,
        )
        for date in dates
    ]  # fmt: skip
    assert [child.wait() for child in children] == [0] * len(dates)
    log = asked.project().corpus.recommendations["ask"].assessments
    assert sorted(entry.date for entry in log) == dates


# In a terminal


def test_it_asks_for_what_no_flag_says_and_helps_with_what_is_wrong(asked) -> None:
    said = talk(asked.root, ["assess", "ask", "--by", "watch"], [
        ("Actor", "rigs"), ("Actor", "1"), ("When was it so", "2020-13"), ("When was it so", "2020"),
        ("Status", "underway"), ("Status", "under-way"), ("Response", ""), ("Basis", "document"),
        ("Confidence", ""), ("Title", "A: report"), ("Address", "javascript:x"),
        ("Address", "https://example.org/a.pdf"), ("Document symbol", ""), ("One of our", ""), ("Where in it", ""),
        ("Published on", ""), ("Read on", "2026-01"), ("What it shows", ""), ("Title", ""), ("Note", ""),
        ("Write it?", "y"),
    ])  # fmt: skip
    assert said.status == 0, said.shown
    for words in ("Did you mean “rigos”", "Action is being taken; none of it is complete.",
                  "Write a date that exists", "Did you mean “under-way”", "begins with https://",
                  "+    status: under-way", "the assessment was added"):  # fmt: skip
        assert words in said.shown, said.shown
    assert record(asked) == WRITTEN.replace("    evidence:", "    basis: document\n    evidence:").replace(
        "a.pdf\n", "a.pdf\n        accessed: 2026-01\n"
    )


def test_a_no_at_the_end_writes_nothing(asked) -> None:
    said = talk(asked.root, ["assess", "ask", *WHOLE], [("Write it?", "n")])
    assert (said.status, "nothing was written" in said.shown) == (1, True)
    assert record(asked) == RECORD


def test_a_record_that_changed_while_somebody_was_asked_is_left_alone(asked) -> None:
    import threading
    import time

    def change() -> None:
        time.sleep(4)
        asked.recommendation(text=RECORD.replace("A desk is named.", "Another hand was here."))

    # The question is answered with something wrong first, and again when the file has changed.
    thread = threading.Thread(target=change)
    thread.start()
    said = talk(asked.root, ["assess", "ask", *WHOLE], [("Write it?", "x"), ("Write it?", _late(thread))])
    assert (said.status, "was changed by somebody else since it was read; nothing was written" in said.shown) == (2, True)
    assert "Another hand was here." in record(asked)
    assert "under-way" not in record(asked)


class _late(str):
    """An answer that is typed when a thread has ended."""

    def __new__(cls, thread):
        made = super().__new__(cls, "y")
        made.thread = thread
        return made

    def encode(self, *args):
        self.thread.join()
        return super().encode(*args)


# New records


def test_a_new_recommendation_gets_the_next_id_of_its_source_and_the_usual_shape(asked, run) -> None:
    asked.recommendation("report-009", title="title: Ninth", order="aliases: [report-011]")
    ran = run("new", "recommendation", "--title", "Name: a desk", "--source", "report", "--set", "addressed_to=au",
              "--set", "addressed_to=eu", "--set", "themes=gender", "--set", "locator=Part 2", "--set", "kind=formal",
              "--set", "measures=A desk is named.", "--body", "What is asked.", cwd=asked.root)  # fmt: skip
    assert (ran.status, ran.out) == (0, "recommendations/report/report-012.md: written\n")
    assert (asked.root / "recommendations/report/report-012.md").read_text() == (
        '---\ntitle: "Name: a desk"\nkind: formal\nsource: report\nlocator: Part 2\naddressed_to: [au, eu]\n'
        "themes: [gender]\nmeasures:\n  - A desk is named.\n---\nWhat is asked.\n"
    )


def test_an_id_is_made_from_a_title_and_collections_work_alike(asked, run) -> None:
    ran = run("new", "case-study", "--title", "Élan: où va-t-il?", "--set", "period=2011",
              "--set", 'sources=[{"source": "report"}]', cwd=asked.root)  # fmt: skip
    assert (ran.status, ran.out) == (0, "docs/cases/elan-ou-va-t-il.md: written\n")
    text = (asked.root / "docs/cases/elan-ou-va-t-il.md").read_text()
    assert 'period: "2011"' in text
    assert "sources:\n  - source: report\n" in text


TAKEN = [
    (["actor", "--title", "x", "--id", "au"], 2, "the id “au” is taken: docs/actors/au.md"),
    (["actor", "--title", "x", "--id", "oau"], 2, "the id “oau” is taken (it is a former id of “unity”)"),
    (["actor", "--title", "x", "--id", "A b"], 2, "“A b” can't be the id of a record"),
    (["actor", "--title", "中国"], 2, "no id can be made from this title"),
    (["actor"], 2, "a record needs a title"),
    (["actr", "--title", "x"], 2, "there is no kind of record “actr”"),
    (["recommendation", "--title", "x"], 2, "a recommendation needs its document"),
    (["recommendation", "--title", "x", "--source", "../../etc"], 2, "there is no source “../../etc”"),
    (["recommendation", "--title", "x", "--source", "reprot"], 2, "Did you mean “report”?"),
    (["actor", "--title", "x", "--set", "type"], 2, "is not a field and its value"),
    (["actor", "--title", "x", "--set", "sources=[{]"], 2, "is not valid JSON"),
    (["actor", "--title", "x", "--set", "typ=rigo"], 1, "T201 error: there is no field “typ”"),
    (["actor", "--title", "x", "--body", "<script>"], 1, "T906 error: "),
    (["actor", "--title", "x", "--body", "x" * 130_000, "--set", "formerly=" + "x" * 130_000,
      "--set", "short=" + "x" * 9_000], 2, "at most 256 KB"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "status", "said"), TAKEN, ids=[case[2][:30] for case in TAKEN])
def test_what_cant_be_made_is_refused_with_a_reason(asked, quick, args, status, said) -> None:
    asked.write("docs/actors/unity.md", "---\ntitle: Unity\naliases: [oau]\n---\nA body.\n")
    before = sorted(p for p in asked.root.rglob("*.md"))
    ran = quick("new", *args)
    assert (ran.status, said in ran.out + ran.err) == (status, True), ran.out[-500:] + ran.err[-500:]
    assert sorted(p for p in asked.root.rglob("*.md")) == before


def test_a_new_record_in_a_terminal(asked) -> None:
    said = talk(asked.root, ["new", "event"], [
        ("Title", "A second summit"), ("Kind", "1"), ("Date", "2013-05-06"), ("End", ""), ("Place", "Addis Ababa"),
        ("Region", ""), ("Text below", "An event."), ("Write it?", ""),
    ])  # fmt: skip
    assert said.status == 0, said.shown
    made = (asked.root / "docs/events/a-second-summit.md").read_text()
    assert "date: 2013-05-06\nplace: Addis Ababa\n" in made
    assert TODAY > "2013-05-06"
