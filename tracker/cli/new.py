"""`tracker new KIND`: a new record, in its canonical shape, under an id that is free."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from tracker import decode, fields
from tracker.cli import asking
from tracker.cli.options import format_option, open_project, root_option
from tracker.cli.writing import Change, carry_out, in_terminal
from tracker.corpus import Corpus
from tracker.edit import naming
from tracker.edit.compose import compose
from tracker.edit.files import Files
from tracker.errors import TrackerError
from tracker.model import CORE
from tracker.suggest import did_you_mean

_FIRST = {
    "recommendations": ("source", "locator", "kind", "strength", "addressed_to", "themes", "regions", "measures"),
    "actors": ("short", "type", "parent", "member_of", "region", "url"),
    "themes": ("definition", "see_also"),
    "sources": ("short", "publisher", "date", "event", "url"),
    "events": ("kind", "date", "end", "place", "region"),
}


@click.command("new")
@click.argument("kind")
@click.option("--title", metavar="TEXT", help="What the record is called; for a recommendation, what is asked.")
@click.option("--id", "name", metavar="ID", help="Its id (default: the next free one, or made from the title).")
@click.option("--source", metavar="ID", help="Of a recommendation: the document that asks.")
@click.option(
    "--set", "values", multiple=True, metavar="FIELD=VALUE",
    help="Another field. Repeat it for each item of a list; a value in [ ] or { } is read as JSON.",
)  # fmt: skip
@click.option("--body", metavar="TEXT", help="The text below the facts, as Markdown.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be written.")
@root_option
@format_option("text", "json")
def command(
    kind: str, title: str | None, name: str | None, source: str | None, values: tuple[str, ...], body: str | None,
    dry_run: bool, root: Path, form: str,
) -> int:
    """Make a new record of KIND: recommendation, actor, theme, source, event, or an entry of a collection.

    In a terminal it asks for what no flag says. In a script everything comes from flags:

    \b
        tracker new actor --title "African Union" --set short=AU --set type=rigo \\
            --set member_of=rigos --body "A union of the states of Africa."

    The record is checked as by tracker check, and nothing is written while it has an error.
    An id that exists, or that a record once had, is refused.

    Exit status: 0 written (or would be), 1 it has errors, 2 its id is taken.
    """
    project = open_project(root)
    corpus = project.corpus
    collection = _collection(corpus, kind)
    data = _data(corpus, collection, title, source, values)
    ask = in_terminal() and form == "text"
    if ask and not title:
        data, body = _asked(corpus, collection, data, body)
    if not data.get("title"):
        raise TrackerError("a record needs a title", 'Say it with --title "...".')
    where = data.get("source", "") if collection == "recommendations" else ""
    if collection == "recommendations" and (not isinstance(where, str) or not where):
        raise TrackerError("a recommendation needs its document", "Say it with --source; see docs/sources/.")
    if where and corpus.find("sources", where) is None:
        raise TrackerError(
            f"there is no source “{where}”",
            did_you_mean(where, corpus.ids["sources"], "Make its page first: tracker new source."),
        )
    files = Files(project.root)

    def make() -> Change:
        given = name or (naming.next_in_source(corpus, where) if where else naming.slug(data["title"]))
        if not given:
            raise TrackerError("no id can be made from this title", "Give one with --id, in small Latin letters.")
        kept = files.read(naming.path_of(corpus, collection, given, where))
        if kept.exists:
            raise TrackerError(f"{kept.path} exists already; nothing was written", "Run this again, or give another --id.")
        return Change(kept, compose(corpus.types[collection], data, body or "").encode(), "written")

    return carry_out(project, files, make, dry_run=dry_run, form=form, ask=ask)


def _collection(corpus: Corpus, kind: str) -> str:
    """The collection that a word names: its name, its singular, or what an entry is called."""
    words = {name: name for name in corpus.types}
    words |= {name.removesuffix("s"): name for name in CORE}
    words |= {spec.singular.lower().replace(" ", "-"): name for name, spec in corpus.config.collections.items()}
    found = words.get(kind.lower().replace(" ", "-").replace("_", "-")) or words.get(kind.lower())
    if found is None:
        raise TrackerError(f"there is no kind of record “{kind}”", did_you_mean(
            kind, words, f"There are: {', '.join(dict.fromkeys(words.values()))}."
        ))  # fmt: skip
    return found


def _data(
    corpus: Corpus, collection: str, title: str | None, source: str | None, values: tuple[str, ...]
) -> dict[str, Any]:
    """What the flags say, as front matter. A field that is not known stays, for the rules to say so."""
    data: dict[str, Any] = {"title": title} if title else {}
    if source:
        data["source"] = source
    lists = {key for key, many in _fields(corpus, collection).items() if many}
    for value in values:
        key, equals, said = value.partition("=")
        if not equals:
            raise TrackerError(f"“{value}” is not a field and its value", "Write --set field=value.")
        made = _value(key, said)
        if key in lists:
            data.setdefault(key, []).extend(made if isinstance(made, list) else [made])
        elif key in data:
            raise TrackerError(f"“{key}” was said twice, and is not a list", "Say it once.")
        else:
            data[key] = made
    return data


def _value(key: str, said: str) -> Any:
    if not said.startswith(("[", "{")):
        return said
    try:
        return json.loads(said)
    except ValueError as error:
        raise TrackerError(f"the value of {key} is not valid JSON: {error}", "Check its quotes and brackets.") from None


def _fields(corpus: Corpus, collection: str) -> dict[str, bool]:
    """The fields of a collection's records, and whether each is a list."""
    kind = corpus.types[collection]
    return {key: fields.is_list(kind, key) for key in decode.keys(kind)}


def _asked(
    corpus: Corpus, collection: str, data: dict[str, Any], body: str | None
) -> tuple[dict[str, Any], str]:
    """The data and the text, with what was asked for in the terminal."""
    kind = corpus.types[collection]
    data["title"] = asking.answer("Title", needed=True)
    spec = corpus.config.collections.get(collection)
    wanted = _FIRST.get(collection) or tuple(spec.fields if spec else ())
    said = dict(fields.described(kind))
    for key in wanted:
        if key in data:
            continue
        marks, many = fields.marks(kind, key), fields.is_list(kind, key)
        label = f"{key.replace('_', ' ').capitalize()} ({said.get(key, '').rstrip('.').lower()})"
        one = _question(corpus, label, marks, needed=key == "source" and collection == "recommendations")
        if one is None:
            continue
        if many:
            items = list(iter(one, ""))
            if items:
                data[key] = items
        elif value := one():
            data[key] = value
    return data, body or asking.answer("Text below the facts (Enter to write it later)")


def _question(corpus: Corpus, label: str, marks: dict[str, Any] | None, *, needed: bool):
    """A function that asks for one value of a field; None for parts, which are written in the file."""
    if marks is None:
        return None
    if (collection := marks.get("ref")) is not None:
        return lambda: asking.record(label, corpus, collection, needed=needed)
    if (term := marks.get("term")) is not None:
        terms = corpus.config.terms(term)
        return lambda: asking.choice(label, terms, corpus.config.allowed(term))
    if "date" in marks:
        return lambda: asking.date(label)
    return (lambda: asking.address(label)) if "url" in marks else (lambda: asking.answer(label))
