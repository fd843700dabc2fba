"""Finished pieces of HTML that stand on many pages: links, status chips, table rows.

A link to an actor or a row of a table is the same on every page of one depth, so it is
made once. This is what keeps ten thousand pages a matter of seconds.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from markupsafe import Markup, escape

from tracker.i18n.direction import direction
from tracker.model import Assessment, Record
from tracker.progress import Pair
from tracker.site.icons import css_class
from tracker.site.links import relative
from tracker.vocabulary import Status

_NOTHING = Markup("")
_EMPTY = Markup("<td></td>")
IN_WORDS = "assets/pictures/"  # files with words in them, which each language has of its own


@functools.cache
def chip(status: Status) -> Markup:
    """A status as a shape, a colour and a word."""
    return Markup(f'<span class="{chip_class(status)}">{escape(status.label)}</span>')  # noqa: S704


def chip_class(status: Status) -> str:
    return escape(f"rt-status rt-{status.colour} {css_class(status.icon)}")


def attributes(lang: str) -> Markup:
    """Marks an element's text as of another language (none where ``lang`` is empty)."""
    return Markup(' lang="{}" dir="{}"').format(lang, direction(lang)) if lang else _NOTHING


def marked(text: str, lang: str) -> Markup:
    """A text, in an element that marks it where it is in another language than the page."""
    return Markup("<span{}>{}</span>").format(attributes(lang), text) if lang else escape(text)


class Cells:
    """Pieces for the pages at one depth below the pages folder."""

    def __init__(self, view, depth: int) -> None:
        self.view = view
        self.here = "x/" * depth + "x.md"
        self._links: dict[tuple[str, str], Markup] = {}
        self._anchors: dict[tuple[str, str, bool], Markup] = {}
        self._rows: dict[tuple[int, str], str] = {}
        self._dates: dict[tuple[str, str | None, str], Markup] = {}
        self._means: dict[str, Markup] = {}

    def to(self, target: str) -> Markup:
        """The address of a page (a .md path below the pages folder) or of a file, which is at the site's root."""
        near = target.partition("#")[0].endswith(".md") or target.startswith(IN_WORDS)
        up = "" if near else self.view.tongue.up
        return escape(up + relative(target, self.here))

    def original(self, page: str) -> Markup:
        """The address of a page (a .md path) in the default language."""
        return escape(self.view.tongue.up + relative(page, self.here))

    def link(self, collection: str, name: str) -> Markup:
        """The address of a record's page."""
        key = (collection, name)
        made = self._links.get(key)
        if made is None:
            made = self._links[key] = self.to(self.view.path(collection, name))
        return made

    def a(self, collection: str, name: str, *, full: bool = False) -> Markup:
        """A link to a record's page with its short name, or its full title."""
        key = (collection, name, full)
        made = self._anchors.get(key)
        if made is None:
            record = self.view.corpus.find(collection, name)
            field = "title" if full or not getattr(record, "short", "") else "short"
            words = escape(self.view.said(record, field)) if record else escape(name)
            lang = self.lang(record, field) if record else ""
            made = Markup(f'<a href="{self.link(collection, name)}"{lang}>{words}</a>')  # noqa: S704
            self._anchors[key] = made
        return made

    def means(self, key: str) -> Markup:
        """A status that leads to what it means. Not for long tables: each is a stop for the keyboard."""
        made = self._means.get(key)
        if made is None:
            shown = str(chip(self.view.statuses[key])).removeprefix("<span").removesuffix("</span>")
            address = self.to(f"method.md#status-{key}")
            made = self._means[key] = Markup(f'<a href="{address}"{shown}</a>')  # noqa: S704
        return made

    # Texts of records, marked where they are not in the page's language

    def text(self, record: Record, field: str = "title") -> Markup:
        """What a field of a record says."""
        return marked(self.view.said(record, field), self.view.lang_of(record, field))

    def lang(self, record: Record, field: str = "title") -> Markup:
        """The attributes of an element that holds just that, with a space before them."""
        return attributes(self.view.lang_of(record, field))

    marks = staticmethod(attributes)

    def own(self, text: str, lang: str = "") -> Markup:
        """A text of a record that has no translation; ``lang``: the record's language."""
        return marked(text, self.view.other(lang))

    def name(self, collection: str, name: str, title: str = "") -> Markup:
        """The short name of a record; ``title`` where it is not there any more."""
        record = self.view.corpus.find(collection, name)
        if record is None:
            return self.own(title) if title else escape(name)
        return self.text(record, "short" if getattr(record, "short", "") else "title")

    def names(self, collection: str, names: Iterable[str]) -> Markup:
        return escape(self.view.words.t(", ")).join(self.name(collection, name) for name in names)

    def all(self, collection: str, names: Iterable[str], *, full: bool = False) -> Markup:
        """Links to several records, with commas between them."""
        return escape(self.view.words.t(", ")).join(self.a(collection, name, full=full) for name in names)

    def ask_rows(self, pairs: Iterable[Pair], collection: str) -> Markup:
        """The rows of the table of asks on the page of an actor, a source, or another record."""
        kind = collection if collection in ("actors", "sources") else "others"
        rows = []
        for pair in pairs:
            key = (id(pair), kind)
            made = self._rows.get(key)
            if made is None:
                made = self._rows[key] = self._ask_row(pair, kind)
            rows.append(made)
        return Markup("\n".join(rows))  # noqa: S704 - each row is escaped where it is made

    def _ask_row(self, pair: Pair, kind: str) -> str:
        view, asked, latest = self.view, pair.recommendation, pair.latest
        who = "" if kind == "actors" else f"<td>{self.a('actors', pair.actor)}</td>"
        where = self.text(asked, "locator") if kind == "sources" else self.a("sources", asked.source)
        contested = f' <b class="rt-contested">{escape(view.words.t("contested"))}</b>' if pair.contested else ""
        group = ""
        if pair.group and kind == "actors":
            said = escape(view.words.t("asked as one of: {group}", group="{group}"))
            group = f"<small>{said.format(group=self.name('actors', pair.group))}</small>"
        return (
            f'<tr><th scope="row">{self.a("recommendations", asked.id)}</th>{who}<td>{where}</td>'
            f"<td>{chip(view.statuses[pair.status])}{contested}{group}</td>"
            f"{self.when(latest)}</tr>"
        )

    def when(self, entry: Assessment | None, label: str = "") -> Markup:
        """The cell that says how old a judgement is, and what it rests on; empty where nobody has looked."""
        if entry is None:
            return _EMPTY
        key = (entry.date, entry.basis, label)
        made = self._dates.get(key)
        if made is None:
            view = self.view
            less = [view.age(entry.date), *([view.label("basis", entry.basis).lower()] if entry.basis else [])]
            made = self._dates[key] = Markup('<td{} data-sort="{}">{}<small>{}</small></td>').format(
                Markup(' data-label="{}"').format(label) if label else "", entry.date, view.words.date(entry.date),
                " · ".join(less),
            )  # fmt: skip
        return made
