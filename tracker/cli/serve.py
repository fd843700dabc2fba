"""`tracker serve`: the site on this machine, following every change."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import as_of_option, open_project, root_option
from tracker.cli.progress_line import progress_line


@click.command("serve")
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT",
              help="Where to show it.")
@as_of_option
@root_option
def command(address: str, as_of: str, root: Path) -> None:
    """Show the site here and follow changes of recommendations, docs and settings.

    A mistake in a record is told in this terminal; the site stays as it was until it is
    mended. Stop with Ctrl-C.
    """
    import gc

    from tracker.site.serve import serve

    gc.enable()  # unlike other commands, this one stays
    serve(open_project(root), as_of, address, progress_line("pages"))
