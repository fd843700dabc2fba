"""Tables across collections: every record, every reference, citations, relations."""

from __future__ import annotations

import functools

from tracker import fields
from tracker.corpus import Corpus
from tracker.export.table import Field, Table, Tie
from tracker.export.text import cleaned
from tracker.model import RELATIONS

_WHICH = [
    Field(name="collection", description="The collection of the record that says so.", required=True),
    Field(name="record", description="The record that says so.", required=True),
]
_POSITION = Field(
    name="position", type="integer", description="Its place in the list, from 1.", required=True
)
_RECORD = Tie(("collection", "record"), "records", ("collection", "id"))


def records(corpus: Corpus) -> Table:
    return Table(
        name="records", title="All records", key=("collection", "id"),
        description="One row for each record of every collection: what there is, and where it is shown.",
        fields=[
            Field(name="collection", required=True,
                  description="The collection, which is the name of its table."),
            Field(name="id", description="The record's id in its collection.", required=True),
            Field(name="title", description="What it is called.", required=True),
            Field(name="page", description="Its page, from the root of the site.", required=True),
            Field(name="api", description="Its data as JSON, from the root of the site.", required=True),
        ],
        rows=[
            [name, r.id, cleaned(r.title), f"{name}/{r.id}.html", f"api/{name}/{r.id}.json"]
            for name, r in corpus.records()
        ],
    )  # fmt: skip


def links(corpus: Corpus) -> Table:
    """Every reference that any record makes, as written, under present ids."""
    @functools.cache  # a few ways, gone again and again
    def way(where: tuple[str | int, ...]) -> str:
        return "/".join(str(p + 1) if isinstance(p, int) else p for p in where)

    rows = []
    for name, found in corpus.collections.items():
        plan = fields.plan(corpus.types[name], "ref")
        for record in found.values():
            for n, value in enumerate(fields.values(record, plan), 1):
                target = corpus.find(value.argument, value.value)
                if target is not None:
                    rows.append([name, record.id, n, str(value.where[0]), way(value.where), value.argument, target.id])
    return Table(
        name="links", title="Every link between records", key=("collection", "record", "position"),
        description="One row for each time that a record names another one, in any of its fields. Read it "
        "backwards for everything that speaks of a record.",
        fields=[
            *_WHICH, _POSITION,
            Field(name="field", description="The field of the front matter that names it.", required=True),
            Field(name="place", description="The way to it inside the front matter.", required=True),
            Field(name="to_collection", required=True,
                  description="The collection of the record that is named."),
            Field(name="to_record", description="The record that is named.", required=True),
        ],
        rows=rows,
        ties=[_RECORD, Tie(("to_collection", "to_record"), "records", ("collection", "id"))],
    )  # fmt: skip


def citations(corpus: Corpus) -> Table:
    """The `sources` of every record that has some."""
    rows = []
    for name, found in corpus.collections.items():
        for record in found.values():
            for n, item in enumerate(getattr(record, "sources", ()), 1):
                source = corpus.find("sources", item.source)
                rows.append([name, record.id, n, source.id if source else item.source,
                             cleaned(item.locator) or None])
    return Table(
        name="citations", title="Where the documents speak of a record",
        key=("collection", "record", "position"),
        description="One row for each place in a document that a record rests on.",
        fields=[
            *_WHICH, _POSITION,
            Field(name="source", required=True,
                  description="The source document. (An id in the table sources.)"),
            Field(name="locator", description="Where in it, in words."),
        ],
        rows=rows, ties=[_RECORD, Tie(("source",), "sources")],
    )  # fmt: skip


def relations(corpus: Corpus) -> Table:
    rows = []
    for record in corpus.recommendations.values():
        for n, relation in enumerate(record.relations, 1):
            target = corpus.find("recommendations", relation.target)
            rows.append([
                f"{record.id}/relations/{n}", record.id, n, relation.kind,
                target.id if target else relation.target, cleaned(relation.reason) or None,
            ])  # fmt: skip
    return Table(
        name="relations", title="Relations between recommendations",
        description="One row for each tie of a recommendation to another one.",
        fields=[
            Field(name="id", description="The row's own id.", required=True),
            Field(name="recommendation", description="The recommendation that says so.", required=True),
            _POSITION,
            Field(name="kind", values=list(RELATIONS), required=True,
                  description="repeats: an earlier document asked for the same. same_as: the same document "
                  "asks for it there, and that entry is counted. supersedes: it replaces that one. "
                  "split_from: it was part of that one. merges: it takes that one in."),
            Field(name="target", description="The other recommendation.", required=True),
            Field(name="reason", description="Why they belong together."),
        ],
        rows=rows,
        ties=[Tie(("recommendation",), "recommendations"), Tie(("target",), "recommendations")],
    )  # fmt: skip
