"""Findings as SARIF 2.1.0, which GitHub's security tab, editors and other tools read.

The rules come with it, each with its own text as help, so that a reader needs no other page.
"""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from tracker import __version__
from tracker.findings import Finding
from tracker.formats import fingerprints
from tracker.rules import FAMILIES, Rule, catalogue

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(findings: list[Finding], site_url: str = "") -> bytes:
    """``site_url`` is where the tracker's site is published; its rules have a page each there."""
    rules = catalogue()
    places = {name: index for index, name in enumerate(rules)}
    driver = {
        "name": "tracker", "version": __version__,
        "rules": [_rule(rule, site_url) for rule in rules.values()],
    }  # fmt: skip
    if site_url:
        driver["informationUri"] = f"{site_url.rstrip('/')}/rules/index.html"
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, mark, places[f.code]) for f, mark in fingerprints(findings)],
    }
    made = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(made), indent=2)


def _rule(rule: Rule, site_url: str) -> dict:
    made = {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.doc},
        "help": {"text": rule.doc, "markdown": rule.doc},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [FAMILIES[rule.code[:2]]]},
    }
    if site_url:
        made["helpUri"] = f"{site_url.rstrip('/')}/rules/{rule.code}.html"
    return made


def _result(f: Finding, mark: str, place: int) -> dict:
    where = {"artifactLocation": {"uri": quote(f.path), "uriBaseId": "%SRCROOT%"}}
    if f.line:
        where["region"] = {"startLine": f.line, "startColumn": max(f.column, 1)}
    return {
        "ruleId": f.code, "ruleIndex": place, "level": f.severity.value,
        "message": {"text": f"{f.message}. {f.hint}" if f.hint else f.message},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"trackerFinding/v1": mark},
    }  # fmt: skip
