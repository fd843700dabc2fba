"""A comment on its way from the job that made it to the job that posts it.

The second has a key to the forge and the first had a stranger's files before it, so what
arrives is looked at as if a stranger had sent it: its size, its form, and once more whether
anything in it would be more than text.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import msgspec

from tracker.errors import TrackerError
from tracker.review.comment import MARK, MOST

FILE = "review.json"
MOST_BYTES = 512 * 1024  # of the parcel; 60,000 characters, each escaped, and then some
_MOST_ARCHIVE = 1024 * 1024
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# Escaped signs and code: nothing in them is more than text.
_DEAD = re.compile(r"\\[!-/:-@\[-`{-~]|`[^`\n]*`")
# What is left of none of our comments: HTML, links, pictures, mentions, references, addresses.
_LIVE = re.compile(r"[<>\[\]`&@~$^{}|\\]|[#!%](?=\w)|\b(?:https?|ftp|mailto):|\bwww\.|\bgh-\d", re.IGNORECASE)
_OWN = re.compile(r"^(?:#{3,4} |- \[ \] |  - |- )", re.MULTILINE)
_PREVIEW = re.compile(r"^Look at the site as it would be: https://[\w./:#?=&%+-]+$", re.MULTILINE)


class Parcel(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """``head`` and ``base`` are commit ids; ``body`` is the comment."""

    version: int = 1
    head: str
    base: str
    body: str


def packed(parcel: Parcel) -> bytes:
    return msgspec.json.encode(parcel)


def from_archive(data: bytes) -> Parcel:
    """The parcel in a zip archive, which is read in memory: nothing is written to a disk."""
    if len(data) > _MOST_ARCHIVE:
        raise _refused(f"the archive has {len(data):,} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if names != [FILE]:
                raise _refused(f"the archive holds something else than one file {FILE}")
            if archive.getinfo(FILE).file_size > MOST_BYTES:
                raise _refused("the file in the archive is too long")
            with archive.open(FILE) as file:
                return unpacked(file.read(MOST_BYTES + 1))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _refused("the archive can't be read") from error


def from_file(path: Path) -> Parcel:
    try:
        with path.open("rb") as file:
            return unpacked(file.read(MOST_BYTES + 1))
    except OSError as error:
        raise TrackerError(f"{path} can't be read: {error.strerror}") from None


def unpacked(data: bytes) -> Parcel:
    """Raises TrackerError for anything that `packed` would not have made."""
    if len(data) > MOST_BYTES:
        raise _refused("it is too long")
    try:
        parcel = msgspec.json.decode(data, type=Parcel)
    except msgspec.DecodeError as error:
        raise _refused(f"it has another form ({error})") from None
    if parcel.version != 1:
        raise _refused(f"its version is {parcel.version}")
    if not (_COMMIT.fullmatch(parcel.head) and _COMMIT.fullmatch(parcel.base)):
        raise _refused("it does not name its commits")
    if len(parcel.body) > MOST + 200 or not parcel.body.startswith(f"{MARK}\n"):
        raise _refused("its text is too long, or is no review")
    if found := live(parcel.body):
        raise _refused(f"its text would be more than text ({found!r})")
    return parcel


def live(body: str) -> str:
    """The first piece of a comment that a forge would make something of; empty where there is none."""
    rest = _PREVIEW.sub("", body.removeprefix(MARK))
    rest = _DEAD.sub("", _OWN.sub("", rest))
    match = _LIVE.search(rest)
    return rest[max(match.start() - 5, 0) : match.end() + 10] if match else ""


def _refused(why: str) -> TrackerError:
    return TrackerError(f"the review is not posted: {why}", "Make it anew with: tracker review BASE HEAD --format json")
