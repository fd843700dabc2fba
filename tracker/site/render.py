"""Templates to page texts. Everything that comes from a record is escaped by default."""

from __future__ import annotations

import functools
import json
import re
import sys
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from tracker import markdown
from tracker.i18n.words import Words
from tracker.site import charts, compiler, filters, textures, wording
from tracker.site.cells import chip
from tracker.site.compiled import Compiled
from tracker.site.finished import BEGIN, heading
from tracker.site.forms import update_query
from tracker.site.links import prose_link
from tracker.site.pictures import Pictures
from tracker.site.view import View
from tracker.site.wording import TransTag, Wording, anchor

_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_BACKTICKS = re.compile(r"`([^`]+)`")
_TEMPLATES = Path(__file__).parent / "templates"
# What is worked out when a template is compiled comes from these.
_SHAPING = [Path(module.__file__) for module in (sys.modules[__name__], compiler, wording, markdown)]


def environment(words: Words) -> jinja2.Environment:
    """Templates that speak one language."""
    made = jinja2.Environment(
        loader=_Loader(_TEMPLATES), extensions=[TransTag],
        bytecode_cache=Compiled(_TEMPLATES.parent, words.language, [*_SHAPING, *words.sources]),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    Wording(words).install(made)
    made.filters.update(
        written=words.date, number=words.number, decimal=words.decimal, prose=_prose, intro=_intro, code=_code,
        yaml=_yaml, meta=meta_text, heading=_heading, capital=lambda text: text[:1].upper() + text[1:],
    )
    made.globals.update(
        filters=filters, bar=functools.partial(charts.bar, words=words), chip=chip, words=words, arrow="←" if words.rtl else "→",
        anchor=functools.partial(_anchor, words), update_query=update_query,
    )  # fmt: skip
    return made


@functools.lru_cache(maxsize=8)
def _environment(words: Words) -> jinja2.Environment:
    return environment(words)


@functools.lru_cache(maxsize=256)
def _template(words: Words, name: str) -> jinja2.Template:
    made = _environment(words).get_template(name)
    made.globals = dict(made.globals)  # copied for every page, and Jinja's chain of dicts is slow to copy
    return made


@functools.lru_cache(maxsize=8)
def _pictures(view: View) -> Pictures:
    return Pictures(view)


class _Loader(jinja2.FileSystemLoader):
    """Reads templates; a line `## Words` of a template is a heading of the page.

    Only lines that stand in a template itself: what a record says can't become one. Words
    without an expression in them are translated, and their English anchor stays.
    """

    def get_source(self, environment, template):
        source, name, uptodate = super().get_source(environment, template)
        return _HEADING.sub(self._heading, source), name, uptodate

    @staticmethod
    def _heading(match: re.Match) -> str:
        level, words = len(match[1]), match[2].strip()
        if "{{" in words:
            return heading(level, words)
        text = json.dumps(words, ensure_ascii=False)
        return f"{{{{ anchor({text}) }}}}{heading(level, f'{{{{ _({text}) | heading }}}}')}"


def render(template: str, page: str, view: View, **context: Any) -> str:
    """The Markdown of the page at path ``page``."""
    cells = view.cells(page.count("/"))
    text = _template(view.words, template).render(
        page=page, view=view, cells=cells, to=cells.to, link=cells.link, a=cells.a, pictures=_pictures(view), **context
    )
    if colours := textures.named(text):
        text = text.replace(BEGIN, BEGIN + textures.definitions(colours), 1)
    return text.rstrip() + "\n"


def meta_text(text: str) -> str:
    """A title for a page's metadata, which site generators insert without escaping.

    They strip tags, undo entities or do neither, so nothing is left that could be read as
    markup in any of these cases; the page's heading shows the title exactly.
    """
    if isinstance(text, Markup):
        text = text.unescape()
    text = " ".join(text.split()).replace("<", "‹").replace(">", "›")
    return text.replace("&", "&amp;").replace('"', "”").replace("\\", "＼")


def _heading(words: Markup) -> Markup:
    """A text of ours for a Markdown heading, as just that text."""
    return Markup(markdown.escaped(words.unescape()))  # noqa: S704 - escaped for Markdown and HTML


def _anchor(words: Words, english: str) -> Markup:
    """The place that links to a heading of an English page lead to, where it is called otherwise."""
    if anchor(words.t(english)) == anchor(english):
        return Markup("")
    return Markup('<span id="{}"></span>').format(anchor(english))


def _yaml(text: str) -> Markup:
    """A text as a quoted YAML scalar."""
    return Markup(json.dumps(text, ensure_ascii=False))  # noqa: S704 - not HTML


def _code(text: str) -> Markup:
    """One line of plain text, with words between backticks as code."""
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def _intro(text: str) -> Markup:
    return Markup(markdown.intro(text, prose_link))  # noqa: S704 - cleaned by an allow-list


def _prose(text: str) -> Markup:
    return Markup(markdown.rendered(text))  # noqa: S704 - cleaned by an allow-list
