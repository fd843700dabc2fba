"""One line on the terminal that says what long work is doing, how far it is, and since when.

A process of its own draws it, so that it moves on while the work waits for another program. (A
thread, as rich has one, would forbid the work to fork.) It comes after a moment only, and takes
itself away when the work ends, in whichever way. Where standard error is not a terminal that can
take a line back, nothing is written at all.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping

from tracker import telling

_PATIENCE = 0.7  # seconds: what is done by then needs no line
_OFTEN = 0.15
_ERASE = "\r\x1b[K"
_STOP = b"stop\n"


@contextlib.contextmanager
def progress_line(what: str) -> Iterator[None]:
    """While this lasts the line is there, with ``what`` until the work tells more. Print nothing meanwhile."""
    terminal = sys.stderr
    if not wanted(terminal, os.environ):
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    terminal.flush()
    work = os.getpid()
    drawing = os.fork()
    if not drawing:
        try:
            os.close(writing)
            _Line(terminal.fileno(), terminal.encoding, work).draw(reading)
        finally:
            os._exit(0)
    os.close(reading)
    try:
        with telling.heard(writing), telling.doing(what):
            yield
    finally:
        os.set_blocking(writing, True)
        with contextlib.suppress(OSError):
            os.write(writing, _STOP)
        os.close(writing)
        os.waitpid(drawing, 0)


def wanted(stream, environment: Mapping[str, str]) -> bool:
    """Whether a line that is drawn again and again is right on this stream."""
    if not hasattr(os, "fork") or environment.get("NO_COLOR") or environment.get("CI"):
        return False
    return stream.isatty() and environment.get("TERM", "dumb") != "dumb"


class _Line:
    """The line on the terminal ``fd``, for as long as the process ``work`` lives."""

    def __init__(self, fd: int, encoding: str, work: int) -> None:
        self.fd, self.encoding, self.work = fd, encoding, work
        self.started = time.monotonic()
        self.tasks: dict[str, list[int]] = {}  # [steps done, steps in all or 0], in the order of beginning
        self.there = False

    def draw(self, pipe: int) -> None:
        """Until the work says stop, or is no more. An interruption is the work's business."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTSTP, self._suspended)
        rest = b""
        drawn = self.started
        while os.getppid() == self.work:
            if select.select([pipe], [], [], _OFTEN)[0]:
                told = os.read(pipe, 1 << 16)
                if not told:
                    break
                *lines, rest = (rest + told).split(b"\n")
                if _STOP.strip() in lines:
                    break
                for line in lines:
                    self.hear(line.decode())
            now = time.monotonic()
            if now - self.started >= _PATIENCE and now - drawn >= _OFTEN:
                self.there, drawn = True, now  # before it is, as a stop may come between
                self._put(self.text(int(now - self.started), self._columns()))
        self._erase()

    def hear(self, line: str) -> None:
        """“+total what” begins, “.1 what” is a step of it, “-0 what” ends."""
        number, _, what = line[1:].partition(" ")
        if line.startswith("+"):
            self.tasks[what] = [0, int(number)]
        elif line.startswith("-"):
            self.tasks.pop(what, None)
        elif what in self.tasks:
            self.tasks[what][0] += int(number)

    def text(self, seconds: int, columns: int) -> str:
        """The line for a terminal so many columns wide: it never reaches the last one, and so never breaks."""
        # What is done with says least, and so does the whole, which began first.
        open_ = {what: counts for what, counts in self.tasks.items() if counts[0] < (counts[1] or 1)}
        parts = [self._said(what, *counts) for what, counts in (open_ or self.tasks).items()]
        parts = parts[1:] or parts
        return _cut(f"{seconds // 60}:{seconds % 60:02}  {', '.join(parts)}", columns - 1)

    @staticmethod
    def _said(what: str, done: int, total: int) -> str:
        return f"{what} {min(done, total):,} of {total:,}" if total else what

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self.fd).columns or 80
        except OSError:
            return 80

    def _put(self, text: str) -> None:
        with contextlib.suppress(OSError):
            if self._in_front():
                os.write(self.fd, (_ERASE + text).encode(self.encoding, "replace"))

    def _in_front(self) -> bool:
        """A job in the background leaves the screen to others."""
        try:
            return os.tcgetpgrp(self.fd) == os.getpgrp()
        except OSError:  # a terminal, but not the one that jobs are told from
            return True

    def _erase(self) -> None:
        if self.there:
            self._put("")

    def _suspended(self, *_) -> None:
        self._erase()
        os.kill(os.getpid(), signal.SIGSTOP)


def _cut(text: str, width: int) -> str:
    """As much of a text as fits into so many columns."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width:
            return text[:place]
    return text
