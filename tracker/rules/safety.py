"""9xx: what could harm readers, contributors or the machine that builds the site.

These are found before anything is built, and nothing is built while one stands.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker import safety
from tracker.findings import Problem, Severity
from tracker.rules import record_rule


@record_rule("T906", "raw-html", Severity.ERROR)
def raw_html(record, context) -> Iterator[Problem]:
    """There is HTML in the text.

    HTML from a contribution could run scripts in a reader's browser or load things from
    elsewhere. Texts are Markdown, and front matter is plain text; on the site it would
    be removed or shown as it stands.

    **Wrong:** `See <a href="https://example.org">the report</a>.`

    **Right:** `See [the report](https://example.org).`
    """
    for where, text in context.texts(record):
        if (found := safety.markup(text)) is not None:
            yield raw_html.problem(
                where, f"there is HTML in the {_place(where)}: {safety.excerpt(text, found)}",
                "Write plain text here." if where[0] != "body"
                else "Write Markdown, for example [words](https://address), or put code between backticks.",
            )
    if (offset := safety.html_in_markdown(record.body)) is not None:
        yield raw_html.problem(
            ("body", offset), f"there is HTML in the text: {safety.excerpt(record.body, offset)}",
            "Write Markdown, for example [words](https://address), or put code between backticks.",
        )


@record_rule("T907", "unsafe-link", Severity.ERROR)
def unsafe_link(record, context) -> Iterator[Problem]:
    """A link does not begin with https, http or mailto.

    Addresses such as `javascript:` or `data:` run or hide programs; `file:` points at
    the reader's own machine.

    **Wrong:** `url: javascript:alert(1)`

    **Right:** `url: https://www.un.org/`
    """
    for value in context.bad(record, "url"):
        yield unsafe_link.problem(
            value.where, f"“{safety.shortened(value.value)}” is not a web address that may be linked",
            "Write the full address, beginning with https:// or http://.",
        )
    for offset, url in safety.unsafe_links(record.body):
        yield unsafe_link.problem(
            ("body", offset), f"the link to “{safety.shortened(url)}” is not allowed",
            "Link to an address that begins with https://, http:// or mailto:.",
        )


@record_rule("T908", "control-character", Severity.ERROR)
def control_character(record, context) -> Iterator[Problem]:
    """A text holds signs that can't be seen and that steer a terminal or turn text around.

    They could hide what a record says from its reviewer, and some formats can't hold them
    at all.

    **Instead:** delete the sign; type the text again where you can't see it.
    """
    if not context.is_odd:
        return
    for where, text in context.texts(record):
        if (match := safety.STEERING.search(text)) is not None:
            yield control_character.problem(
                where, f"there is an invisible control character (U+{ord(match[0]):04X})",
                "Delete it; type the text again where you can't see it.",
            )
    if (match := safety.STEERING.search(record.body)) is not None:
        yield control_character.problem(
            ("body", match.start()),
            f"there is an invisible control character (U+{ord(match[0]):04X})",
            "Delete it; type the text again where you can't see it.",
        )


def _place(where: tuple) -> str:
    return next(str(part) for part in reversed(where) if isinstance(part, str))
