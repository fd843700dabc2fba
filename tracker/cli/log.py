"""`tracker log ID`: what was so, when; and which commit said so, when, by whom."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import format_option, open_project, root_option
from tracker.recordlog import read


@click.command("log")
@click.argument("id")
@root_option
@format_option("text", "json", "md")
def command(id: str, root: Path, form: str) -> None:
    """Show the dated and the recorded history of a recommendation.

    ID is the name of its file without .md; a former id, or that of a record which was
    removed, works too. Dates of commits are those of the committer, in UTC.
    """
    name = id.rsplit("/", 1)[-1].removesuffix(".md")
    log = read(open_project(root), name)
    match form:
        case "json":
            click.echo(log.as_json(), nl=False)
        case "md":
            click.echo(log.as_markdown(), nl=False)
        case _:
            click.echo(log.as_text(), nl=False)
