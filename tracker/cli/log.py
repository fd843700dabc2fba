"""`tracker log ID`: what was so, when; and which commit said so, when, by whom."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import folder_of, format_option, open_project, root_option, today
from tracker.excerpt import Excerpt
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
    part = Excerpt(folder_of(root), today(), name)
    log = read(part if part.found else open_project(root), name)
    match form:
        case "json":
            click.echo(log.as_json(), nl=False)
        case "md":
            click.echo(log.as_markdown(), nl=False)
        case _:
            click.echo(log.as_text(), nl=False)
