"""A file of settings (`tracker.yml`, the map of an import) to one typed value, or to its findings.

Whatever is wrong is said with its line, as for records: a setting that is passed over in silence is worse
than none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from tracker import decode
from tracker.encoding import decoded
from tracker.errors import TrackerError
from tracker.findings import Finding, Problem
from tracker.reader import located
from tracker.rules import catalogue

Settings = TypeVar("Settings")


def parsed(
    data: bytes, name: str, kind: type[Settings], more: Callable[[Settings], list[tuple[tuple, str, str]]]
) -> Settings:
    """The settings in ``data``; ``more`` gives what the class can't say, as (where, message, hint).

    Raises TrackerError with all findings where they can't be used.
    """
    from tracker.yamltext import exact, fast

    text, findings = decoded(data, name)
    if text is None:
        raise TrackerError.of_findings(findings)
    plain = fast.read(text)
    if plain is None:
        node, findings = exact.read(text, name)
        if findings:
            raise TrackerError.of_findings(findings)
        plain = node.plain() if node else {}
    if not isinstance(plain, dict):
        raise TrackerError(f"{name} is not a set of “key: value” lines")
    settings, problems = decode.convert(plain, kind)
    if settings is not None and not problems:
        rule = catalogue()["T203"]
        problems = [rule.problem(*p) for p in more(settings)]
    if settings is None or problems:
        raise TrackerError.of_findings(_located(problems, name, text))
    return settings


def _located(problems: list[Problem], name: str, text: str) -> list[Finding]:
    front = f"---\n{text}\n---\n".encode()
    return [
        Finding(f.path, max(f.line - 1, 1), f.column, f.code, f.severity, f.message, f.hint)
        for f in located(problems, name, front)
    ]
