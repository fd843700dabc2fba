"""Translations of records and of pages of prose: files beside the original.

`ask.fr.md` translates `ask.md`. It says texts and nothing else: who was asked and what came
of it stays in one place. Its `translates` is the fingerprint of the texts that were
translated, so that a change of the original shows in every translation that does not have it.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import field

from tracker import decode, fields, model
from tracker.corpus import Corpus
from tracker.findings import Finding
from tracker.reader import Context, Reader, is_odd, located, prose_findings
from tracker.rules import in_scope
from tracker.store import PAGES, translation_of

# Texts that are the same in every language, or are no texts.
_KEPT = frozenset({"id", "aliases", "lang", "symbol", "language", "formerly"})


class Texts(model.Part, kw_only=True):
    """The front matter of a translation; those of records have the texts of their kind besides."""

    path: Annotated[str, model.text("(set by the reader)")] = field(default="", name="$path")
    body: Annotated[str, model.text("(set by the reader)")] = field(default="", name="$body")
    translates: Annotated[str, model.text("The fingerprint of the texts that were translated.")]
    translator: Annotated[str, model.text("The body that translated it.")] = ""


class Translation(msgspec.Struct):
    """One translation. ``collection`` is empty and ``id`` a path below docs/ for a page of prose.

    ``original`` is the path of what it translates, empty where there is no such file, and
    ``now`` the fingerprint of that as it is.
    """

    path: str
    collection: str
    id: str
    lang: str
    texts: Texts
    original: str = ""
    now: str = ""

    @property
    def stale(self) -> bool:
        return bool(self.now) and self.texts.translates != self.now

    def text(self, name: str) -> Any:
        """A field's translation, or None where it has none."""
        return getattr(self.texts, name, None) or None


def translatable(kind: type) -> list[fields.Step]:
    """The fields of a record class that are texts in a language."""
    return [s for s in fields.plan(kind, "text") if s.inner is None and s.attribute not in _KEPT]


@functools.cache
def texts_of(kind: type) -> type[Texts]:
    """The class of the front matter of a translation of ``kind``."""
    own = [
        (s.attribute, list[str] if s.many else str, field(default_factory=list) if s.many else "")
        for s in translatable(kind)
    ]
    return msgspec.defstruct(
        f"{kind.__name__}Texts", own, bases=(Texts,), kw_only=True, omit_defaults=True,
        forbid_unknown_fields=True, gc=False,
    )  # fmt: skip


def fingerprint(values: Mapping[str, Any]) -> str:
    """Short, the same whenever the same words stand in the same fields."""
    plain = {name: _words(value) for name, value in sorted(values.items()) if value}
    return hashlib.blake2b(json.dumps(plain, ensure_ascii=False).encode(), digest_size=6).hexdigest()


def _words(value: Any) -> Any:
    return [_words(item) for item in value] if isinstance(value, list) else " ".join(str(value).split())


def of_record(record: model.Record, names: list[str]) -> str:
    """The fingerprint of some fields of a record; its text counts too."""
    return fingerprint({name: getattr(record, name) for name in [*names, "body"]})


def read(reader: Reader, tree, corpus: Corpus) -> tuple[list[Translation], list[Finding]]:
    """Every translation of a tree, and what is wrong with each by itself."""
    made: list[Translation] = []
    findings: list[Finding] = []
    for entry in tree.translations():
        data = tree.read(entry)
        if data is None:
            continue
        translation, wrong = _read(reader, entry.path, data)
        findings += wrong
        if translation is not None:
            _tie(translation, tree, corpus)
            made.append(translation)
    return made, findings


def _read(reader: Reader, path: str, data: bytes) -> tuple[Translation | None, list[Finding]]:
    from tracker import frontmatter

    original, lang = translation_of(path)
    collection = reader.collection_of(original)
    document = frontmatter.read(data, path)
    if document.data is None:
        return None, document.findings
    kind = texts_of(reader.types[collection]) if collection else Texts
    texts, problems = decode.convert(document.data, kind)
    findings = list(document.findings)
    if texts is not None:
        texts.path, texts.body = path, document.body
        if collection:
            context = Context(reader.config, reader.known, texts, is_odd(data))
            for rule in in_scope("record"):
                if rule.code.startswith("T9"):
                    problems.extend(rule.check(texts, context))
        else:
            findings += prose_findings(document, path)
    if problems:
        findings += located(problems, path, data)
    if texts is None:
        return None, findings
    name = original.rpartition("/")[2] if collection else original.removeprefix(f"{PAGES}/")
    return Translation(path, collection, name.removesuffix(".md"), lang, texts), findings


def _tie(translation: Translation, tree, corpus: Corpus) -> None:
    """Finds the original, and what its texts are now."""
    path, _ = translation_of(translation.path)
    if not translation.collection:
        from tracker import frontmatter

        data = tree.bytes_of(path)
        if data is not None:
            translation.original = path
            translation.now = fingerprint({"body": frontmatter.read_plain(data, path).body})
        return
    record = corpus.collections[translation.collection].get(translation.id)
    if record is not None:
        names = [s.attribute for s in translatable(type(record)) if translation.text(s.attribute)]
        translation.original, translation.now = record.path, of_record(record, names)


def template(record: model.Record) -> Iterator[tuple[str, Any]]:
    """(key, value) of the texts of a record that a translator is asked for, in their order."""
    for step in translatable(type(record)):
        if step.attribute in _ASKED and (value := getattr(record, step.attribute)):
            yield step.key, value


_ASKED = frozenset({"title", "short", "definition", "teaches", "measures"})
