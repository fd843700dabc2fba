"""Does a text hold what could lead to a person? A guess that makes a human look, never a verdict."""

from __future__ import annotations

import re

_PRIVATE = re.compile(
    r"[\w.+\\-]+@\u2060?[\w-]+(?:\.[\w-]+)+"  # a mail address, escaped or not
    r"|(?<![\w/.+-])(?:\+|00)\d[\d ()/.-]{7,}\d"  # a telephone number with its country
)


def newly_private(after: bytes, before: bytes) -> bool:
    """Whether a text has a mail address or a telephone number that it did not have before."""
    had = set(_PRIVATE.findall(before.decode("utf-8", "replace")))
    return any(found not in had for found in _PRIVATE.findall(after.decode("utf-8", "replace")))


def hidden(text: str) -> str:
    """A text for a public comment, without contact details: they were spread further by it."""
    return _PRIVATE.sub("[contact details]", text)
