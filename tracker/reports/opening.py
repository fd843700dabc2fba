"""What a reader meets first: the narrative, what the report is, its headline figures."""

from __future__ import annotations

from tracker.model import Event
from tracker.reports import charts, prose
from tracker.reports.document import Block, Bullets, Column, Paragraph, Run, Section, Text
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request


def narrative(p: Pieces, event: Event | None) -> Section | None:
    """The text of the event's page, in front; None where there is none."""
    if event is None or not event.body.strip():
        return None
    body, lang = p.said(event, "body")
    blocks = prose.blocks(body, p.w, lang, "narrative")
    return Section("narrative", p.w.t("The event"), blocks) if blocks else None


def about(p: Pieces, request: Request) -> Section:
    w, f = p.w, p.facts
    day = w.date(request.as_of)
    blocks: list[Block] = [Paragraph([
        Run(w.n("This report shows what came of {count} recommendation, as known on {day}.",
                "This report shows what came of {count} recommendations, as known on {day}.",
                len(f.recommendations), day=day)),
        Run(" "),
        Run(w.t("A recommendation that asks several actors is followed for each of them: one recommendation "
                "put to one actor is a request, and requests are what is counted.")),
        Run(" "),
        Run(w.t("A request that nobody has assessed is shown as not assessed. "
                "It is never counted as not done.")),
    ], "lead")]  # fmt: skip
    blocks.append(Bullets(_scope(p, request)))
    return Section("about", w.t("What this report is"), blocks)


def _scope(p: Pieces, request: Request) -> list[Text]:
    w, f = p.w, p.facts
    items = [w.runs("State of the records: {day}.", day=Run(w.date(request.as_of), bold=True))]
    if request.event is not None:
        items.append(w.runs("Made for: {event}.", event=[
            p.name("events", request.event.id, full=True),
            *([Run(f" ({w.date(request.event.date)})")] if request.event.date else []),
        ]))  # fmt: skip
    else:
        items.append([Run(w.t("Made for no event: none lies ahead in the calendar."))])
    if request.since:
        if request.since_commit:
            items.append(w.runs(
                "Compared with the records of {day}, as the commit {commit} has them.",
                day=w.date(request.since), commit=p.id(request.since_commit),
            ))  # fmt: skip
        elif request.since_event is not None:
            items.append(
                w.runs(
                    "Compared with the state on {day}, the time of: {event}.",
                    day=w.date(request.since),
                    event=p.name("events", request.since_event.id, full=True),
                )
            )
        else:
            items.append(w.runs("Compared with the state on {day}.", day=w.date(request.since)))
    for name, label in (
        ("actor", w.t("Only these actors")),
        ("theme", w.t("Only these themes")),
        ("source", w.t("Only these documents")),
    ):
        if chosen := request.chosen.get(name):
            items.append(w.runs("{label}: {names}.", label=label, names=p.names(name + "s", chosen)))
    sources = dict.fromkeys(r.source for r in f.recommendations)
    items.append(
        w.runs("{label}: {names}.", label=w.t("Documents covered"), names=p.names("sources", sources))
    )
    return items


def headline(p: Pieces) -> Section:
    w, f = p.w, p.facts
    total, groups = f.total, f.grouped(f.total)
    sentences = [
        w.n("{count} of {all} requests has been assessed.", "{count} of {all} requests have been assessed.",
            total.assessed, all=total.pairs),
        w.n("Of these, {count} is done.", "Of these, {count} are done.", groups["done"]),
        w.n("{count} shows some progress.", "{count} show some progress.", groups["progress"]),
        w.n("{count} shows none, or was undone.", "{count} show none, or were undone.", groups["none"]),
        w.n("{count} has not been assessed by anybody.", "{count} have not been assessed by anybody.",
            groups["unknown"]),
    ]  # fmt: skip
    keys = p.used([total])
    alt = w.t("Requests by status: {parts}.", parts=p.in_words(total, keys))
    blocks: list[Block] = [
        Paragraph([Run(" ".join(sentences))], "lead"),
        charts.stacked("by-status", w.t("All requests by status"), alt, [p.bar(total, keys, "")],
                       p.legend(keys), rtl=w.rtl, thick=18),
    ]  # fmt: skip
    of_all = lambda n: (n, total.pairs)  # noqa: E731
    of_assessed = lambda n: (n, total.assessed)  # noqa: E731
    lines = [
        (w.t("Recommendations in scope (a repetition inside one document counts once)"), (total.asks, None)),
        (w.t("Documents that made them"), (len({r.source for r in f.recommendations}), None)),
        (w.t("Actors asked"), (len(f.by_actor), None)),
        (w.t("Requests (one recommendation, one actor)"), (total.pairs, None)),
        (w.t("Assessed"), of_all(total.assessed)),
        (w.t("Done"), of_assessed(groups["done"])),
        (w.t("Some progress"), of_assessed(groups["progress"])),
        (w.t("No progress, or undone"), of_assessed(groups["none"])),
        (w.t("Not assessed"), of_all(groups["unknown"])),
        (w.t("Contested: assessors disagree"), of_assessed(total.contested)),
        (w.t("Open after their deadline"), of_all(len(f.overdue))),
        (w.t("Judgements due for review"), of_assessed(len(f.old))),
        (w.t("Replies of the addressee on record"), of_all(f.now.replies(f.pairs))),
        (w.t("Asked again in a later document (groups of recommendations)"), (len(f.families), None)),
    ]  # fmt: skip
    if total.left_out:
        lines.append((w.t("Overtaken by events, in no count above"), (total.left_out, None)))
    rows = [[p.cell(Run(label)), p.count(count), p.count(whole)] for label, (count, whole) in lines]
    columns = [
        Column("figure", w.t("Figure"), width=5), Column("count", w.t("Number"), "number"),
        Column("of", w.t("Out of"), "number"),
    ]  # fmt: skip
    note = (
        ""
        if total.index is None
        else w.t(
            "Implementation index {index}: the mean score of the assessed requests, from 0 (nothing) "
            "to 1 (all done). It stands beside the counts, not instead of them.",
            index=w.decimal(total.index),
        )
    )
    blocks.append(p.table("headline", w.t("Headline figures"), columns, rows, note, titled=True))
    return Section("headline", w.t("Headline figures"), blocks)
