"""What long work is doing and how far it is, told to whoever shows it; mostly nobody does.

Work says `doing` and `step`. Where a command shows that (`tracker.cli.progress_line`), each becomes
a line in a pipe, so helper processes, which inherit its end, are heard like the first one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

_pipe: int | None = None  # the writing end
_now = ""
_part = ""


@contextlib.contextmanager
def heard(pipe: int) -> Iterator[None]:
    """All that is told goes into ``pipe`` (a file descriptor), from here and from forks of this process."""
    global _pipe
    _pipe = pipe
    try:
        yield
    finally:
        _pipe = None


@contextlib.contextmanager
def doing(what: str, total: int = 0) -> Iterator[None]:
    """This process, and its forks, do ``what`` (in a few words); with ``total`` steps, where they are counted."""
    global _now
    before, _now = _now, _part + what
    _say("+", total)
    try:
        yield
    finally:
        _say("-", 0)
        _now = before


def step() -> None:
    """One more step of what is being done."""
    _say(".", 1)


@contextlib.contextmanager
def part(name: str) -> Iterator[None]:
    """What this process does meanwhile is for one part among several: a language of the site, say."""
    global _part
    before, _part = _part, f"{name}: "
    try:
        yield
    finally:
        _part = before


def _say(sign: str, number: int) -> None:
    if _pipe is not None:
        with contextlib.suppress(OSError):  # full, or nobody reads any more: the work goes on
            os.write(_pipe, f"{sign}{number} {_now}\n".encode("utf-8", "replace")[:500])
