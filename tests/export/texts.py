"""The day and the commit that these tests speak of, and what hostile texts are."""

from __future__ import annotations

from tracker.git import Commit

AS_OF = "2026-11-21"
COMMIT = Commit("0123456789abcdef0123456789abcdef01234567", "2026-11-20", False)

# What the texts of a hostile record are: each is legal in a record, or may become so.
HOSTILE = {
    "a formula": "=HYPERLINK(\"https://evil.example\",\"click\")",
    "other beginnings of formulas": "+1-1",
    "a wide formula": "＝1+1",
    "an apostrophe before a formula": "'=1",
    "the end of CDATA": "]]> & <b>bold</b> &amp; ]]>",
    "quotes and commas": "a \"quoted\", 'single'; back\\slash, b|c",
    "a newline": "one\ntwo\\nthree",
    "an escaped newline and CR": "one\r\ntwo\rthree",
    "a tab in front": "\tindented",
    "controls": "bell\x07 null\x00 escape\x1b delete\x7f c1\x9f",
    "noncharacters": "\ufffe \uffff \ufdd0",
    "separators": "line\u2028paragraph\u2029nel\x85",
    "long and beyond the first plane": "🕊" * 60 + "é" * 60,
    "right to left": "توصية ‏(x)‏ \u202eabc",
}  # fmt: skip
