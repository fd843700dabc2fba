"""Compiled templates: used again while all that they rest on is the same, never trusted when broken."""

import sys
from pathlib import Path

import jinja2
import pytest

from tracker.site.compiled import Compiled


@pytest.fixture
def says(tmp_path: Path, monkeypatch):
    """What a template says, in an environment of its own; and how often one was compiled."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.html").write_text("one")
    (tmp_path / "words.po").write_text("words")
    compiled = []

    class Counted(jinja2.Environment):
        def _compile(self, source, filename):
            compiled.append(filename)
            return super()._compile(source, filename)

    def say() -> tuple[str, int]:
        compiled.clear()
        kept = Compiled(tmp_path, "fr", [tmp_path / "words.po"])
        made = Counted(loader=jinja2.FileSystemLoader(tmp_path), bytecode_cache=kept)
        return made.get_template("page.html").render(), len(compiled)

    return say


def test_a_second_run_compiles_nothing(says) -> None:
    assert [says(), says()] == [("one", 1), ("one", 0)]


@pytest.mark.parametrize(("name", "text", "said"), [("page.html", "two", "two"), ("words.po", "others", "one")])
def test_what_changed_is_compiled_anew(says, tmp_path: Path, name: str, text: str, said: str) -> None:
    says()
    (tmp_path / name).write_text(text)
    assert says() == (said, 1)


@pytest.mark.parametrize("size", [0, 3, 12, 40, 150])
def test_a_file_cut_short_is_made_anew(says, tmp_path: Path, size: int) -> None:
    says()
    kept, = (tmp_path / "__pycache__").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:size])
    assert says() == ("one", 1)
    assert kept.read_bytes()[:size] == whole[:size]
    assert says() == ("one", 0)


def test_where_nothing_can_be_kept_it_works_all_the_same(says, tmp_path: Path) -> None:
    (tmp_path / "__pycache__").write_text("a file")
    assert [says(), says()] == [("one", 1), ("one", 1)]
