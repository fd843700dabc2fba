"""The configuration of the editor at /admin/: off unless asked for, whole, and true to the records."""

from __future__ import annotations

import json

import msgspec.inspect as inspect
import pytest
from conftest import MINIMAL

from tracker import fields, model
from tracker.site import editor
from tracker.site.edition import Edition
from tracker.site.policy import header_files
from tracker.site.view import View

FORGES = {
    "github": ("https://github.com/a/b", {"repo": "a/b", "open_authoring": True}, "editorial_workflow"),
    "gitlab": (
        "https://gitlab.com/g/s/b", {"repo": "g/s/b", "auth_type": "pkce", "api_root": "https://gitlab.com/api/v4"},
        "editorial_workflow",
    ),
    "forgejo": (
        "https://codeberg.org/a/b.git",
        {"repo": "a/b", "open_authoring": True, "api_root": "https://codeberg.org/api/v1", "base_url": "https://codeberg.org"},
        "editorial_workflow",
    ),
    "gitea": ("https://git.example.org/a/b", {"repo": "a/b", "api_root": "https://git.example.org/api/v1"}, None),
}  # fmt: skip


@pytest.fixture
def view(tracker):
    def made(more: str = "") -> View:
        tracker.recommendation()
        tracker.write("tracker.yml", MINIMAL["tracker.yml"] + more)
        return View(tracker.project(), Edition("2026-06-30", None, None))

    return made


def test_a_site_has_no_editor_unless_it_is_asked_for(view) -> None:
    assert list(editor.files(view())) == []


def test_switched_on_and_not_installed_is_said_with_what_to_do(tracker, run, tmp_path, monkeypatch, view) -> None:
    monkeypatch.setattr("tracker.site.editor.sys.prefix", str(tmp_path))
    with pytest.raises(editor.TrackerError, match="not installed") as raised:
        list(editor.files(view("admin: true\n")))
    assert "tools/node.sh" in raised.value.hint


@pytest.mark.parametrize("kind", FORGES)
def test_the_backend_is_that_of_the_forge(view, kind: str) -> None:
    url, wanted, mode = FORGES[kind]
    made = editor.configuration(view(f"forge: {{kind: {kind}, url: '{url}'}}\nlogin: {{app_id: x1}}\n"))
    assert made["backend"]["name"] == kind
    assert made["backend"]["app_id"] == "x1"
    assert wanted.items() <= made["backend"].items()
    assert made.get("publish_mode") == mode


def keys(info: inspect.StructType) -> dict:
    """Every key that a record may have, with those inside it."""
    found = {}
    for field in info.fields:
        if field.encode_name.startswith("$"):
            continue
        _, kind = fields.bare(field.type)
        if isinstance(kind, inspect.ListType):
            _, kind = fields.bare(kind.item_type)
        found[field.encode_name] = keys(kind) if isinstance(kind, inspect.StructType) else None
    return found


def declared(made: list[dict]) -> dict:
    return {f["name"]: declared(f["fields"]) if "fields" in f else None for f in made}


def test_every_field_of_every_record_is_declared_so_that_none_is_scrambled(view) -> None:
    shown = view()
    made = {c["name"]: c for c in editor.configuration(shown)["collections"]}
    for name, kind in (shown.corpus.types | {"inbox": model.Proposal}).items():
        there = made["recommendations-report" if name == "recommendations" else name]
        assert declared(there["fields"]) == keys(inspect.type_info(kind)) | {"body": None}, name


def test_texts_that_look_like_dates_and_bodies_stay_texts(view) -> None:
    def widgets(made: list[dict]):
        for field in made:
            yield field["widget"]
            yield from widgets(field.get("fields", []))

    used = {w for c in editor.configuration(view())["collections"] for w in widgets(c["fields"])}
    assert used <= {"string", "text", "number", "select", "relation", "list", "object"}


def test_words_are_offered_with_their_labels_and_derived_ones_are_not(view) -> None:
    inbox = editor.configuration(view())["collections"][0]
    status = next(f for f in inbox["fields"] if f["name"] == "status")
    options = {o["value"]: o["label"] for o in status["options"]}
    assert options["under-way"] == "Under way"
    assert "not-assessed" not in options


def test_the_configuration_is_plain_json(view) -> None:
    made = editor.configuration(view())
    assert json.loads(json.dumps(made)) == made


def test_headers_for_all_pages_do_not_overrule_the_editor_s_own_policy(view) -> None:
    assert "Content-Security-Policy" in header_files(view().config)["_headers"]
    for text in header_files(view("admin: true\n").config).values():
        assert "Content-Security-Policy" not in text
