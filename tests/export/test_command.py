"""`tracker export`: what it writes, what it leaves alone, and that the same data gives the same bytes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml
from texts import AS_OF

from tracker.errors import TrackerError
from tracker.export import folder as target
from tracker.export import parquet
from tracker.export.bundle import open_data
from tracker.site.edition import edition as site_edition
from tracker.site.pages import Asset, everything, pages

pytest_plugins = ["opendata"]

PARTS = {
    "README.md", "CITATION.cff", "datapackage.json", "calendar.ics", "data/recommendations.csv",
    "data/recommendations.json", "data/recommendations.parquet", "data/dictionary.csv", "api/index.json",
    "api/recommendations.json", "api/recommendations/ask.json", "api/actors/au.json", "feeds/changes.xml",
    "feeds/changes.json", "feeds/actors/au.xml", "feeds/themes/gender.json", "feeds/sources/report.xml",
    "schemas/recommendations.schema.json", "schemas/tracker-yml.schema.json",
}  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_it_writes_everything(tracker, run, tmp_path: Path) -> None:
    tracker.recommendation()
    done = run("export", tmp_path / "new/data", "--as-of", AS_OF, cwd=tracker.root)
    assert done.status == 0, done.err
    assert not PARTS - set(contents(tmp_path / "new/data"))
    assert "tables" in done.out
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["data"]


def test_the_same_data_gives_the_same_bytes(tracker, run, tmp_path: Path) -> None:
    tracker.recommendation()
    tracker.recommendation("second", themes="themes: [gender]", aliases="aliases: [old-b, old-a]")
    for seed in ("1", "2"):
        where = {"cwd": tracker.root, "env": {"PYTHONHASHSEED": seed}}
        done = run("export", tmp_path / seed, "--as-of", AS_OF, **where)
        assert done.status == 0, done.err
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


def test_it_may_be_repeated_and_leaves_nothing_old(tracker, run, tmp_path: Path) -> None:
    tracker.recommendation("first")
    run("export", tmp_path / "data", "--no-parquet", cwd=tracker.root)
    assert (tmp_path / "data/api/recommendations/first.json").exists()
    (tracker.root / "recommendations/report/first.md").unlink()
    tracker.recommendation("other")
    assert run("export", tmp_path / "data", "--no-parquet", cwd=tracker.root).status == 0
    found = {p.name for p in (tmp_path / "data/api/recommendations").iterdir()}
    assert found == {"other.json"}
    assert not [p for p in contents(tmp_path / "data") if p.endswith(".parquet")]


def foreign_file(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")


def foreign_beside_ours(folder: Path) -> None:
    target.replace(folder, {"data/x.csv": b"x"})
    (folder / "data/mine.csv").write_text("mine")


def a_file(folder: Path) -> None:
    folder.write_text("mine")


def a_link(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize("there", [foreign_file, foreign_beside_ours, a_file, a_link])
def test_what_is_not_ours_is_left_alone(tracker, run, tmp_path: Path, there) -> None:
    tracker.recommendation()
    folder = tmp_path / "out/data"
    folder.parent.mkdir()
    there(folder)
    before = contents(folder.parent)
    done = run("export", folder, cwd=tracker.root)
    assert done.status == 2
    assert "Name an empty or a new folder" in done.err
    assert contents(folder.parent) == before


def test_nothing_is_written_while_there_are_errors(tracker, run, tmp_path: Path) -> None:
    tracker.recommendation(source="source: nowhere")
    done = run("export", tmp_path / "out/data", cwd=tracker.root)
    assert done.status == 2
    assert "T301" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("setting", ["licence: 'CC BY\\n'", "licence: ''"])
def test_a_licence_is_the_name_of_one(tracker, run, tmp_path: Path, setting: str) -> None:
    tracker.recommendation()
    tracker.write("tracker.yml", f"lead_assessor: watch\n{setting}\n")
    done = run("export", tmp_path / "data", cwd=tracker.root)
    assert done.status == 2
    assert "licence" in done.err


def test_a_failure_leaves_the_old_folder_and_no_half_of_a_new_one(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "data"
    target.replace(folder, {"a.csv": b"old"})
    before = contents(tmp_path)
    with pytest.raises(TrackerError, match="can't be written"):
        target.replace(folder, {"a.csv": b"new", "a.csv/b.csv": b"a file is no folder"})
    assert contents(tmp_path) == before
    real = Path.rename

    def refuse_the_new_one(path: Path, to: Path) -> None:
        if path.suffix == ".part":
            raise OSError(5, "Input/output error")
        real(path, to)

    monkeypatch.setattr(Path, "rename", refuse_the_new_one)
    with pytest.raises(TrackerError):
        target.replace(folder, {"a.csv": b"new"})
    assert contents(tmp_path) == before


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(TrackerError, match="can't be written"):
        target.replace(tmp_path / "file/data", {"a": b""})


def test_without_pyarrow_all_else_is_written(tracker, run, tmp_path: Path) -> None:
    """A module that can't be imported stands for a library that is not installed."""
    tracker.recommendation()
    tracker.write("pyarrow.py", "raise ImportError('it is not installed')\n")
    path = {"PYTHONPATH": os.pathsep.join([str(tracker.root), str(Path(parquet.__file__).parents[2])])}
    done = run("export", tmp_path / "data", cwd=tracker.root, env=path)
    assert done.status == 0, done.err
    assert "recommendation-tracker[data]" in done.err
    missing = PARTS - set(contents(tmp_path / "data"))
    assert missing == {"data/recommendations.parquet"}
    done = run("export", tmp_path / "other", "--parquet", cwd=tracker.root, env=path)
    assert done.status == 2
    assert not (tmp_path / "other").exists()


def test_the_site_serves_the_same_files(tracker, run, tmp_path: Path) -> None:
    tracker.recommendation()
    project = tracker.project()
    shown = site_edition(project.config, AS_OF, None)
    served = {a.path: a.data for a in everything(project, shown) if isinstance(a, Asset)}
    data = open_data(project, AS_OF, None)
    assert {p: c for p, c in served.items() if p in data.files} == data.files
    page = next(p.text for p in pages(project, shown) if p.path == "data.md")
    for table in data.tables:
        assert f'href="data/{table.name}.csv"' in page
        assert f'id="table-{table.name}"' in page
    assert "CC-BY-4.0" in page
    assert data.edition.citation in page


def test_a_record_has_an_address_also_under_its_old_name(tracker) -> None:
    tracker.recommendation(aliases="aliases: [old-ask]")
    files = open_data(tracker.project(), AS_OF, None).files
    found = json.loads(files["api/recommendations/ask.json"])
    assert found["record"]["title"] == "Name a desk for civil society"
    assert [s["actor"] for s in found["status"]] == ["au", "rigos"]
    assert {"collection": "recommendations", "id": "ask", "field": "addressed_to"} in json.loads(
        files["api/actors/au.json"]
    )["named_by"]
    assert json.loads(files["api/recommendations/old-ask.json"])["moved_to"] == "ask"
    assert json.loads(files["api/recommendations.json"])["items"][0]["id"] == "ask"


def test_a_collection_may_be_called_as_a_table_of_ours(tracker) -> None:
    tracker.recommendation()
    tracker.write("tracker.yml", """\
lead_assessor: watch
collections:
  pairs: {label: Pairs, singular: Pair, fields: {
    other: {label: Other, to: pairs}, text: {label: Text}, id_day: {label: X}, day: {label: D, type: date}}}
""")
    tracker.write("docs/pairs/a.md", "---\ntitle: A\nother: a\ntext: x\nday: 2010\n---\nA body.\n")
    data = open_data(tracker.project(), AS_OF, None)
    names = [table.name for table in data.tables]
    assert len(set(names)) == len(names)
    assert json.loads(data.files["data/pairs_.json"])[0]["text"] == "x"
    assert json.loads(data.files["data/pairs_.json"])[0]["text_"] == "A body."


# Citation


def check_cff(found: dict) -> None:
    """What the Citation File Format 1.2.0 asks for, as far as it is used."""
    assert found["cff-version"] == "1.2.0"
    assert found["type"] in ("dataset", "software")
    assert all(isinstance(found[key], str) and found[key] for key in ("message", "title", "license"))
    assert found["authors"]
    assert all(set(author) == {"name"} and author["name"] for author in found["authors"])
    assert all(isinstance(value, (str, list)) for value in found.values())
    assert len(set(found["keywords"])) == len(found["keywords"])
    known = {"cff-version", "message", "type", "title", "abstract", "authors", "license", "version",
             "date-released", "commit", "url", "repository-code", "keywords"}  # fmt: skip
    assert set(found) <= known


def test_the_export_says_how_to_cite_it(data) -> None:
    found = yaml.safe_load(data.files["CITATION.cff"])
    check_cff(found)
    assert found["license"] == "CC-BY-4.0"
    assert (found["date-released"], found["version"]) == (AS_OF, f"{AS_OF}+012345678")


def test_the_repository_says_the_same_but_for_the_edition(data, corpus_root: Path) -> None:
    found = yaml.safe_load((corpus_root / "CITATION.cff").read_text(encoding="utf-8"))
    check_cff(found)
    made = yaml.safe_load(data.files["CITATION.cff"])
    assert found == {k: v for k, v in made.items() if k not in ("version", "date-released", "commit", "url",
                                                                "repository-code")}  # fmt: skip
