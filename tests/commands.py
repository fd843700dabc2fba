"""`tracker` as its user runs it: another process, looked at from the outside.

A Python that starts and imports everything takes longer than most commands on a small tracker, and
the tests run thousands. So one process has all imported (`python commands.py`), and each command is
a fork of it. What depends on the start of Python, such as a setting of the environment, gets a
process that starts from nothing.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

SETTINGS = {"COLUMNS": "120", "PYTHONWARNINGS": "error"}
PATIENCE = 120  # seconds: whatever takes so long will never end


class Ran(NamedTuple):
    status: int
    out: str
    err: str


class Commands:
    """Runs commands one after the other; ``folder`` takes what they print."""

    def __init__(self, folder: Path) -> None:
        self.printed = folder / "out", folder / "err"
        self.forking = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | SETTINGS,
        )  # fmt: skip

    def run(self, *args: str | Path, cwd: Path | None = None, env: dict[str, str] | None = None) -> Ran:
        status = (self._started if env else self._forked)([*map(str, args)], cwd or Path.cwd(), env or {})
        out, err = (file.read_text(encoding="utf-8") for file in self.printed)
        assert "Traceback" not in err, err
        return Ran(status, out, err)

    def end(self) -> None:
        self.forking.stdin.close()
        self.forking.stdout.close()
        self.forking.wait()

    def _forked(self, args: list[str], cwd: Path, env: dict[str, str]) -> int:
        wanted = {"args": args, "cwd": str(cwd), "env": os.environ | SETTINGS, "printed": [*map(str, self.printed)]}
        self.forking.stdin.write(json.dumps(wanted) + "\n")
        self.forking.stdin.flush()
        return int(self.forking.stdout.readline())

    def _started(self, args: list[str], cwd: Path, env: dict[str, str]) -> int:
        with self.printed[0].open("wb") as out, self.printed[1].open("wb") as err:
            return subprocess.run(
                [sys.executable, "-m", "tracker", *args], cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env=os.environ | SETTINGS | env, check=False, timeout=PATIENCE,
            ).returncode  # fmt: skip


def serve() -> None:
    """Forks for each line of standard input, and answers with the exit status of what it asked for."""
    import tracker

    for module in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            become(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def become(args: list[str], cwd: str, env: dict[str, str], printed: list[str]) -> None:
    """The command itself, to its end."""
    from tracker.cli.main import main

    signal.alarm(PATIENCE)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    for stream, path in enumerate([os.devnull, *printed]):
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, stream)
        os.close(file)
    sys.argv = ["tracker", *args]
    main()


if __name__ == "__main__":
    serve()
