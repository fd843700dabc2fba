"""Texts of ours in one language, with their values filled in; dates and numbers too.

Dates and numbers are written as Babel's locales do, always with the digits 0 to 9, so that
a figure can be searched for and compared across languages.
"""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from tracker.dates import SHAPE
from tracker.i18n import catalogue


class Words:
    """What we say in ``language``, a tag such as fr. ``root``: a tracker with words of its own."""

    def __init__(self, language: str, root: Path | None = None) -> None:
        self.language = language
        self.locale = catalogue.locale(language)
        self.rtl = self.locale.text_direction == "rtl"
        self.catalogue = catalogue.translations(language, root)
        self.sources = catalogue.sources(language, root)

    def t(self, text: str, **values: Any) -> str:
        """A text with its {fields} filled in; without values, with its fields as they are."""
        found = self.catalogue.gettext(text) if text else ""
        return found.format(**self._shown(values)) if values else found

    def n(self, one: str, many: str, count: int, **values: Any) -> str:
        """A text that depends on ``count``, which fills {count}."""
        text = self.catalogue.ngettext(one, many, count)
        return text.format(count=self.number(count), **self._shown(values))

    def term(self, label: str, context: str) -> str:
        """A word of a list (``context`` names it): ours are translated, a tracker's own stay."""
        if not label:
            return ""
        found = self.catalogue.pgettext(context, label)
        return found if found != label else self.catalogue.gettext(label)

    def _shown(self, values: dict[str, Any]) -> dict[str, str]:
        return {name: self.shown(value) for name, value in values.items()}

    def shown(self, value: Any) -> str:
        return self.number(value) if isinstance(value, int) else str(value)

    @functools.cached_property
    def number(self):
        """A whole number, with the thousands apart."""
        return functools.lru_cache(4096)(lambda value: format_decimal(value, locale=self.locale))

    def share(self, value: float | None) -> str:
        return "–" if value is None else format_percent(value, locale=self.locale)

    def decimal(self, value: float | None, form: str = "0.00") -> str:
        return "–" if value is None else format_decimal(value, format=form, locale=self.locale)

    @functools.cached_property
    def date(self):
        """A partial date (YYYY, YYYY-MM or YYYY-MM-DD) as people write it."""
        return functools.lru_cache(4096)(self._date)

    def _date(self, text: str | None) -> str:
        match = SHAPE.fullmatch(text or "")
        if not match:
            return text or ""
        year, month, day = (int(part) if part else None for part in match.groups())
        if month is None:
            return match[1]
        full = datetime.date(year, month, day or 1)
        if day is None:
            return format_skeleton("yMMMM", full, locale=self.locale)
        written = format_date(full, "long", locale=self.locale)
        # French names the first of a month by its rank; the locales don't.
        return f"1er{written[1:]}" if day == 1 and self.locale.language == "fr" else written

    def listed(self, items: list[str]) -> str:
        """a, b and c"""
        return format_list(items, locale=self.locale) if items else ""
