"""The catalogues: complete, true to the English texts, and refused with a line where they are broken."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from conftest import ROOT

from tracker.errors import TrackerError
from tracker.i18n import LANGUAGES, catalogue
from tracker.i18n.words import Words
from tracker.site.wording import Wording, safe

TRANSLATED = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """`make words` as a module."""
    spec = importlib.util.spec_from_file_location("words_tool", ROOT / "tools/words.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def gathered(tool) -> Catalog:
    return tool.gathered()


# What must be found, wherever a text may stand: template, heading, plural, code, mark, label.
FOUND = [
    "Ways in", "Who was asked, and what came of it", ("{count} recommendation", "{count} recommendations"),
    "Nothing was asked", "moved up", "Implemented", "Agreements and instruments", "Early warning", "Documents",
]


@pytest.mark.parametrize("text", FOUND)
def test_texts_are_gathered_from_everywhere(gathered, text: str) -> None:
    assert text in {m.id for m in gathered}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_none_is_left_over(tool, gathered, language: str) -> None:
    """Where this fails: `make words`, and docs/manual/translating.md."""
    path = catalogue.path_of(catalogue.OURS, language)
    assert tool.untranslated(tool.updated(path, language, gathered)) == []
    known = {(m.context, m.id) for m in catalogue.read(path, language) if m.id}
    assert known - {(m.context, m.id) for m in gathered} == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_are_true_to_the_english_texts(language: str) -> None:
    made = catalogue.read(catalogue.path_of(catalogue.OURS, language), language)
    assert list(catalogue.problems(made)) == []


def test_arabic_has_its_six_plural_forms() -> None:
    made = catalogue.read(catalogue.path_of(catalogue.OURS, "ar"), "ar")
    found = [len(forms) for m in made if m.pluralizable and any(forms := catalogue.forms(m.string))]
    assert found
    assert set(found) == {6}


@pytest.mark.parametrize(("count", "noun"), [(3, "طلبات"), (11, "طلبا"), (42, "طلبا"), (99, "طلبا"), (100, "طلب"), (137, "طلبا")])
def test_arabic_counts_as_arabic_does(count: int, noun: str) -> None:
    said = Words("ar").n("{count} ask", "{count} asks", count)
    assert said.split()[-1] == noun


def test_each_arabic_noun_after_a_hundred_is_shorter_than_that_after_eleven() -> None:
    made = catalogue.read(catalogue.path_of(catalogue.OURS, "ar"), "ar")
    nouns = [
        [found[1] if (found := re.search(r"\{count\} (\w+)", form)) else "" for form in m.string[4:]]
        for m in made if m.id and m.pluralizable
    ]  # fmt: skip
    assert [pair for pair in nouns if pair[0] != pair[1]]
    assert [pair for pair in nouns if pair[0] != pair[1] and pair[0] + "ا" != pair[1]] == []


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
# name: (text of the catalogue after its head, what the message says)
BROKEN = {
    "quotation mark": ('msgid "Data"\nmsgstr "Donn\n', ":6: the catalogue can't be read here"),
    "unknown field": ('msgid "of {count}"\nmsgstr "de {number}"\n', ":5: the translation of “of {count}” has {number}"),
    "field left out": ('msgid "of {count}"\nmsgstr "de"\n', ":5: the translation of “of {count}” leaves out {count}"),
    "an attribute of a value": ('msgid "of {count}"\nmsgstr "{count.__class__}"\n', ":5: the translation of"),
    "brace": ('msgid "of {count}"\nmsgstr "de {count"\n', "has a brace too many or too few"),
    "tag": ('msgid "Data"\nmsgstr "<script>Data"\n', ":5: the translation of “Data” has other tags"),
    "plural forms": (
        'msgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} jour"\n',
        ":5: “{count} day” has 1 forms; this language has 2",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_catalogue_is_one_message_with_its_line(name: str, tmp_path: Path) -> None:
    text, wanted = BROKEN[name]
    path = catalogue.path_of(tmp_path / "locale", "fr")
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(TrackerError) as raised:
        Words("fr", tmp_path)
    assert wanted in raised.value.message
    assert str(path) in raised.value.message
    assert raised.value.hint


@pytest.mark.parametrize(("language", "message"), [
    ("xx-nowhere", "is not a language that is known"), ("pt", "there are no words for the language “pt”"),
])  # fmt: skip
def test_a_language_without_words_is_one_message(language: str, message: str) -> None:
    with pytest.raises(TrackerError, match=message):
        Words(language)


def test_a_tracker_s_own_catalogue_comes_first_and_ours_fills_the_rest(tmp_path: Path) -> None:
    path = catalogue.path_of(tmp_path / "locale", "fr")
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + 'msgid "Half way there"\nmsgstr "À mi-chemin"\n', encoding="utf-8")
    words = Words("fr", tmp_path)
    assert words.term("Half way there", "status") == "À mi-chemin"
    assert words.term("Implemented", "status") == "Mise en œuvre"


# What a translation may put into a page: (English, translation, HTML).
SAFE = [
    ("a <b>b</b>", "b <b>a</b>", "b <b>a</b>"),
    ("a", "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
    ("a", 'x" onclick="y', "x&#34; onclick=&#34;y"),
    ('<a href="{url}">a</a>', '<a href="javascript:x">a</a>', "&lt;a href=&#34;javascript:x&#34;&gt;a</a>"),
]


@pytest.mark.parametrize(("original", "translated", "made"), SAFE)
def test_only_tags_of_the_english_text_stay_tags(original: str, translated: str, made: str) -> None:
    assert str(safe(original, translated)) == made


def test_values_are_escaped_and_are_never_a_template() -> None:
    wording = Wording(Words("en"))
    assert wording.gettext("by {who}", who="<b>{who}") == "by &lt;b&gt;{who}"
    assert wording.ngettext("{count} day", "{count} days", 1234) == "1,234 days"
