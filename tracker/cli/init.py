"""`tracker init`: a new, empty tracker."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tracker.cli.options import counted, today

_DESCRIPTION = "What was recommended, to whom, and what came of it."


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--name", help="What the tracker is called.")
@click.option("--description", help="What it tracks, in one sentence.")
@click.option("--languages", metavar="CODES", help="Languages of the site, the records' own first: en,fr,ar.")
@click.option("--forge", help="Where it will be kept: github, gitlab, forgejo, gitea or none.")
@click.option("--url", help="The address of the repository there.")
@click.option("--licence", help="Of the content: CC-BY-4.0, CC-BY-SA-4.0 or CC0-1.0.")
@click.option("--wheel", type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="Take this program along (default: the wheel that it was installed from, if it is there).")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: what is not given has its default.")
def command(
    folder: Path, name: str | None, description: str | None, languages: str | None, forge: str | None,
    url: str | None, licence: str | None, wheel: Path | None, yes: bool,
) -> None:
    """Lay out a new tracker in DIR, which must be empty or not there yet.

    It builds, passes its checks and can be published at once. Asks in a terminal for what is not given.
    """
    from tracker.starting import program
    from tracker.starting.answers import FORGES, LICENCES, Answers
    from tracker.starting.lay import lay

    quiet = yes or not sys.stdin.isatty()

    def answer(given: str | None, question: str, default: str, choices: tuple[str, ...] = ()) -> str:
        if given is not None or quiet:
            return default if given is None else given
        kind = click.Choice(choices) if choices else None
        return click.prompt(question, default=default, type=kind, show_default=bool(default))

    named = folder.absolute().name.replace("-", " ").replace("_", " ").strip() or "Recommendation tracker"
    name = answer(name, "What is the tracker called", named[:1].upper() + named[1:])
    description = answer(description, "What does it track, in one sentence", _DESCRIPTION)
    languages = answer(languages, "Which languages has the site, that of the records first (en,fr,...)", "en")
    forge = answer(forge, "Where will it be kept", "none", FORGES)
    url = answer(url, "The address of the repository there (empty: not known yet)", "") if forge != "none" else url or ""
    licence = answer(licence, "Under which licence is the content", "CC-BY-4.0", tuple(LICENCES))
    codes = tuple(dict.fromkeys(code.strip() for code in languages.split(",") if code.strip())) or ("en",)
    made = lay(folder, Answers(name.strip(), description.strip(), codes, forge, url.strip(), licence), today(),
               wheel or program.installed_from())
    click.echo(f"{counted(len(made), 'file')} in {folder}: an empty tracker. What comes next:")
    click.echo(f"  cd {folder}")
    click.echo("  git init && git add . && git commit -m 'An empty tracker'   # the history is part of the data")
    click.echo("  make            # check, and build the site in build/site")
    click.echo("The home page of the site says how to enter the first document.")
