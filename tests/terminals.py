"""Programs in a real pseudo-terminal, and what its screen shows in the end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PATIENCE = 120  # seconds: a program that is still there will never end


class Terminal:
    """A program that has a terminal of its own as output and error, and a pipe as input."""

    def __init__(self, *command: str | Path, columns: int = 80, cwd: Path | None = None, **environment: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        base = {k: v for k, v in os.environ.items() if k not in ("CI", "NO_COLOR")}

        def own() -> None:
            for key in (signal.SIGINT, signal.SIGTSTP):  # which are ignored below whatever began in the background
                signal.signal(key, signal.SIG_DFL)
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=slave, stderr=slave, cwd=cwd, preexec_fn=own,
            env=base | {"TERM": "xterm"} | environment,
        )  # fmt: skip
        os.close(slave)
        self.raw = ""
        self.ends = time.monotonic() + PATIENCE

    @classmethod
    def python(cls, script: str, **options) -> Terminal:
        return cls(sys.executable, "-c", script, **options)

    def until(self, seen: Callable[[str], bool]) -> None:
        """Reads on until ``seen`` says so of all that came; fails where the program ends before."""
        while not seen(self.raw):
            assert self._more(), f"the program ended before, after {self.raw!r}"

    def go_on(self) -> None:
        """Lets a program go on that waits for a line."""
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def key(self, code: str) -> None:
        """A key on the terminal, such as Ctrl-C (\\x03)."""
        os.write(self.master, code.encode())

    def resume(self) -> None:
        """Lets stopped processes go on: until the program ends, for one may stop only after the signal came."""

        def wake() -> None:
            while self.process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(self.process.pid, signal.SIGCONT)
                time.sleep(0.05)

        threading.Thread(target=wake, daemon=True).start()

    def end(self) -> int:
        """Reads until every process has let go of the terminal. Returns the program's exit status."""
        while self._more():
            pass
        os.close(self.master)
        self.process.stdin.close()
        return self.process.wait()

    @property
    def screen(self) -> list[str]:
        """The lines that stand there now, empty ones at the end left out."""
        lines, column = [""], 0
        for part in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|[\r\n]|[^\x1b\r\n]+", self.raw):
            if part == "\r":
                column = 0
            elif part == "\n":
                lines.append("")
                column = 0
            elif part == "\x1b[K":
                lines[-1] = lines[-1][:column]
            elif not part.startswith("\x1b"):
                lines[-1] = lines[-1][:column].ljust(column) + part + lines[-1][column + len(part) :]
                column += len(part)
        while lines and not lines[-1].strip():
            lines.pop()
        return [line.rstrip() for line in lines]

    @property
    def drawn(self) -> list[str]:
        """Every state of a line that was drawn again and again."""
        return [re.split(r"[\r\n]", text)[0] for text in self.raw.split("\x1b[K")[1:]]

    def _more(self) -> bool:
        left = self.ends - time.monotonic()
        more = left > 0 and select.select([self.master], [], [], left)[0]
        assert more, f"it never ended, after {self.raw[-2000:]!r}"
        try:
            read = os.read(self.master, 1 << 16)
        except OSError:  # nobody has it open any more
            return False
        self.raw += read.decode()
        return bool(read)
