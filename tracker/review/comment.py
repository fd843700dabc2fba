"""The one comment of a change, in Markdown that every forge shows the same.

The first lines answer what a reviewer needs in a minute. All text from records goes through
`tracker.escape`; addresses are shown between backticks and never linked. A forge refuses long
comments, so each list has a limit, and the whole is cut between lines if that is not enough.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.difference import Difference
from tracker.escape import code, escaped
from tracker.findings import Finding, Severity
from tracker.formats import worst_first
from tracker.model import Evidence
from tracker.review.gather import Review
from tracker.review.people import hidden
from tracker.review.questions import questions
from tracker.review.sayings import Saying
from tracker.safety import shortened
from tracker.store import PAGES

MARK = "<!-- tracker: review of this change -->"
MOST = 60_000  # characters of a comment; forges take 65,536 or more
_MOST_FINDINGS, _MOST_SAYINGS, _MOST_EVIDENCE, _MOST_CHANGES, _MOST_FILES = 25, 30, 5, 40, 20
_LONGEST = 400  # characters of one text from a record
_DONE = {"A": "new", "M": "changed", "D": "removed", "T": "another type of file"}


def comment(review: Review, preview: str = "") -> str:
    """``preview`` is the address where the site of this change can be looked at; it
    comes from whoever runs the review, never from the change."""
    lines = list(_lines(review, preview))
    size, kept = 0, []
    for number, line in enumerate(lines):
        size += len(line) + 1
        if size > MOST:
            kept += ["", f"*This comment was cut: {len(lines) - number:,} more lines. See them all with:* "
                     f"`tracker review {review.base[:9]}`"]  # fmt: skip
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def _lines(review: Review, preview: str) -> Iterator[str]:
    yield MARK
    yield "### What this change says"
    yield ""
    yield _in_short(review)
    for note in review.notes:
        yield ""
        yield f"*{escaped(note)}*"
    if preview:
        yield ""
        yield f"Look at the site as it would be: {preview}"
    yield ""
    yield "**For the reviewer, in one minute**"
    yield ""
    yield from (f"- [ ] {question}" for question in questions(review))
    if review.unusable:
        return
    yield from _findings(review)
    yield from _history(review.history)
    yield from _sayings(review.sayings)
    yield from _changes(review.difference)
    yield from _files(review)
    yield ""
    yield "*This comment is made anew, in this place, whenever the change is.*"


def _in_short(review: Review) -> str:
    if review.unusable:
        return f"⛔ **The settings of this change can't be used**, so nothing was read: {_text(review.unusable)}"
    parts = []
    made = review.difference.comparison
    if review.sayings:
        parts.append(_count(len(review.sayings), "new assessment"))
    if new := sum(1 for collection, _ in review.added if collection == "recommendations"):
        parts.append(_count(new, "new recommendation"))
    if gone := made.counts.get("withdrawn"):
        parts.append(f"{gone:,} withdrawn")
    if records := len(review.difference.edited):
        parts.append(_count(records, "record") + " changed in meaning")
    said = ", ".join(parts) or ("Nothing changed in what the records say" if review.changed else "Nothing changed")
    errors = sum(f.severity is Severity.ERROR for f in [*review.findings, *review.history])
    if errors:
        return f"⛔ {said}. **{_count(errors, 'error')} to mend before it can be accepted.**"
    more = f"; {_count(len(review.findings), 'piece')} of advice" if review.findings else ""
    return f"✅ {said}. The form is in order{more}."


def _findings(review: Review) -> Iterator[str]:
    touched = {path for _, path in review.changed}
    ordered = worst_first(review.findings)
    ordered.sort(key=lambda f: (f.severity is not Severity.ERROR, f.path not in touched))
    if ordered:
        yield from _heading("What is wrong, and how to mend it", len(ordered))
        yield from (_finding(f) for f in ordered[:_MOST_FINDINGS])
        yield from _more(len(ordered) - _MOST_FINDINGS)
    if review.older:
        yield ""
        yield f"{_count(review.older, 'finding')} elsewhere {'were' if review.older != 1 else 'was'} there before."


def _finding(f: Finding) -> str:
    mark = "❌" if f.severity is Severity.ERROR else "⚠️"
    place = code(f"{f.path}:{f.line}" if f.line else f.path)
    return f"- {mark} {place}: {_text(f.message)}. {_text(f.hint)} ({f.code})"


def _history(findings: list[Finding]) -> Iterator[str]:
    if findings:
        yield from _heading("Published, and now altered or gone", len(findings))
        yield from (_finding(f) for f in findings[:_MOST_FINDINGS])
        yield from _more(len(findings) - _MOST_FINDINGS)


def _sayings(found: list[Saying]) -> Iterator[str]:
    if not found:
        return
    yield from _heading("New assessments", len(found))
    for said in found[:_MOST_SAYINGS]:
        where = f"{code(said.recommendation)}{', waiting in the inbox' if said.waiting else ''}"
        corrects = f" It corrects the entry of {_text(said.corrects)}." if said.corrects else ""
        yield f"- {_text(said.words)} ({where}).{corrects}"
        for evidence in said.evidence[:_MOST_EVIDENCE]:
            yield f"  - {_evidence(evidence)}"
        yield from _more(len(said.evidence) - _MOST_EVIDENCE, "  ")
        if said.note:
            yield f"  - Note: {_text(said.note)}"
    yield from _more(len(found) - _MOST_SAYINGS)


def _evidence(evidence: Evidence) -> str:
    parts = [_text(part) for part in (evidence.title, evidence.symbol, evidence.locator) if part]
    if evidence.source:
        parts.append(f"in {code(f'{PAGES}/sources/{evidence.source}.md')}")
    if evidence.url:
        where = f": {code(shortened(evidence.url, _LONGEST))}"
    else:
        where = "" if evidence.source or evidence.symbol else " (it can't be found from this)"
    against = " **It speaks against the status.**" if evidence.stance == "contradicts" else ""
    return f"{', '.join(parts)}{where}{against}"


def _changes(difference: Difference) -> Iterator[str]:
    lines = [_cut(hidden(line)) for line in difference.changes(_MOST_CHANGES)]
    if lines:
        yield ""
        yield "#### What changes in meaning"
        yield from lines


def _files(review: Review) -> Iterator[str]:
    if review.other:
        yield from _heading("Files that are neither records nor pages", len(review.other))
        yield from (f"- {code(path)}: {_DONE.get(status, 'changed')}" for status, path in review.other[:_MOST_FILES])
        yield from _more(len(review.other) - _MOST_FILES)


def _heading(words: str, count: int) -> Iterator[str]:
    yield ""
    yield f"#### {words} ({count:,})"
    yield ""


def _more(count: int, indent: str = "") -> Iterator[str]:
    if count > 0:
        yield f"{indent}- ... and {count:,} more"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"


def _cut(line: str) -> str:
    """A line of escaped text, cut where it is too long and never within an escape."""
    return line if len(line) <= 4 * _LONGEST else line[: 4 * _LONGEST].rstrip("\\") + "…"


def _text(text: str) -> str:
    return escaped(hidden(shortened(text, _LONGEST)))
