"""The fast reader: rapidyaml's C++ parser, for front matter of the plain kind.

It returns None for everything that it is not certain to read as the exact reader
does: anything that could be an anchor, alias, tag, reserved character, document marker
or control character, words that JSON would turn into something else, and every error.
So it is never wrong about a file, only sometimes of no use, and the project works
without it where there is no wheel.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import sys
from collections.abc import Iterator

try:
    import ryml
except ImportError:  # no wheel for this platform: the exact reader does it all
    ryml = None

_UNSURE = re.compile(
    r"(?:^|[\s\[{,])[&*!@`%](?:\S|$)"  # anchors, aliases, tags, reserved characters
    r"|(?:^ *|[:\-] +)[\]},@`%!&*]"  # an indicator where a text should begin
    r"|^[ -]*[:?]|[\[{,]\s*[:?]|[\"']:\S"  # keys that YAML 1.1 and 1.2 read differently
    r"|\{[^}\n]*$|\n +\Z"  # a mapping in brackets over several lines; a ragged end
    r"|^(?:\.\.\.|---|%)"
    r"|[^\S\n ]"  # tabs and exotic white space
    r"|[\x00-\x08\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
    r"|^ {40}|(?:- ){6}",
    re.MULTILINE,
)
# Searching with that expression costs more than parsing does. A text without any of these
# can't match it, and looking for plain strings is quick.
_ODD_PLACES = (b"\n---", b"\n...", b"- - -", b" ]", b" ,", b" :", b"\n:", b"[:", b",:", b'":', b"':")
_ODD_BYTES = bytes([*range(10), *range(11, 32), 127, *b"&*!@`%?{}"])
_MOST_BRACKETS = 400


class _Unsure(Exception):
    pass


def _no_duplicates(pairs: list[tuple]) -> dict:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise _Unsure
    return mapping


_decode = json.JSONDecoder(
    object_pairs_hook=_no_duplicates, parse_int=str, parse_float=str
).decode


def read(text: str):
    """The data of a YAML text as dicts, lists, text and None; None where unsure."""
    if ryml is None or not text:
        return None
    data = text.encode()
    if _may_be_unsure(text, data) and _UNSURE.search(text):
        return None
    if data.count(b"[") + data.count(b"{") > _MOST_BRACKETS:
        return None
    tree = _parse(data)
    if tree is None:
        return None
    as_json = ryml.emit_json_malloc(tree, tree.root_id()) or ""
    if "true" in as_json or "false" in as_json:
        return None
    try:
        return _decode(as_json)
    except (ValueError, _Unsure, RecursionError):
        return None


def _may_be_unsure(text: str, data: bytes) -> bool:
    if not text.isascii() or text[0] in ":],.-" or text[-1] == " ":
        return True
    if len(data.translate(None, _ODD_BYTES)) != len(data):
        return True
    for place in _ODD_PLACES:
        if place in data:
            return True
    return False


def _parse(data: bytes):
    """The tree, or None on a syntax error."""
    with quiet():
        tree = _tree()
        try:
            tree.clear()
            tree.clear_arena()
            ryml.parse_in_arena(data, tree=tree)
        except Exception:  # noqa: BLE001 - the bindings raise several unrelated types
            return None
        return tree


@functools.cache
def _tree():
    """One tree for all texts: making it anew costs as much as parsing."""
    return ryml.Tree()


_depth = 0


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Turns file descriptor 2 away while texts are parsed.

    The library prints each syntax error to the process's standard error itself, where an
    advocate would read it beside ours. Around many texts this is done once, because the
    system calls cost more than parsing does.
    """
    global _depth
    if ryml is None or _depth:
        yield
        return
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    _depth += 1
    try:
        yield
    finally:
        _depth -= 1
        os.dup2(kept, 2)
        os.close(kept)
