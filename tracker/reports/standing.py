"""Where things stand: by actor, by theme and by source, across both, and over the years."""

from __future__ import annotations

from tracker.progress import Row
from tracker.reports import charts
from tracker.reports.charts import Bar, Part, Square
from tracker.reports.document import Block, Column, Figure, Heading, Paragraph, Run, Section, Table
from tracker.reports.facts import GROUPS
from tracker.reports.pieces import Pieces

_BARS = 20
_GROUP_COLOURS = {"done": "green", "progress": "lime", "none": "orange", "unknown": "none"}


def group_labels(p: Pieces) -> dict[str, str]:
    t = p.w.t
    return {"done": t("Done"), "progress": t("Some progress"), "none": t("No progress, or undone"),
            "unknown": t("Not assessed")}  # fmt: skip


def status(p: Pieces) -> Section:
    w = p.w
    blocks: list[Block] = [
        Paragraph([Run(w.t(
            "Each table counts requests. “Done” stands over those assessed, so that what nobody has "
            "looked at neither helps nor harms."))]),
        Heading("by-actor", [Run(w.t("By actor"))]),
    ]  # fmt: skip
    blocks += _by_actor(p)
    blocks += [
        Heading("by-theme", [Run(w.t("By theme"))]),
        *_matrix(p),
        _table(
            p,
            "theme",
            w.t("Status by theme"),
            w.t("Theme"),
            w.t("A recommendation may belong to several themes, so the rows add up to more."),
        ),
    ]
    blocks += [
        Heading("by-source", [Run(w.t("By document"))]),
        _table(p, "source", w.t("Status by document"), w.t("Document")),
    ]
    if trend := _trend(p):
        blocks += [Heading("trend", [Run(w.t("Over the years"))]), trend,
                   Paragraph([Run(w.t("Each column is the state at the end of its year; the last one "
                                      "is the state now. Columns grow when documents add requests."))],
                             "quiet")]  # fmt: skip
    return Section("status", w.t("Status"), blocks, fresh=True)


def _by_actor(p: Pieces) -> list[Block]:
    w = p.w
    rows = p.facts.now.by("actor")
    shown = rows[:_BARS]
    keys = p.used(shown)
    alt = w.t(
        "Requests by status, for each actor. {parts}.",
        parts="; ".join(p.short("actors", r.key) + w.t(": ") + p.in_words(r, keys) for r in shown),
    )
    caption = w.t("Requests by actor and status")
    if len(rows) > len(shown):
        caption = w.n(
            "Requests by status: the {count} actor asked most",
            "Requests by status: the {count} actors asked most",
            len(shown),
        )
    return [
        charts.stacked("actors", caption, alt, [p.bar(r, keys, p.short("actors", r.key)) for r in shown],
                       p.legend(keys), rtl=w.rtl),
        _table(p, "actor", w.t("Status by actor"), w.t("Actor")),
    ]


def _table(p: Pieces, dimension: str, caption: str, label: str, note: str = "") -> Table:
    w, groups = p.w, group_labels(p)
    rows = p.facts.now.by(dimension)
    columns = [
        Column(dimension, label, width=4.2 if dimension == "actor" else 3.2),
        # Of one actor, every recommendation is one request.
        *([Column("recommendations", w.t("Recommendations"), "number", 2.5)] if dimension != "actor" else []),
        Column("requests", w.t("Requests"), "number", 1.5),
        *(Column(key, groups[key], "number", 1.5) for key in GROUPS),
        Column("done_of", w.t("Done of assessed"), "ratio", 1.5),
    ]
    contested = any(row.contested for row in rows)
    if contested:
        columns.append(Column("contested", w.t("Contested"), "number", 1.6))
    return p.table(
        f"status-{dimension}",
        caption,
        columns,
        [_row(p, dimension, row, contested=contested) for row in rows],
        note,
    )


def _row(p: Pieces, dimension: str, row: Row, *, contested: bool) -> list:
    counts = p.facts.grouped(row)
    return [
        p.cell(p.name(f"{dimension}s", row.key), value=row.label),
        *([p.count(row.asks)] if dimension != "actor" else []), p.count(row.pairs),
        *(p.count(counts[key]) for key in GROUPS),
        p.cell(p.of(counts["done"], row.assessed)) if row.assessed else p.cell(Run("–"), value=None),
        *([p.count(row.contested)] if contested else []),
    ]  # fmt: skip


def _matrix(p: Pieces) -> list[Block]:
    w, f = p.w, p.facts
    actors, themes, cells = f.matrix()
    if len(actors) < 2 or len(themes) < 2:
        return []
    squares, told = {}, []
    for row, actor in enumerate(actors):
        parts = []
        for column, theme in enumerate(themes):
            if pairs := cells.get((actor, theme)):
                groups = [f.group(pair.status) for pair in pairs]
                moved = sum(group in ("done", "progress") for group in groups)
                assessed = sum(group != "unknown" for group in groups)
                shown = f"{w.number(moved)}/{w.number(assessed)}" if assessed else "–"
                squares[row, column] = Square(shown, moved / assessed if assessed else None)
                parts.append(f"{p.short('themes', theme)} {shown}")
        if parts:
            told.append(p.short("actors", actor) + w.t(": ") + w.t(", ").join(parts))
    alt = w.t(
        "Requests with some progress or done, of those assessed, by actor and theme. {parts}.",
        parts="; ".join(told),
    )
    figure = charts.heat_map(
        "matrix",
        w.t("The actors and themes asked most: requests done or with some progress, of those assessed"),
        alt,
        [p.short("actors", a) for a in actors],
        [p.short("themes", t) for t in themes],
        squares,
        rtl=w.rtl,
    )
    return [figure, Paragraph([Run(w.t("–: asked, and nobody has looked"))], "quiet")]


def _trend(p: Pieces) -> Figure | None:
    w = p.w
    points = p.facts.trend()
    if len(points) < 2:
        return None
    labels = group_labels(p)
    bars = [
        Bar(
            year,
            [Part(_GROUP_COLOURS[g], counts[g], w.number(counts[g])) for g in GROUPS if counts[g]],
            w.number(sum(counts.values())),
        )
        for year, counts in points
    ]
    alt = w.t(
        "Requests by year. {parts}.",
        parts="; ".join(
            year + w.t(": ") + w.t(", ").join(f"{labels[g]} {w.number(counts[g])}" for g in GROUPS)
            for year, counts in points
        ),
    )
    legend = [(_GROUP_COLOURS[g], labels[g]) for g in GROUPS]
    return charts.columns("trend", w.t("Requests over the years"), alt, bars, legend, rtl=w.rtl)
