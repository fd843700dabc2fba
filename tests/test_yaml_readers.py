"""The fast reader and the exact one read alike, or the fast one declines.

The exact reader says what a YAML text means to this project; the fast one exists for
speed only. Wherever it does not decline, the two must agree to the letter, and the exact
reader must have had nothing to say.
"""

from __future__ import annotations

import io
import random

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tracker.yamltext import exact, fast

BROKEN = object()  # the exact reader refuses it, so the fast one must decline

# YAML text -> what it means. Types are never guessed: all scalars but null are text.
READ = {
    "plain": ("a: b", {"a": "b"}),
    "no end of line": ("a: b\nc: d", {"a": "b", "c": "d"}),
    "empty lines": ("\n\na: b\n\n\nc: d\n\n", {"a": "b", "c": "d"}),
    "spaces around": ("a:    b   \nc: d\n", {"a": "b", "c": "d"}),
    "a word with spaces": ("a: b c  d\n", {"a": "b c  d"}),
    "key with spaces": ("a b: c\n", {"a b": "c"}),
    "quoted key": ("'a: b': c\n", {"a: b": "c"}),
    "hyphens": ("a-b: -c\n", {"a-b": "-c"}),
    "colon in a word": ("a: b:c\n", {"a": "b:c"}),
    "address": ("a: https://example.org/a?b=c&d#e\n", {"a": "https://example.org/a?b=c&d#e"}),
    "hash in a word": ("a: b#c\n", {"a": "b#c"}),
    "comment": ("a: b # c\n", {"a": "b"}),
    "comment lines": ("# one\na: b\n  # two\n# three\nc: d\n", {"a": "b", "c": "d"}),
    "comment in a list": ("a:\n  # one\n  - b # two\n  - c\n", {"a": ["b", "c"]}),
    "empty": ("", None),
    "only a comment": ("# nothing\n", None),
    "a word": ("a\n", "a"),
    "a list": ("- a\n- b\n", ["a", "b"]),
    "folded plain": ("a: b\n  c\n  d\n", {"a": "b c d"}),
    "folded plain with an empty line": ("a: b\n\n  c\n", {"a": "b\nc"}),
    # Looks like another type
    "Norway": ("a: no\nb: No\nc: off\nd: y\n", {"a": "no", "b": "No", "c": "off", "d": "y"}),
    "booleans": ("a: true\nb: False\nc: TRUE\n", {"a": "true", "b": "False", "c": "TRUE"}),
    "boolean in a word": ("a: truely false\n", {"a": "truely false"}),
    "octal": ("a: 010\nb: 0o10\nc: 0x1F\n", {"a": "010", "b": "0o10", "c": "0x1F"}),
    "sexagesimal": ("a: 12:30\nb: 190:20:30\n", {"a": "12:30", "b": "190:20:30"}),
    "integers": ("a: 12\nb: -0\nc: +1\nd: 1_000\n", {"a": "12", "b": "-0", "c": "+1", "d": "1_000"}),
    "long integer": (f"a: {10**40}\n", {"a": str(10**40)}),
    "floats": ("a: 1.0\nb: 1e3\nc: 1.50\n", {"a": "1.0", "b": "1e3", "c": "1.50"}),
    "a point first or last": ("a: .5\nb: 1.\nc: -.5\n", {"a": ".5", "b": "1.", "c": "-.5"}),
    "big float": ("a: 1e999\nb: -1E-9\n", {"a": "1e999", "b": "-1E-9"}),
    "not numbers": ("a: .nan\nb: .inf\nc: NaN\n", {"a": ".nan", "b": ".inf", "c": "NaN"}),
    "infinity": ("a: -.INF\n", {"a": "-.INF"}),
    "infinity with a plus": ("a: +.Inf\n", {"a": "+.Inf"}),
    "dates": ("a: 2015-07-19\nb: 2015-07\nc: 2015\n", {"a": "2015-07-19", "b": "2015-07", "c": "2015"}),
    "time": ("a: 2015-07-19T10:00:00Z\n", {"a": "2015-07-19T10:00:00Z"}),
    "number keys": ("1: a\n2.50: b\n010: c\n", {"1": "a", "2.50": "b", "010": "c"}),
    "boolean keys": ("no: a\ntrue: b\n", {"no": "a", "true": "b"}),
    "equals and merge": ("a: =\nb: <<\n", {"a": "=", "b": "<<"}),
    "nulls": ("a:\nb: ~\nc: null\nd: Null\ne: NULL\n", dict.fromkeys("abcde")),
    "nulls in a list": ("- ~\n- null\n-\n- NULL\n- Null\n", [None] * 5),
    "nulls in brackets": ("a: [~, null, Null, NULL, nULL]\n", {"a": [None, None, None, None, "nULL"]}),
    "quoted nulls": ("a: '~'\nb: \"null\"\nc: ''\n", {"a": "~", "b": "null", "c": ""}),
    "null in a word": ("a: nullify\nb: ~x\n", {"a": "nullify", "b": "~x"}),
    "null key": ("null: a\n", {"null": "a"}),
    "tilde key": ("~: a\n", {"~": "a"}),
    "quoted numbers": ("a: '010'\nb: \"1.0\"\nc: \"true\"\n", {"a": "010", "b": "1.0", "c": "true"}),
    # Quotes
    "single": ("a: 'it''s: # here'\n", {"a": "it's: # here"}),
    "double": ('a: "b\\tc\\n\\"d\\" \\\\ \\u00e9"\n', {"a": 'b\tc\n"d" \\ é'}),
    "escapes": ('a: "\\x41\\U0001F600\\/\\0"\n', {"a": "A😀/\0"}),
    "double over lines": ('a: "b\n  c\n\n  d"\n', {"a": "b c\nd"}),
    "single over lines": ("a: 'b\n  c'\n", {"a": "b c"}),
    "line joined": ('a: "b\\\n  c"\n', {"a": "bc"}),
    "line joined, then an empty one": ('a: "b\\\n\n  c"\n', {"a": "b\nc"}),
    "quotes inside": ("a: b \"c\" 'd'\n", {"a": "b \"c\" 'd'"}),
    "quote in a word": ("a: it's\n", {"a": "it's"}),
    # Blocks
    "literal": ("a: |\n  b\n   c\n\n  d\ne: f\n", {"a": "b\n c\n\nd\n", "e": "f"}),
    "literal, end cut": ("a: |-\n  b\n\ne: f\n", {"a": "b", "e": "f"}),
    "literal, end kept": ("a: |+\n  b\n\ne: f\n", {"a": "b\n\n", "e": "f"}),
    "folded": ("a: >\n  b\n  c\n\n  d\n", {"a": "b c\nd\n"}),
    "folded, cut": ("a: >-\n  b\n  c\n", {"a": "b c"}),
    "folded, more indented": ("a: >\n  b\n    c\n  d\n", {"a": "b\n  c\nd\n"}),
    "literal, indent said": ("a: |2\n    b\n  c\n", {"a": "  b\nc\n"}),
    "literal with marks": ("a: |\n  # no comment\n  - x: [\n  'q\n", {"a": "# no comment\n- x: [\n'q\n"}),
    "literal, empty": ("a: |\nb: c\n", {"a": "", "b": "c"}),
    "literal at the end": ("a: |\n  b", {"a": "b"}),
    "literal in a list": ("a:\n  - |\n    b\n    c\n  - d\n", {"a": ["b\nc\n", "d"]}),
    # Lists and mappings
    "list not indented": ("a:\n- b\n- c\nd: e\n", {"a": ["b", "c"], "d": "e"}),
    "list of mappings": ("a:\n  - b: c\n    d: e\n  - b: f\n", {"a": [{"b": "c", "d": "e"}, {"b": "f"}]}),
    "list in a list": ("- - a\n  - b\n- c\n", [["a", "b"], "c"]),
    "deeper": ("a:\n  b:\n    c:\n      - d\n", {"a": {"b": {"c": ["d"]}}}),
    "dash alone": ("a:\n  -\n    b: c\n", {"a": [{"b": "c"}]}),
    "flow list": ("a: [b, c d, 'e, f', \"g\"]\n", {"a": ["b", "c d", "e, f", "g"]}),
    "flow list over lines": ("a: [\n  b,\n  c,\n]\n", {"a": ["b", "c"]}),
    "flow mapping": ("a: {b: c, d: [e, f]}\n", {"a": {"b": "c", "d": ["e", "f"]}}),
    "flow mapping over lines": ("a: {\n  b: c,\n  d: e\n}\n", {"a": {"b": "c", "d": "e"}}),
    "flow, nothing inside": ("a: []\nb: {}\n", {"a": [], "b": {}}),
    "flow, date and no": ("a: {b: 2015-07-19, c: no}\n", {"a": {"b": "2015-07-19", "c": "no"}}),
    "flow, empty values": ("a: {b: , c: }\n", {"a": {"b": None, "c": None}}),
    "flow, a pair": ("a: [b: c]\n", {"a": [{"b": "c"}]}),
    "flow, address": ("a: {b: https://example.org/x}\n", {"a": {"b": "https://example.org/x"}}),
    "brackets in a word": ("a: b [c] {d}\n", {"a": "b [c] {d}"}),
    "20 deep": ("[" * 20 + "]" * 20, eval("[" * 20 + "]" * 20)),  # noqa: S307
    # Characters
    "unicode": ("título: «é» مكتب 中文 😀\n", {"título": "«é» مكتب 中文 😀"}),
    "no-break space": ("a: b\u00a0c\n", {"a": "b\u00a0c"}),
    "line separator in quotes": ("a: \"b\\u2028c\"\n", {"a": "b\u2028c"}),
    "percent and tick inside": ("a: 50 % `b`\n", {"a": "50 % `b`"}),
    "marks inside": ("a: b & c * d ! e @ f\n", {"a": "b & c * d ! e @ f"}),
    "tab after a value": ("a: b\t\nc: d\n", {"a": "b", "c": "d"}),
    # Not for us
    "anchor": ("a: &b c\n", BROKEN),
    "alias": ("a: *b\n", BROKEN),
    "anchor and alias": ("a: &b [c]\nd: *b\n", BROKEN),
    "anchor on a key": ("&a b: c\n", BROKEN),
    "anchor at the top": ("&a\nb: c\n", BROKEN),
    "anchor in brackets": ("a: [&b c,*b ]\n", BROKEN),
    "tag": ("a: !!str b\n", BROKEN),
    "local tag": ("a: !b c\n", BROKEN),
    "tag at the top": ("!!map\na: b\n", BROKEN),
    "duplicate": ("a: b\nc: d\na: e\n", BROKEN),
    "duplicate, written otherwise": ("a: b\n'a': c\n", BROKEN),
    "duplicate in brackets": ("a: {b: c, b: d}\n", BROKEN),
    "second document": ("a: b\n---\nc: d\n", BROKEN),
    "colon": ("a: b: c\n", BROKEN),
    "open quote": ("a: \"b\n", BROKEN),
    "open bracket": ("a: [b\n", BROKEN),
    "text after a quote": ("a: 'b' c\n", BROKEN),
    "at sign": ("a: @b\n", BROKEN),
    "tick": ("a: `b`\n", BROKEN),
    "percent": ("a: %b\n", BROKEN),
    "tab indent": ("a:\n\t- b\n", BROKEN),
    "ragged": ("a:\n   - b\n  - c\n", BROKEN),
    "line without a colon": ("a: b\nc\nd: e\n", BROKEN),
    "bad escape": ('a: "\\d"\n', BROKEN),
    "list in a value": ("a: - b\n", BROKEN),
    "bracket at the start of a line": ("a: b\n]: d\n", BROKEN),
    "tag after brackets": ("[a]!b\n", BROKEN),
    "colon at the end of a list": ("a: [b:]\n", BROKEN),
    "question mark after a colon": ("a: [b:?]\n", BROKEN),
    "at sign in brackets": ("a: [@ b]\n", BROKEN),
    "tick in brackets": ("a: [` b]\n", BROKEN),
    "key over two lines in brackets": ("[a\nb: c\n]\n", BROKEN),
    "text after a block's mark": ("a: | - b\n", BROKEN),
    "block at the top": ("|\n\na: b\n", BROKEN),
    "colon before a comma": ("a: [b:, c]\n", BROKEN),
    "question mark in a pair": ("a: [b: ?c]\n", BROKEN),
    "tag after a quote": ("'a: b'!c\n", BROKEN),
    "quoted key over two lines": ("a: 'b\n c':\n", BROKEN),
    "complex key": ("? [a]\n: b\n", BROKEN),
    "list as a key": ("[a]: b\n", BROKEN),
    "control character": ("a: b\x07\n", BROKEN),
    "21 deep": ("[" * 21 + "]" * 21, BROKEN),
    "21 deep by indentation": ("\n".join(" " * i + "a:" for i in range(22)), BROKEN),
    "21 deep, both": ("a:\n - " + "{b: [" * 11 + "]}" * 11, BROKEN),
}  # fmt: skip
TEXTS = [text for text, _ in READ.values()]


def exactly(text: str):
    node, findings = exact.read(text, "x")
    return BROKEN if findings else node.plain() if node else None


def alike(text: str) -> None:
    quick = fast.read(text)
    if quick is not None:
        assert quick == exactly(text), f"{text!r} is read as {quick!r}"


@pytest.mark.parametrize(("text", "meaning"), READ.values(), ids=READ)
def test_a_text_means_what_the_table_says(text: str, meaning) -> None:
    assert exactly(text) == meaning


@pytest.mark.parametrize("text", TEXTS, ids=list(READ))
def test_both_readers_read_a_text_alike_and_silently(text: str, capfd) -> None:
    alike(text)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(fast.ryml is None, reason="there is no rapidyaml for this platform")
@pytest.mark.parametrize("name", ["address", "Norway", "octal", "dates", "list of mappings"])
def test_the_fast_reader_is_of_use(name: str) -> None:
    assert fast.read(READ[name][0]) is not None


def test_every_record_of_the_corpus_is_read_alike(corpus_root) -> None:
    from tracker import frontmatter

    files = sorted((corpus_root / "recommendations").rglob("*.md"))
    for file in files[:: max(len(files) // 60, 1)]:
        alike(frontmatter.split(file.read_text()).yaml)


# What people write, with everything in it that could be mistaken for something else.
WORDS = st.one_of(
    st.sampled_from([
        "no", "yes", "true", "null", "~", "Null", "010", "1e3", "12:30", "2015-07-19", ".5", "0x1F", "+1",
        "-", "--", "---", "...", "?", ":", ",", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'", '"',
        "%", "@", "`", "", "=", "<<", "a:b", "a: b", ":a", "#a", "a#", "a #b", "[a", "{a}", ",a", "a,",
        "-a", "- a", "http://x.org/?a=b&c", "$x", "it's", "a\nb\n", " a ",
    ]),
    st.text("ab :-,[]{}#&*!|>'\"%@`\\ .~\n\té\u00a0\u2028😀", max_size=12),
)  # fmt: skip
KEYS = st.one_of(st.sampled_from(["title", "date", "a b", "no", "1", "é", "null", "a:b"]), WORDS)
DATA = st.dictionaries(
    KEYS,
    st.recursive(
        st.none() | WORDS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=8,
    ),
    min_size=1, max_size=4,
)  # fmt: skip
FEW = settings(max_examples=250)


@FEW
@given(DATA, st.booleans(), st.integers(20, 120), st.booleans())
@example({"a": ["x", {"b": None}]}, True, 20, False)
def test_what_pyyaml_writes_is_read_back(data: dict, flow: bool, width: int, unicode: bool) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow or None, width=width, allow_unicode=unicode)
    alike(text)
    if (meaning := exactly(text)) is not BROKEN:
        assert meaning == data


@FEW
@given(DATA, st.integers(2, 6), st.integers(20, 120))
def test_what_ruamel_writes_is_read_alike(data: dict, indent: int, width: int) -> None:
    writer, out = YAML(), io.StringIO()
    writer.indent(mapping=indent, sequence=indent + 2, offset=indent)
    writer.width = width
    writer.dump(data, out)
    alike(out.getvalue())


def oddly(data, rng: random.Random, indent: int = 0) -> str:
    """Valid YAML in a strange hand: any spacing, any quotes, comments between."""
    pad, gap = " " * indent, " " * rng.randint(1, 4)
    note = rng.choice(["", "", " # a note", "  #", "\n", "\n" + " " * rng.randint(0, 9) + "# - a: note"])
    if isinstance(data, dict) and data:
        return "".join(f"{pad}{_word(k, rng)}:{_after(v, rng, indent, gap, note)}" for k, v in data.items())
    if isinstance(data, list) and data:
        return "".join(f"{pad}-{_after(v, rng, indent, gap, note)}" for v in data)
    return f"{pad}{_word(data, rng)}{note}\n"


def _after(value, rng: random.Random, indent: int, gap: str, note: str) -> str:
    if isinstance(value, (dict, list)) and value:
        return f"{note}\n" + oddly(value, rng, indent + rng.randint(1, 5))
    return f"{gap}{_word(value, rng)}{note}\n"


def _word(value, rng: random.Random) -> str:
    if value is None:
        return rng.choice(["~", "null", "Null", "NULL"])
    if not isinstance(value, str):
        return "{}" if isinstance(value, dict) else "[ ]"
    if value.isalnum() and rng.random() < 0.5:
        return value
    if value.isprintable() and rng.random() < 0.5:
        return "'" + value.replace("'", "''") + "'"
    return yaml.dump(value, default_style='"', width=10**6).strip()


@FEW
@given(DATA, st.randoms(use_true_random=False))
def test_odd_but_valid_spacing_is_read_alike(data: dict, rng: random.Random) -> None:
    alike(oddly(data, rng))


CHARACTERS = st.sampled_from("ab1 :-,[]{}#&*!|>?'\"%@`\\.~\n\t\r\x00\x85é\u2028\u00a0=<$")


@settings(FEW, max_examples=2000)
@given(st.sampled_from(TEXTS), st.data())
def test_after_any_slip_of_the_keyboard_both_still_agree(text: str, data) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 1))  # 0 inserts, 1 replaces or deletes
        text = text[:at] + data.draw(CHARACTERS | st.just("")) + text[at + cut :]
    alike(text)
