"""The exact reader: YAML events to nodes with positions, and every finding.

It walks PyYAML's event stream with a stack of its own, so depth can't exhaust the
interpreter, an alias is seen as an alias (and never followed), and a duplicate key is
found where it stands. It is used for files that the fast reader declines and to look
up lines for findings.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from tracker.findings import Finding
from tracker.rules.files import CLEVER_YAML, DUPLICATE_KEY, SYNTAX, TOO_DEEP

MOST_DEPTH = 20
NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(slots=True)
class Node:
    """A value and where it stands: line and column count from 0 within the YAML text."""

    line: int
    column: int
    value: str | list[Node] | dict[str, Node] | None
    key_at: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plain(self):
        """The value as dicts, lists, text and None."""
        match self.value:
            case dict() as mapping:
                return {key: node.plain() for key, node in mapping.items()}
            case list() as items:
                return [node.plain() for node in items]
        return self.value


def read(text: str, path: str, first_line: int = 1) -> tuple[Node | None, list[Finding]]:
    """The root node of a YAML text, and what is wrong with it.

    Errors: syntax, anchors, aliases, tags, duplicate keys, depth. All but a duplicate
    key end the reading, and the node is then None.
    """
    findings: list[Finding] = []
    builder = _Builder(path, first_line, findings)
    try:
        for event in yaml.parse(text, Loader=Loader):
            if not builder.take(event):
                return None, findings
    except yaml.YAMLError as error:
        # What follows from broken YAML is not worth saying: one mistake, one finding.
        return None, [_syntax(error, text, path, first_line)]
    return builder.root, findings


class _Builder:
    def __init__(self, path: str, first_line: int, findings: list[Finding]) -> None:
        self.path, self.first_line, self.findings = path, first_line, findings
        self.root: Node | None = None
        self.documents = 0
        self.stack: list[Node] = []
        self.keys: list[Node | None] = []  # the key that waits for its value, per level

    def take(self, event) -> bool:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.report(SYNTAX, event, "a second YAML document begins here",
                            "Keep one block of facts between the two lines of ---.")
                return False
        elif isinstance(event, yaml.AliasEvent):
            self.report(CLEVER_YAML, event, f"“*{event.anchor}” is a YAML alias",
                        "Write the value out; put text that begins with * in quotes.")
            return False
        elif isinstance(event, yaml.ScalarEvent):
            if self.marked(event):
                return False
            plain = event.style is None or event.style == ""
            value = None if plain and event.value in NULLS else event.value
            self.place(Node(*self.at(event), value), text=event.value)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if self.marked(event):
                return False
            if len(self.stack) >= MOST_DEPTH:
                self.report(TOO_DEEP, event,
                            f"lists and mappings are nested more than {MOST_DEPTH} deep",
                            "Flatten this part; no field needs so many levels.")
                return False
            node = Node(*self.at(event), {} if isinstance(event, yaml.MappingStartEvent) else [])
            self.place(node)
            self.stack.append(node)
            self.keys.append(None)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
            self.keys.pop()
        return True

    def place(self, node: Node, text: str | None = None) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif self.keys[-1] is None:
            if text is None:
                text = f"key at {node.line}:{node.column}"
                self.report(SYNTAX, node, "a key must be a single word",
                            "Write `key: value`, with a plain word before the colon.")
            self.keys[-1] = Node(node.line, node.column, text)
        else:
            key = self.keys[-1]
            self.keys[-1] = None
            if key.value in parent.value:
                first = parent.key_at[key.value][0] + self.first_line
                self.report(DUPLICATE_KEY, key, f"“{key.value}” stands twice; the first is on line {first}",
                            "Keep one of the two.")
            else:
                parent.value[key.value] = node
                parent.key_at[key.value] = (key.line, key.column)

    def marked(self, event) -> bool:
        """Whether an anchor or a tag stands here; the first one ends the reading."""
        if event.anchor is not None:
            self.report(CLEVER_YAML, event, f"“&{event.anchor}” is a YAML anchor",
                        "Take it out; put text that begins with & in quotes.")
        elif event.tag is not None and not (event.tag == "!" and getattr(event, "style", None)):
            self.report(CLEVER_YAML, event, f"“{event.tag}” is a YAML tag",
                        "Take it out; put text that begins with ! in quotes.")
        else:
            return False
        return True

    def at(self, event) -> tuple[int, int]:
        return event.start_mark.line, event.start_mark.column

    def report(self, rule, where, message: str, hint: str) -> None:
        line, column = (where.line, where.column) if isinstance(where, Node) else self.at(where)
        self.findings.append(
            rule.finding(self.path, message, hint, line + self.first_line, column + 1)
        )


def _syntax(error: yaml.YAMLError, text: str, path: str, first_line: int) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    if any(words in problem for words in _WHERE_IT_BEGAN):
        mark = getattr(error, "context_mark", None) or mark
    if mark is None:  # characters that YAML forbids are reported by offset only
        position = getattr(error, "position", 0) or 0
        before = text[:position]
        line, column = before.count("\n"), position - (before.rfind("\n") + 1)
        return SYNTAX.finding(
            path, "there is a character that YAML does not allow (a control character)",
            "Delete it and type the text again.", line + first_line, column + 1,
        )
    lines = text.split("\n")
    at = min(mark.line, len(lines) - 1)
    message, hint = _in_plain_words(problem, lines[at])
    return SYNTAX.finding(path, message, hint, at + first_line, mark.column + 1)


# The parser notices these only further on; the mistake is where the part begins.
_WHERE_IT_BEGAN = ("unexpected end of stream", "',' or ']'", "',' or '}'", "expected ':'")

_PLAIN = (
    ("mapping values are not allowed", "there is a second colon in this line",
     "Put the text after the first colon in quotes: key: \"text: with a colon\"."),
    ("could not find expected ':'", "there is a line without a colon",
     "Write key: value, or indent the line to continue the text above it."),
    ("unexpected end of stream", "a quote is opened and never closed", "Close the quote."),
    ("did not find expected ',' or ']'", "a list in square brackets is not closed",
     "Close it with ], and put commas between its items."),
    ("did not find expected ',' or '}'", "a mapping in curly brackets is not closed",
     "Close it with }, and put commas between its parts."),
    ("cannot start any token", "a text begins with a character that YAML keeps for itself",
     "Put the text in quotes."),
    ("block sequence entries are not allowed", "a list item stands where a text is expected",
     "Begin the list on the next line, indented, each item with “- ”."),
    ("did not find expected <document start>", "the front matter goes on after its end",
     "Indent this line like the ones above."),
    ("did not find expected key", "this line is not indented like its neighbours, or a text needs quotes",
     "Use the same number of spaces as the lines around it; put texts with quotes inside in quotes."),
    ("did not find expected '-' indicator", "this line is not indented like the list above",
     "Begin each item of the list with “- ”, one below the other."),
    ("unknown escape character", "a backslash stands inside double quotes",
     "Use single quotes, or write two backslashes."),
)


def _in_plain_words(problem: str, line: str) -> tuple[str, str]:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "the line is indented with a tab", "Indent with spaces."
    for words, message, hint in _PLAIN:
        if words in problem:
            return message, hint
    return (f"the YAML can't be read here ({problem})",
            "Compare the line with its neighbours; put texts in quotes.")
