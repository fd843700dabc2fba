"""Every open request reviewed and commented on, for a forge where no event of a fork may have a key.

Runs in the main branch's own pipeline, on a schedule. Each request's commit is fetched as data;
what reads it is another process, which has no key.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import TrackerError
from tracker.forge.api import Forge, Request
from tracker.forge.post import Posted, post
from tracker.review.parcel import unpacked

_MOST_REQUESTS = 100
_TIMEOUT = 600  # seconds for one request


def reviewed(forge: Forge, root: Path) -> Iterator[tuple[int, list[Posted] | TrackerError]]:
    """Each open request's number and what was posted, or why nothing was."""
    for request in list(forge.open_requests())[:_MOST_REQUESTS]:
        try:
            yield request.number, post(forge, unpacked(_review(root, _fetched(forge, root, request))), request.head)
        except TrackerError as error:
            yield request.number, error


def _fetched(forge: Forge, root: Path, request: Request) -> str:
    ref = forge.ref.format(request.number)
    _run(root, "git", "fetch", "--quiet", "--no-tags", "origin", ref)
    found = _run(root, "git", "rev-parse", "--verify", "FETCH_HEAD^{commit}").decode().strip()
    if found != request.head:
        raise TrackerError("the request has moved on meanwhile; the next run will look at it")
    return found


def _review(root: Path, head: str) -> bytes:
    return _run(root, sys.executable, "-m", "tracker", "review", "HEAD", head, "--format", "json", good=(0, 1))


def _run(root: Path, *command: str, good: tuple[int, ...] = (0,)) -> bytes:
    quiet = {name: value for name, value in os.environ.items() if name != "FORGE_TOKEN"}
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, check=False, timeout=_TIMEOUT,
            env=quiet | {"GIT_TERMINAL_PROMPT": "0"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TrackerError(f"{command[0]} could not do it: {error}") from None
    if done.returncode not in good:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise TrackerError(f"{Path(command[0]).name} could not do it: {said[0][:200] if said else done.returncode}")
    return done.stdout
