"""`tracker review BASE [HEAD]`: a change as a volunteer reviewer needs to see it."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, format_option, root_option
from tracker.errors import TrackerError
from tracker.project import find_root
from tracker.review.comment import comment
from tracker.review.gather import gather
from tracker.review.parcel import Parcel, packed


@click.command("review")
@click.argument("base")
@click.argument("head", required=False)
@click.option("--preview", metavar="URL", default="", help="Where the site of this change can be seen.")
@as_of_option
@root_option
@format_option("md", "json")
def command(base: str, head: str | None, preview: str, as_of: str, root: Path, form: str) -> int:
    """Say what a change says, what is wrong with it, and what to look at.

    BASE is what was published (a branch, tag or commit id), HEAD the change; without HEAD it is
    the work tree. Both are read as data: nothing of them is run. --format json is what `tracker
    comment` posts. Exit status 1 means that there are errors to mend.
    """
    if preview and not preview.startswith("https://"):
        raise TrackerError("--preview: this is not an address", "Write it in full, beginning with https://.")
    if not root.is_dir():
        raise TrackerError(f"there is no folder {root}", "Check the path after --root.")
    review = gather(find_root(root), base, head, as_of)
    text = comment(review, preview)
    if form == "json":
        click.echo(packed(Parcel(head=review.head, base=review.base, body=text)))
    else:
        click.echo(text, nl=False)
    return 1 if review.broken else 0
