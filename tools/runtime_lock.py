"""Writes the part of requirements.lock that the program itself needs, for `tracker init`.

`make lock` runs it. Nothing is resolved anew: names are followed from pyproject.toml through what is
installed, and their entries are copied.
"""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
MADE = ROOT / "tracker/starting/lock.txt"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_EXTRAS = re.compile(r"\[([^\]]*)\]")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> set[str]:
    """Normal names of everything that the program needs, on any system."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        waiting = list(tomllib.load(file)["project"]["dependencies"])
    found: set[str] = set()
    while waiting:
        requirement = waiting.pop().partition(";")[0]
        name = normal(_NAME.match(requirement)[0])
        extras = {e.strip() for m in _EXTRAS.findall(requirement) for e in m.split(",")}
        key = f"{name}[{','.join(sorted(extras))}]" if extras else name
        if key in found:
            continue
        found |= {name, key}
        try:
            further = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # of another system
            continue
        for one in further:
            said = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", one)
            if said is None or said[1] in extras:
                waiting.append(one)
    return {name for name in found if "[" not in name}


def text() -> str:
    """The entries of the lock for these names, as they stand there."""
    wanted = needed()
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", LOCK.read_text(encoding="utf-8"))
    return "".join(e for e in entries if e[:1].isalnum() and normal(_NAME.match(e)[0]) in wanted)


if __name__ == "__main__":
    MADE.write_text(text(), encoding="utf-8")
