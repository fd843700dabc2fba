"""What an import changes in a record that is there: what the row says otherwise, and not a byte more.

Nothing is taken away: an empty cell, or an addressee that the table has no more, leaves the record as it is.
What was published stays: a judgement is added to the log or corrected by a later entry, and a deadline that
moved is for a person to record, with the day on which that was announced.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from tracker import frontmatter
from tracker.edit import compose, splice
from tracker.errors import TrackerError
from tracker.importing.drafts import Draft, Reason
from tracker.importing.mapping import BODY
from tracker.model import Recommendation

_HEAD = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n.*?^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


class Changed(NamedTuple):
    """The file afterwards, and what changed, in words. ``reasons`` are why it can't be brought up to date."""

    data: bytes
    said: list[str]
    reasons: list[Reason]


def new(draft: Draft) -> bytes:
    """The text of a new record. Raises TrackerError where a text can't be written."""
    data = dict(draft.data)
    if draft.assessments:
        data["assessments"] = draft.assessments
    return compose.compose(Recommendation, data, draft.body).encode()


def updated(draft: Draft, raw: bytes, path: str, keep: set[str], record: Recommendation) -> Changed:
    """The file of ``record``, with what the draft says otherwise. Raises TrackerError where it can't be edited."""
    document = frontmatter.read(raw, path)
    if document.data is None or document.findings:
        raise TrackerError(f"{path} can't be read", "Mend it first: tracker check says how.")
    held = document.data
    made = Changed(raw, [], [])
    for key, value in draft.data.items():
        if key in keep or key == "known_as":
            continue
        made = _field(made, draft, path, key, value, held.get(key), record)
    for entry in draft.assessments:
        made = _assessment(made, path, entry, held.get("assessments") or [])
    if draft.body and BODY not in keep and draft.body != document.body:
        made = Changed(with_body(made.data, path, draft.body), [*made.said, "body"], made.reasons)
    return made


def _field(
    made: Changed, draft: Draft, path: str, key: str, value: Any, old: Any, record: Recommendation
) -> Changed:
    if isinstance(value, list):
        data, said = made.data, list(made.said)
        for item in value:
            if item not in (old or []):
                data = splice.append(Recommendation, data, (key,), item, path)
                said.append(f"{key}: + {item}")
        return Changed(data, said, made.reasons)
    if old == value:
        return made
    if key == "deadline" and old:
        if record.due == value:
            return made
        reason = Reason(
            draft.wheres[key], f"the deadline in {path} is {record.due}, and {value} here",
            "A published date is never overwritten: add the move to deadline_changes, with the day on which it "
            "was announced.",
        )  # fmt: skip
        return Changed(made.data, made.said, [*made.reasons, reason])
    if key == "source" and old:
        reason = Reason(draft.wheres[key], f"{path} is of the source {old}, and the row of {value}",
                        "A recommendation stays with its document: give the row another id.")  # fmt: skip
        return Changed(made.data, made.said, [*made.reasons, reason])
    return Changed(splice.set_value(Recommendation, made.data, (key,), value, path),
                   [*made.said, f"{key}: {_short(old)} → {_short(value)}" if old else f"{key}: {_short(value)}"],
                   made.reasons)  # fmt: skip


def _assessment(made: Changed, path: str, entry: dict[str, Any], log: list[dict]) -> Changed:
    """The judgement added to the log, unless it is there; one of the same day is corrected by it."""
    of_day = [e for e in log if all(e.get(key) == entry[key] for key in ("actor", "by", "date"))]
    if of_day and _says(of_day[-1], entry):
        return made
    word = entry.get("status") or entry.get("response")
    said = f"{entry['actor']} on {entry['date']}: {word}"
    if of_day:
        entry = entry | {"corrects": entry["date"]}
        said += " (corrects the entry of that day)"
    return Changed(splice.append(Recommendation, made.data, ("assessments",), entry, path),
                   [*made.said, said], made.reasons)  # fmt: skip


def _says(old: dict, new: dict) -> bool:
    """Whether an entry says all that the row says; it may say more."""
    for key, value in new.items():
        there = old.get(key)
        if key == "evidence":
            if not all(any(_says(o, item) for o in there or []) for item in value):
                return False
        elif there != compose.without_empty(value):
            return False
    return True


def with_body(raw: bytes, path: str, body: str) -> bytes:
    """The file with another body below the same front matter; line ends as they are there."""
    head = _HEAD.match(raw)
    if head is None:
        raise TrackerError(f"{path} has no front matter", "Mend it first: tracker check says how.")
    newline = "\r\n" if b"\r\n" in head[0] else "\n"
    start = head[0] if head[0].endswith(b"\n") else head[0] + newline.encode()
    made = start + (body + "\n").replace("\n", newline).encode()
    before, after = frontmatter.read(raw, path), frontmatter.read(made, path)
    if after.data != before.data or after.body != body or after.findings:
        raise TrackerError(f"{path}: its text can't be replaced safely", "Change it by hand.")
    return made


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"
