"""Work in a second process, where that is safe and worth it.

A fork has all that it needs, so nothing is sent to it; it sends bytes back. Should it
fail in any way there is no result, and the caller does the work itself.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator


def cores() -> int:
    """How many processes are worth having; 1 where forking is not safe."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return os.cpu_count() or 1


def shares(items: list, count: int) -> list[list]:
    """``items`` cut into at most ``count`` parts of about the same length."""
    size = max(1, -(-len(items) // count))
    return [items[start : start + size] for start in range(0, len(items), size)]


class Fork:
    """A process that calls ``produce`` and sends back the bytes that it returns."""

    def __init__(self, produce: Callable[[], bytes]) -> None:
        self.pipe, out = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                data = produce()
                with os.fdopen(out, "wb") as file:
                    file.write(data)
                status = 0
            finally:
                os._exit(status)
        os.close(out)

    def result(self) -> bytes | None:
        """What came back; None where the process failed. Call it once."""
        with os.fdopen(self.pipe, "rb") as file:
            data = file.read()
        _, status = os.waitpid(self.pid, 0)
        return data if status == 0 else None


class Queue:
    """The numbers from 0 to ``count`` - 1, each taken once, by whichever process comes first.

    ``count`` is at most 256: a number is one byte of a pipe, which gives every byte to one reader.
    """

    def __init__(self, count: int) -> None:
        self.pipe, fill = os.pipe()
        os.write(fill, bytes(range(count)))
        os.close(fill)

    def __iter__(self) -> Iterator[int]:
        while taken := os.read(self.pipe, 1):
            yield taken[0]

    def close(self) -> None:
        """Nobody gets any more."""
        for _ in self:
            pass
        os.close(self.pipe)
