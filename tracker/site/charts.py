"""Bars drawn when the site is built: plain SVG with a text alternative, no script.

Colours come from the style sheet by class, so that they follow light and dark mode.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from tracker.progress import Row
from tracker.vocabulary import NOT_ASSESSED, Status

_WIDTH = 100.0


def parts(row: Row, statuses: Mapping[str, Status]) -> list[tuple[str, Status, int]]:
    """(key, status, count) of each status that occurs, the unknown last."""
    return [
        (key, status, row.by_status[key])
        for key, status in statuses.items()
        if row.by_status.get(key)
    ]


def describe(row: Row, statuses: Mapping[str, Status]) -> str:
    """The bar in words: “of 12: 3 implemented, 9 not assessed”."""
    told = ", ".join(f"{count} {status.label.lower()}" for _, status, count in parts(row, statuses))
    return f"Of {row.pairs}: {told}" if told else "Nothing was asked"


def bar(row: Row, statuses: Mapping[str, Status]) -> Markup:
    """A stacked bar of one row; its widths are shares of the row's pairs."""
    words = escape(describe(row, statuses))
    out = [
        f'<svg class="rt-bar" viewBox="0 0 {_WIDTH:g} 8" preserveAspectRatio="none" '
        f'role="img" aria-label="{words}"><title>{words}</title>'
    ]
    at = 0.0
    for key, status, count in parts(row, statuses):
        width = _WIDTH * count / row.pairs
        kind = "rt-fill-none" if key == NOT_ASSESSED else f"rt-fill-{escape(status.colour)}"
        out.append(f'<rect class="{kind}" x="{at:.2f}" y="0" width="{max(width, 0.4):.2f}" height="8"/>')
        at += width
    out.append("</svg>")
    return Markup("".join(out))  # noqa: S704 - every text in it is escaped above
