"""A file's front matter and its body: boundaries, encodings of line ends, positions.

Lines and columns are those that an editor shows: counted from 1 in the file as a whole,
whatever its line ends and with or without a byte order mark.
"""

from __future__ import annotations

import pytest
from conftest import GOOD, Tracker

from tracker import frontmatter
from tracker.frontmatter import Document

# The two lines of hyphens: text -> (front matter, body, line on which the body begins)
BOUNDARIES = {
    "plain": ("---\na: b\n---\nText.\n", {"a": "b"}, "Text.", 4),
    "empty lines before the text": ("---\na: b\n---\n\n\nText.\n", {"a": "b"}, "Text.", 6),
    "spaces after the hyphens": ("---  \na: b\n--- \t\nText.\n", {"a": "b"}, "Text.", 4),
    "no text": ("---\na: b\n---\n", {"a": "b"}, "", 4),
    "no end of line at the end": ("---\na: b\n---", {"a": "b"}, "", 3),
    "nothing between": ("---\n---\nText.\n", {}, "Text.", 3),
    "an empty line between": ("---\n\n---\nText.\n", {}, "Text.", 4),
    "only a comment between": ("---\n# c\n---\nText.\n", {}, "Text.", 4),
    "null between": ("---\n~\n---\nText.\n", {}, "Text.", 4),
    "a rule in the text": ("---\na: b\n---\nText.\n\n---\n\nMore.\n", {"a": "b"}, "Text.\n\n---\n\nMore.", 4),
    "front matter in the text": ("---\na: b\n---\n---\nc: d\n---\n", {"a": "b"}, "---\nc: d\n---", 4),
    "hyphens in a value": ("---\na: --- b\nc: x---\n---\n", {"a": "--- b", "c": "x---"}, "", 5),
    "hyphens in a block": ("---\na: |\n  ---\n  b\n---\n", {"a": "---\nb\n"}, "", 6),
    "a line of more hyphens in a block": ("---\na: b\nc: |\n  ----\n---\n", {"a": "b", "c": "----\n"}, "", 6),
    "three hyphens in quotes": ("---\na: '---'\n---\n", {"a": "---"}, "", 4),
    "+++ is text": ("---\na: b\n---\n+++\nc\n+++\n", {"a": "b"}, "+++\nc\n+++", 4),
    "a literal block keeps its last line end": ("---\na: |\n  b\n---\nText.\n", {"a": "b\n"}, "Text.", 5),
    "code at the end": ("---\na: b\n---\nText.\n\n    code\n", {"a": "b"}, "Text.\n\n    code", 4),
}  # fmt: skip
NONE = {
    "nothing": ("", "T103"),
    "white space": (" \n\n", "T103"),
    "text only": ("Text.\n", "T103"),
    "two hyphens": ("--\na: b\n--\n", "T103"),
    "four hyphens": ("----\na: b\n----\n", "T103"),
    "indented": (" ---\na: b\n---\n", "T103"),
    "text after the hyphens": ("--- # x\na: b\n---\n", "T103"),
    "hyphens alone": ("---", "T103"),
    "hyphens and a line end": ("---\n", "T104"),
    "not closed": ("---\na: b\n", "T104"),
    "closed by dots": ("---\na: b\n...\nText.\n", "T104"),
    "closed by an indented line": ("---\na: b\n ---\nText.\n", "T104"),
    "closed by more hyphens": ("---\na: b\n----\nText.\n", "T104"),
}
ENDS = {
    "LF": lambda text: text,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "BOM": lambda text: "\ufeff" + text,
    "BOM and CRLF": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
}


def read(text: str | bytes) -> Document:
    return frontmatter.read(text.encode() if isinstance(text, str) else text, "x.md")


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("text", "data", "body", "line"), BOUNDARIES.values(), ids=BOUNDARIES)
def test_a_file_is_split_at_its_two_lines_of_hyphens(text, data, body, line, ends) -> None:
    assert read(ends(text)) == Document(data, body, line, [])


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("text", "code"), NONE.values(), ids=NONE)
def test_without_both_lines_there_is_no_front_matter(text: str, code: str, ends) -> None:
    found = read(ends(text))
    assert found.data is None
    assert [(f.code, f.line, f.column) for f in found.findings] == [(code, 1, 1)]


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("text", "body"), [
    ("# Prose\n\nText.\n", "# Prose\n\nText."), ("---\na: b\n---\nText.\n", "Text."),
    ("", ""), ("---", "---"),
])  # fmt: skip
def test_a_page_of_prose_needs_no_front_matter(text: str, body: str, ends) -> None:
    found = frontmatter.read_plain(ends(text).encode(), "x.md")
    assert (found.body, found.findings) == (body, [])


# A file's text with § where its one finding must stand, and the finding's code.
PLACES = {
    "a value": (GOOD.replace("formal", "§fromal"), "T205"),
    "a key": (GOOD.replace("kind:", "§kindd:"), "T201"),
    "in brackets": (GOOD.replace("[au, ", "[au, §aux, "), "T301"),
    "in a list": (GOOD.replace("  - A desk", "  - §<b>A</b> desk"), "T906"),
    "after letters of two bytes": (GOOD.replace("[global]", "[§'é']"), "T205"),
    "behind letters of many bytes": (
        GOOD.replace("regions:", "relations: [{reason: «é» 中文 😀, repeats: §frist}]\nregions:"), "T301"),
    "syntax": (GOOD.replace("Part 1", "Part 1§: x"), "T105"),
    "twice": (GOOD.replace("regions:", "§kind: formal\nregions:"), "T106"),
    "an alias": (GOOD.replace("Part 1", "§*x").replace(", point 1", ""), "T107"),
    "the first line of the text": (GOOD.replace("What is", "What §<b>is</b>"), "T906"),
    "after empty lines": (GOOD.replace("What is", "\n\nWhat §<b>is</b>"), "T906"),
    "a later line of the text": (GOOD + "\n中文 «é» 😀 §<b>x</b>\n", "T906"),
    "the text after a rule": (GOOD + "\n---\n\n[x](§javascript:x)\n", "T907"),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("text", "code"), PLACES.values(), ids=PLACES)
def test_a_finding_stands_where_an_editor_shows_it(text: str, code, ends, tracker: Tracker) -> None:
    before = text[: text.index("§")]
    tracker.recommendation("first", title="title: First", addressed_to="addressed_to: [au, eu, rigos]")
    tracker.write("recommendations/report/ask.md", ends(text.replace("§", "")))
    (found,) = tracker.project().findings
    wanted = (code, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    assert (found.code, found.line, found.column) == wanted


# Bytes that are not UTF-8 -> line and column (in bytes, as nothing else is certain)
BYTES = {
    "Latin-1": (b"---\ntitle: \xe9\n---\n", 2, 8, "“é”"),
    "Windows-1252": (b"---\na: b\n---\nIt\x92s\n", 4, 3, "“’”"),
    "no letter of any": (b"---\na: \x81\n---\n", 2, 4, "“�”"),
    "CRLF": (b"---\r\ntitle: \xe9\r\n---\r\n", 2, 8, "“é”"),
    "cut off": ("---\na: é".encode()[:-1], 2, 4, "“Ã”"),
    "surrogate": (b"---\na: \xed\xa0\x80\n---\n", 2, 4, "“í”"),
    "overlong": (b"---\na: \xc0\xaf\n---\n", 2, 4, "“À”"),
    "UTF-16, little end": ("---\na: é\n---\n".encode("utf-16"), 1, 1, "UTF-16"),
    "UTF-16, big end": (b"\xfe\xff" + "---\n".encode("utf-16-be"), 1, 1, "UTF-16"),
}


@pytest.mark.parametrize(("data", "line", "column", "message"), BYTES.values(), ids=BYTES)
def test_other_encodings_are_one_finding(data: bytes, line: int, column: int, message: str) -> None:
    found = read(data)
    assert (found.data, found.body) == (None, "")
    assert [(f.code, f.line, f.column) for f in found.findings] == [("T102", line, column)]
    assert message in found.findings[0].message


def test_a_duplicate_key_keeps_the_first_value_and_the_rest_of_the_record() -> None:
    found = read("---\na: one\nb: c\na: two\n---\nText.\n")
    assert found.data == {"a": "one", "b": "c"}
    assert found.body == "Text."
    assert [f.code for f in found.findings] == ["T106"]


def test_python_frontmatter_reads_the_same_file_in_the_same_way() -> None:
    """The format stays the one that every other tool knows."""
    import frontmatter as other

    metadata, body = other.parse("---\ntitle: A desk\nlist: [a, b]\n---\n\nText.\n")
    found = read("---\ntitle: A desk\nlist: [a, b]\n---\n\nText.\n")
    assert (found.data, found.body) == (metadata, body)
