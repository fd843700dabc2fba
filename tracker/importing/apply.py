"""Writes what a plan says, through the tracker's one writer.

Each file whole or not at all. Where one can't be written the run ends there: what was written stays good,
and the same import again does the rest, because a row finds its record by its id.
"""

from __future__ import annotations

from tracker import telling
from tracker.edit.files import Files
from tracker.errors import TrackerError
from tracker.importing.plan import Plan
from tracker.project import Project


def apply(project: Project, plan: Plan) -> int:
    """Writes every file of the plan; returns how many. Raises TrackerError where one can't be written."""
    files = Files(project.root)
    done = 0
    with files.locked(), telling.doing("writing files", len(plan.files)):
        for path, data in plan.files.items():
            telling.step()
            kept = files.read(path)
            if kept.data != project.tree.bytes_of(path) and not (kept.data is None and path in plan.actors):
                raise TrackerError(f"{path} was changed meanwhile; {done:,} files were written before it",
                                   "Run the import again: it goes on where it stopped.")
            try:
                files.write(kept, data)
            except TrackerError as error:
                raise TrackerError(f"{error.message} ({done:,} files were written before it)",
                                   error.hint or "Run the import again: it goes on where it stopped.") from None
            done += 1
    return done
