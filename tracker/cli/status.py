"""`tracker status`: the tables, in a terminal or as data."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, format_option, open_project, root_option
from tracker.cli.select import narrow, selection_options
from tracker.progress import DIMENSIONS, Progress
from tracker.tables import status_table


@click.command("status")
@click.option("--by", "dimension", type=click.Choice(DIMENSIONS), default="actor", show_default=True)
@selection_options
@as_of_option
@root_option
@format_option("text", "json", "csv", "md")
def command(dimension: str, as_of: str, root: Path, form: str, **chosen) -> None:
    """Show who did what of what was asked.

    Counts are of pairs: one recommendation and one actor that it asks. Every row says how
    many pairs there are and how many nobody has assessed.
    """
    project = open_project(root)
    corpus = narrow(project.corpus, chosen)
    progress = Progress(corpus, as_of, only=chosen["actor"])
    rows = progress.by(dimension)
    table = status_table(progress, dimension, rows)
    if form == "json":
        click.echo(table.as_json(), nl=False)
    elif form == "csv":
        click.echo(table.as_csv(), nl=False)
    elif form == "md":
        click.echo(table.as_markdown(), nl=False)
    else:
        from tracker.cli.terminal import print_status

        print_status(progress, dimension, rows)
