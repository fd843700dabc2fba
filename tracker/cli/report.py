"""`tracker report`: the conference pack."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, open_project, root_option
from tracker.cli.progress_line import progress_line

LANGUAGES = ("en", "fr", "es", "ar")
FORMATS = ("md", "html", "docx", "pdf", "xlsx", "csv", "json")


@click.command("report")
@click.argument("event", required=False, metavar="[EVENT]")
@click.option("--since", metavar="EVENT|DATE|COMMIT",
              help="Compare with then (default: the last conference or meeting before; any event if none).")
@click.option("--actor", multiple=True, metavar="ID", help="Only of this actor (may be repeated).")
@click.option("--theme", multiple=True, metavar="ID", help="Only of this theme (may be repeated).")
@click.option("--source", multiple=True, metavar="ID", help="Only of this document (may be repeated).")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), default=None,
              help="The report's language (default: the tracker's).")
@click.option("--format", "formats", type=click.Choice(FORMATS), multiple=True,
              help="Only this format (may be repeated; default: all).")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=None,
              help="The folder to write (default: build/reports/ and the event or day, in the tracker).")
@as_of_option
@root_option
def command(
    event: str | None, since: str | None, actor: tuple[str, ...], theme: tuple[str, ...],
    source: tuple[str, ...], language: str | None, formats: tuple[str, ...], folder: Path | None,
    as_of: str, root: Path,
) -> None:
    """Write the status report for a conference, and a page for each actor.

    EVENT is the name of a page in docs/events; without it, the next event is taken. The
    text of the event's page stands in front of the report. All goes into one folder,
    which is written whole or not at all.
    """
    from tracker import git
    from tracker.cli.compare import narrowed
    from tracker.cli.select import narrow
    from tracker.reports import pack, request, shelf
    from tracker.since import state

    chosen = {"actor": actor, "theme": theme, "source": source}
    with progress_line("reading the records"):
        project = open_project(root)
        corpus = narrow(project.corpus, chosen)
        then = state(project, since, as_of) if since else None
    if language is None:
        language = project.config.language if project.config.language in LANGUAGES else "en"
    wanted = request.made(project.corpus, as_of, language, event, then, chosen)
    _say(project.corpus, wanted)
    commit = git.head(project.root)
    target = folder or project.root / shelf.FOLDER / (
        wanted.name + ("" if language == project.config.language else f"-{language}")
    )
    with progress_line("the figures"):
        made = pack.make(
            project, wanted, target, formats or FORMATS, corpus,
            narrowed(wanted.then.corpus, chosen) if wanted.then else None,
            (commit.short + ("+" if commit.dirty else "")) if commit else "",
        )  # fmt: skip
    files = "1 file" if len(made.files) == 1 else f"{len(made.files):,} files"
    click.echo(f"{files} written to {made.folder}")
    if folder is None:
        click.echo("The site takes them along, on its page Reports, the next time it is built.")


def _say(corpus, wanted) -> None:
    """For which event, as of when and since when: said before the work begins."""
    if wanted.event is None:
        click.echo(f"No event lies ahead of {wanted.as_of}: the report is for no event.", err=True)
    else:
        click.echo(f"For {wanted.event.id}, as of {wanted.as_of}.", err=True)
    if wanted.since_commit:
        click.echo(f"Changes since {wanted.since} (commit {wanted.since_commit}).", err=True)
    elif wanted.since_event is not None:
        click.echo(f"Changes since {wanted.since} ({wanted.since_event.id}).", err=True)
    elif wanted.since:
        click.echo(f"Changes since {wanted.since}.", err=True)
    else:
        click.echo("Nothing comes before, so no change is shown; name a date with --since.", err=True)
