"""`tracker show ID`: one record with everything that is known of it."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from tracker.cli.options import as_of_option, format_option, open_project, root_option
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.model import Assessment, Record, is_pending, plain
from tracker.progress import Progress
from tracker.suggest import did_you_mean


@click.command("show")
@click.argument("id")
@as_of_option
@root_option
@format_option("text", "json", "md")
def command(id: str, as_of: str, root: Path, form: str) -> None:
    """Show one record: a recommendation, an actor, a theme ...

    ID is the name of its file without .md. Where a name is used in several collections,
    write collection/name, such as actors/au.
    """
    project = open_project(root)
    corpus = project.corpus
    collection, record = _find(corpus, id)
    progress = Progress(corpus, as_of)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(_data(progress, collection, record)), indent=2))
    elif form == "md":
        click.echo((project.root / record.path).read_text(encoding="utf-8-sig"), nl=False)
    elif collection == "recommendations":
        from tracker.cli.terminal import print_recommendation

        print_recommendation(progress, corpus, record)
    else:
        from tracker.cli.terminal import print_record

        print_record(progress, corpus, collection, record)


def _find(corpus: Corpus, name: str) -> tuple[str, Record]:
    if name.startswith(("docs/", "recommendations/")) and name.endswith(".md"):
        name = name.rsplit("/", 1)[1].removesuffix(".md")
    wanted, _, stem = name.rpartition("/")
    collections = [wanted] if wanted in corpus.collections else list(corpus.collections)
    for collection in collections:
        if (record := corpus.find(collection, stem)) is not None:
            return collection, record
    known = [record.id for _, record in corpus.records()]
    raise TrackerError(
        f"there is no record “{name}”",
        did_you_mean(stem, known, "See them with: tracker status --by source"),
    )


def _data(progress: Progress, collection: str, record: Record) -> dict:
    data = {"collection": collection, **plain(record)}
    data["path"], data["text"] = data.pop("$path", ""), data.pop("$body", "")
    if collection == "recommendations":
        if record.assessments:
            data["assessments"] = [_entry(entry) for entry in record.assessments]
        data["as_of"] = progress.as_of
        data["headline"] = progress.headline(record.id)
        data["status"] = [
            {
                "actor": pair.actor, "group": pair.group, "status": pair.status,
                "response": pair.response, "contested": pair.contested,
                "date": pair.latest.date if pair.latest else None,
            }
            for pair in progress.pairs[record.id]
        ]  # fmt: skip
    return data


def _entry(entry: Assessment) -> dict:
    """An entry of the log; ``inbox`` names the file of one that waits there."""
    return plain(entry) | ({"inbox": entry.path} if is_pending(entry) else {})
