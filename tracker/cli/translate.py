"""`tracker translate ID --lang LANGUAGE`: begin a translation, or mark it as up to date."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.options import open_project, root_option
from tracker.errors import TrackerError
from tracker.suggest import did_you_mean, listed


@click.command("translate")
@click.argument("id")
@click.option("--lang", "language", required=True, metavar="TAG", help="The language to translate into, such as fr.")
@click.option("--renew", is_flag=True, help="The translation has what changed: write the original's new fingerprint.")
@click.option("--print", "show", is_flag=True, help="Print the new file instead of writing it.")
@root_option
def command(id: str, language: str, renew: bool, show: bool, root: Path) -> None:
    """Begin the translation of a record or a page, or mark it as up to date again.

    ID is the name of a record's file without .md, or the path of a page such as
    docs/method.md. The new file stands beside the original and has its texts in it, for you
    to replace.
    """
    from tracker.edit import translate

    project = open_project(root)
    known = project.config.all_languages
    if language not in known:
        raise TrackerError(
            f"“{language}” is not a language of this site",
            did_you_mean(language, known, f"There are: {listed(known)}. Add it to languages in tracker.yml first."),
        )
    original = translate.find(project, id)
    if renew:
        path, changed = translate.renew(project, original, language)
        click.echo(f"{path} is marked as up to date" if changed else f"{path} was up to date already")
    elif show:
        click.echo(translate.begun(original), nl=False)
    else:
        path = translate.begin(project, original, language)
        click.echo(f"{path} has the original's texts in it: replace them with the translation")
        click.echo("Then see whether all is well: tracker check")
