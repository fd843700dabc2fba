"""All records of a tracker, and the ties between them."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tracker import dates, fields
from tracker.config import Config
from tracker.findings import Problem
from tracker.model import INBOX, Actor, Event, Proposal, Recommendation, Record, Source, Theme, settled
from tracker.suggest import did_you_mean, near


class Link(NamedTuple):
    """``record`` of ``collection`` names another one in its field ``field``."""

    collection: str
    record: Record
    field: str

_TELLING, _FEW = 4, 3  # letters of a name that say something; as many as can be offered


class Corpus:
    """Records by collection and id.

    ``ids`` also knows records that could not be read, so that one bad file does not make
    every reference to it look wrong; ``misread`` are the paths of files that were lost,
    whole or in part; ``named`` is what `fields.named` gives for each record, where it is
    known already. ``today`` (YYYY-MM-DD) is given, never asked for.

    What waits in the inbox (``proposals``) stands at the end of its recommendation's log and
    counts like the rest; ``collected`` are those that the log has already, and ``unplaced``
    those whose recommendation is not known.
    """

    def __init__(
        self,
        config: Config,
        records: Iterable[tuple[str, Record]],
        broken: Iterable[tuple[str, str]] = (),
        today: str = "9999-12-31",
        misread: Iterable[str] = (),
        named: Iterable[dict[str, set[str]]] | None = None,
    ) -> None:
        self.config = config
        self.misread = frozenset(misread)
        self.today = today
        self.types = config.record_types()
        self.collections: dict[str, dict[str, Record]] = {name: {} for name in self.types}
        self.duplicates: list[tuple[Record, Record]] = []
        self.proposals: list[Proposal] = []
        self.collected: list[Proposal] = []
        self.unplaced: list[Proposal] = []
        self.translations: list[Any] = []  # read later, by what stands above a corpus
        for collection, record in records:
            if collection == INBOX:
                self.proposals.append(record)
                continue
            known = self.collections[collection].setdefault(record.id, record)
            if known is not record:
                self.duplicates.append((known, record))
        self.ids = {name: set(found) for name, found in self.collections.items()}
        for collection, name in broken:
            if collection == INBOX:
                continue
            self.ids[collection].add(name)
        self.complete = not self.misread and all(
            self.ids[name] == found.keys() for name, found in self.collections.items()
        )
        self.recommendations = self._in_text_order()
        self.collections["recommendations"] = self.recommendations
        self.aliases, self.alias_clashes = self._aliases()
        self._named = named
        self._fold()
        self._use_present_ids()

    # The core collections by name, with the classes that they have.
    @property
    def actors(self) -> dict[str, Actor]:
        return self.collections["actors"]

    @property
    def sources(self) -> dict[str, Source]:
        return self.collections["sources"]

    @property
    def themes(self) -> dict[str, Theme]:
        return self.collections["themes"]

    @property
    def events(self) -> dict[str, Event]:
        return self.collections["events"]

    def records(self) -> Iterator[tuple[str, Record]]:
        for collection, found in self.collections.items():
            for record in found.values():
                yield collection, record

    def find(self, collection: str, name: str) -> Record | None:
        """A record by its id or a former one."""
        found = self.collections[collection]
        return found.get(name) or found.get(self.aliases[collection].get(name, ""))

    def known_as(self) -> dict[tuple[str, str], list[Recommendation]]:
        """The recommendations that each (table, id) of somebody else's stands in; there should be one."""
        found: dict[tuple[str, str], list[Recommendation]] = {}
        for record in self.recommendations.values():
            for key in dict.fromkeys((said.table, said.id) for said in record.known_as):
                found.setdefault(key, []).append(record)
        return found

    def title(self, collection: str, name: str) -> str:
        record = self.find(collection, name)
        return record.title if record else name

    def short(self, collection: str, name: str) -> str:
        """The short name where there is one, for tables."""
        record = self.find(collection, name)
        return (getattr(record, "short", "") or record.title) if record else name

    def did_you_mean(self, collection: str, words: str, otherwise: str = "") -> str:
        """A hint for an id that is not known: by its name in a report or on the site, or by the id's look."""
        wanted = words.casefold().replace("-", " ").strip()
        names = {
            name: {record.title.casefold(), (getattr(record, "short", "") or "").casefold()}
            for name, record in self.collections[collection].items()
        }
        found = [name for name, called in names.items() if wanted in called]
        if not found and len(wanted) >= _TELLING:
            telling = [name for name, called in names.items() if any(wanted in text for text in called)]
            found = list(dict.fromkeys([*telling, *near(words, self.ids[collection])])) if telling else []
        if not found or len(found) > _FEW:
            return did_you_mean(words, self.ids[collection], otherwise)
        return "Did you mean " + " or ".join(f"“{n}” ({self.title(collection, n)})" for n in found) + "?"

    def event_ids(self, recommendation: Recommendation) -> list[str]:
        """The events of a recommendation: its own, and the one its source came from."""
        source = self.find("sources", recommendation.source)
        own = list(recommendation.events)
        if source is not None and source.event and source.event not in own:
            own.append(source.event)
        return own

    # References

    def dangling(self) -> list[tuple[Record, fields.Value]]:
        """Every reference that is not the id of a record."""
        return self._dangling

    @functools.cached_property
    def named(self) -> dict[str, set[str]]:
        """Every id that any record names, by the collection where it should be."""
        found: dict[str, set[str]] = {name: set() for name in self.collections}
        for named in self._named or (fields.named(record) for _, record in self.records()):
            for collection, names in named.items():
                found[collection] |= names
        return found

    # The inbox

    def _fold(self) -> None:
        """Puts each proposal at the end of its recommendation's log, the earliest first."""
        for proposal in sorted(self.proposals, key=_when):
            record = self.find("recommendations", proposal.recommendation)
            if record is None:
                self.unplaced.append(proposal)
            elif any(settled(entry) == proposal.settled() for entry in record.assessments):
                self.collected.append(proposal)
            else:
                if proposal.body and not proposal.note:
                    proposal.note = proposal.body
                record.assessments.append(proposal)

    @staticmethod
    def placed(record: Record, problem: Problem) -> tuple[str, Problem]:
        """The file in which a record's problem is mended, and the problem as seen from there."""
        way = problem.where
        if way[:1] == ("assessments",) and len(way) > 1 and isinstance(record, Recommendation):
            entry = record.assessments[way[1]]
            if isinstance(entry, Proposal):
                return entry.path, Problem(problem.rule, way[2:], problem.message, problem.hint, problem.on_key)
        return record.path, problem

    @functools.cached_property
    def _dangling(self) -> list[tuple[Record, fields.Value]]:
        if all(self.named[name] <= self.ids[name] for name in self.named):
            return []
        found = [
            (record, value)
            for collection, records in self.collections.items()
            for record in records.values()
            for value in fields.values(record, fields.plan(self.types[collection], "ref"))
            if value.value not in self.ids[value.argument]
        ]
        # Of what was folded in, everything but the recommendation was seen in its log.
        folded = {id(p) for p in self.proposals} - {id(p) for p in self.unplaced}
        found += [
            (proposal, value)
            for proposal in self.proposals
            for value in fields.values(proposal, fields.plan(Proposal, "ref"))
            if value.value not in self.ids[value.argument]
            and (value.where == ("recommendation",) or id(proposal) not in folded)
        ]
        return found

    def _use_present_ids(self) -> None:
        """Replaces former ids in references, so that nothing is counted under two names.

        What was written stays in `dangling`, for the rule that asks to write the new id.
        """
        for record, value in self.dangling():
            present = self.aliases[value.argument].get(value.value)
            if present is not None:
                fields.put(record, value.where, present)
                self._named = None  # read anew from the records when they are asked for
                self.__dict__.pop("named", None)

    @functools.cached_property
    def backlinks(self) -> dict[tuple[str, str], list[Link]]:
        """By (collection, id): who names it, and in which field."""
        found: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for collection, records in self.collections.items():
            plan = fields.plan(self.types[collection], "ref")
            for record in records.values():
                for step in plan:
                    if not getattr(record, step.attribute):
                        continue
                    into: dict[str, set[str]] = defaultdict(set)
                    fields.gather(record, (step,), into)
                    link = Link(collection, record, step.key)
                    for other, names in into.items():
                        targets = {id(t): t for name in names if (t := self.find(other, name)) is not None}
                        for target in targets.values():
                            if target is not record:
                                found[other, target.id].append(link)
        return found

    def unused(self, collection: str) -> list[Record]:
        """Records of a collection that nothing names (nor their members or children)."""
        named = self.named[collection] | {self.config.lead_assessor}
        return [
            record for record in self.collections[collection].values()
            if record.id not in named and named.isdisjoint(record.aliases)
            and not (collection == "actors" and record.sources)
        ]

    # Groups

    @functools.cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        """Every group that an actor belongs to, directly or through its groups."""
        found: dict[str, frozenset[str]] = {}

        def groups(name: str, above: tuple[str, ...]) -> frozenset[str]:
            if name in found:
                return found[name]
            actor = self.actors.get(name)
            if actor is None or name in above:
                return frozenset()
            direct = [*actor.member_of, *([actor.parent] if actor.parent else [])]
            result = frozenset(direct).union(*(groups(g, (*above, name)) for g in direct))
            found[name] = result
            return result

        for name in self.actors:
            groups(name, ())
        return found

    def groups(self, actor: str) -> frozenset[str]:
        return self._groups.get(actor, frozenset())

    def group_of(self, actor: str, addressed: list[str]) -> str | None:
        """The addressed group that an actor belongs to, or None."""
        groups = self.groups(actor)
        return next((name for name in addressed if name in groups), None)

    @functools.cached_property
    def members(self) -> dict[str, list[str]]:
        """The actors that name a group as theirs, by group."""
        found: dict[str, list[str]] = defaultdict(list)
        for actor in self.actors.values():
            for group in actor.member_of:
                found[group].append(actor.id)
        return found

    def _in_text_order(self) -> dict[str, Recommendation]:
        """The recommendations by the date of their documents, then in the order of the text."""
        def place(r: Recommendation) -> tuple:
            source = self.collections["sources"].get(r.source)
            return (getattr(source, "date", None) or "9999", r.source, r.order, r.id)

        found = self.collections["recommendations"]
        return {r.id: r for r in sorted(found.values(), key=place)}

    def _aliases(self) -> tuple[dict[str, dict[str, str]], list[tuple[Record, int, Record]]]:
        aliases: dict[str, dict[str, str]] = {name: {} for name in self.collections}
        clashes = []
        for collection, records in self.collections.items():
            for record in records.values():
                for index, alias in enumerate(record.aliases):
                    other = records.get(alias) or records.get(aliases[collection].get(alias, ""))
                    if other is record and alias != record.id:
                        continue  # written down twice, which is another rule's matter
                    if other is not None:
                        clashes.append((record, index, other))
                    else:
                        aliases[collection][alias] = record.id
        return aliases, clashes


def _when(proposal: Proposal) -> tuple[str, str]:
    bad = dates.problem(proposal.date)
    return ("9999-12-31" if bad else dates.last_day(proposal.date), proposal.path)
