"""`tracker overdue`: what is due for review, late, moved, or was never answered."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, format_option, open_project, root_option
from tracker.cli.select import narrow, selection_options
from tracker.errors import TrackerError
from tracker.freshness import tables
from tracker.progress import Progress

_WHAT = ("review", "deadline", "slips", "silent")


@click.command("overdue")
@click.option("--what", type=click.Choice(_WHAT), multiple=True, help="Only this table (may be repeated).")
@selection_options
@as_of_option
@root_option
@format_option("text", "json", "csv", "md")
def command(what: tuple[str, ...], as_of: str, root: Path, form: str, **chosen) -> None:
    """Show what is due for review, open after its deadline, moved, or never answered.

    CSV is one table: choose it with --what.
    """
    if form == "csv" and len(what) != 1:
        raise TrackerError("CSV is one table", f"Choose it: --what {' or '.join(_WHAT)}.")
    project = open_project(root)
    progress = Progress(narrow(project.corpus, chosen), as_of, only=chosen["actor"])
    made = {name: table for name, table in tables(progress).items() if not what or name in what}
    if form == "json":
        parts = [f'"{name}": '.encode() + table.as_json().strip() for name, table in made.items()]
        import msgspec

        click.echo(msgspec.json.format(b"{" + b",".join(parts) + b"}", indent=2))
    elif form == "csv":
        click.echo(made[what[0]].as_csv(), nl=False)
    elif form == "md":
        click.echo("\n".join(table.as_markdown() for table in made.values()), nl=False)
    else:
        from tracker.cli.terminal_tables import print_table

        for table in made.values():
            print_table(table)
