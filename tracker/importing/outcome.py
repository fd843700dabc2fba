"""What came of an import, as text, as data and as a table of the rows that were refused.

All three are made from the plan alone, so a dry run reports what a real run would.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from tracker.importing.cells import Row
from tracker.importing.csvfile import FORMULA
from tracker.importing.mapping import REASON
from tracker.importing.plan import STATES, Plan, Refused
from tracker.safety import visible


def text(plan: Plan, *, dry: bool, most: int = 20) -> Iterator[str]:
    """The report in lines, at most ``most`` rows of each kind in full."""
    yield from plan.table.notes
    if plan.unused:
        yield f"Columns that the map does not use: {', '.join(plan.unused)}."
    yield ""
    would = "would be " if dry else ""
    total = len(plan.planned) + len(plan.refused)
    yield f"{total:,} rows hold something ({plan.empty:,} are empty):"
    for state in STATES:
        yield f"  {plan.count(state):>6,}  {would if state != 'unchanged' else ''}{state}"
    yield f"  {len(plan.refused):>6,}  refused"
    yield from _listed(
        f"{'Would be created' if dry else 'Created'}:",
        [f"row {p.row}: {p.path}" for p in plan.planned if p.state == "created"], 5 if most else 0,
    )  # fmt: skip
    yield from _listed(
        f"{'Would be updated' if dry else 'Updated'}:",
        [f"row {p.row}: {p.path}: {'; '.join(p.said)}" for p in plan.planned if p.state == "updated"], most,
    )
    pages = [f"{path}: {u.text}" for u in plan.unknown if (path := f"docs/actors/{u.created}.md") in plan.actors]
    yield from _listed("New pages of actors, to be completed by hand:", pages, most)
    yield from _listed("Not found in the tracker (rows):", list(_unknown(plan)), most)
    yield from _listed("Refused:", list(_refusals(plan.refused)), most * 3)


def _listed(title: str, lines: list[str], most: int) -> Iterator[str]:
    if not lines or not most:
        return
    yield ""
    yield title
    for line in lines[:most]:
        yield f"  {visible(line)}"
    if len(lines) > most:
        yield f"  ... and {len(lines) - most:,} more (all of them: --format json)"


def _unknown(plan: Plan) -> Iterator[str]:
    for one in plan.unknown:
        if not one.created:
            near = f"; perhaps {', '.join(one.near)}" if one.near else ""
            yield f"{one.collection}: “{one.text}” ({one.rows:,}){near}"


def _refusals(refused: list[Refused]) -> Iterator[str]:
    for one in refused:
        for reason in one.reasons:
            yield f"{reason.where}: {reason.message}"
            if reason.hint:
                yield f"    {reason.hint}"


def data(plan: Plan, *, dry: bool) -> dict[str, Any]:
    """The same as plain data, with every row."""
    return {
        "dry_run": dry,
        "notes": plan.table.notes,
        "unused_columns": plan.unused,
        "counts": {
            **{state: plan.count(state) for state in STATES},
            "refused": len(plan.refused), "empty": plan.empty,
        },
        "rows": [
            {"row": p.row, "id": p.row_id, "state": p.state, "path": p.path, "changes": p.said} for p in plan.planned
        ],
        "refused": [
            {"row": r.row, "id": r.row_id, "reasons": [
                {"where": e.where, "message": e.message, "hint": e.hint} for e in r.reasons]}
            for r in plan.refused
        ],
        "unknown": [
            {"what": u.collection, "text": u.text, "rows": u.rows, "near": u.near,
             **({"created": u.created} if u.created else {})} for u in plan.unknown
        ],
        "new_actors": sorted(plan.actors),
    }  # fmt: skip


def rejected(plan: Plan) -> bytes:
    """The refused rows as CSV, as they were, each with its reasons: to be mended and imported again.

    A text that a program would take for a formula has an apostrophe before it, which an import takes off.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=plan.table.dialect.get("separator", ","))
    headers = [name for name in plan.headers if name != REASON]
    writer.writerow([*headers, REASON])
    for one in plan.refused:
        row = plan.table.row(one.row)
        if row is not None:
            writer.writerow([*_values(row, len(headers)), _kept("; ".join(f"{r.where}: {r.message}" for r in one.reasons))])
    return file.getvalue().encode("utf-8-sig")


def _values(row: Row, width: int) -> list[str]:
    values = [_kept(cell.text) for cell in row.cells[:width]]
    return [*values, *[""] * (width - len(values))]


def _kept(value: str) -> str:
    return f"'{value}" if value.startswith(FORMULA) else value
