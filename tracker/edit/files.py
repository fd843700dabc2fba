"""The only writer of records: whole or not at all, and never over somebody else's change.

A file is written beside its place, flushed to the disk, and renamed into it, under a lock
that all of our commands share. So a crash at any point leaves the old file or the new one,
and two commands at once wait for each other. Editors don't know the lock: a file that is
not any more what was read is left alone, and the command says so.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from tracker.errors import TrackerError

WORKSHOP = ".tracker"  # what is made here is nobody's but ours, and git does not see it
_PATIENCE = 30  # seconds that a command waits for another one to finish


class Kept(msgspec.Struct, frozen=True):
    """A file as it was read. ``data`` is None where there was none."""

    path: str  # below the tracker's root, with forward slashes
    data: bytes | None
    mode: int = 0o644

    @property
    def exists(self) -> bool:
        return self.data is not None


class Files:
    """The files of the tracker in ``root``, to be read and written one at a time.

    ``step`` is called with the name of each step of a write before it is taken: tests stop
    the process there.
    """

    def __init__(self, root: Path, step: Callable[[str], None] = lambda name: None) -> None:
        self.root = root.resolve()
        self._step = step
        self._locks = 0

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else of us writes meanwhile. May be entered again inside itself."""
        if self._locks:
            self._locks += 1
            try:
                yield
            finally:
                self._locks -= 1
            return
        lock = FileLock(self._workshop() / "writing.lock")
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            raise TrackerError(
                "another command is writing to this tracker", "Wait until it is done, and run this again."
            ) from None
        except OSError as error:
            raise _cant(WORKSHOP, error) from None
        self._locks = 1
        try:
            self._sweep()
            yield
        finally:
            self._locks = 0
            lock.release()

    def read(self, path: str) -> Kept:
        """A file as it is now. Raises TrackerError for what is no plain file of the tracker."""
        full = self._full(path)
        try:
            handle = os.open(full, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
        except FileNotFoundError:
            return Kept(path, None)
        except OSError as error:
            raise _cant(path, error, "read") from None
        with os.fdopen(handle, "rb") as file:
            info = os.fstat(file.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise TrackerError(f"{path} is not a file", "Check the path.")
            return Kept(path, file.read(), stat.S_IMODE(info.st_mode))

    def write(self, kept: Kept, data: bytes) -> Kept:
        """Puts ``data`` in the place of what was read, or makes the file; nothing else is touched.

        Raises TrackerError, and leaves everything as it was, where the file is not any more
        what was read or the disk refuses.
        """
        full = self._full(kept.path)
        with self.locked():
            temporary = None
            try:
                self._folder(full.parent)
                temporary = self._beside(full, kept, data)
                self._step("compare")
                self._unchanged(kept)
                self._step("rename")
                if kept.exists:
                    temporary.replace(full)
                else:
                    _publish(temporary, full)
                self._step("renamed")
                _flush_folder(full.parent)
            except FileExistsError:
                raise _changed(kept) from None
            except OSError as error:
                raise _cant(kept.path, error) from None
            finally:
                if temporary is not None:
                    with contextlib.suppress(OSError):
                        temporary.unlink(missing_ok=True)
            return Kept(kept.path, data, kept.mode)

    def remove(self, kept: Kept) -> None:
        """Removes a file that is still what was read; gone already is good too."""
        full = self._full(kept.path)
        with self.locked():
            try:
                self._step("compare before removing")
                if not self.read(kept.path).exists:
                    return
                self._unchanged(kept)
                self._step("remove")
                full.unlink(missing_ok=True)
                self._step("removed")
                _flush_folder(full.parent)
            except OSError as error:
                raise _cant(kept.path, error, "removed") from None

    def _unchanged(self, kept: Kept) -> None:
        if self.read(kept.path).data != kept.data:
            raise _changed(kept)

    def _full(self, path: str) -> Path:
        """The file's place, which no link leads to and which lies in the tracker."""
        parts = path.split("/")
        if not all(parts) or {".", ".."} & set(parts) or "\\" in path or "\0" in path:
            raise TrackerError(f"“{path}” is not a path below the tracker", "Name a file inside it.")
        full = self.root
        for part in parts:
            full = full / part
            if full.is_symlink():
                raise TrackerError(
                    f"{full.relative_to(self.root).as_posix()} is a symbolic link",
                    "Put the file itself in its place: what a link points to is never written.",
                )
        return full

    def _beside(self, full: Path, kept: Kept, data: bytes) -> Path:
        """The new text in a file of its own, safe on the disk, on the same file system."""
        folder = self._workshop()
        if folder.stat().st_dev != full.parent.stat().st_dev:
            folder = full.parent
        self._step("make")
        handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=folder)
        with os.fdopen(handle, "wb") as file:
            self._step("fill")
            file.write(data)
            file.flush()
            if kept.exists:
                mode = kept.mode
                with contextlib.suppress(OSError):  # only the superuser gives files away
                    owner = full.stat()
                    os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
            else:
                mode = 0o666 & ~_umask()
            os.fchmod(file.fileno(), mode)
            self._step("flush")
            os.fsync(file.fileno())
        return Path(name)

    def _folder(self, folder: Path) -> None:
        if not folder.is_dir():
            self._step("folder")
            folder.mkdir(parents=True)
        if not os.access(folder, os.W_OK):  # else a rename would be the first to notice
            raise PermissionError(13, "Permission denied")

    def _workshop(self) -> Path:
        folder = self.root / WORKSHOP
        if folder.is_symlink():
            raise TrackerError(f"{WORKSHOP} is a symbolic link", "Remove it; it is made anew.")
        try:
            folder.mkdir(exist_ok=True)
            ignore = folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
        except OSError as error:
            raise _cant(WORKSHOP, error) from None
        return folder

    def _sweep(self) -> None:
        """Takes away what a command that was killed has left. Nobody else is writing now."""
        for left in self._workshop().glob(f"{_PREFIX}*"):
            with contextlib.suppress(OSError):
                left.unlink()


_PREFIX = "writing-"


def _publish(temporary: Path, full: Path) -> None:
    """Gives a new file its name; FileExistsError where somebody has made one meanwhile."""
    try:
        os.link(temporary, full)
    except FileExistsError:
        raise
    except OSError:  # no hard links on this file system: then without this last guard
        if full.exists():
            raise FileExistsError from None
        temporary.replace(full)


def _flush_folder(folder: Path) -> None:
    """A rename is on the disk only when its folder is."""
    with contextlib.suppress(OSError):  # not every system can
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _changed(kept: Kept) -> TrackerError:
    if kept.exists:
        return TrackerError(
            f"{kept.path} was changed by somebody else since it was read; nothing was written",
            "Look at it, and run the command again.",
        )
    return TrackerError(
        f"{kept.path} exists already; nothing was written", "Choose another id, or edit that file."
    )


def _cant(path: str, error: OSError, what: str = "written") -> TrackerError:
    hint = "Check who owns the folder and may write there (ls -ld)."
    if error.errno == 28:
        hint = "The disk is full: free some space, and run the command again."
    return TrackerError(f"{path} can't be {what}: {error.strerror or error}", hint)
