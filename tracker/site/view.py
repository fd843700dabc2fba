"""What the templates ask: the corpus as readers see it, worked out once for all pages."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import Any, NamedTuple

import msgspec
from markupsafe import Markup

from tracker import changes, dates, fields
from tracker.changes import Change
from tracker.comparison import Comparison
from tracker.config import ViewSpec
from tracker.corpus import Link
from tracker.events import event_day, last_event
from tracker.freshness import due, overdue
from tracker.lineage import Lineage
from tracker.model import Assessment, Event, Evidence, Recommendation, Record, is_pending
from tracker.progress import Pair, Row, corrected
from tracker.project import Project
from tracker.site import prose
from tracker.site.cells import Cells
from tracker.site.edition import Edition
from tracker.site.labels import Labels
from tracker.site.links import page_of
from tracker.site.prose import Prose
from tracker.site.sheet import Sheet
from tracker.site.tongues import Tongue
from tracker.translations import translatable
from tracker.vocabulary import Status

_COUNTED = {"actors": "actor", "themes": "theme", "sources": "source", "events": "event"}


class Since(NamedTuple):
    """What changed since an event, compared with the day on which it was over."""

    event: Event
    day: str
    comparison: Comparison


class View:
    """``tongue`` is the language of the pages; by default the tracker's first, alone."""

    def __init__(self, project: Project, edition: Edition, tongue: Tongue | None = None) -> None:
        self.project = project
        self.tongue = tongue or Tongue(project.config.language, (project.config.language,), root=project.root)
        self.words = self.tongue.words
        self._translated = {
            t.original: t for t in project.translations if t.collection and t.original and t.lang == self.tongue.code
        }
        self.corpus = project.corpus
        self.labels = Labels(project.config, self.words)
        self.config = self.labels.config
        self.edition = edition
        self.as_of = edition.as_of
        self.progress = project.progress(self.as_of)
        self.lineage = Lineage(self.corpus)
        self.statuses: dict[str, Status] = self.config.vocabulary.status
        self.total = self.progress.total()
        self.sheet = Sheet(self.corpus, self.labels, self.words, self)

    @functools.cache  # noqa: B019 - a view lives as long as the program
    def cells(self, depth: int) -> Cells:
        return Cells(self, depth)

    # Names, texts and addresses

    def told(self, texts: dict[str, str]) -> dict[str, str]:
        """Texts that are marked elsewhere, in the reader's language."""
        return {key: self.words.t(text) for key, text in texts.items()}

    def said(self, record: Record, field: str = "title") -> Any:
        """What a field of a record says: a text, or a list of texts."""
        made = self._translated.get(record.path)
        return (made.text(field) if made else None) or getattr(record, field)

    def lang_of(self, record: Record, field: str = "title") -> str:
        """The language of that, where it is not the page's; else empty."""
        made = self._translated.get(record.path)
        return "" if made and made.text(field) else self.other(record.lang)

    def in_words(self, record: Record) -> Record:
        """The record as readers of the page see its texts."""
        made = self._translated.get(record.path)
        if made is None:
            return record
        texts = {s.attribute: made.text(s.attribute) for s in translatable(type(record))} | {"body": made.text("body")}
        return msgspec.structs.replace(record, **{name: text for name, text in texts.items() if text})

    def is_stale(self, record: Record) -> bool:
        """Whether the original says something else than when it was translated."""
        made = self._translated.get(record.path)
        return made is not None and made.stale

    def translator(self, record: Record) -> str:
        """The body that translated what a record says on the page; "" where it is no translation, or not said."""
        made = self._translated.get(record.path)
        return made.texts.translator if made else ""

    @property
    def english(self) -> str:
        """The language of the program's own reference texts, where it is not the page's."""
        return "" if self.words.language.startswith("en") else "en"

    def other(self, lang: str = "") -> str:
        """A language (empty: the one of the records), where it is not the page's; else empty."""
        lang = lang or self.config.language
        return "" if lang == self.words.language else lang

    def title(self, collection: str, name: str) -> str:
        record = self.corpus.find(collection, name)
        return self.said(record) if record else name

    def short(self, collection: str, name: str) -> str:
        record = self.corpus.find(collection, name)
        return self.said(record, "short" if getattr(record, "short", "") else "title") if record else name

    def path(self, collection: str, name: str) -> str:
        """The page of a record, under its present id."""
        record = self.corpus.find(collection, name)
        return page_of(collection, record.id if record else name)

    @functools.cache  # noqa: B019
    def label(self, vocabulary: str, key: str | None) -> str:
        return self.config.label(vocabulary, key) if key else ""

    def plural(self, collection: str) -> str:
        return self.labels.collection(collection)[0]

    def singular(self, collection: str) -> str:
        return self.labels.collection(collection)[1]

    def description(self, collection: str) -> str:
        return self.labels.collection(collection)[2]

    # Figures

    @functools.cached_property
    def _pairs_by_actor(self) -> dict[str, list[Pair]]:
        found: dict[str, list[Pair]] = defaultdict(list)
        for pair in self.progress.counted():
            found[pair.actor].append(pair)
        return found

    @functools.cached_property
    def _rows(self) -> dict[str, dict[str, Row]]:
        return {
            collection: {row.key: row for row in self.progress.by(dimension)}
            for collection, dimension in _COUNTED.items()
        }

    def rows(self, collection: str) -> list[Row]:
        return list(self._rows[collection].values())

    def row(self, collection: str, name: str) -> Row:
        """The counts of an actor, theme, source or event; an empty row for others."""
        return self._rows.get(collection, {}).get(name) or Row(name, name, name)

    def counted(self, collection: str) -> bool:
        return collection in _COUNTED

    def pairs(self, collection: str, record: Record) -> list[Pair]:
        """The pairs that a record's page lists, in the order of the sources."""
        if collection == "actors":
            return self._pairs_by_actor.get(record.id, [])
        return [p for r in self.asks(collection, record) for p in self.progress.pairs[r.id]]

    @functools.cached_property
    def _asks(self) -> dict[tuple[str, str], list[Recommendation]]:
        found: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
        for r in self.corpus.recommendations.values():
            found["sources", r.source].append(r)
            for theme in r.themes:
                found["themes", theme].append(r)
            for event in self.corpus.event_ids(r):
                found["events", event].append(r)
            for actor in dict.fromkeys(p.actor for p in self.progress.pairs[r.id]):
                found["actors", actor].append(r)
        return found

    def asks(self, collection: str, record: Record) -> list[Recommendation]:
        """The recommendations that belong to a record's page."""
        if collection in _COUNTED:
            return self._asks.get((collection, record.id), [])
        named = getattr(record, "recommendations", [])
        found = [self.corpus.find("recommendations", name) for name in named]
        return [r for r in found if r is not None]

    def headline(self, record: Recommendation) -> Status:
        return self.statuses[self._headline(record.id)]

    @functools.cache  # noqa: B019 - a view lives as long as the program
    def _headline(self, name: str) -> str:
        return self.progress.headline(name)

    def freshest(self, record: Recommendation) -> Assessment | None:
        """The newest of the judgements that a recommendation's headline rests on; None where nobody has looked."""
        found = [p.latest for p in self.progress.pairs[record.id] if p.latest is not None]
        return max(found, key=lambda e: dates.last_day(e.date), default=None)

    def asked_through_groups(self, actor: Record) -> list[tuple[str, int]]:
        """(group, number of recommendations) of each group that was asked as a whole."""
        groups = sorted(self.corpus.groups(actor.id))
        found = [(g, len(self._asked_directly.get(g, ()))) for g in groups]
        return sorted((f for f in found if f[1]), key=lambda f: -f[1])

    @functools.cached_property
    def _asked_directly(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for r in self.corpus.recommendations.values():
            for actor in r.addressed_to:
                found[actor].append(r.id)
        return found

    def silent(self, actor: Record) -> list[str]:
        """What is known of an actor's silence and of judgements that grew old."""
        pairs = list(filter(self.progress.in_figures, self.pairs("actors", actor)))
        mute = len(pairs) - self.progress.replies(pairs)
        old = sum(map(self.overdue, pairs))
        late = sum(
            self.statuses[p.status].open and dates.last_day(deadline) < self.as_of
            for p in pairs if (deadline := due(p.recommendation, self.as_of))
        )
        t = self.words.t
        lines = []
        if mute:
            lines.append(t("No reply on record: {mute} of {count}.", mute=mute, count=len(pairs)))
        if old:
            lines.append(self.words.n(
                "Due for review, because open and last assessed more than {count} month ago: {old} of {assessed}.",
                "Due for review, because open and last assessed more than {count} months ago: {old} of {assessed}.",
                self.config.review_months, old=old, assessed=sum(p.assessed for p in pairs),
            ))  # fmt: skip
        if late:
            lines.append(t("Open after the deadline: {count}.", count=late))
        return lines

    def registers(self) -> list[tuple[str, str, str, int]]:
        """The collections that the home page names: (page, label, description, entries)."""
        found = []
        for name, spec in self.config.collections.items():
            records = self.corpus.collections[name].values()
            if not records:
                continue
            for key, chosen in spec.views.items():
                found.append((
                    f"views/{key}.md", chosen.label, chosen.description,
                    sum(map(chosen.shows, records)),
                ))
            if spec.home:
                found.append((f"{name}/index.md", spec.label, spec.description, len(records)))
        return found

    def prose(self, page: Prose) -> Markup:
        """A whole page of prose, its headings in Markdown."""
        return Markup(prose.made(page, self.tongue))  # noqa: S704 - cleaned by an allow-list

    def intro(self, page: Prose) -> Markup:
        return prose.intro(page, self.tongue)

    @staticmethod
    def field_guide() -> list[tuple[str, str]]:
        """(field, what it says) of a recommendation and its assessments."""
        found = []
        for prefix, kind in (("", Recommendation), ("assessments: ", Assessment), ("evidence: ", Evidence)):
            for name, text in fields.described(kind):
                found.append((prefix + name, text))
        return found

    # Time

    @functools.cache  # noqa: B019
    def age(self, date: str) -> str:
        """How long ago a judgement was true, in words."""
        days = dates.days_between(date, self.as_of)
        n = self.words.n
        if days < 60:
            return n("{count} day ago", "{count} days ago", max(days, 0))
        then = dates.last_day(date)
        years = int(self.as_of[:4]) - int(then[:4]) - (self.as_of[5:] < then[5:])
        if years < 2:
            return n("{count} month ago", "{count} months ago", days // 30)
        return n("{count} year ago", "{count} years ago", years)

    def overdue(self, pair: Pair) -> bool:
        """Whether an open pair was last looked at longer ago than the review period."""
        return overdue(pair, self.progress)

    @functools.cached_property
    def log(self) -> list[Change]:
        """Every dated judgement up to the day that the site speaks of, the newest first."""
        return changes.log(self.corpus, self.as_of)

    @functools.cached_property
    def since_last_event(self) -> Since | None:
        """What changed since the latest conference or meeting; None where there was none."""
        event = last_event(self.corpus, self.as_of)
        if event is None:
            return None
        day = event_day(event)
        return Since(event, day, Comparison(self.project.progress(day), self.progress))

    def coming_events(self) -> list[Record]:
        events = [
            e for e in self.corpus.events.values() if e.date and dates.last_day(e.date) >= self.as_of
        ]
        return sorted(events, key=lambda e: e.date)

    def log_of(self, record: Recommendation) -> list[Assessment]:
        """The whole log of a recommendation, the newest first."""
        return sorted(
            record.assessments, key=lambda e: (dates.last_day(e.date), e.actor), reverse=True
        )

    def corrected(self, record: Recommendation, entry: Assessment) -> bool:
        log = record.assessments
        place = next(i for i, e in enumerate(log) if e is entry)
        return corrected(entry, log[place + 1 :])

    @staticmethod
    def pending(entry: Assessment) -> bool:
        """Whether an entry counts already, but stands in the inbox still."""
        return is_pending(entry)

    # Records and their ties

    def sorted_records(self, collection: str) -> list[Record]:
        records = list(self.corpus.collections[collection].values())
        if collection == "actors":
            return sorted(records, key=lambda r: (-self.row("actors", r.id).pairs, self.said(r).casefold()))
        if hasattr(self.corpus.types[collection], "date") and collection != "guidance":
            return sorted(records, key=lambda r: (r.date or "9999", self.said(r).casefold()))
        return sorted(records, key=lambda r: self.said(r).casefold())

    def views(self, collection: str) -> dict[str, ViewSpec]:
        spec = self.config.collections.get(collection)
        return spec.views if spec else {}

    def backlinks(self, collection: str, record: Record) -> list[tuple[str, list[Link]]]:
        """Who names this record, by collection; recommendations are listed by `asks`."""
        asked = {r.id for r in self.asks(collection, record)}
        found: dict[str, dict[str, Link]] = defaultdict(dict)
        for link in self.corpus.backlinks.get((collection, record.id), []):
            if link.record.id in asked and link.collection == "recommendations":
                continue
            found[link.collection].setdefault(link.record.id, link)
        return [
            (name, sorted(found[name].values(), key=lambda link: self.said(link.record).casefold()))
            for name in self.corpus.types if name in found
        ]
