"""The words of the site and the report in the reader's language.

English is written in the code and is the key of every translation; `catalogue` reads the
translations, `words` fills them in. Records keep the language that they were written in.
This module itself imports nothing, so that modules far below may mark their words.
"""

from __future__ import annotations

LANGUAGES = ("en", "fr", "es", "ar")  # those that the program has words for


def N_(text: str) -> str:
    """Marks a text that is translated elsewhere, where the language is known."""
    return text
