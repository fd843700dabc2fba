"""`tracker import`: a coordinator's table becomes records."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import counted, format_option, open_project, root_option
from tracker.cli.progress_line import progress_line
from tracker.errors import TrackerError


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="What the columns mean (YAML).")
@click.option("--suggest-map", is_flag=True, help="Print the draft of a map for this table, and do no more.")
@click.option("--dry-run", is_flag=True, help="Say what would become what, and write nothing.")
@click.option("--rejected", type=click.Path(path_type=Path), metavar="FILE.csv",
              help="Write the refused rows to this file, each with its reason: mend it, and import it.")  # fmt: skip
@format_option("text", "json")
@root_option
def command(
    file: Path, map_file: Path | None, suggest_map: bool, dry_run: bool, rejected: Path | None, form: str, root: Path,
) -> int:
    """Make records of the rows of FILE (CSV or XLSX), as a map says.

    Every row becomes a record or is listed with the reason why not. A row finds its record again by its
    id, so that importing again brings records up to date and makes no second ones. Exit status 1 where
    rows were refused.
    """
    from tracker.importing import outcome, spreadsheet
    from tracker.importing.apply import apply
    from tracker.importing.mapping import load
    from tracker.importing.plan import plan

    if suggest_map == (map_file is not None):
        raise TrackerError("an import needs a map that says what the columns mean",
                           f"Name it with --map, or have one drafted: tracker import {file} --suggest-map > map.yml")
    if suggest_map:
        from tracker.importing.suggest import draft

        table = spreadsheet.read(file)
        click.echo(draft(table, open_project(root).corpus, file.name), nl=False)
        return 0
    if rejected is not None and rejected.exists():  # before anything is done
        raise TrackerError(f"{rejected} is there already", "Name another file after --rejected.")
    made = load(_bytes(map_file), map_file.name)
    with progress_line("reading the table"):
        table = spreadsheet.read(file, sheet=made.sheet, encoding=made.encoding, separator=made.separator)
        project = open_project(root)
        planned = plan(project, table, made, map_file.name)
        if not dry_run:
            apply(project, planned)
    if rejected is not None:
        _write(rejected, outcome.rejected(planned))
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(outcome.data(planned, dry=dry_run)), indent=2))
    else:
        for line in outcome.text(planned, dry=dry_run):
            click.echo(line)
        if planned.refused and rejected is None:
            click.echo("\nTo mend the refused rows in a file of their own: --rejected FILE.csv")
        elif planned.refused:
            click.echo(f"\n{counted(len(planned.refused), 'row')} to mend: {rejected}")
        if dry_run:
            click.echo("\nThis was a dry run: nothing was written.")
    return 1 if planned.refused else 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TrackerError(f"there is no file {path}", "Check the path after --map.") from None
    except OSError as error:
        raise TrackerError(f"{path} can't be read: {error.strerror}") from None


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:  # a new file only: what is there may be what somebody is mending
            file.write(data)
    except OSError as error:
        raise TrackerError(f"{path} can't be written: {error.strerror}") from None
