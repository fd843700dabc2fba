"""The annexes: every recommendation in scope, the evidence, the method; tables for programs."""

from __future__ import annotations

from tracker import dates
from tracker.model import Recommendation
from tracker.progress import Pair
from tracker.reports.document import Block, Bullets, Cell, Column, Heading, Paragraph, Run, Section
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request


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
        caption = w.t("Recommendations of: {source}", source=p.short("sources", source))
        blocks.append(p.table(f"annex-{source}", caption, columns, [_row(p, r, pairs[r.id]) for r in found],
                              titled=True, paper=True))
    return Section("annex", w.t("Annex: all recommendations"), blocks, fresh=True)


def _row(p: Pieces, r: Recommendation, pairs: list[Pair]) -> list[Cell]:
    w = p.w
    title = [[p.ask(r)], [p.id(r.id)]]
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
            p.cell(*[[p.id(name)] for name in cited.used[:4]],
                   *[[Run(f"+ {w.number(n)}", small=True)] for n in [len(cited.used) - 4] if n > 0],
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
            p.table("evidence", w.t("Evidence cited by the judgements that stand"), columns, rows,
                    paper=True),
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
        [p.cell(p.status(key)), p.cell(Run(w.term(term.definition, "status"))),
         p.count(sum(pair.status == key for pair in f.pairs))]
        for key, term in p.statuses.items()
    ]  # fmt: skip
    oldest = min((pair.latest.date for pair in f.pairs if pair.latest), key=dates.last_day, default="")
    one = sum(len(pair.verdicts) == 1 for pair in f.pairs)
    limits = [
        t("Not assessed is not the same as not done. Where most requests are not assessed, the figures "
          "show what is known, not what happened."),
        w.n("{count} of the judgements rests on one assessor alone.",
            "{count} of the judgements rest on one assessor alone.", one),
        t("Dates are often known to the year or month only. Such a date stands for the end of its "
          "period, and the order of things within a year may be unknown."),
        t("Recommendations differ in weight: a count of them says nothing about their importance."),
        t("Implemented means that what was asked is in place. It does not mean that conflict was prevented."),
        t("Public sources favour bodies that publish. An actor that works quietly may look idle here."),
    ]  # fmt: skip
    if oldest:
        limits.insert(2, t("The oldest judgement that still counts is of {day}.", day=w.date(oldest)))
    how = [
        t("The records are text files under version control; every figure is counted from them when "
          "this report is made."),
        t("A judgement says how far an actor had got on a day, who says so, and on which evidence. The "
          "latest one counts; where there is a lead assessor, the lead's."),
        t("Recommendations of documents written after the day of this report are left out, and so are later "
          "judgements."),
        t("A recommendation that only repeats another one of the same document is counted once."),
        t("A group is judged on evidence about the whole group; it is never computed from its members."),
        t("Titles, names and evidence are shown in the language in which they were recorded, where no translation is on record."),
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
