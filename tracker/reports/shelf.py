"""The packs that were made here, as `tracker report` left them: what the site takes along.

Each pack carries a slip that says what it is. A folder without one, or with one that does not
hold, is nobody's pack, and nothing of it is published.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import msgspec

FOLDER = "build/reports"  # below the tracker's root
SLIP = ".tracker-report"


# What a pack is made of, and nothing else: no dots lead out of it, no other type gets onto the site.
_PATH = re.compile(r"(?:(?:briefs|tables)/)?[\w-]+\.(?:md|html|docx|pdf|xlsx|csv|json)", re.ASCII)


class Slip(msgspec.Struct):
    """``files`` are paths below the pack's folder, in the order in which they were made.

    ``as_of`` and ``since`` are days (YYYY-MM-DD); ``since`` and ``event`` (an id) may be empty.
    """

    title: str
    as_of: str
    since: str
    event: str
    language: str
    made_from: str
    files: list[str]


class Pack(msgspec.Struct):
    """``content`` is by path below the pack's folder, which is called ``name``."""

    name: str
    slip: Slip
    content: dict[str, bytes]

    @property
    def parts(self) -> list[str]:
        """The report's own files; tables and briefs are listed apart."""
        return [path for path in self.content if "/" not in path]

    @property
    def tables(self) -> list[str]:
        return [path for path in self.content if path.startswith("tables/")]

    @property
    def briefs(self) -> dict[str, list[str]]:
        """Files by actor."""
        found: dict[str, list[str]] = {}
        for path in self.content:
            if path.startswith("briefs/"):
                found.setdefault(PurePosixPath(path).stem, []).append(path)
        return dict(sorted(found.items()))


def written(slip: Slip) -> bytes:
    return msgspec.json.encode(slip)


def packs(root: Path) -> list[Pack]:
    """Every whole pack below a tracker's root, the latest first."""
    found = []
    for slip in sorted((root / FOLDER).glob(f"*/{SLIP}")):
        pack = None if slip.parent.is_symlink() else _pack(slip)
        if pack is not None:
            found.append(pack)
    return sorted(found, key=lambda pack: pack.slip.as_of, reverse=True)


def _pack(file: Path) -> Pack | None:
    try:
        slip = msgspec.json.decode(file.read_bytes(), type=Slip)
        content = {}
        for path in slip.files:
            full = file.parent / path
            if not _PATH.fullmatch(path) or full.is_symlink() or not full.is_file():
                return None
            content[path] = full.read_bytes()
    except (OSError, msgspec.DecodeError):
        return None
    return Pack(file.parent.name, slip, content)
