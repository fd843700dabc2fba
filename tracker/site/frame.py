"""The frame of every tracker's site: theme, its words and policy, extensions, menu. Its one home.

A tracker's own `mkdocs.yml` says only what differs. `tracker build` merges both into the generators'
configuration; the MkDocs plugin lays the frame under what MkDocs has read. So a new version of the
program brings its frame with it, and no tracker keeps a copy that grows old. The theme's templates
run inside a generator, which knows neither the tracker nor its catalogues: what they need goes into
the configuration too, as `extra.frame`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from tracker.config import Config
from tracker.errors import TrackerError
from tracker.site.policy import policy

ASSETS = Path(__file__).parent / "assets"
THEME = Path(__file__).parent / "theme"

# The menu: pages that are made for every tracker. Records are not in it: with every page in the menu
# a build is quadratic. A group's pages are listed below its name.
_MENU: list[tuple[str, str | list[tuple[str, str]]]] = [
    ("Home", "index.md"),
    ("Recommendations", "recommendations/index.md"),
    ("Actors", "actors/index.md"),
    ("Themes", "themes/index.md"),
    ("Documents", "sources/index.md"),
    ("What moved", [
        ("What moved", "changes.md"),
        ("Asked again", "lineage.md"),
        ("Silence and overdue", "silence.md"),
        ("Events", "events/index.md"),
    ]),
    ("Registers", "registers.md"),
    ("Data", "data.md"),
]  # fmt: skip
_ABOUT = "About"
_ABOUT_PAGES = [("Method", "method.md"), ("Contribute", "contribute.md"), ("Rules", "rules/index.md")]
_ADDED = ("extra_css", "extra_javascript", "markdown_extensions", "plugins")


def frame(config: Config) -> dict[str, Any]:
    """What a site's configuration says where its `mkdocs.yml` says nothing (keys as there)."""
    return {
        "site_name": config.name,
        "site_description": config.description,
        **({"site_url": config.site_url} if config.site_url else {}),
        "site_dir": "build/site",
        "use_directory_urls": False,  # the links of our pages end in .html
        "strict": True,
        "theme": {"name": "tracker"},
        "extra": {"frame": _told(config)},
        "extra_css": [],
        "extra_javascript": [],
        "plugins": [],
        "markdown_extensions": ["tracker.site.finished", {"toc": {"permalink": True}}],
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {"not_found": "ignore", "unrecognized_links": "ignore", "anchors": "ignore"},
        },
        "nav": menu([]),
    }


def menu(own: list) -> list:
    """The menu with a tracker's own pages, which stand under *About*.

    A list that has the home page in it is a whole menu, and taken as it is.
    """
    if any(isinstance(item, dict) and "index.md" in item.values() for item in own):
        return own
    first, *rest = ({name: page} for name, page in _ABOUT_PAGES)
    return [*_items(_MENU), {_ABOUT: [first, *rest[:1], *own, *rest[1:]]}]


def _items(entries: list) -> list[dict[str, Any]]:
    return [{name: _items(page) if isinstance(page, list) else page} for name, page in entries]


def merged(theirs: dict[str, Any], config: Config) -> dict[str, Any]:
    """The whole configuration: the frame, and what a tracker's `mkdocs.yml` says otherwise.

    A value replaces the frame's, a set of keys is merged, style sheets, scripts, extensions and plugins are
    added, and the menu is as `menu` says.
    """
    ours = frame(config)
    theirs = {**theirs, "theme": _theme(theirs.get("theme") or {})}
    whole = _laid_over(ours, theirs)
    for key in _ADDED:
        whole[key] = _added(ours[key], theirs.get(key) or [])
    # The generators' own search, which older files name; ours needs none of its files.
    whole["plugins"] = [plugin for plugin in whole["plugins"] if _name(plugin) != "search"]
    whole["nav"] = menu(theirs.get("nav") or [])
    return whole


def _laid_over(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    whole = dict(ours)
    for key, value in theirs.items():
        if isinstance(value, dict) and isinstance(whole.get(key), dict):
            value = _laid_over(whole[key], value)
        whole[key] = value
    return whole


def _added(ours: list, theirs: list) -> list:
    """Theirs behind ours; of two with one name theirs counts, in the place of ours."""
    both = {_name(item): item for item in ours}
    both |= {_name(item): item for item in theirs}
    return list(both.values())


def _name(item: Any) -> str:
    return str(item.get("path") or next(iter(item))) if isinstance(item, dict) else str(item)


def _theme(theirs: Any) -> dict[str, Any]:
    """What a `mkdocs.yml` says of the theme: nothing but a folder with templates of its own.

    Older files name Material, which was the frame before; it is no mistake, and does nothing.
    """
    said = {"name": theirs} if isinstance(theirs, str) else theirs
    if not isinstance(said, dict):
        raise TrackerError("“theme” in mkdocs.yml is not a set of “key: value” lines", "Remove it.")
    if said.get("name") not in (None, "tracker", "material"):
        raise TrackerError(
            f"mkdocs.yml names the theme “{said['name']}”, but the pages are made for the tracker's own",
            "Remove “theme” from mkdocs.yml. Templates of yours can go into theme: {custom_dir: FOLDER}.",
        )
    return {"custom_dir": said["custom_dir"]} if said.get("custom_dir") else {}


def _told(config: Config) -> dict[str, Any]:
    """What the theme's templates have to know, as plain data."""
    return {
        "language": config.language,
        "language_name": config.language,
        "direction": "ltr",
        "languages": [],
        "policy": policy(config),
        "policy_search": policy(config, searching=True),
        "version": _version(),
        "words": {
            "skip": "Skip to the content",
            "search": "Search",
            "menu": "Menu",
            "language": "Language",
            "dark": "Switch to dark mode",
            "light": "Switch to light mode",
            "toc": "On this page",
            "top": "Back to top",
            "home": "To the start page",
            "not_found": "There is no such page",
        },
    }


def _version() -> str:
    """Changes with every change of a style sheet, a script or a template of the frame."""
    digest = hashlib.blake2b(digest_size=5)
    for folder in (ASSETS, THEME):
        for file in sorted(folder.iterdir()):
            if file.is_file():
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
