"""The annexes: every recommendation in scope, the evidence, the method; tables for programs."""

from __future__ import annotations

from tracker import dates
from tracker.model import Recommendation
from tracker.progress import Pair
from tracker.reports.document import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Section, Table
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request
from tracker.vocabulary import NOT_ASSESSED


def recommendations(p: Pieces) -> Section:
    """Every recommendation in scope, by document, with each actor's status."""
    w, f = p.w, p.facts
    columns = [
        Column("recommendation", w.t("Recommendation"), width=5),
        Column("where", w.t("Where in the document"), width=2.4),
        Column("status", w.t("Who was asked, and the status"), width=4),
    ]
    pairs: dict[str, list[Pair]] = {}
    for pair in f.pairs:
        pairs.setdefault(pair.recommendation.id, []).append(pair)
    by_source: dict[str, list[Recommendation]] = {}
    for r in f.recommendations:
        by_source.setdefault(r.source, []).append(r)
    blocks: list[Block] = [
        Paragraph([Run(w.t("In the order of the documents. Dates are those of the judgements."))])
    ]
    for source, found in by_source.items():
        blocks.append(Heading(f"annex-{source}", [p.name("sources", source, full=True)]))
        caption = w.t("Recommendations of: {source}", source=p.corpus.short("sources", source))
        blocks.append(p.table(f"annex-{source}", caption, columns, [_row(p, r, pairs[r.id]) for r in found]))
    return Section("annex", w.t("Annex: all recommendations"), blocks, fresh=True)


def _row(p: Pieces, r: Recommendation, pairs: list[Pair]) -> list[Cell]:
    w = p.w
    title = [[p.ask(r)], [Run(r.id, small=True)]]
    if (due := p.facts.deadline(r)) is not None:
        title.append([Run(w.t("Deadline: {day}", day=w.date(due)), small=True)])
    lines = []
    # Actors with one and the same judgement share a line: an unassessed list stays short.
    shared: dict[tuple, list[Pair]] = {}
    for pair in pairs:
        key = (pair.status, pair.latest.date if pair.latest else "", pair.contested)
        shared.setdefault(key, []).append(pair)
    for found in shared.values():
        lines.append(
            [
                *p.names("actors", [pair.actor for pair in found]),
                Run(w.t(": ")),
                *p.judged(found[0]),
            ]
        )
    return [
        p.cell(*title, value=r.id),
        p.cell(w.record(r.locator, r.lang)) if r.locator else p.cell(Run("–"), value=None),
        p.cell(*lines),
    ]


def evidence(p: Pieces) -> Section:
    w, f = p.w, p.facts
    title = w.t("Evidence")
    if not f.evidence:
        return Section("evidence", title, [Paragraph([Run(w.t("No judgement in scope cites evidence."))])])
    columns = [
        Column("number", w.t("No."), "number", 0.7),
        Column("evidence", w.t("Evidence"), width=7),
        Column("used", w.t("Judgements on"), width=2.6),
    ]
    rows = [
        [
            p.count(number),
            p.cell(p.evidence(cited.evidence)),
            p.cell(*[[Run(name, small=True)] for name in cited.used[:4]],
                   *([[Run(f"+ {w.number(len(cited.used) - 4)}", small=True)]] if len(cited.used) > 4 else []),
                   value=" ".join(cited.used)),
        ]
        for number, cited in enumerate(f.evidence, 1)
    ]  # fmt: skip
    lead = w.n(
        "{count} document or page is cited by the judgements that stand.",
        "{count} documents and pages are cited by the judgements that stand.",
        len(rows),
    )
    return Section(
        "evidence",
        title,
        [
            Paragraph([Run(lead)]),
            p.table("evidence", w.t("Evidence cited by the judgements that stand"), columns, rows),
        ],
        fresh=True,
    )


def method(p: Pieces, request: Request, made_from: str) -> Section:
    """How the figures are made and what they do not show; ``made_from`` names the commit."""
    w, f = p.w, p.facts
    t = w.t
    columns = [
        Column("status", t("Status"), width=2.4),
        Column("meaning", t("What it means"), width=5.4),
        Column("requests", t("Requests"), "number", 1.2),
    ]
    rows = [
        [p.cell([p.status(key)], value=key), p.cell(Run(w.term(term.definition))),
         p.count(sum(pair.status == key for pair in f.pairs))]
        for key, term in p.statuses.items()
    ]  # fmt: skip
    oldest = min((pair.latest.date for pair in f.pairs if pair.latest), key=dates.last_day, default="")
    one = sum(len(pair.verdicts) == 1 for pair in f.pairs)
    limits = [
        t("Not assessed is not the same as not done. Where most requests are not assessed, the figures show what is "
          "known, not what happened."),
        w.n("{count} of the judgements rests on one assessor alone.",
            "{count} of the judgements rest on one assessor alone.", one),
        t("Dates are often known to the year or month only. Such a date stands for the end of its period, and the "
          "order of things within a year may be unknown."),
        t("Recommendations differ in weight: a count of them says nothing about their importance."),
        t("Implemented means that what was asked is in place. It does not mean that conflict was prevented."),
        t("Public sources favour bodies that publish. An actor that works quietly may look idle here."),
    ]  # fmt: skip
    if oldest:
        limits.insert(2, t("The oldest judgement that still counts is of {day}.", day=w.date(oldest)))
    how = [
        t("The records are text files in a public repository; every figure is counted from them when this report is "
          "made."),
        t("A judgement says how far an actor had got on a day, who says so, and on which evidence. The latest one "
          "counts; where there is a lead assessor, the lead's."),
        t("Recommendations of documents written after the day of this report are left out, and so are later "
          "judgements."),
        t("An entry that only repeats another one of the same document is listed in its place and counted once."),
        t("A group is judged on evidence about the whole group; it is never computed from its members."),
        t("Titles, names and evidence are shown in the language in which they were recorded."),
    ]  # fmt: skip
    if made_from:
        how.append(t("Made from the state of the records known as {commit}.", commit=made_from))
    return Section(
        "method",
        t("Method, and what the data does not show"),
        [
            Heading("method-how", [Run(t("How the figures are made"))]),
            Bullets([[Run(item)] for item in how]),
            Heading("method-words", [Run(t("What the words mean"))]),
            p.table("words", t("What the words mean"), columns, rows, titled=True),
            Heading("method-limits", [Run(t("What the data does not show"))]),
            Bullets([[Run(item)] for item in limits]),
        ],
        fresh=True,
    )


def data(p: Pieces) -> list[Table]:
    """Tables for spreadsheets and programs: every request, with one value to a cell."""
    w, f = p.w, p.facts
    t = w.t
    columns = [
        Column("recommendation", t("Id"), width=2), Column("title", t("Recommendation"), width=5),
        Column("source", t("Document"), width=2), Column("locator", t("Where in the document"), width=2),
        Column("themes", t("Themes"), width=2), Column("actor", t("Actor"), width=2),
        Column("group", t("Asked as one of"), width=1.5), Column("status", t("Status"), width=1.5),
        Column("status_key", t("Status (key)"), width=1.5),
        Column("response", t("Reply"), width=1.5), Column("date", t("Judged as of"), "date", 1.2),
        Column("by", t("Assessor"), width=1.5), Column("basis", t("Basis"), width=1.2),
        Column("confidence", t("Confidence"), width=1.2), Column("contested", t("Contested"), width=1),
        Column("due", t("Due for review"), width=1), Column("deadline", t("Deadline"), "date", 1.2),
        Column("evidence", t("Pieces of evidence"), "number", 1),
        Column("documents", t("Asked in documents"), "number", 1),
    ]  # fmt: skip
    return [Table("requests", t("All requests"), columns, [_data_row(p, pair) for pair in f.pairs])]


def _data_row(p: Pieces, pair: Pair) -> list[Cell]:
    w, r, latest = p.w, pair.recommendation, pair.latest
    text = lambda value: p.cell(Run(value)) if value else Cell(None)  # noqa: E731
    yes = lambda value: Cell(w.t("yes") if value else w.t("no"), [[Run(w.t("yes") if value else w.t("no"))]])  # noqa: E731
    return [
        text(r.id), p.cell(p.ask(r)), p.cell(p.name("sources", r.source)), text(r.locator),
        p.cell(p.names("themes", r.themes)), p.cell(p.name("actors", pair.actor, full=True)),
        p.cell(p.name("actors", pair.group)) if pair.group else Cell(None),
        p.cell(p.status(pair.status)), text(pair.status), text(p.label("response", pair.response)),
        p.day(latest.date if latest else None),
        p.cell(p.name("actors", latest.by)) if latest else Cell(None),
        text(p.label("basis", latest.basis) if latest else ""),
        text(p.label("confidence", latest.confidence) if latest else ""),
        yes(pair.contested) if pair.status != NOT_ASSESSED else Cell(None),
        yes(p.facts.stale(pair)) if latest else Cell(None), p.day(p.facts.deadline(r)),
        p.count(sum(len(v.evidence) for v in pair.verdicts)),
        p.count(p.facts.times_asked.get(r.id, (1, ""))[0]),
    ]  # fmt: skip
