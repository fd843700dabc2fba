"""The report's own words in the reader's language; records keep theirs.

Catalogues are gettext `.po` files, compiled when they are loaded. Dates and numbers are
written as Babel's locales do, always with the digits 0 to 9, so that a figure can be
searched for and compared across languages.
"""

from __future__ import annotations

import datetime
import functools
import gettext
import io
import string
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages import mofile, pofile
from babel.numbers import format_decimal, format_percent

from tracker.dates import SHAPE
from tracker.reports.document import Run, Text, clean

LANGUAGES = ("en", "fr", "es", "ar")
LOCALES = Path(__file__).parent / "locale"
_LOCALE = {"en": "en_GB"}
_FIELDS = string.Formatter()


@functools.cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations of a language; English needs none."""
    path = LOCALES / language / "LC_MESSAGES" / "report.po"
    if language == "en":
        return gettext.NullTranslations()
    with path.open("rb") as file:
        found = pofile.read_po(file, locale=language)
    compiled = io.BytesIO()
    mofile.write_mo(compiled, found)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Words:
    """What the report says in one language. ``records`` is the language of the records."""

    def __init__(self, language: str, records: str) -> None:
        self.language = language
        self.records = records
        self.locale = Locale.parse(_LOCALE.get(language, language))
        self.rtl = self.locale.text_direction == "rtl"
        self._catalogue = catalogue(language)

    def t(self, text: str, **values: Any) -> str:
        """A text with its {fields} filled in."""
        return self._catalogue.gettext(text).format(**self._shown(values))

    def n(self, one: str, many: str, count: int, **values: Any) -> str:
        """A text that depends on ``count``, which fills {count}."""
        text = self._catalogue.ngettext(one, many, count)
        return text.format(count=self.number(count), **self._shown(values))

    def runs(self, text: str, **values: Any) -> Text:
        """A text as runs: a field's value may be a run, a list of runs, or plain."""
        return self._filled(self._catalogue.gettext(text), values)

    def n_runs(self, one: str, many: str, count: int, **values: Any) -> Text:
        return self._filled(self._catalogue.ngettext(one, many, count), {"count": count, **values})

    def _filled(self, template: str, values: dict[str, Any]) -> Text:
        made: Text = []
        for literal, name, _, _ in _FIELDS.parse(template):
            if literal:
                made.append(Run(literal))
            if name:
                value = values[name]
                if isinstance(value, Run):
                    made.append(value)
                elif isinstance(value, list):
                    made += value
                else:
                    made.append(Run(self.shown(value)))
        return made

    def _shown(self, values: dict[str, Any]) -> dict[str, str]:
        return {name: self.shown(value) for name, value in values.items()}

    def shown(self, value: Any) -> str:
        return self.number(value) if isinstance(value, int) else str(value)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self.locale)

    def share(self, value: float | None) -> str:
        return "–" if value is None else format_percent(value, locale=self.locale)

    def decimal(self, value: float | None) -> str:
        return "–" if value is None else format_decimal(value, format="0.00", locale=self.locale)

    def date(self, text: str | None) -> str:
        """A partial date (YYYY, YYYY-MM or YYYY-MM-DD) as people write it."""
        match = SHAPE.fullmatch(text or "")
        if not match:
            return text or ""
        year, month, day = (int(part) if part else None for part in match.groups())
        if month is None:
            return match[1]
        full = datetime.date(year, month, day or 1)
        if day is None:
            return format_skeleton("yMMMM", full, locale=self.locale)
        return format_date(full, "long", locale=self.locale)

    def listed(self, items: list[str]) -> str:
        """a, b and c"""
        return format_list(items, locale=self.locale) if items else ""

    def record(self, text: str, lang: str = "", **style: Any) -> Run:
        """Text of a record, marked with its language where that is not the report's."""
        lang = lang or self.records
        return Run(clean(text), lang="" if lang == self.language else lang, **style)

    def term(self, label: str) -> str:
        """A word of the vocabulary: the default ones are translated, a tracker's own stay."""
        return self._catalogue.gettext(label) if label else ""
