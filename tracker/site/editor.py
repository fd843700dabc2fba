"""The editor for regulars at /admin/: Decap CMS, told from the record classes what there is.

Its configuration is walked from the same annotations as decoding and the schemas, so that
every field is declared: what it does not know, it would put in another order. Dates are
texts to it, and bodies are left as they are. It is off unless `tracker.yml` says `admin:
true`; its script comes from an installed package and is served from our own site, on a
page with a policy of its own, because it makes functions from texts.
"""

from __future__ import annotations

import html
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec.inspect as inspect

from tracker import dates, fields
from tracker.config import Config, Forge
from tracker.errors import TrackerError
from tracker.export.shape import describer
from tracker.model import INBOX, Proposal, Recommendation
from tracker.rules.records import SLUG
from tracker.site.view import View
from tracker.store import PAGES, RECORDS

_LONG = {"note", "shows", "reason", "definition", "measures", "description", "teaches", "model", "date_note"}
_SCRIPT = "decap-cms.js"
_LOCAL = "http://localhost:8081"  # where decap-server listens, for work without a forge
_FORM = "^{}$"


def files(view: View) -> Iterator[tuple[str, bytes]]:
    """(path, content) of everything below admin/; nothing where the editor is off."""
    config = view.config
    if not config.admin:
        return
    yield "admin/index.html", _page(view).encode()
    # JSON, which is YAML, too: nothing in it can be read in two ways.
    yield "admin/config.yml", json.dumps(configuration(view), ensure_ascii=False, indent=1).encode()
    folder = _installed()
    for file in sorted(folder.glob(f"*{_SCRIPT}")):
        yield f"admin/{file.name}", file.read_bytes()
    for file in sorted(folder.glob("*.wasm")):
        yield f"admin/{file.name}", file.read_bytes()


def _installed() -> Path:
    """Where `make node` puts the package: below the environment that the tracker runs in."""
    folder = Path(sys.prefix) / "node/node_modules/decap-cms/dist"
    if not (folder / _SCRIPT).is_file():
        raise TrackerError(
            "tracker.yml switches the editor on (admin: true), but it is not installed",
            f"Install it: sh tools/node.sh {sys.prefix}. Or take “admin: true” out of tracker.yml.",
        )
    return folder


def _page(view: View) -> str:
    config = view.config
    origins = " ".join(dict.fromkeys(_origins(config)))
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; connect-src 'self' data: blob: {origins}; font-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; frame-src 'self' blob:"
    )
    say = view.words.catalogue.gettext
    return f"""\
<!doctype html>
<html lang="{html.escape(view.words.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{html.escape(say("Editor"))} · {html.escape(config.name)}</title>
<link rel="cms-config-url" type="text/yaml" href="config.yml">
<script src="{_SCRIPT}" defer></script>
</head>
<body>
<noscript>{html.escape(say("The editor needs JavaScript. Everything can be proposed without it, too:"))}
<a href="../contribute.html">{html.escape(say("How to contribute"))}</a></noscript>
</body>
</html>
"""


def _origins(config: Config) -> Iterator[str]:
    """Where the editor may send what is saved: the forge, its API, the sign-in, this machine."""
    if config.forge:
        for address in (config.forge.url, _api(config.forge), config.login.base_url):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https") and parts.netloc:
                yield f"{parts.scheme}://{parts.netloc}"
    yield _LOCAL


def _root(forge: Forge) -> str:
    parts = urlsplit(forge.url)
    return f"{parts.scheme}://{parts.netloc}"


def _api(forge: Forge) -> str:
    root = _root(forge)
    match forge.kind:
        case "github":
            return "https://api.github.com" if root == "https://github.com" else f"{root}/api/v3"
        case "gitlab":
            return f"{root}/api/v4"
    return f"{root}/api/v1"


def configuration(view: View) -> dict[str, Any]:
    """Decap's configuration (`config.yml`), which Sveltia reads, too."""
    config = view.config
    made: dict[str, Any] = {
        "backend": _backend(config),
        "local_backend": True,
        **({"publish_mode": "editorial_workflow"} if _reviewed(config.forge) else {}),
        "media_folder": f"{PAGES}/pictures", "public_folder": "/pictures",
        **({"site_url": config.site_url} if config.site_url else {}),
        "show_preview_links": False, "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
    }  # fmt: skip
    collections = [_inbox(view)]
    for key, source in view.corpus.sources.items():
        collections.append(_Maker(view, "recommendations").collection(
            f"recommendations-{key}", f"{view.plural('recommendations')}: {source.short or source.title}",
            f"{RECORDS}/{key}", Recommendation, create=False,
        ))  # fmt: skip
    for name, kind in view.corpus.types.items():
        if name != "recommendations":
            collections.append(_Maker(view, name).collection(
                name, view.plural(name), f"{PAGES}/{name}", kind, create=True,
            ))  # fmt: skip
    return made | {"collections": collections}


def _reviewed(forge: Forge | None) -> bool:
    """Whether the editor can turn what is saved into a proposal that somebody reads first."""
    return forge is not None and forge.kind in ("github", "gitlab", "forgejo")


def _backend(config: Config) -> dict[str, Any]:
    forge, login = config.forge, config.login
    if forge is None:
        return {"name": "test-repo"}  # there is nowhere to save but this machine: see local_backend
    made: dict[str, Any] = {
        "name": forge.kind, "repo": urlsplit(forge.url).path.strip("/").removesuffix(".git"), "branch": forge.branch,
    }  # fmt: skip
    root = _root(forge)
    if forge.kind in ("github", "forgejo"):
        made["open_authoring"] = True  # whoever may not write gets a copy of their own to propose from
    if forge.kind != "github":
        made |= {"base_url": root, "api_root": _api(forge)}
    elif root != "https://github.com":
        made["api_root"] = _api(forge)
    if forge.kind == "gitlab":
        made["auth_type"] = "pkce"
    if forge.kind in ("gitea", "forgejo"):
        made["auth_endpoint"] = f"{root}/login/oauth/authorize"
    said = {"app_id": login.app_id, "base_url": login.base_url, "auth_endpoint": login.auth_endpoint}
    return made | {key: value for key, value in said.items() if value}


def _inbox(view: View) -> dict[str, Any]:
    t = view.words.catalogue.gettext
    made = _Maker(view, "recommendations").collection("inbox", t("Inbox"), INBOX, Proposal, create=True)
    first = next(f for f in made["fields"] if f["name"] == "recommendation")
    others = [f for f in made["fields"] if f is not first]
    return made | {
        "fields": [first, *others], "identifier_field": "recommendation",
        "slug": "{{fields.recommendation}}--{{fields.actor}}--{{fields.date}}",
        "summary": "{{recommendation}}: {{actor}}, {{date}} {{status}}",
    }  # fmt: skip


class _Maker:
    """The fields of one collection's records, as widgets."""

    def __init__(self, view: View, collection: str) -> None:
        self.config = view.config
        self.known = view.corpus.types
        self.collection_name = collection
        self.t = view.words.catalogue.gettext

    def collection(self, name: str, label: str, folder: str, kind: type, *, create: bool) -> dict[str, Any]:
        made = self.struct(inspect.type_info(kind), ())
        body = {"name": "body", "label": self.t("Text"), "widget": "text", "required": False}
        return {
            "name": name, "label": label, "folder": folder, "create": create, "delete": False,
            "extension": "md", "format": "yaml-frontmatter", "identifier_field": "title", "slug": "{{slug}}",
            "fields": [*made, body],
        }  # fmt: skip

    def struct(self, info: inspect.StructType, path: tuple[str, ...]) -> list[dict[str, Any]]:
        said = dict(fields.described(info.cls))
        describe = describer(self.config, self.collection_name, *path)
        made = []
        for item in info.fields:
            key = item.encode_name
            if key.startswith("$"):
                continue
            widget = self.widget(item.type, (*path, key))
            hint = said.get(key) or describe(key)
            made.append({
                "name": key, "label": key.replace("_", " ").capitalize(), **widget, "required": item.required,
                **({"hint": hint} if hint else {}),
            })  # fmt: skip
        return made

    def widget(self, kind: inspect.Type, path: tuple[str, ...]) -> dict[str, Any]:
        extra, inner = fields.bare(kind)
        if isinstance(inner, inspect.ListType):
            return self._many(inner, path)
        match inner:
            case inspect.StructType():
                return {"widget": "object", "collapsed": True, "fields": self.struct(inner, path)}
            case inspect.IntType():
                return {"widget": "number", "value_type": "int"}
            case inspect.FloatType():
                return {"widget": "number", "value_type": "float"}
        return self._value(extra, path)

    def _many(self, kind: inspect.ListType, path: tuple[str, ...]) -> dict[str, Any]:
        extra, item = fields.bare(kind.item_type)
        if isinstance(item, inspect.StructType):
            inner = self.struct(item, path)
            shown = [f["name"] for f in inner if f["widget"] in ("string", "select", "relation")][:3]
            return {
                "widget": "list", "collapsed": True, "fields": inner,
                "summary": ", ".join(f"{{{{fields.{name}}}}}" for name in shown),
            }  # fmt: skip
        value = self._value(extra, path)
        if value["widget"] in ("select", "relation"):
            return value | {"multiple": True}
        return {"widget": "list", "collapsed": False, "field": {"name": "item", "label": self.t("Entry"), **value}}

    def _value(self, extra: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
        if "term" in extra:
            terms = self.config.terms(extra["term"])
            allowed = self.config.allowed(extra["term"])
            return {"widget": "select", "options": [{"label": terms[key].label, "value": key} for key in allowed]}
        if (target := extra.get("ref")) == "recommendations":  # they lie in several folders
            return {"widget": "string", "pattern": [_FORM.format(SLUG.pattern), self.t("the id of a recommendation")]}
        if target in self.known:
            return {
                "widget": "relation", "collection": target, "value_field": "{{slug}}",
                "search_fields": ["title"], "display_fields": ["title"], "options_length": 500,
            }  # fmt: skip
        if "date" in extra:
            shape = _FORM.format(r"\d{4}(-\d{2}(-\d{2})?)?")
            return {"widget": "string", "pattern": [shape, dates.EXAMPLES]}
        if "url" in extra:
            return {"widget": "string", "pattern": ["^(https?://|mailto:)\\S+$", "https://..."]}
        return {"widget": "text" if path[-1] in _LONG else "string"}
