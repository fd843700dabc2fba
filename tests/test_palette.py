"""Colours and textures: charts can be read by whoever sees fewer colours, and in grey print.

Seeing is simulated with the matrices of Machado, Oliveira and Fernandes (2009) for a full
lack of one kind of cone, on linear light; lightness is that of CIE L*, contrast that of WCAG.
"""

from __future__ import annotations

import itertools
import re

import pytest

from tracker.reports import palette
from tracker.site import textures
from tracker.site.pages import ASSETS
from tracker.vocabulary import STATUS

FILES = {"light": "tracker.css", "dark": "dark.css"}
SEEING = {
    "every colour": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red cones": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
                     (-0.003882, -0.048116, 1.051998)),
    "no green cones": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
                       (-0.011820, 0.042940, 0.968881)),
    "no blue cones": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
                      (0.004733, 0.691367, 0.303900)),
    "grey print": ((0.2126, 0.7152, 0.0722),) * 3,
}  # fmt: skip


def scheme(name: str) -> dict[str, str]:
    """The colours of the style sheet in light or dark mode, and that of the page."""
    text = (ASSETS / FILES[name]).read_text(encoding="utf-8")
    found = dict(re.findall(r"--(rt-[a-z]+): (#[0-9a-f]{6});", text))
    found["page"] = re.search(r"--md-default-bg-color: (#[0-9a-f]{6});", text)[1]
    return found


SCHEMES = {name: scheme(name) for name in ("light", "dark")}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(light: list[float]) -> float:
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), light, strict=True))


def lightness(colour: str, seeing: str) -> float:
    """CIE L*, 0 (black) to 100 (white), as somebody sees it."""
    light = linear(colour)
    seen = [
        min(max(sum(m * p for m, p in zip(row, light, strict=True)), 0), 1) for row in SEEING[seeing]
    ]
    y = luminance(seen)
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(linear(one)), luminance(linear(other))))
    return (high + 0.05) / (low + 0.05)


def test_the_report_and_the_site_have_the_same_colours_by_day() -> None:
    assert {name: SCHEMES["light"][f"rt-{name}"] for name in palette.COLOURS} == palette.COLOURS


@pytest.mark.parametrize("mode", SCHEMES)
@pytest.mark.parametrize("name", [c for c in palette.COLOURS if c != "none"])
def test_a_colour_stands_out_from_the_page(name: str, mode: str) -> None:
    colours = SCHEMES[mode]
    assert contrast(colours[f"rt-{name}"], colours["page"]) >= 3


@pytest.mark.parametrize("mode", SCHEMES)
def test_the_hatching_of_what_nobody_assessed_stands_out_from_the_page(mode: str) -> None:
    assert 'class="rt-t rt-t-none"' in textures.definitions()
    assert contrast(SCHEMES[mode]["rt-grey"], SCHEMES[mode]["page"]) >= 3


@pytest.mark.parametrize("name", palette.COLOURS)
@pytest.mark.parametrize("percent", range(0, 101, 5))
def test_a_figure_can_be_read_on_every_shade(name: str, percent: int) -> None:
    shade = palette.mixed(palette.COLOURS[name], percent / 100)
    assert contrast(palette.ink_on(shade), shade) >= 4.5


@pytest.mark.parametrize("seeing", SEEING)
@pytest.mark.parametrize("mode", SCHEMES)
def test_no_two_colours_can_be_taken_for_each_other(mode: str, seeing: str) -> None:
    colours = SCHEMES[mode]
    alike = [
        (one, other) for one, other in itertools.combinations(palette.COLOURS, 2)
        if abs(lightness(colours[f"rt-{one}"], seeing) - lightness(colours[f"rt-{other}"], seeing)) < 10
        and textures.SHAPES[one] == textures.SHAPES[other]
    ]  # fmt: skip
    assert alike == []


def test_the_simulation_sees_what_it_should() -> None:
    # Red and green of the same lightness are told apart by colour, and by nothing else in grey.
    assert lightness("#b32f2a", "no red cones") < lightness("#b32f2a", "every colour") - 5
    assert lightness("#808080", "no green cones") == pytest.approx(lightness("#808080", "grey print"), abs=0.5)


def test_every_status_has_a_colour_and_a_texture_of_its_own() -> None:
    used = [palette.of_status(key, status) for key, status in STATUS.items()]
    assert len(set(used)) == len(used)
    assert set(used) <= set(textures.SHAPES) == set(palette.COLOURS)
