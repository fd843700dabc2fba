"""What a writing command would do, or did: a difference in colour, or JSON for a script."""

from __future__ import annotations

import difflib

import click

from tracker.safety import visible


def difference(path: str, before: bytes, after: bytes) -> str:
    """A unified diff of two versions of a file, without anything that steers a terminal."""
    old, new = (_lines(data) for data in (before, after))
    named = (f"a/{path}" if before else "/dev/null"), (f"b/{path}" if after else "/dev/null")
    return "\n".join(difflib.unified_diff(old, new, *named, lineterm="", n=3))


def print_difference(path: str, before: bytes, after: bytes) -> None:
    for line in difference(path, before, after).split("\n"):
        click.echo(click.style(line, **_style(line)))


def _lines(data: bytes) -> list[str]:
    return [visible(line) for line in data.decode("utf-8-sig", "replace").splitlines()]


def _style(line: str) -> dict:
    if line.startswith(("+++", "---")):
        return {"bold": True}
    if line.startswith("+"):
        return {"fg": "green"}
    if line.startswith("-"):
        return {"fg": "red"}
    return {"fg": "cyan"} if line.startswith("@@") else {}
