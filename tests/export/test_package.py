"""The data package: a validator of another house accepts it, and refuses it once it is spoilt."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from frictionless import Package, validate

pytest_plugins = ["opendata"]


@pytest.fixture
def inside(folder: Path):
    """Frictionless trusts paths below the current folder only."""
    before = Path.cwd()
    os.chdir(folder)
    yield folder
    os.chdir(before)


def test_frictionless_accepts_it(inside: Path) -> None:
    report = validate("datapackage.json")
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert len(report.tasks) == len(Package("datapackage.json").resources) > 30


SPOILT = {
    "an unknown actor": ("data/pairs.csv", b",au,", b",nobody-here,", "foreign-key"),
    "an unknown status": ("data/pairs.csv", b",not-assessed,", b",perhaps,", "constraint-error"),
    "a day that is none": ("data/assessments.csv", b",2009-12-31,", b",2009-13-31,", "type-error"),
    "a row twice": ("data/statuses.csv", b"ongoing,", b"implemented,", "primary-key"),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_frictionless_would_see_a_mistake(tmp_path: Path, data, what: str, monkeypatch) -> None:
    path, old, new, error = SPOILT[what]
    descriptor = json.loads(data.files["datapackage.json"])
    for resource in descriptor["resources"]:
        del resource["hash"], resource["bytes"]
    for name, content in data.files.items():
        if name.endswith(".csv"):
            file = tmp_path / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(content.replace(old, new, 1) if name == path else content)
    assert old in data.files[path]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    monkeypatch.chdir(tmp_path)
    found = {kind for kind, in validate("datapackage.json").flatten(["type"])}
    assert error in found


def test_it_says_what_each_file_is(data) -> None:
    package = json.loads(data.files["datapackage.json"])
    assert [r["name"] for r in package["resources"]] == [t.name for t in data.tables]
    for resource in package["resources"]:
        content = data.files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert all(field["description"] for field in resource["schema"]["fields"])
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["created"] == "2026-11-20T00:00:00Z"
    assert package["version"] == "2026-11-21+012345678"
