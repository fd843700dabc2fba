"""A file's bytes as text to be edited, from which everything untouched comes back as it was.

Edits are found in text with one kind of line end and no byte order mark, as the readers
see it; they are made in the bytes. A line that is added ends as the lines of the file do.
"""

from __future__ import annotations

import bisect
import re
from typing import NamedTuple

from tracker import frontmatter
from tracker.encoding import decoded
from tracker.errors import TrackerError

_OPENING = re.compile(r"---[ \t]*\n")
_BREAK = re.compile(r"\r\n|\r|\n")


class Edit(NamedTuple):
    """``text[start:end]`` of the YAML is replaced with ``new`` (line ends ``\\n``)."""

    start: int
    end: int
    new: str


class Original:
    """A record's file. ``yaml`` is its front matter, ``data`` and ``body`` what it says.

    Raises TrackerError where it can't be read: what is broken is mended by hand first.
    """

    def __init__(self, raw: bytes, path: str) -> None:
        document = frontmatter.read(raw, path)
        if document.data is None or document.findings:
            first = document.findings[0]
            raise TrackerError(
                f"{path}:{first.line}: {first.message}",
                f"Mend that first: {first.hint[:1].lower()}{first.hint[1:]}" if first.hint else "",
            )
        self.raw, self.path = raw, path
        self.data, self.body = document.data, document.body
        self._text = raw.decode("utf-8")  # with its line ends, and its byte order mark
        plain, _ = decoded(raw, path)
        self.yaml = frontmatter.split(plain).yaml
        self._offset = _OPENING.match(plain).end()
        self._pairs = [  # where a line end of two characters was taken for one
            m.start() - n for n, m in enumerate(re.finditer("\r\n", self._text.removeprefix("\ufeff")))
        ]
        first_break = _BREAK.search(self._text)
        self.newline = first_break.group() if first_break else "\n"

    def edited(self, edits: list[Edit]) -> bytes:
        """The file's bytes after edits of its YAML, which don't overlap."""
        text = self._text
        for edit in sorted(edits, reverse=True):
            new = edit.new.replace("\n", self.newline)
            text = text[: self._at(edit.start)] + new + text[self._at(edit.end) :]
        return text.encode()

    def _at(self, offset: int) -> int:
        """The place in the file of a place in the YAML."""
        place = self._offset + offset
        return place + bisect.bisect_left(self._pairs, place) + self._text.startswith("\ufeff")

    def line_end(self, offset: int) -> int:
        """The end of the line that ``offset`` stands in, before its line break."""
        end = self.yaml.find("\n", offset)
        return len(self.yaml) if end < 0 else end
