"""`tracker pages DIR`: the site's Markdown, ready for a site generator."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, open_project, root_option
from tracker.cli.progress_line import progress_line


@click.command("pages")
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@root_option
def command(folder: Path, as_of: str, root: Path) -> None:
    """Write every page of the site to FOLDER as Markdown.

    FOLDER must be empty, new, or written by this command before.
    """
    from tracker import git, telling
    from tracker.site.edition import edition
    from tracker.site.output import write
    from tracker.site.pages import parts

    with progress_line("reading the records"):
        project = open_project(root)
        shown = edition(project.config, as_of, git.head(project.root))
        with telling.doing("pages", sum(map(len, project.corpus.collections.values()))):
            count = write(folder, parts(project, shown)).pages
    click.echo(f"{count:,} pages written to {folder}")
