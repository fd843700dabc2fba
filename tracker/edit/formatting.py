"""`tracker fmt` over many files: which would change, which are left alone and why."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tracker import telling
from tracker.edit.compose import compose
from tracker.edit.files import Files, Kept
from tracker.edit.tidy import LeftAlone, tidied
from tracker.errors import TrackerError
from tracker.frontmatter import read
from tracker.reader import Reader


class Shaped(msgspec.Struct):
    """What came of one file: ``why`` (and ``line``) where it was left alone."""

    kept: Kept
    after: bytes
    line: int = 0
    why: str = ""

    @property
    def path(self) -> str:
        return self.kept.path

    @property
    def before(self) -> bytes:
        return self.kept.data or b""

    @property
    def changed(self) -> bool:
        return self.before != self.after


def shaped(reader: Reader, files: Files, paths: list[str]) -> Iterator[Shaped]:
    """Each record of ``paths`` that is not in its canonical shape; nothing is written."""
    for path in paths:
        telling.step()
        collection = reader.collection_of(path)
        if not collection:
            continue  # a page of prose has no shape of ours
        kept = files.read(path)
        raw = kept.data
        if raw is None:
            continue
        kind = reader.types[collection]
        if _is_canonical(kind, raw, path):
            continue
        try:
            after = tidied(kind, raw, path)
        except LeftAlone as why:
            yield Shaped(kept, raw, why.line, why.why)
            continue
        if after != raw:
            yield Shaped(kept, after)


def _is_canonical(kind: type, raw: bytes, path: str) -> bool:
    """The quick answer for most files: what would be composed from it is what is there."""
    document = read(raw, path)
    if document.data is None or document.findings:
        return False
    try:
        return compose(kind, document.data, document.body).encode() == raw
    except TrackerError:
        return False
