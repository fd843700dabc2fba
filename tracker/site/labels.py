"""The names of things in the reader's language: lists of words, collections, fields.

They are declared once, as values: in the default vocabulary, the default collections, the
record classes, or in a `tracker.yml`. So they are translated as values too, each with its
list as context, because one English word may need several in another language. Those of a
tracker's own stay as they are, unless its own catalogue has them.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tracker import model
from tracker.config import CollectionSpec, Config, FieldSpec, ViewSpec
from tracker.i18n.words import Words
from tracker.vocabulary import Vocabulary

# (all of them, one of them, what they are) of the collections that every tracker has.
CORE = {
    "recommendations": ("Recommendations", "Recommendation", ""),
    "actors": ("Actors", "Actor", "Who is asked, and who assesses."),
    "themes": ("Themes", "Theme", "What the recommendations are about."),
    "sources": ("Documents", "Document", "The documents that make the recommendations."),
    "events": ("Events", "Event", "Conferences, deadlines and other dates that they are tied to."),
}
_FIELDS = {
    "url": "Web page", "short": "Short name", "member_of": "Belongs to", "parent": "Part of",
    "actors.definition": "Definition", "themes.definition": "What belongs here",
}  # fmt: skip
COLLECTION, FIELD, VIEW = "collection", "field", "view"


class Labels:
    """The names of a tracker's collections and fields in one language."""

    def __init__(self, config: Config, words: Words) -> None:
        self.config = localised(config, words)
        self._words = words

    def collection(self, name: str) -> tuple[str, str, str]:
        """(all of them, one of them, what they are)"""
        if name in CORE:
            return tuple(self._words.term(text, COLLECTION) for text in CORE[name])
        spec = self.config.collections[name]
        return spec.label, spec.singular, spec.description

    def field(self, collection: str, key: str) -> str:
        spec = self.config.collections.get(collection)
        if spec and key in spec.fields:
            return spec.fields[key].label
        return self._words.term(_field_label(collection, key), FIELD)


def localised(config: Config, words: Words) -> Config:
    """A configuration whose labels are in the language of ``words``."""
    vocabulary = {
        name: {
            key: replace(term, label=words.term(term.label, name), definition=words.term(term.definition, name))
            for key, term in getattr(config.vocabulary, name).items()
        }
        for name in Vocabulary.__struct_fields__
    }
    collections = {name: _collection(spec, words) for name, spec in config.collections.items()}
    return replace(config, vocabulary=Vocabulary(**vocabulary), collections=collections)


def _collection(spec: CollectionSpec, words: Words) -> CollectionSpec:
    return replace(
        spec,
        label=words.term(spec.label, COLLECTION), singular=words.term(spec.singular, COLLECTION),
        description=words.term(spec.description, COLLECTION),
        fields={key: _field(field, words) for key, field in spec.fields.items()},
        views={key: _view(view, words) for key, view in spec.views.items()},
    )  # fmt: skip


def _view(view: ViewSpec, words: Words) -> ViewSpec:
    return replace(view, label=words.term(view.label, VIEW), description=words.term(view.description, VIEW))


def _field(spec: FieldSpec, words: Words) -> FieldSpec:
    return replace(
        spec, label=words.term(spec.label, FIELD),
        values={key: words.term(label, FIELD) for key, label in spec.values.items()},
        fields={key: _field(field, words) for key, field in spec.fields.items()},
    )  # fmt: skip


def _field_label(collection: str, key: str) -> str:
    found = _FIELDS.get(f"{collection}.{key}") or _FIELDS.get(key)
    return found or key.replace("_", " ").capitalize()


def messages() -> Iterator[tuple[str, str]]:
    """(context, text) of every name that the program itself brings, for the catalogues."""
    default = Config()
    for name in Vocabulary.__struct_fields__:
        for term in getattr(default.vocabulary, name).values():
            yield name, term.label
            yield name, term.definition
    for texts in CORE.values():
        yield from ((COLLECTION, text) for text in texts)
    for name, kind in model.CORE.items():
        yield from ((FIELD, _field_label(name, key)) for key in kind.__struct_fields__ if key not in _UNSHOWN)
    for key in model.Entry.__struct_fields__:
        if key not in _UNSHOWN:
            yield FIELD, _field_label("", key)
    for spec in default.collections.values():
        yield from ((COLLECTION, text) for text in (spec.label, spec.singular, spec.description))
        for view in spec.views.values():
            yield from ((VIEW, text) for text in (view.label, view.description))
        yield from _of_fields(spec.fields)


# Fields that are never shown under their name.
_UNSHOWN = {"id", "path", "body", "title", "aliases", "lang"}


def _of_fields(specs: dict[str, FieldSpec]) -> Iterator[tuple[str, str]]:
    for spec in specs.values():
        yield FIELD, spec.label
        yield from ((FIELD, label) for label in spec.values.values())
        yield from _of_fields(spec.fields)
