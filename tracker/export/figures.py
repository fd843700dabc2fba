"""The published figures, the words they use, and the dictionary of all tables."""

from __future__ import annotations

from typing import Any

import msgspec

from tracker.config import Config
from tracker.export.table import Field, Table, Tie
from tracker.export.text import cleaned
from tracker.progress import DIMENSIONS, Progress, Row

_ALL = "all"
_KEYS = [
    Field(name="dimension", values=[_ALL, *DIMENSIONS], required=True, description="What the row counts by."),
    Field(name="key", required=True,
          description="The actor, theme, source, event or region; “all” for the total."),
]


def _rows(progress: Progress) -> list[tuple[str, Row]]:
    total = progress.total()
    total.key, total.label = _ALL, "All"
    return [(_ALL, total), *((name, row) for name in DIMENSIONS for row in progress.by(name))]


def figures(progress: Progress) -> list[Table]:
    """The published tables: counts of pairs, each with its denominator."""
    rows = _rows(progress)

    def number(name: str, text: str) -> Field:
        return Field(name=name, type="integer", required=True, description=text)

    counts = Table(
        name="figures", title="The published figures", key=("dimension", "key"),
        description="One row for each actor, theme, source, event and region, and one for all. Counts are of "
        "pairs: one recommendation and one actor that it asks. A pair counts under every theme and region "
        "of its recommendation, and under its own events and that of its source.",
        fields=[
            *_KEYS,
            Field(name="label", description="Its name.", required=True),
            number("recommendations", "Recommendations with pairs in this row."),
            number("pairs", "Pairs: the denominator of all that follows."),
            number("assessed", "Pairs that somebody has assessed."),
            number("not_assessed",
                   "Pairs that nobody has looked at. It does not mean that nothing was done."),
            number("done", "Pairs whose status counts as done."),
            number("contested", "Pairs on which assessors differ."),
            number("left_out", "Pairs that are in no denominator, because of their status."),
            number("score", "The sum of the scores of the assessed pairs."),
            Field(name="index", type="number",
                  description="Implementation index: score / (3 x assessed pairs with one), to four places."),
        ],
        rows=[
            [name, row.key, cleaned(row.label), row.asks, row.pairs, row.assessed, row.not_assessed,
             row.done, row.contested, row.left_out, row.score,
             None if row.index is None else round(row.index, 4)]
            for name, row in rows
        ],
    )  # fmt: skip
    by_status = Table(
        name="figures_by_status", title="The published figures by status",
        key=("dimension", "key", "status"),
        description="The pairs of each row of the table figures, by status. None: the status is left out.",
        fields=[
            *_KEYS,
            Field(name="status", values=list(progress.statuses), required=True, description="The status."),
            number("pairs", "How many pairs have it."),
        ],
        rows=[
            [name, row.key, status, row.by_status[status]]
            for name, row in rows for status in progress.statuses if row.by_status.get(status)
        ],
        ties=[Tie(("dimension", "key"), "figures", ("dimension", "key")),
              Tie(("status",), "statuses", ("key",))],
    )  # fmt: skip
    return [counts, by_status]


def statuses(config: Config) -> Table:
    found = config.vocabulary.status
    return Table(
        name="statuses", title="What each status means", key=("key",),
        description="One row for each status, in the order in which they are shown.",
        fields=[
            Field(name="key", description="The word that the data uses.", required=True),
            Field(name="label", description="The word for people.", required=True),
            Field(name="definition", description="What it means."),
            Field(name="score", type="integer",
                  description="0 to 3, for the implementation index; empty: no part in it."),
            Field(name="open", type="boolean", required=True, description="Still to be followed up."),
            Field(name="done", type="boolean", required=True, description="Counts as done."),
            Field(name="counted", type="boolean", required=True, description="False: in no denominator."),
        ],
        rows=[
            [key, cleaned(s.label), cleaned(s.definition) or None, s.score, s.open, s.done, s.counted]
            for key, s in found.items()
        ],
    )  # fmt: skip


def terms(config: Config) -> Table:
    """Every list of words: the vocabulary, and the lists of the collections' own fields."""
    lists: dict[str, dict[str, Any]] = {name: getattr(config.vocabulary, name)
                                        for name in config.vocabulary.__struct_fields__}  # fmt: skip
    for name, spec in config.collections.items():
        lists |= _own_lists(config, name, spec.fields)
    return Table(
        name="terms", title="The words of every list", key=("list", "key"),
        description="One row for each allowed value of each list, with its definition.",
        fields=[
            Field(name="list", required=True,
                  description="The list. Those of a collection's own fields have a dot in them."),
            Field(name="key", description="The word that the data uses.", required=True),
            Field(name="label", description="The word for people.", required=True),
            Field(name="definition", description="What it means."),
        ],
        rows=[
            [name, cleaned(key), cleaned(term.label), cleaned(term.definition) or None]
            for name, found in lists.items() for key, term in found.items()
        ],
    )  # fmt: skip


def _own_lists(config: Config, path: str, specs: dict) -> dict[str, dict[str, Any]]:
    found = {}
    for key, spec in specs.items():
        here = f"{path}.{key}"
        if spec.values:
            found[here] = config.terms(here)
        found |= _own_lists(config, here, spec.fields)
    return found


def dictionary(tables: list[Table]) -> Table:
    """What every column of every table is."""
    rows = []
    for table in tables:
        ties = {
            field: f"{tie.table}.{key}"
            for tie in table.ties for field, key in zip(tie.fields, tie.keys, strict=True)
        }
        for n, field in enumerate(table.fields, 1):
            example = next((row[n - 1] for row in table.rows if row[n - 1] not in (None, [])), None)
            rows.append([
                table.name, n, field.name, field.type, field.many, field.required, field.description,
                ties.get(field.name), field.values, _short(example), len(table.rows),
            ])  # fmt: skip
    return Table(
        name="dictionary", title="The data dictionary", key=("table", "column"),
        description="One row for each column of each table.",
        fields=[
            Field(name="table", description="The table.", required=True),
            Field(name="position", type="integer", required=True,
                  description="The column's place in it, from 1."),
            Field(name="column", description="The column.", required=True),
            Field(name="type", required=True,
                  description="string, integer, number, boolean, or date: a whole day."),
            Field(name="many", type="boolean", required=True,
                  description="A list: in CSV its values stand in one cell with “|” between them."),
            Field(name="required", type="boolean", description="Never empty.", required=True),
            Field(name="description", description="What it says.", required=True),
            Field(name="references", description="The column whose values it names."),
            Field(name="values", many=True, description="The only values that it has."),
            Field(name="example", description="The first value in the data."),
            Field(name="rows", type="integer", description="How many rows the table has.", required=True),
        ],
        rows=rows,
    )  # fmt: skip


def _short(value: Any) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= 100 else text[:99] + "…"
