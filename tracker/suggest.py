"""“Did you mean ...?”, the same everywhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def near(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Known words close to ``word``, best first."""
    known = list(known)
    found = difflib.get_close_matches(word.lower(), known, n=most, cutoff=0.6)
    if found:  # a clear winner is not buried among words that are merely possible
        alike = [difflib.SequenceMatcher(None, f, word.lower()).ratio() for f in found]
        found = [f for f, ratio in zip(found, alike, strict=True) if ratio >= alike[0] - 0.1]
    if not found and len(word) >= 3:
        found = [k for k in known if word.lower() in k.split("-")][:most]
    return found


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names near words, or ``otherwise`` where none is near."""
    found = near(word, known)
    if not found:
        return otherwise
    return "Did you mean " + " or ".join(f"“{f}”" for f in found) + "?"


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)
