"""`tracker`, the one command."""

from __future__ import annotations

import atexit
import gc
import importlib
import keyword
import os
import sys
import threading

import click

from tracker import __version__
from tracker.errors import TrackerError

COMMANDS = {
    "init": "Lay out a new, empty tracker.",
    "check": "Say what is wrong, where, and how to mend it.",
    "explain": "Say what a rule wants, why, and what to write instead.",
    "status": "Show who did what of what was asked.",
    "show": "Show one record with everything that is known of it.",
    "log": "Show what was so, when, and which commit said so.",
    "diff": "Show what changed in meaning between two commits.",
    "review": "Say what a change says, what is wrong, and what to look at.",
    "comment": "Put a review on its pull request (for workflows).",
    "overdue": "Show what is due for review, late, moved or never answered.",
    "translate": "Begin a translation, or mark it as up to date.",
    "import": "Make records of a spreadsheet's rows, or update them.",
    "schema": "Write what editors need: schemas and snippets.",
    "export": "Write all data: CSV, JSON, Parquet, schemas, feeds, a calendar.",
    "report": "Write the report for a conference, and a page for each actor.",
    "new": "Make a new record: a recommendation, an actor, a theme ...",
    "assess": "Add an assessment: how far an actor got, as of a date.",
    "collect": "Fold the assessments in the inbox into their records.",
    "fmt": "Bring records into their usual shape; what they say stays.",
    "pages": "Write the site's pages as Markdown, for a site generator.",
    "build": "Build the site.",
    "forge-files": "Write workflows, forms and owners for the forge.",
    "serve": "Show the site here, and follow changes.",
}


class Lazy(click.Group):
    """Commands by name; their modules are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")
        return importlib.import_module(f"tracker.cli.{module}").command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]):
        name = click.utils.make_str(args[0])
        if name not in COMMANDS and not name.startswith("-"):
            from tracker.suggest import did_you_mean

            hint = did_you_mean(name, COMMANDS, "See tracker --help.")
            raise TrackerError(f"there is no command “{name}”", hint)
        return super().resolve_command(ctx, args)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tracker")
def tracker() -> None:
    """Tracks what was recommended to whom, and what came of it.

    Exit status: 0 good, 1 findings or differences, 2 could not run.
    """


def run(args: list[str] | None = None) -> None:
    """The error boundary: what is known to go wrong is one message, never a traceback."""
    # A command lives for seconds and keeps nearly all that it makes: looking for garbage
    # among ten thousand records costs more than it frees.
    gc.disable()
    try:
        code = tracker.main(args, prog_name="tracker", standalone_mode=False)
        sys.exit(code or 0)
    except TrackerError as error:
        click.echo(f"tracker: {error.message}", err=True)
        if error.hint:
            click.echo(f"  {error.hint}", err=True)
        sys.exit(2)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has gone (as with `| head`): nothing is wrong.
        sys.stderr.close()
        sys.exit(0)


def main() -> None:
    """The whole process: `run`, and a quick end.

    To take ten thousand records apart one by one before it goes would be a tenth of a
    `check` where nothing changed. Where something of a library still runs beside us, it is
    left to end in its own time.
    """
    try:
        run()
    except SystemExit as done:
        if threading.active_count() > 1:
            raise
        atexit._run_exitfuncs()
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except (OSError, ValueError):  # the reader has gone, or the stream is closed: nothing to say
            pass
        os._exit(done.code or 0)
