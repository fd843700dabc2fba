"""Printing a comparison of two states, for `tracker diff` and `tracker status --since`."""

from __future__ import annotations

import click

from tracker.cli.progress_line import progress_line
from tracker.cli.select import narrow
from tracker.comparison import Comparison
from tracker.corpus import Corpus
from tracker.difference import Difference, Side
from tracker.errors import TrackerError
from tracker.progress import Progress
from tracker.project import Project
from tracker.since import state


def print_since(
    project: Project, since: str, as_of: str, chosen: dict[str, tuple[str, ...]], form: str
) -> int:
    """What changed since then in the chosen recommendations; 1 where something did."""
    if form == "csv":
        raise TrackerError("--since has no CSV format", "Use --format json.")
    with progress_line("reading what it was then"):
        then = state(project, since, as_of)
    corpus = narrow(project.corpus, chosen)
    before = Progress(narrowed(then.corpus, chosen), then.as_of, only=chosen["actor"])
    after = Progress(corpus, as_of, only=chosen["actor"])
    commit = then.side.commit
    side = Side("the work tree", as_of) if commit else Side("today", as_of)
    return show(Difference(then.side, side, Comparison(before, after), [], []), form)


def narrowed(corpus: Corpus, chosen: dict[str, tuple[str, ...]]) -> Corpus:
    """The same choice in an earlier corpus, where nothing may have fitted it."""
    try:
        return narrow(corpus, chosen)
    except TrackerError:
        others = [(c, r) for c, r in corpus.records() if c != "recommendations"]
        return Corpus(corpus.config, others, (), corpus.today)


def show(difference: Difference, form: str) -> int:
    match form:
        case "json":
            click.echo(difference.as_json(), nl=False)
        case "md":
            click.echo(difference.as_markdown(), nl=False)
        case _:
            click.echo(difference.as_text(), nl=False)
    return 1 if difference else 0
