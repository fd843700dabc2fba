"""Our words on the pages: gettext as the templates call it, safe to put into HTML.

The English text stands in a template and may hold a few tags. A translation comes from a
catalogue, which anybody may have proposed: only tags that the English text has too stay
tags, all else is escaped, quotation marks included, so that a translation may stand in an
attribute. Values are put between braces, as everywhere, and escaped.
"""

from __future__ import annotations

import functools
import re
import string
from typing import Any, NamedTuple

from jinja2 import Environment, nodes
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup, escape

from tracker.i18n.catalogue import TAG
from tracker.i18n.words import Words
from tracker.site.compiler import OwnCompiler, OwnTemplate

_SPECIAL = re.compile("[&<>'\"]")
_FIELD = re.compile(r"%\((\w+)\)s")


class TransTag(InternationalizationExtension):
    """`{% trans %}`, with fields between braces as in all our texts."""

    def _make_node(self, singular, plural, *rest) -> nodes.Output:
        return super()._make_node(_braces(singular), plural and _braces(plural), *rest)


def _braces(text: str) -> str:
    return _FIELD.sub(r"{\1}", text).replace("%%", "%")


def _shown(value: Any) -> str:
    """As `escape`, without an object of its own for each of a hundred pieces of a page."""
    if type(value) is Markup or (type(value) is str and not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Text(NamedTuple):
    """A text as HTML, and cut at its {fields}: each part with the field that follows it, or None."""

    html: Markup
    parts: list[tuple[str, str | None]]


class Wording:
    """What templates call. Each returns finished HTML."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._made: dict[tuple[str, str], _Text] = {}

    def install(self, environment: Environment) -> None:
        environment.code_generator_class = OwnCompiler
        environment.template_class = OwnTemplate
        environment.shown = _shown
        environment.cut = self.cut
        environment.filters["filled"] = self._value
        environment.newstyle_gettext = True
        environment.policies["ext.i18n.trimmed"] = True
        environment.globals.update(
            _=self.gettext, gettext=self.gettext, ngettext=self.ngettext,
            pgettext=self.pgettext, npgettext=self.npgettext,
        )  # fmt: skip

    def cut(self, text: str) -> list[tuple[str, str | None]]:
        """A text as HTML at its {fields}: each part with the field that follows it, or None."""
        return self._html(text, self.words.catalogue.gettext(text)).parts

    def gettext(self, text: str, /, **values: Any) -> Markup:
        return self._filled(self._html(text, self.words.catalogue.gettext(text)), values)

    def pgettext(self, context: str, text: str, /, **values: Any) -> Markup:
        return self._filled(self._html(text, self.words.catalogue.pgettext(context, text)), values)

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> Markup:
        """``count`` also fills {count}."""
        found = self.words.catalogue.ngettext(one, many, count)
        return self._filled(self._html(many, found), {"count": count, **values})

    def npgettext(self, context: str, one: str, many: str, count: int, /, **values: Any) -> Markup:
        found = self.words.catalogue.npgettext(context, one, many, count)
        return self._filled(self._html(many, found), {"count": count, **values})

    def _filled(self, made: _Text, values: dict[str, Any]) -> Markup:
        if not values:
            return made.html
        out: list[str] = []
        for text, field in made.parts:
            out.append(text)
            if field is not None:
                out.append(_shown(self._value(values[field])))
        return Markup("".join(out))  # noqa: S704 - each value is escaped

    def _value(self, value: Any) -> Any:
        return self.words.number(value) if isinstance(value, int) else value

    def _html(self, original: str, translated: str) -> _Text:
        key = (original, translated)
        made = self._made.get(key)
        if made is None:
            html = safe(original, translated)
            parts = [(text, field) for text, field, _, _ in string.Formatter().parse(str(html))]
            made = self._made[key] = _Text(html, parts)
        return made


def safe(original: str, translated: str) -> Markup:
    """A translation as HTML: tags that the original has stay, all else is text."""
    known = set(TAG.findall(original))
    parts = []
    at = 0
    for match in TAG.finditer(translated):
        if match[0] in known:
            parts += [escape(translated[at : match.start()]), Markup(match[0])]  # noqa: S704 - written by us
            at = match.end()
    return Markup("").join([*parts, escape(translated[at:])])


@functools.cache
def anchor(english: str) -> str:
    """The id that a generator gives to an English heading; it stays in every language."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", english, flags=re.ASCII).strip().lower())
