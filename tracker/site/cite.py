"""How a page is cited: as text, as BibTeX and as RIS, with the day that it speaks of.

The site is made anew as records change, so a citation says which state was read: the day
and the commit. With both, and the id of the record, the page can be made again from the
repository, whatever stands at its address by then.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from tracker.i18n.words import Words
from tracker.site.edition import Edition
from tracker.site.links import relative

# What BibTeX would read as a command. Braces and backslashes are rare, and look-alikes do.
_BIBTEX = str.maketrans({
    "\\": "/", "{": "(", "}": ")", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\~{}", "^": r"\^{}",
})  # fmt: skip


class Cited(NamedTuple):
    """The three forms of a citation. ``url`` is "" where the site does not know its address."""

    text: str
    bibtex: str
    ris: str
    url: str


def cite(
    words: Words, tracker: str, site_url: str, edition: Edition, page: str, title: str
) -> Cited:
    """The citation of the page at path ``page`` (a .md path), with its ``title``."""
    url = address(site_url, page)
    name = page.removesuffix(".md").removesuffix("/index") or "index"
    commit = edition.commit.hexsha if edition.commit else ""
    state = words.t("data as of {date}", date=words.date(edition.as_of))
    if edition.commit:
        state += words.t(", ") + words.t("commit {commit}", commit=edition.commit.short)
    text = words.t(
        "{tracker}: “{title}”. {state}. {where}",
        tracker=tracker, title=title, state=f"{state[:1].upper()}{state[1:]}", where=url or words.t("Page {page}", page=name),
    )  # fmt: skip
    year, month, day = edition.as_of.split("-")
    return Cited(_line(text), _bibtex(tracker, title, name, url, state, commit, year, month),
                 _ris(tracker, title, name, url, state, f"{year}/{month}/{day}"), url)  # fmt: skip


def address(site_url: str, page: str) -> str:
    """Where a page (a .md path) lies; "" where the site does not know its address."""
    return f"{site_url.rstrip('/')}/{relative(page, 'x.md')}" if site_url else ""


def _bibtex(
    tracker: str, title: str, name: str, url: str, state: str, commit: str, year: str, month: str
) -> str:  # fmt: skip
    key = re.sub(r"[^a-z0-9-]+", "-", f"{name}-{year}{month}".lower()).strip("-")
    fields = {
        "author": "{" + _escaped(tracker) + "}", "title": "{" + _escaped(title) + "}", "year": year, "month": month,
        "note": _escaped(state), **({"version": commit} if commit else {}), **({"url": url} if url else {}),
    }  # fmt: skip
    inside = ",\n".join(f"  {field} = {{{value}}}" for field, value in fields.items())
    return f"@misc{{{key},\n{inside}\n}}"


def _ris(tracker: str, title: str, name: str, url: str, state: str, day: str) -> str:
    lines = [("TY", "ELEC"), ("AU", tracker + ","), ("TI", title), ("T2", tracker), ("PY", day[:4]), ("DA", day),
             ("ID", name), ("N1", state), *([("UR", url)] if url else []), ("ER", "")]  # fmt: skip
    return "\n".join(f"{tag}  - {_line(value)}" for tag, value in lines)


@functools.lru_cache(64)  # a title is said twice, the tracker and its state on every page
def _escaped(text: str) -> str:
    return _line(text).translate(_BIBTEX)


def _line(text: str) -> str:
    return " ".join(text.split())
