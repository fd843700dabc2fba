"""The counts over the years as columns with axes, drawn by Vega.

Vega lays out scales, ticks and labels; what it draws is then taken apart, and only plain
shapes, lines and words are kept, with classes in place of colours and fonts: so the
picture follows light and dark mode, holds under a strict policy, and is the same bytes
for the same figures. Numbers alone go in, no text of a record does. Drawings are kept
by what they show: most years nothing changes in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup, escape

from tracker.course import GROUPS, Point
from tracker.site.kept import Kept
from tracker.site.textures import fill, texture

COLOURS = {"done": "green", "progress": "lime", "none": "orange", "unknown": "none"}
_PAINT = {group: f"#0000{place:02x}" for place, group in enumerate(GROUPS, 1)}
_COLOUR_OF = {paint: COLOURS[group] for group, paint in _PAINT.items()}
_WIDTH, _HEIGHT = 300, 150
_VERSION = "1"  # of the drawing: another one where the code below draws differently
_THIN = 1.5  # pixels: what is thinner shows no texture
_NUMBERS = re.compile(r"-?\d+\.\d+")
_KEEP = ("transform", "x", "y", "x1", "x2", "y1", "y2", "d", "text-anchor")


class OverTime:
    """Draws, and remembers below the tracker's ``root``."""

    def __init__(self, root: Path, *, rtl: bool = False) -> None:
        self.rtl = rtl
        self.kept = Kept(root, "charts", _VERSION)

    def draw(self, points: Sequence[Point], label: str) -> Markup:
        """The chart of at least two points, with what it shows in words."""
        source = json.dumps(_spec(points, rtl=self.rtl), sort_keys=True)
        (made,) = self.kept.get([source.encode()], lambda _: [_drawn(source).encode()])
        return Markup(made.decode().replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))  # noqa: S704


def _spec(points: Sequence[Point], *, rtl: bool) -> dict:
    rows = [
        {"y": p.day[:4], "g": place, "n": p.groups[name], "c": _PAINT[name]}
        for p in points for place, name in enumerate(GROUPS) if p.groups[name]
    ]  # fmt: skip
    years = [p.day[:4] for p in points]
    step = -(-len(years) // 6)
    told = [year for place, year in enumerate(reversed(years)) if place % step == 0]
    axis = {"domain": False, "ticks": False, "labelFontSize": 11, "labelPadding": 4}
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": _WIDTH, "height": _HEIGHT, "padding": 2,
        "data": [{
            "name": "t", "values": rows,
            "transform": [{"type": "stack", "groupby": ["y"], "field": "n", "sort": {"field": "g"}}],
        }],
        "scales": [
            {"name": "x", "type": "band", "domain": years, "range": "width", "padding": 0.12, "reverse": rtl},
            {"name": "y", "domain": {"data": "t", "field": "y1"}, "range": "height", "nice": True, "zero": True},
        ],
        "axes": [
            {"orient": "left" if not rtl else "right", "scale": "y", "grid": True, "tickCount": 4, "format": "d", **axis},
            {"orient": "bottom", "scale": "x", "values": told, **axis},
        ],
        "marks": [{
            "type": "rect", "from": {"data": "t"},
            "encode": {"enter": {
                "x": {"scale": "x", "field": "y"}, "width": {"scale": "x", "band": 1},
                "y": {"scale": "y", "field": "y1"}, "y2": {"scale": "y", "field": "y0"}, "fill": {"field": "c"},
            }},
        }],
    }  # fmt: skip


def _drawn(source: str) -> str:
    import vl_convert

    made = vl_convert.vega_to_svg(source, allowed_base_urls=[])
    tree = ElementTree.fromstring(made)  # noqa: S314 - drawn here, from numbers
    inside = "".join(_plain(child) for child in tree)
    return f'<svg class="rt-chart rt-years" viewBox="{tree.get("viewBox")}" direction="ltr">{inside}</svg>'


def _plain(node: ElementTree.Element) -> str:
    """A node of Vega's drawing as one of ours; what shows nothing is left out."""
    kind = node.tag.rpartition("}")[2]
    kept = {key: _short(value) for key in _KEEP if (value := node.get(key)) and value != "translate(0,0)"}
    if kind == "g":
        inside = "".join(_plain(child) for child in node)
        if not inside or "transform" not in kept:
            return inside
        return f'<g transform="{kept["transform"]}">{inside}</g>'
    if kind == "text":
        place = _attributes({k: v for k, v in kept.items() if k in ("transform", "text-anchor")})
        return f'<text class="rt-small"{place}>{escape(node.text or "")}</text>'
    if kind == "line":
        return f'<line class="rt-line"{_attributes(kept)}/>'
    if kind == "path" and (colour := _COLOUR_OF.get(node.get("fill", ""))):
        shape = _attributes({k: v for k, v in kept.items() if k in ("transform", "d")})
        thick = re.search(r"v([\d.]+)h-", shape)
        visible = texture(colour) if thick and float(thick[1]) > _THIN else ""
        paint = f'<path fill="{visible}"{shape}/>' if visible else ""
        return f'<path class="{fill(colour)}"{shape}/>{paint}'
    return ""


def _attributes(kept: dict[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in kept.items())


def _short(value: str) -> str:
    return _NUMBERS.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), value)
