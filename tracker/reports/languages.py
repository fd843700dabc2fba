"""What renderers know of languages: how to keep a text's direction, and their full names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tracker.i18n.direction import is_rtl

_LRM, _RLM = "\u200e", "\u200f"
LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA"}


def guarded(text: str, *, rtl: bool) -> str:
    """Text of the other direction than its paragraph's (``rtl``), for formats without isolation.

    Marks at its edges keep a full stop or a bracket on its own side; the last one gives
    the direction back, so that a number after it stays with the words that follow.
    """
    if not text.strip():
        return text
    own, back = (_LRM, _RLM) if rtl else (_RLM, _LRM)
    return own + text + own + back


def turned(texts: Iterable[Iterable[Any]], *, rtl: bool) -> bool:
    """Whether a paragraph or list is wholly in languages of the other direction.

    ``texts`` are runs, as values or as dicts; ``rtl`` is the document's direction.
    """
    langs = []
    for text in texts:
        for run in text:
            words = run["text"] if isinstance(run, dict) else run.text
            if words.strip():
                langs.append(run.get("lang", "") if isinstance(run, dict) else run.lang)
    return bool(langs) and all(lang and lang != "zxx" and is_rtl(lang) != rtl for lang in langs)
