"""Whatever stands in the cells: each row is a record or a refusal, and the tracker stays in order."""

from __future__ import annotations

import tempfile
from pathlib import Path

import follow_up_table as table
from conftest import MINIMAL, TODAY, Tracker
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.importing.apply import apply
from tracker.importing.cells import Cell, Row, Table, address
from tracker.importing.mapping import load
from tracker.importing.plan import plan
from tracker.project import Project

MAP = load(table.MAP.replace("row_id:", "unknown_actors: create\nrow_id:").encode(), "map.yml")
# What YAML, Markdown, HTML, terminals and spreadsheet programs take for more than a text.
SIGNS = st.sampled_from([*"-#:>|&*!%@`'\"[]{},?~=+\\<>\t\n\r\v\0\x1b\u2028\u202e\ufeff é ا", "---", "\n---\n", "<b>", "](javascript:x)",
                         "null", "no", "1_000", "0x1f", ": ", " #", "\r\n", "<!--", "&lt;", "${x}", "{{ x }}", "😀", "\ud7ff"])  # fmt: skip
TEXTS = st.lists(st.one_of(SIGNS, st.text(max_size=8)), min_size=1, max_size=8).map("".join)
COLUMNS = st.sampled_from(["Rec. No.", "Recommendation", "Addressees", "Para.", "Remarks", "Link to evidence", "Due date"])


def table_of(lines: list[list]) -> Table:
    rows = [Row(n, [Cell(v.date() if hasattr(v, "date") else v, address("S", n, c)) for c, v in enumerate(line, 1)])
            for n, line in enumerate([table.HEADERS, *lines], 1)]  # fmt: skip
    return Table("S", rows, [], [], {})


@settings(max_examples=60)
@given(changes=st.lists(st.tuples(st.integers(0, 3), COLUMNS, TEXTS), min_size=1, max_size=4))
def test_any_text_is_imported_or_refused_and_nothing_breaks(changes: list[tuple[int, str, str]]) -> None:
    lines = table.rows(4)
    for row, column, text in changes:
        lines[row][table.HEADERS.index(column)] = text if text.strip() else None
    with tempfile.TemporaryDirectory() as folder:
        tracker = Tracker(Path(folder) / "t")
        for path, text in MINIMAL.items():
            tracker.write(path, text)
        made = plan(Project(tracker.root, TODAY, use_cache=False), table_of(lines), MAP, "map.yml")
        assert sorted([p.row for p in made.planned] + [r.row for r in made.refused]) == [2, 3, 4, 5]
        assert all(reason.message and reason.where for refused in made.refused for reason in refused.reasons)
        apply(tracker.project(), made)
        after = tracker.project()
        assert [f for f in after.findings if f.severity == "error"] == []
        assert len(after.corpus.recommendations) == len(made.planned)
        again = plan(after, table_of(lines), MAP, "map.yml")
        assert {p.state for p in again.planned} <= {"unchanged"}
        assert len(again.planned) == len(made.planned)
