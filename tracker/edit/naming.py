"""Ids of new records: the next free one, and none that was ever somebody's.

An id is an address, and addresses are cited. So one that stands in `aliases` is taken, too.
"""

from __future__ import annotations

import re
import unicodedata

from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.rules.records import RESERVED, SLUG
from tracker.store import PAGES, RECORDS

_NUMBERED = re.compile(r"(?P<stem>.+)-(?P<number>[0-9]+)")
_DIGITS = 3


def next_in_source(corpus: Corpus, source: str) -> str:
    """The next free id among a source's recommendations: `<source>-<number>`."""
    highest, width = 0, _DIGITS
    names = [*corpus.ids["recommendations"], *corpus.aliases["recommendations"]]
    for name in names:
        found = _NUMBERED.fullmatch(name)
        if found and found["stem"] == source:
            highest = max(highest, int(found["number"]))
            width = max(width, len(found["number"]))
    return f"{source}-{highest + 1:0{width}d}"


def slug(title: str) -> str:
    """A title as an id; empty where no letter of it can stand in one."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def path_of(corpus: Corpus, collection: str, name: str, source: str = "") -> str:
    """Where a new record goes. Raises TrackerError for an id that is taken or can't be one."""
    if not SLUG.fullmatch(name) or name in RESERVED:
        raise TrackerError(
            f"“{name}” can't be the id of a record", "Use small letters, digits and single hyphens, such as liaison-desk."
        )
    known = corpus.find(collection, name)
    if known is not None:
        was = "" if known.id == name else f" (it is a former id of “{known.id}”)"
        raise TrackerError(
            f"the id “{name}” is taken{was}: {known.path}", "Edit that record, or give the new one another --id."
        )
    if name in corpus.ids[collection]:
        raise TrackerError(
            f"the id “{name}” is taken by a file that can't be read", "Mend that file first: tracker check --errors-only."
        )
    folder = f"{RECORDS}/{source}" if collection == "recommendations" else f"{PAGES}/{collection}"
    return f"{folder}/{name}.md"
