"""An assessment on its way into a tracker: into its record's log, or into the inbox."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tracker.edit import splice
from tracker.edit.compose import compose
from tracker.edit.files import Files, Kept
from tracker.model import INBOX, Proposal, Recommendation

_NO_NAME = re.compile(r"[^a-z0-9-]+")


def appended(kept: Kept, entry: dict[str, Any], remarks: Sequence[str] = ()) -> bytes:
    """A recommendation's file with ``entry`` at the end of its log."""
    return splice.append(Recommendation, kept.data or b"", ("assessments",), entry, kept.path, remarks)


def for_inbox(files: Files, recommendation: str, entry: dict[str, Any]) -> tuple[Kept, bytes]:
    """A new file of the inbox, under a name that is free, and its content."""
    said = {"recommendation": recommendation, **entry}
    stem = "--".join(
        _NO_NAME.sub("-", str(said.get(key, "")).lower()).strip("-") or "x"
        for key in ("recommendation", "actor", "date")
    )
    text = compose(Proposal, said)
    number = 1
    while True:
        name = stem if number == 1 else f"{stem}-{number}"
        kept = files.read(f"{INBOX}/{name}.md")
        if not kept.exists:
            return kept, text.encode()
        number += 1
