"""Does a text hold what could lead to a person? A guess that makes a human look, never a verdict."""

from __future__ import annotations

import re

# Each begins where a word begins, so that the time grows with the length of a text, whatever it holds.
_PRIVATE = re.compile(
    r"(?<![\w.+\\-])[\w.+\\-]+@\u2060?[\w-]+(?:\.[\w-]+)+"  # a mail address, escaped or not
    r"|(?<![\w/.+-])(?:\+|00)\d[\d ()/.-]{7,20}\d"  # a telephone number with its country
)
_MOST_BYTES = 256 * 1024  # a longer text is no record and is not read


def newly_private(after: bytes, before: bytes) -> bool:
    """Whether a text has a mail address or a telephone number that it did not have before."""
    had = set(_found(before))
    return any(found not in had for found in _found(after))


def _found(data: bytes) -> list[str]:
    return _PRIVATE.findall(data[:_MOST_BYTES].decode("utf-8", "replace"))


def hidden(text: str) -> str:
    """A text for a public comment, without contact details: they were spread further by it."""
    return _PRIVATE.sub("[contact details]", text)
