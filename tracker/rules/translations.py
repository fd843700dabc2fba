"""3xx: does each translation belong to something, and say what that says now?"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.findings import Severity
from tracker.rules import corpus_rule
from tracker.suggest import did_you_mean, listed


@corpus_rule("T314", "translation-of-nothing", Severity.WARNING)
def translation_of_nothing(corpus) -> Iterator[tuple]:
    """A translation stands beside no record or page of its name.

    `ask.fr.md` translates `ask.md` in the same folder. Where the record was renamed or
    removed, its translation is shown nowhere.

    **Instead:** give the translation the record's present name, or remove it.
    """
    for made in corpus.translations:
        if made.original:
            continue
        if not made.collection:
            yield made.texts, translation_of_nothing.problem(
                (), f"there is no page “{made.id}.md” that this could translate",
                "Give the file the name of a page in docs/, with the language before .md, or remove it.",
            )
            continue
        present = corpus.aliases[made.collection].get(made.id)
        known = corpus.collections[made.collection]
        hint = (
            f"The record is now called “{present}”: rename this file to {present}.{made.lang}.md." if present
            else "Move it into the folder of the record." if made.id in known
            else did_you_mean(made.id, known, "Give the file the name of a record, or remove it.")
        )  # fmt: skip
        yield made.texts, translation_of_nothing.problem(
            (), f"there is no record “{made.id}” that this could translate", hint
        )


@corpus_rule("T315", "stale-translation", Severity.WARNING)
def stale_translation(corpus) -> Iterator[tuple]:
    """The original says something else than when it was translated.

    `translates` is the fingerprint of the texts that were translated. Where it does not fit
    any more, the page tells its readers that the original is newer.

    **Instead:** bring the translation up to date, and write the new fingerprint; `tracker
    translate ID --lang fr --renew` does the second.
    """
    for made in corpus.translations:
        if made.stale and made.lang in corpus.config.all_languages and made.lang != _own(corpus, made):
            name = made.id if made.collection else made.original
            yield made.texts, stale_translation.problem(
                ("translates",), f"the original of this translation has changed (it was {made.texts.translates})",
                f"Bring it up to date, then write: translates: {made.now} "
                f"(or run: tracker translate {name} --lang {made.lang} --renew)",
            )


@corpus_rule("T316", "unknown-language", Severity.WARNING)
def unknown_language(corpus) -> Iterator[tuple]:
    """A translation is in a language that the site does not have.

    The languages of a site are listed in `tracker.yml` under `languages`. A translation into
    another one is shown nowhere, and one into the original's own language makes no sense.

    **Instead:** correct the tag in the file's name, or add the language to `tracker.yml`.
    """
    known = corpus.config.all_languages
    for made in corpus.translations:
        if made.lang == _own(corpus, made):
            yield made.texts, unknown_language.problem(
                (), f"the original is in “{made.lang}” already", "Correct the language in the file's name."
            )
        elif made.lang not in known:
            yield made.texts, unknown_language.problem(
                (), f"“{made.lang}” is not a language of this site",
                did_you_mean(made.lang, known, f"There are: {listed(known)}. Or add it to languages in tracker.yml."),
            )


def _own(corpus, made) -> str:
    """The language of what is translated."""
    record = corpus.collections[made.collection].get(made.id) if made.collection else None
    return (record.lang if record else "") or corpus.config.language
