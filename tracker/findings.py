"""What a check has to say, as a value.

A bad file is a finding and the run goes on, so nothing here is an exception.
A finding prints as one greppable line, and the tools that show it elsewhere
(forges, editors, JSON) read the same fields.
"""

from __future__ import annotations

import enum

import msgspec


class Severity(enum.StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Finding(msgspec.Struct, frozen=True, order=True, gc=False):
    """One thing to mend.

    ``line`` and ``column`` count from 1; 0 means "the file as a whole".
    ``path`` is relative to the tracker's root, with forward slashes.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


class Problem(msgspec.Struct, frozen=True, gc=False):
    """A finding that does not know its line yet.

    ``where`` is the way to a value inside a record's front matter, such as
    ``("assessments", 2, "date")``; ``("body", 12)`` is a character offset in the
    body; ``()`` is the record as a whole. Lines are looked up only for files that
    have problems, because that needs a slower reader than the records do.
    ``on_key`` points at the key instead of its value.
    """

    rule: str
    where: tuple[str | int, ...]
    message: str
    hint: str = ""
    on_key: bool = False


def has_errors(findings: list[Finding]) -> bool:
    return any(f.severity is Severity.ERROR for f in findings)
