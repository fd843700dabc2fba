"""The shapes that go with each status, so that colour is never the only signal.

Drawn on a grid of 16 by 16 and put into the style sheet as masks: a status takes the
reader no request, and a page no more than a class name.
"""

from __future__ import annotations

from urllib.parse import quote

_LINE = "fill='none' stroke='#000' stroke-width='2' stroke-linecap='round' stroke-linejoin='round'"

SHAPES = {
    "check": f"<path {_LINE} d='M3 8.5 6.5 12 13 4.5'/>",
    "loop": f"<path {_LINE} d='M13 8a5 5 0 1 1-1.5-3.5M13 2.5v3h-3'/>",
    "half": f"<circle {_LINE} cx='8' cy='8' r='5.5'/><path d='M8 2.5a5.5 5.5 0 0 1 0 11z'/>",
    "play": "<path d='M4 2.5 13 8l-9 5.5z'/>",
    "flag": f"<path {_LINE} d='M4 14V2.5h8l-2 3 2 3H4'/>",
    "pause": "<path d='M4 3h3v10H4zM9 3h3v10H9z'/>",
    "stop": "<path d='M3.5 3.5h9v9h-9z'/>",
    "search": f"<circle {_LINE} cx='7' cy='7' r='4'/><path {_LINE} d='m10 10 3.5 3.5'/>",
    "undo": f"<path {_LINE} d='M3.5 6.5h6a3.5 3.5 0 0 1 0 7H6M6.5 3l-3 3.5 3 3.5'/>",
    "cross": f"<path {_LINE} d='m4 4 8 8m0-8-8 8'/>",
    "skip": "<path d='M2.5 3.5 8 8l-5.5 4.5zM8.5 3.5 14 8l-5.5 4.5z'/>",
    "empty": f"<circle {_LINE} stroke-dasharray='2.2 2.6' cx='8' cy='8' r='5.5'/>",
    "circle": f"<circle {_LINE} cx='8' cy='8' r='5.5'/>",
}


_DIRECTED = ("play", "undo", "skip", "flag")  # they point to where reading goes, or back from there


def css_class(name: str) -> str:
    return f"rt-i-{name if name in SHAPES else 'circle'}"


def style_sheet() -> str:
    """A rule for each shape."""
    rules = []
    for name, shape in SHAPES.items():
        picture = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>{shape}</svg>"
        address = quote(picture, safe=" ='/:.,()-")
        rules.append(f'.rt-i-{name} {{ --rt-i: url("data:image/svg+xml,{address}"); }}')
    turned = ", ".join(f'[dir="rtl"] .rt-i-{name}::before' for name in _DIRECTED)
    rules.append(f"{turned} {{ transform: scaleX(-1); }}")
    return "\n".join(rules) + "\n"
