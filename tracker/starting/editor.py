"""What an editor on somebody's own machine is given: schemas, snippets, and the check at their fingertips.

Editors check YAML files against JSON Schemas, and few of them look into the front matter of Markdown (the
YAML extension of VS Code does not). So the records are checked by `tracker check` itself, as a task whose
findings the editor shows at their lines; the schemas serve `tracker.yml`, and editors that can do more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.export.schema import SETTINGS_PATH, schemas

FOLDER = ".vscode"
SCHEMAS = f"{FOLDER}/schemas"
_EXTENSION = "redhat.vscode-yaml"


def files(corpus: Corpus, *, with_ids: bool = False) -> dict[str, bytes]:
    """What can be made again at any time, by path: schemas and snippets.

    ``with_ids`` allows only ids of records that exist. Such schemas are out of date with the next record,
    so they are for one's own machine.
    """
    made = {}
    for path, data in schemas(corpus, ""):
        schema = json.loads(data)
        _for_editors(schema, corpus if with_ids else None)
        made[f"{SCHEMAS}/{path.rpartition('/')[2]}"] = _pretty(schema)
    return made | {f"{FOLDER}/tracker.code-snippets": _pretty(dict(_snippets(corpus.config)))}


def settings() -> dict[str, bytes]:
    """The settings of the workspace, which are a person's to change afterwards, by path."""
    schema = SETTINGS_PATH.rpartition("/")[2]
    return {
        f"{FOLDER}/settings.json": _pretty({
            "yaml.schemas": {f"{SCHEMAS}/{schema}": "tracker.yml"},
            "files.encoding": "utf8",
            "[markdown]": {
                "editor.wordWrap": "on", "editor.tabSize": 2, "editor.insertSpaces": True,
                "editor.quickSuggestions": {"other": "on", "comments": "off", "strings": "on"},
                "editor.snippetSuggestions": "top",
            },
        }),
        f"{FOLDER}/extensions.json": _pretty({"recommendations": [_EXTENSION]}),
        f"{FOLDER}/tasks.json": _pretty({"version": "2.0.0", "tasks": [_CHECK]}),
    }  # fmt: skip


_CHECK = {
    "label": "tracker check",
    "type": "shell",
    "command": ".venv/bin/tracker check",
    "windows": {"command": ".venv\\Scripts\\tracker check"},
    "options": {"env": {"NO_COLOR": "1"}},
    "group": {"kind": "build", "isDefault": True},
    "runOptions": {"runOn": "folderOpen"},
    "presentation": {"reveal": "silent", "panel": "dedicated", "clear": True},
    "problemMatcher": {
        "owner": "tracker",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": r"^(\S.*?):(\d+):(\d+): (T\d{3}) (error|warning): (.*)$",
            "file": 1, "line": 2, "column": 3, "code": 4, "severity": 5, "message": 6,
        },
    },
}  # fmt: skip


def _for_editors(schema: Any, corpus: Corpus | None) -> None:
    """What VS Code's own dialect knows more: descriptions of values; and, if asked, the ids that exist."""
    if isinstance(schema, list):
        for item in schema:
            _for_editors(item, corpus)
    if not isinstance(schema, dict):
        return
    schema.pop("examples", None)  # they are the first record's, and change with the records
    if "x-enumDescriptions" in schema:
        schema["enumDescriptions"] = schema.pop("x-enumDescriptions")
    if corpus is not None and isinstance(collection := schema.get("x-collection"), str):
        schema["enum"] = sorted(corpus.ids[collection])
    for item in list(schema.values()):
        _for_editors(item, corpus)


def _snippets(config: Config) -> Iterator[tuple[str, dict[str, Any]]]:
    """Pieces of records, with the tracker's own words to choose from."""
    def words(place: int, name: str) -> str:
        return f"${{{place}|{','.join(config.allowed(name))}|}}"

    lead = config.lead_assessor or "assessor"
    evidence = [
        "    evidence:", "      - title: ${6:title of the document}", "        url: ${7:https://}",
        "        accessed: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "        shows: ${8:what it shows, in one sentence}",
    ]  # fmt: skip
    yield "Assessment", _snippet("assessment", "How far one actor got, at the end of the list assessments", [
        "  - actor: ${1:id of the actor}", "    date: ${2:when it was so}", f"    status: {words(3, 'status')}",
        f"    by: ${{4:{lead}}}", f"    basis: {words(5, 'basis')}", *evidence, "    note: ${9:why not the next status up}$0",
    ])  # fmt: skip
    yield "Evidence", _snippet("evidence", "One document that shows it, in the list evidence of an assessment", [
        "      - title: ${1:title of the document}", "        publisher: ${2:who published it}",
        "        url: ${3:https://}", "        locator: ${4:page or paragraph}",
        "        accessed: $CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "        shows: ${5:what it shows, in one sentence}$0",
    ])  # fmt: skip
    yield "Recommendation", _snippet("recommendation", "A new file: one ask of one document", [
        "---", "title: ${1:what is asked, beginning with a verb}", f"kind: {words(2, 'kind')}",
        "source: ${3:$TM_DIRECTORY_BASE}", "locator: ${4:where in the document}", f"strength: {words(5, 'strength')}",
        "addressed_to: [${6:id of an actor}]", "themes: [${7:id of a theme}]", "measures:",
        "  - ${8:how anybody could tell that it was done}", "---", "${9:What is asked, in our own words.}$0",
    ])  # fmt: skip
    yield "Source", _snippet("source", "A new file: a document that makes recommendations", [
        "---", "title: ${1:title of the document}", "short: ${2:short name for tables}", "publisher: ${3:who published it}",
        "date: ${4:2019}", "url: ${5:https://}", "---", "${6:What the document is, and how it came about.}$0",
    ])  # fmt: skip
    yield "Actor", _snippet("actor", "A new file: a body that is asked, or that assesses", [
        "---", "title: ${1:name of the body}", "short: ${2:abbreviation}", f"type: {words(3, 'actor_type')}", "---",
        "${4:What it is and does.}$0",
    ])  # fmt: skip


def _snippet(prefix: str, description: str, body: list[str]) -> dict[str, Any]:
    return {"scope": "markdown", "prefix": prefix, "description": description, "body": body}


def _pretty(value: Any) -> bytes:
    return json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n"
