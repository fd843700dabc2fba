"""Fixtures of these tests: the real corpus as open data, made once, and what hostile texts are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.export.bundle import OpenData, open_data
from tracker.git import Commit
from tracker.project import Project

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


@pytest.fixture(scope="session")
def project(corpus_root: Path) -> Project:
    """The real tracker."""
    return Project(corpus_root, AS_OF, use_cache=False)


@pytest.fixture(scope="session")
def data(project: Project) -> OpenData:
    """All that the site would serve of the real tracker."""
    return open_data(project, AS_OF, COMMIT)


@pytest.fixture(scope="session")
def folder(data: OpenData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as files, with Parquet."""
    from tracker.export.folder import replace
    from tracker.export.whole import files

    made = tmp_path_factory.mktemp("export") / "data"
    replace(made, files(data, with_parquet=True))
    return made
