"""A file's text to its front matter and its body.

Reading goes through python-frontmatter with a handler of ours, so that the format stays
the one that every other tool knows, while types and errors are ours. Bytes in: CRLF
line ends and a byte order mark are accepted, and a writer can put them back.
"""

from __future__ import annotations

import re

import frontmatter
import msgspec
from frontmatter.default_handlers import BaseHandler

from tracker.encoding import decoded
from tracker.findings import Finding
from tracker.rules import files as rules
from tracker.yamltext import exact, fast

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"\n---[ \t]*(?:\n|$)")


class Document(msgspec.Struct):
    """A file, read: its data (dicts, lists, text and None), its body, what was wrong.

    ``data`` is None where the front matter could not be read. ``body_line`` is the
    line on which the body begins, counted from 1.
    """

    data: dict | None
    body: str
    body_line: int
    findings: list[Finding]


class Split(msgspec.Struct):
    yaml: str
    body: str
    body_line: int


class TextHandler(BaseHandler):
    """python-frontmatter's part: where front matter is, and how its YAML is read."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def __init__(self, path: str, parts: Split) -> None:
        self.path = path
        self.parts = parts
        self.findings: list[Finding] = []

    def detect(self, text: str) -> bool:
        return True

    def split(self, text: str) -> tuple[str, str]:
        return self.parts.yaml, self.parts.body

    def load(self, fm: str, **_) -> dict:
        data = fast.read(fm)
        if data is None:
            node, self.findings = exact.read(fm, self.path, first_line=2)
            data = node.plain() if node else None
            if self.findings and not _only_duplicates(self.findings):
                raise Unreadable
            data = {} if data is None else data
        if not isinstance(data, dict):
            kind = "a list" if isinstance(data, list) else "a single text"
            self.findings = [rules.NOT_A_MAPPING.finding(
                self.path, f"the front matter is {kind}, not a set of “key: value” lines",
                "Give each fact a name: title: ..., source: ...", 2, 1,
            )]
            raise Unreadable
        return data


class Unreadable(Exception):
    """The front matter gives no data; the handler's findings say why."""


def _only_duplicates(findings: list[Finding]) -> bool:
    return all(f.code == rules.DUPLICATE_KEY.code for f in findings)


def split(text: str) -> Split | None:
    """Front matter and body, or None where one of the two lines of hyphens is missing."""
    opening = _OPENING.match(text)
    if opening is None:
        return None
    start = opening.end()
    at = text.find("\n---", start - 1)
    while at >= 0:
        closing = _CLOSING.match(text, at)
        if closing:
            end = closing.end()
            return Split(text[start : at + 1], text[end:], text.count("\n", 0, end) + 1)
        at = text.find("\n---", at + 1)
    return None


def stripped(parts: Split) -> tuple[str, int]:
    """The body without the white space around it, and the line on which it begins."""
    lead = len(parts.body) - len(parts.body.lstrip())
    return parts.body.strip(), parts.body_line + parts.body.count("\n", 0, lead)


def read(data: bytes, path: str) -> Document:
    """Everything that one file says. Never raises for what a file contains."""
    text, findings = decoded(data, path)
    if text is None:
        return Document(None, "", 1, findings)
    parts = split(text)
    if parts is None:
        return Document(None, text, 1, [_no_boundaries(text, path)])
    handler = TextHandler(path, parts)
    try:
        front, body = frontmatter.parse(text, handler=handler)
    except Unreadable:
        return Document(None, "", parts.body_line, handler.findings)
    return Document(front, body, stripped(parts)[1], handler.findings)


def read_plain(data: bytes, path: str) -> Document:
    """A page of prose, whose front matter may be missing."""
    text, findings = decoded(data, path)
    if text is None:
        return Document(None, "", 1, findings)
    if not _OPENING.match(text):
        body, line = stripped(Split("", text, 1))
        return Document({}, body, line, [])
    return read(data, path)


def _no_boundaries(text: str, path: str) -> Finding:
    if _OPENING.match(text):
        return rules.UNCLOSED.finding(
            path, "the front matter has no closing line of three hyphens",
            "Put a line with just --- between the facts and the text.", 1, 1,
        )
    if _OPENING.match(text.lstrip()):
        return rules.NO_FRONT_MATTER.finding(
            path, "there are empty lines before the front matter",
            "Make --- the very first line of the file.", 1, 1,
        )
    return rules.NO_FRONT_MATTER.finding(
        path, "the file does not begin with front matter",
        "Begin with a line ---, then the facts (title: ...), then a line ---, then the text.", 1, 1,
    )
