"""`tracker collect`: folds what waits in the inbox into the records."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import counted, format_option, inside, open_project, root_option
from tracker.cli.previews import difference, print_difference
from tracker.edit.collecting import ALREADY, COLLECTED, LEFT, Fold, Folded, carry_out, planned
from tracker.edit.files import Files
from tracker.project import find_root


@click.command("collect")
@click.argument("paths", metavar="[FILES]...", nargs=-1, type=click.Path(path_type=Path))
@root_option
@format_option("text", "json")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[Path, ...], root: Path, form: str, dry_run: bool) -> int:
    """Fold the assessments in recommendations/inbox/ into their records, the earliest first.

    Without FILES all of them are. Each is added at the end of its record's log, and its file
    is removed; all files of a record, or none. A file with an error is left in the inbox,
    and so are the others for the same record. It is safe to stop this and run it again.

    Exit status: 0 all were collected, 1 some were left.
    """
    top = find_root(root)
    files, wanted = Files(top), inside(paths, top)
    if dry_run:
        folds = planned(open_project(top), files, wanted)
    else:
        with files.locked():
            folds = planned(open_project(top), files, wanted)
            carry_out(files, folds)
    if form == "json":
        click.echo(_as_json(folds, written=not dry_run), nl=False)
    else:
        _print(folds, dry_run=dry_run)
    return 1 if any(one.outcome == LEFT for fold in folds for one in fold.files) else 0


def _print(folds: list[Fold], *, dry_run: bool) -> None:
    for fold in folds:
        for one in fold.files:
            _print_one(fold, one, dry_run=dry_run)
        if dry_run and fold.after != (fold.record.data or b""):
            print_difference(fold.record.path, fold.record.data or b"", fold.after)
    outcomes = [one.outcome for fold in folds for one in fold.files]
    if not outcomes:
        click.echo("The inbox is empty.")
        return
    would = "would be " if dry_run else ""
    click.echo(
        f"{counted(outcomes.count(COLLECTED), 'assessment')} {would}collected, "
        f"{outcomes.count(ALREADY):,} there already, {outcomes.count(LEFT):,} left in the inbox."
    )


def _print_one(fold: Fold, one: Folded, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    match one.outcome:
        case "left":
            click.secho(f"{one.kept.path}: left in the inbox: {one.why}", fg="yellow")
        case "already there":
            click.echo(f"{one.kept.path}: {fold.record.path} has it already; the file {would or 'is '}removed")
        case _:
            click.echo(f"{one.kept.path}: {would}folded into {fold.record.path}")


def _as_json(folds: list[Fold], *, written: bool) -> bytes:
    import msgspec

    told = [
        {
            "record": fold.record.path, "written": written and fold.after != (fold.record.data or b""),
            "files": [
                {"path": one.kept.path, "recommendation": one.recommendation, "outcome": one.outcome}
                | ({"why": one.why} if one.why else {})
                for one in fold.files
            ],
            "diff": difference(fold.record.path, fold.record.data or b"", fold.after),
        }
        for fold in folds
    ]  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"
