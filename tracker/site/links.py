"""Addresses of pages: where each record's page lies, and how to get there from another.

Addresses end in .html and links are relative, so that the site works from a web server
in any folder and from a disk alike.
"""

from __future__ import annotations

import posixpath


def page_of(collection: str, name: str) -> str:
    """The Markdown path of a record's page below the pages folder."""
    return f"{collection}/{name}.md"


def relative(target: str, page: str) -> str:
    """The address of the page ``target`` (a .md path) as a link on the page ``page``."""
    return "../" * page.count("/") + _as_html(target)


def prose_link(target: str, page: str = "", up: str = "") -> str:
    """A link in a page of prose: Markdown files lead to their pages.

    ``up`` leads from the root of the page's language to the site's root, where all other
    files are; ``page`` is the path of the page.
    """
    if "://" in target or target.startswith(("mailto:", "#")):
        return target
    if up and not target.partition("#")[0].endswith(".md"):
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        return up + "../" * page.count("/") + whole
    return _as_html(target)


def _as_html(target: str) -> str:
    path, mark, fragment = target.partition("#")
    return (path.removesuffix(".md") + ".html" if path.endswith(".md") else path) + mark + fragment
