"""The texture that goes with each colour of the palette, so that charts can be read without colour.

Lightness alone can't tell a dozen statuses apart in print or to somebody who sees fewer
colours. Each colour therefore has lines or dots of its own; two are plain, of which one is
far darker. Patterns are drawn once on a page and named by its charts. What nobody has
assessed is pale and hatched: a gap in what is known, and no shade of “not done”.
"""

from __future__ import annotations

import functools
import re

# Drawn in the colour of the page on a square of SIZE by SIZE pixels.
SIZE = 6
SHAPES = {
    "green": "",
    "teal": '<path d="M0 3h6"/>',
    "lime": '<path d="M-1 7 7-1M-1 1 1-1M5 7 7 5"/>',
    "blue": '<circle cx="3" cy="3" r="1"/>',
    "indigo": '<circle cx="1.5" cy="1.5" r=".9"/><circle cx="4.5" cy="4.5" r=".9"/>',
    "amber": '<path d="M-1-1 7 7M5-1 7 1M-1 5 1 7"/>',
    "orange": '<path d="M3 0v6"/>',
    "brown": '<path d="M3 0v6M0 3h6"/>',
    "red": '<path d="M0 0 6 6M0 6 6 0"/>',
    "maroon": "",
    "slate": '<path d="M0 1.5h3M3 4.5h3"/>',
    "grey": '<path d="M0 5 3 2 6 5"/>',
    "none": '<path d="M-1 7 7-1M-1 1 1-1M5 7 7 5"/>',
}
_NAMED = re.compile(r"url\(#rt-t-(\w+)\)")
PLAIN = frozenset(name for name, shape in SHAPES.items() if not shape)


def fill(colour: str) -> str:
    """The class that fills a shape with a colour of the palette."""
    return f"rt-fill-{colour if colour in SHAPES else 'grey'}"


def texture(colour: str) -> str:
    """The paint that is laid over it; empty for a plain colour."""
    name = colour if colour in SHAPES else "grey"
    return "" if name in PLAIN else f"url(#rt-t-{name})"


def named(page: str) -> frozenset[str]:
    """The colours whose patterns a page's charts name."""
    return frozenset(_NAMED.findall(page))


@functools.cache
def definitions(colours: frozenset[str] = frozenset(SHAPES)) -> str:
    """The patterns of these colours as HTML, for one place on the page whose charts name them."""
    patterns = "".join(
        f'<pattern id="rt-t-{name}" class="rt-t{" rt-t-none" if name == "none" else ""}" '
        f'patternUnits="userSpaceOnUse" width="{SIZE}" height="{SIZE}">{shape}</pattern>'
        for name, shape in SHAPES.items() if shape and name in colours
    )  # fmt: skip
    return (
        '<svg class="rt-textures" width="0" height="0" aria-hidden="true" focusable="false">'
        f"<defs>{patterns}</defs></svg>"
    )
