"""Measures the report against plain typst tables with the same words, and the whole command.

Makes two trackers with `corpus.py`, each with two conferences: one of 2,000 recommendations
for the PDF, one of 500 for the pack in all formats. "2,000 rows" is the annex with 2,000
recommendations, a row for each; the whole report of these has several thousand rows more.
Every case is a process of its own, because typst remembers what it has set before.
Processor time is the user's, of all threads; on a busy machine look at that, and at the ratio.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import corpus

ROWS, PACK, RUNS, AS_OF = 2000, 500, 3, "2026-11-26"
EVENT = "---\ntitle: {title}\nkind: conference\ndate: {date}\n---\nText.\n"
ROOT = Path(__file__).resolve().parent.parent

# What both sides begin with: the document, or the annex alone, of the tracker in the folder.
BEGIN = """
import json, resource, sys, time
from pathlib import Path
from tracker.cli.options import open_project
from tracker.progress import Progress
from tracker.reports import glyphs, house, report, request
from tracker.reports.document import Table
from tracker.reports.facts import Facts
from tracker.reports.pdf import Setter
from tracker.reports.pieces import Pieces
from tracker.reports.words import Words

AS_OF, ONLY = sys.argv[1:3]
def clock():
    return time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
def say(before, rows, pdf):
    wall, cpu = (b - a for a, b in zip(before, clock()))
    print(json.dumps({"wall": wall, "cpu": cpu, "rows": rows, "kb": len(pdf) // 1000}))
def tables(document):
    return [b for s in document.sections for b in s.blocks if isinstance(b, Table)]
def made():
    wanted = request.made(project.corpus, AS_OF, "en")
    then = Progress(wanted.then.corpus, wanted.since)
    facts = Facts(project.corpus, project.corpus, AS_OF, then)
    look = house.house(project.root, project.config.report)
    pieces = Pieces(facts, Words("en", "en", project.root))
    return report.report(pieces, wanted, look, programs=False)
def part(document):
    if ONLY:
        document.sections = [s for s in document.sections if s.id == ONLY]
    return document
project = open_project(Path())
"""
OURS = BEGIN + """
if ONLY:
    document = part(made())
    before = clock()
else:
    before = clock()
    document = made()
pdf = Setter().pdf(document)
say(before, sum(len(t.rows) for t in tables(document)), pdf)
"""
PLAIN = """
#let tables = json(bytes(sys.inputs.tables))
#set document(title: "Plain")
#set text(font: ("Noto Sans", "Noto Sans Arabic"), size: 8.3pt, lang: "en")
#for t in tables {
  table(columns: t.widths.map(w => w * 1fr), table.header(..t.head), ..t.cells)
}
"""
THEIRS = BEGIN + f"""
import typst
found = [
    {{"widths": [c.width for c in t.columns], "head": [c.label for c in t.columns],
      "cells": ["\\n".join("".join(r.text for r in line) for line in cell.lines) for row in t.rows for cell in row]}}
    for t in tables(part(made()))
]
rows = sum(len(t["cells"]) // len(t["head"]) for t in found)
Path("plain.typ").write_text({PLAIN!r}, encoding="utf-8")
before = clock()
fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[glyphs.FOLDER])
pdf = typst.Compiler(Path("plain.typ"), font_paths=fonts).compile(
    sys_inputs={{"tables": json.dumps(found)}}, format="pdf", pdf_standards=["ua-1"])
say(before, rows, pdf)
"""
COMMAND = """
import json, resource, subprocess, sys, time
before = time.perf_counter()
subprocess.run([sys.executable, "-m", "tracker", "report", "--as-of", sys.argv[1], "--to", "pack"],
               check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall, used = time.perf_counter() - before, resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"wall": wall, "cpu": used.ru_utime, "rows": 0, "kb": 0}))
"""


def make(folder: Path, count: int) -> Path:
    corpus.make(folder, count)
    corpus.page(folder / "tracker.yml", "name: Measured\nlead_assessor: assessor\n")
    corpus.page(folder / "docs/events/next.md", EVENT.format(title="The next", date="2026-12-03"))
    corpus.page(folder / "docs/events/before.md", EVENT.format(title="The one before", date="2021-05-03"))
    return folder


def once(folder: Path, program: str, only: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", program, AS_OF, only], cwd=folder, capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        rows, pack = make(Path(name) / "rows", ROWS), make(Path(name) / "pack", PACK)
        # label: folder, program, part, goal in seconds by the clock, the peer's label
        cases = {
            "plain typst, the rows of the annex": (rows, THEIRS, "annex", None, ""),
            "the annex as PDF": (rows, OURS, "annex", 3.0, "plain typst, the rows of the annex"),
            "plain typst, all rows of the report": (rows, THEIRS, "", None, ""),
            "the whole report as PDF": (rows, OURS, "", None, "plain typst, all rows of the report"),
            f"tracker report, {PACK} recommendations, all formats": (pack, COMMAND, "", 10.0, ""),
        }
        taken: dict[str, list[dict[str, float]]] = {label: [] for label in cases}
        for _ in range(options.runs + 1):  # the first one warms up
            for label, (folder, program, only, _, _) in cases.items():
                taken[label].append(once(folder, program, only))
        median = lambda label, key: statistics.median(run[key] for run in taken[label][1:])  # noqa: E731
        for label, (_, _, _, goal, peer) in cases.items():
            wall, cpu, count = median(label, "wall"), median(label, "cpu"), int(taken[label][0]["rows"])
            ratio = f"  {cpu / median(peer, 'cpu'):.2f} of the peer" if peer else ""
            judged = f"  goal {goal:g} s: {'met' if wall <= goal else 'NOT MET'}" if goal else ""
            of = f"{count:,} rows" if count else ""
            print(f"{label:52} {of:12} {wall:6.2f} s, processor {cpu:6.2f} s{ratio}{judged}", flush=True)


if __name__ == "__main__":
    main()
