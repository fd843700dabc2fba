"""What takes long to draw, kept by its content: drawn once, and again only if it differs.

Files in a folder that can be deleted at any time. Their names are digests of all that they
were made from, so nothing old is ever shown; nothing is kept where the folder can't be
written, and everything is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from tracker.cache import FOLDER, put

_MOST = 4000  # files; then the folder is emptied


class Kept:
    """Things of one kind below a tracker's ``root``. ``version`` changes with how they are made."""

    def __init__(self, root: Path, kind: str, version: str) -> None:
        self.root, self.folder = root, root / FOLDER / kind
        self.version = version.encode()

    def get(self, sources: Sequence[bytes], make: Callable[[list[int]], list[bytes]]) -> list[bytes]:
        """What is made of each source. ``make`` is given the places of those that are not there."""
        files = [self.folder / self._digest(source) for source in sources]
        found = [self._read(file) for file in files]
        missing = [place for place, data in enumerate(found) if data is None]
        if missing:
            for place, data in zip(missing, make(missing), strict=True):
                found[place] = data
                put(self.root, f"{self.folder.name}/{files[place].name}", data)
        return found  # type: ignore[return-value] - nothing is missing now

    def _digest(self, source: bytes) -> str:
        return hashlib.blake2b(self.version + b"\0" + source, digest_size=16).hexdigest()

    @staticmethod
    def _read(file: Path) -> bytes | None:
        try:
            return file.read_bytes()
        except OSError:
            return None

    def tidy(self) -> None:
        """Empties the folder where too much was gathered. For the end of a run."""
        with contextlib.suppress(OSError):
            files = list(self.folder.iterdir())
            if len(files) > _MOST:
                for file in files:
                    file.unlink()
