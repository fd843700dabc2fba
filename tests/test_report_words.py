"""The report's words: every string in every language, with its fields, plurals, dates and numbers."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages import pofile

from tracker import reports, vocabulary
from tracker.reports.document import plain
from tracker.reports.words import LANGUAGES, LOCALES, Words

TRANSLATED = [language for language in LANGUAGES if language != "en"]
# Lists whose labels a report shows, and whether their definitions are shown too.
SHOWN = {"STATUS": True, "RESPONSE": False, "BASIS": False, "CONFIDENCE": False, "STRENGTH": False,
         "ACTOR_TYPE": False}  # fmt: skip


def used() -> set[str | tuple[str, str]]:
    """Every string that the code says in the reader's language, plural pairs as tuples."""
    found: set[str | tuple[str, str]] = set()
    for path in Path(reports.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                values = [a.value for a in node.args if isinstance(a, ast.Constant)]
                texts = [v for v in values if isinstance(v, str)]
                if name in ("t", "runs") and texts:
                    found.add(texts[0])
                elif name in ("n", "n_runs") and len(texts) > 1:
                    found.add((texts[0], texts[1]))
    for name, defined in SHOWN.items():
        for term in getattr(vocabulary, name).values():
            found |= {term.label, term.definition} if defined else {term.label}
    return found


def catalogue(language: str) -> dict[str | tuple[str, str], tuple[str, ...]]:
    with (LOCALES / language / "LC_MESSAGES" / "report.po").open("rb") as file:
        read = pofile.read_po(file, locale=language)
    return {
        m.id: m.string if isinstance(m.string, tuple) else (m.string,) for m in read if m.id and not m.fuzzy
    }


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_string_is_translated_and_none_is_left_over(language: str) -> None:
    known = {name for name, forms in catalogue(language).items() if all(forms)}
    assert used() - known == set()
    assert known - used() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_fields_of_the_original(language: str) -> None:
    for name, forms in catalogue(language).items():
        wanted = fields(name[1] if isinstance(name, tuple) else name)
        for form in forms:
            # A form for one or two may say the number in words.
            assert fields(form) in (wanted, wanted - {"count"}), (name, form)
            assert wanted - fields(form) <= ({"count"} if isinstance(name, tuple) else set()), (name, form)


def test_arabic_has_its_six_plural_forms() -> None:
    assert {len(forms) for name, forms in catalogue("ar").items() if isinstance(name, tuple)} == {6}


# language: (0, 1, 2 of something)
PLURALS = {
    "en": ("0 replies are on record.", "1 reply is on record.", "2 replies are on record."),
    "fr": ("0 réponse est enregistrée.", "1 réponse est enregistrée.", "2 réponses sont enregistrées."),
    "es": ("Constan 0 respuestas.", "Consta 1 respuesta.", "Constan 2 respuestas."),
}


@pytest.mark.parametrize("language", PLURALS)
def test_plurals(language: str) -> None:
    words = Words(language, "en")
    made = [words.n("{count} reply is on record.", "{count} replies are on record.", n) for n in range(3)]
    assert tuple(made) == PLURALS[language]


# language: (a day, a month, a year, a number)
SHAPES = {
    "en": ("9 July 2015", "July 2015", "2015", "12,345"),
    "fr": ("9 juillet 2015", "juillet 2015", "2015", "12\u202f345"),
    "es": ("9 de julio de 2015", "julio de 2015", "2015", "12.345"),
    "ar": ("9 يوليو 2015", "يوليو 2015", "2015", "12,345"),
}


@pytest.mark.parametrize("language", SHAPES)
def test_dates_and_numbers(language: str) -> None:
    words = Words(language, "en")
    made = (*(words.date(d) for d in ("2015-07-09", "2015-07", "2015")), words.number(12345))
    assert made == SHAPES[language]


def test_a_record_keeps_its_language() -> None:
    words = Words("fr", "en")
    assert words.record("Name a desk").lang == "en"
    assert words.record("Nommer un bureau", "fr").lang == ""


def test_text_of_a_record_is_never_a_template() -> None:
    words = Words("en", "en")
    hostile = words.record("{ask} {0.__class__} {")
    made = words.runs("{ask}: has anything been done, and what shows it?", ask=hostile)
    assert plain(made).startswith("{ask} {0.__class__} {: has")


def test_a_trackers_own_word_stays_as_it_is() -> None:
    assert Words("fr", "en").term("Half way there") == "Half way there"


def test_the_command_offers_what_there_is() -> None:
    from tracker.cli import report
    from tracker.reports import pack

    assert report.LANGUAGES == LANGUAGES
    assert report.FORMATS == pack.FORMATS
