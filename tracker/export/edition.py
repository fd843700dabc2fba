"""Which state of the data is published, by whom, under which licence, at which address.

Everything that a format says about the data as a whole comes from here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.config import Config
from tracker.errors import TrackerError
from tracker.export.licence import Licence, licence
from tracker.export.text import cleaned, one_line
from tracker.git import Commit

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


class Edition(NamedTuple):
    """``as_of`` and ``stamp`` are days as YYYY-MM-DD; ``stamp``, when the data was last
    changed, is the day of the commit, or ``as_of`` outside git: never that of the clock.
    ``url`` is the site's address with a slash at its end, or empty."""

    name: str
    description: str
    as_of: str
    stamp: str
    commit: str
    changed: bool
    url: str
    repository: str
    language: str
    licence: Licence

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-") or "tracker"

    @property
    def authors(self) -> str:
        return f"The editors of the {one_line(self.name)}"

    @property
    def version(self) -> str:
        """The day that the data speaks of, and the commit that says so, were it not changed since."""
        changed = ".changed" if self.changed else ""
        return f"{self.as_of}+{self.commit[:9]}{changed}" if self.commit else self.as_of

    @property
    def citation(self) -> str:
        """How to cite the data, in one line."""
        where = f" {self.url}" if self.url else ""
        commit = f", commit {self.commit[:9]}" if self.commit else ""
        commit += " with changes that are not committed" if self.changed else ""
        return (
            f"{self.authors}: {one_line(self.name)}. Data as of {self.as_of}{commit}. "
            f"Licence: {self.licence.name}.{where}"
        )


def edition(config: Config, as_of: str, commit: Commit | None) -> Edition:
    if not _SPDX.fullmatch(config.licence):
        raise TrackerError(
            f"“{config.licence}” in tracker.yml is not the name of a licence",
            "Write its SPDX identifier, for example: licence: CC-BY-4.0",
        )
    url = config.site_url.strip()
    return Edition(
        name=one_line(config.name), description=cleaned(config.description), as_of=as_of,
        stamp=commit.date if commit else as_of, commit=commit.hexsha if commit else "",
        changed=bool(commit and commit.dirty),
        url=f"{url.rstrip('/')}/" if url.startswith(("https://", "http://")) else "",
        repository=config.forge.url if config.forge else "", language=config.language,
        licence=licence(config.licence),
    )  # fmt: skip
