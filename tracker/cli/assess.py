"""`tracker assess ID`: one more entry in a recommendation's log, or a file in the inbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tracker import fields
from tracker.cli import asking
from tracker.cli.options import format_option, open_project, root_option, today
from tracker.cli.writing import Change, carry_out, in_terminal
from tracker.corpus import Corpus
from tracker.edit.entries import appended, for_inbox
from tracker.edit.files import Files
from tracker.errors import TrackerError
from tracker.model import Assessment, Evidence, Recommendation
from tracker.safety import visible
from tracker.suggest import did_you_mean

_PLAIN = [(key, text) for key, text in fields.described(Assessment) if key != "evidence"]
_PROOF = fields.described(Evidence)


def _entry_options(function: Callable) -> Callable:
    """A flag for each field of an assessment, and one for each of its evidence."""
    for key, text in reversed(_PROOF):
        function = click.option(
            f"--evidence-{key}", multiple=True, metavar="TEXT", help=f"Evidence: {text} May be repeated."
        )(function)
    for key, text in reversed(_PLAIN):
        function = click.option(f"--{key}", metavar="TEXT", help=text)(function)
    return function


@click.command("assess")
@click.argument("id")
@_entry_options
@click.option("--inbox", is_flag=True, help="Write a file in recommendations/inbox/, and leave the record alone.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would change.")
@root_option
@format_option("text", "json")
def command(id: str, root: Path, form: str, inbox: bool, dry_run: bool, **said: Any) -> int:
    """Add an assessment to the recommendation ID: how far an actor got, as of a date.

    In a terminal it asks for what no flag says. In a script everything comes from flags:

    \b
        tracker assess madrid-2011-053 --actor au --date 2015-06-30 \\
            --status under-way --by watch --basis document \\
            --evidence-title "Report 2015" --evidence-url https://example.org/2015.pdf

    Repeat the flags of evidence for a second document; an empty text ("") leaves out what
    one of them has not. The entry is checked as by tracker check, and nothing is written
    while it has an error. An entry that was published is never changed: say --corrects
    with its date, and what is right.

    Exit status: 0 written (or would be), 1 it has errors.
    """
    project = open_project(root)
    record = _record(project.corpus, id)
    entry = _entry(said)
    ask = in_terminal() and form == "text"
    if ask and not _is_whole(entry):
        entry = _asked(project.corpus, record, entry)
    files = Files(project.root)

    def make() -> Change:
        if inbox:
            kept, after = for_inbox(files, record.id, entry)
            return Change(kept, after, "written; it counts from now on. Fold it in with: tracker collect")
        kept = files.read(record.path)
        return Change(kept, appended(kept, entry), "the assessment was added")

    return carry_out(project, files, make, dry_run=dry_run, form=form, ask=ask)


def _record(corpus: Corpus, name: str) -> Recommendation:
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    record = corpus.find("recommendations", stem)
    if record is None:
        raise TrackerError(
            f"there is no recommendation “{stem}”",
            did_you_mean(stem, corpus.recommendations, "See them with: tracker status --by source"),
        )
    return record


def _entry(said: dict[str, Any]) -> dict[str, Any]:
    """What the flags say, as front matter."""
    entry: dict[str, Any] = {key: said[key] for key, _ in _PLAIN if said[key]}
    given = {key: said[f"evidence_{key}"] for key, _ in _PROOF if said[f"evidence_{key}"]}
    counts = {key: len(values) for key, values in given.items()}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"--evidence-{key}: {count}" for key, count in counts.items())
        raise TrackerError(
            f"the flags of evidence don't say which belong together ({told})",
            'Give each as often as there are documents, with "" for what one of them has not.',
        )
    number = max(counts.values(), default=0)
    proof = [{k: values[n] for k, values in given.items() if values[n]} for n in range(number)]
    return entry | ({"evidence": proof} if proof else {})


def _is_whole(entry: dict[str, Any]) -> bool:
    """Whether flags say all that an entry needs: then nobody is asked for more."""
    return all(entry.get(key) for key in ("actor", "date", "by")) and bool(
        entry.get("status") or entry.get("response")
    )


def _asked(corpus: Corpus, record: Recommendation, entry: dict[str, Any]) -> dict[str, Any]:
    """The entry with what was asked for in the terminal."""
    config, words = corpus.config, corpus.config.vocabulary
    click.secho(visible(record.title), bold=True)
    click.secho(f"{record.id}\n", dim=True)
    if not entry.get("actor"):
        click.secho("Who acted?", bold=True)
        only = record.addressed_to[0] if len(record.addressed_to) == 1 else ""
        entry["actor"] = asking.record(
            "Actor", corpus, "actors", first=record.addressed_to, default=only, needed=True
        )
    if not entry.get("date"):
        entry["date"] = asking.date("When was it so", today=today(), default=today(), needed=True)
    while not (entry.get("status") or entry.get("response")):
        entry["status"] = asking.choice("Status", words.status, words.allowed("status"))
        entry["response"] = asking.choice("Response", words.response, words.allowed("response"))
        if not (entry["status"] or entry["response"]):
            click.secho("  One of the two is needed: how far it got, or what it answered.", fg="yellow")
    if not entry.get("by"):
        entry["by"] = asking.record("Who judges", corpus, "actors", default=config.lead_assessor, needed=True)
    for name in ("basis", "confidence"):
        if not entry.get(name):
            entry[name] = asking.choice(name.capitalize(), getattr(words, name), words.allowed(name))
    if not entry.get("evidence"):
        entry["evidence"] = list(_evidence(corpus))
    if not entry.get("note"):
        entry["note"] = asking.answer("Note (Enter to leave out)")
    return {key: value for key, value in entry.items() if value}


def _evidence(corpus: Corpus):
    """Documents, until an empty title ends them."""
    click.secho("What shows it? A document or page; Enter when there is no more.", bold=True)
    while title := asking.answer("Title"):
        found = {
            "title": title,
            "url": asking.address("Address (https://...)"),
            "symbol": asking.answer("Document symbol"),
            "source": asking.record("One of our sources (its id)", corpus, "sources"),
            "locator": asking.answer("Where in it"),
            "date": asking.date("Published on"),
            "accessed": asking.date("Read on", default=today()),
            "shows": asking.answer("What it shows, in a sentence"),
        }
        if not (found["url"] or found["symbol"] or found["source"]):
            click.secho("  Nobody can find it: it needs an address, a symbol or one of our sources.", fg="yellow")
            continue
        yield {key: value for key, value in found.items() if value}
