"""`tracker build`: pages, then the site."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, open_project, root_option
from tracker.cli.progress_line import progress_line


@click.command("build")
@click.option("--engine", type=click.Choice(("mkdocs", "properdocs", "zensical")), default="mkdocs",
              show_default=True, help="Which site generator.")
@click.option("--to", "folder", type=click.Path(path_type=Path), default=None,
              help="Where the pages and the site go (default: build/ in the tracker).")
@click.option("--language", metavar="TAG", default="",
              help="Only this language of the site, such as fr (default: all).")
@click.option("--check-links", is_flag=True, help="Then follow every link inside the site.")
@click.option("--force", is_flag=True, help="Build even where nothing changed.")
@click.option("--offline", is_flag=True, help="Also pack the site into one zip file, to be read without a network.")
@as_of_option
@root_option
def command(
    engine: str, folder: Path | None, language: str, force: bool, check_links: bool, offline: bool,
    as_of: str, root: Path
) -> int:
    """Check everything, then build the site.

    Nothing is built while there are errors. Where nothing changed since the last time,
    the site is left as it is.
    """
    from tracker import git
    from tracker.site.edition import edition
    from tracker.site.make import make

    with progress_line("reading the records"):
        project = open_project(root)
        shown = edition(project.config, as_of, git.head(project.root))
        built = make(project, shown, folder or project.root / "build", engine, force=force, language=language)
    what = "is up to date" if built.unchanged else f"was built with {engine}"
    if built.languages and len(project.config.all_languages) > 1:
        what += f" ({', '.join(built.languages)})"
    click.echo(f"The site {what}: {built.pages:,} pages in {built.site}")
    if offline:
        from tracker.site.offline import pack, slug

        target = built.site.parent / f"{slug(project.config.name)}-{shown.as_of}.zip"
        with progress_line("packing the site"):
            size = pack(built.site, target, project.config, shown.as_of)
        click.echo(f"The same to be handed over: {target} ({size / 1_000_000:.1f} MB). Unpack it, open index.html.")
    click.echo(f"Open {built.site / 'index.html'} in a browser, or follow changes with: tracker serve")
    if not check_links:
        return 0
    from tracker.site.linkage import broken

    with progress_line("following every link"):
        found = list(broken(built.site))
    for link in found:
        click.echo(f"{link.page}: the link to “{link.address}” leads nowhere")
    if not found:
        click.echo("Every link inside the site leads somewhere.")
    return 1 if found else 0
