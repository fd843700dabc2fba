"""Hostile texts, in every field that takes text: each format holds them, and none is led astray."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
import yaml
from frictionless import validate
from jsonschema import Draft202012Validator
from test_calendar import parsed
from test_feeds import check_atom, check_json_feed, of
from texts import HOSTILE

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.export import api, citation, feeds, ical, package
from tracker.export.all_tables import all_tables
from tracker.export.edition import edition
from tracker.export.parquet import as_parquet
from tracker.export.schema import path_of, schemas
from tracker.export.text import cleaned, unguarded
from tracker.export.write_table import as_csv, as_json
from tracker.model import (
    Actor,
    Assessment,
    Citation,
    DeadlineChange,
    Event,
    Evidence,
    Recommendation,
    Relation,
    Source,
    Theme,
)
from tracker.progress import Progress
from tracker.recorded import Recorded

AS_OF = "2020-01-01"


def hostile(text: str) -> Corpus:
    """A tracker in which whatever may be a text is this one."""
    evidence = [Evidence(title=text, publisher=text, symbol=text, locator=text, shows=text,
                         url="https://example.org/?a=1&b=2")]  # fmt: skip
    ask = Recommendation(
        id="ask", title=text, source="report", locator=text, lang=text, body=text, path="x",
        addressed_to=["au"], themes=["gender"], regions=["global"], deadline="2019", measures=[text, text],
        deadline_changes=[DeadlineChange(from_="2019", to="2021", on="2018", reason=text, evidence=evidence)],
        relations=[Relation(repeats="older", reason=text)],
        assessments=[Assessment(actor="au", date="2010", by="watch", status="planned", note=text,
                                evidence=evidence)],
    )  # fmt: skip
    older = Recommendation(id="older", title=text, source="report", path="x")
    return Corpus(Config(name=text, description=text, site_url="https://example.org/"), [
        ("recommendations", ask), ("recommendations", older),
        ("sources", Source(id="report", title=text, short=text, publisher=text, path="x")),
        ("actors", Actor(id="au", title=text, short=text, formerly=[text], path="x",
                         sources=[Citation(source="report", locator=text)])),
        ("actors", Actor(id="watch", title=text, path="x")),
        ("themes", Theme(id="gender", title=text, definition=text, path="x")),
        ("events", Event(id="summit", title=text, date="2021", date_note=text, place=text, body=text,
                         path="x")),
    ])  # fmt: skip


@pytest.fixture(scope="module", params=HOSTILE)
def case(request) -> tuple[str, Corpus, Progress]:
    text = HOSTILE[request.param]
    made = hostile(text)
    return text, made, Progress(made, AS_OF)


def test_tables(case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """CSV, JSON and Parquet give the text back; no cell of the CSV is a formula; it all validates."""
    text, made, progress = case
    shown = edition(made.config, AS_OF, None)
    tables = all_tables(progress)
    files = {f"data/{t.name}.csv": as_csv(t) for t in tables}
    files["datapackage.json"] = package.data_package(tables, files, shown)
    files |= {f"data/{t.name}.parquet": as_parquet(t) for t in tables}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    report = validate("datapackage.json")
    assert report.valid, report.flatten(["type", "message"])[:3]

    whole = cleaned(text)
    for table in tables:
        for row in csv.reader(io.StringIO(files[f"data/{table.name}.csv"].decode(), newline="")):
            assert not [cell for cell in row if cell[:1] in tuple("=+@\t\r＝＋－＠") or cell[:1] == "-"]
    [ask, _] = csv.DictReader(io.StringIO(files["data/recommendations.csv"].decode(), newline=""))
    assert unguarded(ask["title"]) == unguarded(ask["text"]) == whole
    assert json.loads(as_json(tables[0]))[0]["title"] == whole
    for table, column in (("recommendations", "title"), ("measures", "value"), ("evidence", "shows"),
                          ("citations", "locator"), ("deadline_changes", "reason")):  # fmt: skip
        query = f"select {column} from read_parquet('data/{table}.parquet')"  # noqa: S608
        assert {value for value, in duckdb.execute(query).fetchall()} == {whole}


def test_feeds(case) -> None:
    text, made, progress = case
    files = dict(feeds.files(progress, edition(made.config, AS_OF, None), Recorded()))
    for path, content in of(files, ".xml").items():
        check_atom(path, content)
    for path, content in of(files, ".json").items():
        check_json_feed(path, content)
    [item] = json.loads(files["feeds/changes.json"])["items"]
    assert item["title"].endswith(" ".join(cleaned(text).split()))
    assert "<b>" not in item["content_html"]


def test_calendar(case) -> None:
    text, made, progress = case
    found = parsed(ical.calendar(progress, edition(made.config, AS_OF, None)))
    assert len(found) == 3
    title = " ".join(cleaned(text).split())
    assert f"Deadline: {title} (2021)" in {str(event["SUMMARY"]) for event in found}


def test_records_and_schemas(case) -> None:
    text, made, progress = case
    shown = edition(made.config, AS_OF, None)
    known = dict(schemas(made, shown.url))
    for path, content in api.files(progress, shown):
        found = json.loads(content)
        if "record" in found:
            Draft202012Validator(json.loads(known[path_of(found["collection"])])).validate(found["record"])
            assert found["record"]["title"] == cleaned(text), path


def test_citation(case) -> None:
    text, made, _ = case
    found = yaml.safe_load(citation.citation(edition(made.config, AS_OF, None)))
    name = " ".join(cleaned(text).split())
    assert found["title"] == found["abstract"] == name
    assert found["authors"] == [{"name": f"The editors of the {name}"}]
