"""The map of an import: which column is which field, and how its cells are read.

Fields are those of the records (`tracker.model`), so the map knows no list of its own: a field that is
added there can be imported. What a map does not say is not done: no column is guessed at.
"""

from __future__ import annotations

import functools
import re

import msgspec
from msgspec import field

from tracker.errors import TrackerError
from tracker.export.shape import Shape, shapes
from tracker.importing.cells import Table
from tracker.importing.days import format_problem
from tracker.model import Assessment, Evidence, Recommendation
from tracker.settings import parsed
from tracker.suggest import did_you_mean

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MERGED = ("refuse", "fill")
UNKNOWN = ("refuse", "create")
BODY = "body"
REASON = "Why it was not imported"  # the last header of a table of refused rows, which we wrote
# What an import makes itself, or what only a person can say.
_NOT_FROM_CELLS = {"id", "aliases", "known_as", "inferred_addressees", "corrects"}
PARTS: dict[str, type] = {"recommendation": Recommendation, "assessment": Assessment, "evidence": Evidence}


class Take(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Where the value of a field comes from: a column, or the same text in every row."""

    column: str = ""
    value: str = ""
    otherwise: str = ""  # where the cell is empty
    separator: str = ""  # between several values in a cell
    words: dict[str, str] = field(default_factory=dict)  # theirs to ours
    formats: list[str] = field(default_factory=list)  # of dates that are text
    months: str = "en"  # the language of names of months
    shorten: int = 0  # to so many signs, at the end of a word
    keep: bool = False  # set when the record is made, and then left to people


class ImportMap(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How the rows of one table become records."""

    table: str
    row_id: str
    prefix: str
    sheet: str = ""
    header: int = 1
    encoding: str = ""
    separator: str = ""
    merged: str = "refuse"
    unknown_actors: str = "refuse"
    each_addressee: bool = False
    recommendation: dict[str, Take]
    assessment: dict[str, Take] = field(default_factory=dict)
    evidence: dict[str, Take] = field(default_factory=dict)

    def takes(self) -> list[tuple[str, str, Take]]:
        """(part, field, where its value comes from), in the order of the map."""
        return [
            (part, key, take) for part in PARTS for key, take in getattr(self, part).items()
        ]


@functools.cache
def fields_of(part: str) -> dict[str, Shape]:
    """The fields of a part of the map that a cell can fill, by key."""
    found = shapes(PARTS[part], lambda _: "")
    return {s.key: s for s in found if s.kind != "part" and s.key not in _NOT_FROM_CELLS}


def load(data: bytes, name: str) -> ImportMap:
    """The map in a file. Raises TrackerError with every finding where it can't be used."""
    return parsed(data, name, ImportMap, _problems)


def _problems(made: ImportMap) -> list[tuple[tuple, str, str]]:
    found = []
    for key in ("table", "prefix"):
        if not _SLUG.fullmatch(getattr(made, key)):
            found.append(((key,), f"“{getattr(made, key)}” can't be a {key}",
                          "Use small letters, digits and single hyphens, for example follow-up-2018."))
    for key, allowed in (("merged", MERGED), ("unknown_actors", UNKNOWN)):
        if getattr(made, key) not in allowed:
            found.append(((key,), f"“{getattr(made, key)}” is not allowed here", f"Write {' or '.join(allowed)}."))
    if made.header < 1:
        found.append((("header",), "rows are counted from 1", "Write the number of the row with the headers."))
    if len(made.separator) > 1:
        found.append((("separator",), "a separator of cells is one sign", "Write one sign, such as ; in quotes."))
    for part, key, take in made.takes():
        found += _take_problems(part, key, take)
    for key in ("title", "source"):
        if key not in made.recommendation:
            found.append((("recommendation",), f"“{key}” is missing in recommendation", f"Add: {key}: {{column: ...}}"))
    found += _assessment_problems(made)
    return found


def _take_problems(part: str, key: str, take: Take) -> list[tuple[tuple, str, str]]:
    where = (part, key)
    known = [*fields_of(part), *([BODY] if part == "recommendation" else [])]
    if key not in known:
        return [(where, f"“{key}” is not a field of {part} that a cell can fill",
                 did_you_mean(key, known, "The fields are: " + ", ".join(known) + "."))]
    found = []
    if bool(take.column) == bool(take.value):
        found.append((where, "a field comes from a column or has one value for all rows",
                      "Write either column: or value:."))
    if take.formats and (key == BODY or fields_of(part)[key].kind != "date"):
        found.append(((*where, "formats"), f"“{key}” holds no date", "Take formats out."))
    if take.separator and (key == BODY or not fields_of(part)[key].many):
        found.append(((*where, "separator"), f"“{key}” holds one value", "Take separator out."))
    for number, form in enumerate(take.formats):
        if why := format_problem(form, take.months):
            found.append(((*where, "formats", number), *why))
    if take.shorten < 0:
        found.append(((*where, "shorten"), "a text can't be shortened to less than nothing", "Write a number."))
    return found


def _assessment_problems(made: ImportMap) -> list[tuple[tuple, str, str]]:
    if not made.assessment:
        if made.evidence:
            return [(("evidence",), "evidence belongs to an assessment", "Say under assessment where it comes from.")]
        return []
    found = []
    for key in ("date", "by"):
        if key not in made.assessment:
            found.append((("assessment",), f"“{key}” is missing in assessment", f"Add: {key}: ..."))
    if not {"status", "response"} & made.assessment.keys():
        found.append((("assessment",), "an assessment needs a status or a response", "Add: status: {column: ...}"))
    if made.each_addressee == ("actor" in made.assessment):
        found.append((
            ("assessment",), "whose status is it?",
            "Say either assessment: actor: {column: ...}, or each_addressee: true, which records a row's status "
            "for every addressee of the row.",
        ))  # fmt: skip
    return found


def check_columns(made: ImportMap, name: str, headers: dict[str, list[int]]) -> None:
    """Raises TrackerError where the map names a column that the table has not, or has twice.

    ``headers`` are the table's headers with the columns in which they stand.
    """
    wrong = []
    for where, wanted in [("row_id", made.row_id), *((f"{p}: {k}", t.column) for p, k, t in made.takes() if t.column)]:
        found = headers.get(plain(wanted), [])
        if not found:
            there = list(headers)
            near = did_you_mean(plain(wanted), there, "Its columns are: " + ", ".join(f"“{h}”" for h in there) + ".")
            wrong.append(f"{name}: {where}: there is no column “{wanted}”\n  {near}")
        elif len(found) > 1:
            wrong.append(f"{name}: {where}: there are {len(found)} columns “{wanted}”\n  Rename one in the table.")
    if wrong:
        raise TrackerError("\n".join(wrong))


def header_row(made: ImportMap, table: Table) -> int:
    """The number of the row with the headers; 1 in a table of refused rows, whatever the map says."""
    first = table.row(1)
    ours = first is not None and any(cell.text == REASON for cell in first.cells)
    return 1 if ours else made.header


def plain(header: str) -> str:
    """A header as it is compared: on one line, in small letters."""
    return " ".join(header.split()).casefold()
