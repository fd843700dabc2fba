"""Tables for spreadsheets and programs, one value to a cell; CSV and JSON of all tables."""

from __future__ import annotations

import csv
import io
from typing import Any

import msgspec

from tracker.model import Recommendation
from tracker.progress import Pair
from tracker.reports import document as neutral
from tracker.reports.document import Cell, Column, Document, Figure, Run, Table, plain
from tracker.reports.facts import Cited
from tracker.reports.pieces import Pieces
from tracker.tables import cell_text
from tracker.vocabulary import NOT_ASSESSED


def tables(p: Pieces) -> list[Table]:
    """Every recommendation, every request and every piece of evidence in scope."""
    return [_recommendations(p), _requests(p), _evidence(p)]


def _text(value: str | None) -> Cell:
    return Pieces.cell(Run(neutral.clean(value))) if value else Cell(None)


def _yes(p: Pieces, value: bool) -> Cell:
    return _text(p.w.t("yes") if value else p.w.t("no"))


def _recommendations(p: Pieces) -> Table:
    t = p.w.t
    columns = [
        Column("recommendation", t("Id"), width=2), Column("title", t("Recommendation"), width=5),
        Column("source", t("Document"), width=2), Column("locator", t("Where in the document"), width=2),
        Column("status", t("Status over all actors"), width=1.6),
        Column("status_key", t("Status (key)"), width=1.5),
        Column("requests", t("Requests"), "number", 1), Column("themes", t("Themes"), width=2),
        Column("strength", t("How it is put"), width=1.2), Column("deadline", t("Deadline"), "date", 1.2),
        Column("documents", t("Asked in documents"), "number", 1),
        Column("measures", t("Done when"), width=3),
    ]  # fmt: skip
    count: dict[str, int] = {}
    for pair in p.facts.pairs:
        count[pair.recommendation.id] = count.get(pair.recommendation.id, 0) + 1
    rows = [_recommendation(p, r, count[r.id]) for r in p.facts.recommendations]
    return Table("recommendations", t("All recommendations"), columns, rows)


def _recommendation(p: Pieces, r: Recommendation, requests: int) -> list[Cell]:
    head = p.facts.now.headline(r.id)
    return [
        _text(r.id), _text(r.title), p.cell(p.name("sources", r.source)), _text(r.locator),
        p.cell(p.status(head)), _text(head), p.count(requests), p.cell(p.names("themes", r.themes)),
        _text(p.label("strength", r.strength)), p.day(p.facts.deadline(r)),
        p.count(p.facts.times_asked.get(r.id, (1, ""))[0]), _text(" / ".join(r.measures)),
    ]  # fmt: skip


def _requests(p: Pieces) -> Table:
    t = p.w.t
    columns = [
        Column("recommendation", t("Id"), width=2), Column("title", t("Recommendation"), width=5),
        Column("source", t("Document"), width=2), Column("themes", t("Themes"), width=2),
        Column("actor", t("Actor"), width=2), Column("group", t("Asked as one of"), width=1.5),
        Column("status", t("Status"), width=1.5), Column("status_key", t("Status (key)"), width=1.5),
        Column("response", t("Reply"), width=1.5), Column("date", t("Judged as of"), "date", 1.2),
        Column("by", t("Assessor"), width=1.5), Column("basis", t("Basis"), width=1.2),
        Column("confidence", t("Confidence"), width=1.2), Column("contested", t("Contested"), width=1),
        Column("due", t("Due for review"), width=1), Column("deadline", t("Deadline"), "date", 1.2),
        Column("evidence", t("Pieces of evidence"), "number", 1), Column("note", t("Note"), width=3),
    ]  # fmt: skip
    return Table("requests", t("All requests"), columns, [_request(p, pair) for pair in p.facts.pairs])


def _request(p: Pieces, pair: Pair) -> list[Cell]:
    r, latest = pair.recommendation, pair.latest
    return [
        _text(r.id), _text(r.title), p.cell(p.name("sources", r.source)), p.cell(p.names("themes", r.themes)),
        p.cell(p.name("actors", pair.actor, full=True)),
        p.cell(p.name("actors", pair.group)) if pair.group else Cell(None),
        p.cell(p.status(pair.status)), _text(pair.status), _text(p.label("response", pair.response)),
        p.day(latest.date if latest else None), p.cell(p.name("actors", latest.by)) if latest else Cell(None),
        _text(p.label("basis", latest.basis) if latest else ""),
        _text(p.label("confidence", latest.confidence) if latest else ""),
        _yes(p, pair.contested) if pair.status != NOT_ASSESSED else Cell(None),
        _yes(p, p.facts.is_old(pair)) if latest else Cell(None), p.day(p.facts.deadline(r)),
        p.count(sum(len(v.evidence) for v in pair.verdicts)), _text(latest.note if latest else ""),
    ]  # fmt: skip


def _evidence(p: Pieces) -> Table:
    t = p.w.t
    columns = [
        Column("number", t("No."), "number", 0.6), Column("title", t("Title"), width=5),
        Column("publisher", t("Publisher"), width=2), Column("symbol", t("Symbol"), width=1.5),
        Column("source", t("Document"), width=1.5), Column("locator", t("Where in it"), width=2),
        Column("date", t("Date"), "date", 1.2), Column("address", t("Address"), width=3),
        Column("archived", t("Archived copy"), width=2), Column("shows", t("What it shows"), width=4),
        Column("used", t("Judgements on"), width=3),
    ]  # fmt: skip
    rows = [_cited(p, number, cited) for number, cited in enumerate(p.facts.evidence, 1)]
    return Table("evidence", t("Evidence cited by the judgements that stand"), columns, rows)


def _cited(p: Pieces, number: int, cited: Cited) -> list[Cell]:
    e = cited.evidence
    return [
        p.count(number), _text(e.title), _text(e.publisher), _text(e.symbol),
        p.cell(p.name("sources", e.source)) if e.source else Cell(None), _text(e.locator), p.day(e.date),
        _text(e.url), _text(e.archived), _text(e.shows), _text(" ".join(cited.used)),
    ]  # fmt: skip


# Writing

def as_csv(table: Table) -> str:
    """A table with its keys as the head; text that looks like a formula stays text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([c.key for c in table.columns])
    for row in table.rows:
        writer.writerow([cell_text(cell.value) for cell in row])
    return out.getvalue()


def as_json(document: Document) -> bytes:
    """The report for programs: what it is, its sections in order, and every table by its id."""
    made: dict[str, Any] = {
        "title": plain(document.title), "tracker": plain(document.subtitle), "language": document.lang,
        "as_of": document.date, "facts": {label: plain(text) for label, text in document.facts},
        "sections": [
            {"id": s.id, "title": s.title, "blocks": [_block(b) for b in s.blocks]} for s in document.sections
        ],
        "tables": {
            t.id: {"caption": t.caption, "note": t.note,
                   "columns": [{"key": c.key, "label": c.label, "kind": c.kind} for c in t.columns],
                   "rows": list(t.records())}
            for t in document.tables()
        },
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def _block(block: neutral.Block) -> dict[str, Any]:
    match block:
        case Table():
            return {"table": block.id, "caption": block.caption}
        case Figure():
            return {"figure": block.id, "caption": block.caption, "in_words": block.alt}
        case neutral.Bullets():
            return {"list": [plain(item) for item in block.items], "ordered": block.ordered}
        case neutral.Heading():
            return {"heading": plain(block.text), "level": block.level}
    return {"paragraph": plain(block.text)}
