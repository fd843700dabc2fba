"""A text as a YAML scalar that every reader reads as the same text.

YAML 1.1 takes `no` for false and `12:30` for 750, YAML 1.2 does not; other programs than
ours read these files too. So what any of them could take for something else is quoted, and
everything else stays as a person would write it.
"""

from __future__ import annotations

import json
import re

# What one of the versions of YAML, or a reader of it, takes for a value that is no text.
_WORDS = frozenset(["null", "true", "false", "yes", "no", "on", "off", "y", "n"])
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_NUMBER = re.compile(r"0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]")
_ID = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
# Line breaks and signs that can't be seen, in any reader's view; quotes show them as escapes.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
# Begins with a letter, a digit or an opening parenthesis; no colon before a space or at the
# end, no number sign after a space.
_PLAIN = re.compile(r"(?:[^\W_]|\()(?:[^:#]|:(?=\S)|(?<=\S)#)*(?<![:\s])|[^\W_]")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
# Signs that would break a text in brackets.
_BRACKETS = re.compile(r"[\[\]{},]")


def scalar(text: str, *, typed: bool = False, flow: bool = False) -> str:
    """``text`` on one line. ``typed``: the field holds a date or a number. ``flow``: in brackets."""
    if typed and (_DATE.fullmatch(text) or _NUMBER.fullmatch(text)):
        return text
    if is_plain(text) and not (flow and _BRACKETS.search(text)):
        return text
    return quoted(text)


def is_plain(text: str) -> bool:
    """Whether every reader takes ``text`` without quotes for the same text."""
    if not _PLAIN.fullmatch(text) or _UNSEEN.search(text) or text.lower() in _WORDS:
        return False
    if text[0].isdecimal():  # a number or a time, in some reader's view, but for plain words after it
        return " " in text and _TWO_LETTERS.search(text) is not None
    # Fullwidth digits and the like are letters to nobody; ".inf" and "~" begin otherwise.
    return text[0].isalpha() or text[0] == "("


def is_id(text: str) -> bool:
    """Whether a text looks like the id of a record: lists of these stand in brackets."""
    return _ID.fullmatch(text) is not None


def quoted(text: str) -> str:
    """In double quotes, with what can't be seen as escapes."""
    return _UNSEEN.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(match: re.Match) -> str:
    return f"\\u{ord(match.group()):04x}"


def literal(text: str, indent: int) -> str | None:
    """A text of several lines as a block (`|`), or None where a block can't hold it as it is.

    ``indent`` is the number of spaces before the block's lines.
    """
    lines = text.split("\n")
    if len(lines) < 2 or not lines[0].strip() or text.startswith((" ", "\t")):
        return None
    if any(_UNSEEN.search(line) or (line.isspace() and line) for line in lines):
        return None
    if text.endswith("\n\n"):
        return None
    ending, chomp = ("", "") if text.endswith("\n") else ("\n", "-")
    body = (text + ending)[:-1].split("\n")
    pad = " " * indent
    return f"|{chomp}\n" + "\n".join(f"{pad}{line}" if line else "" for line in body)
