"""Questions in a terminal: each with what may be answered, what it means, and near misses.

An empty answer skips what need not be said. Answers are taken as they will be written; what
is still wrong with the whole is said by the rules, before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from tracker import dates, safety
from tracker.corpus import Corpus
from tracker.safety import visible
from tracker.suggest import did_you_mean

Check = Callable[[str], str | None]


def answer(label: str, *, default: str = "", needed: bool = False, check: Check = lambda text: None) -> str:
    """A line of text. ``check`` says what is wrong with one, or None."""
    while True:
        said = click.prompt(label, default=default, show_default=bool(default)).strip()
        if not said and needed:
            click.secho("  This is needed.", fg="yellow")
            continue
        wrong = check(said) if said else None
        if wrong is None:
            return said
        click.secho(f"  {visible(wrong)}", fg="yellow")


def date(label: str, *, today: str = "", default: str = "", needed: bool = False) -> str:
    """A day, a month or a year; not after ``today``, where that is given."""
    def check(text: str) -> str | None:
        if (why := dates.problem(text)) is not None:
            return f"{why}. Write a date that exists, as {dates.EXAMPLES}."
        if today and dates.last_day(text) > today:
            return f"{text} is in the future, or not over. Write the date on which it was so."
        return None

    return answer(label, default=default, needed=needed, check=check)


def address(label: str) -> str:
    def check(text: str) -> str | None:
        return None if safety.allowed_url(text) else "An address begins with https://, http:// or mailto:."

    return answer(label, check=check)


def choice(label: str, terms: Mapping[str, Any], allowed: Iterable[str], *, default: str = "") -> str:
    """One of a list of words, each shown with what it means; by its number, or written out."""
    keys = list(allowed)
    click.secho(f"{label}:", bold=True)
    width = max(map(len, keys), default=0)
    for number, key in enumerate(keys, 1):
        meaning = terms[key].definition or terms[key].label
        click.echo(f"  {number:>2}  {key:<{width}}  {visible(meaning)}")

    def check(text: str) -> str | None:
        return None if _chosen(text, keys) else f"{did_you_mean(text, keys)} Write one of them, or its number.".strip()

    return _chosen(answer(f"{label} (Enter to leave out)" if not default else label, default=default, check=check), keys)


def record(label: str, corpus: Corpus, collection: str, *, first: Iterable[str] = (), default: str = "",
           needed: bool = False) -> str:  # fmt: skip
    """The id of a record; ``first`` are those that are likely, which are listed."""
    likely = [name for name in first if corpus.find(collection, name) is not None]
    for number, name in enumerate(likely, 1):
        click.echo(f"  {number:>2}  {name}  {visible(corpus.title(collection, name))}")

    def check(text: str) -> str | None:
        if _chosen(text, likely) or corpus.find(collection, text) is not None:
            return None
        ids = corpus.ids[collection]
        titled = [r.id for r in corpus.collections[collection].values() if text.casefold() in r.title.casefold()]
        near = f"Perhaps {', '.join(titled[:5])}?" if titled else did_you_mean(text, ids)
        return f"There is no page “{text}” in docs/{collection}/. {near}".strip()

    said = answer(label, default=default, needed=needed, check=check)
    chosen = _chosen(said, likely) or said
    found = corpus.find(collection, chosen) if chosen else None
    return found.id if found else chosen


def _chosen(text: str, keys: list[str]) -> str:
    if text in keys:
        return text
    return keys[int(text) - 1] if text.isdecimal() and 0 < int(text) <= len(keys) else ""
