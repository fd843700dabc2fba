"""Puts a new tracker into a folder: into an empty one only, and looks at what came of it.

A folder in which anything lies is left alone, git's own excepted. What was laid is read by the same checks
as every tracker, so a fault of the skeleton is found here and not by the person who trusted it.
"""

from __future__ import annotations

import os
from pathlib import Path

from tracker.errors import TrackerError
from tracker.findings import Severity
from tracker.project import Project
from tracker.starting import editor, program, skeleton
from tracker.starting.answers import Answers, checked

_MAY_BE_THERE = {".git"}


def lay(folder: Path, answers: Answers, today: str, wheel: Path | None) -> list[str]:
    """Makes the tracker; returns the paths of its files. Raises TrackerError, and then nothing was there before.

    ``wheel`` is the program, to be taken along.
    """
    checked(answers)
    files = skeleton.files(answers) | program.requirements(wheel)
    _empty(folder)
    written = _write(folder, files)
    project = Project(folder.resolve(), today, use_cache=False)
    errors = [f for f in project.findings if f.severity is Severity.ERROR]
    if errors:
        raise TrackerError.of_findings(errors)
    more = editor.files(project.corpus) | editor.settings() | _of_forge(answers, project)
    return sorted(written + _write(folder, more))


def _of_forge(answers: Answers, project: Project) -> dict[str, bytes]:
    """Workflows, forms and owners for the forge where the tracker is kept."""
    if answers.forge == "none":
        return {}
    from tracker.forge.files import files, settings

    made = files(settings(project.corpus, project.root, answers.forge), project.corpus)
    return {path: text.encode() for path, text in made.items()}


def _empty(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = sorted(set(os.listdir(folder)) - _MAY_BE_THERE)
    except FileExistsError:
        raise TrackerError(f"{folder} is a file", "Name a folder that is empty, or not there yet.") from None
    except NotADirectoryError:
        raise TrackerError(f"{folder} can't be a folder: a part of its path is a file", "Name another one.") from None
    except OSError as error:
        raise TrackerError(f"{folder} can't be used: {error.strerror}", "Name a folder that you may write to.") from None
    if there:
        raise TrackerError(
            f"{folder} is not empty: {', '.join(there[:3])}{' …' if len(there) > 3 else ''} is in it",
            "Name a folder that is empty, or not there yet; nothing was changed.",
        )


def _write(folder: Path, files: dict[str, bytes]) -> list[str]:
    for path, data in files.items():
        file = folder / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("xb") as stream:
                stream.write(data)
        except OSError as error:
            raise TrackerError(f"{file} can't be written: {error.strerror}",
                               "Name a folder that you may write to.") from None
    return list(files)
