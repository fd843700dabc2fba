"""What the theme has to be told: its words, the languages, the policy, and which assets hold.

The theme's templates run inside a site generator, which knows neither the tracker nor its
catalogues. So what they need goes into the generator's configuration, as `extra.frame`, from
here: for a build by `engine`, for `mkdocs serve` by `plugin`.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from tracker.config import Config
from tracker.site.policy import policy

ASSETS = Path(__file__).parent / "assets"
THEME = Path(__file__).parent / "theme"


def frame(config: Config, *, offline: bool = False) -> dict:
    """`extra.frame` of a generator's configuration: plain data, as YAML can hold it."""
    return {
        "language": config.language,
        "language_name": config.language,
        "direction": "ltr",
        "languages": [],
        "policy": policy(config, offline=offline),
        "policy_search": policy(config, searching=True, offline=offline),
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
