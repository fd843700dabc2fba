"""Which languages run from right to left."""

from __future__ import annotations

_RTL = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"])


def is_rtl(lang: str) -> bool:
    """Whether a language (ar, fa-AF) is written from right to left."""
    return lang.split("-")[0].lower() in _RTL


def direction(lang: str) -> str:
    """``rtl`` or ``ltr``, as HTML's attribute ``dir`` has it."""
    return "rtl" if is_rtl(lang) else "ltr"
