"""The part of a tracker that is needed to tell of one recommendation.

Reading and checking everything takes longer than following one record through thousands of
commits. So this reads the record, what waits for it in the inbox, and the actors and
documents whose names are said; nothing is checked. Where the record is not found, nobody
can tell from a part what was meant instead: then the whole has to be read.
"""

from __future__ import annotations

from pathlib import Path

from tracker.corpus import Corpus
from tracker.model import INBOX
from tracker.project import load_config
from tracker.reader import Reader
from tracker.store import PAGES, Entry, WorkTree

_NAMED = (f"{PAGES}/actors/", f"{PAGES}/sources/", f"{INBOX}/")


class Excerpt:
    """``corpus`` has the recommendation ``name`` (an id, present or former), if ``found``.

    ``today`` is a day as YYYY-MM-DD.
    """

    def __init__(self, root: Path, today: str, name: str) -> None:
        self.root = root
        _, config = load_config(root)
        self.reader = Reader(config)
        self._tree = WorkTree(root)
        entries = self._tree.records()
        asks = [e for e in entries if self.reader.collection_of(e.path) == "recommendations"]
        mine = [e for e in asks if e.path.endswith(f"/{name}.md")] or self._naming(asks, name)
        wanted = [*mine, *(e for e in entries if e.path.startswith(_NAMED))]
        records = []
        for entry in wanted:
            if (data := self._tree.read(entry)) is not None:
                outcome = self.reader.read(entry.path, data)
                if outcome.record is not None:
                    records.append((outcome.collection, outcome.record))
        self.corpus = Corpus(config, records, today=today)
        self.found = self.corpus.find("recommendations", name) is not None

    def _naming(self, asks: list[Entry], name: str) -> list[Entry]:
        """Those whose files have the name anywhere in them, as a former id perhaps."""
        sought = name.encode("utf-8", "surrogatepass")
        return [entry for entry in asks if sought in (self._tree.read(entry) or b"")]
