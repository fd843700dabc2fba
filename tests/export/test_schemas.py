"""The JSON Schemas: every real record fits, what the checks refuse does not, nothing is left undescribed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml
from jsonschema import Draft202012Validator

from tracker.config import Config
from tracker.export.edition import edition
from tracker.export.schema import SETTINGS_PATH, front_matter, path_of, schemas

pytest_plugins = ["opendata"]


@pytest.fixture(scope="module")
def made(data) -> dict[str, dict]:
    return {path: json.loads(content) for path, content in data.files.items() if path.startswith("schemas/")}


def of(made: dict[str, dict], collection: str = "recommendations") -> Draft202012Validator:
    return Draft202012Validator(made[path_of(collection)])


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, as editors that check against a schema read it: no dates, no “yes” and “no”."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag.endswith((":int", ":float", ":null"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def test_they_are_schemas_of_the_draft_that_they_name(made, project) -> None:
    assert set(made) == {path_of(name) for name in project.corpus.types} | {SETTINGS_PATH}
    for schema in made.values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(schema)


def test_every_real_record_fits(made, project) -> None:
    for collection, records in project.corpus.collections.items():
        validator = of(made, collection)
        for record in records.values():
            found = validator.iter_errors(front_matter(record))
            assert not [f"{record.path}: {e.json_path}: {e.message}" for e in found]


def test_every_real_file_fits_as_an_editor_reads_it(made, project, corpus_root: Path) -> None:
    wrong = []
    for collection, records in project.corpus.collections.items():
        validator = of(made, collection)
        for record in records.values():
            text = (corpus_root / record.path).read_text(encoding="utf-8").split("---\n")[1]
            found = yaml.load(text, AsEditorsRead)  # noqa: S506 - a safe loader
            errors = validator.iter_errors(found)
            wrong += [f"{record.path}: {e.json_path}: {e.message}" for e in errors]
    assert not wrong


def test_the_configuration_fits(made, corpus_root: Path) -> None:
    validator = Draft202012Validator(made[SETTINGS_PATH])
    assert validator.is_valid(yaml.safe_load((corpus_root / "tracker.yml").read_text(encoding="utf-8")))
    assert validator.is_valid(msgspec.to_builtins(Config()))
    for wrong in ({"nmae": "x"}, {"review_months": 0}, {"review_months": "many"},
                  {"forge": {"kind": "github"}}, {"forge": {"kind": "svn", "url": "x"}},
                  {"collections": {"x": {"label": "X"}}}, {"vocabulary": {"colour": {}}}):  # fmt: skip
        assert not validator.is_valid(wrong), wrong


GOOD = {"title": "Name a desk", "source": "madrid-2011"}
ENTRY = {"actor": "au", "by": "eplo", "date": "2015", "status": "planned"}
# what it is: (what is added to a good record, whether it fits)
CASES = {
    "nothing more": ({}, True),
    "an unknown key": ({"titel": "x"}, False),
    "no title": ({"title": None}, False),
    "an empty title": ({"title": " "}, False),
    "a day": ({"deadline": "2015-07-19"}, True),
    "a month": ({"deadline": "2015-07"}, True),
    "a year as a number": ({"deadline": 2015}, True),
    "a text of digits": ({"locator": 12}, True),
    "a list for a text": ({"locator": ["x"]}, False),
    "a date in words": ({"deadline": "July 2015"}, False),
    "a date with a time": ({"deadline": "2015-07-19T00:00"}, False),
    "a word of the list": ({"strength": "must"}, True),
    "another word": ({"strength": "shall"}, False),
    "a list": ({"themes": ["gender"]}, True),
    "one value for a list": ({"themes": "gender"}, False),
    "the same twice": ({"themes": ["gender", "gender"]}, False),
    "a name that is no id": ({"addressed_to": ["African Union"]}, False),
    "a relation": ({"relations": [{"repeats": "x-1"}]}, True),
    "a relation of two kinds": ({"relations": [{"repeats": "x-1", "same_as": "x-2"}]}, False),
    "a relation of none": ({"relations": [{"reason": "x"}]}, False),
    "an assessment": ({"assessments": [ENTRY]}, True),
    "an assessment without a word": ({"assessments": [{"actor": "au", "by": "eplo", "date": "2015"}]}, False),
    "an assessment by nobody": ({"assessments": [{**ENTRY, "by": None}]}, False),
    "a derived status": ({"assessments": [{**ENTRY, "status": "not-assessed"}]}, False),
    "evidence": ({"assessments": [ENTRY | {"evidence": [{"title": "x", "url": "https://x.org/"}]}]}, True),
    "an unsafe link": ({"assessments": [ENTRY | {"evidence": [{"title": "x", "url": "data:x"}]}]}, False),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_record(made, name: str) -> None:
    change, fits = CASES[name]
    record = {k: v for k, v in {**GOOD, **change}.items() if not (k == "title" and v is None)}
    assert of(made).is_valid(record) == fits


def parts(schema: dict, where: str) -> Iterator[tuple[str, dict]]:
    """Every schema inside a schema, with the way to it."""
    yield where, schema
    for key, inner in [*schema.get("properties", {}).items(), *schema.get("$defs", {}).items()]:
        yield from parts(inner, f"{where}.{key}")
    if isinstance(schema.get("items"), dict):
        yield from parts(schema["items"], f"{where}[]")


def test_every_field_is_described_and_nothing_unknown_is_let_in(made) -> None:
    for path, schema in made.items():
        for where, part in parts(schema, path):
            if part.get("type") == "object" and "properties" in part:
                assert part["additionalProperties"] is False, where
                silent = [k for k, inner in part["properties"].items() if not inner.get("description")]
                assert not silent, where


def test_examples_are_of_the_records_and_fit(made) -> None:
    seen = 0
    for path, schema in made.items():
        for where, part in parts(schema, path):
            for example in part.get("examples", ()):
                seen += 1
                assert Draft202012Validator(part).is_valid(example), where
    assert seen > 100


def test_lists_of_words_come_from_the_configuration(project) -> None:
    words = {"strength": {"shall": {"label": "Shall"}}}
    own = msgspec.convert({"site_url": "https://example.org/t", "vocabulary": words}, Config)
    corpus = type(project.corpus)(own, [])
    found = dict(schemas(corpus, edition(own, "2026-01-01", None).url))
    schema = json.loads(found[path_of("recommendations")])
    assert schema["properties"]["strength"]["enum"] == ["shall"]
    assert schema["$id"] == "https://example.org/t/schemas/recommendations.schema.json"
