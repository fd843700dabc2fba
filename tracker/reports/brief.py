"""One page for one actor: what it was asked, what came of it, what to ask it now."""

from __future__ import annotations

from tracker.reports import charts, questions
from tracker.reports.changed import ask_of, kind_label
from tracker.reports.document import Block, Bullets, Column, Document, Paragraph, Run, Section, Text
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request

# So much fits on a page, in the longest of the languages and with the longest titles.
OPEN, QUESTIONS, CHANGES, TITLE = 9, 4, 3, 96


def brief(p: Pieces, request: Request, actor: str, document: Document) -> Document:
    """The brief of an actor with at least one request; ``document`` lends its words and style."""
    w, f = p.w, p.facts
    pairs = f.by_actor[actor]
    row = f.now.rows_of(pairs)
    groups = f.grouped(row)
    keys = p.used([row])
    sources = dict.fromkeys(pair.recommendation.source for pair in pairs)
    lead = " ".join([
        w.n("{count} request to this actor is followed.", "{count} requests to this actor are followed.",
            row.pairs),
        w.n("{count} has been assessed.", "{count} have been assessed.", row.assessed),
        w.n("Of these, {count} is done.", "Of these, {count} are done.", groups["done"]),
        w.n("{count} shows some progress.", "{count} show some progress.", groups["progress"]),
        w.n("{count} reply is on record.", "{count} replies are on record.", f.now.replies(pairs)),
    ])  # fmt: skip
    blocks: list[Block] = [
        Paragraph([Run(lead)], "lead"),
        Paragraph(
            [*w.runs("{label}: {names}.", label=w.t("Asked in"), names=p.names("sources", sources))], "quiet"
        ),
    ]
    if row.pairs:
        blocks.append(charts.stacked(
            "by-status", w.t("Requests by status"),
            w.t("Requests by status: {parts}.", parts=p.in_words(row, keys)),
            [p.bar(row, keys, "")], p.legend(keys), rtl=w.rtl, thick=14))  # fmt: skip
    sections = [Section("state", w.t("Where things stand"), blocks)]
    if request.since:
        sections.append(_changes(p, request, actor))
    ranked = questions.ranking(p, pairs)
    if ranked:
        sections.append(
            Section(
                "questions",
                w.t("Questions"),
                [Bullets([questions.question(p, pair, TITLE) for pair in ranked[:QUESTIONS]], ordered=True)],
            )
        )
        shown = ranked[:OPEN]
        columns = [
            Column("recommendation", w.t("Recommendation"), width=5),
            Column("status", w.t("Status"), width=2),
        ]
        rows = [
            [p.cell([p.ask(pair.recommendation, TITLE)], value=pair.recommendation.id),
             p.cell(p.judged(pair), value=pair.status)]
            for pair in shown
        ]  # fmt: skip
        note = ""
        if len(ranked) > len(shown):
            note = w.n(
                "{count} more request is open; the full report lists it.",
                "{count} more requests are open; the full report lists them.",
                len(ranked) - len(shown),
            )
        sections.append(
            Section(
                "open",
                w.t("Open requests"),
                [p.table("open", w.t("Open requests"), columns, rows, note, titled=True)],
            )
        )
    title = p.name("actors", actor, full=True)
    return Document(
        title=[title], subtitle=document.subtitle, lang=document.lang, rtl=document.rtl, date=document.date,
        facts=_facts(p, request), sections=sections, words=document.words, brief=True, house=document.house,
    )  # fmt: skip


def _facts(p: Pieces, request: Request) -> list[tuple[str, Text]]:
    facts = [(p.w.t("As of"), [Run(p.w.date(request.as_of))])]
    if request.event is not None:
        facts.append((p.w.t("Made for"), [p.name("events", request.event.id, full=True)]))
    return facts


def _changes(p: Pieces, request: Request, actor: str) -> Section:
    w = p.w
    title = w.t("What changed since {day}", day=w.date(request.since))
    moves = p.facts.moves(actor)
    if not moves:
        return Section("changes", title, [Paragraph([Run(w.t("No change is on record."))])])
    items = []
    for move in moves[:CHANGES]:
        kinds = w.t(", ").join(kind_label(p, kind) for kind in move.kinds)
        pair = p.facts.pair(move)
        items.append([
            Run(kinds, bold=True), Run(w.t(": ")), ask_of(p, move, TITLE),
            *([Run(" "), *p.judged(pair)] if pair else []),
        ])  # fmt: skip
    blocks: list[Block] = [Bullets(items)]
    if len(moves) > CHANGES:
        blocks.append(
            Paragraph(
                [Run(w.n("and {count} more change", "and {count} more changes", len(moves) - CHANGES))],
                "quiet",
            )
        )
    return Section("changes", title, blocks)
