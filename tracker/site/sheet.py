"""What a record says in its fields, for tables and lists of facts.

Everything follows from the annotations of the record classes and the labels of the
configuration: a collection that was only declared is shown like the tracker's own.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any, NamedTuple, Protocol

import msgspec

from tracker import fields
from tracker.corpus import Corpus
from tracker.i18n.words import Words
from tracker.model import Record
from tracker.site.labels import Labels
from tracker.site.links import page_of

# Fields that a record's page shows in a place of their own, or not at all.
_APART = {"id", "path", "body", "title", "aliases", "lang", "recommendations", "sources"}
_LEADS = ("definition", "teaches")  # shown large, above the facts


class Column(NamedTuple):
    key: str
    label: str


class Value(NamedTuple):
    """One value of a field: its text, where a link leads (or ""), its language where it is not the page's."""

    text: str
    target: str = ""
    lang: str = ""


class Fact(NamedTuple):
    """One line of a record's facts."""

    label: str
    values: list[Value]


class Said(Protocol):
    """What records say in the reader's language."""

    def said(self, record: Record, field: str = "title") -> Any: ...

    def lang_of(self, record: Record, field: str = "title") -> str: ...

    def other(self, lang: str = "") -> str: ...


class Sheet:
    """The fields of a corpus's records, in words and with links."""

    def __init__(self, corpus: Corpus, labels: Labels, words: Words, said: Said) -> None:
        self.corpus = corpus
        self.labels = labels
        self.config = labels.config
        self.words = words
        self.records = said

    def columns(self, collection: str, names: list[str] | None = None) -> list[Column]:
        """The columns of a collection's table after the title; ``names`` chooses others."""
        own = {
            "actors": ["type", "region"], "sources": ["date", "publisher"], "events": ["date", "kind", "place"],
            "themes": ["definition"],
        }  # fmt: skip
        keys = names or own.get(collection) or self.config.collections[collection].columns
        return [Column(key, self.labels.field(collection, key)) for key in keys]

    def cell(self, collection: str, record: Record, key: str) -> list[Value]:
        """A field's values for a table or a list of facts."""
        values = _listed(self.records.said(record, key) if hasattr(record, key) else None)
        lang = self.records.lang_of(record, key)
        return [piece for item in values for piece in self._shown(self.corpus.types[collection], key, item, lang)]

    def values_of(self, record: Record, key: str) -> str:
        """A field's values as they are written, for the table's filter."""
        return " ".join(map(str, _listed(getattr(record, key, None))))

    def filterable(self, collection: str, columns: list[Column]) -> list[tuple[Column, list[tuple[str, str, int]]]]:
        """The columns of a collection's table that make good filters, with their choices."""
        found = []
        for column in columns:
            terms = self._term_of(collection, column.key)
            if not terms:
                continue
            counts: dict[str, int] = defaultdict(int)
            for record in self.corpus.collections[collection].values():
                for value in _listed(getattr(record, column.key, None)):
                    counts[value] += 1
            options = [
                (key, self.config.label(terms, key), counts[key])
                for key in self.config.terms(terms) if counts.get(key)
            ]
            if len(options) > 1:
                found.append((column, options))
        return found

    def facts(self, collection: str, record: Record) -> list[Fact]:
        """A record's fields in their order, those that a page shows elsewhere left out."""
        found = []
        for key in self._field_names(collection):
            if key in _APART or key in _LEADS or (key == "outcomes" and self.outcomes(record)):
                continue
            if not (values := self.cell(collection, record, key)):
                continue
            found.append(Fact(self.labels.field(collection, key), values))
        return found

    def outcomes(self, record: Record) -> list[Any]:
        """What a meeting led to: entries of its field `outcomes` that name a recommendation."""
        found = _listed(getattr(record, "outcomes", None))
        return [o for o in found if getattr(o, "recommendation", None)]

    def outcome_facts(self, record: Record, outcome: msgspec.Struct) -> list[Value]:
        """What an outcome of a meeting says besides the recommendation: stage, date, note."""
        lang = self.records.lang_of(record, "outcomes")
        return [
            piece
            for name in outcome.__struct_fields__ if name != "recommendation"
            for item in _listed(getattr(outcome, name))
            for piece in self._shown(type(outcome), name, item, lang)
        ]

    def _field_names(self, collection: str) -> list[str]:
        spec = self.config.collections.get(collection)
        names = self.corpus.types[collection].__struct_fields__
        own = list(spec.fields) if spec else []
        return own + [name for name in names if name not in own]

    def _term_of(self, collection: str, key: str) -> str:
        return _marks(self.corpus.types[collection])["term"].get(key, "")

    def _shown(self, kind: type, key: str, value: Any, lang: str) -> list[Value]:
        """A value in words; a nested mapping is one for each of its fields."""
        if isinstance(value, msgspec.Struct):
            return [
                piece
                for name in value.__struct_fields__
                for item in _listed(getattr(value, name))
                for piece in self._shown(type(value), name, item, lang)
            ]
        marks = _marks(kind)
        if key in marks["ref"]:
            collection = marks["ref"][key]
            record = self.corpus.find(collection, value)
            if record is None:
                return [Value(value, page_of(collection, value))]
            field = "short" if getattr(record, "short", "") else "title"
            said, theirs = self.records.said(record, field), self.records.lang_of(record, field)
            return [Value(said, page_of(collection, record.id), theirs)]
        if key in marks["term"]:
            return [Value(self.config.label(marks["term"][key], value))]
        if key in marks["date"]:
            return [Value(self.words.date(value))]
        if key in marks["url"]:
            return [Value(value, value)]
        if isinstance(value, float):
            return [Value(f"{int(value) if value.is_integer() else value}")]
        return [Value(str(value), lang=lang)]


@functools.cache
def _marks(kind: type) -> dict[str, dict[str, Any]]:
    """What the annotations say of a class's own fields, by mark and attribute."""
    return {
        mark: {s.attribute: s.argument for s in fields.plan(kind, mark) if s.inner is None}
        for mark in ("ref", "term", "date", "url")
    }


def _listed(value: Any) -> list:
    """A field's values: none, one or several."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]

