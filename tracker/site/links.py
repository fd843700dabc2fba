"""Addresses of pages: where each record's page lies, and how to get there from another.

Addresses end in .html and links are relative, so that the site works from a web server
in any folder and from a disk alike.
"""

from __future__ import annotations

import posixpath

SECTIONS = ("recommendations", "actors", "themes", "sources", "events")


def page_of(collection: str, name: str) -> str:
    """The Markdown path of a record's page below the pages folder."""
    return f"{collection}/{name}.md"


def relative(target: str, page: str) -> str:
    """The address of the page ``target`` (a .md path) as a link on the page ``page``."""
    path, hash_mark, fragment = target.partition("#")
    if path.endswith(".md"):
        path = path.removesuffix(".md") + ".html"
    made = posixpath.relpath(path, posixpath.dirname(page) or ".")
    return made + hash_mark + fragment


def prose_link(target: str, page: str) -> str:
    """A link in a page of prose: Markdown files lead to their pages."""
    if "://" in target or target.startswith(("mailto:", "#")):
        return target
    path, hash_mark, fragment = target.partition("#")
    if path.endswith(".md"):
        path = path.removesuffix(".md") + ".html"
    return path + hash_mark + fragment
