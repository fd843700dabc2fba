"""The report's words: runs, plurals, dates and numbers in each language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from report_tracker import AS_OF, fill

from tracker import translations
from tracker.i18n import LANGUAGES
from tracker.project import Project
from tracker.reports.document import plain
from tracker.reports.words import Words

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


def test_french_names_the_first_of_a_month_by_its_rank() -> None:
    assert [Words("fr", "en").date(d) for d in ("2015-07-01", "2015-07-11")] == ["1er juillet 2015", "11 juillet 2015"]
    assert Words("es", "en").date("2015-07-01") == "1 de julio de 2015"


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
    assert Words("fr", "en").term("Half way there", "status") == "Half way there"


def test_the_command_offers_what_there_is() -> None:
    from tracker.cli import report
    from tracker.reports import pack

    assert report.LANGUAGES == LANGUAGES
    assert report.FORMATS == pack.FORMATS


CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: fr\\n"

msgctxt "tracker"
msgid "A tracker"
msgstr "Un suivi"
"""


def english(text: str, page: str) -> bool:
    """Whether the text stands in the page, marked as English."""
    return re.search(f'<[^>]* lang="en"[^>]*>{text}<', page) is not None


def test_names_and_titles_are_in_the_reports_language_where_a_translation_is_on_record(
    tracker, run, tmp_path: Path
) -> None:
    fill(tracker)
    tracker.write("locale/fr/LC_MESSAGES/tracker.po", CATALOGUE)
    records = Project(tracker.root, AS_OF, use_cache=False).corpus.recommendations
    for name, title, fresh in (("desk", "Nommer un bureau", True), ("review", "Un titre dépassé", False)):
        words = translations.of_record(records[name], ["title"]) if fresh else "000000000000"
        tracker.write(
            f"recommendations/report/{name}.fr.md", f"---\ntranslates: {words}\ntitle: {title}\n---\nTexte.\n"
        )
    for language in ("fr", "es"):
        done = run("report", "--root", tracker.root, "--as-of", AS_OF, "--lang", language,
                   "--format", "html", "--to", tmp_path / language)  # fmt: skip
        assert done.status == 0, done.err
    fr, es = ((tmp_path / lang / "report.html").read_text(encoding="utf-8") for lang in ("fr", "es"))
    assert "Un suivi" in fr
    assert "A tracker" not in fr
    assert ">Nommer un bureau<" in fr, "in French, and not marked as anything else"
    assert "Name a desk for civil society" not in fr
    assert english("Review the plan every year", fr), "the translation is of an older text"
    assert "Un titre dépassé" not in fr
    assert english("A tracker", es)
    assert english("Name a desk for civil society", es)
