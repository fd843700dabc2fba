"""The colours that `tracker.yml` names, as numbers: the same as on the site by day."""

from __future__ import annotations

from tracker.vocabulary import NOT_ASSESSED, Status

COLOURS = {
    "green": "#12684a", "teal": "#23857b", "lime": "#6a9640", "blue": "#3f78b5",
    "indigo": "#6f8cc6", "amber": "#b98000", "orange": "#cc6a2b", "brown": "#8a6d5b",
    "red": "#b32f2a", "maroon": "#6b1d2c", "slate": "#77828c", "grey": "#7b858d",
    "none": "#dfded7",
}  # fmt: skip
INK = "#1c2630"
QUIET = "#55606a"
LINE = "#dcd9cf"
SOFT = "#f4f2ea"


def of_status(key: str, status: Status) -> str:
    """The palette's name for a status; what nobody has assessed is the palest."""
    return "none" if key == NOT_ASSESSED else status.colour if status.colour in COLOURS else "grey"


def code(name: str) -> str:
    return COLOURS.get(name, COLOURS["grey"])


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ink_on(colour: str) -> str:
    """Black or white, whichever is easier to read on ``colour`` (#rrggbb): at least 4.5 to 1.

    Anything paler than black would leave colours in the middle on which neither is.
    """
    light = _luminance(colour)
    return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 else "#000000"


def mixed(colour: str, share: float) -> str:
    """``colour`` on white, ``share`` (0 to 1) of it."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (p - 255) * share):02x}" for p in parts)
