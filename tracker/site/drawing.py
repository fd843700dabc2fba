"""A sheet on which charts are drawn as SVG: shapes with classes, words escaped, links.

Colours come from the style sheet by class, so that a drawing follows light and dark mode
and a strict content security policy; textures go with them. In a language that is written
from right to left the whole drawing is mirrored, its words are not. Sheets are drawn
narrow enough for a phone, where they are shown in their own size.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager

from markupsafe import Markup, escape

from tracker.reports.charts import fitted, lines
from tracker.site.textures import fill, texture

WIDTH = 350.0
_SURE = 0.93  # of a room: the reader's letters may be wider than those that were measured


class Sheet:
    """Shapes in pixels from the top left, on a sheet of ``width``."""

    def __init__(self, *, rtl: bool = False, width: float = WIDTH) -> None:
        self.width, self.rtl = width, rtl
        self.height = 0.0
        self._shapes: list[str] = []

    def copy(self) -> Sheet:
        """A sheet of its own with what is drawn so far."""
        made = Sheet(rtl=self.rtl, width=self.width)
        made.height, made._shapes = self.height, self._shapes.copy()
        return made

    def rect(self, x: float, y: float, width: float, height: float, colour: str, more: str = "") -> None:
        """A filled box in a colour of the palette, with its texture."""
        if self.rtl:
            x = self.width - x - width
        box = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
        self._add(f'<rect class="{fill(colour)}{" " + more if more else ""}" {box}/>', y + height)
        if (paint := texture(colour)) and width > 2:
            self._add(f'<rect fill="{paint}" {box}/>', 0)

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "rt-line") -> None:
        x1, x2 = self._x(x1), self._x(x2)
        self._add(
            f'<line class="{kind}" x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"/>', max(y1, y2)
        )

    def curve(self, points: list[tuple[float, float]], kind: str) -> None:
        """A cubic curve: where it starts, two points that it leans to, where it ends; and so on."""
        (x, y), *others = [(self._x(x), y) for x, y in points]
        way = f"M{_n(x)} {_n(y)}C" + " ".join(f"{_n(x)} {_n(y)}" for x, y in others)
        self._add(f'<path class="{kind}" d="{way}"/>', max(y for _, y in points))

    def band(self, x1: float, top1: float, x2: float, top2: float, thick: float, colour: str) -> None:
        """A band of a thickness that swings from one height to another, paler than its colour."""
        half = (self._x(x1) + self._x(x2)) / 2
        a, b = self._x(x1), self._x(x2)
        way = (
            f"M{_n(a)} {_n(top1)}C{_n(half)} {_n(top1)} {_n(half)} {_n(top2)} {_n(b)} {_n(top2)}v{_n(thick)}"
            f"C{_n(half)} {_n(top2 + thick)} {_n(half)} {_n(top1 + thick)} {_n(a)} {_n(top1 + thick)}z"
        )
        self._add(f'<path class="{fill(colour)} rt-band" d="{way}"/>', max(top1, top2) + thick)

    def dot(self, x: float, y: float, radius: float, colour: str, more: str = "") -> None:
        kind = f"{fill(colour)}{' ' + more if more else ''}"
        self._add(f'<circle class="{kind}" cx="{_n(self._x(x))}" cy="{_n(y)}" r="{_n(radius)}"/>', y + radius)

    def diamond(self, x: float, y: float, radius: float, kind: str) -> None:
        x = self._x(x)
        self._add(f'<path class="{kind}" d="M{_n(x)} {_n(y - radius)}l{radius:g} {radius:g}-{radius:g} {radius:g}'
                  f'-{radius:g}-{radius:g}z"/>', y + radius)  # fmt: skip

    def text(
        self, x: float, y: float, words: str, *, anchor: str = "start", kind: str = "", room: float = 0, size: float = 12,
        lang: str = "",
    ) -> None:  # fmt: skip
        """Words from ``x`` on (or up to it, or around it), cut to fit ``room`` pixels.

        ``lang`` is their language, where it is not the page's.
        """
        shown = fitted(words, size, room * _SURE) if room else words
        if self.rtl:  # a text in another direction keeps its own order, its last dots included
            shown = f"\u2068{shown}\u2069"
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        called = (f' class="{kind}"' if kind else "") + (f' lang="{escape(lang)}"' if lang else "")
        self._add(f'<text{called} x="{_n(self._x(x))}" y="{_n(y)}"{where}>{escape(shown)}</text>', y + 3)

    @staticmethod
    def wrapped(words: str, room: float, size: float, most: int) -> list[str]:
        """Words in at most ``most`` lines that fit ``room`` pixels, for `text` one by one."""
        return lines(words, size, room * _SURE, most)

    @contextmanager
    def link(self, address: str) -> Iterator[None]:
        """What is drawn inside leads to an address."""
        self._shapes.append(f'<a href="{escape(address)}">')
        yield
        self._shapes.append("</a>")

    def svg(self, label: str, kind: str = "", *, links: bool = False) -> Markup:
        """The drawing, with what it shows in words. One with links is a group, so that they can be reached."""
        role = "group" if links else "img"
        way = "rtl" if self.rtl else "ltr"
        return Markup(  # noqa: S704 - every text in it is escaped above
            f'<svg class="rt-chart{" " + kind if kind else ""}" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'role="{role}" aria-label="{escape(label)}" direction="{way}">{"".join(self._shapes)}</svg>'
        )

    def _x(self, x: float) -> float:
        return self.width - x if self.rtl else x

    def _add(self, shape: str, bottom: float) -> None:
        self._shapes.append(shape)
        self.height = max(self.height, bottom)


@functools.lru_cache(16_384)
def _n(number: float) -> str:
    """A number as short as it can be without being seen: one digit after the point."""
    return f"{number:.1f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"
