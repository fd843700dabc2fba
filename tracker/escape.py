"""Text from records as one line of a forge's Markdown: exactly as it reads, and no more.

Titles, names, paths and branch names come from files that anybody may have written. In a comment
they must not become markup, a link, a picture, a mention that wakes people up, or a reference to
another issue. Forges look for mentions and references in the text after the Markdown was read, so
a backslash is not enough: an invisible joiner stands behind every sign that could begin one.
"""

from __future__ import annotations

import re

from tracker.meaning import clean

_SPECIAL = frozenset("\\`*_[]<>#|~:&@$!^{}")
_JOINER = "\u2060"
# What would make a list, or a heading of the line above, of a line that begins with it.
_BEGINS = re.compile(r"^(?=[-+=](?:\s|$)|--|==)|^\d{1,9}(?=[.)](?:\s|$))")
# What forges make links of: @name, #1, !1, ~label, %milestone, &epic, $snippet, ^alert, GH-1.
_REFERENCE = re.compile(r"([@#!~%&$^])(?=\S)")
_PLAIN_REFERENCE = re.compile(r"\b(gh)-(?=\d)", re.IGNORECASE)
_WWW = re.compile(r"\b(www)\.", re.IGNORECASE)
_ADDRESS = re.compile(r":(?=//)|\b(?:mailto|xmpp|tel):(?=\S)", re.IGNORECASE)
# Signs that turn or hide text, but do nothing else that is of use in one line.
_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def escaped(text: str) -> str:
    """Text from a record or a ref for one line of Markdown."""
    made = _HIDDEN.sub("\ufffd", " ".join(clean(text).split()))
    made = _REFERENCE.sub(rf"\1{_JOINER}", made)
    made = _PLAIN_REFERENCE.sub(rf"\1{_JOINER}-", made)
    made = _ADDRESS.sub(rf"\g<0>{_JOINER}", made)
    made = _WWW.sub(rf"\1{_JOINER}.", made)
    made = "".join(f"\\{c}" if c in _SPECIAL else c for c in made)
    return _BEGINS.sub(r"\g<0>\\", made, count=1)


def code(text: str) -> str:
    """Text between backticks: a path, an id or an address, shown and never linked."""
    made = _HIDDEN.sub("\ufffd", clean(text)).replace("`", "'").strip()
    return f"`{made or ' '}`"


def printable(path: str) -> str:
    """A path for people and for other programs: one line, and valid Unicode whatever the file's
    name holds."""
    return _HIDDEN.sub("\ufffd", clean(path)) if not path.isascii() or not path.isprintable() else path
