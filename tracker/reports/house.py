"""The house style that `tracker.yml` sets, read from its files."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.config import ReportStyle
from tracker.errors import TrackerError
from tracker.reports.document import House

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LOGOS = {".svg": "svg", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg"}
_MOST = 5_000_000  # bytes


def house(root: Path, style: ReportStyle) -> House:
    """The style with its files read. Raises TrackerError for what can't be used."""
    if not _COLOUR.fullmatch(style.colour):
        raise TrackerError(
            f"report.colour in tracker.yml: “{style.colour}” is not a colour", "Write it as #11384a, "
                                                                               "in quotes."
        )
    if style.paper not in ("a4", "letter"):
        raise TrackerError(
            f"report.paper in tracker.yml: “{style.paper}” is not known", "Allowed: a4, letter."
        )
    logo, kind = b"", ""
    if style.logo:
        kind = _LOGOS.get(Path(style.logo).suffix.lower(), "")
        if not kind:
            raise TrackerError("report.logo in tracker.yml is not a picture", "Allowed: .svg, .png, .jpg.")
        logo = _file(root, "logo", style.logo)
    template = _file(root, "template", style.template) if style.template else b""
    return House(style.organisation, style.colour.lower(), style.paper, logo, kind, template)


def fonts(root: Path, style: ReportStyle) -> Path | None:
    """The folder of further fonts, or None."""
    if not style.fonts:
        return None
    folder = _inside(root, "fonts", style.fonts)
    if not folder.is_dir():
        raise TrackerError(f"report.fonts in tracker.yml: there is no folder {style.fonts}")
    return folder


def _file(root: Path, name: str, value: str) -> bytes:
    path = _inside(root, name, value)
    try:
        if path.stat().st_size > _MOST:
            raise TrackerError(
                f"report.{name} in tracker.yml: {value} is larger than 5 MB", "Make it smaller."
            )
        return path.read_bytes()
    except OSError as error:
        raise TrackerError(
            f"report.{name} in tracker.yml: {value} can't be read: {error.strerror}",
            "The path is below the tracker's folder.",
        ) from None


def _inside(root: Path, name: str, value: str) -> Path:
    path = (root / value).resolve()
    if not path.is_relative_to(root.resolve()):
        raise TrackerError(
            f"report.{name} in tracker.yml leads out of the tracker", "Keep the file in the tracker's folder."
        )
    return path
