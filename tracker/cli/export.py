"""`tracker export DIR`: everything as open data."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, open_project, root_option
from tracker.cli.progress_line import progress_line


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--parquet/--no-parquet", "with_parquet", default=None,
              help="With Parquet or without (default: with, where pyarrow is installed).")
@as_of_option
@root_option
def command(folder: Path, with_parquet: bool | None, as_of: str, root: Path) -> None:
    """Write all data to FOLDER: CSV, JSON, Parquet, schemas, feeds, a calendar.

    FOLDER must be empty, new, or written by this command before; it is replaced as a
    whole. The same commit and --as-of give the same bytes.
    """
    from tracker import git
    from tracker.errors import TrackerError
    from tracker.export import folder as target
    from tracker.export import parquet
    from tracker.export.bundle import open_data, refuse_errors
    from tracker.export.whole import files

    if with_parquet and not parquet.available():
        raise TrackerError(
            "Parquet needs pyarrow, which is not installed",
            "Install it: pip install 'recommendation-tracker[data]'; or leave --parquet out.",
        )
    target.refuse_foreign(folder.absolute())
    with progress_line("reading the records"):
        project = open_project(root)
        refuse_errors(project)
        data = open_data(project, as_of, git.head(project.root))
        made = files(data, with_parquet=parquet.available() if with_parquet is None else with_parquet)
        target.replace(folder, made)
    size = sum(map(len, made.values())) / 1e6
    click.echo(f"{len(data.tables)} tables, {len(made):,} files, {size:.1f} MB as of {as_of} in {folder}")
    if with_parquet is None and not parquet.available():
        click.echo("Without Parquet, which needs: pip install 'recommendation-tracker[data]'", err=True)
