"""What contributed text may contain: no HTML, and links to the web or to a mailbox only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

SCHEMES = ("http", "https", "mailto")

MARKUP = re.compile(r"<(?:[A-Za-z][^<>\s]*[\s/>]|/[A-Za-z]|!|\?)")
_MAYBE_HTML = re.compile(r"<(?!https?:|mailto:)[A-Za-z/!?]")
_MAYBE_LINK = re.compile(r"\]\(|\]:|<[a-zA-Z][a-zA-Z0-9+.-]*:")
_HREF = re.compile(r'\b(href|src)="([^"]*)"')
CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
OMITTED = "<!-- raw HTML omitted -->"


def markup(text: str) -> int | None:
    """Offset of the first HTML tag in a plain text, or None."""
    if "<" not in text:
        return None
    match = MARKUP.search(text)
    return match.start() if match else None


def html_in_markdown(text: str) -> int | None:
    """Offset of the first raw HTML in a Markdown text, code excepted, or None."""
    if "<" not in text or not (match := _MAYBE_HTML.search(_without_code(text))):
        return None
    import cmarkgfm

    return match.start() if OMITTED in cmarkgfm.github_flavored_markdown_to_html(text) else None


def unsafe_links(text: str) -> Iterator[tuple[int, str]]:
    """(offset, address) of each link that may not stand in a record; no pictures at all."""
    for offset, attribute, address in links(text):
        if attribute == "src" or not allowed_url(address):
            yield offset, address


def links(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, "href" or "src", address) of every link and picture, code excepted."""
    # Looking for a sign alone is many times faster than the expression, and most texts have none.
    if ("](" not in text and "]:" not in text and "<" not in text) or not _MAYBE_LINK.search(text):
        return
    import cmarkgfm
    from cmarkgfm.cmark import Options

    rendered = cmarkgfm.markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    bare = _without_code(text)
    for attribute, raw in _HREF.findall(rendered):
        address = html.unescape(raw)
        yield _place_of(address, bare), attribute, address


_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[\w./?=&%#~+,:;@!$()*-]*)?", re.A)


_CODE = re.compile(r"^(```|~~~).*?^\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE)


def _without_code(text: str) -> str:
    """The text with blanks in place of code, so that places stay the same."""
    return _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def _place_of(address: str, text: str) -> int:
    at = text.find(address)
    return at if at >= 0 else text.find("](") + 2 if "](" in text else 0


# Signs that turn or hide parts of an address, and backslashes, which browsers read as slashes.
HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\]")


def allowed_url(address: str) -> bool:
    """Whether an address may be linked: http, https or mailto, and nothing hidden in it."""
    if _PLAIN_URL.fullmatch(address):
        return True
    if CONTROLS.search(address) or HIDDEN.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme.lower() not in SCHEMES:
        return False
    return bool(parts.path) if parts.scheme.lower() == "mailto" else bool(parts.hostname)


def inside(address: str) -> bool:
    """Whether an address is a path inside the site (or a fragment of the page)."""
    if CONTROLS.search(address) or "\\" in address or address.startswith("/"):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc


def visible(text: str) -> str:
    """A text for a terminal: without signs that could move its cursor or turn its text."""
    return STEERING.sub("\ufffd", text)


def shortened(text: str, most: int = 60) -> str:
    """A text for a message: one line, without control characters."""
    text = CONTROLS.sub(" ", text)
    return text if len(text) <= most else text[: most - 1] + "…"


def excerpt(text: str, offset: int) -> str:
    return f"“{shortened(text[offset : offset + 200], 40)}”"
