"""What renderers know of languages: which run from right to left, and their full names."""

from __future__ import annotations

_RTL = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"])
LOCALES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA"}


def is_rtl(lang: str) -> bool:
    """Whether a language (ar, fa-AF) is written from right to left."""
    return lang.split("-")[0].lower() in _RTL
