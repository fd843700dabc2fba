"""Bars drawn when the site is built: plain SVG with a text alternative, no script.

Colours come from the style sheet by class, so that they follow light and dark mode;
textures tell them apart where colours can't. Lengths are shares of the bar's width, so
that it fits wherever it stands and its textures are never stretched.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from tracker.i18n.words import Words
from tracker.progress import Row
from tracker.reports import palette
from tracker.site.textures import fill, texture
from tracker.vocabulary import Status

_THIN = 0.5  # percent: a part that is thinner shows no texture


def parts(row: Row, statuses: Mapping[str, Status]) -> list[tuple[str, Status, int]]:
    """(key, status, count) of each status that occurs, the unknown last."""
    return [
        (key, status, row.by_status[key])
        for key, status in statuses.items()
        if row.by_status.get(key)
    ]


def describe(row: Row, statuses: Mapping[str, Status], words: Words) -> str:
    """The bar in words: “of 12: 3 implemented, 9 not assessed”."""
    told = words.t(", ").join(
        words.t("{count} {status}", count=count, status=status.label.lower()) for _, status, count in parts(row, statuses)
    )
    return words.t("Of {total}: {parts}", total=row.pairs, parts=told) if told else words.t("Nothing was asked")


def bar(row: Row, statuses: Mapping[str, Status], words: Words) -> Markup:
    """A stacked bar of one row; its widths are shares of the row's pairs."""
    said = escape(describe(row, statuses, words))
    out = [f'<svg class="rt-bar" role="img" aria-label="{said}"><title>{said}</title>']
    at = 0.0
    for key, status, count in parts(row, statuses):
        width = 100 * count / row.pairs
        colour = palette.of_status(key, status)
        box = f'x="{at:.2f}%" width="{max(width, 0.4):.2f}%" height="100%"'
        out.append(f'<rect class="{fill(colour)}" {box}/>')
        if width >= _THIN and (paint := texture(colour)):
            out.append(f'<rect fill="{paint}" {box}/>')
        at += width
    out.append("</svg>")
    return Markup("".join(out))  # noqa: S704 - every text in it is escaped above


def swatch(colour: str) -> Markup:
    """A square in a colour of the palette with its texture, for a legend."""
    paint = f'<rect width="14" height="14" fill="{texture(colour)}"/>' if texture(colour) else ""
    return Markup(  # noqa: S704 - a name of the palette
        f'<svg class="rt-swatch" width="14" height="14" aria-hidden="true">'
        f'<rect class="{fill(colour)}" width="14" height="14"/>{paint}</svg>'
    )
