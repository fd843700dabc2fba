"""`tracker comment FILE`: puts a review on its pull request. For workflows."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from tracker.cli.options import root_option
from tracker.errors import TrackerError
from tracker.forge.api import FORGES, Forge, GitHub
from tracker.forge.post import Posted, post
from tracker.forge.sweep import reviewed
from tracker.project import find_root
from tracker.review.parcel import Parcel, from_archive, from_file

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@click.command("comment")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--forge", "kind", type=click.Choice(list(FORGES)), required=True, help="What the forge runs.")
@click.option("--api", required=True, metavar="URL", help="The address of its API.")
@click.option("--repository", required=True, metavar="OWNER/NAME", help="The repository there.")
@click.option("--head", metavar="COMMIT", default="", help="The commit that the event is about, in full.")
@click.option("--open", "sweep", is_flag=True, help="Instead: review every open request, and comment on each.")
@click.option("--run", type=int, metavar="NUMBER", help="Take the artifact “review” of this workflow run (GitHub).")
@root_option
@click.option("--as", "author", metavar="NAME", default="", help="As whom the key writes, if not as the workflow.")
def command(
    file: Path | None, kind: str, api: str, repository: str, head: str, sweep: bool, run: int | None,
    author: str, root: Path,
) -> int:
    """Put the review in FILE (from `tracker review --format json`) on its pull request.

    The comment is made once and then updated. FILE is looked at as if a stranger had sent it.
    The key to the forge is read from the environment: FORGE_TOKEN.
    """
    forge = FORGES[kind](api, repository, os.environ.get("FORGE_TOKEN", ""), author)
    if sweep:
        return _sweep(forge, find_root(root), [file, head, run])
    if not _COMMIT.fullmatch(head):
        raise TrackerError("--head: this is not the id of a commit", "Write all 40 characters.")
    posted = post(forge, _parcel(forge, file, run), head)
    for entry in posted:
        click.echo(_said(entry))
    if not posted:
        click.echo(f"no open request proposes {head[:9]}: nothing to comment on")
    return 0


def _parcel(forge: Forge, file: Path | None, run: int | None) -> Parcel:
    if (file is None) is (run is None):
        raise TrackerError("name the review: either FILE or --run", "See tracker comment --help.")
    if file is not None:
        return from_file(file)
    if type(forge) is not GitHub:
        raise TrackerError("--run: only GitHub's artifacts can be read", "Name the FILE.")
    return from_archive(forge.artifact(run, "review"))


def _sweep(forge: Forge, root: Path, others: list) -> int:
    if any(others):
        raise TrackerError("--open looks at every open request", "Leave FILE, --head and --run away.")
    failed = 0
    for number, outcome in reviewed(forge, root):
        if isinstance(outcome, TrackerError):
            failed += 1
            click.echo(f"request {number}: {outcome.message}", err=True)
        else:
            for entry in outcome:
                click.echo(_said(entry))
    return 1 if failed else 0


def _said(entry: Posted) -> str:
    was = "is as it was" if entry.done == "unchanged" else f"was {entry.done}"
    return f"the comment on request {entry.number} {was}"
