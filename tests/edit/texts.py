"""Records as people and programs write them: for properties that must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

DRESSINGS = ["unix", "windows", "windows with a mark", "old mac"]
_ENDS = {"unix": "\n", "windows": "\r\n", "windows with a mark": "\r\n", "old mac": "\r"}

# Texts that some reader of YAML takes for something else, or that break a line that holds them.
TRAPS = [
    "no", "yes", "null", "~", "2015", "2015-07-19", "010", "12:30", "1e3", "0x1f", ".inf", "1_000", "a: b", "a #b",
    "#a", "- a", "? a", "[a]", "{a}", "a, b", "'a'", '"a"', "a'b", "*a", "&a", "!a", "%a", "@a", "`a`", "|", ">",
    "a:", "---", "...", "=", "<<", "Ünï 😀 ﷺ", "a\tb", "a\nb", "a\n\nb\n", " a", "a ", "a\\b", "a\u2028b", "a\x85b",
    "a\ufeffb", "2001-12-14 21:59:43 Z", "12 bodies", "x" * 300, "<b>", "line\n  indented\nback", "\u202eabc",
]  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Any text that a record may hold: what YAML forbids outright is left out."""
    free = st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t"), min_size=1, max_size=40
    )
    return (st.sampled_from(TRAPS) | free).filter(lambda text: text.strip() != "")


def said(value):
    """A value as the reader gives it back."""
    if isinstance(value, dict):
        return {key: said(item) for key, item in value.items()}
    if isinstance(value, list):
        return [said(item) for item in value]
    return value.replace("\r\n", "\n").replace("\r", "\n")


def dressed(text: str, dressing: str) -> bytes:
    mark = b"\xef\xbb\xbf" if "mark" in dressing else b""
    return mark + text.replace("\n", _ENDS[dressing]).encode()


_COMMENTS = ["", "", " # seen", "   # why: x", " #\ttab"]
_LINES = ["", "", "# a comment\n", "\n", "    # indented\n"]
_TITLES = ["A plan", "'single'", '"double \\u00e9"', "no", "2015", "A 😀 plan", "  spaced"]
_THEMES = ["[a, b]", "[ a ,  'b' ]", "[]", "\n  - a\n  - b", "\n- a # first\n- \"b\"", "[a,\n  b]", "~", ""]
_NOTES = ["plain", "'quo''ted'", '"a\\nb"', "|\n      One.\n\n      Two.", ">-\n      folded\n      text", "over\n      lines"]
_LOGS = ["", "assessments:{c}\n", "assessments: []{c}\n", "assessments:\n  - {{actor: eu, note: x}}{c}\n",
         "assessments: [{{actor: eu}}, {{actor: au}}]{c}\n"]  # fmt: skip


@st.composite
def records(draw) -> bytes:
    """A recommendation's file with comments, quotes and layout of any kind, in any order of keys."""
    comment = st.sampled_from(_COMMENTS)
    title = f"title: {draw(st.sampled_from(_TITLES))}{draw(comment)}\n"
    themes = draw(st.sampled_from(_THEMES))
    parts = [title, f"themes: {themes}{draw(comment) if themes else ''}\n", f"order: 3{draw(comment)}\n"]
    log = draw(st.sampled_from([*_LOGS, "entries", "entries"]))
    if log == "entries":
        entries = [
f"  - actor: eu{draw(comment)}\n"
            f"{draw(st.sampled_from(['', '    # between' + chr(10)]))}    note: {draw(st.sampled_from(_NOTES))}\n"
            for _ in range(draw(st.integers(1, 3)))
        ]
        log = "assessments:\n" + "".join(entries)
    else:
        log = log.format(c=draw(comment))
    parts = draw(st.permutations([*parts, log]))
    lines = st.sampled_from(_LINES)
    text = "---\n" + "".join(draw(lines) + part for part in parts) + draw(lines) + "---\n"
    text += draw(st.sampled_from(["", "\n", "Text.\n", "\n\nText --- with\n---\nlines\n\n", "No end"]))
    return dressed(text, draw(st.sampled_from(DRESSINGS)))
