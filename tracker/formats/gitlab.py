"""Findings as GitLab's Code Quality report, which merge requests show beside the change."""

from __future__ import annotations

import msgspec

from tracker.findings import Finding, Severity
from tracker.formats import fingerprints


def report(findings: list[Finding]) -> bytes:
    entries = [
        {
            "description": f"{f.message}. {f.hint}" if f.hint else f.message,
            "check_name": f.code,
            "fingerprint": mark,
            "severity": _severity(f),
            "location": {"path": f.path, "lines": {"begin": max(f.line, 1)}},
        }
        for f, mark in fingerprints(findings)
    ]
    return msgspec.json.format(msgspec.json.encode(entries), indent=2)


def _severity(f: Finding) -> str:
    """GitLab's words: what harms readers or the past blocks, other errors are critical."""
    if f.severity is not Severity.ERROR:
        return "minor"
    return "blocker" if f.code.startswith(("T5", "T9")) else "critical"
