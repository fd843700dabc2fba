"""Names in cells to records: by title, short name, id, former id or former name, and nothing nearer.

“UN Women” is found as it is written on its page, whatever the capitals. A name that is only like one is not
taken for it: it is listed, with the pages that it may mean.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.model import Record

_NOT_WORDS = re.compile(r"[^\w]+")


class Found(NamedTuple):
    """The id that a text names; else what it may mean. ``several``: it is the name of more than one."""

    id: str = ""
    near: tuple[str, ...] = ()
    several: bool = False


class Names:
    """The records of one collection by what they are called."""

    def __init__(self, corpus: Corpus, collection: str) -> None:
        self._ids: dict[str, set[str]] = {}
        self._made: set[str] = set(corpus.ids[collection])
        for record in corpus.collections[collection].values():
            for name in _called(record):
                self._ids.setdefault(folded(name), set()).add(record.id)
        self.titles = {record.id: record.title for record in corpus.collections[collection].values()}
        self.find = functools.cache(self._find)

    def _find(self, text: str) -> Found:
        text = text.strip()
        if text in self._made:
            return Found(text)
        ids = self._ids.get(folded(text), set())
        if len(ids) == 1:
            return Found(next(iter(ids)))
        if ids:
            return Found(near=tuple(sorted(ids)), several=True)
        return Found(near=self._near(text))

    def _near(self, text: str) -> tuple[str, ...]:
        import difflib

        wanted = folded(text)
        if not wanted:
            return ()
        close = difflib.get_close_matches(wanted, self._ids, n=3, cutoff=0.7)
        words = set(wanted.split()) - _SMALL
        if not close and words:
            close = [name for name in self._ids if words <= set(name.split())][:3]
        return tuple(dict.fromkeys(i for name in close for i in sorted(self._ids[name])))[:3]


_SMALL = {"of", "the", "and", "for", "in", "on", "de", "la", "des", "et"}


def _called(record: Record) -> list[str]:
    names = [record.title, record.id, getattr(record, "short", ""), *record.aliases, *getattr(record, "formerly", ())]
    return [name for name in names if name]


def folded(text: str) -> str:
    """A name as it is compared: small letters, no signs, no article."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORDS.sub(" ", text).strip().removeprefix("the ")


def slug(text: str, most: int = 60) -> str:
    """A text as an id, cut at a hyphen; empty where nothing of it can be in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return made if len(made) <= most else made[: most + 1].rpartition("-")[0] or made[:most]


class Terms:
    """The values of one list of words, by their keys and labels."""

    def __init__(self, config: Config, name: str) -> None:
        self.allowed = config.allowed(name)
        self._keys = {folded(k): k for k in self.allowed} | {folded(config.label(name, k)): k for k in self.allowed}

    def find(self, text: str) -> str:
        """The key that a text is, or is the label of; else empty."""
        return self._keys.get(folded(text), "")

    def near(self, text: str) -> list[str]:
        from tracker.suggest import near

        return [self._keys[k] for k in near(folded(text), self._keys)]
