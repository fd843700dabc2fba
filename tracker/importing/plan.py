"""All rows of a table: what each becomes, or why it becomes nothing.

Every row that holds anything is in the plan once. Rows that the rules would refuse are refused here, with
the rule's own words: the plan is checked as if it were written, until nothing in it is an error.
"""

from __future__ import annotations

from collections import defaultdict

import msgspec

from tracker import telling
from tracker.edit.trial import Changed
from tracker.errors import TrackerError
from tracker.findings import Finding, Severity
from tracker.importing import changes
from tracker.importing.cells import Row, Table
from tracker.importing.drafts import Draft, Drafter, Reason, Unknown
from tracker.importing.mapping import REASON, ImportMap, check_columns, header_row, plain
from tracker.model import Actor, Recommendation
from tracker.project import Project
from tracker.store import MOST_BYTES, PAGES, RECORDS

STATES = ("created", "updated", "unchanged")


class Planned(msgspec.Struct):
    """One row's record. ``state`` is created, updated or unchanged; ``said`` is what changes."""

    row: int
    row_id: str
    path: str
    state: str
    said: list[str]
    data: bytes
    draft: Draft


class Refused(msgspec.Struct):
    """One row that becomes nothing, with every reason."""

    row: int
    row_id: str
    reasons: list[Reason]


class Plan(msgspec.Struct):
    """What an import would do. ``actors`` are pages to be made first, by path."""

    table: Table
    headers: list[str]
    planned: list[Planned]
    refused: list[Refused]
    empty: int
    unknown: list[Unknown]
    unused: list[str]  # headers of columns that the map does not name
    actors: dict[str, bytes]

    @property
    def files(self) -> dict[str, bytes]:
        """Every file that would be written, the actors' pages first."""
        return self.actors | {p.path: p.data for p in self.planned if p.state != "unchanged"}

    def count(self, state: str) -> int:
        return sum(p.state == state for p in self.planned)


def plan(project: Project, table: Table, made: ImportMap, map_name: str) -> Plan:
    """What the rows of ``table`` become in ``project``. Raises TrackerError where map and table don't fit."""
    first = header_row(made, table)
    header = table.row(first)
    if header is None or header.is_empty:
        raise TrackerError(
            f"row {first} of the table is empty; the map says that the headers are there (header)",
            "Write the number of the row with the names of the columns.",
        )
    headers = [" ".join(cell.text.split()) for cell in header.cells]
    places: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(headers, 1):
        if name:
            places[plain(name)].append(number)
    check_columns(made, map_name, places)
    drafter = Drafter(project.corpus, made, table, {name: found[0] for name, found in places.items()})
    rows = [row for row in table.rows[first:] if not row.is_empty]
    with telling.doing("rows", len(rows)):
        drafts, refused = _drafts(drafter, rows)
    with telling.doing("records of rows", len(drafts)):
        planned, more = _planned(project, made, drafts)
    refused += more
    with telling.doing("checking what it would make"):
        planned, actors, more = _checked(project, drafter, planned)
    refused += more
    used = {plain(made.row_id), *(plain(t.column) for _, _, t in made.takes() if t.column)}
    return Plan(
        table, headers, sorted(planned, key=lambda p: p.row), sorted(refused, key=lambda r: r.row),
        len(table.rows) - first - len(rows), sorted(drafter.unknown.values(), key=lambda u: (u.collection, -u.rows, u.text)),
        [name for name in headers if name and name != REASON and plain(name) not in used], actors,
    )  # fmt: skip


def _drafts(drafter: Drafter, rows: list[Row]) -> tuple[list[Draft], list[Refused]]:
    """Drafts of the rows whose id stands there once."""
    by_id: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_id[drafter.row_id(row).text].append(row)
    drafts, refused = [], []
    for row in rows:
        telling.step()
        cell = drafter.row_id(row)
        twins = [drafter.row_id(r).where for r in by_id[cell.text] if r is not row] if cell.text else []
        if twins:
            refused.append(Refused(row.number, cell.text, [Reason(
                cell.where, f"the id “{cell.text}” stands in {', '.join(twins[:3])} too",
                "Which row holds can't be told: give each its own id, or delete all but one.")]))
            continue
        draft, reasons = drafter.draft(row)
        if draft is None:
            refused.append(Refused(row.number, cell.text, reasons))
        else:
            drafts.append(draft)
    return drafts, refused


def _planned(project: Project, made: ImportMap, drafts: list[Draft]) -> tuple[list[Planned], list[Refused]]:
    keep = {key for part, key, take in made.takes() if take.keep and part == "recommendation"}
    known, doubled = _known(project, made.table)
    ids: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        ids[draft.id].append(draft)
    planned, refused = [], []
    for draft in drafts:
        telling.step()
        where = draft.wheres["title"]
        record = known.get(draft.row_id)
        try:
            if draft.row_id in doubled:
                raise TrackerError(f"{' and '.join(doubled[draft.row_id])} both stand for this row",
                                   "Take known_as out of one of them.")
            if record is not None:
                raw = project.tree.bytes_of(record.path) or b""
                found = changes.updated(draft, raw, record.path, keep, record)
                if found.reasons:
                    refused.append(Refused(draft.row, draft.row_id, found.reasons))
                    continue
                state = "updated" if found.said else "unchanged"
                planned.append(Planned(draft.row, draft.row_id, record.path, state, found.said, found.data, draft))
                continue
            if len(ids[draft.id]) > 1:
                rows = ", ".join(str(d.row) for d in ids[draft.id])
                raise TrackerError(f"rows {rows} would all become {draft.id}.md", "Give them ids that differ in letters or digits.")
            if draft.id in project.corpus.ids["recommendations"] or draft.id in project.corpus.aliases["recommendations"]:
                raise TrackerError(f"there is a record “{draft.id}” that is not of this table",
                                   "Choose another prefix in the map, or write known_as in that record.")
            path = f"{RECORDS}/{draft.data['source']}/{draft.id}.md"
            data = changes.new(draft)
            if len(data) > MOST_BYTES:
                raise TrackerError(
                    f"the record would have {len(data) // 1024:,} KB; at most {MOST_BYTES // 1024:,} KB are read",
                    "Shorten its texts.",
                )
            planned.append(Planned(draft.row, draft.row_id, path, "created", [], data, draft))
        except TrackerError as error:
            refused.append(Refused(draft.row, draft.row_id, [Reason(where, error.message, error.hint)]))
    return planned, refused


def _known(project: Project, table: str) -> tuple[dict[str, Recommendation], dict[str, list[str]]]:
    """Records by their ids in this table, and the ids that more than one record has."""
    claims = {id: records for (name, id), records in project.corpus.known_as().items() if name == table}
    found = {id: records[0] for id, records in claims.items()}
    doubled = {id: [record.path for record in records] for id, records in claims.items() if len(records) > 1}
    return found, doubled


def _checked(
    project: Project, drafter: Drafter, planned: list[Planned]
) -> tuple[list[Planned], dict[str, bytes], list[Refused]]:
    """The plan without the rows whose records would be errors; these as refusals."""
    refused: list[Refused] = []
    before = {f for f in project.findings if f.severity is Severity.ERROR}
    while True:
        actors = _actors(drafter, planned)
        files = actors | {p.path: p.data for p in planned if p.state != "unchanged"}
        if not files:
            return planned, actors, refused
        after = Project(project.root, project.today, tree=Changed(project.root, files))
        by_path: dict[str, list[Finding]] = defaultdict(list)
        for finding in after.findings:
            if finding.severity is Severity.ERROR and finding not in before:
                by_path[finding.path].append(finding)
        if not by_path:
            return planned, actors, refused
        bad = [p for p in planned if p.path in by_path and p.state != "unchanged"]
        bad += [p for p in planned if _names_any(p, {path for path in by_path if path in actors})]
        if not bad:
            first = next(iter(by_path.values()))[0]
            raise TrackerError(
                f"the import would break another record: {first}", first.hint or "Nothing was written."
            )
        for one in {id(p): p for p in bad}.values():
            found = by_path.get(one.path) or [f for path in actors for f in by_path.get(path, [])]
            refused.append(Refused(one.row, one.row_id, list(dict.fromkeys(_reason(one, f) for f in found))))
            planned = [p for p in planned if p is not one]


def _names_any(one: Planned, pages: set[str]) -> bool:
    return bool(pages) and any(f"{PAGES}/actors/{a}.md" in pages for a in one.draft.data.get("addressed_to", []))


def _actors(drafter: Drafter, planned: list[Planned]) -> dict[str, bytes]:
    """Pages of the new actors that planned records name."""
    from tracker.edit import compose

    named = set()
    for one in planned:
        named |= {*one.draft.data.get("addressed_to", [])}
        named |= {e.get(key) for e in one.draft.assessments for key in ("actor", "by")}
    text = f"Named in the table “{drafter.map.table}”. What is known of it has still to be written here."
    return {
        f"{PAGES}/actors/{name}.md": compose.compose(Actor, {"title": title}, text).encode()
        for name, title in sorted(drafter.created.items()) if name in named
    }


def _reason(one: Planned, finding: Finding) -> Reason:
    """A rule's finding in the words of the table: in which cell its text stands."""
    key = _key_at(one.data, finding.line)
    where = one.draft.wheres.get(key) or one.draft.wheres["title"]
    if key == "assessments":
        where = next((w for k, w in one.draft.wheres.items() if k.startswith("assessments.") and w != "the map"), where)
    return Reason(where, f"{finding.message} ({finding.code})", finding.hint)


def _key_at(data: bytes, line: int) -> str:
    """The key at the beginning of a line, or of the next one above that has one; “body” below them."""
    lines = data.decode("utf-8-sig", "replace").splitlines()
    end = lines.index("---", 1) if "---" in lines[1:] else len(lines)
    if line > end:
        return "body"
    for text in reversed(lines[:line]):
        if text[:1].isalpha() and ":" in text:
            return text.partition(":")[0]
    return ""
