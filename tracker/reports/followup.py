"""What to follow up: asked again, late, slipped, silent, old, contested."""

from __future__ import annotations

from tracker.freshness import Age
from tracker.lineage import Family
from tracker.progress import Pair
from tracker.reports.document import Block, Cell, Column, Heading, Paragraph, Run, Section
from tracker.reports.facts import asked_on
from tracker.reports.pieces import Pieces


def again(p: Pieces) -> Section:
    w, f = p.w, p.facts
    title = w.t("Asked again and again")
    if not f.families:
        return Section(
            "again", title, [Paragraph([Run(w.t("No recommendation in scope repeats an earlier one."))])]
        )
    columns = [
        Column("recommendation", w.t("First asked as"), width=4.6),
        Column("times", w.t("Documents"), "number", 1.3), Column("since", w.t("First asked"), "date", 1),
        Column("status", w.t("What came of it, by document"), width=4.6),
    ]  # fmt: skip
    rows = [_family(p, family) for family in f.families]
    lead = Paragraph([Run(w.n(
        "{count} recommendation was taken up again by a later document.",
        "{count} recommendations were taken up again by a later document.", len(f.families),
    ))], "lead")  # fmt: skip
    return Section("again", title, [lead, p.table("again", title, columns, rows, titled=True)])


def _family(p: Pieces, family: Family) -> list[Cell]:
    f = p.facts
    first = family.members[0]
    # Each document once for each status: several entries of one often stand alike.
    stand = dict.fromkeys((m.source, f.now.headline(m.id)) for m in family.members if m.id in f.now.asked)
    lines = [[p.name("sources", source), Run(p.w.t(": ")), p.status(key)] for source, key in stand]
    return [
        p.cell([p.ask(first)], [p.id(first.id)], value=first.id),
        p.count(family.times), p.day(asked_on(p.corpus, first)[:4]),
        p.cell(*lines) if lines else p.cell(Run("–"), value=None),
    ]  # fmt: skip


def late(p: Pieces) -> Section:
    w, f = p.w, p.facts
    blocks: list[Block] = [Heading("overdue", [Run(w.t("Open after their deadline"))])]
    if f.overdue:
        columns = [
            Column("recommendation", w.t("Recommendation"), width=4.6),
            Column("actor", w.t("Actor"), width=2),
            Column("deadline", w.t("Deadline"), "date", 1.5),
            Column("status", w.t("Status"), width=2.2),
        ]
        blocks.append(p.table("overdue", w.t("Open after their deadline"), columns, [
            [*_who(p, late.pair), p.day(late.deadline), p.cell(p.status(late.pair.status))]
            for late in f.overdue
        ], titled=True))  # fmt: skip
    else:
        blocks.append(Paragraph([Run(w.t("No open request has passed a deadline."))]))
    blocks += [Heading("slipped", [Run(w.t("Deadlines that were moved"))]), *_slips(p)]
    blocks += [Heading("silent", [Run(w.t("No reply on record"))]), *_silent(p)]
    blocks += [Heading("old", [Run(w.t("Judgements due for review"))]), *_old(p)]
    return Section("late", w.t("Overdue, slipped and silent"), blocks)


def _who(p: Pieces, pair: Pair) -> list[Cell]:
    r = pair.recommendation
    return [p.cell([p.ask(r)], [p.id(r.id)], value=r.id), p.cell(p.name("actors", pair.actor))]


def _slips(p: Pieces) -> list[Block]:
    w, f = p.w, p.facts
    if not f.slips:
        return [Paragraph([Run(w.t("No deadline is on record as moved."))])]
    columns = [
        Column("recommendation", w.t("Recommendation"), width=4),
        Column("from", w.t("From"), "date", 1.3),
        Column("to", w.t("To"), "date", 1.3),
        Column("on", w.t("Announced"), "date", 1.5),
        Column("reason", w.t("Stated reason"), width=3),
    ]
    return [p.table("slipped", w.t("Deadlines that were moved"), columns, [
        [p.cell([p.ask(s.recommendation)], [p.id(s.recommendation.id)], value=s.recommendation.id),
         p.day(s.before), p.day(s.after), p.day(s.announced),
         p.cell(p.w.record(s.reason, s.recommendation.lang)) if s.reason
         else p.cell(Run(w.t("none given")), value=None)]
        for s in f.slips
    ], titled=True)]  # fmt: skip


def _silent(p: Pieces) -> list[Block]:
    w, f = p.w, p.facts
    if not f.silent:
        return [Paragraph([Run(w.t("Every actor asked has replied to something."))])]
    columns = [
        Column("actor", w.t("Actor"), width=4),
        Column("requests", w.t("Requests"), "number", 1.2),
        Column("assessed", w.t("Assessed"), "number", 1.2),
        Column("since", w.t("Asked since"), "date", 1.3),
    ]
    return [
        Paragraph([Run(
            w.n("Of {count} actor, no reply to any request is on record.",
                "Of {count} actors, no reply to any request is on record.", len(f.silent)) + " "
            + w.t("No reply on record does not mean that none was given: it means that none was found "
                  "or sent in.")
        )]),
        p.table("silent", w.t("Actors without a reply on record"), columns, [
            [p.cell(p.name("actors", s.actor, full=True)), p.count(s.asked), p.count(s.assessed),
             p.day((s.since or "")[:4])]
            for s in f.silent
        ]),
    ]  # fmt: skip


def _old(p: Pieces) -> list[Block]:
    w, f = p.w, p.facts
    if not f.old:
        return [Paragraph([Run(w.t("Every judgement on an open request is recent."))])]
    by_actor: dict[str, list[Age]] = {}
    for age in f.old:
        by_actor.setdefault(age.pair.actor, []).append(age)
    columns = [
        Column("actor", w.t("Actor"), width=4),
        Column("due", w.t("Due for review"), "number", 1.4),
        Column("oldest", w.t("Oldest judgement"), "date", 1.6),
        Column("days", w.t("Days since"), "number", 1.2),
    ]
    rows = [
        [p.cell(p.name("actors", actor, full=True)), p.count(len(ages)), p.day(ages[0].date),
         p.count(ages[0].days)]
        for actor, ages in sorted(by_actor.items(), key=lambda item: (-len(item[1]), item[0]))
    ]  # fmt: skip
    return [
        Paragraph([Run(w.n(
            "{count} judgement on an open request is older than the review period.",
            "{count} judgements on open requests are older than the review period.", len(f.old))
            + " " + w.n("The review period is {count} month.", "The review period is {count} months.",
                        p.config.review_months))]),
        p.table("old", w.t("Judgements due for review, by actor"), columns, rows),
    ]  # fmt: skip


def contested(p: Pieces) -> Section:
    w, f = p.w, p.facts
    title = w.t("Contested")
    if not f.contested:
        return Section(
            "contested",
            title,
            [
                Paragraph(
                    [
                        Run(
                            w.t(
                                "On no request do assessors disagree. Most have one assessor only: "
                                "that is not agreement."
                            )
                        )
                    ]
                )
            ],
        )
    columns = [
        Column("recommendation", w.t("Recommendation"), width=4),
        Column("actor", w.t("Actor"), width=2),
        Column("verdicts", w.t("What each assessor says"), width=4),
    ]
    rows = [
        [*_who(p, pair), p.cell(*[
            [p.name("actors", v.by), Run(w.t(": ")), p.status(v.status), Run(f" ({w.date(v.date)})")]
            for v in pair.verdicts
        ])]
        for pair in f.contested
    ]  # fmt: skip
    return Section(
        "contested",
        title,
        [
            Paragraph(
                [Run(w.t("Verdicts stand side by side and are never averaged. The first one is counted."))]
            ),
            p.table("contested", title, columns, rows, titled=True),
        ],
    )
