"""How every command that writes goes about it: try, show, ask, write.

What would be written is checked by the rules of `tracker check` first, and errors stop it.
A script gets its answer at once; in a terminal the change is shown and asked about. A
script's change is made under the lock from reading to writing, so that two at once do not
refuse each other; nobody keeps others waiting while thinking about an answer.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import NamedTuple

import click

from tracker.cli.previews import difference, print_difference
from tracker.edit.files import Files, Kept
from tracker.edit.trial import tried
from tracker.errors import TrackerError
from tracker.findings import Finding, Severity, has_errors
from tracker.project import Project
from tracker.store import MOST_BYTES


class Change(NamedTuple):
    """One file's new content, and what it is, for the person who makes it."""

    kept: Kept
    after: bytes
    said: str


def in_terminal() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def carry_out(
    project: Project, files: Files, make: Callable[[], Change], *, dry_run: bool, form: str, ask: bool
) -> int:
    """Makes a change with ``make`` and writes it, unless it has errors; the exit status."""
    with contextlib.nullcontext() if ask or dry_run else files.locked():
        change = make()
        if len(change.after) > MOST_BYTES:
            raise TrackerError(
                f"the file would have {len(change.after) // 1024:,} KB; at most {MOST_BYTES // 1024:,} KB are read",
                "Shorten the text, and name a document as evidence instead.",
            )
        findings = tried(project, {change.kept.path: change.after})
        bad = has_errors(findings)
        if form == "text":
            print_findings(findings)
            if dry_run or ask:
                print_difference(change.kept.path, change.kept.data or b"", change.after)
            if ask and not (bad or dry_run):
                bad = not click.confirm("Write it?", default=True)
        if not (bad or dry_run):
            files.write(change.kept, change.after)
    if form == "json":
        click.echo(_as_json(change, findings, written=not (bad or dry_run)), nl=False)
    elif not dry_run:
        click.echo(f"{change.kept.path}: {'nothing was written' if bad else change.said}", err=bad)
    return 1 if bad else 0


def print_findings(findings: list[Finding]) -> None:
    """As `tracker check` prints them."""
    for finding in findings:
        error = finding.severity is Severity.ERROR
        click.echo(
            click.style(f"{finding.path}:{finding.line}:{finding.column}: ", bold=True)
            + click.style(f"{finding.code} {finding.severity.value}: ", fg="red" if error else "yellow")
            + finding.message
        )
        if finding.hint:
            click.echo(f"    {finding.hint}")


def _as_json(change: Change, findings: list[Finding], *, written: bool) -> bytes:
    import msgspec

    told = {
        "path": change.kept.path, "written": written, "findings": findings,
        "diff": difference(change.kept.path, change.kept.data or b"", change.after),
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"



