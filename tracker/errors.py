"""The one kind of error that ends a command: one message, one hint, exit status 2."""

from __future__ import annotations

from tracker.findings import Finding


class TrackerError(Exception):
    """Why the command could not run, in words for the person who ran it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    @classmethod
    def of_findings(cls, findings: list[Finding]) -> TrackerError:
        lines = "\n".join(f"{f}\n  {f.hint}" if f.hint else str(f) for f in findings)
        return cls(lines)
