"""Small pieces that many parts of a report are made of: names, statuses, cells, counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tracker import safety
from tracker.model import Evidence, Recommendation, Record
from tracker.progress import Pair, Row
from tracker.reports import palette
from tracker.reports.charts import Bar, Part
from tracker.reports.document import Cell, Column, Run, Table, Text, clean, plain
from tracker.reports.facts import Facts
from tracker.reports.words import Words
from tracker.vocabulary import NOT_ASSESSED


class Pieces:
    """Makes pieces from the facts, in one language."""

    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts, self.w = facts, words
        self.corpus, self.config = facts.corpus, facts.config
        self.statuses = facts.statuses
        self._site = facts.config.site_url.rstrip("/")
        # One that says what the original no longer says is left out: a report has no room to warn.
        self._translated = {
            made.original: made for made in facts.whole.translations
            if made.collection and made.original and made.lang == words.language and not made.stale
        }  # fmt: skip

    # Names

    def said(self, record: Record, field: str) -> tuple[str, str]:
        """A text of a record and its language: a translation, where there is one."""
        made = self._translated.get(record.path)
        translated = made.text(field) if made else None
        return (translated, self.w.language) if translated else (getattr(record, field, ""), record.lang)

    def name(self, collection: str, key: str, *, full: bool = False, **style: Any) -> Run:
        """The name of a record, marked with its language."""
        record = self.facts.whole.find(collection, key)
        if record is None:
            return self.w.record(key, **style)
        words, lang = ("", "") if full else self.said(record, "short")
        if not words:
            words, lang = self.said(record, "title")
        return self.w.record(words, lang, **style)

    def short(self, collection: str, key: str) -> str:
        """The same as plain text, for captions and drawings."""
        return self.name(collection, key).text

    def id(self, name: str) -> Run:
        """An id, small. It is no language's; from right to left it must not be turned."""
        return Run(clean(name), small=True, lang="zxx" if self.w.rtl else "")

    def names(self, collection: str, keys: Iterable[str]) -> Text:
        """Names with commas between them."""
        text: Text = []
        for key in keys:
            text += [Run(self.w.t(", "))] * bool(text) + [self.name(collection, key)]
        return text

    def ask(self, r: Recommendation, most: int = 0, **style: Any) -> Run:
        """The title of a recommendation, linked to its page where the site has an address."""
        words, lang = self.said(r, "title")
        title = clean(words)
        if most and len(title) > most:
            title = title[: most - 1].rstrip() + "…"
        link = f"{self._site}/recommendations/{r.id}.html" if self._site else ""
        return self.w.record(title, lang, link=link if safety.allowed_url(link) else "", **style)

    def status(self, key: str, **style: Any) -> Run:
        """A status as a coloured mark and a word."""
        term = self.statuses[key]
        return Run(self.w.term(term.label, "status"), mark=palette.of_status(key, term), **style)

    def label(self, vocabulary: str, key: str | None) -> str:
        return self.w.term(self.config.label(vocabulary, key), vocabulary) if key else ""

    def judged(self, pair: Pair) -> Text:
        """The status of a pair, with the day of the judgement and whether others disagree."""
        text = [self.status(pair.status)]
        if pair.latest:
            text.append(Run(f" ({self.w.date(pair.latest.date)})"))
        if pair.contested:
            text += [Run(" "), Run(self.w.t("contested"), bold=True)]
        return text

    def evidence(self, item: Evidence) -> Text:
        """A piece of evidence as a line: title, publisher, symbol, where in it, date."""
        url = item.url or ""
        text = [self.w.record(item.title, link=url if safety.allowed_url(url) else "")]
        more = [item.publisher, item.symbol, item.locator]
        if item.source:
            more.insert(0, self.short("sources", item.source))
        for value in more:
            if value:
                text += [Run(", "), self.w.record(value)]
        if item.date:
            text.append(Run(f", {self.w.date(item.date)}"))
        return text

    # Cells

    @staticmethod
    def cell(*lines: Text | Run, value: Any = ...) -> Cell:
        """A cell of text; what programs read is the same without its marks."""
        made = [line if isinstance(line, list) else [line] for line in lines]
        return Cell("\n".join(plain(line) for line in made) if value is ... else value, made)

    def count(self, value: int | None) -> Cell:
        return Cell(value, [[Run("–" if value is None else self.w.number(value))]])

    def share(self, value: float | None) -> Cell:
        return Cell(value, [[Run(self.w.decimal(value))]])

    def day(self, value: str | None) -> Cell:
        return Cell(value or None, [[Run(self.w.date(value))]] if value else [])

    def of(self, part: int, whole: int) -> Run:
        return Run(self.w.t("{part} of {whole}", part=part, whole=whole))

    # Tables and bars

    def table(
        self,
        id: str,
        caption: str,
        columns: Sequence[Column],
        rows: Iterable[list[Cell]],
        note: str = "",
        *,
        titled: bool = False,
        paper: bool = False,
    ) -> Table:
        return Table(id, caption, list(columns), list(rows), note, titled, paper)

    def used(self, rows: Iterable[Row]) -> list[str]:
        """The statuses that occur, the best first, not assessed last."""
        found = {key for row in rows for key in row.by_status}
        keys = [k for k in self.statuses if k in found and k != NOT_ASSESSED]
        return keys + ([NOT_ASSESSED] if NOT_ASSESSED in found else [])

    def legend(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        return [(palette.of_status(k, self.statuses[k]), self.w.term(self.statuses[k].label, "status")) for k in keys]

    def bar(self, row: Row, keys: Sequence[str], label: str) -> Bar:
        parts = [
            Part(palette.of_status(k, self.statuses[k]), row.by_status[k], self.w.number(row.by_status[k]))
            for k in keys
            if row.by_status.get(k)
        ]
        return Bar(label, parts, self.w.number(row.pairs))

    def in_words(self, row: Row, keys: Sequence[str]) -> str:
        """A bar for those who can't see it: 12: Implemented 3, Not assessed 9."""
        return self.w.listed([
            f"{self.w.term(self.statuses[k].label, 'status')} {self.w.number(row.by_status[k])}"
            for k in keys if row.by_status.get(k)
        ])  # fmt: skip
