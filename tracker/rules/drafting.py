"""4xx: is the recommendation written so that anybody could tell whether it was done?

These are warnings: many real documents do ask in this way. They are what a friendly
editor would say, on the pull request.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.findings import Problem, Severity
from tracker.model import Recommendation
from tracker.rules import record_rule
from tracker.rules.records import judgements

MOST_TITLE = 90


@record_rule("T401", "no-addressee", Severity.WARNING)
def no_addressee(record, context) -> Iterator[Problem]:
    """Nobody is asked.

    An ask without an addressee can't be followed up: there is nobody to report, and
    nobody to put the question to.

    **Instead:** name the bodies in `addressed_to`. Where the text only implies them, list
    them in `inferred_addressees` too.
    """
    if isinstance(record, Recommendation) and not record.addressed_to:
        yield no_addressee.problem(
            (), "nobody is asked", "Add addressed_to: [...] with the bodies that the text means."
        )


@record_rule("T402", "too-broad", Severity.WARNING)
def too_broad(record, context) -> Iterator[Problem]:
    """The only addressee is so broad that nobody in particular is asked.

    “The United Nations as a whole” has no desk that answers. Which bodies count as too
    broad is set in `tracker.yml` (`too_broad`).

    **Instead:** add the department, organ or agency that would have to act, marked as
    inferred where the text does not name it.
    """
    if not isinstance(record, Recommendation):
        return
    asked = record.addressed_to
    if asked and not set(asked).difference(context.config.too_broad):
        yield too_broad.problem(
            ("addressed_to",), f"only “{asked[0]}” is asked, which is nobody in particular",
            "Add the body that would have to act; mark it in inferred_addressees where the text does not name it.",
        )


@record_rule("T403", "no-measure", Severity.WARNING)
def no_measure(record, context) -> Iterator[Problem]:
    """Nothing says how anybody could tell that it was done.

    Without a measure every assessor judges something else.

    **Wrong:** *cooperation is improved*

    **Right:** *each organisation names a desk, with a public address, for civil society*
    """
    if isinstance(record, Recommendation) and not any(m.strip() for m in record.measures):
        yield no_measure.problem(
            (), "nothing says how anybody could tell that it was done",
            "Add measures: with at least one thing that a stranger could check.",
        )


@record_rule("T404", "no-locator", Severity.WARNING)
def no_locator(record, context) -> Iterator[Problem]:
    """The record does not say where in the document the ask stands.

    A reader who doubts our wording must be able to find the original.

    **Right:** `locator: Section VII, point 23`
    """
    if isinstance(record, Recommendation) and not record.locator.strip():
        yield no_locator.problem(
            (), "it does not say where in the document the ask stands",
            "Add locator: with the heading and the number or bullet.",
        )


@record_rule("T405", "vague-verb", Severity.WARNING)
def vague_verb(record, context) -> Iterator[Problem]:
    """The title begins with a verb that can't be finished.

    Nobody is ever done with *encouraging* or *strengthening*. A firmer verb makes the ask
    something that can be checked. The list is set in `tracker.yml` (`vague_verbs`).

    **Wrong:** *Strengthen early warning*

    **Right:** *Give every regional organisation an early-warning unit*
    """
    if not isinstance(record, Recommendation):
        return
    first = record.title.split(" ", 1)[0].lower().strip(",.:;")
    if first in context.vague_verbs:
        yield vague_verb.problem(
            ("title",), f"“{first}” says no end that could be reached",
            "Say what would exist afterwards: adopt, name, fund, publish, set up ...",
        )


@record_rule("T406", "long-title", Severity.WARNING)
def long_title(record, context) -> Iterator[Problem]:
    """The title is longer than 90 characters.

    Titles stand in tables, on phones and in Word. The details belong in the text.

    **Instead:** keep the verb, the object and the addressee.
    """
    if isinstance(record, Recommendation) and len(record.title) > MOST_TITLE:
        yield long_title.problem(
            ("title",), f"the title has {len(record.title)} characters; {MOST_TITLE} fit in a table",
            "Move details into the text.",
        )


@record_rule("T407", "no-theme", Severity.WARNING)
def no_theme(record, context) -> Iterator[Problem]:
    """The recommendation has no theme.

    Readers look by theme first; what has none is only found by its source.

    **Instead:** add one to four `themes`.
    """
    if isinstance(record, Recommendation) and not record.themes:
        yield no_theme.problem((), "it has no theme", "Add themes: [...] with one to four themes.")


@record_rule("T408", "searched-where", Severity.WARNING)
def searched_where(record, context) -> Iterator[Problem]:
    """“No evidence found” does not say where somebody looked.

    The next person can't build on a search that nobody described.

    **Instead:** add a `note` with the places searched, or the evidence that was read.
    """
    for where, entry in judgements(record):
        said = entry.note or getattr(entry, "body", "")  # the text of an inbox file is its note
        if entry.status == "no-evidence" and not said and not entry.evidence:
            yield searched_where.problem(
                where, "it does not say where somebody looked for evidence",
                "Add note: with what was searched.",
            )
