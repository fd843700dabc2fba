"""A first draft of a map, from a table's headers and values, to be read and completed by a person.

It proposes and does not decide: what it is not sure of is a comment, and a word of theirs for which there is
none of ours is left out, so that its rows are refused and not counted as something that they are not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tracker.corpus import Corpus
from tracker.importing import days
from tracker.importing.cells import Cell, Row, Table
from tracker.importing.names import Names, Terms, folded, slug

# Words in headers, the more telling ones first, by what they stand for.
_HEADERS: dict[str, list[str]] = {
    "row_id": ["rec no", "recommendation no", "recommendation number", "recommendation id", "ref no", "no", "nr", "id",
               "number", "ref", "reference", "code", "serial"],
    "deadline": ["deadline", "due date", "target date", "due", "by when", "échéance", "fecha límite"],
    "assessment.date": ["date of status", "status date", "last update", "last updated", "updated", "as of",
                        "date of update", "date of assessment", "date"],
    "assessment.status": ["implementation status", "status of implementation", "status", "état", "estado"],
    "assessment.response": ["management response", "response", "position", "accepted"],
    "addressed_to": ["addressed to", "addressees", "addressee", "responsible entity", "responsible entities",
                     "responsible", "entity", "entities", "lead", "actor", "actors", "implementing", "destinataires"],
    "themes": ["themes", "theme", "thematic area", "topic", "topics", "area", "category"],
    "locator": ["paragraph", "para", "section", "page", "locator"],
    "evidence.url": ["link to evidence", "evidence link", "link", "url", "web address"],
    "evidence.title": ["evidence", "supporting document", "means of verification", "document title"],
    "assessment.note": ["remarks", "comments", "comment", "notes", "note", "action taken", "progress", "update"],
    "title": ["title", "short title", "summary", "short text"],
    "body": ["full text", "text of the recommendation", "recommendation text", "recommendation", "recommandation",
             "recomendación", "text", "description", "details"],
    "source": ["source document", "source", "document", "report", "resolution"],
    "regions": ["region", "regions"],
    "measures": ["indicator", "indicators", "measure", "measures", "benchmark"],
}  # fmt: skip
# What others often write for ours; each is offered with the advice to look at it.
_WORDS = {
    "completed": "implemented", "complete": "implemented", "done": "implemented", "closed": "implemented",
    "fully implemented": "implemented", "achieved": "implemented", "in progress": "under-way",
    "under implementation": "under-way", "being implemented": "under-way", "ongoing": "under-way",
    "started": "under-way", "partially implemented": "partly-implemented", "partly": "partly-implemented",
    "partial": "partly-implemented", "in part": "partly-implemented", "not implemented": "not-started",
    "pending": "not-started", "open": "not-started", "not started": "not-started", "on hold": "stalled",
    "delayed": "stalled", "no progress": "stalled", "overtaken by events": "overtaken", "no longer relevant": "overtaken",
    "withdrawn": "dropped", "cancelled": "dropped", "not accepted": "rejected", "agreed": "accepted",
    "partially accepted": "accepted-in-part", "partly accepted": "accepted-in-part", "accepted in principle":
    "accepted-in-principle",
}  # fmt: skip
_NOTHING = {"n a", "na", "none", "", "not assessed", "not reviewed", "tbd", "unknown"}


class Column(NamedTuple):
    """One column: its header as it stands there and its cells that hold something."""

    header: str
    cells: list[Cell]

    @property
    def counts(self) -> Counter[str]:
        return Counter(cell.text for cell in self.cells)


def draft(table: Table, corpus: Corpus, file_name: str) -> str:
    """The text of a map for ``table``."""
    number = header_number(table)
    columns = list(_columns(table, number))
    roles = _roles(columns)
    return "\n".join(_lines(table, corpus, file_name, number, columns, roles)) + "\n"


def header_number(table: Table) -> int:
    """The first row that names at least half of the columns, in texts that are all different."""
    width = max((len(row.cells) for row in table.rows[:200]), default=0)
    for row in table.rows[:30]:
        texts = [cell.text for cell in row.cells if isinstance(cell.value, str)]
        if len(texts) * 2 >= width and len(texts) > 1 and len(set(texts)) == len(texts) and max(map(len, texts)) < 80:
            return row.number
    return 1


def _columns(table: Table, number: int) -> Iterator[Column]:
    header = table.row(number) or Row(number, [])
    rows = [row for row in table.rows[number:] if not row.is_empty]
    for index, cell in enumerate(header.cells):
        if cell.text:
            held = [row.cells[index] for row in rows if index < len(row.cells) and not row.cells[index].is_empty]
            yield Column(" ".join(cell.text.split()), held)


def _roles(columns: list[Column]) -> dict[str, Column]:
    """Which column seems to be what; each is one thing at most."""
    offers = []
    for column in columns:
        name = folded(column.header)
        for role, words in _HEADERS.items():
            for rank, word in enumerate(words):
                if name == word or f" {word} " in f" {name} ":
                    offers.append(((name != word), rank, role, column))
                    break
    roles: dict[str, Column] = {}
    for _, _, role, column in sorted(offers, key=lambda o: o[:2]):
        if role not in roles and column not in roles.values() and _fits(role, column):
            roles[role] = column
    if "title" not in roles and "body" in roles:
        roles["title"] = roles["body"]
    return roles


def _fits(role: str, column: Column) -> bool:
    texts = [cell.text for cell in column.cells[:300]]
    if not texts:
        return False
    if role == "row_id":
        return len(set(texts)) > len(texts) * 0.9 and max(map(len, texts)) <= 40
    if role in ("assessment.status", "assessment.response"):
        return len(set(texts)) <= max(20, len(texts) // 10)
    if role in ("deadline", "assessment.date"):
        return sum(any(sign.isdigit() for sign in text) for text in texts) > len(texts) / 2
    return True


def _lines(
    table: Table, corpus: Corpus, file_name: str, number: int, columns: list[Column], roles: dict[str, Column]
) -> Iterator[str]:
    name = slug(file_name.rpartition(".")[0] or file_name, 40) or "table"
    yield from _HEAD.format(file=file_name).rstrip().split("\n")
    for note in table.notes:
        yield f"# {note}"
    yield ""
    yield f"table: {name}      # what this table is called; never change it after the first import"
    yield f"prefix: {name}     # the records are called {name}-1, {name}-2 and so on, after the ids of the rows"
    found = roles.get("row_id")
    yield (f"row_id: {_q(found.header)}" if found else "row_id: CHANGE    # the column with the rows' own ids")
    if table.name:
        yield f"sheet: {_q(table.name)}"
    yield f"header: {number}       # the row with the headers"
    for key in ("encoding", "separator"):
        if key in table.dialect:
            yield f"{key}: {_q(table.dialect[key])}"
    if table.merged:
        yield "merged: refuse     # or fill: every cell of a merged range has the value of its first one"
    yield "unknown_actors: refuse    # or create: makes a page for each name that has none"
    if roles.keys() & {"assessment.status", "assessment.response"}:
        yield "each_addressee: true      # a row's status is that of every addressee in it; if one column says whose it"
        yield "                          # is, take this out and write actor: {column: ...} under assessment"
    yield ""
    yield "recommendation:"
    yield from _recommendation(corpus, roles)
    yield ""
    yield from _assessment(table, corpus, roles, file_name)
    rest = [c for c in columns if c not in roles.values()]
    if rest:
        yield ""
        yield "# Columns that are not used above:"
    for column in rest:
        sample = ", ".join(_short(text) for text, _ in column.counts.most_common(3))
        yield f"#   {_q(column.header)}: {len(column.cells):,} cells, such as {sample or 'none'}"


_HEAD = """\
# How the rows of {file} become records. A draft: read every line before you use it.
# Try it, as often as you like; nothing is written:
#     tracker import {file} --map THIS-FILE --dry-run
# A field takes its value from a column (column: ...), or has the same in every row (value: ...).
# words: say what their words mean, theirs to the left and ours to the right; "" leaves a word out.
# keep: true sets a field when its record is made, and leaves it to people after that.
"""


def _recommendation(corpus: Corpus, roles: dict[str, Column]) -> Iterator[str]:
    if column := roles.get("title"):
        long = max((len(cell.text) for cell in column.cells[:500]), default=0) > 120
        extra = ", shorten: 90, keep: true" if long else ""
        yield f"  title: {{column: {_q(column.header)}{extra}}}"
        if long:
            yield "  # Its texts are long: cut to 90 signs, a title can be written by hand, and stays (keep)."
    else:
        yield "  title: {column: CHANGE}"
    if column := roles.get("source"):
        yield "  source:"
        yield from _words(column, Names(corpus, "sources"), "documents in docs/sources", 1)
    else:
        ids = sorted(corpus.ids["sources"])
        yield f"  source: {{value: {ids[0] if len(ids) == 1 else 'CHANGE'}}}    # the document that recommends; a page in docs/sources:"
        if len(ids) != 1:
            yield f"  #   {', '.join(ids[:12]) or 'there is none yet: write it first'}"
    for key in ("locator", "measures", "body"):
        if column := roles.get(key):
            extra = ', separator: "\\n"' if key == "measures" else ""
            yield f"  {key}: {{column: {_q(column.header)}{extra}}}"
    for key, what in (("addressed_to", "actors"), ("themes", "themes")):
        if column := roles.get(key):
            yield f"  {key}:"
            yield from _words(column, Names(corpus, what), f"pages in docs/{what}", 8)
    if column := roles.get("regions"):
        yield "  regions:"
        yield from _terms(column, Terms(corpus.config, "region"), many=True)
    if column := roles.get("deadline"):
        yield from _dates("deadline", column)


def _assessment(table: Table, corpus: Corpus, roles: dict[str, Column], file_name: str) -> Iterator[str]:
    judged = [key for key in ("status", "response") if f"assessment.{key}" in roles]
    if not judged:
        yield "# No column looks like a status: records are made, and nobody is assessed."
        return
    yield "assessment:"
    for key in judged:
        yield f"  {key}:"
        yield from _terms(roles[f"assessment.{key}"], Terms(corpus.config, key), many=False)
    if column := roles.get("assessment.date"):
        yield from _dates("date", column)
    else:
        yield "  date: {value: CHANGE}      # the day on which the table's status was so, such as 2019-06-30"
    yield f"  by: {{value: {corpus.config.lead_assessor or 'CHANGE'}}}     # who judges; if the actors themselves say it, their basis is self-report"
    yield "  basis: {value: document}   # or self-report, third-party, field"
    if column := roles.get("assessment.note"):
        yield f"  note: {{column: {_q(column.header)}}}"
    yield ""
    yield "# A status needs evidence that a reader can find: a title, and an address (url), a document symbol"
    yield "# (symbol) or one of the tracker's own documents (source). Where the table itself is published, name it."
    yield "evidence:"
    title, url = roles.get("evidence.title"), roles.get("evidence.url")
    yield (f"  title: {{column: {_q(title.header)}, otherwise: {_q(file_name)}}}" if title
           else f"  title: {{value: {_q(file_name)}}}")
    yield f"  url: {{column: {_q(url.header)}, otherwise: CHANGE}}" if url else "  url: {value: CHANGE}"


def _dates(key: str, column: Column) -> Iterator[str]:
    texts = [cell.text for cell in column.cells if isinstance(cell.value, str)]
    formats, doubt = days.guess(texts)
    if not texts or (not formats and not any(not days.dates.SHAPE.fullmatch(t) for t in texts)):
        yield f"  {key}: {{column: {_q(column.header)}}}"
        return
    yield f"  {key}:"
    yield f"    column: {_q(column.header)}"
    if doubt:
        yield f"    # {doubt.capitalize()} in these: {', '.join(dict.fromkeys(texts[:3]))}. Keep one:"
        for form in formats:
            yield f"    # formats: [{form}]"
    elif formats:
        yield f"    formats: [{', '.join(map(_q, formats))}]"
    else:
        common = ", ".join(_q(text) for text, _ in Counter(texts).most_common(5))
        yield f"    # No one form fits all of these: {common}"
        yield f"    # formats: [...]     # such as {days.EXAMPLES}"


def _terms(column: Column, terms: Terms, *, many: bool) -> Iterator[str]:
    yield f"    column: {_q(column.header)}"
    counts = _parts(column, many)
    if many and (separator := _separator(column)):
        yield f"    separator: {_q(separator)}"
    yield f"    # Ours: {', '.join(terms.allowed)}."
    yield "    words:"
    for text, count in counts.most_common(40):
        rows = f"# {count:,} row{'s' if count != 1 else ''}"
        word = _WORDS.get(folded(text), "")
        if word in terms.allowed:
            also = f"; “{terms.find(text)}” if it is a standing duty that is met" if terms.find(text) == "ongoing" else ""
            yield f"      {_q(text)}: {word}    {rows}. Look whether it means this{also}"
        elif found := terms.find(text):
            yield f"      {_q(text)}: {found}    {rows}"
        elif folded(text) in _NOTHING:
            yield f"      {_q(text)}: \"\"    {rows}, left out"
        else:
            near = f", perhaps {' or '.join(terms.near(text))}" if terms.near(text) else ""
            yield f"      # {_q(text)}: CHANGE    {rows}{near}"
    if not counts:
        yield "      {}"


def _words(column: Column, names: Names, what: str, least: int) -> Iterator[str]:
    """A column of names, and those of them that no page has; they are listed, not guessed."""
    yield f"    column: {_q(column.header)}"
    separator = _separator(column) if least > 1 else ""
    if separator:
        yield f"    separator: {_q(separator)}"
    counts = _parts(column, bool(separator))
    missing = [(text, count) for text, count in counts.most_common() if not names.find(text).id]
    known = len(counts) - len(missing)
    yield f"    # {known:,} of {len(counts):,} names are {what}."
    if missing:
        yield "    # These are not. Say which page each means, or add the pages:"
        yield "    words:"
    for text, count in missing[:60]:
        near = names.find(text).near
        rows = f"{count:,} row{'s' if count != 1 else ''}"
        yield f"      # {_q(text)}: {near[0] if near else 'CHANGE'}    # {rows}" + (
            f"; perhaps {', '.join(f'{i} ({names.titles[i]})' for i in near)}" if near else "")
    if len(missing) > 60:
        yield f"    # ... and {len(missing) - 60:,} more; a dry run lists them."


def _parts(column: Column, many: bool) -> Counter[str]:
    separator = _separator(column) if many else ""
    counts: Counter[str] = Counter()
    for cell in column.cells:
        counts.update(p.strip() for p in (cell.text.split(separator) if separator else [cell.text]) if p.strip())
    return counts


def _separator(column: Column) -> str:
    """The sign that stands between the names in a cell, if any."""
    for sign in (";", "\n", "|", ","):
        if sum(sign in cell.text for cell in column.cells) >= max(1, len(column.cells) // 50):
            return sign
    return ""


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return _q(text if len(text) <= 30 else text[:29] + "…")
