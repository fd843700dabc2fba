"""Every collection as a table, with a table of their own for lists inside a record.

Nothing here knows a collection by name except how the tables of recommendations are
called; a collection that `tracker.yml` declares gets the same treatment.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from tracker import dates
from tracker.config import Config
from tracker.corpus import Corpus
from tracker.export.shape import Shape, describer, shapes
from tracker.export.table import DATE, Field, Table, Tie
from tracker.export.text import cleaned
from tracker.model import CORE, Citation, Relation

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
_NAMES = {
    ("recommendations", "assessments"): "assessments",
    ("recommendations", "assessments", "evidence"): "evidence",
    ("recommendations", "deadline_changes"): "deadline_changes",
    ("recommendations", "deadline_changes", "evidence"): "deadline_evidence",
    ("recommendations", "measures"): "measures",
}
_ABOUT = {
    "recommendations": "One row for each recommendation: one ask, as one document made it.",
    "actors": "Who is asked, and who assesses.",
    "themes": "What the recommendations are about.",
    "sources": "The documents that make the recommendations.",
    "events": "Conferences, deadlines and other dates that they are tied to.",
}
_APART = (Citation, Relation)  # parts with tables across collections: see `tracker.export.ties`

Getter = Callable[[Any], Any]


class Collector:
    """Makes the tables of one collection. ``extra`` adds columns: (field, record -> value)."""

    def __init__(self, corpus: Corpus, collection: str, extra: Iterable[tuple[Field, Getter]] = ()) -> None:
        self.corpus = corpus
        self.collection = collection
        self.extra = list(extra)
        self.tables: list[Table] = []

    def collect(self) -> list[Table]:
        """The collection's own table first."""
        name = self.collection
        records = list(self.corpus.collections[name].values())
        taken: set[str] = set()
        columns = self._columns(self.corpus.types[name], (name,))
        columns = _distinct(sorted(columns, key=lambda column: self._rank(column[0].name)), taken)
        own = [
            (Field(name=_free("text", taken), description="The page's text, as Markdown."), lambda r: r.body),
            (Field(name=_free("file", taken), required=True,
                   description="The record's file in the repository."), lambda r: r.path),
            *((_renamed(field, _free(field.name, taken)), get) for field, get in self.extra),
        ]  # fmt: skip
        fields = [field for field, _, _ in columns] + [field for field, _ in own]
        getters = [get for _, get, _ in columns] + [get for _, get in own]
        table = Table(
            name=name, title=label(self.corpus.config, name), description=_about(self.corpus.config, name),
            fields=fields, rows=list(map(list, zip(*_cells(records, getters), strict=True))),
            ties=[tie for _, _, tie in columns if tie],
        )  # fmt: skip
        self.tables.insert(0, table)
        self._children(self.corpus.types[name], (name,), [(r.id, r) for r in records])
        return self.tables

    def _rank(self, name: str) -> int:
        """Name and title first, then a collection's own fields, then those that all have."""
        if name in ("id", "title"):
            return 0
        if name in ("aliases", "lang"):
            return 3
        spec = self.corpus.config.collections.get(self.collection)
        own = spec is not None and any(name == key or name.startswith(f"{key}_") for key in spec.fields)
        return 1 if own else 2

    def _columns(self, kind: type, path: tuple[str, ...]) -> list[tuple[Field, Getter, Tie | None]]:
        """(field, getter, tie) of each column that the parts of a class make."""
        found = []
        for shape in shapes(kind, describer(self.corpus.config, *path)):
            get = attrgetter(shape.name)
            if shape.kind == "part" and not shape.many:
                found += self._nested(shape, (*path, shape.key), get)
            elif not own_table(shape):
                found += self._simple(shape, get)
        return found

    def _nested(self, shape: Shape, path: tuple[str, ...], outer: Getter) -> list:
        """A part that stands once: its columns, with its own name before theirs."""
        made = []
        for field, inner, tie in self._columns(shape.argument, path):
            name = f"{shape.key}_{field.name}"
            text = f"{shape.description.rstrip('.')}: {field.description}"
            get = _through(outer, inner)
            tie = Tie((name,), tie.table) if tie else None
            made.append((_renamed(field, name, description=text, required=False), get, tie))
        return made

    def _simple(self, shape: Shape, get: Getter) -> list[tuple[Field, Getter, Tie | None]]:
        field = Field(name=shape.key, description=shape.description, many=shape.many)
        tie = None
        match shape.kind:
            case "integer" | "number":
                field.type = shape.kind
            case "ref":
                find = self.resolve(shape.argument)
                get = _each(get, find)
                tie = None if shape.many else Tie((shape.key,), shape.argument)
                field.description += f" (An id in the table {shape.argument}.)"
                field.required = shape.required
            case "term":
                field.values = self.corpus.config.allowed(shape.argument)
                field.required = shape.required
            case "date":
                field.pattern, field.required = DATE, shape.required
                day = Field(
                    name=f"{shape.key}_day", type="date",
                    description=f"The last day that “{shape.key}” can stand for.",
                )
                return [(field, get, None), (day, _each(get, dates.last_day), None)]
        if shape.key == "id":
            field.required, field.pattern = True, SLUG
            field.description = "The record's id, which never changes: its file's name without .md."
        elif shape.key == "title":
            field.required = True
        return [(field, get, tie)]

    def resolve(self, collection: str) -> Callable[[str], str]:
        """The present id of a record that may be named by a former one."""
        @functools.cache
        def present(name: str) -> str:
            record = self.corpus.find(collection, name)
            return record.id if record else name

        return present

    def _children(self, kind: type, path: tuple[str, ...], parents: list[tuple[str, Any]]) -> None:
        """The tables of the lists inside a class; ``parents`` are (id, record or part)."""
        owner = _owner(path)
        for shape in shapes(kind, describer(self.corpus.config, *path)):
            if not own_table(shape) or shape.argument in _APART:
                continue
            here = (*path, shape.key)
            items = [
                (f"{above}/{shape.key}/{n}", above, n, item)
                for above, part in parents
                for n, item in enumerate(getattr(part, shape.name), 1)
            ]
            if shape.kind == "part":
                columns = self._columns(shape.argument, here)
            else:
                columns = self._simple(shape._replace(key="value", many=False), lambda item: item)
            columns = _distinct(columns, {"id", owner, "position"})
            made = zip(*_cells([item for *_, item in items], [get for _, get, _ in columns]), strict=True)
            table = Table(
                name=_NAMES.get(here) or "_".join(here), title=_title(here),
                description=f"{shape.description} One row for each, in the order of the record.",
                fields=[
                    Field(name="id", description="The row's own id.", required=True),
                    Field(name=owner, required=True,
                          description=f"Where it belongs: an id in the table {self._name(path)}."),
                    Field(name="position", type="integer", description="Its place in the list, from 1.",
                          required=True),
                    *(f for f, _, _ in columns),
                ],
                rows=[
                    [key, above, n, *cells]
                    for (key, above, n, _), cells in zip(items, made, strict=True)
                ],
                ties=[Tie((owner,), self._name(path)), *(t for _, _, t in columns if t)],
            )  # fmt: skip
            self.tables.append(table)
            if shape.kind == "part":
                self._children(shape.argument, here, [(key, item) for key, _, _, item in items])

    @staticmethod
    def _name(path: tuple[str, ...]) -> str:
        return path[0] if len(path) == 1 else _NAMES.get(path) or "_".join(path)


def own_table(shape: Shape) -> bool:
    """Whether a list needs a table: ids and words of a list stand in one cell, texts don't."""
    return shape.many and shape.kind not in ("ref", "term") and shape.key != "aliases"


def label(config: Config, collection: str) -> str:
    spec = config.collections.get(collection)
    return spec.label if spec else collection.capitalize()


def _about(config: Config, collection: str) -> str:
    if collection in CORE:
        return _ABOUT[collection]
    spec = config.collections[collection]
    return spec.description or spec.label


def _title(path: tuple[str, ...]) -> str:
    words = " of ".join(part.replace("_", " ") for part in reversed(path))
    return words[:1].upper() + words[1:]


def _owner(path: tuple[str, ...]) -> str:
    """The column that says where a row of a list belongs."""
    if len(path) > 1:
        return {"assessments": "assessment", "deadline_changes": "change"}.get(path[-1], "part_of")
    return "recommendation" if path[0] == "recommendations" else "record"


def _distinct(columns: list, taken: set[str]) -> list:
    """The columns under names of their own: `tracker.yml` may call a field anything."""
    made = []
    for field, get, tie in columns:
        name = _free(field.name, taken)
        made.append((_renamed(field, name), get, Tie((name,), tie.table) if tie else None))
    return made


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _renamed(field: Field, name: str, **more) -> Field:
    made = Field(**{key: getattr(field, key) for key in field.__struct_fields__})
    made.name = name
    for key, value in more.items():
        setattr(made, key, value)
    return made


def _through(outer: Getter, inner: Getter) -> Getter:
    def get(part: Any) -> Any:
        whole = outer(part)
        return None if whole is None else inner(whole)

    return get


def _each(get: Getter, change: Callable[[str], str]) -> Getter:
    def changed(part: Any) -> Any:
        value = get(part)
        if isinstance(value, list):
            return list(map(change, value))
        return change(value) if value else value

    return changed


def _cells(items: list, getters: list[Getter]) -> Iterator[list]:
    """The cells of each column: texts cleaned, what is empty None.

    Column by column, because most columns say the same few things again and again.
    """
    for get in getters:
        known = _Cleaned()
        yield [
            known[value] or None if type(value) is str
            else [known[item] for item in value] if type(value) is list
            else value
            for value in map(get, items)
        ]  # fmt: skip


class _Cleaned(dict):
    """Each text, cleaned when it is met first."""

    def __missing__(self, text: str) -> str:
        made = self[text] = cleaned(text)
        return made
