"""One list of findings, many outputs: for forges, for editors, for other programs.

Each module makes one text of a list of findings and counts nothing anew. Paths and messages hold
what a stranger wrote; each format has its own way of keeping that from being more than text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from tracker.escape import printable
from tracker.findings import Finding, Severity


def placed(findings: Iterable[Finding], prefix: str) -> list[Finding]:
    """The findings with paths that begin at the repository's top folder, as forges want them, and
    that any format can hold. ``prefix`` is the tracker's folder in it: empty, or ending in “/”."""
    return [msgspec.structs.replace(f, path=printable(prefix + f.path)) for f in findings]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors before warnings; what harms readers or what was published before what is badly formed."""
    order = {"T9": 0, "T5": 1, "T1": 2, "T2": 3, "T3": 4}
    return sorted(findings, key=lambda f: (f.severity is not Severity.ERROR, order.get(f.code[:2], 5), f))


def fingerprints(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with a mark by which a forge knows it again in the next run.

    The line is no part of it, because it moves when something is written above; equal findings
    of one file are told apart by their order.
    """
    seen: Counter[tuple] = Counter()
    for finding in findings:
        key = (finding.code, finding.path, finding.message)
        seen[key] += 1
        text = "\0".join([*key, str(seen[key])])
        yield finding, hashlib.sha256(text.encode()).hexdigest()[:40]
