"""Whether every link inside a built site leads somewhere: to a file, and to the place in it that is named.

Looked at in what was built, not in what it was built from: whatever made a link, a reader would follow it.
Links to other sites are left alone; nothing here asks anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r"<(?:a|link|script|img|source|iframe)\b[^>]*?\s(?:href|src)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_ID = re.compile(r"\s(?:id|name)=(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
_LEFT_OUT = re.compile(r"<!--.*?-->|<(script|style|template)\b.*?</\1>", re.I | re.S)


class Broken(NamedTuple):
    """``page`` has a link to ``address``, and there is no such file or no such place in it."""

    page: str
    address: str


def broken(site: Path) -> Iterator[Broken]:
    """Links of the pages below ``site`` that lead nowhere, in the order of the pages."""
    places: dict[Path, set[str]] = {}
    known: dict[Path, bool] = {}
    for page in sorted(site.rglob("*.html")):
        if page.name == "404.html":  # it stands at any address, and so has links from the root
            continue
        text = page.read_text(encoding="utf-8")
        name = page.relative_to(site).as_posix()
        for address in dict.fromkeys(_found(_LINK, text)):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = page if not parts.path else (page.parent / unquote(parts.path)).resolve()
            if target.is_dir():
                target /= "index.html"
            if target not in known:
                known[target] = target.is_file()
            if not known[target]:
                yield Broken(name, address)
            elif parts.fragment and target.suffix == ".html":
                if target not in places:
                    places[target] = set(_found(_ID, _LEFT_OUT.sub("", target.read_text(encoding="utf-8"))))
                if unquote(parts.fragment) not in places[target]:
                    yield Broken(name, address)


def _found(pattern: re.Pattern, text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        yield unescape(next(group for group in match.groups() if group is not None))
