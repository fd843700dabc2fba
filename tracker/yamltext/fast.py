"""The fast reader: rapidyaml's C++ parser, for front matter of the plain kind.

It reads only texts that one expression proves to be plain: a key and a single value a
line, values without anything that YAML's versions or parsers read differently. For all
others it returns None, and the exact reader reads them. So it is never wrong about a
file, only sometimes of no use, and the project works without it where there is no wheel.
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

_ODD = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff"  # line breaks and what can't be seen
_NULL = r"(?!(?:null|Null|NULL|true|false)[\n,\]])"
_KEY = r"(?!(?:null|Null|NULL|true|false):)[A-Za-z_][A-Za-z0-9_-]*+:"
# Words that begin with a letter, a digit or a bracket; a colon only before a letter or the
# like, a number sign only after one; no fractions, which JSON would write in its own way.
_TEXT = (
    rf"{_NULL}(?!\d+\.\d*\n)(?:[^\W_]|\()[^:#{_ODD}]*+"
    rf"(?:(?::(?![ \n])|(?<! )#)[^:#{_ODD}]*+)*+(?<! )"
)
_QUOTED = rf"\"[^\"\\{_ODD}]*+\"|'[^'{_ODD}]*+'"
_IDS = rf"\[(?:{_NULL}[a-z][a-z0-9-]*+(?:, {_NULL}[a-z][a-z0-9-]*+)*+)?\]"
_VALUE = rf"(?:{_QUOTED}|{_IDS}|{_TEXT})"
_LINE = rf" {{0,18}}+(?:(?:- ){{0,2}}+{_KEY}(?: {_VALUE})?|- {_VALUE})\n"
_PLAIN = re.compile(rf"(?:{_LINE})++")


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
_buffer = bytearray(1 << 20)  # for the JSON of one text, which is several times shorter


def read(text: str):
    """The data of a YAML text as dicts, lists, text and None; None where unsure."""
    if ryml is None or not _PLAIN.fullmatch(text):
        return None
    if not _depth:
        with quiet():
            return read(text)
    tree = _tree()
    try:
        tree.clear()
        tree.clear_arena()
        ryml.parse_in_arena(text.encode(), tree=tree)
        made = ryml.emit_json_in_place(tree, _buffer, tree.root_id())
    except Exception:  # noqa: BLE001 - the bindings raise several unrelated types
        return None
    try:
        return _decode(str(made, "utf-8"))
    except (ValueError, _Unsure):
        return None


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
