"""What changed since: every move in words, and why the counts are other ones now."""

from __future__ import annotations

from collections import Counter

from tracker.comparison import KINDS, Move
from tracker.reports import charts
from tracker.reports.charts import Bar, Part
from tracker.reports.document import Block, Cell, Column, Heading, Paragraph, Run, Section, Table
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request

_COLOURS = {
    "closed": "green", "up": "lime", "level": "indigo", "down": "red", "reopened": "orange",
    "assessed": "blue", "replied": "teal", "contested": "amber",
}  # fmt: skip
_DEADLINES = ("slipped", "deadline")


def kind_label(p: Pieces, kind: str) -> str:
    t = p.w.t
    return {
        "closed": t("Closed"), "up": t("Moved up"), "down": t("Moved down"), "reopened": t("Reopened"),
        "assessed": t("Assessed for the first time"), "unassessed": t("No longer assessed"),
        "level": t("Changed, neither up nor down"), "contested": t("Newly contested"),
        "settled": t("No longer contested"), "replied": t("Reply received"),
        "silent": t("Fallen due for review"), "slipped": t("Deadline put off"),
        "deadline": t("Deadline set, brought forward or taken away"), "added": t("Added"),
        "withdrawn": t("Withdrawn"), "renamed": t("Renamed"),
    }[kind]  # fmt: skip


def _reason_label(p: Pieces, reason: str) -> str:
    """Why a figure is another, in the reader's language."""
    t = p.w.t
    return {
        "recommendations added": t("Recommendations added"),
        "recommendations withdrawn": t("Recommendations withdrawn"),
        "members of groups assessed": t("Members of groups assessed"),
        "members of groups no longer assessed": t("Members of groups no longer assessed"),
        "addressees added": t("Addressees added"),
        "addressees taken away": t("Addressees taken away"),
        "no longer a repetition of another": t("No longer a repetition of another"),
        "now a repetition of another, counted there": t("Now a repetition of another, counted there"),
        "no longer overtaken by events": t("No longer overtaken by events"),
        "overtaken by events and left out": t("Overtaken by events and left out"),
        "became one with another pair": t("Became one with another request"),
        "newly assessed": t("Newly assessed"),
        "no longer assessed": t("No longer assessed"),
        "newly done": t("Newly done"),
        "no longer done": t("No longer done"),
    }[reason]


def changes(p: Pieces, request: Request) -> Section:
    w, comparison = p.w, p.facts.comparison
    if comparison is None:
        none = w.t("There is no earlier event or date to compare with, so this report shows no change.")
        return Section("changes", w.t("What changed"), [Paragraph([Run(none)])])
    day = w.date(request.since)
    blocks: list[Block] = [Paragraph([Run(
        w.n("{count} change is on record since {day}.", "{count} changes are on record since {day}.",
            len(comparison.moves), day=day)
        + " " + w.t("A change is dated by when it was so in the world, not by when it was written down.")
    )], "lead")]  # fmt: skip
    if comparison.moves:
        blocks.append(_movement(p, day, comparison.counts))
        if sum(comparison.counts.values()) > len(comparison.moves):
            several = w.t("A change can be of several kinds: it is counted and listed under each.")
            blocks.append(Paragraph([Run(several)], "quiet"))
    blocks.append(_balance(p, day))
    for kind, moves in comparison.grouped():
        heading = f"{kind_label(p, kind)} ({w.number(len(moves))})"
        blocks += [Heading(f"changes-{kind}", [Run(heading)]), _moves(p, kind, moves)]
    return Section("changes", w.t("What changed since {day}", day=day), blocks)


def _movement(p: Pieces, day: str, counts: dict[str, int]) -> Block:
    """Bars by kind. One change may be of several kinds: up and closed, say."""
    w = p.w
    shown = [kind for kind in KINDS if kind in counts or kind in ("closed", "up", "down", "assessed")]
    bars = [
        Bar(kind_label(p, k), [Part(_COLOURS.get(k, "grey"), n, w.number(n))] if n else [], w.number(n))
        for k in shown
        for n in [counts.get(k, 0)]
    ]
    parts = "; ".join(kind_label(p, k) + w.t(": ") + w.number(counts.get(k, 0)) for k in shown)
    return charts.stacked(
        "movement", w.t("Movement since {day}", day=day), w.t("Changes by kind: {parts}.", parts=parts),
        bars, [], rtl=w.rtl, label_width=165,
    )  # fmt: skip


def _balance(p: Pieces, day: str) -> Table:
    """From the figures then to the figures now, with every step between them."""
    w = p.w
    figures = {f.key: f for f in p.facts.comparison.figures if f.key != "recommendations"}
    steps: dict[str, Counter[str]] = {}
    for key, figure in figures.items():
        for step in figure.steps:
            steps.setdefault(_reason_label(p, step.reason), Counter())[key] += step.count
    rows = [
        _figures(p, w.t("On {day}", day=day), {k: f.before for k, f in figures.items()}, bold=True),
        *(_figures(p, label, found) for label, found in steps.items()),
        _figures(p, w.t("On {day}", day=w.date(p.facts.as_of)), {k: f.after for k, f in figures.items()},
                 bold=True),
    ]  # fmt: skip
    columns = [
        Column("reason", w.t("Why the figures differ"), width=5),
        Column("requests", w.t("Requests"), "number"), Column("assessed", w.t("Assessed"), "number"),
        Column("done", w.t("Done"), "number"),
    ]  # fmt: skip
    return p.table("balance", w.t("From the figures then to the figures now"), columns, rows)


def _figures(p: Pieces, label: str, counts: dict[str, int], *, bold: bool = False) -> list[Cell]:
    shown = (counts.get(key) for key in ("pairs", "assessed", "done"))
    return [p.cell(Run(label, bold=bold)), *map(p.count, shown)]


def ask_of(p: Pieces, move: Move, most: int = 0) -> Run:
    """The title of what moved; plain where it is not there any more."""
    record = p.corpus.recommendations.get(move.recommendation)
    return p.ask(record, most) if record else p.w.record(move.title)


def _moves(p: Pieces, kind: str, moves: list[Move]) -> Table:
    w = p.w
    ask = Column("recommendation", w.t("Recommendation"), width=4.6)
    if kind in _DEADLINES:
        columns = [ask, Column("from", w.t("From"), "date", 1.3), Column("to", w.t("To"), "date", 1.3),
                   Column("reason", w.t("Stated reason"), width=3)]  # fmt: skip
        rows = [[_ask(p, m), *map(p.day, m.deadlines), _reason(p, m.reason)] for m in moves]
    elif not any(m.actor for m in moves):
        columns = [ask, Column("source", w.t("Document"), width=3)]
        rows = [[_ask(p, m), _document(p, m)] for m in moves]
    else:
        columns = [
            ask, Column("actor", w.t("Actor"), width=1.9), Column("before", w.t("Before"), width=1.7),
            Column("now", w.t("Now"), width=1.9), Column("date", w.t("Date"), "date", width=2),
        ]  # fmt: skip
        rows = [_pair(p, m) for m in moves]
        if kind == "assessed":
            del columns[2]
            for row in rows:
                del row[2]
    return p.table(f"changes-{kind}", kind_label(p, kind), columns, rows, titled=True)


def _ask(p: Pieces, move: Move) -> Cell:
    return p.cell([ask_of(p, move)], [p.id(move.recommendation)], value=move.recommendation)


def _reason(p: Pieces, reason: str) -> Cell:
    return p.cell(p.w.record(reason)) if reason else p.cell(Run(p.w.t("none given")), value=None)


def _document(p: Pieces, move: Move) -> Cell:
    record = p.corpus.recommendations.get(move.recommendation)
    return p.cell(p.name("sources", record.source)) if record else p.count(None)


def _pair(p: Pieces, move: Move) -> list[Cell]:
    nothing = p.count(None)
    pair = p.facts.pair(move)
    now = [p.status(move.after)] if move.after in p.statuses else []
    if pair and pair.contested:
        now += [Run(" "), Run(p.w.t("contested"), bold=True)]
    if pair and "replied" in move.kinds:
        now += [Run("; " if now else ""), Run(p.label("response", pair.response))]
    return [
        _ask(p, move),
        p.cell(p.name("actors", move.actor)) if move.actor else nothing,
        p.cell(p.status(move.before)) if move.before in p.statuses else nothing,
        p.cell(now) if now else nothing,
        p.day(move.date),
    ]
