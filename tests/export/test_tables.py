"""The tables: complete, described, tied together, and the same in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tracker.export.table import DATE, SEPARATOR
from tracker.export.text import cleaned, guarded, unguarded
from tracker.model import CORE

pytest_plugins = ["opendata"]

ASKED_FOR = {
    "recommendations", "pairs", "assessments", "evidence", "relations", "measures", "actors", "themes",
    "sources", "events", "changes", "figures", "figures_by_status", "deadline_changes", "dictionary",
}  # fmt: skip


def rows_of_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def test_every_collection_and_every_part_has_a_table(data, project) -> None:
    names = [table.name for table in data.tables]
    assert len(set(names)) == len(names)
    assert ASKED_FOR | set(CORE) | set(project.config.collections) <= set(names)


def test_every_record_and_every_judgement_is_there(data, project) -> None:
    tables = {table.name: table for table in data.tables}
    for collection, records in project.corpus.collections.items():
        assert tables[collection].column("id") == list(records)
    asked = project.corpus.recommendations.values()
    assert len(tables["assessments"].rows) == sum(len(r.assessments) for r in asked)
    assert len(tables["evidence"].rows) == sum(len(e.evidence) for r in asked for e in r.assessments)
    assert len(tables["measures"].rows) == sum(len(r.measures) for r in asked)
    assert len(tables["relations"].rows) == sum(len(r.relations) for r in asked)
    assert len(tables["records"].rows) == sum(map(len, project.corpus.collections.values()))


def test_every_field_of_a_record_has_a_place(data, project) -> None:
    """A column, a table of its own, or the tables that all collections share."""
    columns = {table.name: {f.name for f in table.fields} for table in data.tables}
    for collection, kind in project.corpus.types.items():
        for key in kind.__struct_fields__:
            if key in ("path", "body") or (key == "sources" and "citations" in columns):
                continue
            there = {
                key in columns[collection], f"{collection}_{key}" in columns,
                collection == "recommendations" and key in columns,
                any(name.startswith(f"{key}_") for name in columns[collection]),
            }  # fmt: skip
            assert True in there, (collection, key)


def test_the_dictionary_describes_every_column(data) -> None:
    *tables, dictionary = data.tables
    assert dictionary.name == "dictionary"
    said = {(row[0], row[2]): row for row in dictionary.rows}
    # A sentence that says what it means; the column's name over again is none.
    assert [key for key, row in said.items() if not row[6].endswith((".", ".)")) or " " not in row[6]] == []
    assert set(said) == {(table.name, field.name) for table in tables for field in table.fields}
    undescribed = [key for key, row in said.items() if not row[6].strip()]
    assert not undescribed


def test_the_descriptions_are_those_of_the_model_and_of_the_configuration(data, project) -> None:
    said = {(row[0], row[2]): row[6] for row in data.tables[-1].rows}
    assert said["recommendations", "strength"] == "How the text puts it."
    assert said["evidence", "shows"] == "What it shows, in a sentence of our own."
    assert said["mechanisms", "model"] == project.config.collections["mechanisms"].fields["model"].help


def test_values_keep_to_what_the_columns_say(data) -> None:
    for table in data.tables:
        keys = [tuple(row[[f.name for f in table.fields].index(k)] for k in table.key) for row in table.rows]
        assert len(set(keys)) == len(keys), table.name
        for field in table.fields:
            for value in table.column(field.name):
                place = (table.name, field.name, value)
                if value is None:
                    assert not field.required, place
                    continue
                items = value if field.many else [value]
                kind = {"integer": int, "number": float, "boolean": bool}.get(field.type, str)
                assert all(type(item) is kind for item in items), place
                if field.values is not None:
                    assert set(items) <= set(field.values), place
                elif field.pattern:
                    assert all(re.fullmatch(field.pattern, item) for item in items), place
                if field.type == "date":
                    assert re.fullmatch(r"\d{4}-\d\d-\d\d", value), place
                if field.many:
                    assert not any(SEPARATOR in item for item in items), place


def test_every_tie_leads_to_a_row(data) -> None:
    tables = {table.name: table for table in data.tables}
    for table in data.tables:
        for tie in table.ties:
            known = set(zip(*(tables[tie.table].column(key) for key in tie.keys), strict=True))
            named = set(zip(*(table.column(field) for field in tie.fields), strict=True))
            assert {n for n in named if None not in n} <= known, (table.name, tie)


def test_three_formats_hold_the_same(data, folder: Path) -> None:
    def in_csv(field, value) -> str:
        match value:
            case None:
                return ""
            case bool():
                return str(value).lower()
            case list():
                return guarded(SEPARATOR.join(value))
        return guarded(value) if isinstance(value, str) else str(value)

    for table in data.tables:
        names = [field.name for field in table.fields]
        as_json = json.loads(data.files[f"data/{table.name}.json"])
        assert [list(row.values()) for row in as_json] == table.rows
        assert all(list(row) == names for row in as_json)
        header, *rows = rows_of_csv(data.files[f"data/{table.name}.csv"])
        assert header == names
        expected = [[in_csv(f, v) for f, v in zip(table.fields, row, strict=True)] for row in table.rows]
        assert rows == expected, table.name
        parquet = pq.read_table(folder / f"data/{table.name}.parquet")
        assert parquet.column_names == names
        for field in table.fields:
            given = parquet.column(field.name).to_pylist()
            if field.type == "date":
                given = [v and v.isoformat() for v in given]
            assert given == table.column(field.name), (table.name, field.name)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "''=1", "＝1", "－1"]
PLAIN = ["", "a", "'", "'a", "1-1", " =1", "a=1", "''", "(-1)"]


@pytest.mark.parametrize("text", FORMULAS, ids=ascii)
def test_a_cell_is_never_a_formula_and_the_text_comes_back(text: str) -> None:
    assert guarded(text)[0] == "'"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text == unguarded(text)


@pytest.mark.parametrize(("text", "clean"), [
    ("plain", "plain"), ("é 🕊 ‏ا", "é 🕊 ‏ا"), ("a\tb\nc", "a\tb\nc"), ("a\r\nb\rc", "a\nb\nc"),
    ("a\x00b", "a\ufffdb"), ("a\x1b\x7f\x9f", "a\ufffd\ufffd\ufffd"), ("\ufffe\uffff\ud800", "\ufffd" * 3),
])  # fmt: skip
def test_what_xml_forbids_is_shown_as_lost(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(("date", "fits"), [
    ("2015", True), ("2015-07", True), ("2015-07-19", True), ("15", False), ("2015-7", False),
    ("2015-07-1", False),
])  # fmt: skip
def test_the_pattern_of_a_date(date: str, fits: bool) -> None:
    assert bool(re.fullmatch(DATE, date)) == fits
