"""Options that several commands share, and the project that they open."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import click

from tracker import dates
from tracker.errors import TrackerError
from tracker.project import Project, find_root


def today() -> str:
    """The only place of the commands that asks what day it is."""
    return datetime.date.today().isoformat()


def counted(number: int, word: str) -> str:
    """“1 error”, “2 errors”."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def root_option(function: Callable) -> Callable:
    return click.option(
        "--root", type=click.Path(path_type=Path), default=Path(),
        help="The tracker's folder (default: here, or the nearest one above).",
    )(function)  # fmt: skip


def as_of_option(function: Callable) -> Callable:
    return click.option(
        "--as-of", metavar="DATE", callback=_day, default=None,
        help="What was known to be so on that day (YYYY-MM-DD, YYYY-MM or YYYY; default: today).",
    )(function)  # fmt: skip


def format_option(*formats: str) -> Callable:
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True,
        help="How to print it.",
    )  # fmt: skip


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str:
    if value is None:
        return today()
    if (why := dates.problem(value)) is not None:
        raise TrackerError(f"--as-of: {why}", f"Write a date that exists, as {dates.EXAMPLES}.")
    return dates.last_day(value)


def inside(paths: tuple[Path, ...], root: Path) -> Callable[[str], bool]:
    """Whether a path below the tracker's root is one of ``paths`` or below one; all without any.

    Raises TrackerError for what is not there, or not in the tracker.
    """
    wanted = []
    for path in paths:
        full = path.resolve()
        if not full.is_relative_to(root):
            raise TrackerError(f"{path} is outside the tracker in {root}", "Name a file inside it.")
        if not full.exists() and not path.is_symlink():
            raise TrackerError(f"there is no file {path}", "Check its name.")
        wanted.append((Path.cwd() / path).absolute().relative_to(root).as_posix() if path.is_symlink()
                      else full.relative_to(root).as_posix())
    return lambda name: not wanted or any(w in (".", name) or name.startswith(f"{w}/") for w in wanted)


def open_project(root: Path, **options) -> Project:
    return Project(folder_of(root), today(), **options)


def folder_of(root: Path) -> Path:
    """The folder of the tracker that ``root`` lies in."""
    if not root.is_dir():
        raise TrackerError(f"there is no folder {root}", "Check the path after --root.")
    return find_root(root)
