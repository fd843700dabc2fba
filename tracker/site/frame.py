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
from tracker.i18n import N_
from tracker.i18n.words import Words
from tracker.site import material
from tracker.site.policy import policy
from tracker.site.tongues import Tongue

HERE = Path(__file__).parent

# The menu: pages that are made for every tracker. Records are not in it: with every page in the menu
# a build is quadratic. A group's pages are listed below its name.
_MENU: list[tuple[str, str | list[tuple[str, str]]]] = [
    (N_("Home"), "index.md"),
    (N_("Recommendations"), "recommendations/index.md"),
    (N_("Actors"), "actors/index.md"),
    (N_("Themes"), "themes/index.md"),
    (N_("Documents"), "sources/index.md"),
    (N_("What moved"), [
        (N_("What moved"), "changes.md"),
        (N_("Asked again"), "lineage.md"),
        (N_("Who was asked for what"), "matrix.md"),
        (N_("Silence and overdue"), "silence.md"),
        (N_("Events"), "events/index.md"),
    ]),
    (N_("Registers"), "registers.md"),
    (N_("Reports"), "reports.md"),
    (N_("Data"), "data.md"),
]  # fmt: skip
_ABOUT = N_("About")
_ABOUT_PAGES = [(N_("Method"), "method.md"), (N_("Contribute"), "contribute.md"), (N_("Propose an update"), "propose/index.md"),
                (N_("Rules"), "rules/index.md")]
_ADDED = ("extra_css", "extra_javascript", "markdown_extensions", "plugins")


def frame(config: Config, tongue: Tongue | None = None) -> dict[str, Any]:
    """What a site's configuration says where its `mkdocs.yml` says nothing (keys as there).

    ``tongue`` is the language of the pages; by default the tracker's first, alone.
    """
    tongue = tongue or Tongue(config.language, (config.language,), config.site_url)
    words = tongue.words
    return {
        "site_name": words.term(config.name, "tracker"),
        "site_description": words.term(config.description, "tracker"),
        **({"site_url": f"{config.site_url.rstrip('/')}/{tongue.folder}"} if config.site_url else {}),
        "site_dir": "build/site",
        "use_directory_urls": False,  # the links of our pages end in .html
        "strict": True,
        "theme": {"name": "tracker"},
        "extra": {"frame": _told(config, tongue)},
        "extra_css": [],
        "extra_javascript": [],
        "plugins": [],
        "markdown_extensions": ["tracker.site.finished", {"toc": {"permalink": True, "permalink_title": words.t("Permanent link")}}],
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {"not_found": "ignore", "unrecognized_links": "ignore", "anchors": "ignore"},
        },
        "nav": menu([], words),
    }


def menu(own: list, words: Words) -> list:
    """The menu with a tracker's own pages, which stand under *About*.

    A list that has the home page in it is a whole menu, and taken as it is.
    """
    own = _named(own, words)
    if any(isinstance(item, dict) and "index.md" in item.values() for item in own):
        return own
    first, *rest = _items(_ABOUT_PAGES, words)
    return [*_items(_MENU, words), {words.t(_ABOUT): [first, *rest[:1], *own, *rest[1:]]}]


def _items(entries: list, words: Words) -> list[dict[str, Any]]:
    # Most are names of collections, which one English word for something else must not replace.
    return [
        {words.term(name, "collection"): _items(page, words) if isinstance(page, list) else page}
        for name, page in entries
    ]


def _named(own: list, words: Words) -> list:
    """A tracker's own menu, in the words of its own catalogue where that has them."""
    return [
        {words.term(str(name), "tracker"): _named(page, words) if isinstance(page, list) else page
         for name, page in item.items()}
        if isinstance(item, dict) else item
        for item in own
    ]  # fmt: skip


def merged(theirs: dict[str, Any], config: Config, tongue: Tongue | None = None) -> dict[str, Any]:
    """The whole configuration: the frame, and what a tracker's `mkdocs.yml` says otherwise.

    It may choose Material as its theme, and then say of it what Material knows. A value replaces the frame's, a set of keys is merged, style sheets, scripts, extensions and plugins are
    added, and the menu is as `menu` says.
    """
    tongue = tongue or Tongue(config.language, (config.language,), config.site_url)
    ours = frame(config, tongue)
    theirs = {**theirs, "theme": _theme(theirs.get("theme") or {})}
    if theirs["theme"].get("name") == "material":
        ours = ours | {"theme": material.settings(tongue), "extra": material.EXTRA | ours["extra"]}
    whole = _laid_over(ours, theirs)
    for key in _ADDED:
        whole[key] = _added(ours[key], theirs.get(key) or [])
    # The generators' own search, which older files name; ours needs none of its files.
    whole["plugins"] = [plugin for plugin in whole["plugins"] if _name(plugin) != "search"]
    if whole["theme"]["name"] == "material":
        whole["plugins"].append(material.NO_SEARCH)
    for key in ("site_name", "site_description", "copyright"):
        if whole.get(key):
            whole[key] = tongue.words.term(str(whole[key]), "tracker")
    if tongue.up:  # these lie at the site's root
        whole["extra_css"] = [f"{tongue.up}{path}" for path in whole["extra_css"]]
        whole["extra_javascript"] = [_lifted(script, tongue.up) for script in whole["extra_javascript"]]
    whole["nav"] = menu(theirs.get("nav") or [], tongue.words)
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


def _lifted(script: Any, up: str) -> Any:
    return {**script, "path": f"{up}{script['path']}"} if isinstance(script, dict) else f"{up}{script}"


def _theme(theirs: Any) -> dict[str, Any]:
    """What a `mkdocs.yml` says of the theme: Material with its settings, or a folder of templates for ours."""
    said = {"name": theirs} if isinstance(theirs, str) else theirs
    if not isinstance(said, dict):
        raise TrackerError(
            "“theme” in mkdocs.yml is not a set of “key: value” lines", "Remove it, or write: theme: material"
        )
    if said.get("name") == "material":
        return said
    if said.get("name") not in (None, "tracker"):
        raise TrackerError(
            f"mkdocs.yml names the theme “{said['name']}”, but the pages are made for two: the tracker's own and Material",
            "Remove “theme” from mkdocs.yml, or write: theme: material. Templates of yours can go into theme: {custom_dir: FOLDER}.",
        )
    return {"custom_dir": said["custom_dir"]} if said.get("custom_dir") else {}


def _told(config: Config, tongue: Tongue) -> dict[str, Any]:
    """What the theme's templates have to know, as plain data."""
    words = tongue.words
    return {
        "language": tongue.code,
        "language_name": tongue.name,
        "direction": tongue.direction,
        "languages": [other._asdict() for other in tongue.others] if len(tongue.built) > 1 else [],
        "up": tongue.up,
        "policy": policy(config),
        "policy_search": policy(config, searching=True),
        "version": _version(),
        "words": {
            "skip": words.t("Skip to the content"),
            "search": words.t("Search"),
            "menu": words.t("Menu"),
            "close": words.t("Close"),
            "language": words.t("Language"),
            "dark": words.t("Switch to dark mode"),
            "light": words.t("Switch to light mode"),
            "toc": words.t("On this page"),
            "top": words.t("Back to top"),
            "home": words.t("To the start page"),
            "not_found": words.t("There is no such page"),
        },
    }


def _version() -> str:
    """Changes with every change of a style sheet, a script or a template of the frame."""
    digest = hashlib.blake2b(digest_size=5)
    for pattern in ("*.css", "assets/*", "theme/**/*", "material/**/*"):
        for file in sorted(HERE.glob(pattern)):
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
