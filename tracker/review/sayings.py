"""New assessments as sentences, for somebody who does not read YAML."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from tracker import dates
from tracker.corpus import Corpus
from tracker.meaning import ADDED, assessment_edits
from tracker.model import Assessment, Evidence, Recommendation, is_pending

# The default words as something that one says of an actor. A tracker's own words have none: they
# are quoted.
_DID = {
    "no-evidence": "left no trace of having acted on",
    "not-started": "had not started on",
    "planned": "had a plan for, but had not acted on,",
    "under-way": "was acting on",
    "partly-implemented": "had partly implemented",
    "implemented": "had implemented",
    "ongoing": "was meeting the standing duty",
    "stalled": "had stopped moving on",
    "reversed": "had undone",
    "dropped": "had given up",
    "overtaken": "could no longer act on",
}
_REPLIED = {
    "noted": "took note of", "accepted": "accepted", "accepted-in-part": "accepted a part of",
    "accepted-in-principle": "accepted in principle", "rejected": "rejected",
}  # fmt: skip


class Saying(msgspec.Struct, frozen=True):
    """One new assessment: of which recommendation, in which file, and what it rests on.

    ``words`` and all else is text as it was written, not escaped.
    """

    path: str
    recommendation: str
    words: str
    note: str
    corrects: str
    itself: bool  # the actor judges itself
    basis: str
    evidence: list[Evidence]
    status: str | None
    waiting: bool  # in the inbox, not yet part of the record


def sayings(before: Corpus, after: Corpus) -> Iterator[Saying]:
    """Every assessment that ``after`` has and ``before`` has not, in the order of the sources."""
    present = after.aliases["actors"]
    for name, record in after.recommendations.items():
        old = before.recommendations.get(name) or next(
            (before.recommendations[a] for a in record.aliases if a in before.recommendations), None
        )
        known = old.assessments if old else []
        for edit in assessment_edits(known, record.assessments, lambda n: present.get(n, n)):
            if edit.what == ADDED:
                yield _saying(after, record, record.assessments[edit.index])


def _saying(corpus: Corpus, record: Recommendation, entry: Assessment) -> Saying:
    waiting = is_pending(entry)
    return Saying(
        entry.path if waiting else record.path, record.id, words(corpus, record, entry), entry.note, entry.corrects or "",
        entry.actor == entry.by, entry.basis or "", entry.evidence, entry.status,
        waiting,
    )  # fmt: skip


def words(corpus: Corpus, record: Recommendation, entry: Assessment) -> str:
    """“According to Watch, the AU had partly implemented “…” by 2015, resting on 2 documents”."""
    who, by = corpus.short("actors", entry.actor), corpus.short("actors", entry.by)
    said = [_did(corpus, who, record, entry)] if entry.status else []
    if entry.response:
        reply = _REPLIED.get(entry.response)
        subject = "it" if said else who
        label = corpus.config.label("response", entry.response)
        said.append(f"{subject} {reply} {'it' if said else f'“{record.title}”'}" if reply
                    else f"the reply of {who} was “{label}”")  # fmt: skip
    if entry.result:
        said.append(f"the result was “{corpus.config.label('result', entry.result)}”")
    count = len(entry.evidence)
    rests = f"resting on {count:,} document{'s' * (count != 1)}" if count else "naming no document"
    return f"According to {by}, {', and '.join(said) or f'something became of “{record.title}”'}, {rests}"


def _did(corpus: Corpus, who: str, record: Recommendation, entry: Assessment) -> str:
    when = f"by {dates.written(entry.date)}" if dates.problem(entry.date) is None else f"by “{entry.date}”"
    label = corpus.config.label("status", entry.status)
    default = _DID.get(entry.status)
    if default is None:
        return f"“{record.title}” was “{label}” with {who} {when}"
    return f"{who} {default} “{record.title}” {when}"
