"""2xx: does one record say what it must, in the form that it must have?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count, repeat

from tracker import dates, safety
from tracker.findings import Problem, Severity
from tracker.model import RELATIONS, Assessment, Proposal, Recommendation
from tracker.rules import declare, record_rule
from tracker.suggest import did_you_mean, listed

UNKNOWN_KEY = declare("T201", "unknown-key", Severity.ERROR, """
    The record has a field that is not known.

    Most often it is a spelling mistake. What is written there would be lost: no table,
    page or report knows about it.

    **Wrong:** `addresed_to: [au]`

    **Right:** `addressed_to: [au]`
    """)

MISSING_FIELD = declare("T202", "missing-field", Severity.ERROR, """
    A field that every such record needs is not there.

    Without it the record can't be shown or counted: a recommendation needs its source,
    an assessment its actor, its date and its assessor.

    **Instead:** add the field. If the fact is not known, the entry is not ready yet.
    """)

WRONG_TYPE = declare("T203", "wrong-type", Severity.ERROR, """
    A field has the wrong shape: a text where a list belongs, or the other way round.

    A list says “these, and perhaps more later”; a single value says “just this”. Programs
    that count can't guess which was meant.

    **Wrong:** `themes: gender`

    **Right:** `themes: [gender]`
    """)


@record_rule("T204", "impossible-date", Severity.ERROR)
def impossible_date(record, context) -> Iterator[Problem]:
    """A date does not exist, or is not written as year, year-month or year-month-day.

    Other ways of writing are ambiguous: 03/04/2015 is March or April, depending on the
    reader. Where only the year is known, write only the year; it stands for the end of
    that year.

    **Wrong:** `date: 31.11.2009`

    **Right:** `date: 2009-11-30`, or `date: 2009`
    """
    for value in context.bad(record, "date"):
        yield impossible_date.problem(
            value.where, dates.problem(value.value),
            f"Write a date that exists, as {dates.EXAMPLES}.",
        )


@record_rule("T205", "unknown-value", Severity.ERROR)
def unknown_value(record, context) -> Iterator[Problem]:
    """A value is not in its list.

    Tables count by these words, so each must be one that everybody uses. The lists stand
    on the method page and in `tracker.yml`.

    **Wrong:** `status: done`

    **Right:** `status: implemented`
    """
    for value in context.bad(record, "term"):
        field = next(p for p in reversed(value.where) if isinstance(p, str))
        allowed = context.config.allowed(value.argument)
        hint = did_you_mean(value.value, allowed)
        if value.value in context.config.terms(value.argument):
            hint = f"“{value.value}” is worked out, never written: leave the line out."
        yield unknown_value.problem(
            value.where, f"“{value.value}” is not a known value of “{field}”",
            f"{hint} Allowed: {listed(allowed)}.".strip(),
        )


@record_rule("T206", "id-is-not-the-file-name", Severity.ERROR)
def id_not_stem(record, context) -> Iterator[Problem]:
    """The id in the front matter is not the file's name.

    A record's id is its file's name without `.md`. Two different ids would make two
    addresses for one record.

    **Instead:** leave `id` out. To rename a record, rename its file and add the old id to
    `aliases`.
    """
    stem = context.stem
    if record.id and record.id != stem:
        yield id_not_stem.problem(
            ("id",), f"the id is “{record.id}”, but the file is called “{stem}.md”",
            "Delete the id line, or rename the file; after a rename, put the old id in aliases.",
        )


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
RESERVED = frozenset({"index"})


@record_rule("T207", "file-name", Severity.ERROR)
def file_name(record, context) -> Iterator[Problem]:
    """A file's name, or a former one, is not made of small letters, digits and single hyphens.

    The name becomes the record's address on the web and is typed by hand in other
    records. `index` is taken by the page of the whole folder.

    **Wrong:** `Liaison Desk.md`

    **Right:** `liaison-desk.md`
    """
    if isinstance(record, Proposal):  # what waits in the inbox has no address
        return
    stem = context.stem
    if stem in RESERVED:
        yield file_name.problem(
            (), f"“{stem}” is the name of the folder's own page", "Give the file another name."
        )
    for index, alias in enumerate(record.aliases):
        if not SLUG.fullmatch(alias) or alias in RESERVED:
            yield file_name.problem(
                ("aliases", index), f"“{safety.shortened(alias)}” can't have been the name of a record",
                "A former id is made of small letters, digits and single hyphens.",
            )
    if not SLUG.fullmatch(stem):
        better = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "a-name"
        yield file_name.problem(
            (), f"the file's name “{stem}” has characters that an address can't have",
            f"Rename it, for example to {better}.md.",
        )


@record_rule("T208", "empty-title", Severity.ERROR)
def empty_title(record, context) -> Iterator[Problem]:
    """The title is empty.

    Every table and link shows the title, so a record without one can't be found.

    **Instead:** write what is asked, beginning with a verb.
    """
    if not isinstance(record, Proposal) and not record.title.strip():
        yield empty_title.problem(("title",), "the title is empty", "Write a title.")


@record_rule("T209", "assessment-says-nothing", Severity.ERROR)
def says_nothing(record, context) -> Iterator[Problem]:
    """An assessment has neither a status nor a response.

    An entry in the log must say how far the actor got (`status`), or what it answered
    (`response`), or both.

    **Instead:** add `status:` or `response:`, or delete the entry if it was never
    published.
    """
    for where, entry in judgements(record):
        if entry.status is None and entry.response is None:
            yield says_nothing.problem(
                where, f"the assessment of {entry.actor} says neither status nor response",
                "Add a line status: ... or response: ...",
            )


@record_rule("T210", "status-without-evidence", Severity.ERROR)
def no_evidence(record, context) -> Iterator[Problem]:
    """A status that needs evidence has none.

    A judgement that nobody can check is an opinion. Most statuses must name at least one
    document or page; “no evidence found” needs none, but should say where somebody looked.

    **Instead:** add the document under `evidence:`. If there is none, the honest status is
    *no-evidence*, or no entry at all.
    """
    statuses = context.config.vocabulary.status
    for where, entry in judgements(record):
        status = statuses.get(entry.status)
        if status is not None and status.evidence and not entry.evidence:
            yield no_evidence.problem(
                (*where, "status"),
                f"“{entry.status}” for {entry.actor} has no evidence",
                "Add evidence: with the title and the address (or document symbol) of a document that shows it.",
            )


@record_rule("T211", "evidence-without-a-place", Severity.ERROR)
def unfindable_evidence(record, context) -> Iterator[Problem]:
    """An item of evidence can't be found by a reader.

    A title alone is not enough. Evidence needs an address (`url`), a document symbol
    (`symbol`), or one of the tracker's own sources (`source`, with a `locator`).

    **Wrong:** `- {title: Annual report}`

    **Right:** `- {title: Annual report, url: "https://www.example.org/2015.pdf"}`
    """
    for where, entry in judgements(record):
        for number, item in enumerate(entry.evidence):
            if not (item.url or item.symbol or item.source):
                yield unfindable_evidence.problem(
                    (*where, "evidence", number),
                    f"the evidence “{item.title}” does not say where it can be found",
                    "Add url, symbol or source.",
                )


@record_rule("T212", "equal-assessments", Severity.ERROR)
def equal_assessments(record, context) -> Iterator[Problem]:
    """Two assessments have the same actor, assessor and date.

    Nobody can tell which of the two holds.

    **Instead:** delete one, or give the later judgement its own date and
    `corrects: <date of the first>`.
    """
    if isinstance(record, Recommendation):
        yield from equal_entries(record.assessments)


def equal_entries(entries: list[Assessment]) -> Iterator[Problem]:
    """What T212 finds in a log; with what waits in the inbox at its end, where that is known."""
    seen: dict[tuple, int] = {}
    if len({(e.actor, e.by) for e in entries}) == len(entries):
        return
    for index, entry in enumerate(entries):
        day = entry.date if dates.problem(entry.date) else dates.last_day(entry.date)
        first = seen.setdefault((entry.actor, entry.by, day, entry.corrects), index)
        if first != index:
            yield equal_assessments.problem(
                ("assessments", index),
                f"{entry.by} assessed {entry.actor} twice for {entry.date}"
                f" ({_both(entries, first, index)})",
                "Delete one of the two, or date the later one when it was made and add corrects.",
            )


@record_rule("T213", "corrects-nothing", Severity.ERROR)
def corrects_nothing(record, context) -> Iterator[Problem]:
    """An assessment corrects an entry that is not there.

    `corrects` names the date of another entry by the same assessor on the same actor.
    That entry stays in the file: the log is never rewritten.

    **Instead:** write the date exactly as the other entry has it.
    """
    if isinstance(record, Recommendation):
        yield from missing_corrected(record.assessments)


def missing_corrected(entries: list[Assessment]) -> Iterator[Problem]:
    """What T213 finds in a log; with what waits in the inbox at its end, where that is known."""
    for index, entry in enumerate(entries):
        if entry.corrects is None or dates.problem(entry.corrects):
            continue
        own = [e.date for e in entries if e is not entry and (e.actor, e.by) == (entry.actor, entry.by)]
        if entry.corrects not in own:
            known = f"Its entries are dated {listed(own)}." if own else "There is no other entry."
            yield corrects_nothing.problem(
                ("assessments", index, "corrects"),
                f"{entry.by} has no entry on {entry.actor} dated {entry.corrects}", known,
            )


@record_rule("T214", "relation-kind", Severity.ERROR)
def relation_kind(record, context) -> Iterator[Problem]:
    """A relation does not say exactly one thing.

    Each entry under `relations` names one other recommendation with one of: repeats,
    same_as, supersedes, split_from, merges.

    **Wrong:** `- {reason: the same ask}`

    **Right:** `- {repeats: madrid-2011-053, reason: the same desk is asked for}`
    """
    if not isinstance(record, Recommendation):
        return
    for index, relation in enumerate(record.relations):
        kinds = [kind for kind in RELATIONS if getattr(relation, kind) is not None]
        if len(kinds) != 1:
            said = f"it says {listed(kinds)}" if kinds else "it names no other recommendation"
            yield relation_kind.problem(
                ("relations", index), f"a relation must be of one kind; {said}",
                "Write one entry for each: - {repeats: <id>}. Kinds: " + listed(RELATIONS) + ".",
            )


@record_rule("T215", "deadline-overwritten", Severity.ERROR)
def deadline_overwritten(record, context) -> Iterator[Problem]:
    """The deadline does not follow from the ledger of its changes.

    A published deadline is never overwritten. Each move is an entry of
    `deadline_changes` (from, to, on, reason); `deadline` keeps the first date, and each
    entry starts where the one before it ended.

    **Right:**

        deadline: 2015-12-31
        deadline_changes:
          - {from: 2015-12-31, to: 2017-12-31, on: 2015-11-02, reason: no budget}
    """
    if not isinstance(record, Recommendation) or not record.deadline_changes:
        return
    current = record.deadline
    for index, change in enumerate(record.deadline_changes):
        if change.from_ != current:
            said = f"the deadline was {current}" if current else "no deadline was set before"
            yield deadline_overwritten.problem(
                ("deadline_changes", index, "from"), f"this change starts from {change.from_}, but {said}",
                "Keep the first date in deadline, and let each change start where the last one ended.",
            )
            return
        current = change.to


@record_rule("T216", "inferred-but-not-addressed", Severity.ERROR)
def inferred_not_addressed(record, context) -> Iterator[Problem]:
    """An actor is marked as inferred but is not among the addressees.

    `inferred_addressees` marks those of `addressed_to` that the text only implies.

    **Instead:** add the actor to `addressed_to` too, or take it out here.
    """
    if not isinstance(record, Recommendation) or (context.misread and not record.addressed_to):
        return  # where the addressees could not be read, that is the mistake
    for index, actor in enumerate(record.inferred_addressees):
        if actor not in record.addressed_to:
            yield inferred_not_addressed.problem(
                ("inferred_addressees", index), f"“{actor}” is not in addressed_to",
                f"Add {actor} to addressed_to, or take it out here.",
            )


@record_rule("T217", "named-twice", Severity.ERROR)
def named_twice(record, context) -> Iterator[Problem]:
    """The same value stands twice in a list.

    It would be counted once and read as a mistake.

    **Instead:** delete one of the two.
    """
    for attribute, key in context.plain_lists(record):
        items = getattr(record, attribute)
        if len(items) < 2 or len(set(items)) == len(items):
            continue
        seen = set()
        for index, item in enumerate(items):
            if item in seen:
                yield named_twice.problem((key, index), f"“{item}” stands twice in {key}", "Delete one of the two.")
            seen.add(item)


MOST_NOTE = 5000  # characters; the longest of a tracker with five hundred records has a few hundred


@record_rule("T220", "long-note", Severity.ERROR)
def long_note(record, context) -> Iterator[Problem]:
    """A note of an assessment is as long as a document.

    A note says in a paragraph or two what a reader needs to understand the judgement. It
    stands in tables, reports and on phones.

    **Instead:** shorten it, and name the long text as evidence; or put what belongs to the
    whole recommendation into the text below its facts.
    """
    for where, entry in judgements(record):
        if len(entry.note) > MOST_NOTE:
            yield long_note.problem(
                (*where, "note"), f"the note has {len(entry.note):,} characters; at most {MOST_NOTE:,} are allowed",
                "Shorten it, and name the long text as evidence.",
            )
    if isinstance(record, Proposal) and len(record.body) > MOST_NOTE:
        yield long_note.problem(
            ("body", 0), f"the text has {len(record.body):,} characters; as a note it may have {MOST_NOTE:,}",
            "Shorten it, and name the long text as evidence.",
        )


@record_rule("T218", "two-notes", Severity.ERROR)
def two_notes(record, context) -> Iterator[Problem]:
    """An inbox file has a note and a text as well.

    What stands below the second line of hyphens becomes the note of the assessment; with a
    `note` in the facts as well, one of the two would be lost.

    **Instead:** keep all of it in `note:`, or all of it in the text.
    """
    if isinstance(record, Proposal) and record.note and record.body:
        yield two_notes.problem(
            ("note",), "there is a note here and a text below the facts",
            "Keep one of the two, with everything in it.",
        )


NOT_AN_ASSESSMENT = declare("T219", "not-an-assessment", Severity.ERROR, """
    A file in the inbox is something else than an assessment.

    The inbox (`recommendations/inbox/`) takes one assessment a file: which recommendation,
    which actor, when, how far, says who, on what evidence. A whole recommendation belongs in
    the folder of its source.

    **Instead:** move a recommendation to `recommendations/<source>/<id>.md`.
    """)


def not_an_assessment(data: dict) -> Problem | None:
    """The problem of an inbox file that is a whole recommendation."""
    if "recommendation" in data or not ({"source", "addressed_to", "assessments"} & data.keys()):
        return None
    source = data.get("source")
    folder = source if isinstance(source, str) and SLUG.fullmatch(source) else "<source>"
    return NOT_AN_ASSESSMENT.problem(
        (), "this is a whole recommendation, and the inbox takes assessments",
        f"Move the file to recommendations/{folder}/; for an assessment, begin with recommendation: <id>.",
    )


def judgements(record) -> Iterable[tuple[tuple, Assessment]]:
    """Every assessment that a file holds, with the way to it: a log, or the one of an inbox file."""
    if isinstance(record, Recommendation):
        return zip(zip(repeat("assessments"), count(), strict=False), record.assessments, strict=False)
    return [((), record)] if isinstance(record, Proposal) else ()


def _both(entries: list[Assessment], first: int, second: int) -> str:
    if not isinstance(entries[second], Proposal):
        return f"entries {first + 1} and {second + 1}"
    other = entries[first]
    return f"here and in {other.path if isinstance(other, Proposal) else 'the record itself'}"
