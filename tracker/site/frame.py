"""The frame of every tracker's site: theme, colours, extensions, menu. Its one home.

A tracker's own `mkdocs.yml` says only what differs. `tracker build` merges both into the generators'
configuration; the MkDocs plugin lays the frame under what MkDocs has read. So a new version of the
program brings its frame with it, and no tracker keeps a copy that grows old.
"""

from __future__ import annotations

from typing import Any

from tracker.config import Config

# The menu: pages that are made for every tracker. Records are not in it: with every page in the menu
# a build is quadratic.
_MENU: list[tuple[str, str]] = [
    ("Home", "index.md"),
    ("Recommendations", "recommendations/index.md"),
    ("Actors", "actors/index.md"),
    ("Themes", "themes/index.md"),
    ("Documents", "sources/index.md"),
    ("Events", "events/index.md"),
    ("Asked again", "lineage.md"),
    ("What moved", "changes.md"),
    ("Silence and overdue", "silence.md"),
    ("Registers", "registers.md"),
    ("Data", "data.md"),
]
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
        "theme": {
            "name": "material",
            "font": False,  # no third party is asked for anything
            "language": config.language,
            "favicon": "assets/favicon.svg",
            "icon": {"logo": "material/clipboard-check-outline"},
            "features": ["navigation.tabs", "navigation.top", "search.highlight", "toc.follow"],
            "palette": [
                _scheme("light", "default", "material/weather-night", "Switch to dark mode"),
                _scheme("dark", "slate", "material/weather-sunny", "Switch to light mode"),
            ],
        },
        "extra": {"generator": False},
        "extra_css": ["assets/tracker.css"],
        "extra_javascript": [
            {"path": "assets/tracker.js", "defer": True},
            {"path": "assets/copy.js", "defer": True},
        ],
        "plugins": ["search"],
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
    return [*({name: page} for name, page in _MENU), {_ABOUT: [first, *rest[:1], *own, *rest[1:]]}]


def merged(theirs: dict[str, Any], config: Config) -> dict[str, Any]:
    """The whole configuration: the frame, and what a tracker's `mkdocs.yml` says otherwise.

    A value replaces the frame's, a set of keys is merged, style sheets, scripts, extensions and plugins are
    added, and the menu is as `menu` says.
    """
    ours = frame(config)
    whole = _laid_over(ours, theirs)
    for key in _ADDED:
        whole[key] = _added(ours[key], theirs.get(key) or [])
    whole["nav"] = menu(theirs.get("nav") or [])
    return whole


def _laid_over(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    whole = dict(ours)
    for key, value in theirs.items():
        if key == "theme" and isinstance(value, str):
            value = {"name": value}
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


def _scheme(media: str, scheme: str, icon: str, name: str) -> dict[str, Any]:
    return {
        "media": f"(prefers-color-scheme: {media})", "scheme": scheme, "primary": "custom",
        "accent": "custom", "toggle": {"icon": icon, "name": name},
    }  # fmt: skip
