"""`tracker fmt`: one canonical shape for records, without a change of meaning."""

from __future__ import annotations

from pathlib import Path

import click

from tracker import telling
from tracker.cli.options import counted, format_option, inside, root_option
from tracker.cli.previews import difference, print_difference
from tracker.cli.progress_line import progress_line
from tracker.edit.files import Files, Kept
from tracker.edit.formatting import Shaped, shaped
from tracker.errors import TrackerError
from tracker.project import find_root, load_config
from tracker.reader import Reader
from tracker.store import WorkTree


@click.command("fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@root_option
@format_option("text", "json")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where something would change.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
def command(paths: tuple[Path, ...], root: Path, form: str, check: bool, dry_run: bool) -> int:
    """Bring records into their usual shape: order of keys, quotes, indentation, lists.

    Without PATHS (files or folders) all records and the inbox are looked at. Comments,
    line ends and a byte order mark stay. It is proved for each file that nothing changes
    in meaning; a file for which that can't be shown is left alone, and the reason is told.

    Exit status: 0 all is in shape, 1 a file was left alone (or would change, with --check).
    """
    top = find_root(root)
    reader, files, tree = Reader(load_config(top)[1]), Files(top), WorkTree(top)
    wanted = inside(paths, top)
    records = [e.path for e in tree.records() if wanted(e.path)]
    if paths and not records:
        raise TrackerError(f"there is no record in {', '.join(map(str, paths))}", "Name a .md file, or a folder.")
    with progress_line("records"), telling.doing("records", len(records)):
        found = list(shaped(reader, files, records))
    found += [Shaped(Kept(f.path, None), b"", f.line, f.message) for f in tree.findings if wanted(f.path)]
    if not (check or dry_run):
        with files.locked():
            for one in found:
                if one.changed:
                    files.write(one.kept, one.after)
    if form == "json":
        click.echo(_as_json(found), nl=False)
    else:
        _print(found, len(records), check=check, dry_run=dry_run)
    alone, changed = any(one.why for one in found), any(one.changed for one in found)
    return 1 if alone or (check and changed) else 0


def _print(found: list[Shaped], count: int, *, check: bool, dry_run: bool) -> None:
    for one in found:
        if one.why:
            click.secho(f"{one.path}:{one.line}: left alone: {one.why}", fg="yellow")
        elif dry_run:
            print_difference(one.path, one.before, one.after)
        else:
            click.echo(f"{one.path}: {'would change' if check else 'brought into shape'}")
    changed = sum(one.changed for one in found)
    alone = sum(bool(one.why) for one in found)
    said = "would change" if check or dry_run else "changed"
    click.echo(f"{counted(count, 'record')} looked at: {changed:,} {said}, {alone:,} left alone.")


def _as_json(found: list[Shaped]) -> bytes:
    import msgspec

    told = [
        {"path": one.path, "changed": one.changed}
        | ({"line": one.line, "left_alone": one.why} if one.why else {})
        | ({"diff": difference(one.path, one.before, one.after)} if one.changed else {})
        for one in found
    ]
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"
