"""Writes the pages to a folder, touching only what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from tracker.errors import TrackerError
from tracker.site.pages import Asset, Page

MARKER = ".tracker-pages"


def write(folder: Path, pages: Iterable[Page], assets: Iterable[Asset]) -> str:
    """Writes everything and removes what is no longer made; returns a digest of it all.

    Only a folder that is empty or was written by this function before is touched.
    """
    if folder.exists() and not folder.is_dir():
        raise TrackerError(f"{folder} is a file, not a folder", "Name an empty or a new folder.")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).exists():
        raise TrackerError(
            f"{folder} has files in it that are not the tracker's pages",
            "Name an empty or a new folder: what is in the folder is replaced.",
        )
    wanted: dict[str, bytes] = {}
    for path, data in [
        *((page.path, page.text.encode()) for page in pages),
        *((asset.path, asset.data) for asset in assets),
    ]:
        if path in wanted:
            raise TrackerError(
                f"two files make the page {path}",
                "Rename one of them: a page of prose may not have the address of a record.",
            )
        if ".." in PurePosixPath(path).parts or path.startswith("/"):
            raise TrackerError(f"the page {path} would lie outside {folder}", "Rename its record.")
        wanted[path] = data
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARKER).touch()
        there = {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}
        for parent in sorted({PurePosixPath(path).parent for path in wanted}):
            (folder / parent).mkdir(parents=True, exist_ok=True)
        digest = hashlib.blake2b(digest_size=16)
        for path, data in sorted(wanted.items()):
            _write(folder / path, data, exists=path in there)
            digest.update(path.encode() + b"\0" + data + b"\0")
        for path in there - wanted.keys() - {MARKER}:
            (folder / path).unlink()
        for sub in sorted((f for f in folder.rglob("*") if f.is_dir()), reverse=True):
            if not any(sub.iterdir()):
                sub.rmdir()
    except OSError as error:
        raise TrackerError(
            f"the pages can't be written to {folder}: {error.strerror}",
            "Choose a folder that you may write to.",
        ) from None
    return digest.hexdigest()


def _write(path: Path, data: bytes, *, exists: bool) -> None:
    """Writes a file if its content differs, so that its time tells what changed."""
    if not exists:
        path.write_bytes(data)
        return
    if path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    part.replace(path)
