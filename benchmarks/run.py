"""Measures the tracker's speed, each row in turn with its peers in the same run.

Every run is a whole process, as a user starts it. A row's programs take turns, so that a
busy moment of the machine falls on all of them alike. The last table holds the goals, and
says of each whether it was met. What the rows are is told in README.md beside this file.
"""

from __future__ import annotations

import argparse
import datetime
import html
import importlib.metadata
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
GOALS_FOR = 10_000  # recommendations; the goals say nothing about another number
RUNS = 5
BUILDS = 3  # a build takes long enough for its median to be steady
TRACKER = [sys.executable, "-m", "tracker"]
# As a user has it: modules are compiled once and not at each start.
QUIET = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"NO_MKDOCS_2_WARNING": "1"}
SETTLED = 2.5  # seconds until the cache believes a file's time
LOADING_THEN = 3.4  # seconds for python-frontmatter to load the 10,000 files, where the goals were set

LOAD = """
import frontmatter
from pathlib import Path
for folder in ("recommendations", "docs"):
    for file in Path(folder).rglob("*.md"):
        frontmatter.load(str(file))
"""
LOAD_AND_CONVERT = """
import datetime, frontmatter, msgspec
from pathlib import Path

def struct(name, texts, **others):
    return msgspec.defstruct(name, [*((text, str) for text in texts.split()), *others.items()])

Evidence = struct("Evidence", "title url", date=datetime.date | int)
Assessment = struct("Assessment", "actor status by basis confidence note", date=datetime.date,
                    evidence=list[Evidence])
Ask = struct("Ask", "title source locator kind strength", order=int, assessments=list[Assessment],
             addressed_to=list[str], themes=list[str], regions=list[str], measures=list[str])
for file in Path("recommendations").rglob("*.md"):
    msgspec.convert(frontmatter.load(str(file)).metadata, Ask)
for file in Path("docs").rglob("*.md"):
    frontmatter.load(str(file))
"""
PROGRESS = """
import gc, time
gc.disable()  # as the command does
from pathlib import Path
from tracker.progress import DIMENSIONS, Progress
from tracker.project import Project
corpus = Project(Path(), "2026-01-01").corpus
started = time.perf_counter()
progress = Progress(corpus, "2026-01-01")
for dimension in DIMENSIONS:
    progress.by(dimension)
print(time.perf_counter() - started)
"""
SITE = """\
site_name: Benchmark
docs_dir: {docs}
site_dir: site
use_directory_urls: false
strict: true
theme: {{name: material, font: false}}
plugins: [search]
markdown_extensions: [{{toc: {{permalink: true}}}}]
validation:
  nav: {{omitted_files: ignore}}
  links: {{not_found: ignore, unrecognized_links: ignore, anchors: ignore}}
nav: [{{Home: index.md}}]
"""


class Program(NamedTuple):
    label: str
    command: Sequence[str]
    folder: Path
    before: Callable[[], object] = lambda: None
    tells_time: bool = False  # prints its own seconds, for what is measured in process
    good: tuple[int, ...] = (0,)


class Measured(NamedTuple):
    row: str
    label: str
    seconds: list[float]
    peak_mb: float
    ratio: float | None  # the row's first program, over this one

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


class Goal(NamedTuple):
    """``there`` is what was measured, at the pace of the machine on which the goals were set."""

    what: str
    goal: str
    measured: str
    there: str
    met: bool | None  # None: not measured at the size that the goal speaks of


class Failed(Exception):
    """A program did not do what is measured, so the row has no figures."""


def once(program: Program) -> tuple[float, float]:
    """Seconds, and the peak of its largest process in MB."""
    program.before()
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen(
            program.command, cwd=program.folder, stdout=out, stderr=subprocess.STDOUT, env=QUIET
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode(errors="replace")
    if process.returncode not in program.good:
        raise Failed(f"{program.label} ended with {process.returncode}:\n{said[-2000:]}")
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return float(said) if program.tells_time else seconds, usage.ru_maxrss / unit


def measure(row: str, *programs: Program, runs: int = RUNS, group: int = 0) -> list[Measured]:
    """Runs the programs in turn; the first of each group is ours, the others its peers.

    With ``group`` 0 all are one group, and each has one run more, to warm up.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in programs]
    if not group:
        group = len(programs)
        for program in programs:
            once(program)
    for _ in range(runs):
        for program, results in zip(programs, taken, strict=True):
            results.append(once(program))
    found: list[Measured] = []
    for at, (program, results) in enumerate(zip(programs, taken, strict=True)):
        seconds = [s for s, _ in results]
        ratio = found[at - at % group].median / statistics.median(seconds) if at % group else None
        found.append(Measured(row, program.label, seconds, max(p for _, p in results), ratio))
        show(found[-1])
    return found


def show(m: Measured) -> None:
    spread = f"{m.median:7.3f} s ({min(m.seconds):.3f}-{max(m.seconds):.3f})"
    ratio = f"  ours takes {m.ratio:.2f} of it" if m.ratio is not None else ""
    print(f"{m.row:10}  {m.label:50}  {spread:27}  {m.peak_mb:5.0f} MB{ratio}", flush=True)


class Bench:
    """The rows, each a method that runs its programs and notes what came of a goal."""

    ROWS = ("help", "check-cold", "check-warm", "check-real", "status", "progress", "pages", "build")

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count
        self.results: list[Measured] = []
        self.goals: list[Goal] = []
        self.corpus = folder / "corpus"
        self.pace = 1.0

    def run(self, row: str, *programs: Program, **options) -> list[Measured]:
        found = measure(row, *programs, **options)
        self.results += found
        return found

    def goal(self, what: str, limit: float, measured: float, *, sized: bool = True) -> None:
        there = measured * self.pace
        met = there <= limit if not sized or self.count == GOALS_FOR else None
        self.goals.append(Goal(what, f"{limit:g} s", f"{measured:.3f} s", f"{there:.3f} s", met))

    def take_pace(self) -> None:
        """How fast this machine is: seconds say little from one machine, or one hour, to the next."""
        loading = Program("pace: python-frontmatter, loading", [sys.executable, "-c", LOAD], self.corpus)
        [found] = self.run("pace", loading)
        self.pace = LOADING_THEN * self.count / GOALS_FOR / found.median
        print(f"what takes 1 s here took {self.pace:.2f} s where the goals were set")

    def make_corpus(self) -> None:
        """The corpus, in a git repository so that `git status` has the same files to look at."""
        make_corpus(self.corpus, self.count)
        name = ["-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org"]
        for arguments in (["init", "-q"], ["add", "."], [*name, "commit", "-q", "-m", "All"]):
            subprocess.run(["git", *arguments], cwd=self.corpus, check=True)
        self.git_status = Program("git status", ["git", "status", "--porcelain"], self.corpus)

    def forget(self) -> None:
        shutil.rmtree(self.corpus / ".tracker", ignore_errors=True)

    def help(self) -> None:
        ours, *_ = self.run(
            "help",
            Program("tracker --help", [*TRACKER, "--help"], self.folder),
            Program("python -c pass", [sys.executable, "-c", "pass"], self.folder),
            Program("python -c 'import click'", [sys.executable, "-c", "import click"], self.folder),
        )
        self.goal("tracker --help", 0.15, ours.median, sized=False)

    def check_cold(self) -> None:
        ours, *_ = self.run(
            "check-cold",
            Program("tracker check, no cache yet", [*TRACKER, "check"], self.corpus, self.forget),
            Program("python-frontmatter, loading alone", [sys.executable, "-c", LOAD], self.corpus),
            Program("python-frontmatter, then msgspec into typed records",
                    [sys.executable, "-c", LOAD_AND_CONVERT], self.corpus),
            self.git_status,
        )  # fmt: skip
        self.goal(f"tracker check, {self.count:,}, cold", 1.0, ours.median)

    def check_warm(self) -> None:
        time.sleep(SETTLED)
        self.forget()  # one written before the files settled is not believed
        ours, *_ = self.run(
            "check-warm",
            Program("tracker check, nothing changed", [*TRACKER, "check"], self.corpus),
            self.git_status,
        )
        self.goal(f"tracker check, {self.count:,}, warm", 0.4, ours.median)

    def check_real(self) -> None:
        root = HERE.parent
        self.run(
            "check-real",
            Program("tracker check --no-cache, this repository", [*TRACKER, "check", "--no-cache"], root,
                    good=(0, 1)),
            Program("python-frontmatter, loading alone", [sys.executable, "-c", LOAD], root),
        )  # fmt: skip

    def status(self) -> None:
        self.run(
            "status",
            Program("tracker status --by actor --format json",
                    [*TRACKER, "status", "--by", "actor", "--format", "json"], self.corpus),
        )  # fmt: skip

    def progress(self) -> None:
        ours, = self.run(
            "progress",
            Program("progress and all five tables, in process", [sys.executable, "-c", PROGRESS],
                    self.corpus, tells_time=True),
        )  # fmt: skip
        self.goal(f"progress tables, {self.count:,} x 3", 0.2, ours.median)

    def pages(self) -> None:
        out = self.folder / "pages"
        ours, = self.run(
            "pages",
            Program(f"tracker pages, {self.count:,}", [*TRACKER, "pages", str(out)], self.corpus,
                    lambda: shutil.rmtree(out, ignore_errors=True)),
        )  # fmt: skip
        self.goal(f"tracker pages, {self.count:,}", 5.0, ours.median)

    def build(self) -> None:
        """Two sizes of one site each: the difference is what a page costs, without the start."""
        for program in sites(self.folder / "warm-up", 20)[0]:
            once(program)
        sizes = [sites(self.folder / f"build-{n}", n) for n in (self.count // 10, self.count // 5)]
        programs = [program for both, _ in sizes for program in both]
        found = self.run("build", *programs, runs=BUILDS, group=2)
        small, their_small, large, their_large = (m.median for m in found)
        few, many = (pages for _, pages in sizes)
        ours, theirs = (large - small) / (many - few), (their_large - their_small) / (many - few)
        self.goals.append(Goal("site, one more page", f"theirs, {ms(theirs)}", ms(ours), ms(ours * self.pace), ours <= theirs))
        linear = large / many <= 1.1 * small / few
        one, two = ms(small / few), ms(large / many)
        self.goals.append(Goal("site, per page, with twice as many", one, two, "", linear))


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def make_corpus(folder: Path, count: int) -> None:
    """In a process of its own: what this one needs would be counted with its children's."""
    subprocess.run([sys.executable, str(HERE / "corpus.py"), str(folder), str(count)], check=True)


def sites(folder: Path, count: int) -> tuple[list[Program], int]:
    """`tracker build`, and MkDocs with Material over as many plain pages with the same words."""
    make_corpus(folder, count)
    made, plain = folder / "made", folder / "plain"
    once(Program("tracker pages", [*TRACKER, "pages", str(made)], folder))
    pages = sorted(made.rglob("*.md"))
    for page in pages:
        target = plain / page.relative_to(made)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(plain_text(page.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(SITE.format(docs="docs"), encoding="utf-8")
    (folder / "plain.yml").write_text(SITE.format(docs="plain"), encoding="utf-8")
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", "plain.yml"]
    return [
        Program(f"tracker build, {count:,} recommendations", [*TRACKER, "build"], folder,
                lambda: shutil.rmtree(folder / "build", ignore_errors=True)),
        Program(f"MkDocs and Material, {len(pages):,} plain pages, same words", mkdocs, folder,
                lambda: shutil.rmtree(folder / "site", ignore_errors=True)),
    ], len(pages)  # fmt: skip


def plain_text(page: str) -> str:
    """The visible words of a made page as Markdown paragraphs under the same headings."""
    _, front, body = page.split("---\n", 2)
    lines = (f"# {front.splitlines()[0].removeprefix('title: ')}\n\n" + body).splitlines()
    words = (html.unescape(re.sub(r"<[^>]*>", " ", line)) for line in lines)
    return "\n\n".join(text.replace("<", " ") for w in words if (text := " ".join(w.split()))) + "\n"


def table(goals: list[Goal]) -> None:
    words = {True: "met", False: "NOT MET", None: "other size"}
    print(f"\n{'what':36}  {'goal':>20}  {'measured':>12}  {'at its pace':>12}")
    for goal in goals:
        print(f"{goal.what:36}  {goal.goal:>20}  {goal.measured:>12}  {goal.there:>12}  {words[goal.met]}")


def markdown(goals: list[Goal], results: list[Measured]) -> None:
    """The tables of README.md, to paste there."""
    words = {True: "met", False: "**not met**", None: "other size"}
    print("\n| Goal | Goal is | Measured | At its pace | |\n|---|---|---|---|---|")
    for goal in goals:
        print(f"| {goal.what} | {goal.goal} | {goal.measured} | {goal.there} | {words[goal.met]} |")
    print("\n| Row | Program | Median (fastest-slowest), s | Memory, MB | Ours, as a share of it |\n|---|---|---|---|---|")
    last = ""
    for m in results:
        spread = f"{m.median:.3f} ({min(m.seconds):.3f}-{max(m.seconds):.3f})"
        ratio = "" if m.ratio is None else f"{m.ratio:.2f}"
        print(f"| {'' if m.row == last else m.row} | {m.label} | {spread} | {m.peak_mb:.0f} | {ratio} |")
        last = m.row


def machine() -> dict[str, str | int | None]:
    names = ("mkdocs", "mkdocs-material", "python-frontmatter", "PyYAML", "msgspec")
    versions = {name: importlib.metadata.version(name) for name in names}
    return {
        "date": datetime.date.today().isoformat(), "cores": os.cpu_count(),
        "system": platform.system(), "python": platform.python_version(), **versions,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=GOALS_FOR, help="recommendations (default: %(default)s)")
    parser.add_argument("--only", choices=Bench.ROWS, action="append", help="only this row; can be repeated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every figure there, too")
    parser.add_argument("--markdown", action="store_true", help="end with the tables of README.md")
    options = parser.parse_args()
    facts = machine()
    print(", ".join(f"{name} {value}" for name, value in facts.items()))
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.count)
        bench.make_corpus()
        bench.take_pace()
        for name in options.only or Bench.ROWS:
            try:
                getattr(bench, name.replace("-", "_"))()
            except Failed as error:
                bench.goals.append(Goal(name, "to run at all", "failed", "", met=False))
                print(error, file=sys.stderr)
    if options.markdown:
        markdown(bench.goals, bench.results)
    else:
        table(bench.goals)
    if options.json:
        told = {
            "machine": facts, "count": options.count,
            "rows": [m._asdict() | {"median": m.median} for m in bench.results],
            "goals": [g._asdict() for g in bench.goals],
        }  # fmt: skip
        options.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
