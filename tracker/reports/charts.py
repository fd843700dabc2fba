"""Charts as plain SVG, drawn once and shown by HTML, PDF and (as pictures) Word.

No style sheet and no script: every shape carries its own colour. Numbers stand on or
beside the shapes, so that colour is never the only signal. In a language written from
right to left the whole drawing is mirrored, its words are not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tracker.reports import palette
from tracker.reports.document import Figure, clean

WIDTH = 490.0
FONT = "Noto Sans, Noto Sans Arabic, Arial, sans-serif"


class Part(NamedTuple):
    """A part of a bar: its colour in the palette, its size, and the size in words."""

    colour: str
    count: int
    shown: str


class Bar(NamedTuple):
    label: str
    parts: list[Part]
    total: str = ""


class Drawing:
    """Shapes on a sheet that can be mirrored."""

    def __init__(self, height: float, rtl: bool, width: float = WIDTH) -> None:
        self.width, self.height, self.rtl = width, height, rtl
        self.shapes: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        if self.rtl:
            x = self.width - x - width
        self.shapes.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}" '
            f'fill="{colour}"/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = palette.LINE) -> None:
        if self.rtl:
            x1, x2 = self.width - x1, self.width - x2
        self.shapes.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" '
            f'stroke-width="0.7"/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = 8,
        anchor: str = "start",
        colour: str = palette.INK,
        bold: bool = False,
        turn: float = 0,
    ) -> None:
        if self.rtl:
            x = self.width - x
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
            turn = -turn
        turned = f' transform="rotate({turn:g} {x:.2f} {y:.2f})"' if turn else ""
        weight = ' font-weight="700"' if bold else ""
        self.shapes.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}" '
            f'fill="{colour}"{weight}{turned}>{escape(drawn(words))}</text>'
        )

    def legend(self, entries: Sequence[tuple[str, str]], y: float, size: float = 8) -> float:
        """(colour, label) entries from ``y`` on, wrapped; returns the y below them."""
        x = 0.0
        for colour, label in entries:
            width = 14 + text_width(label, size) + 12
            if x and x + width > self.width:
                x, y = 0.0, y + size + 5
            self.rect(x, y, 9, 9, palette.code(colour))
            self.text(x + 13, y + 7.8, label, size=size)
            x += width
        return y + size + 5

    def figure(self, id: str, caption: str, alt: str) -> Figure:
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} {self.height:g}" '
            f'width="{self.width:g}pt" height="{self.height:g}pt" direction="ltr" '
            f"font-family={quoteattr(FONT)}>" + "".join(self.shapes) + "</svg>"
        )
        return Figure(id, caption, alt, svg, self.width, self.height)


def drawn(text: str) -> str:
    """A text as it is drawn: marks above and below letters (Arabic vowels) are left out.

    In a drawing they would be shapes without a letter of their own, which an accessible
    PDF may not have; the words can be read without them.
    """
    composed = unicodedata.normalize("NFC", clean(text))
    return "".join(c for c in composed if unicodedata.category(c) not in ("Mn", "Cf"))


def text_width(text: str, size: float) -> float:
    """About how wide a text is; a little more than it will be."""
    return sum(0.86 if c in "mwMW@%—" else 0.3 if c in "iljtf.,:;|! '’" else 0.58 for c in text) * size


def fitted(text: str, size: float, width: float) -> str:
    """A text cut to fit a width."""
    text = clean(text)
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def lines(text: str, size: float, width: float, most: int) -> list[str]:
    """A text in at most ``most`` lines of a width, broken between words; the last one cut to fit."""
    made = [""]
    for word in clean(text).split():
        longer = f"{made[-1]} {word}".strip()
        if len(made) < most and made[-1] and text_width(longer, size) > width:
            made.append(word)
        else:
            made[-1] = longer
    return [*made[:-1], fitted(made[-1], size, width)]


def stacked(
    id: str,
    caption: str,
    alt: str,
    bars: Sequence[Bar],
    legend: Sequence[tuple[str, str]],
    *,
    rtl: bool = False,
    label_width: float = 130,
    width: float = WIDTH,
    thick: float = 11,
) -> Figure:
    """Bars whose parts add up to their length; the longest fills the width."""
    step = thick + 4
    lines = Drawing(0, rtl, width)
    below = lines.legend(legend, 0) + 3 if legend else 0
    drawing = Drawing(below + step * len(bars) + 1, rtl, width)
    drawing.shapes = lines.shapes
    total_width = max((text_width(bar.total, 7.5) for bar in bars), default=0) + 6
    left = label_width if any(bar.label for bar in bars) else 0
    room = width - left - total_width
    most = max((sum(p.count for p in bar.parts) for bar in bars), default=0) or 1
    for row, bar in enumerate(bars):
        y = below + row * step
        if left:
            label = fitted(bar.label, 8, left - 8)
            drawing.text(left - 6, y + thick * 0.76, label, anchor="end")
        x = left
        for part in bar.parts:
            size = room * part.count / most
            colour = palette.code(part.colour)
            drawing.rect(x, y, size - (0.6 if size > 2 else 0), thick, colour)
            if size > text_width(part.shown, 6.5) + 2:
                drawing.text(
                    x + size / 2,
                    y + thick * 0.73,
                    part.shown,
                    size=6.5,
                    anchor="middle",
                    colour=palette.ink_on(colour),
                )
            x += size
        drawing.text(x + 4, y + thick * 0.76, bar.total, size=7.5, colour=palette.QUIET)
    return drawing.figure(id, caption, alt)


def columns(
    id: str,
    caption: str,
    alt: str,
    bars: Sequence[Bar],
    legend: Sequence[tuple[str, str]],
    *,
    rtl: bool = False,
    height: float = 150,
) -> Figure:
    """Upright bars along time, the parts from the bottom up."""
    lines = Drawing(0, rtl)
    top = lines.legend(legend, 0) + 12
    drawing = Drawing(top + height + 16, rtl)
    drawing.shapes = lines.shapes
    most = max((sum(p.count for p in bar.parts) for bar in bars), default=0) or 1
    room = WIDTH / max(len(bars), 4)
    base = top + height
    for place, bar in enumerate(bars):
        x, y = place * room + room * 0.12, base
        wide = room * 0.76
        for part in bar.parts:
            size = height * part.count / most
            y -= size
            colour = palette.code(part.colour)
            drawing.rect(x, y, wide, size - (0.5 if size > 2 else 0), colour)
            if size > 9 and wide > text_width(part.shown, 6.5):
                drawing.text(
                    x + wide / 2,
                    y + size / 2 + 2.3,
                    part.shown,
                    size=6.5,
                    anchor="middle",
                    colour=palette.ink_on(colour),
                )
        drawing.text(x + wide / 2, y - 3, bar.total, size=7, anchor="middle", colour=palette.QUIET)
        drawing.text(x + wide / 2, base + 11, bar.label, size=7.5, anchor="middle")
    drawing.line(0, base, WIDTH, base, palette.QUIET)
    return drawing.figure(id, caption, alt)


class Square(NamedTuple):
    """A field of a heat map: what it shows, and how dark it is (0 to 1; None where nobody has looked)."""

    shown: str
    share: float | None


def heat_map(
    id: str,
    caption: str,
    alt: str,
    rows: Sequence[str],
    heads: Sequence[str],
    squares: dict[tuple[int, int], Square],
    *,
    rtl: bool = False,
    colour: str = "#12684a",
    label_width: float = 122,
) -> Figure:
    """Rows by columns with numbers; column heads stand aslant above."""
    # As high as the longest head needs, where it leaves room for the squares.
    slant = min(max((text_width(head, 7.5) for head in heads), default=0) * 0.87 + 10, 150)
    cell_height = 19.0
    # The last heads lean over the edge: some room is kept for them.
    cell = (WIDTH - label_width - 46) / max(len(heads), 1)
    drawing = Drawing(slant + cell_height * len(rows) + 2, rtl)
    for place, head in enumerate(heads):
        x = label_width + (place + 0.5) * cell
        # sin and cos of 60°: heads must not leave the sheet, neither above nor beside.
        room = min((slant - 6) / 0.87, (WIDTH - x) / 0.5)
        drawing.text(x - 2, slant - 4, fitted(head, 7.5, room), size=7.5, turn=-60)
    for row, label in enumerate(rows):
        y = slant + row * cell_height
        drawing.text(label_width - 6, y + 12.5, fitted(label, 8, label_width - 8), anchor="end")
        for place in range(len(heads)):
            square = squares.get((row, place))
            x = label_width + place * cell
            known = square is not None and square.share is not None
            shade = palette.mixed(colour, 0.08 + 0.85 * square.share) if known else "#f6f5f1"
            drawing.rect(x, y, cell - 1.2, cell_height - 1.2, shade)
            if square and not known:  # not the look of “no progress”: an empty frame
                drawing.rect(x + 0.8, y + 0.8, cell - 2.8, cell_height - 2.8, "#ffffff")
            if square:
                drawing.text(
                    label_width + (place + 0.5) * cell,
                    y + 12.3,
                    square.shown,
                    size=7.5,
                    anchor="middle",
                    colour=palette.ink_on(shade),
                )
    return drawing.figure(id, caption, alt)
