"""JSON Schemas (draft 2020-12) of the records' front matter and of `tracker.yml`.

Made from the classes that decode them, so that an editor that checks against a schema and
`tracker check` can't disagree about what may be written where.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec.inspect as inspect

from tracker import fields
from tracker.config import TYPES, Config
from tracker.corpus import Corpus
from tracker.export.collect import SLUG, label
from tracker.export.settings import SETTINGS
from tracker.export.shape import describer
from tracker.export.table import DATE
from tracker.export.write_table import pretty
from tracker.model import RELATIONS, Assessment, Record, Relation, plain

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SETTINGS_PATH = "schemas/tracker-yml.schema.json"  # no collection can have a hyphen in its name
Describe = Callable[[str], str]


def path_of(collection: str) -> str:
    """Where the schema of a collection's records lies."""
    return f"schemas/{collection}.schema.json"


def schemas(corpus: Corpus, url: str) -> Iterator[tuple[str, bytes]]:
    """(path, content) of the schema of every collection, then that of `tracker.yml`.

    ``url`` is the site's address with a slash at its end, or empty.
    """
    for collection, kind in corpus.types.items():
        maker = _Maker(corpus.config, collection)
        made = maker.struct(inspect.type_info(kind), (), describer(corpus.config, collection))
        records = corpus.collections[collection].values()
        for record in records:
            _add_examples(made, front_matter(record))
        yield path_of(collection), _whole(
            made, path_of(collection), url, f"{label(corpus.config, collection)}: front matter"
        )
    yield SETTINGS_PATH, _whole(_settings(), SETTINGS_PATH, url, "tracker.yml")


def front_matter(record: Record) -> dict:
    """What a record's front matter says, typed; the id and what is empty may be missing."""
    return {key: value for key, value in plain(record).items() if not key.startswith("$")}


def _whole(made: dict, path: str, url: str, title: str) -> bytes:
    head = {"$schema": DIALECT, **({"$id": url + path} if url else {}), "title": title}
    return pretty(head | made)


class _Maker:
    """Schemas of the parts of one collection's records."""

    def __init__(self, config: Config, collection: str) -> None:
        self.config = config
        self.collection = collection

    def struct(self, info: inspect.StructType, path: tuple[str, ...], describe: Describe) -> dict:
        said = dict(fields.described(info.cls))
        properties, required = {}, []
        for item in info.fields:
            key = item.encode_name
            if key.startswith("$"):
                continue
            properties[key] = self._value(item.type, (*path, key), said.get(key) or describe(key))
            if item.required:
                required.append(key)
        made: dict[str, Any] = {"type": "object"}
        if info.cls.__doc__:
            made["description"] = " ".join(info.cls.__doc__.split())
        made |= {"properties": properties, "required": required, "additionalProperties": False}
        if info.cls is Relation:
            made["oneOf"] = [{"required": [kind]} for kind in RELATIONS]
        elif info.cls is Assessment:
            made["anyOf"] = [{"required": [key]} for key in ("status", "response")]
        if not path and "id" in properties:
            properties["id"]["pattern"] = _whole_text(SLUG)
        if not path and "title" in properties:
            properties["title"]["pattern"] = r"\S"
        return made

    def _value(self, kind: inspect.Type, path: tuple[str, ...], description: str) -> dict:
        extra, inner = fields.bare(kind)
        made: dict[str, Any] = {"description": description} if description else {}
        if isinstance(inner, inspect.ListType):
            made |= {"type": "array", "items": self._value(inner.item_type, path, "")}
            item, _ = fields.bare(inner.item_type)
            if item.keys() & {"ref", "term"}:
                made["uniqueItems"] = True
            return made
        if isinstance(inner, inspect.StructType):
            return self.struct(inner, path, describer(self.config, self.collection, *path)) | made
        match inner:
            case inspect.IntType():
                return made | {"type": "integer"}
            case inspect.FloatType():
                return made | {"type": "number"}
        if "term" in extra:
            return made | self._term(extra["term"])
        if "ref" in extra:
            return made | {"type": "string", "pattern": _whole_text(SLUG), "x-collection": extra["ref"]}
        if "date" in extra:
            return made | dated()
        if "url" in extra:
            return made | {"type": "string", "pattern": r"^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:)\S+$"}
        # A text of digits needs no quotes in a record, and is a number to most YAML readers.
        return made | {"type": ["string", "number"]}

    def _term(self, name: str) -> dict:
        allowed = self.config.allowed(name)
        terms = self.config.terms(name)
        words = [terms[key].definition or terms[key].label for key in allowed]
        return {"enum": allowed, "x-enumDescriptions": words}


def dated() -> dict:
    """A day, a month or a year. A year that is not in quotes is a number to most YAML readers."""
    return {
        "type": ["string", "integer"], "pattern": _whole_text(DATE), "minimum": 1, "maximum": 9999,
        "x-shape": "YYYY, YYYY-MM or YYYY-MM-DD",
    }  # fmt: skip


def _whole_text(pattern: str) -> str:
    return f"^{pattern}$"


def _add_examples(schema: dict, value: Any) -> None:
    """A value that is the first one in its place, as the example of that place."""
    if value in (None, "", [], {}) or "examples" in schema:
        return
    if "properties" in schema:
        for key, inner in value.items() if isinstance(value, dict) else ():
            if key in schema["properties"]:
                _add_examples(schema["properties"][key], inner)
    elif "items" in schema:
        for item in value if isinstance(value, list) else ():
            _add_examples(schema["items"], item)
    else:
        schema["examples"] = [value]


def _settings() -> dict:
    """The schema of `tracker.yml`, with a definition for each class that it uses."""
    definitions: dict[str, Any] = {}

    def value(kind: inspect.Type, path: str) -> dict:
        match kind:
            case inspect.Metadata():
                return value(kind.type, path)
            case inspect.UnionType():
                return {"anyOf": [value(t, path) for t in kind.types]}
            case inspect.NoneType():
                return {"type": "null"}
            case inspect.ListType():
                return {"type": "array", "items": value(kind.item_type, path)}
            case inspect.DictType():
                return {"type": "object", "additionalProperties": value(kind.value_type, path)}
            case inspect.StructType():
                return struct(kind)
            case inspect.BoolType():
                return {"type": "boolean"}
            case inspect.IntType():
                return {"type": "integer"}
        return {"type": "string"}

    def struct(info: inspect.StructType) -> dict:
        name = info.cls.__name__
        if name not in definitions:
            made = definitions[name] = {}
            properties = {}
            for item in info.fields:
                path = f"{name}.{item.encode_name}"
                said = {"description": SETTINGS.get(path, "")}
                properties[item.encode_name] = said | value(item.type, path)
                if isinstance(item.default, (str, int, bool)):
                    properties[item.encode_name]["default"] = item.default
            made |= {
                "type": "object", "description": " ".join((info.cls.__doc__ or "").split()),
                "properties": properties,
                "required": [f.encode_name for f in info.fields if f.required], "additionalProperties": False,
            }  # fmt: skip
        return {"$ref": f"#/$defs/{name}"}

    struct(inspect.type_info(Config))
    made = definitions.pop("Config")  # the top stands in its own place
    limits = made["properties"]
    limits["review_months"]["minimum"] = 1
    limits["licence"]["examples"] = ["CC-BY-4.0", "CC0-1.0"]
    definitions["FieldSpec"]["properties"]["type"]["enum"] = list(TYPES)
    definitions["Forge"]["properties"]["kind"]["enum"] = ["github", "gitlab", "forgejo", "gitea"]
    return made | {"$defs": {name: definitions[name] for name in sorted(definitions)}}

