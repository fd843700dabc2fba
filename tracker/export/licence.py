"""The licence of the data, as its SPDX name in `tracker.yml` says it."""

from __future__ import annotations

from typing import NamedTuple

_KNOWN = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0 International",
                  "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution-ShareAlike 4.0 International",
                     "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("Creative Commons Zero v1.0 Universal",
                "https://creativecommons.org/publicdomain/zero/1.0/"),
    "ODbL-1.0": ("Open Data Commons Open Database License v1.0",
                 "https://opendatacommons.org/licenses/odbl/1-0/"),
}  # fmt: skip


class Licence(NamedTuple):
    name: str  # SPDX
    title: str
    url: str


def licence(name: str) -> Licence:
    """The licence with an SPDX name; the SPDX page stands in for one that is not known here."""
    return Licence(name, *_KNOWN.get(name, (name, f"https://spdx.org/licenses/{name}.html")))
