"""CITATION.cff: how to cite the data, for people and for reference managers (CFF 1.2.0)."""

from __future__ import annotations

import json

from tracker.export.edition import Edition
from tracker.export.text import one_line

PATH = "CITATION.cff"


def citation(edition: Edition) -> bytes:
    """The file for one edition. Each value is quoted as JSON does it, which YAML reads alike."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this data, please cite it as below.",
        "type: dataset",
        f"title: {_quoted(edition.name)}",
        f"abstract: {_quoted(one_line(edition.description))}",
        "authors:",
        f"  - name: {_quoted(edition.authors)}",
        f"license: {edition.licence.name}",
        f"version: {_quoted(edition.version)}",
        f"date-released: {_quoted(edition.as_of)}",
    ]
    if edition.commit:
        lines.append(f"commit: {_quoted(edition.commit)}")
    if edition.url:
        lines.append(f"url: {_quoted(edition.url)}")
    if edition.repository:
        lines.append(f"repository-code: {_quoted(edition.repository)}")
    lines += ["keywords:", "  - recommendations", "  - monitoring", "  - open data"]
    return ("\n".join(lines) + "\n").encode()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
