"""The texts of the forms' scripts: each a message and what to write instead, or one line.

A script takes them from its page, in the page's language. Where a rule says the same of a
file, the text is the rule's own; `tests/browser/test_propose.py` compares them.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker import dates

Say = Callable[..., str]


def messages(t: Say) -> dict[str, list[str] | str]:
    """What can be wrong with a value. Words in braces are put in by the script."""
    date = t("Write a date that exists, as {examples}.").replace("{examples}", dates.EXAMPLES)
    return {
        "needed": [t("this is missing"), t("Fill it in, or choose.")],
        "date-shape": [
            t("“{date}” is not a date in the form {examples}").replace("{examples}", dates.EXAMPLES), date,
        ],
        "date-year": [t("there is no year 0"), date],
        "date-month": [t("there is no month {month}"), date],
        "date-day": [t("{month} {year} has no day {day} (it has {last} days)"), date],
        "future": [t("{date} is in the future"), t("Write the date on which it was so.")],
        "future-period": [t("{date} is in the future"), t("{date} is not over; write the month or the day.")],
        "url": [
            t("“{url}” is not a web address that may be linked"),
            t("Write the full address, beginning with https:// or http://."),
        ],
        "link": [
            t("the link to “{url}” is not allowed"),
            t("Link to an address that begins with https://, http:// or mailto:."),
        ],
        "control": [
            t("there is an invisible control character (U+{code})"),
            t("Delete it; type the text again where you can't see it."),
        ],
        "markup": [t("there is HTML in the {field}: “{found}”"), t("Write plain text here.")],
        "says-nothing": [
            t("the assessment of {actor} says neither status nor response"),
            t("Choose a status, or a reply, or both."),
        ],
        "no-evidence": [
            t("“{status}” for {actor} has no evidence"),
            t("Name a document or page that shows it, with its address or document symbol."),
        ],
        "unfindable": [
            t("the evidence “{title}” does not say where it can be found"),
            t("Add its address, its document symbol, or one of the documents here."),
        ],
        "equal": [
            t("{by} assessed {actor} for {date} already"),
            t("Date this one when it was so, or choose the earlier entry that it puts right."),
        ],
        "not-addressed": [
            t("“{actor}” was not asked, and belongs to none of those who were"), t("Asked: {asked}."),
        ],
        "searched-where": [
            t("it does not say where somebody looked for evidence"),
            t("Add a note with what was searched."),
        ],
        "no-note": [
            t("there is no note"), t("Say why it is this status, and not the next one up or down."),
        ],
        "no-addressee": [t("nobody is asked"), t("Tick the bodies that the text means.")],
        "too-broad": [
            t("only “{actor}” is asked, which is nobody in particular"),
            t("Add the body that would have to act; say below that the text only implies it."),
        ],
        "no-measure": [
            t("nothing says how anybody could tell that it was done"),
            t("Add at least one thing that a stranger could check."),
        ],
        "no-locator": [
            t("it does not say where in the document the ask stands"),
            t("Add the heading and the number or bullet."),
        ],
        "vague-verb": [
            t("“{verb}” says no end that could be reached"),
            t("Say what would exist afterwards: adopt, name, fund, publish, set up ..."),
        ],
        "long-title": [
            t("the title has {count} characters; {most} fit in a table").replace("{most}", "90"),
            t("Move details into the text."),
        ],
        "no-theme": [t("it has no theme"), t("Tick one to four themes.")],
        "no-text": [t("there is no text"), t("Say in your own words what is asked.")],
        **_ways_out(t),
    }  # fmt: skip


def _ways_out(t: Say) -> dict[str, str]:
    return {
        "one-error": t("One thing is to be put right first:"),
        "many-errors": t("{count} things are to be put right first:"),
        "choose": t("(choose)"),
        "none": t("(none)"),
        "open-filled": t("Open it on {forge}, filled in"),
        "open-empty": t("Open the page for a new file on {forge}"),
        "too-long": t(
            "The text is too long to be handed over in an address. Copy it first, then open the page for a "
            "new file and paste it there; or download the file and add it."
        ),
        "no-forge": t(
            "This tracker does not say where its files are kept, so there is no page to open. Copy the text "
            "or download the file."
        ),
        "copied": t("The text is copied."),
        "not-copied": t("Your browser does not let a page copy. Select the text below and copy it yourself."),
    }


def update_texts(t: Say) -> dict[str, str]:
    """The lines of the form for an assessment."""
    return {
        "asked": t("Who was asked"),
        "members": t("Members of the groups that were asked"),
        "another": t("Another body ..."),
        "nobody": t("nobody"),
        "somebody": t("somebody"),
        "document": t("Document {count}"),
        "corrects": t("Yes: it replaces the entry of {date}"),
        "adds": t("No: it adds to it"),
        "length": t("{count} characters. A few sentences are read; long texts are not."),
        "replied": t("reply: {reply}"),
        "what": t("{actor}, {date}: {said}. Says {by}."),
        "no-such": t("There is no recommendation “{id}”. Look for it here:"),
        "cant-search": t(
            "The list can't be searched from a disk. Open the page of the recommendation, and follow its "
            "link “Propose an update”."
        ),
        "found": t("{count} found"),
        "found-many": t("{count} found; the first 20 are shown"),
    }


def wider_texts(t: Say) -> dict[str, str]:
    """The lines of the form for a new recommendation."""
    return {
        "measure": t("Measure {count}"),
        "what": t("“{title}”, asked by {source}."),
    }
