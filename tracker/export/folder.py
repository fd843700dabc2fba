"""Puts a folder of files in place as a whole: the old one stays until the new one is complete."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from tracker import telling
from tracker.errors import TrackerError

MARKER = ".tracker-export"


def replace(folder: Path, files: dict[str, bytes]) -> None:
    """Makes ``folder`` hold exactly ``files`` (content by path).

    Only a folder that is new, empty, or was written by this function and has had nothing
    added to it since is replaced. Whatever goes wrong, nothing half-written stays.
    """
    folder = folder.absolute()
    refuse_foreign(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    except OSError as error:
        raise _failed(folder, error) from None
    try:
        _fill(fresh, files)
        _swap(fresh, folder)
    except OSError as error:
        raise _failed(folder, error) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def refuse_foreign(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise TrackerError(f"{folder} is not a folder", "Name an empty or a new folder.")
    if not folder.exists():
        return
    try:
        known = set((folder / MARKER).read_text(encoding="utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        known = set()
    known.add(MARKER)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in known:
            raise TrackerError(
                f"{folder} has a file in it that is not of an export: {name}",
                "Name an empty or a new folder: what is in the folder is replaced.",
            )


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    folder.chmod(0o777 & ~_umask())
    with telling.doing("writing files", len(files)):
        for path, data in files.items():
            telling.step()
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    (folder / MARKER).write_text("\n".join([*files, ""]), encoding="utf-8", newline="\n")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _swap(fresh: Path, folder: Path) -> None:
    """The old folder makes room and is deleted once the new one stands in its place."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = fresh.with_suffix(".old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _failed(folder: Path, error: OSError) -> TrackerError:
    return TrackerError(
        f"the data can't be written to {folder}: {error.strerror or error}",
        "Choose a folder that you may write to. What was there before is untouched.",
    )
