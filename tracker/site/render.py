"""Templates to page texts. Everything that comes from a record is escaped by default."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from tracker import dates, markdown
from tracker.site import charts
from tracker.site.cells import chip
from tracker.site.finished import heading
from tracker.site.forms import update_query
from tracker.site.links import prose_link
from tracker.site.view import View

_HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
_BACKTICKS = re.compile(r"`([^`]+)`")
_TEMPLATES = Path(__file__).parent / "templates"


@functools.cache
def environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=_Loader(_TEMPLATES),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, auto_reload=False,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    made.filters.update(
        written=dates.written, number=lambda value: f"{value:,}", prose=_prose, intro=_intro, code=_code, yaml=_yaml,
        meta=meta_text,
    )
    made.globals.update(bar=charts.bar, chip=chip, update_query=update_query)
    return made


class _Loader(jinja2.FileSystemLoader):
    """Reads templates; a line `## Words` of a template is a heading of the page.

    Only lines that stand in a template itself: what a record says can't become one.
    """

    def get_source(self, environment, template):
        source, name, uptodate = super().get_source(environment, template)
        return _HEADING.sub(lambda m: heading(len(m[1]), m[2]), source), name, uptodate


def render(template: str, page: str, view: View, **context: Any) -> str:
    """The Markdown of the page at path ``page``."""
    cells = view.cells(page.count("/"))
    text = environment().get_template(template).render(
        page=page, view=view, cells=cells, to=cells.to, link=cells.link, a=cells.a, **context
    )
    return text.rstrip() + "\n"


def meta_text(text: str) -> str:
    """A title for a page's metadata, which site generators insert without escaping.

    They strip tags, undo entities or do neither, so nothing is left that could be read as
    markup in any of these cases; the page's heading shows the title exactly.
    """
    text = " ".join(text.split()).replace("<", "‹").replace(">", "›")
    return text.replace("&", "&amp;").replace('"', "”").replace("\\", "＼")


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
