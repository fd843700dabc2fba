"""`tracker.yml`: what makes one tracker differ from another.

Every setting has a default, so a tracker works without the file. The words
(vocabulary) and the collections of the knowledge base are declared here; a collection
takes no Python: its fields become a record class like those in `tracker.model`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

import msgspec
from msgspec import field

from tracker import model
from tracker.vocabulary import Term, Vocabulary

FILE_NAME = "tracker.yml"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_VIEW = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HANDLE = re.compile(r"@[A-Za-z0-9][\w.-]*(?:/[\w.-]+)*", re.ASCII)
TAKEN = ("admin", "api", "assets", "data", "feeds", "manual", "propose", "rules", "search", "views")
TYPES = ("text", "date", "url", "number")


class FieldSpec(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A field of a collection.

    Its values are of a `type`, or ids of the collection `to`, or one of `values`, or
    mappings with `fields` of their own; where several are given, `fields` comes first,
    then `to`, then `values`. `many` makes it a list, which is never `required`.
    """

    label: str
    help: str = ""
    type: str = "text"
    to: str = ""
    values: dict[str, str] = field(default_factory=dict)
    fields: dict[str, FieldSpec] = field(default_factory=dict)
    many: bool = False
    required: bool = False


class ViewSpec(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A table of those entries of a collection that have certain values, as a page."""

    label: str
    description: str = ""
    where: dict[str, str] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)

    def shows(self, record: model.Record) -> bool:
        return all(getattr(record, key, None) == value for key, value in self.where.items())


class CollectionSpec(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A folder of pages below `docs/`, with its own fields and its table's columns."""

    label: str
    singular: str
    description: str = ""
    fields: dict[str, FieldSpec] = field(default_factory=dict)
    columns: list[str] = field(default_factory=list)
    home: bool = False  # shown among the registers on the home page
    views: dict[str, ViewSpec] = field(default_factory=dict)


class Forge(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Where the repository is kept."""

    kind: str = "github"
    url: str
    branch: str = "main"


class Login(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How the editor at /admin/ signs in at the forge."""

    app_id: str = ""
    base_url: str = ""
    auth_endpoint: str = ""


class Stewards(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who is asked to look at a change: handles at the forge, such as `@team` or `@org/team`.

    `sources` and `themes` are by the id of a document or theme; `all` are asked for everything
    that nobody else looks after.
    """

    all: list[str] = field(default_factory=list)
    sources: dict[str, list[str]] = field(default_factory=dict)
    themes: dict[str, list[str]] = field(default_factory=dict)

    def handles(self) -> list[tuple[tuple, str]]:
        """Every handle with the way to it."""
        found = [(("all", n), handle) for n, handle in enumerate(self.all)]
        for part in ("sources", "themes"):
            for name, handles in getattr(self, part).items():
                found += [((part, name, n), handle) for n, handle in enumerate(handles)]
        return found


class ReportStyle(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The house style of reports. Paths are below the tracker's folder."""

    organisation: str = ""
    colour: str = "#11384a"
    logo: str = ""  # an .svg, .png or .jpg
    template: str = ""  # a Word document (.docx) whose styles, header and footer are used
    paper: str = "a4"  # or letter
    fonts: str = ""  # a folder of .ttf and .otf, for scripts other than Latin and Arabic


class Config(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All settings of a tracker."""

    name: str = "Recommendation tracker"
    description: str = "What was recommended, to whom, and what came of it."
    site_url: str = ""
    cards: bool = True  # preview pictures for links to the site; made only where `site_url` is set
    language: str = ""  # of the records, and the site's default; the first of `languages`, or en
    languages: list[str] = field(default_factory=list)
    lead_assessor: str = ""
    review_months: int = 24
    licence: str = "CC-BY-4.0"  # of the data, as its SPDX name
    forge: Forge | None = None
    admin: bool = False
    login: Login = field(default_factory=Login)
    stewards: Stewards = field(default_factory=Stewards)  # for CODEOWNERS: `tracker forge-files`
    too_broad: list[str] = field(default_factory=lambda: ["un-system"])
    vague_verbs: list[str] = field(
        default_factory=lambda: ["address", "consider", "encourage", "enhance", "explore", "facilitate", "foster", "improve", "promote", "reflect", "strengthen", "support"]
    )
    report: ReportStyle = field(default_factory=ReportStyle)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    collections: dict[str, CollectionSpec] = field(
        default_factory=lambda: msgspec.convert(_DEFAULT_COLLECTIONS, dict[str, CollectionSpec])
    )

    def __post_init__(self) -> None:
        if not self.language:
            self.language = self.languages[0] if self.languages else "en"

    @property
    def all_languages(self) -> list[str]:
        """The languages of the site, the default one first."""
        return list(dict.fromkeys([self.language, *self.languages]))

    def record_types(self) -> dict[str, type[model.Record]]:
        """The record class of every collection, the core ones first."""
        return model.CORE | {
            name: _record_type(name, spec) for name, spec in self.collections.items()
        }

    def terms(self, name: str) -> dict[str, Any]:
        """The values of a list by its name, a collection's own lists included."""
        if "." in name:
            collection, *path = name.split(".")
            fields = self.collections[collection].fields
            for part in path[:-1]:
                fields = fields[part].fields
            return {k: Term(label) for k, label in fields[path[-1]].values.items()}
        return getattr(self.vocabulary, name)

    def allowed(self, name: str) -> list[str]:
        return list(self.terms(name)) if "." in name else self.vocabulary.allowed(name)

    def label(self, name: str, key: str) -> str:
        term = self.terms(name).get(key)
        return term.label if term else key


def problems(config: Config) -> list[tuple[tuple, str, str]]:
    """What the classes can't say: (where, message, hint)."""
    found = []
    known = [*model.CORE, *config.collections]
    for name, spec in config.collections.items():
        where = ("collections", name)
        if not name.replace("_", "").isalnum() or not name.isidentifier() or not name.islower():
            found.append((where, f"“{name}” can't be the name of a collection",
                          "Use small letters and underscores, for example case_studies."))
        if name in TAKEN:
            found.append((where, f"the site has pages of its own in “{name}”", "Choose another name."))
        if name in model.CORE:
            found.append((where, f"“{name}” is one of the tracker's own collections",
                          "Choose another name."))
        found += _field_problems(spec.fields, (*where, "fields"), known)
        own = {*spec.fields, *model.Entry.__struct_fields__}
        named = [((*where, "columns"), column) for column in spec.columns]
        for key, view in spec.views.items():
            here = (*where, "views", key)
            named += [((*here, "columns"), column) for column in view.columns]
            named += [((*here, "where"), column) for column in view.where]
        for place, column in named:
            if column not in own:
                found.append((place, f"“{column}” is not a field of {name}",
                              "Its fields are: " + ", ".join(spec.fields) + "."))
        for key in spec.views:
            if not _VIEW.fullmatch(key):
                found.append(((*where, "views", key), f"“{key}” can't be the address of a page",
                              "Use small letters, digits and single hyphens."))
    for way, handle in config.stewards.handles():
        if not _HANDLE.fullmatch(handle):
            found.append((("stewards", *way), f"“{handle}” is not a handle at a forge",
                          "Write @name or @organisation/team."))
    for where, code in ((("language",), config.language), *((("languages", i), c) for i, c in enumerate(config.languages))):
        if not _LANGUAGE.fullmatch(code):
            found.append((where, f"“{code}” is not the tag of a language", "Write it as fr, es, ar or pt-BR."))
    if config.forge and config.forge.kind not in ("github", "gitlab", "forgejo", "gitea"):
        found.append((("forge", "kind"), f"“{config.forge.kind}” is not a forge that is known",
                      "Allowed: github, gitlab, forgejo, gitea."))
    return found


def _field_problems(fields: dict[str, FieldSpec], where: tuple, known: list[str]) -> list:
    found = []
    for name, spec in fields.items():
        here = (*where, name)
        if not name.isidentifier() or not name.islower():
            found.append((here, f"“{name}” can't be the name of a field",
                          "Use small letters and underscores."))
        if len(where) == 3 and name in model.Entry.__struct_fields__:
            found.append((here, f"every record has a field “{name}” already",
                          "Choose another name, or use the one that is there."))
        if spec.type not in TYPES:
            found.append(((*here, "type"), f"“{spec.type}” is not a type",
                          "Allowed: " + ", ".join(TYPES) + "."))
        if spec.to and spec.to not in known:
            found.append(((*here, "to"), f"there is no collection “{spec.to}”",
                          "There are: " + ", ".join(known) + "."))
        found += _field_problems(spec.fields, (*here, "fields"), known)
    return found


def _record_type(name: str, spec: CollectionSpec) -> type[model.Record]:
    made = msgspec.defstruct(
        name, _fields(name, spec.fields), bases=(model.Entry,), kw_only=True,
        omit_defaults=True, forbid_unknown_fields=True, gc=False,
    )  # fmt: skip
    made.__doc__ = spec.description
    return made


def _fields(path: str, specs: dict[str, FieldSpec]) -> list[tuple]:
    made = []
    for name, spec in specs.items():
        help_text = spec.help or spec.label
        if spec.fields:
            kind: Any = msgspec.defstruct(
                name, _fields(f"{path}.{name}", spec.fields), bases=(model.Part,), kw_only=True,
                omit_defaults=True, forbid_unknown_fields=True, gc=False,
            )  # fmt: skip
        elif spec.to:
            kind = Annotated[str, model.ref(spec.to, help_text)]
        elif spec.values:
            kind = Annotated[str, model.term(f"{path}.{name}", help_text)]
        elif spec.type == "date":
            kind = Annotated[str, model.date(help_text)]
        elif spec.type == "url":
            kind = Annotated[str, model.url(help_text)]
        elif spec.type == "number":
            kind = float
        else:
            kind = Annotated[str, model.text(help_text)]
        if spec.many:
            made.append((name, list[kind], field(default_factory=list)))
        elif spec.required:
            made.append((name, kind))
        else:
            made.append((name, kind | None, None))
    return made


def _spec(label: str, singular: str, description: str, columns: str, fields: dict, **more) -> dict:
    return {"label": label, "singular": singular, "description": description,
            "columns": columns.split(), "fields": fields, **more}  # fmt: skip


def _values(label: str, text: str, **more) -> dict:
    return {"label": label, "values": {
        v: v.replace("-", " ").capitalize() if v.islower() else v for v in text.split()
    }, **more}  # fmt: skip


def _date(text: str) -> dict:
    return {"label": "Date", "type": "date", "help": text}


_DATED_VALUE = {
    "date": _date("When it had this value, or is to have it."),
    "value": {"label": "Value", "required": True, "help": "A number in the indicator's unit, or a few words."},
    "note": {"label": "Note", "help": "How the value came about, and what it leaves out."},
}

_DEFAULT_COLLECTIONS: dict[str, dict] = {
    "mechanisms": _spec(
        "Mechanisms", "Mechanism",
        "Systems and arrangements that exist or were proposed. Those of the kind “early "
        "warning” make up the map of early-warning models.",
        "kind state region since actors",
        {
            "kind": _values("Kind", "early-warning early-response liaison dialogue mediation "
                            "funding standing-body civilian-protection policy-framework "
                            "representation accountability knowledge", help="What it is for, above all."),
            "state": _values("State", "existing proposed ended", help="Whether it is there."),
            "since": {"label": "Since", "type": "date", "help": "When it began."},
            "model": {"label": "Model", "help": "How warning is gathered, and how it is meant to lead to action."},
        }, home=True, views={
            "early-warning-models": {
                "label": "Map of early-warning models",
                "description": "How warning is gathered, by whom and where, and how it is "
                "meant to lead to action.",
                "where": {"kind": "early-warning"},
                "columns": ["region", "state", "actors", "model"],
            },
        }),
    "cases": _spec(
        "Case studies", "Case study", "What happened somewhere, and what it teaches.",
        "place region period themes",
        {
            "period": {"label": "Period", "help": "When it happened, in words or years."},
            "teaches": {"label": "What it teaches", "help": "What others can learn from it, in a sentence."},
        }),
    "instruments": _spec(
        "Agreements and instruments", "Instrument",
        "Memoranda, charters, declarations, resolutions, treaties: what bodies signed or adopted.",
        "kind date parties symbol",
        {
            "kind": _values("Kind", "mou terms-of-reference charter desk resolution treaty "
                            "declaration policy strategy", help="What sort of agreement it is."),
            "date": _date("When it was signed or adopted."),
            "parties": {"label": "Parties", "to": "actors", "many": True, "help": "Who signed or adopted it."},
            "symbol": {"label": "Document symbol", "help": "Such as S/RES/1645 (2005)."},
        }, home=True),
    "contacts": _spec(
        "Focal points", "Focal point",
        "Offices, focal points, networks and registries with a public address. Never a person.",
        "kind actor place",
        {
            "kind": _values("Kind", "office focal-point network registry", help="What sort of contact it is."),
            "actor": {"label": "Body", "to": "actors", "help": "The body that it belongs to."},
        }, home=True),
    "practices": _spec(
        "Existing practice", "Practice", "Who already does what, and where.",
        "kind actors place since",
        {
            "kind": {"label": "Kind", "help": "What sort of practice it is, in a few words."},
            "since": {"label": "Since", "type": "date", "help": "When it began."},
        }),
    "statements": _spec(
        "Advocacy log", "Statement", "Where and when an ask was put, by whom, to whom.",
        "date by to event",
        {
            "date": _date("When it was said."),
            "by": {"label": "By", "to": "actors", "many": True, "help": "Who said it."},
            "to": {"label": "To", "to": "actors", "many": True, "help": "Whom it was said to."},
            "event": {"label": "Event", "to": "events", "help": "Where it was said."},
        }, home=True),
    "indicators": _spec(
        "Indicators", "Indicator", "What is measured, from which baseline, towards which target.",
        "unit baseline target",
        {
            "unit": {"label": "Unit", "help": "What is counted, such as people or per cent."},
            "definition": {"label": "What is measured", "help": "What is counted and what is not."},
            "baseline": {"label": "Baseline", "fields": _DATED_VALUE, "help": "The value at the beginning."},
            "target": {"label": "Target", "fields": _DATED_VALUE, "help": "The value to be reached."},
            "values": {"label": "Values", "fields": _DATED_VALUE, "many": True, "help": "What was found, and when."},
        }),
    "guidance": _spec(
        "Guidance", "Guidance", "Guidelines, codes of conduct, policies and standards.",
        "kind publisher date symbol",
        {
            "kind": _values("Kind", "guideline code-of-conduct policy standard toolkit",
                            help="What sort of guidance it is."),
            "publisher": {"label": "Publisher", "help": "Who published it."},
            "date": _date("When it was published."),
            "symbol": {"label": "Document symbol", "help": "Such as S/RES/1645 (2005)."},
        }),
    "meetings": _spec(
        "Meetings and their outcomes", "Meeting",
        "What a meeting produced, and how far each outcome got.",
        "date event place hosts",
        {
            "date": _date("When it was held."),
            "event": {"label": "Event", "to": "events", "help": "The event that it was, or a part of."},
            "hosts": {"label": "Hosts", "to": "actors", "many": True, "help": "Who held it."},
            "outcomes": {"label": "Outcomes", "many": True, "help": "What became of each ask there.", "fields": {
                "recommendation": {"label": "Recommendation", "to": "recommendations", "required": True,
                                   "help": "What was asked."},
                "stage": _values("Stage", "asked considered endorsed mandated", help="How far it got."),
                "date": _date("When it got there."),
                "note": {"label": "Note", "help": "How it got there, and what is open."},
            }},
        }),
    "glossary": _spec(
        "Glossary", "Term", "Terms, each with the sense in which the sources use it.",
        "definition",
        {
            "definition": {"label": "Sense", "help": "What the sources mean by the term."},
            "see_also": {"label": "See also", "to": "glossary", "many": True, "help": "Terms beside it."},
        }),
}
