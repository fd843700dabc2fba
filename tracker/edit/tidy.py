"""One canonical shape for a record that somebody wrote, or a web editor wrote anew.

The order of keys, quotes, indentation and the form of lists become those of `compose`;
comments stay with what they are about. It is proved, not hoped, that this changes nothing
in meaning: the data, the text and every comment are compared, and a file for which they
don't come out the same is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tracker import frontmatter
from tracker.edit import compose
from tracker.edit.compose import NO_SHAPE, Shape, shape_of
from tracker.edit.original import Original
from tracker.edit.remarks import Remarks
from tracker.edit.scalars import is_id
from tracker.errors import TrackerError
from tracker.yamltext.spans import Span, comments, spans


class LeftAlone(TrackerError):
    """Why a file keeps the shape that it has."""

    def __init__(self, path: str, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")
        self.path, self.line, self.why = path, line, why


def tidied(kind: type, raw: bytes, path: str) -> bytes:
    """The file ``raw`` (of class ``kind``) in its canonical shape.

    Line ends and a byte order mark stay as they are. Raises LeftAlone, with the line.
    """
    document = frontmatter.read(raw, path)
    if document.data is None or document.findings:
        first = document.findings[0]
        raise LeftAlone(path, first.line, first.message)
    original = Original(raw, path)
    made = _written(kind, original)
    _prove(original, made, path)
    if _written(kind, Original(made, path)) != made:
        raise LeftAlone(path, 1, "its shape would be another one each time")
    return made


def _written(kind: type, original: Original) -> bytes:
    root = spans(original.yaml) if original.yaml.strip() else None
    lines: list[str] = []
    if root is not None and root.kind == "mapping":
        lines = _Tidier(original.yaml, root).text(original.data, shape_of(kind))
    body = f"{original.body}\n" if original.body else ""
    text = "\n".join(["---", *lines, "---", body])
    mark = "\ufeff" if original.raw.startswith(b"\xef\xbb\xbf") else ""
    return (mark + text.replace("\n", original.newline)).encode()


def _prove(original: Original, made: bytes, path: str) -> None:
    again = frontmatter.read(made, path)
    if again.findings or again.data != original.data:
        raise LeftAlone(path, 1, "its facts would not all come out the same")
    if again.body != original.body:
        raise LeftAlone(path, 1, "its text would not come out the same")
    kept = sorted(c.text for c in comments(Original(made, path).yaml))
    had = sorted(c.text for c in comments(original.yaml))
    if kept != had:
        lost = next((text for text in had if had.count(text) != kept.count(text)), "")
        line = next((n for n, row in enumerate(original.yaml.split("\n"), 2) if lost and lost in row), 1)
        raise LeftAlone(path, line, f"there is no place to keep the comment “{lost}”")


class _Tidier:
    def __init__(self, text: str, root: Span) -> None:
        self.root = root
        self.remarks = Remarks(text, root)

    def text(self, data: dict, shape: Shape) -> list[str]:
        return [*self._mapping(self.root, data, shape, 0), *self.remarks.last]

    def _mapping(self, span: Span, data: dict, shape: Shape, indent: int) -> list[str]:
        pad, lines, remarks = " " * indent, [], self.remarks
        for key in shape.sorted(span.keys):
            start, _, value = span.keys[key]
            inner = shape.inner.get(key, NO_SHAPE)
            above, beside = list(remarks.before[start]), list(remarks.beside[start])
            head = f"{pad}{compose.key_text(key)}:"
            if _is_block(value, data[key]):
                first, rest = head, self._block(value, data[key], inner, indent + 2)
            else:
                said, *rest = compose.value_lines(key, data[key], shape, indent)
                first = f"{head} {said}".rstrip()
                above += self._inside(value)
            lines += [f"{pad}{text}" for text in (*above, *beside[1:])]
            lines.append(f"{first} {beside[0]}" if beside else first)
            lines += [*rest, *(f"{pad}{text}" for text in remarks.below[start])]
        return lines

    def _block(self, span: Span, value: Any, shape: Shape, indent: int) -> list[str]:
        if span.kind == "mapping":
            return self._mapping(span, value, shape, indent)
        pad, lines, remarks = " " * indent, [], self.remarks
        for number, (item, said) in enumerate(zip(span.items, value, strict=True)):
            start = remarks.hyphen(span, number)
            above, beside = list(remarks.before[start]), list(remarks.beside[start])
            if isinstance(said, dict) and said and item.kind == "mapping":
                made = self._mapping(item, said, shape, indent + 2)
                lead = _leading_comments(made)
                above += [*beside, *(line.strip() for line in lead)]
                made = made[len(lead) :]
                made[0] = f"{pad}- {made[0][indent + 2 :]}"
            else:
                made = compose.item_lines(said, shape, indent)
                if beside:
                    made[0] = f"{made[0]} {beside[0]}"
                    above += beside[1:]
            lines += [f"{pad}{text}" for text in above]
            lines += [*made, *(f"{pad}{text}" for text in remarks.below[start])]
        return lines


    def _inside(self, span: Span) -> Iterator[str]:
        """The comments of a block that will stand on one line."""
        remarks = self.remarks
        starts = [start for start, _, _ in span.keys.values()]
        starts += [remarks.hyphen(span, number) for number in range(len(span.items))]
        for start, inner in zip(starts, [*(v for _, _, v in span.keys.values()), *span.items], strict=True):
            if span.style != "flow":  # what stood in brackets is tied to their key already
                yield from (*remarks.before[start], *remarks.beside[start], *remarks.below[start])
                yield from self._inside(inner)


_REMARK = re.compile(r" *#")


def _leading_comments(lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        if not _REMARK.match(line):
            break
        found.append(line)
    return found


def _is_block(span: Span, value: Any) -> bool:
    """Whether a value takes lines of its own: a mapping, or a list that is not all ids."""
    if span.kind == "mapping":
        return bool(value)
    if span.kind == "list" and value:
        return not all(isinstance(item, str) and is_id(item) for item in value)
    return False
