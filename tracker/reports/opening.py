"""What a reader meets first: the narrative, what the report is, its headline, what changed."""

from __future__ import annotations

from tracker.model import Event
from tracker.reports import charts, prose
from tracker.reports.charts import Bar, Part
from tracker.reports.document import Block, Bullets, Column, Heading, Paragraph, Run, Section, Table, Text
from tracker.reports.facts import KINDS, Move
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request
from tracker.vocabulary import NO_RESPONSE

_COLOURS = {
    "closed": "green", "up": "lime", "changed": "indigo", "down": "red", "reopened": "orange",
    "assessed": "blue", "replied": "teal", "contested": "amber",
}  # fmt: skip


def kind_label(p: Pieces, kind: str) -> str:
    t = p.w.t
    return {
        "closed": t("Closed as done"), "up": t("Moved up"), "changed": t("Changed, neither up nor down"),
        "down": t("Moved down"), "reopened": t("Reopened"), "assessed": t("Assessed for the first time"),
        "replied": t("Reply received"), "contested": t("Newly contested"),
    }[kind]  # fmt: skip


def narrative(p: Pieces, event: Event | None) -> Section | None:
    """The text of the event's page, in front; None where there is none."""
    if event is None or not event.body.strip():
        return None
    blocks = prose.blocks(event.body, p.w, event.lang, "narrative")
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
        if request.since_event is not None:
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
    replies = sum(pair.response != NO_RESPONSE for pair in f.pairs)
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
        (w.t("Recommendations in scope"), (total.asks, None)),
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
        (w.t("Replies of the addressee on record"), of_all(replies)),
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


def changes(p: Pieces, request: Request) -> Section:
    w, f = p.w, p.facts
    if not request.since:
        return Section(
            "changes",
            w.t("What changed"),
            [
                Paragraph(
                    [
                        Run(
                            w.t(
                                "There is no earlier event or date to compare with, so this report "
                                "shows no change."
                            )
                        )
                    ]
                )
            ],
        )
    day = w.date(request.since)
    title = w.t("What changed since {day}", day=day)
    counts = {kind: sum(m.kind == kind for m in f.moves) for kind in KINDS}
    blocks: list[Block] = [Paragraph([Run(
        w.n("{count} change is on record since {day}.", "{count} changes are on record since {day}.",
            len(f.moves), day=day)
        + " " + w.t("A change is dated by when it was so in the world, not by when it was written down.")
    )], "lead")]  # fmt: skip
    if f.moves:
        bars = [
            Bar(kind_label(p, k), [Part(_COLOURS[k], n, w.number(n))] if n else [], w.number(n))
            for k, n in counts.items()
        ]
        alt = w.t(
            "Changes by kind: {parts}.",
            parts="; ".join(kind_label(p, k) + w.t(": ") + w.number(n) for k, n in counts.items()),
        )
        blocks.append(
            charts.stacked(
                "movement", w.t("Movement since {day}", day=day), alt, bars, [], rtl=w.rtl, label_width=165
            )
        )
    blocks.append(_balance(p, day))
    for kind in KINDS:
        moves = [m for m in f.moves if m.kind == kind]
        if moves:
            blocks += [
                Heading(f"changes-{kind}", [Run(f"{kind_label(p, kind)} ({w.number(len(moves))})")]),
                _moves(p, kind, moves),
            ]
    return Section("changes", title, blocks)


def _balance(p: Pieces, day: str) -> Table:
    w = p.w
    labels = {
        "then": w.t("Requests on {day}", day=day),
        "documents": w.t("Added by documents written since"),
        "members": w.t("Added because a member of a group was assessed"),
        "left_out": w.t("Overtaken by events (less) or counted again (more)"),
        "now": w.t("Requests on {day}", day=w.date(p.facts.as_of)),
    }
    rows = [
        [p.cell(Run(labels[key], bold=key in ("then", "now"))), p.count(count)]
        for key, count in p.facts.balance()
    ]
    columns = [
        Column("reason", w.t("Why the number of requests differs"), width=5),
        Column("requests", w.t("Requests"), "number"),
    ]
    return p.table("balance", w.t("From the requests then to the requests now"), columns, rows)


def _moves(p: Pieces, kind: str, moves: list[Move]) -> Table:
    w = p.w
    columns = [
        Column("recommendation", w.t("Recommendation"), width=4.6), Column("actor", w.t("Actor"), width=1.9),
        Column("before", w.t("Before"), width=1.7), Column("now", w.t("Now"), width=1.9),
        Column("date", w.t("Date"), "date", width=1.4),
    ]  # fmt: skip
    if kind == "assessed":
        del columns[2]
    rows = []
    for move in moves:
        pair = move.pair
        now = [Run(p.label("response", pair.response))] if kind == "replied" else [p.status(pair.status)]
        if kind == "contested":
            now = [p.status(pair.status), Run(" "), Run(w.t("contested"), bold=True)]
        row = [
            p.cell([p.ask(pair.recommendation)], [p.id(pair.recommendation.id)],
                   value=pair.recommendation.id),
            p.cell(p.name("actors", pair.actor)),
            p.cell(p.status(move.before)) if move.before else p.cell(Run("–"), value=None),
            p.cell(now),
            p.day(move.date),
        ]  # fmt: skip
        if kind == "assessed":
            del row[2]
        rows.append(row)
    return p.table(f"changes-{kind}", kind_label(p, kind), columns, rows, titled=True)
