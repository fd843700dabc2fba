"""What a new tracker is asked about: its name, its languages, where it is kept, its licence."""

from __future__ import annotations

import msgspec
from babel import Locale, UnknownLocaleError

from tracker.errors import TrackerError
from tracker.safety import STEERING, allowed_url, markup
from tracker.suggest import did_you_mean

FORGES = ("github", "gitlab", "forgejo", "gitea", "none")
# SPDX name: (name, address of the deed, what it allows, in words).
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/",
                  "You may copy, translate, change and publish the content, for money too. You must say where it "
                  "comes from, link to the licence, and say whether you changed anything."),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0 International",
                     "https://creativecommons.org/licenses/by-sa/4.0/",
                     "You may copy, translate, change and publish the content, for money too. You must say where it "
                     "comes from, and publish what you make of it under the same licence."),
    "CC0-1.0": ("Creative Commons Zero 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/",
                "You may do with the content whatever you like. You need not ask, and need not say where it comes from."),
}  # fmt: skip


class Answers(msgspec.Struct, frozen=True):
    """``languages`` are codes such as fr, the first one the records' own; ``url`` is the repository's address."""

    name: str
    description: str
    languages: tuple[str, ...] = ("en",)
    forge: str = "none"
    url: str = ""
    licence: str = "CC-BY-4.0"


def checked(answers: Answers) -> Answers:
    """The answers, if they can be used. Raises TrackerError where not."""
    for what, text in (("name", answers.name), ("description", answers.description)):
        if not text.strip() or "\n" in text or STEERING.search(text) or markup(text) is not None:
            raise TrackerError(f"this can't be the {what} of a tracker: “{text.strip()}”", "Write one line of plain text.")
    for code in answers.languages:
        language(code)
    if answers.forge not in FORGES:
        raise TrackerError(f"“{answers.forge}” is not a forge that is known",
                           did_you_mean(answers.forge, FORGES, f"Known: {', '.join(FORGES)}."))
    if answers.licence not in LICENCES:
        raise TrackerError(f"“{answers.licence}” is not one of the licences",
                           did_you_mean(answers.licence, LICENCES, f"There are: {', '.join(LICENCES)}."))
    if answers.url and not (allowed_url(answers.url) and answers.url.startswith("http")):
        raise TrackerError(f"“{answers.url}” is not the address of a repository",
                           "Write it as the browser shows it: https://…")
    if answers.url and answers.forge == "none":
        raise TrackerError("the repository has an address, and no kind of forge", "Say which: --forge github.")
    return answers


def language(code: str) -> str:
    """The name of a language in itself. Raises TrackerError where there is none of that code."""
    try:
        return Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        raise TrackerError(f"“{code}” is not the code of a language", "Such as en, fr, es or ar.") from None
