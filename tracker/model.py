"""The records, and the one description of their fields.

Each field says what it means and how it is checked: `term` names a vocabulary list,
`ref` a collection, `date` a full or partial date, `url` a web address. Decoding,
checking, links in both directions and the field reference are all driven by these
annotations. Collections that `tracker.yml` declares become classes of the same kind.

Dates are text (see `tracker.dates`); a record's id is its file's stem.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import msgspec
from msgspec import Meta, field


def term(name: str, text: str) -> Meta:
    return Meta(description=text, extra={"term": name})


def ref(collection: str, text: str) -> Meta:
    return Meta(description=text, extra={"ref": collection})


def date(text: str) -> Meta:
    return Meta(description=text, extra={"date": True})


def url(text: str) -> Meta:
    return Meta(description=text, extra={"url": True})


def text(description: str) -> Meta:
    return Meta(description=description)


class Part(
    msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """A mapping inside a record."""


class Citation(Part):
    """Where one of the sources speaks of it."""

    source: Annotated[str, ref("sources", "The source document.")]
    locator: Annotated[str, text("Where in it, in words.")] = ""


class Evidence(Part, kw_only=True):
    """A document or page that shows how far an actor got, so that a reader can find it."""

    date: Annotated[str | None, date("When it was published.")] = None
    title: Annotated[str, text("The document's or page's title.")]
    publisher: Annotated[str, text("Who published it.")] = ""
    symbol: Annotated[str, text("The document symbol, such as S/RES/1645 (2005).")] = ""
    source: Annotated[str | None, ref("sources", "One of the tracker's own sources.")] = None
    locator: Annotated[str, text("Where in it: page, paragraph or heading.")] = ""
    url: Annotated[str | None, url("Where it can be read.")] = None
    accessed: Annotated[str | None, date("When it was read.")] = None
    archived: Annotated[str | None, url("An archived copy.")] = None
    shows: Annotated[str, text("What it shows, in a sentence of our own.")] = ""
    stance: Annotated[str, term("stance", "Whether it speaks for or against.")] = "supports"


class Assessment(Part, kw_only=True):
    """At this date, this actor had got this far, says this assessor, on this evidence."""

    actor: Annotated[str, ref("actors", "Who was asked (or a member of a group asked).")]
    date: Annotated[str, date("When it was so in the world.")]
    status: Annotated[str | None, term("status", "What was done.")] = None
    response: Annotated[str | None, term("response", "What the addressee said.")] = None
    result: Annotated[str | None, term("result", "Whether it helped.")] = None
    by: Annotated[str, ref("actors", "Who assessed.")]
    basis: Annotated[str | None, term("basis", "What the judgement rests on.")] = None
    confidence: Annotated[str | None, term("confidence", "How sure it is.")] = None
    evidence: list[Evidence] = field(default_factory=list)
    note: Annotated[str, text("What a reader needs to understand the judgement.")] = ""
    corrects: Annotated[str | None, date("The date of the entry that this one replaces.")] = None


class DeadlineChange(Part, rename={"from_": "from"}):
    """One slip: a date that was published is never overwritten."""

    from_: Annotated[str, date("The deadline before.")]
    to: Annotated[str, date("The deadline after.")]
    on: Annotated[str, date("When the change was announced.")]
    reason: Annotated[str, text("The stated reason.")] = ""
    evidence: list[Evidence] = field(default_factory=list)


class Relation(Part):
    """A tie to another recommendation: exactly one of the five kinds."""

    repeats: Annotated[
        str | None, ref("recommendations", "An earlier document asked for the same.")
    ] = None
    same_as: Annotated[
        str | None,
        ref("recommendations", "The same document asks for it there; that entry is counted."),
    ] = None
    supersedes: Annotated[
        str | None, ref("recommendations", "It replaces that recommendation.")
    ] = None
    split_from: Annotated[
        str | None, ref("recommendations", "It was part of that recommendation.")
    ] = None
    merges: Annotated[
        str | None, ref("recommendations", "It takes in that recommendation.")
    ] = None
    reason: Annotated[str, text("Why they belong together.")] = ""

    @property
    def kind(self) -> str:
        return next((k for k in RELATIONS if getattr(self, k) is not None), "")

    @property
    def target(self) -> str:
        return getattr(self, self.kind, None) or ""


class Numbering(Part):
    """What it is called in a table that somebody else keeps."""

    table: Annotated[str, text("The table's name, as the map of its import gives it.")]
    id: Annotated[str, text("Its id or number there.")]


RELATIONS = ("repeats", "same_as", "supersedes", "split_from", "merges")


class Record(
    msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """What every file has. ``path`` and ``body`` come from the file, not its front matter."""

    id: Annotated[str, text("The file's stem; it may be left out.")] = ""
    path: Annotated[str, text("(set by the reader)")] = field(default="", name="$path")
    body: Annotated[str, text("(set by the reader)")] = field(default="", name="$body")
    title: Annotated[str, text("What the record is called, in plain text.")]
    aliases: Annotated[list[str], text("Ids that this record had before.")] = field(
        default_factory=list
    )
    lang: Annotated[str, text("The language of the text, if not the tracker's.")] = ""


class Recommendation(Record, kw_only=True):
    """One ask, as one document made it."""

    kind: Annotated[str | None, term("kind", "How the text makes it.")] = None
    source: Annotated[str, ref("sources", "The document that asks.")]
    locator: Annotated[str, text("Where in the document, in words.")] = ""
    order: Annotated[int, text("Its place in the source's text.")] = 0
    strength: Annotated[str | None, term("strength", "How the text puts it.")] = None
    addressed_to: list[Annotated[str, ref("actors", "Who is asked.")]] = field(
        default_factory=list
    )
    inferred_addressees: list[
        Annotated[str, ref("actors", "Those of them that the text only implies.")]
    ] = field(default_factory=list)
    themes: list[Annotated[str, ref("themes", "What it is about.")]] = field(
        default_factory=list
    )
    regions: list[Annotated[str, term("region", "Where it applies.")]] = field(
        default_factory=list
    )
    events: list[Annotated[str, ref("events", "Events that it is tied to.")]] = field(
        default_factory=list
    )
    deadline: Annotated[str | None, date("By when, where a text names a date.")] = None
    deadline_changes: list[DeadlineChange] = field(default_factory=list)
    measures: Annotated[list[str], text("How anybody could tell that it was done.")] = field(
        default_factory=list
    )
    relations: list[Relation] = field(default_factory=list)
    known_as: list[Numbering] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)

    @property
    def due(self) -> str | None:
        """The deadline that holds now: the last one of the ledger."""
        return self.deadline_changes[-1].to if self.deadline_changes else self.deadline

    def related(self, kind: str) -> Iterator[str]:
        """Ids that this recommendation names with relation ``kind``."""
        for relation in self.relations:
            if (target := getattr(relation, kind)) is not None:
                yield target

    @property
    def is_repetition(self) -> bool:
        """Whether another entry of the same document carries its assessments."""
        return any(relation.same_as for relation in self.relations)


class Source(Record):
    """A document that makes recommendations."""

    short: Annotated[str, text("A short name for tables.")] = ""
    publisher: Annotated[str, text("Who published it.")] = ""
    authors: list[Annotated[str, ref("actors", "Bodies that wrote it.")]] = field(
        default_factory=list
    )
    date: Annotated[str | None, date("When it was written.")] = None
    date_note: Annotated[str, text("How the date is known.")] = ""
    event: Annotated[str | None, ref("events", "The event it came from.")] = None
    place: Annotated[str, text("Where it was made.")] = ""
    language: Annotated[str, text("The language of the document.")] = ""
    url: Annotated[str | None, url("Where it can be read.")] = None


class Actor(Record):
    """Who is asked, or assesses."""

    short: Annotated[str, text("An abbreviation or short name.")] = ""
    type: Annotated[str | None, term("actor_type", "What sort of body it is.")] = None
    parent: Annotated[str | None, ref("actors", "The body it is part of.")] = None
    member_of: list[Annotated[str, ref("actors", "Groups that it belongs to.")]] = field(
        default_factory=list
    )
    region: Annotated[str | None, term("region", "Where it works.")] = None
    successor: Annotated[str | None, ref("actors", "The body that replaced it.")] = None
    formerly: Annotated[list[str], text("Names that it had before.")] = field(
        default_factory=list
    )
    url: Annotated[str | None, url("Its official site.")] = None
    sources: Annotated[list[Citation], text("Where the documents speak of it.")] = field(
        default_factory=list
    )


class Theme(Record):
    """What a recommendation is about."""

    definition: Annotated[str, text("One sentence: what belongs here.")] = ""
    see_also: list[Annotated[str, ref("themes", "Neighbouring themes.")]] = field(
        default_factory=list
    )
    sources: list[Citation] = field(default_factory=list)


class Event(Record):
    """A dated conference or deadline: what reports are made for."""

    kind: Annotated[str | None, term("event_kind", "What sort of event it is.")] = None
    date: Annotated[str | None, date("When it began.")] = None
    end: Annotated[str | None, date("When it ended.")] = None
    date_note: Annotated[str, text("How the date is known.")] = ""
    place: Annotated[str, text("Where it took place.")] = ""
    region: Annotated[str | None, term("region", "Where it belongs.")] = None
    hosts: list[Annotated[str, ref("actors", "Who convened it.")]] = field(
        default_factory=list
    )
    sources: list[Citation] = field(default_factory=list)


class Entry(Record):
    """A page of a collection that `tracker.yml` declares. Collections add their own fields."""

    region: Annotated[str | None, term("region", "Where it belongs.")] = None
    place: Annotated[str, text("Where it is or was.")] = ""
    url: Annotated[str | None, url("Where it can be seen or read.")] = None
    actors: list[Annotated[str, ref("actors", "Who takes part.")]] = field(
        default_factory=list
    )
    themes: list[Annotated[str, ref("themes", "What it is about.")]] = field(
        default_factory=list
    )
    recommendations: list[
        Annotated[str, ref("recommendations", "Recommendations that it bears on.")]
    ] = field(default_factory=list)
    sources: list[Citation] = field(default_factory=list)


class Proposal(Assessment, kw_only=True):
    """One assessment of one recommendation, in a file of its own in the inbox.

    It counts from the moment that it is there, and stays an assessment of its own until
    `tracker collect` folds it into the recommendation. It has what the reader asks of every
    record, but no title and no names.
    """

    path: str = field(default="", name="$path")
    body: str = field(default="", name="$body")
    id: str = field(default="", name="$id")
    title: str = field(default="", name="$title")
    aliases: list[str] = field(default_factory=list, name="$aliases")
    lang: str = field(default="", name="$lang")
    recommendation: Annotated[str, ref("recommendations", "What was asked.")]

    def settled(self) -> Assessment:
        """The entry that it becomes in the recommendation's log."""
        said = {name: getattr(self, name) for name in Assessment.__struct_fields__}
        return Assessment(**said | {"note": self.note or self.body})


INBOX = "recommendations/inbox"  # the folder of proposals, and the name of their collection


def settled(entry: Assessment) -> Assessment:
    """An entry as the log has it or will have it, whichever file it stands in."""
    return entry.settled() if isinstance(entry, Proposal) else entry


def is_pending(entry: Assessment) -> bool:
    """Whether an entry of a log is still in the inbox."""
    return isinstance(entry, Proposal)


CORE: dict[str, type[Record]] = {
    "recommendations": Recommendation,
    "sources": Source,
    "actors": Actor,
    "themes": Theme,
    "events": Event,
}


def plain(value: Any) -> Any:
    """A record or part as dicts and lists, without empty fields.

    What waits in the inbox is told as the entry of the log that it becomes.
    """
    if isinstance(value, Proposal):
        value = value.settled()
    made = msgspec.to_builtins(value)
    if isinstance(value, Recommendation) and value.assessments and is_pending(value.assessments[-1]):
        made["assessments"] = [plain(entry) for entry in value.assessments]
    return made
