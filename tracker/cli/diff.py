"""`tracker diff BASE [HEAD]`: what changed in meaning between two commits."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.compare import show
from tracker.cli.options import as_of_option, format_option, open_project, root_option
from tracker.cli.progress_line import progress_line
from tracker.comparison import Comparison
from tracker.difference import Difference, Side, edited
from tracker.progress import Progress
from tracker.project import Project
from tracker.since import State, of_commit


@click.command("diff")
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--merge-base", is_flag=True,
    help="Begin where the two lines parted: what one branch changed, for a pull request.",
)
@as_of_option
@root_option
@format_option("text", "md", "json")
def command(base: str, head: str | None, merge_base: bool, as_of: str, root: Path, form: str) -> int:
    """Show what changed in meaning between two commits.

    BASE and HEAD are branches, tags or commit ids; without HEAD the work tree is compared.
    Both are looked at as of one day. Exit status 1 means that there are differences.
    """
    with progress_line("reading the records of both sides"):
        made = _compared(open_project(root), base, head, as_of, merge_base=merge_base)
    return show(made, form)


def _compared(project: Project, base: str, head: str | None, as_of: str, *, merge_base: bool) -> Difference:
    before, notes = of_commit(project, base, as_of, parted=(head or "HEAD") if merge_base else "")
    if head is None:
        after = State(project.corpus, Side("the work tree", as_of))
    else:
        after, more = of_commit(project, head, as_of)
        notes += more
    made = Comparison(Progress(before.corpus, as_of), Progress(after.corpus, as_of))
    changed = edited(before.corpus, after.corpus)
    return Difference(before.side, after.side, made, changed, _unread(before, after) + notes)


def _unread(*states: State) -> list[str]:
    """Files that could not be read in a state are missing from its side of the comparison."""
    notes = []
    for state in states:
        lost = sum(len(state.corpus.ids[c] - found.keys()) for c, found in state.corpus.collections.items())
        if lost:
            notes.append(f"{lost:,} file{'s' * (lost != 1)} of {state.side.label} could not be read and "
                         "take no part in the comparison")  # fmt: skip
    return notes
