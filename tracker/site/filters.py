"""What a table can be filtered by, and a search: each facet with its choices, and each row's values.

A choice is its key and what it is called, and its language where that is not the page's.
The values of rows stand beside the table as numbers (the place of a choice in its list) and
not in the rows: a table of five hundred rows is half as heavy, and a script that has numbers
counts every choice in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, NamedTuple

from tracker.changes import Change
from tracker.freshness import Silent
from tracker.i18n import N_
from tracker.model import Recommendation
from tracker.progress import Pair
from tracker.site.sheet import Column
from tracker.site.view import View

_NAMED = {"source": "sources", "actor": "actors", "by": "actors", "theme": "themes", "event": "events"}
# Where a judgement took a pair, as `tracker.changes` says it.
_MOVED = {
    "new": N_("newly assessed"), "up": N_("moved up"), "down": N_("moved down"), "same": N_("changed at the same level"),
    "reply": N_("replied"),
}  # fmt: skip
Choice = tuple[str, str] | tuple[str, str, str]


class Facet(NamedTuple):
    """``rows`` has for each row its value, or a list of them; of a facet of pairs, one for each pair of the row."""

    name: str
    label: str
    choices: list[Choice]
    rows: list[int | list[int]]
    pair: bool = False


def of_recommendations(view: View, rows: Sequence[Recommendation]) -> dict[str, Any]:
    """For a table with a row for each recommendation."""
    pairs = [view.progress.pairs[r.id] for r in rows]
    return _table(view, [
        _facet(view, "actor", [[p.actor for p in row] for row in pairs], pair=True),
        _facet(view, "status", [[p.status for p in row] for row in pairs], pair=True),
        _facet(view, "theme", [r.themes for r in rows]),
        _facet(view, "source", [[r.source] for r in rows]),
        _facet(view, "region", [r.regions for r in rows]),
        _facet(view, "event", [view.corpus.event_ids(r) for r in rows]),
        _facet(view, "kind", [[r.kind] if r.kind else [] for r in rows]),
        _facet(view, "response", [[p.response for p in row] for row in pairs], pair=True),
    ])  # fmt: skip


def of_pairs(view: View, pairs: Sequence[Pair], collection: str) -> dict[str, Any]:
    """For a table with a row for each pair, on the page of a record of this collection."""
    asked = [p.recommendation for p in pairs]
    given: dict[str, list[list[str]]] = {
        "status": [[p.status] for p in pairs],
        "actor": [[p.actor] for p in pairs],
        "source": [[r.source] for r in asked],
        "theme": [r.themes for r in asked],
        "event": [list(view.corpus.event_ids(r)) for r in asked],
        "kind": [[r.kind] if r.kind else [] for r in asked],
        "response": [[p.response] for p in pairs],
    }
    given.pop(next((name for name, other in _NAMED.items() if other == collection), ""), None)
    return _table(view, [_facet(view, name, rows) for name, rows in given.items()])


def of_log(view: View, log: Sequence[Change]) -> dict[str, Any]:
    """For the table of dated judgements."""
    asked = [c.recommendation for c in log]
    moved = {key: view.words.t(label) for key, label in _MOVED.items()}
    years = sorted({c.year for c in log}, reverse=True)
    return _table(view, [
        _made("year", view.words.t("Year"), [[c.year] for c in log], years, lambda year: (year, "")),
        _facet(view, "actor", [[c.entry.actor] for c in log]),
        _facet(view, "status", [[c.entry.status] if c.entry.status else [] for c in log]),
        _made("moved", view.words.t("Change"), [[c.direction] for c in log], list(moved), lambda key: (moved[key], "")),
        _facet(view, "theme", [r.themes for r in asked]),
        _facet(view, "source", [[r.source] for r in asked]),
        _facet(view, "by", [[c.entry.by] for c in log]),
        _facet(view, "basis", [[c.entry.basis] if c.entry.basis else [] for c in log]),
    ])  # fmt: skip


def of_overdue(view: View, pairs: Sequence[Pair]) -> dict[str, Any]:
    """For a table of pairs that wait for somebody to look again."""
    asked = [p.recommendation for p in pairs]
    return _table(view, [
        _facet(view, "actor", [[p.actor] for p in pairs]),
        _facet(view, "status", [[p.status] for p in pairs]),
        _facet(view, "theme", [r.themes for r in asked]),
        _facet(view, "source", [[r.source] for r in asked]),
        _facet(view, "by", [[p.latest.by] if p.latest else [] for p in pairs]),
    ])  # fmt: skip


def of_silent(view: View, rows: Sequence[Silent]) -> dict[str, Any]:
    """For the table of actors that never replied."""
    actors = [view.corpus.find("actors", row.actor) for row in rows]
    label, key = view.labels.field("actors", "type"), "actor_type"
    return _table(view, [
        _made("type", label, [[a.type] if a and a.type else [] for a in actors], list(view.config.terms(key)),
              lambda k: (view.label(key, k), "")),
        _facet(view, "region", [[a.region] if a and a.region else [] for a in actors]),
    ])  # fmt: skip


def of_records(view: View, collection: str, columns: list[Column], rows: Sequence[Any]) -> dict[str, Any]:
    """For the table of a collection."""
    facets = []
    for column, options in view.sheet.filterable(collection, columns):
        labels = {key: (label, "") for key, label, _ in options}
        values = [view.sheet.values_of(record, column.key).split() for record in rows]
        facets.append(_made(column.key, column.label, values, list(labels), labels.__getitem__))
    return _table(view, facets)


def of_search(view: View) -> dict[str, Any]:
    """For the search of the whole site: the choices only; what has them stands in the index."""
    facets = of_recommendations(view, list(view.corpus.recommendations.values()))["facets"]
    collections = [(name, view.plural(name)) for name in view.corpus.types]
    kinds = [("prose", view.words.t("Pages of text"))]
    facets.append({
        "name": "collection", "label": view.words.t("What it is"), "choices": [*collections, *kinds],
    })  # fmt: skip
    return {"facets": facets, "words": words(view)}


def words(view: View) -> dict[str, str]:
    """What the scripts say; fields between braces are filled in by them."""
    t = view.words.t
    count, total, value, number = "{count}", "{total}", "{value}", "{number}"
    return {
        "all": t("All {count} shown", count=count),
        "some": t("{count} of {total} shown", count=count, total=total),
        "strange": t("“{value}” is not a choice here and is left out", value=value),
        "narrow": t("Narrow the list"),
        "chosen": t("{number} chosen", number=number),
        "copied": t("The link is copied"),
        "not_copied": t("The link can't be copied here; it is in the address bar"),
        "id": t("Id"),
        "address": t("Address"),
    }


def _facet(view: View, name: str, rows: list[Sequence[str]], *, pair: bool = False) -> Facet | None:
    labels = {
        "actor": view.words.t("Who was asked"), "status": view.words.t("Status"),
        "theme": view.words.t("Theme"), "source": view.words.t("Document"),
        "region": view.words.t("Region"), "event": view.words.t("Event"), "kind": view.words.t("Kind"),
        "response": view.words.t("Reply"), "by": view.words.t("Assessor"), "basis": view.words.t("Basis"),
    }  # fmt: skip
    if name == "status":
        return _made(name, labels[name], rows, list(view.statuses), lambda k: (view.statuses[k].label, ""), pair=pair)
    if name not in _NAMED:
        return _made(
            name, labels[name], rows, list(view.config.terms(name)), lambda k: (view.label(name, k), ""), pair=pair
        )
    there = sorted(set(chain.from_iterable(rows)))
    said = {key: _called(view, _NAMED[name], key) for key in there}
    there.sort(key=lambda key: said[key][0].casefold())
    return _made(name, labels[name], rows, there, said.__getitem__, pair=pair)


def _called(view: View, collection: str, name: str) -> tuple[str, str]:
    """A name that can be looked for, with its language: abbreviations stand behind what they mean."""
    short, title = view.short(collection, name), view.title(collection, name)
    record = view.corpus.find(collection, name)
    lang = view.lang_of(record) if record else ""
    return (f"{title} ({short})" if short.isupper() and short not in title else short), lang


def _made(
    name: str, label: str, rows: list[Sequence[str]], order: list[str], said: Callable[[str], tuple[str, str]],
    *, pair: bool = False,
) -> Facet | None:  # fmt: skip
    """A facet of what occurs; None where there is nothing to choose. ``said``: text and language of a key."""
    there = set(chain.from_iterable(rows))
    keys = [key for key in order if key in there]
    place = {key: index for index, key in enumerate(keys)}
    if len(keys) < 2:
        return None
    numbers = [
        place.get(row[0], -1) if len(row) == 1 else [place.get(value, -1) for value in row] for row in rows
    ]
    return Facet(name, label, [_choice(key, *said(key)) for key in keys], numbers, pair)


def _choice(key: str, label: str, lang: str) -> Choice:
    return (key, label or key, lang) if lang else (key, label or key)


def _table(view: View, facets: list[Facet | None]) -> dict[str, Any]:
    there = [facet for facet in facets if facet is not None]
    return {
        "facets": [
            {"name": f.name, "label": f.label, "choices": f.choices, **({"pair": 1} if f.pair else {})}
            for f in there
        ],
        "rows": list(zip(*(f.rows for f in there), strict=True)),
        "words": words(view),
    }
