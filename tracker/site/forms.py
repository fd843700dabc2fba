"""What the forms need that propose a change: choices, words, patterns, and where the file goes.

The forms are two pages of the site and a few small scripts. They check in the browser what
`tracker check` checks later, so the patterns come from the modules that the rules use, and
a test holds the texts against those of the rules. All of it stands in the page as data,
so that the forms work from a disk, too, and without a request to anybody.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from tracker import dates, safety
from tracker.edit.compose import Shape, shape_of
from tracker.model import INBOX, Proposal, Recommendation
from tracker.rules.drafting import MOST_TITLE
from tracker.rules.records import SLUG
from tracker.site.edition import NewFile
from tracker.site.formtexts import OF_A_RECOMMENDATION, OF_AN_UPDATE, OF_BOTH, texts
from tracker.site.view import View
from tracker.store import RECORDS

MOST_ADDRESS = 8000  # characters of an address; forges refuse longer ones
_NUMBERED = re.compile(r"(.+)-(\d{3,})")
_FREE = 4  # names offered for a new recommendation: the next one, and others should it be taken


class Form(NamedTuple):
    """A form's page: lists of (key, label, definition), and what its script reads."""

    words: dict[str, list[tuple[str, str, str]]]
    json: Markup  # what the script reads
    template: str  # a file to fill in by hand
    path: str  # the name that such a file should have
    by_hand: str  # where the forge takes a new file; empty where there is no forge
    searched: str = ""  # the label of the status that needs a note of where somebody looked


def update(view: View, here: Callable[[str], str]) -> Form:
    """The form for an assessment; ``here`` turns a page's path into an address."""
    t = view.words.catalogue.gettext
    statuses = view.config.vocabulary.status
    data = _common(view, here) | {
        "folder": INBOX, "lead": view.config.lead_assessor,
        "inbox": _inbox(view), "shape": _shape(shape_of(Proposal)), "evident": [key for key, status in statuses.items() if status.evidence],
        "members": _members(view), "texts": texts(t, OF_BOTH, OF_AN_UPDATE),
    }  # fmt: skip
    path = f"{INBOX}/{t('id')}--{t('actor')}--{t('date')}.md"
    names = ("status", "response", "result", "basis", "confidence", "stance")
    searched = statuses.get("no-evidence")
    return Form(
        _words(view, names), _json(data), _TEMPLATE_OF_UPDATE, path, _by_hand(view, INBOX),
        searched.label if searched else "",
    )


def wider(view: View, here: Callable[[str], str]) -> Form:
    """The form for a recommendation that is not here yet."""
    t = view.words.catalogue.gettext
    config = view.config
    free = _free_names(view)
    data = _common(view, here) | {
        "folder": RECORDS, "free": free, "shape": _shape(shape_of(Recommendation)),
        "themes": {key: view.said(theme) for key, theme in view.corpus.themes.items()},
        "regions": {key: config.label("region", key) for key in config.allowed("region")},
        "broad": config.too_broad, "vague": config.vague_verbs, "longest": MOST_TITLE,
        "texts": texts(t, OF_BOTH, OF_A_RECOMMENDATION),
    }  # fmt: skip
    first = next(iter(free.items()), ("source", ["source-001"]))
    path = f"{RECORDS}/{first[0]}/{first[1][0]}.md"
    return Form(
        _words(view, ("kind", "strength")), _json(data), _TEMPLATE_OF_RECOMMENDATION, path,
        _by_hand(view, RECORDS),
    )


def update_query(view: View, record: Recommendation) -> str:
    """What a link to the form carries: the recommendation, who was asked, and the entries so far.

    A repetition inside one document leads to the entry that is counted.
    """
    for name in record.related("same_as"):
        record = view.corpus.find("recommendations", name) or record
    log = ",".join("/".join(filter(None, (e.actor, e.by, e.date, e.corrects))) for e in record.assessments)
    fields = {"id": record.id, "title": record.title, "asked": ",".join(record.addressed_to), "log": log}
    return "?" + urlencode({key: value for key, value in fields.items() if value}, safe="/,")


def _common(view: View, here: Callable[[str], str]) -> dict[str, Any]:
    new, t = view.edition.new_file, view.words.catalogue.gettext
    return {
        "api": here(f"{view.tongue.up}api/"), "records": here("recommendations/index.md").removesuffix("index.html"), "most": MOST_ADDRESS,
        "forge": _forge(new) if new else None,
        "actors": {key: view.said(actor) for key, actor in view.corpus.actors.items()},
        "sources": {key: view.short("sources", key) for key in view.corpus.sources},
        "langs": {name: _langs(view, name) for name in ("actors", "sources", "themes")},
        "months": [t(month) for month in dates.MONTHS],
        "patterns": {
            "date": dates.SHAPE.pattern, "slug": SLUG.pattern, "markup": safety.MARKUP.pattern,
            "steering": safety.STEERING.pattern, "hidden": safety.HIDDEN.pattern,
            "controls": safety.CONTROLS.pattern,
        },
    }  # fmt: skip


def _langs(view: View, collection: str) -> dict[str, str]:
    """The language of each name that is not in the page's."""
    field = "short" if collection == "sources" else "title"
    found = {key: view.lang_of(record, field) for key, record in view.corpus.collections[collection].items()}
    return {key: lang for key, lang in found.items() if lang}


def _forge(new: NewFile) -> dict[str, str]:
    return {"address": new.address, "name": new.name, "text": new.text, "label": new.label}


def _shape(shape: Shape) -> dict[str, Any]:
    """The order of a record's keys, which of them hold dates or numbers, and the same of what is below."""
    inner = {key: _shape(below) for key, below in shape.inner.items()}
    return {"order": list(shape.order), "typed": sorted(shape.typed), "inner": inner}


def _words(view: View, names: Iterable[str]) -> dict[str, list[tuple[str, str, str]]]:
    made = {}
    for name in names:
        terms = view.config.terms(name)
        made[name] = [(key, terms[key].label, terms[key].definition) for key in view.config.allowed(name)]
    return made


def _members(view: View) -> dict[str, list[str]]:
    """The members of each group, by `member_of` or `parent`."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, actor in view.corpus.actors.items():
        for group in dict.fromkeys([*actor.member_of, *([actor.parent] if actor.parent else [])]):
            found[group].append(key)
    return found


def _inbox(view: View) -> list[str]:
    """Names in the inbox that are taken."""
    return [PurePosixPath(proposal.path).stem for proposal in view.corpus.proposals]


def _free_names(view: View) -> dict[str, list[str]]:
    """For each source the next names of recommendations that were never used."""
    last: dict[str, tuple[int, int]] = {}
    for record in view.corpus.recommendations.values():
        for name in (record.id, *record.aliases):
            match = _NUMBERED.fullmatch(name)
            if match and record.source == match[1]:
                number, width = last.get(match[1], (0, 3))
                last[match[1]] = (max(number, int(match[2])), max(width, len(match[2])))
    found = {}
    for source in view.corpus.sources:
        number, width = last.get(source, (0, 3))
        found[source] = [f"{source}-{n:0{width}}" for n in range(number + 1, number + 1 + _FREE)]
    return found


def _by_hand(view: View, folder: str) -> str:
    new = view.edition.new_file
    return f"{new.address}?{urlencode({new.name: folder + '/'})}" if new else ""


def _json(data: dict) -> Markup:
    """For a script element, which ends at the first “</script”, whatever stands around it."""
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(made)  # noqa: S704 - nothing in it can end or begin an element


_TEMPLATE_OF_UPDATE = """\
---
recommendation: ""
actor: ""
date: ""
status: ""
response: ""
by: ""
basis: ""
confidence: ""
evidence:
  - title: ""
    publisher: ""
    url: ""
    date: ""
    locator: ""
    shows: ""
note: ""
---
"""
_TEMPLATE_OF_RECOMMENDATION = """\
---
title: ""
source: ""
locator: ""
kind: ""
strength: ""
addressed_to: [""]
themes: [""]
regions: [""]
measures:
  - ""
---
"""
