"""`tracker forge-files`: workflows, forms and owners for the forge, from the package's templates."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import counted, open_project, root_option
from tracker.errors import TrackerError
from tracker.forge.files import KINDS, files, settings


@click.command("forge-files")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="What the forge runs (default: forge in tracker.yml).")
@click.option("--check", is_flag=True, help="Write nothing; say which files differ from what would be written.")
@root_option
def command(kind: str | None, check: bool, root: Path) -> int:
    """Write the files that a forge wants in a repository.

    Workflows that check, comment, preview and publish; issue forms and a template for pull
    requests; CODEOWNERS from the stewards in tracker.yml. Files that are as they should be stay.
    Exit status 1 with --check means that some differ.
    """
    project = open_project(root)
    made = files(settings(project.corpus, project.root, kind or ""), project.corpus)
    changed = [path for path, text in made.items() if _present(project.root / path) != text]
    for path in changed:
        if not check:
            _write(project.root, path, made[path])
        click.echo(f"{'differs' if check else 'written'}: {path}")
    click.echo(f"{counted(len(made), 'file')}, {len(changed):,} {'to write' if check else 'written'}")
    return 1 if check and changed else 0


def _present(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    if any((root / part).is_symlink() for part in [path, *map(str, Path(path).parents)]):
        raise TrackerError(f"{path} is or lies behind a symbolic link", "Put the file itself in its place.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise TrackerError(f"{path} can't be written: {error.strerror}") from None
