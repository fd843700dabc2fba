"""Contributed Markdown to HTML that is safe to publish.

Rendered by cmark, which follows CommonMark, then cleaned by an allow-list (nh3): what is
not on the list is gone, whoever wrote it. Headings come out separately, so that a page
can put them where the site generator finds them for its table of contents.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import cmarkgfm
import nh3

from tracker import safety

TAGS = {
    "p", "br", "em", "strong", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr",
    "a", "table", "thead", "tbody", "tr", "th", "td",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "*": set(), "a": {"href"}, "th": {"align"}, "td": {"align"}, "ol": {"start"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)
_PAGE_CLEANER = nh3.Cleaner(
    tags=TAGS | {"img"},
    attributes={
        "*": set(), "a": {"href"}, "th": {"align"}, "td": {"align"}, "ol": {"start"},
        "img": {"src", "alt"},
    },
    url_schemes={"http", "https", "mailto"},
    url_relative="pass_through",
    link_rel=None,
    # A picture from elsewhere would tell its host who reads the page.
    attribute_filter=lambda tag, name, value: (
        None if (tag, name) == ("img", "src") and not safety.inside(value) else value
    ),
)  # fmt: skip
# Whatever could mean anything to a parser: anywhere, or at the ends of a line.
_MARKUP = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\ufeff\"#$&*+:<=>@\[\\\]^_`{|}~]")
_EDGES = re.compile(r"\n[ \d-]")
_BETWEEN = re.compile(r"\n{2,}")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>\n?", re.DOTALL)
_NO_PICTURE = re.compile(r"<img(?![^>]* src=\"[^\"])[^>]*>")
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_ADDRESS = re.compile(r'(<(?:a href|img (?:alt="[^"]*" )?src)=")([^"]*)(")')


def rendered(text: str) -> str:
    """The HTML of a record's body: headings become bold lines, pictures are left out."""
    if not text:
        return ""
    if _is_plain(text):  # as most bodies are: the same, in a tenth of the time
        return "".join(f"<p>{paragraph}</p>\n" for paragraph in _BETWEEN.split(text.strip("\n")) if paragraph)
    return parsed(text)


def _is_plain(text: str) -> bool:
    """Whether a text is paragraphs and nothing else; False where it is not sure."""
    return not (_MARKUP.search(text) or _EDGES.search(f"\n{text}") or " \n" in f"{text}\n" or "www" in text.lower())


def parsed(text: str) -> str:
    """What `rendered` gives for any text; it knows a shorter way for the plainest."""
    made = _scrolling(_CLEANER.clean(cmarkgfm.github_flavored_markdown_to_html(text)))
    return _HEADING.sub(lambda m: f"<p><strong>{m[2]}</strong></p>\n", made)


def intro(text: str, address: Callable[[str], str]) -> str:
    """The HTML of a few lines at the top of a page, with links inside the site."""
    made = _with_addresses(text, address)
    return _HEADING.sub(lambda m: f"<p><strong>{m[2]}</strong></p>\n", made)


def page(
    text: str, address: Callable[[str], str], heading: Callable[[int, str], str], marks: str = ""
) -> str:
    """A page of prose: finished HTML, and headings made by ``heading(level, words)``.

    The words of a heading are escaped for Markdown. ``address`` turns each link's target
    into the one that the site uses. ``marks`` are attributes for what stands between headings.
    """
    made = _with_addresses(text, address)
    out: list[str] = []
    at = 0
    for match in _HEADING.finditer(made):
        out.append(_block(made[at : match.start()], marks))
        words = html.unescape(_TAG.sub("", match[2])).strip()
        out.append(heading(int(match[1]), escaped(words)))
        at = match.end()
    out.append(_block(made[at:], marks))
    return "\n".join(part for part in out if part)


def _with_addresses(text: str, address: Callable[[str], str]) -> str:
    made = _PAGE_CLEANER.clean(cmarkgfm.github_flavored_markdown_to_html(text))
    made = _scrolling(_NO_PICTURE.sub("", made))
    return _ADDRESS.sub(lambda m: m[1] + html.escape(address(html.unescape(m[2]))) + m[3], made)


def _scrolling(made: str) -> str:
    """Puts each table in a box that scrolls when the table is too wide, by the keyboard too.

    The box is named after the heads of its table, for who hears the page.
    """

    def boxed(match: re.Match) -> str:
        heads = (html.unescape(_TAG.sub("", head)).strip() for head in _HEAD.findall(match[0]))
        name = ", ".join(head for head in heads if head)
        label = f' aria-label="{html.escape(name)}"' if name else ""
        return f'<div class="rt-scroll" role="group" tabindex="0"{label}>{match[0]}</div>'

    return _TABLE.sub(boxed, made)


def _block(made: str, marks: str) -> str:
    return f'<div class="rt-prose"{marks}>\n{made.strip()}\n</div>\n' if made.strip() else ""


_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!])")


def escaped(text: str) -> str:
    """A text as Markdown that renders as just that text."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
