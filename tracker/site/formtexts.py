"""The texts of the forms' scripts: each a message and what to write instead, or one line.

A script takes them from its page, in the page's language, and puts in what stands in braces.
Where a rule says the same of a file, the text is the rule's own; `tests/browser/test_propose.py`
compares them.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker import dates
from tracker.i18n import N_
from tracker.rules.drafting import MOST_TITLE

Texts = dict[str, str | list[str]]
_KNOWN = {"{examples}": dates.EXAMPLES, "{most}": str(MOST_TITLE)}  # what no script has to put in
_DATE = N_("Write a date that exists, as {examples}.")


def texts(say: Callable[[str], str], *tables: Texts) -> Texts:
    """The texts of some tables in the language of ``say``."""

    def said(text: str) -> str:
        text = say(text)
        for mark, words in _KNOWN.items():
            text = text.replace(mark, words)
        return text

    return {
        key: said(text) if isinstance(text, str) else [said(part) for part in text]
        for table in tables for key, text in table.items()
    }  # fmt: skip


# What can be wrong with a value, and the ways to hand a file over.
OF_BOTH: Texts = {
    "needed": [N_("this is missing"), N_("Fill it in, or choose.")],
    "date-shape": [
        N_("“{date}” is not a date in the form {examples}"), _DATE,
    ],
    "date-year": [N_("there is no year 0"), _DATE],
    "date-month": [N_("there is no month {month}"), _DATE],
    "date-day": [N_("{month} {year} has no day {day} (it has {last} days)"), _DATE],
    "future": [N_("{date} is in the future"), N_("Write the date on which it was so.")],
    "future-period": [N_("{date} is in the future"), N_("{date} is not over; write the month or the day.")],
    "url": [
        N_("“{url}” is not a web address that may be linked"),
        N_("Write the full address, beginning with https:// or http://."),
    ],
    "link": [
        N_("the link to “{url}” is not allowed"),
        N_("Link to an address that begins with https://, http:// or mailto:."),
    ],
    "control": [
        N_("there is an invisible control character (U+{code})"),
        N_("Delete it; type the text again where you can't see it."),
    ],
    "markup": [N_("there is HTML in the {field}: “{found}”"), N_("Write plain text here.")],
    "says-nothing": [
        N_("the assessment of {actor} says neither status nor response"),
        N_("Choose a status, or a reply, or both."),
    ],
    "no-evidence": [
        N_("“{status}” for {actor} has no evidence"),
        N_("Name a document or page that shows it, with its address or document symbol."),
    ],
    "unfindable": [
        N_("the evidence “{title}” does not say where it can be found"),
        N_("Add its address, its document symbol, or one of the documents here."),
    ],
    "equal": [
        N_("{by} assessed {actor} for {date} already"),
        N_("Date this one when it was so, or choose the earlier entry that it puts right."),
    ],
    "not-addressed": [
        N_("“{actor}” was not asked, and belongs to none of those who were"), N_("Asked: {asked}."),
    ],
    "why-this-body": [
        N_("it does not say why “{actor}” belongs here"),
        N_("Say it in the note: it was not asked, so an editor has to change the record first."),
    ],
    "searched-where": [
        N_("it does not say where somebody looked for evidence"),
        N_("Add a note with what was searched."),
    ],
    "no-note": [
        N_("there is no note"), N_("Say why it is this status, and not the next one up or down."),
    ],
    "no-addressee": [N_("nobody is asked"), N_("Tick the bodies that the text means.")],
    "too-broad": [
        N_("only “{actor}” is asked, which is nobody in particular"),
        N_("Add the body that would have to act; say below that the text only implies it."),
    ],
    "no-measure": [
        N_("nothing says how anybody could tell that it was done"),
        N_("Add at least one thing that a stranger could check."),
    ],
    "no-locator": [
        N_("it does not say where in the document the ask stands"),
        N_("Add the heading and the number or bullet."),
    ],
    "vague-verb": [
        N_("“{verb}” says no end that could be reached"),
        N_("Say what would exist afterwards: adopt, name, fund, publish, set up ..."),
    ],
    "long-title": [
        N_("the title has {count} characters; {most} fit in a table"),
        N_("Move details into the text."),
    ],
    "no-theme": [N_("it has no theme"), N_("Tick one to four themes.")],
    "no-text": [N_("there is no text"), N_("Say in your own words what is asked.")],
    "one-error": N_("One thing is to be put right first:"),
    "many-errors": N_("{count} things are to be put right first:"),
    "choose": N_("(choose)"),
    "none": N_("(none)"),
    "open-filled": N_("Open it on {forge}, filled in"),
    "open-empty": N_("Open the page for a new file on {forge}"),
    "too-long": N_(
        "The text is too long to be handed over in an address. Copy it first, then open the page for a "
        "new file and paste it there; or download the file and add it."
    ),
    "no-forge": N_(
        "This tracker does not say where its files are kept, so there is no page to open. Copy the text "
        "or download the file."
    ),
    "copied": N_("The text is copied."),
    "not-copied": N_("Your browser does not let a page copy. Select the text below and copy it yourself."),
}  # fmt: skip

# The form for an assessment.
OF_AN_UPDATE: Texts = {
    "asked": N_("Who was asked"),
    "members": N_("Members of the groups that were asked"),
    "another": N_("Another body ..."),
    "nobody": N_("nobody"),
    "somebody": N_("somebody"),
    "document": N_("Document {count}"),
    "corrects": N_("Yes: it replaces the entry of {date}"),
    "adds": N_("No: it adds to it"),
    "length": N_("{count} characters. A few sentences are read; long texts are not."),
    "replied": N_("reply: {reply}"),
    "what": N_("{actor}, {date}: {said}. Says {by}."),
    "no-such": N_("There is no recommendation “{id}”. Look for it here:"),
    "cant-search": N_(
        "The list can't be searched from a disk. Open the page of the recommendation, and follow its "
        "link “Propose an update”."
    ),
    "found": N_("{count} found"),
    "found-many": N_("{count} found; the first 20 are shown"),
}  # fmt: skip

# The form for a recommendation that is not here yet.
OF_A_RECOMMENDATION: Texts = {
    "measure": N_("Measure {count}"),
    "what": N_("“{title}”, asked by {source}."),
}  # fmt: skip
