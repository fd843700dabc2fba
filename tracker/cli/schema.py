"""`tracker schema`: what editors need to help with writing."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import counted, open_project, root_option


@click.command("schema")
@click.option("--with-ids", is_flag=True, help="Allow only ids of records that exist (for your own machine).")
@click.option("--check", is_flag=True, help="Write nothing; say whether the files are up to date.")
@root_option
def command(with_ids: bool, check: bool, root: Path) -> int:
    """Write JSON Schemas and snippets for editors to .vscode, from this tracker's own words and fields.

    Settings that are there already stay as they are. Run it again after changes of tracker.yml.
    """
    from tracker.edit.files import Files
    from tracker.starting import editor

    project = open_project(root)
    files = Files(project.root)
    wanted = editor.files(project.corpus, with_ids=with_ids)
    stale = [(files.read(path), data) for path, data in wanted.items()]
    stale = [(kept, data) for kept, data in stale if kept.data != data]
    if check:
        for kept, _ in stale:
            click.echo(f"{kept.path} is {'out of date' if kept.exists else 'missing'}")
        if stale:
            click.echo("Write them anew: tracker schema")
        return 1 if stale else 0
    missing = [(kept, data) for path, data in editor.settings().items() if not (kept := files.read(path)).exists]
    with files.locked():
        for kept, data in [*stale, *missing]:
            files.write(kept, data)
    click.echo(f"{counted(len(stale) + len(missing), 'file')} written, {len(wanted) - len(stale)} were up to date, in .vscode")
    return 0
