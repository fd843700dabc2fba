"""A comparison as something to read: plain text, Markdown for a pull request, or data.

All three are made from the same values. Titles and names come from files that anybody may
have written: in Markdown they are escaped so that they can't become markup, links, mentions
or pictures, and in a terminal they can't move the cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from tracker import dates
from tracker.comparison import KINDS, Comparison, Figure, Move
from tracker.corpus import Corpus
from tracker.escape import code, escaped
from tracker.meaning import clean, edits

_MOST_IN_MARKDOWN = 150  # lines of a comment; forges refuse long ones


class Side(NamedTuple):
    """One of the two states: what a person calls it, the day it is as of, and its commit's id."""

    label: str
    as_of: str
    commit: str = ""

    @property
    def words(self) -> str:
        return f"{self.label}{f' ({self.commit[:9]})' if self.commit else ''}"


class RecordEdit(msgspec.Struct, gc=False):
    """A record that says something else than before. ``kind`` is added, removed, renamed or edited."""

    collection: str
    id: str
    title: str
    kind: str
    edits: list[str]


class Difference(msgspec.Struct, gc=False):
    before: Side
    after: Side
    comparison: Comparison
    edited: list[RecordEdit]
    notes: list[str]

    def __bool__(self) -> bool:
        return bool(self.comparison) or bool(self.edited)

    # As data

    def as_json(self) -> bytes:
        made = self.comparison
        content = {
            "before": self.before._asdict(), "after": self.after._asdict(), "notes": self.notes,
            "figures": made.figures, "counts": made.counts, "unchanged": made.unchanged,
            "moves": made.moves, "edited": self.edited,
        }  # fmt: skip
        return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"

    # As text

    def as_text(self) -> str:
        return "\n".join(self._text()) + "\n"

    def _text(self) -> Iterator[str]:
        yield clean(self._heading())
        yield from (f"Note: {clean(note)}" for note in self.notes)
        if not self:
            yield "Nothing changed."
            return
        yield self._summary() + "."
        for figure in self.comparison.figures:
            if figure.steps or figure.key == "pairs":
                yield f"  {figure.label}: {figure.before:,} → {figure.after:,}{_steps(figure)}"
        for kind, moves in self.comparison.grouped():
            yield ""
            yield f"{_capital(KINDS[kind])} ({len(moves):,})"
            for move in moves:
                yield f"  {clean(move.title)} [{move.recommendation}]"
                if line := self._line(move, kind, clean):
                    yield f"    {line}"
        if self.edited:
            yield ""
            yield f"Records ({len(self.edited):,})"
            for edit in self.edited:
                yield f"  {edit.collection}/{edit.id}: {edit.kind}"
                yield from (f"    {words}" for words in edit.edits)

    # As Markdown

    def as_markdown(self) -> str:
        return "\n".join(self._markdown()) + "\n"

    def _markdown(self) -> Iterator[str]:
        yield f"### {escaped(self._heading())}"
        yield ""
        for note in self.notes:
            yield f"*{escaped(note)}*"
            yield ""
        if not self:
            yield "Nothing changed."
            return
        yield f"{self._summary()}."
        yield ""
        yield "| | Before | After | Why |"
        yield "| --- | ---: | ---: | --- |"
        for figure in self.comparison.figures:
            why = "; ".join(f"{s.count:+,} {s.reason}" for s in figure.steps) or "no change"
            yield f"| {figure.label} | {figure.before:,} | {figure.after:,} | {why} |"
        yield from self.changes(_MOST_IN_MARKDOWN)

    def changes(self, most: int) -> Iterator[str]:
        """What moved and which records were edited, as Markdown lists of ``most`` lines at most."""
        left = most
        for kind, moves in self.comparison.grouped():
            yield ""
            yield f"**{_capital(KINDS[kind])} ({len(moves):,})**"
            yield ""
            for move in moves[: max(left, 0)]:
                line = self._line(move, kind, escaped)
                yield f"- {escaped(move.title)} ({code(move.recommendation)}){f': {line}' if line else ''}"
            yield from _more(len(moves) - max(left, 0))
            left -= len(moves)
        if self.edited:
            yield ""
            yield f"**Records ({len(self.edited):,})**"
            yield ""
            for edit in self.edited[: max(left, 0)]:
                said = "; ".join(escaped(words) for words in edit.edits)
                name = code(f"{edit.collection}/{edit.id}")
                yield f"- {name} {edit.kind}{f': {said}' if said else ''}"
            yield from _more(len(self.edited) - max(left, 0))

    # Words

    def _heading(self) -> str:
        one, other = self.before, self.after
        if one.commit == other.commit and one.as_of != other.as_of:
            label = "" if one.label == one.as_of else f" ({one.label})"
            return f"What changed from {dates.written(one.as_of)}{label} to {dates.written(other.as_of)}"
        days = f", as of {dates.written(other.as_of)}"
        if one.as_of != other.as_of:
            days = f", as of {dates.written(one.as_of)} and {dates.written(other.as_of)}"
        return f"What changed from {one.words} to {other.words}{days}"

    def _summary(self) -> str:
        parts = [f"{count:,} {KINDS[kind]}" for kind, count in self.comparison.counts.items()]
        return "; ".join([*parts, f"{self.comparison.unchanged:,} unchanged"])

    def _line(self, move: Move, below: str, safe: Callable[[str], str]) -> str:
        """Who, from what to what, and what else is to be said of it than the kind that it stands below."""
        made = self.comparison
        corpus = (made.after if move.after or not move.before else made.before).corpus
        parts = []
        if move.before != move.after and move.before and move.after:
            parts.append(f"{_label(made.before.corpus, move.before)} → {_label(corpus, move.after)}")
        elif move.after or move.before:
            parts.append(_label(corpus, move.after or move.before))
        more = [KINDS[kind] for kind in move.kinds if kind != below]
        if move.date:
            more.append(f"{dates.written(move.date)}, judged by {corpus.short('actors', move.by)}")
        if move.note:
            more.append(move.note)
        text = safe(" ".join(parts) + (f" ({'; '.join(more)})" if more and parts else "; ".join(more)))
        who = safe(corpus.short("actors", move.actor)) if move.actor else ""
        return f"{who}: {text}" if who else text


def edited(before: Corpus, after: Corpus) -> list[RecordEdit]:
    """The records that differ between two corpora, under their present ids.

    Recommendations that were added or withdrawn are moves and not listed again.
    """
    found = []
    for collection, records in after.collections.items():
        old = before.collections.get(collection, {})
        former = {alias: name for alias, name in after.aliases[collection].items() if alias in old}
        was = {present: alias for alias, present in former.items() if present not in old}
        for name, record in records.items():
            earlier = old.get(name) or old.get(was.get(name, ""))
            if earlier is None:
                if collection != "recommendations" and name not in before.ids.get(collection, ()):
                    found.append(RecordEdit(collection, name, record.title, "added", []))
                continue
            kind = "edited" if earlier.id == name else f"renamed from {earlier.id}"
            words = [edit.words() for edit in edits(earlier, record, _present(after))]
            if words or earlier.id != name:
                found.append(RecordEdit(collection, name, record.title, kind, words))
        for name, record in old.items():
            if collection != "recommendations" and name not in after.ids[collection] and name not in former:
                found.append(RecordEdit(collection, name, record.title, "removed", []))
    return found


def _present(corpus: Corpus) -> Callable[[str], str]:
    return lambda name: corpus.aliases["actors"].get(name, name)


def _label(corpus: Corpus, status: Any) -> str:
    return corpus.config.label("status", status)


def _steps(figure: Figure) -> str:
    said = "; ".join(f"{step.count:+,} {step.reason}" for step in figure.steps)
    return f" ({said})" if said else ""


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"- ... and {count:,} more"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
