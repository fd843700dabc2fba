"""The files of a new tracker, made of templates and of what the person answered.

The templates lie beside this module as they will lie in the tracker (a leading dot is written `dot-`), with
`@@NAME@@` and the like where an answer goes. They hold no fact about anything: an empty tracker is empty.
"""

from __future__ import annotations

import re
from importlib import resources

from tracker.edit.scalars import scalar
from tracker.starting.answers import LICENCES, Answers

# What git keeps of a folder with nothing in it.
KEPT = ("recommendations/.gitkeep", "docs/sources/.gitkeep", "docs/themes/.gitkeep", "docs/events/.gitkeep")
_MARK = re.compile(r"@@([A-Z_]+)@@")


def files(answers: Answers) -> dict[str, bytes]:
    """The skeleton's files by their paths in the new tracker. The answers have been checked."""
    said = _said(answers)
    made = dict.fromkeys(KEPT, b"")
    folders = [(resources.files("tracker.starting").joinpath("skeleton"), "")]
    while folders:
        folder, above = folders.pop()
        for entry in folder.iterdir():
            path = above + re.sub("^dot-", ".", entry.name)
            if entry.is_dir():
                folders.append((entry, f"{path}/"))
            else:
                text = _MARK.sub(lambda m: said[m[1]], entry.read_text("utf-8"))
                made[path] = re.sub(r"\n{3,}", "\n\n", text).rstrip("\n").encode() + b"\n"
    return dict(sorted(made.items()))


def _said(answers: Answers) -> dict[str, str]:
    licence, deed, allows = LICENCES[answers.licence]
    forge = "# forge: {kind: github, url: https://...}   # where the repository is kept: links to edit a page"
    if answers.url:
        forge = f"forge:\n  kind: {answers.forge}\n  url: {answers.url}"
    return {
        "NAME": _markdown(answers.name),
        "DESCRIPTION": _markdown(answers.description),
        "YAML_NAME": scalar(answers.name),
        "YAML_DESCRIPTION": scalar(answers.description),
        "YAML_EDITORS": scalar(f"The editors of {answers.name}"),
        "YAML_COPYRIGHT": scalar(f"Content under {licence}, its editors. The documents belong to their authors."),
        "LANGUAGES": ", ".join(answers.languages),
        "LICENCE": licence,
        "DEED": deed,
        "ALLOWS": allows,
        "SPDX": answers.licence,
        "FORGE": forge,
    }


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
