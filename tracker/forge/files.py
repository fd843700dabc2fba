"""The files that a forge wants in a repository: workflows, issue forms, a template, owners.

They live once, as templates in the package; a tracker gets them rendered, and may render them
again after an update of the program. A test holds this repository's own files against them.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import msgspec

from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.forge.owners import owners
from tracker.yamltext import exact

KINDS = ("github", "forgejo", "gitea", "gitlab")
_WORKFLOWS = ("checks", "comment", "publish", "nightly")
# How the tracker is installed: by its own tools where a repository has them, else with pip.
_OWN_SETUP = "sh tools/setup.sh .venv"
_PIP_SETUP = "python3 -m venv .venv\n.venv/bin/python -m pip install --quiet --requirement requirements.txt"


class Settings(msgspec.Struct, frozen=True):
    """``kind`` is one of KINDS; ``branch`` the main branch; ``setup`` shell commands that put the
    command `tracker` into .venv/bin."""

    kind: str
    branch: str = "main"
    setup: str = _PIP_SETUP


def settings(corpus: Corpus, root: Path, kind: str = "") -> Settings:
    """What a tracker's own files say; ``kind`` goes before that of tracker.yml."""
    forge = corpus.config.forge
    kind = kind or (forge.kind if forge else "")
    if kind not in KINDS:
        raise TrackerError("there is no forge in tracker.yml", f"Name one: --kind {'|'.join(KINDS)}")
    own = (root / "tools/setup.sh").is_file()
    return Settings(kind, forge.branch if forge else "main", _OWN_SETUP if own else _PIP_SETUP)


def files(wanted: Settings, corpus: Corpus) -> dict[str, str]:
    """Path to text of every file, below the tracker's root."""
    return dict(sorted({**workflows(wanted), **dict(_forms(wanted)), **dict(owners(wanted.kind, corpus))}.items()))


def workflows(wanted: Settings) -> dict[str, str]:
    """The workflows alone, which need no records."""
    if wanted.kind == "gitlab":
        return {".gitlab-ci.yml": _render("gitlab/gitlab-ci.yml", wanted)}
    folder = _family(wanted.kind)
    return {f".{wanted.kind}/workflows/{name}.yml": _render(f"{folder}/{name}.yml", wanted) for name in _WORKFLOWS}


def _forms(wanted: Settings) -> Iterator[tuple[str, str]]:
    names = sorted(p.name for p in _templates().joinpath("forms").iterdir() if p.name.endswith(".yml"))
    if wanted.kind == "gitlab":
        yield ".gitlab/merge_request_templates/Default.md", _text("pull-request.md")
        for name in names:
            form = _as_markdown(_text(f"forms/{name}"))
            yield f".gitlab/issue_templates/{name.removesuffix('.yml')}.md", form
        return
    yield f".{wanted.kind}/pull_request_template.md", _text("pull-request.md")
    for name in names:
        yield f".{wanted.kind}/ISSUE_TEMPLATE/{name}", _text(f"forms/{name}")


def _as_markdown(form: str) -> str:
    """An issue form for a forge that has only texts to fill in."""
    node, _ = exact.read(form, "form")
    data = node.plain()
    lines = [data["description"], ""]
    for part in data["body"]:
        said = part["attributes"]
        match part["type"]:
            case "markdown":
                lines += [said["value"].strip(), ""]
            case "checkboxes":
                lines += [f"- [ ] {option['label']}" for option in said["options"]] + [""]
            case _:
                lines += [f"### {said['label']}", ""]
                lines += [f"({said['description']})", ""] if said.get("description") else []
    return "\n".join(lines).rstrip() + "\n"


def _render(name: str, wanted: Settings) -> str:
    """A template with its three values; each line of a value is indented as its place is."""
    made = []
    for line in _text(name).split("\n"):
        if line.strip() == "@@SETUP@@":
            made += [line.replace("@@SETUP@@", command) for command in wanted.setup.split("\n")]
        else:
            made.append(line.replace("@@BRANCH@@", wanted.branch).replace("@@KIND@@", wanted.kind))
    return "\n".join(made)


def _family(kind: str) -> str:
    return "forgejo" if kind == "gitea" else kind


def _templates():
    return resources.files("tracker.forge").joinpath("templates")


def _text(name: str) -> str:
    return _templates().joinpath(name).read_text(encoding="utf-8")
