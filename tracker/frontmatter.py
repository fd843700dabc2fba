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

from tracker.findings import Finding
from tracker.rules import files as rules
from tracker.yamltext import exact, fast

MOST_BYTES = 256 * 1024
_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^---[ \t]*$\n?", re.MULTILINE)


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

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []
        self.body_line = 1

    def detect(self, text: str) -> bool:
        return _OPENING.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        parts = split(text)
        self.body_line = parts.body_line
        return parts.yaml, parts.body

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


def decoded(data: bytes, path: str) -> tuple[str | None, list[Finding]]:
    """Bytes to text with ``\\n`` line ends and no byte order mark."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - (before.rfind(b"\n") + 1) + 1
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            message = "the file is saved as UTF-16"
        else:
            message = (
                "the file is not saved as UTF-8; it looks like Windows-1252 or Latin-1"
                f" (“{data[error.start : error.start + 1].decode('cp1252', 'replace')}” here)"
            )
        return None, [rules.NOT_UTF8.finding(
            path, message, "Save it again with the encoding UTF-8.", line, column
        )]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []


def split(text: str) -> Split:
    """Front matter and body of a text that has both lines of three hyphens."""
    start = _OPENING.match(text).end()
    end = _CLOSING.search(text, start)
    return Split(
        text[start : end.start()], text[end.end() :], text.count("\n", 0, end.end()) + 1
    )


def read(data: bytes, path: str) -> Document:
    """Everything that one file says. Never raises for what a file contains."""
    text, findings = decoded(data, path)
    if text is None:
        return Document(None, "", 1, findings)
    if (finding := _boundaries(text, path)) is not None:
        return Document(None, text, 1, [finding])
    handler = TextHandler(path)
    try:
        front, body = frontmatter.parse(text, handler=handler)
    except Unreadable:
        return Document(None, "", handler.body_line, handler.findings)
    # python-frontmatter strips the body; lines are counted from the unstripped one.
    return Document(front, body, handler.body_line, handler.findings)


def read_plain(data: bytes, path: str) -> Document:
    """A page of prose, whose front matter may be missing."""
    text, findings = decoded(data, path)
    if text is None:
        return Document(None, "", 1, findings)
    if not _OPENING.match(text):
        return Document({}, text.strip(), 1, [])
    return read(data, path)


def _boundaries(text: str, path: str) -> Finding | None:
    if not _OPENING.match(text):
        if _OPENING.match(text.lstrip()):
            return rules.NO_FRONT_MATTER.finding(
                path, "there are empty lines before the front matter",
                "Make --- the very first line of the file.", 1, 1,
            )
        return rules.NO_FRONT_MATTER.finding(
            path, "the file does not begin with front matter",
            "Begin with a line ---, then the facts (title: ...), then a line ---, then the text.",
            1, 1,
        )
    if not _CLOSING.search(text, text.index("\n") + 1):
        return rules.UNCLOSED.finding(
            path, "the front matter has no closing line of three hyphens",
            "Put a line with just --- between the facts and the text.", 1, 1,
        )
    return None
