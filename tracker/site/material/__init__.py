"""Material for MkDocs as the frame, for those who choose it: `theme: material` in mkdocs.yml.

Beside this lie the few templates that take the place of Material's own: its inline scripts become
one file (`assets/material.js`), so that the same strict policy holds; our search page and our
languages take their places in its header. What both frames have stands in `theme/parts` once.
A generator knows one folder of templates beside its theme's. `gathered` fills it, the tracker's own
templates on top; the MkDocs plugin needs no such copy (`folders`).
"""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Any

from tracker.errors import TrackerError
from tracker.i18n.words import Words
from tracker.site import theme
from tracker.site.tongues import Tongue

HERE = Path(__file__).parent
PARTS = Path(theme.__file__).parent / "parts"
# Its place in Material's header is ours; true, because a list would be links of Material's.
EXTRA = {"generator": False, "alternate": True}
NO_SEARCH = {"search": {"enabled": False}}  # said, because Zensical has one where nothing is said


def settings(tongue: Tongue) -> dict[str, Any]:
    """What stands under `theme` where a mkdocs.yml says only that it is Material."""
    words: Words = tongue.words
    return {
        "name": "material",
        "variant": "classic",  # Zensical's: the look that Material has
        "language": _known(tongue.code),
        "direction": tongue.direction,
        "font": False,  # they would be fetched from elsewhere
        "favicon": f"{tongue.up}assets/favicon.svg",
        "icon": {"logo": "material/clipboard-check-outline"},
        "features": ["navigation.tabs", "navigation.top", "toc.follow"],
        "palette": [
            _scheme("light", "default", "material/weather-night", words.t("Switch to dark mode")),
            _scheme("dark", "slate", "material/weather-sunny", words.t("Switch to light mode")),
        ],
    }


def _scheme(preferred: str, name: str, icon: str, other: str) -> dict[str, Any]:
    return {
        "media": f"(prefers-color-scheme: {preferred})", "scheme": name, "primary": "custom", "accent": "custom",
        "toggle": {"icon": icon, "name": other},
    }  # fmt: skip


def _known(code: str) -> str:
    """The language by the name that Material has for it; English where it has none."""
    found = importlib.util.find_spec("material")
    if not found or not found.origin:
        return code
    there = Path(found.origin).parent / "templates/partials/languages"
    return next((name for name in (code, code.partition("-")[0]) if (there / f"{name}.html").is_file()), "en")


def folders(dirs: list[str]) -> list[str]:
    """Where a MkDocs that reads ``dirs`` for templates finds ours: before Material's, behind the tracker's."""
    own = next((at for at, path in enumerate(dirs) if Path(path).parts[-2:] == ("material", "templates")), 0)
    return [*dirs[:own], str(HERE), *dirs[own:], str(PARTS.parent)]


def gathered(folder: Path, own: Path | None) -> str:
    """Fills ``folder/theme`` with our templates and the tracker's ``own`` over them; returns its name."""
    place = folder / "theme"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(HERE, place, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(PARTS, place / "parts")
    if own:
        try:
            shutil.copytree(own, place, dirs_exist_ok=True)
        except OSError as error:
            raise TrackerError(f"custom_dir in mkdocs.yml: the folder {own.name} can't be read: {error.strerror or error}") from None
    return place.name
