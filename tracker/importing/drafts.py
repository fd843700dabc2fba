"""One row of a table to the data of one record, or to the reasons why it can't be one.

Pure: what the records are called comes in with the corpus, nothing is written. A row is taken whole or not
at all, and every reason is given at once, so that a coordinator mends a row once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tracker.corpus import Corpus
from tracker.export.shape import Shape
from tracker.importing import days, prose
from tracker.importing.cells import Cell, Row, Table, address, area
from tracker.importing.mapping import BODY, ImportMap, Take, fields_of, plain
from tracker.importing.names import Names, Terms, folded, slug
from tracker.safety import shortened


class Reason(msgspec.Struct, frozen=True):
    """Why a row was not imported: where, what, and what to do."""

    where: str
    message: str
    hint: str = ""


class Draft(msgspec.Struct):
    """What a row says: the front matter and body of a record, its assessments apart.

    ``wheres`` says in which cell a field's value stands. ``keep`` are fields that only a new record takes.
    """

    row: int
    row_id: str
    id: str
    data: dict[str, Any]
    body: str
    assessments: list[dict[str, Any]]
    wheres: dict[str, str]


class Unknown(msgspec.Struct):
    """A text that names nothing in the tracker: in how many rows, and what it may mean."""

    collection: str
    text: str
    rows: int = 0
    near: list[str] = msgspec.field(default_factory=list)
    created: str = ""


class Drafter:
    """Makes drafts of the rows of one table, and keeps what their names had nothing for."""

    def __init__(self, corpus: Corpus, made: ImportMap, table: Table, columns: dict[str, int]) -> None:
        self.corpus, self.map, self.table = corpus, made, table
        self.columns = columns
        self._names: dict[str, Names] = {}
        self._terms: dict[str, Terms] = {}
        self.unknown: dict[tuple[str, str], Unknown] = {}
        self.created: dict[str, str] = {}  # new actors: id to title
        self._merged = _by_cell(table)

    def row_id(self, row: Row) -> Cell:
        return self._cell(row, self.map.row_id)

    def draft(self, row: Row) -> tuple[Draft | None, list[Reason]]:
        """The draft of a row, or None and why."""
        reasons: list[Reason] = []
        row_id = self.row_id(row)
        if row_id.problem or not row_id.text:
            return None, [Reason(row_id.where, row_id.problem or "the row has no id",
                                 f"Give every row its own id in the column “{self.map.row_id}”.")]
        name = slug(row_id.text)
        if not name:
            reasons.append(Reason(row_id.where, f"“{row_id.text}” can't be made into the name of a file",
                                  "An id needs a letter or a digit."))
        wheres: dict[str, str] = {}
        data, body = self._recommendation(row, reasons, wheres)
        assessments = self._assessments(row, data, reasons, wheres)
        if reasons:
            return None, reasons
        identity = {"table": self.map.table, "id": prose.one_line(row_id.text)}
        data["known_as"] = [identity]
        return Draft(row.number, identity["id"], f"{self.map.prefix}-{name}", data, body, assessments, wheres), []

    def _recommendation(self, row: Row, reasons: list, wheres: dict) -> tuple[dict[str, Any], str]:
        data, body = {}, ""
        for key, take in self.map.recommendation.items():
            if key == BODY:
                text, _ = self._text(row, take, reasons)
                body = prose.paragraphs(text)
                wheres[BODY] = self._where(row, take)
                continue
            value = self._value(row, fields_of("recommendation")[key], take, reasons)
            wheres[key] = self._where(row, take)
            if value:
                data[key] = value
            elif key in ("title", "source") and not any(r.where == wheres[key] for r in reasons):
                reasons.append(Reason(wheres[key], f"the row has no {key}", "Fill the cell, or delete the row."))
        return data, body

    def _assessments(self, row: Row, data: dict, reasons: list, wheres: dict) -> list[dict[str, Any]]:
        """The row's judgement, once for each actor that it is about; none where it says nothing."""
        if not self.map.assessment:
            return []
        entry = {
            key: self._value(row, fields_of("assessment")[key], take, reasons)
            for key, take in self.map.assessment.items()
        }
        wheres |= {f"assessments.{k}": self._where(row, t) for k, t in self.map.assessment.items()}
        entry = {key: value for key, value in entry.items() if value}
        if not {"status", "response"} & entry.keys():
            return []
        if "date" not in entry and not any(r.where == wheres["assessments.date"] for r in reasons):
            reasons.append(Reason(wheres["assessments.date"], "there is a status, and no date on which it was so",
                                  "Fill the cell, or give the map a date for such rows (otherwise:)."))
        evidence = {
            key: self._value(row, fields_of("evidence")[key], take, reasons)
            for key, take in self.map.evidence.items()
        }
        evidence = {key: value for key, value in evidence.items() if value}
        if evidence.get("title"):
            entry["evidence"] = [evidence]
        if not self.map.each_addressee:
            return [entry]
        if not data.get("addressed_to") and not reasons:
            reasons.append(Reason(wheres.get("addressed_to", self.row_id(row).where),
                                  "there is a status, and nobody whose status it is", "Say who was asked."))
        return [{"actor": actor, **entry} for actor in data.get("addressed_to", [])]

    # One value

    def _value(self, row: Row, shape: Shape, take: Take, reasons: list[Reason]) -> Any:
        text, cell = self._text(row, take, reasons)
        if not text:
            return None
        if shape.kind == "date":
            return self._date(cell, text, take, reasons)
        parts = [text] if not shape.many else _parted(text, take.separator)
        found = []
        for part in parts:
            word = take.words.get(part.strip(), _folded(take.words).get(plain(part)))
            if word is not None:
                if word:
                    found.append(word)
                continue
            value = self._one(shape, part, take, cell, reasons)
            if value:
                found.append(value)
        found = list(dict.fromkeys(found))
        if shape.many:
            return found
        return found[0] if found else None

    def _one(self, shape: Shape, text: str, take: Take, cell: Cell, reasons: list[Reason]) -> str | None:
        match shape.kind:
            case "ref":
                return self._record(shape.argument, text, take, cell, reasons)
            case "term":
                return self._term(shape.argument, text, shape.key, cell, reasons)
            case "integer":
                if text.isascii() and text.isdigit():
                    return str(int(text))
                reasons.append(Reason(cell.where, f"“{shortened(text)}” is not a whole number", "Write digits only."))
                return None
        text = prose.one_line(text) if shape.key != "note" else text.strip()
        return prose.shortened(text, take.shorten) if take.shorten else text

    def _record(self, collection: str, text: str, take: Take, cell: Cell, reasons: list) -> str | None:
        names = self._names.setdefault(collection, Names(self.corpus, collection))
        text = prose.one_line(text)
        found = names.find(text)
        if found.id:
            return found.id
        unknown = self.unknown.setdefault((collection, text), Unknown(collection, text, near=list(found.near)))
        unknown.rows += 1
        if found.several:
            reasons.append(Reason(
                cell.where, f"“{shortened(text)}” is the name of several: {', '.join(found.near)}",
                "Say in the map which is meant: words: {…: id}.",
            ))  # fmt: skip
            return None
        new = slug(text)
        may = collection == "actors" and self.map.unknown_actors == "create" and take.column and new
        if (
            may and new not in self.corpus.ids["actors"]
            and folded(self.created.setdefault(new, text)) == folded(text)
        ):  # fmt: skip
            unknown.created = new
            return new
        near = f"Perhaps: {', '.join(found.near)}. " if found.near else ""
        reasons.append(Reason(
            cell.where, f"there is no page for “{shortened(text)}” in {collection}",
            f"{near}Name it in the map (words:), or add the page.",
        ))  # fmt: skip
        return None

    def _term(self, name: str, text: str, key: str, cell: Cell, reasons: list[Reason]) -> str | None:
        terms = self._terms.setdefault(name, Terms(self.corpus.config, name))
        if found := terms.find(text):
            return found
        text = prose.one_line(text)
        unknown = self.unknown.setdefault((key, text), Unknown(key, text, near=terms.near(text)))
        unknown.rows += 1
        near = f"Perhaps {' or '.join(unknown.near)}. " if unknown.near else ""
        reasons.append(Reason(
            cell.where, f"“{shortened(text)}” is not a word for {key}",
            f"{near}Say in the map what it means (words:). Ours are: {', '.join(terms.allowed)}.",
        ))  # fmt: skip
        return None

    def _date(self, cell: Cell, text: str, take: Take, reasons: list[Reason]) -> str | None:
        if (word := take.words.get(text)) is not None:
            return word or None
        made, problem = days.date_of(cell if cell.value is not None else cell._replace(value=text),
                                     take.formats, take.months)
        if problem:
            hint = f"Write it as {days.dates.EXAMPLES}, or add its form to formats: {days.EXAMPLES}."
            reasons.append(Reason(cell.where, problem, hint))
        return made or None

    # Cells

    def _text(self, row: Row, take: Take, reasons: list[Reason]) -> tuple[str, Cell]:
        """The text that a field is made of, and the cell it stands in."""
        if not take.column:
            return take.value, Cell(take.value, "the map")
        cell = self._cell(row, take.column)
        if cell.problem and not any(r.where == cell.where for r in reasons):
            reasons.append(Reason(cell.where, cell.problem, "Mend the cell."))
        if cell.problem:
            return "", cell
        text = cell.text
        return (text, cell) if text else (take.otherwise, cell)

    def _cell(self, row: Row, column: str) -> Cell:
        number = self.columns[plain(column)]
        cell = row.cells[number - 1] if number <= len(row.cells) else Cell(None, self._address(row, number))
        merged = self._merged.get((row.number, number))
        if merged is None or (merged[0] == merged[2] and merged[1] == number):
            return cell
        if self.map.merged == "fill":
            first = self.table.row(merged[0])
            source = first.cells[merged[1] - 1] if first and merged[1] <= len(first.cells) else cell
            return source._replace(where=cell.where)
        return Cell(None, cell.where, f"the cell is part of {area(self.table.name, merged)}, which is merged: whether "
                    "its value holds for every row can't be told. Unmerge it, or write merged: fill in the map")

    def _address(self, row: Row, number: int) -> str:
        return address(self.table.name, row.number, number)

    def _where(self, row: Row, take: Take) -> str:
        return self._cell(row, take.column).where if take.column else "the map"


def _by_cell(table: Table) -> dict[tuple[int, int], tuple[int, int, int, int]]:
    """The merged range that a cell is part of. A range of whole columns goes no further than the rows."""
    last = len(table.rows)
    widest = max((len(row.cells) for row in table.rows), default=0)
    return {
        (row, column): merged
        for merged in table.merged
        for row in range(merged[0], min(merged[2], last) + 1)
        for column in range(merged[1], min(merged[3], widest) + 1)
    }


def _parted(text: str, separator: str) -> Iterator[str]:
    parts = text.split(separator) if separator else [text]
    return (part.strip() for part in parts if part.strip())


def _folded(words: dict[str, str]) -> dict[str, str]:
    return {plain(key): value for key, value in words.items()}
