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
@click.option("--since", metavar="DATE|EVENT|REF", help="Show what changed since then instead.")
@root_option
@format_option("text", "json", "csv", "md")
def command(dimension: str, as_of: str, since: str | None, root: Path, form: str, **chosen) -> int:
    """Show who did what of what was asked.

    Counts are of pairs: one recommendation and one actor that it asks. Every row says how
    many pairs there are and how many nobody has assessed.

    With --since the state of a day, of an event or of a commit is compared with that of
    today (or of --as-of); exit status 1 means that there are differences.
    """
    project = open_project(root)
    if since is not None:
        from tracker.cli.compare import print_since

        return print_since(project, since, as_of, chosen, form)
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
    return 0
