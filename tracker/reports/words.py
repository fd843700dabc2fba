"""The report's own words in the reader's language, as runs; records keep theirs."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

from tracker.i18n import words
from tracker.reports.document import Run, Text, clean

_FIELDS = string.Formatter()


class Words(words.Words):
    """What the report says in one language. ``records`` is the language of the records.

    ``root``: a tracker with words of its own in its folder `locale`.
    """

    def __init__(self, language: str, records: str, root: Path | None = None) -> None:
        super().__init__(language, root)
        self.records = records

    def runs(self, text: str, **values: Any) -> Text:
        """A text as runs: a field's value may be a run, a list of runs, or plain."""
        return self._filled(self.catalogue.gettext(text), values)

    def n_runs(self, one: str, many: str, count: int, **values: Any) -> Text:
        return self._filled(self.catalogue.ngettext(one, many, count), {"count": count, **values})

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

    def own(self, text: str) -> Run:
        """What a tracker says in its own name: translated in its own catalogue, or as it is."""
        found = self.term(text, "tracker")
        return Run(clean(found)) if found != text else self.record(text)

    def record(self, text: str, lang: str = "", **style: Any) -> Run:
        """Text of a record, marked with its language where that is not the report's."""
        lang = lang or self.records
        return Run(clean(text), lang="" if lang == self.language else lang, **style)
