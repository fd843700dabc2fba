"""Writes the pages to a folder, touching only what changed.

Parts are made and written by as many processes as there are cores, so that nothing but the
digests has to come back. Each process takes the next part whenever it is free.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from tracker.errors import TrackerError
from tracker.forks import Fork, Queue, cores
from tracker.site.pages import Page, Part, refuse_twice

MARKER = ".tracker-pages"


class Written(NamedTuple):
    """``digest`` is of all files; ``pages`` are counted without the other files."""

    digest: str
    pages: int


class _File(msgspec.Struct, array_like=True, order=True):
    path: str
    digest: bytes
    is_page: bool


def write(folder: Path, parts: Sequence[Part]) -> Written:
    """Writes everything that the parts make, and removes what is no longer made.

    Only a folder that is empty or was written by this function before is touched.
    """
    if folder.exists() and not folder.is_dir():
        raise TrackerError(f"{folder} is a file, not a folder", "Name an empty or a new folder.")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise TrackerError(
            f"{folder} has files in it that are not the tracker's pages",
            "Name an empty or a new folder: what is in the folder is replaced.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).touch()
        there = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}
        files = sorted(_all_written(folder, parts, there))
        refuse_twice(file.path for file in files)
        for path in there - {file.path for file in files} - {MARKER}:
            (folder / path).unlink()
            _remove_empty(folder, (folder / path).parent)
    except OSError as error:
        raise TrackerError(
            f"the pages can't be written to {folder}: {error.strerror}",
            "Choose a folder that you may write to.",
        ) from None
    whole = hashlib.blake2b(digest_size=16)
    for file in files:
        whole.update(file.path.encode() + b"\0" + file.digest)
    return Written(whole.hexdigest(), sum(file.is_page for file in files))


def _remove_empty(folder: Path, sub: Path) -> None:
    """Removes a folder below ``folder`` and those above it, as far as nothing is in them."""
    while sub != folder and not any(sub.iterdir()):
        sub.rmdir()
        sub = sub.parent


def _all_written(folder: Path, parts: Sequence[Part], there: set[str]) -> list[_File]:
    made: dict[int, list[_File]] = {}
    queue = Queue(len(parts))

    def work() -> dict[int, list[_File]]:
        return {number: _written(folder, parts[number], there) for number in queue}

    helpers = [Fork(lambda: msgspec.msgpack.encode(work())) for _ in range(min(cores(), len(parts)) - 1)]
    try:
        made |= work()
    finally:
        queue.close()
    for helper in helpers:
        with contextlib.suppress(msgspec.DecodeError):
            made |= msgspec.msgpack.decode(helper.result() or b"", type=dict[int, list[_File]])
    for number, part in enumerate(parts):
        if number not in made:  # a helper failed: whatever went wrong there will be said here
            made[number] = _written(folder, part, there)
    return list(chain.from_iterable(made.values()))


def _written(folder: Path, part: Part, there: set[str]) -> list[_File]:
    made: set[str] = set()
    files = []
    for file in part():
        is_page = isinstance(file, Page)
        data = file.text.encode() if is_page else file.data
        if ".." in PurePosixPath(file.path).parts or file.path.startswith("/"):
            raise TrackerError(f"the page {file.path} would lie outside {folder}", "Rename its record.")
        parent = file.path.rpartition("/")[0]
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        _write(f"{folder}/{file.path}", data, exists=file.path in there)
        files.append(_File(file.path, hashlib.blake2b(data, digest_size=16).digest(), is_page))
    return files


def _write(name: str, data: bytes, *, exists: bool) -> None:
    """Writes a file if its content differs, so that its time tells what changed."""
    if not exists:
        with open(name, "wb") as file:  # noqa: PTH123 - twenty thousand paths cost a second
            file.write(data)
        return
    path = Path(name)
    if path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
