"""The languages of a site: where the pages of each lie, and what it is called.

The default language's pages are at the root of the site, those of any other below a folder
of its name, under the same names. So a page's counterpart is one prefix away, in any folder
of any server and on a disk. What no language changes (assets, open data, feeds) is there
once, at the root.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from tracker.config import Config
from tracker.i18n import catalogue
from tracker.i18n.direction import direction
from tracker.i18n.words import Words


class Other(NamedTuple):
    """A language as a page of some language refers to it; ``path`` leads from that one's root to its own."""

    code: str
    name: str
    path: str
    address: str  # of its root; empty where the site has none


class Tongue(msgspec.Struct, frozen=True, dict=True):
    """One language of a site. ``built`` are all languages that the site has, the default first."""

    code: str
    built: tuple[str, ...]
    site_url: str = ""
    root: Path | None = None  # the tracker's folder, for words of its own

    @cached_property
    def words(self) -> Words:
        return Words(self.code, self.root)

    @property
    def direction(self) -> str:
        return direction(self.code)

    @property
    def is_default(self) -> bool:
        return self.code == self.built[0]

    @property
    def folder(self) -> str:
        """Where its pages lie below the site: “fr/”, or empty."""
        return self._folder(self.code)

    @property
    def up(self) -> str:
        """What leads from its pages' root to the site's: “../”, or empty."""
        return "" if self.is_default else "../"

    @property
    def name(self) -> str:
        return own_name(self.code)

    @property
    def others(self) -> list[Other]:
        """Every language of the site, this one included."""
        base = self.site_url.rstrip("/")
        return [
            Other(code, own_name(code), self.up + self._folder(code), f"{base}/{self._folder(code)}" if base else "")
            for code in self.built
        ]

    def _folder(self, code: str) -> str:
        return "" if code == self.built[0] else f"{code}/"


def tongues(config: Config, root: Path, built: Iterable[str]) -> list[Tongue]:
    """The languages of a tracker's site that are built, the default one first."""
    codes = tuple(built)
    return [Tongue(code, codes, config.site_url, root) for code in codes]


def own_name(code: str) -> str:
    """What a language is called by those who speak it, with a capital where it has such."""
    found = catalogue.locale(code)
    name = found.languages.get(code.replace("-", "_")) or found.get_display_name() or code
    return name[:1].upper() + name[1:]
