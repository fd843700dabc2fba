"""What `tracker export` writes: the site's open data, a README, and Parquet where it can be made."""

from __future__ import annotations

from tracker import telling
from tracker.export import parquet
from tracker.export.bundle import OpenData


def files(data: OpenData, *, with_parquet: bool) -> dict[str, bytes]:
    """Content by path, in the order of the paths."""
    made = dict(data.files)
    if with_parquet:
        with telling.doing("Parquet", len(data.tables)):
            for table in data.tables:
                telling.step()
                made[f"data/{table.name}.parquet"] = parquet.as_parquet(table)
    made["README.md"] = _readme(data, with_parquet=with_parquet).encode()
    return dict(sorted(made.items()))


def _readme(data: OpenData, *, with_parquet: bool) -> str:
    shown = data.edition
    forms = "CSV, JSON and Parquet" if with_parquet else "CSV and JSON"
    lines = [
        f"# {shown.name}: open data", "", f"{shown.description}", "",
        f"Data as of {shown.as_of}{f', commit {shown.commit}' if shown.commit else ''}.",
        f"Licence: {shown.licence.title} ({shown.licence.url}).", "",
        f"How to cite: {shown.citation}", "",
        "| what | where |", "|---|---|",
        f"| every table, as {forms} | `data/` |",
        "| what each column means | `data/dictionary.csv` |",
        "| how the tables belong together (Frictionless data package) | `datapackage.json` |",
        "| every record by itself | `api/` |",
        "| JSON Schemas of the records and of tracker.yml | `schemas/` |",
        "| what moved, as Atom and JSON feeds | `feeds/` |",
        "| events, deadlines, reviews | `calendar.ics` |",
        "| how to cite, for reference managers | `CITATION.cff` |", "",
        "In CSV a cell that looks like a formula has an apostrophe before it, and a list has “|” between",
        "its values. A date may be a day, a month or a year; the column beside it gives the last day that",
        "it can mean.",
        "", "| table | rows | what |", "|---|---:|---|",
        *(f"| {t.name} | {len(t.rows)} | {t.description} |" for t in data.tables), "",
    ]  # fmt: skip
    return "\n".join(lines)
