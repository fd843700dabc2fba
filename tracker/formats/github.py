"""Findings as GitHub shows them: annotations at the lines of a change, and a table of all.

GitHub shows at most ten errors, ten warnings and ten notices of a step, so the worst come first
and the full list goes into the step's summary. Forgejo and Gitea read the same commands.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.escape import code, escaped
from tracker.findings import Finding, Severity
from tracker.formats import worst_first

MOST = 10  # annotations of one kind that a step may have
_MOST_SUMMARY = 900_000  # bytes; GitHub takes 1 MiB from a step


def annotations(findings: list[Finding]) -> Iterator[str]:
    """One workflow command a line."""
    ordered = worst_first(findings)
    for severity in (Severity.ERROR, Severity.WARNING):
        ours = [f for f in ordered if f.severity is severity]
        yield from (_command(f) for f in ours[:MOST])
        if (more := len(ours) - MOST) > 0:
            words = f"{more:,} more {severity.value}{'s' * (more != 1)}: see the summary of this run"
            yield f"::notice title=tracker::{_data(words)}"


def summary(findings: list[Finding], heading: str) -> str:
    """The full list as Markdown, cut where a summary may not be longer."""
    lines = [f"### {escaped(heading)}", ""]
    if findings:
        lines += ["| Where | What | Instead |", "| --- | --- | --- |"]
    size = 0
    for number, f in enumerate(ordered := worst_first(findings)):
        mark = "❌" if f.severity is Severity.ERROR else "⚠️"
        place = code(f"{f.path}:{f.line}".replace("|", "¦"))
        row = f"| {place} | {mark} {f.code}: {escaped(f.message)} | {escaped(f.hint)} |"
        size += len(row.encode()) + 1
        if size > _MOST_SUMMARY:
            lines += ["", f"... and {len(ordered) - number:,} more. See them all with: `tracker check`"]
            break
        lines.append(row)
    return "\n".join(lines) + "\n"


def _command(f: Finding) -> str:
    kind = "error" if f.severity is Severity.ERROR else "warning"
    place = f",line={f.line},col={max(f.column, 1)}" if f.line else ""
    text = f"{f.message}\n{f.hint}" if f.hint else f.message
    return f"::{kind} file={_property(f.path)}{place},title={_property(f.code)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
