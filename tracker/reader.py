"""One file to one record and its own findings.

Everything here depends only on the file's bytes, its path and the configuration, so the
outcome can be cached by content.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import msgspec

from tracker import dates, decode, fields, safety
from tracker.config import Config
from tracker.encoding import decoded
from tracker.findings import Finding, Problem
from tracker.model import INBOX, Proposal, Record
from tracker.rules import catalogue, in_scope
from tracker.rules import records as rules
from tracker.store import PAGES, RECORDS


class Outcome(msgspec.Struct):
    """What came of one file: a record, or a page of prose (``collection`` is empty).

    ``named`` are the ids that the record names, by the collection where they should be.
    """

    collection: str
    id: str
    record: Record | None
    findings: list[Finding]
    named: dict[str, set[str]] = msgspec.field(default_factory=dict)


class Reader:
    """Reads files as the configuration says."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.types = config.record_types() | {INBOX: Proposal}
        self.rules = in_scope("record")
        allowed = functools.cache(lambda name: frozenset(config.allowed(name)))
        self.known = fields.Known(("date", "term", "url"), functools.partial(_good, allowed))

    def collection_of(self, path: str) -> str:
        """The collection that a path belongs to; empty for a page of prose."""
        if path.startswith(f"{INBOX}/"):
            return INBOX
        parts = path.split("/")
        if parts[0] == RECORDS:
            return "recommendations"
        if parts[0] == PAGES and len(parts) == 3 and parts[2] != "index.md":
            return parts[1] if parts[1] in self.types and parts[1] != "recommendations" else ""
        return ""

    def read(self, path: str, data: bytes) -> Outcome:
        collection = self.collection_of(path)
        stem = path.rsplit("/", 1)[1].removesuffix(".md")
        if not collection:
            document = _parser().read_plain(data, path)
            return Outcome("", stem, None, [*document.findings, *prose_findings(document, path)])
        document = _parser().read(data, path)
        if document.data is None:
            return Outcome(collection, stem, None, document.findings)
        if collection == INBOX and (misplaced := rules.not_an_assessment(document.data)) is not None:
            return Outcome(collection, stem, None, [*document.findings, *located([misplaced], path, data)])
        record, problems = decode.convert(document.data, self.types[collection])
        if record is not None:
            record.path, record.body = path, document.body
            misread = bool(problems)
            context = Context(self.config, self.known, record, is_odd(data), misread=misread)
            for rule in self.rules:
                # What could not be read is not missing: one mistake, one finding.
                if not (misread and rule.code.startswith(_ABOUT_ABSENCE)):
                    problems.extend(rule.check(record, context))
            record.id = stem
        findings = document.findings
        if problems:
            findings = [*findings, *located(problems, path, data)]
        return Outcome(collection, stem, record, findings, fields.named(record))

    def record(self, path: str, data: bytes) -> Record | None:
        """The record alone, for versions of the past that nobody is asked to mend."""
        collection = self.collection_of(path)
        document = _parser().read(data, path)
        if not collection or document.data is None:
            return None
        record, _ = decode.convert(document.data, self.types[collection])
        if record is not None:
            record.path, record.body = path, document.body
            record.id = path.rsplit("/", 1)[1].removesuffix(".md")
        return record


# Bytes without which a text holds neither a tag nor a control character: “<”, a backslash
# (an escape), controls; and the beginnings of U+0080 to 9F and of U+202D and E.
_ODD_BYTES = bytes([*range(9), *range(11, 13), *range(14, 32), 127]) + b"<\\"
_ODD_SIGNS = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xad\xae]")


def is_odd(data: bytes) -> bool:
    """Whether a text may hold a tag or a control character: most can't."""
    if len(data.translate(None, _ODD_BYTES)) != len(data):
        return True
    return not data.isascii() and _ODD_SIGNS.search(data) is not None


_ABOUT_ABSENCE = ("T209", "T210", "T211", "T4")
_MISREAD = frozenset({"T106", "T201", "T202", "T203"})


def misread(findings: list[Finding]) -> bool:
    """Whether parts of a record were lost, so that what it seems to lack proves nothing."""
    return any(finding.code in _MISREAD for finding in findings)


def _parser():
    """The front matter's reader, imported on use: where nothing changed, none is needed."""
    from tracker import frontmatter

    return frontmatter


class Context:
    """What a rule about one record may ask."""

    def __init__(
        self, config: Config, known: fields.Known, record: Record, is_odd: bool, *, misread: bool = False
    ) -> None:
        self.stem = record.path.rsplit("/", 1)[1].removesuffix(".md")
        self.config = config
        self.kind = type(record)
        self.known = known
        self.is_odd = is_odd
        self.misread = misread  # parts of the record could not be read
        self.suspect = not known.all_good(record)

    def bad(self, record: Record, mark: str) -> list[fields.Value]:
        """The values annotated with ``mark`` that are not good."""
        if not self.suspect:
            return []
        return [v for v in self._marked(record, mark) if not self.known.verify(mark, v.argument, v.value)]

    def texts(self, record: Record) -> Iterator[tuple[tuple, str]]:
        """Plain texts that could hold a tag or a control character: none in most files."""
        if self.is_odd:
            for value in self._marked(record, "text"):
                yield value.where, value.value

    def _marked(self, record: Record, mark: str) -> Iterator[fields.Value]:
        return fields.values(record, fields.plan(self.kind, mark))

    def plain_lists(self, record: Record) -> list[tuple[str, str]]:
        return _plain_lists(self.kind)

    @property
    def vague_verbs(self) -> list[str]:
        return self.config.vague_verbs


def _good(allowed: Callable[[str], frozenset[str]], mark: str, argument, value: str) -> bool:
    match mark:
        case "date":
            return dates.problem(value) is None
        case "term":
            return value in allowed(argument)
    return safety.allowed_url(value)


@functools.cache
def _plain_lists(kind: type) -> list[tuple[str, str]]:
    """(attribute, key) of every list of single values."""
    return sorted({
        (step.attribute, step.key)
        for mark in ("ref", "term", "text")
        for step in fields.plan(kind, mark)
        if step.many and step.inner is None
    })  # fmt: skip


def prose_findings(document, path: str) -> Iterator[Finding]:
    """The safety rules for a page that is no record."""
    rules = catalogue()
    if (offset := safety.html_in_markdown(document.body)) is not None:
        yield rules["T906"].finding(
            path, f"there is HTML in the text: {safety.excerpt(document.body, offset)}",
            "Write Markdown, or put code between backticks.",
            *_at(document.body, document.body_line, offset),
        )
    for offset, attribute, address in safety.links(document.body):
        line, column = _at(document.body, document.body_line, offset)
        if safety.inside(address):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address)))
            if not target.startswith(f"{PAGES}/"):
                yield rules["T902"].finding(
                    path, f"the link to “{safety.shortened(address)}” leaves {PAGES}/",
                    "Link to a page or picture of this site, relative to this file.", line, column,
                )
        elif attribute == "src" or not safety.allowed_url(address):
            yield rules["T907"].finding(
                path, f"the link to “{safety.shortened(address)}” is not allowed",
                "Link to a page of this site, or to an address that begins with https://.", line, column,
            )


def located(problems: list[Problem], path: str, data: bytes) -> list[Finding]:
    """Problems as findings with lines and columns, which needs the exact reader."""
    from tracker import frontmatter
    from tracker.yamltext import exact

    text, _ = decoded(data, path)
    parts = frontmatter.split(text)
    root, _ = exact.read(parts.yaml, path)
    rules = catalogue()
    found = []
    for problem in problems:
        rule = rules[problem.rule]
        if problem.where[:1] == ("body",):
            body, body_line = frontmatter.stripped(parts)
            line, column = _at(body, body_line, problem.where[1])
        else:
            line, column = _in_front_matter(root, problem)
        found.append(rule.finding(path, problem.message, problem.hint, line, column))
    return found


def _at(body: str, first_line: int, offset: int) -> tuple[int, int]:
    """Line and column of a place in a body that begins on ``first_line``."""
    before = body[:offset]
    return first_line + before.count("\n"), offset - (before.rfind("\n") + 1) + 1


def _in_front_matter(root, problem: Problem) -> tuple[int, int]:
    """Line and column of the deepest part of the way that exists; line 1 for the whole."""
    node, at = root, None
    for depth, part in enumerate(problem.where):
        if node is None:
            break
        last = depth == len(problem.where) - 1
        if isinstance(node.value, dict) and part in node.value:
            key_at = node.key_at[part]
            node = node.value[part]
            empty = node.value is None
            at = key_at if (last and problem.on_key) or empty else (node.line, node.column)
        elif isinstance(node.value, list) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            at = (node.line, node.column)
        else:
            break
    return (at[0] + 2, at[1] + 1) if at else (1, 1)
