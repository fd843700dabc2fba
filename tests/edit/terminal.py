"""Somebody at a terminal: `tracker` in a pseudo-terminal, with answers typed as it asks."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
from pathlib import Path
from typing import NamedTuple

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Talk(NamedTuple):
    status: int
    shown: str


def talk(root: Path, args: list[str], answers: list[tuple[str, str]]) -> Talk:
    """Runs a command and types each answer when its question (the end of a line) has come."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(root)
        environment = {**os.environ, "COLUMNS": "100", "TERM": "xterm"}
        os.execve(sys.executable, [sys.executable, "-m", "tracker", *args], environment)  # noqa: S606
    shown, waiting = "", list(answers)
    while True:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, f"nobody answers; shown so far:\n{shown}"
        try:
            part = os.read(terminal, 4096).decode(errors="replace")
        except OSError:  # it has ended
            part = ""
        if not part:
            break
        shown += _COLOURS.sub("", part).replace("\r\n", "\n")
        line = shown.rsplit("\n", 1)[-1]
        if waiting and line.startswith(waiting[0][0]) and line.endswith(": "):
            os.write(terminal, waiting.pop(0)[1].encode() + b"\n")
            shown += "\n"
    os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert not waiting, f"never asked: {waiting[0][0]}; shown:\n{shown}"
    return Talk(status, shown)
