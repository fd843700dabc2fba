"""The charts of the pages, in the words of the site: what the templates ask for by name.

Each is drawn from the figures that the tables beside it show, and says in words what it
shows. What a chart is for, and how it is drawn, stands in the module of its own.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup

from tracker import dates
from tracker.course import DIMENSIONS, GROUPS, Course, Point, group
from tracker.lineage import Family
from tracker.model import Assessment, DeadlineChange, Recommendation
from tracker.progress import Pair, Row
from tracker.reports import palette
from tracker.site import family as family_graph
from tracker.site import lifeline
from tracker.site.cards import card_of
from tracker.site.cells import Cells
from tracker.site.charts import swatch
from tracker.site.cite import Cited, address, cite
from tracker.site.flow import Passage, flow, passages
from tracker.site.overtime import COLOURS, OverTime
from tracker.site.view import Since, View
from tracker.vocabulary import Status

_ENOUGH = 5  # assessed pairs: below that a chart over the years shows next to nothing
_ISOLATED = "\u2068{}\u2069".format
_MOST_CHARTS = 40  # of them, because each that is new takes some hundredths of a second


class Moment(NamedTuple):
    """Something that happened to a recommendation. ``kind``: asked, due, moved or judged."""

    kind: str
    date: str
    entry: Assessment | None = None
    change: DeadlineChange | None = None


class Group(NamedTuple):
    """A line of a legend: a name, and its colour and texture."""

    label: str
    swatch: Markup


class Matrix(NamedTuple):
    """Actors by themes; ``cells`` by (actor, theme), where anything was asked."""

    actors: list[Row]
    themes: list[Row]
    cells: dict[tuple[str, str], Row]


class Pictures:
    """The charts of one site in one language."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.words = view.words

    # One recommendation

    def asked_on(self, record: Recommendation) -> str:
        """The date of its document, or "" where that is not known."""
        date = getattr(self.view.corpus.find("sources", record.source), "date", None)
        return date if date and dates.problem(date) is None else ""

    def headline(self, record: Recommendation) -> str:
        """The key of the one status that a recommendation shows."""
        return self.view.progress.headline(record.id)

    @staticmethod
    def place(record: Recommendation, entry: Assessment) -> int:
        """The place of an entry in its log, from 1 on: how links on the page name it."""
        return next(i for i, e in enumerate(record.assessments, 1) if e is entry)

    def moments(self, record: Recommendation) -> list[Moment]:
        """All that is on record of it, the newest first."""
        found = [Moment("judged", e.date, entry=e) for e in self.view.log_of(record)]
        found += [Moment("moved", c.on, change=c) for c in reversed(record.deadline_changes)]
        if record.deadline:
            found.append(Moment("due", record.due or record.deadline))
        if asked := self.asked_on(record):
            found.append(Moment("asked", asked))
        order = {"due": 3, "judged": 2, "moved": 1, "asked": 0}
        return sorted(found, key=lambda m: (dates.last_day(m.date), order[m.kind]), reverse=True)

    def life(self, record: Recommendation) -> Markup:
        """Its life to scale; empty where nothing was judged and nothing is due."""
        view, asked = self.view, self.asked_on(record)
        return lifeline.lifeline(
            record, view.progress.pairs[record.id], asked, view.as_of, view.statuses,
            self._short, self._said_of_life(asked, record.due or ""), rtl=self.words.rtl,
        )  # fmt: skip

    def _short(self, actor: str) -> tuple[str, str]:
        """An actor's short name, and its language where that is not the page's."""
        view, record = self.view, self.view.corpus.find("actors", actor)
        field = "short" if getattr(record, "short", "") else "title"
        return view.short("actors", actor), view.lang_of(record, field) if record else ""

    def life_legend(self, record: Recommendation) -> list[Group]:
        """What the colours of that mean, in the order of the words."""
        there = {e.status for e in record.assessments if dates.last_day(e.date) <= self.view.as_of}
        return [Group(status.label, swatch(palette.of_status(key, status)))
                for key, status in self.view.statuses.items() if key in there]  # fmt: skip

    @functools.cache  # noqa: B019 - lives as long as the program
    def _said_of_life(self, asked: str, due: str) -> lifeline.Words:
        t, date = self.words.t, self.words.date
        label = t(
            "The life of this ask, to scale: asked in {asked}, shown until {today}. "
            "The list of entries says the same in words.",
            asked=date(asked), today=date(self.view.as_of),
        )  # fmt: skip
        return lifeline.Words(
            label, t("asked {date}", date=asked[:4]), t("due {date}", date=date(due)), t("was due"), t("now")
        )

    # Asks that keep coming back

    def graph(self, cells: Cells, family: Family, here: str = "") -> Markup:
        """A family drawn; ``here`` is the recommendation whose page it stands on."""
        view = self.view
        asks = [
            family_graph.Ask(
                r.id, self.asked_on(r)[:4], view.said(r), self._said(r), view.progress.headline(r.id),
                "" if r.id == here else str(cells.link("recommendations", r.id)), view.lang_of(r),
                [found.id for name in r.related("repeats")
                 if (found := view.corpus.find("recommendations", name)) is not None],
            )
            for r in family.members
        ]  # fmt: skip
        label = self.words.n(
            "Who asked the same when: {count} ask, the oldest first, with lines to the later ones that repeat it.",
            "Who asked the same when: {count} asks, the oldest first, with lines to the later ones that repeat them.",
            len(asks),
        )
        return family_graph.graph(family, asks, view.statuses, label, rtl=self.words.rtl)

    def _said(self, record: Recommendation) -> str:
        """In which document, and what came of it: “Madrid 2011 · Partly implemented”."""
        view = self.view
        return f"{view.short('sources', record.source)} · {view.headline(record).label}"

    # Over the years

    @functools.cached_property
    def course(self) -> Course:
        return Course(self.view.progress)

    @functools.cached_property
    def _drawn(self) -> OverTime:
        return OverTime(self.view.project.root, rtl=self.words.rtl)

    @functools.cached_property
    def _worth(self) -> set[tuple[str, str]]:
        """Of which documents, actors and themes a chart over the years is drawn: those best known."""
        progress = self.view.progress
        found = [(row.assessed, name, row.key) for name in DIMENSIONS for row in progress.by(name)]
        return {(n, key) for count, n, key in sorted(found, reverse=True)[:_MOST_CHARTS] if count >= _ENOUGH}

    def years(self, dimension: str = "", key: str = "") -> list[Point]:
        """The points of a chart over the years; none where there is too little to show."""
        points = self.course.of(dimension, key) if not dimension or (dimension, key) in self._worth else []
        return points if len(points) > 1 and any(p.assessed for p in points) else []

    def over_time(self, points: list[Point]) -> Markup:
        groups = self.groups()
        last = points[-1]
        told = self.words.listed([f"{groups[g].label} {self.words.number(last.groups[g])}" for g in GROUPS])
        return self._drawn.draw(points, self.words.t(
            "What was asked, at the end of each year from {first} on. Now: {told}. The table says the same in numbers.",
            first=points[0].day[:4], told=told,
        ))  # fmt: skip

    def groups(self) -> dict[str, Group]:
        """What the columns of such a chart are made of, from the bottom up."""
        t = self.words.t
        labels = {"done": t("Done"), "progress": t("Some progress"), "none": t("No progress, or undone"),
                  "unknown": t("Not assessed")}  # fmt: skip
        return {name: Group(labels[name], swatch(COLOURS[name])) for name in GROUPS}

    def statuses_by_group(self) -> dict[str, list[str]]:
        """The labels of the statuses in each group."""
        found: dict[str, list[str]] = {name: [] for name in GROUPS}
        for key, status in self.view.statuses.items():
            if status.counted:
                found[group(key, status)].append(status.label)
        return found

    def grouped(self, row: Row) -> dict[str, int]:
        """The pairs of a row by group."""
        found = dict.fromkeys(GROUPS, 0)
        for key, count in row.by_status.items():
            found[group(key, self.view.statuses[key])] += count
        return found

    @staticmethod
    def dimension(collection: str) -> str:
        return {"sources": "source", "actors": "actor", "themes": "theme"}.get(collection, "event")

    @staticmethod
    def moved_first(pairs: list[Pair]) -> list[Pair]:
        """The latest judgement comes first; what nobody has looked at comes last."""
        return sorted(pairs, key=lambda p: dates.last_day(p.latest.date) if p.latest else "", reverse=True)

    def asked_since(self, pairs: list[Pair]) -> tuple[int, str]:
        """(documents, year of the first) that ask for a list of pairs."""
        sources = {p.recommendation.source: self.asked_on(p.recommendation) for p in pairs}
        return len(sources), min((date[:4] for date in sources.values() if date), default="")

    # Actors and themes

    def matrix(self, most: int = 0) -> Matrix:
        """The actors and themes asked most, or all; and the counts where they meet."""
        progress = self.view.progress
        actors, themes = progress.by("actor"), progress.by("theme")
        if most:
            actors, themes = actors[: most + most // 2], themes[:most]
        return Matrix(actors, themes, self._crossed)

    @functools.cached_property
    def _crossed(self) -> dict[tuple[str, str], Row]:
        return self.view.progress.crossed("actor", "theme")

    def heat(self, row: Row) -> str:
        """How a cell is shaded: by the share of the assessed that moved; apart where nobody looked.

        The darkest is kept for cells in which all of them did.
        """
        if not row.assessed:
            return "rt-heat-unknown"
        moved = self.view.progress.moved(row)
        return f"rt-heat-{4 if moved == row.assessed else min(3, -(-4 * moved // row.assessed))}"

    # What moved

    def passages(self, since: Since) -> list[Passage]:
        return passages(since.comparison.moves, self.view.statuses)

    @staticmethod
    def moved_count(found: list[Passage]) -> int:
        return sum(p.count for p in found)

    def flow(self, since: Since) -> Markup:
        """From which status to which pairs went since an event."""
        view, t = self.view, self.words.t
        found = self.passages(since)
        label = t(
            "From which status to which, between {then} and {now}. The table says the same in numbers.",
            then=self.words.date(since.day), now=self.words.date(view.as_of),
        )  # fmt: skip
        heads = (self.words.date(since.day[:4]), self.words.date(view.as_of[:4]))
        return flow(found, view.statuses, heads, label, self.words.number, rtl=self.words.rtl)

    # The words of a page

    def card(self, page: str) -> str:
        """The path of a page's preview card; empty where there is none."""
        return card_of(self.view, page)

    def cite(self, page: str, title: str) -> Cited:
        view = self.view
        return cite(self.words, self.words.term(view.config.name, "tracker"), self._base, view.edition, page, title)

    @property
    def _base(self) -> str:
        """Where the pages of the language begin; "" where the site does not know its address."""
        site_url = self.view.config.site_url
        return site_url and f"{site_url.rstrip('/')}/{self.view.tongue.folder}"

    def credit(self, page: str = "") -> str:
        """The last line of a chart that is taken out of its page: tracker, day, commit, address.

        For the page at a path what is in Latin letters keeps to itself, where the line runs from
        right to left.
        """
        own = _ISOLATED if page and self.words.rtl else str
        where = address(self._base, page) if page else self.view.config.site_url
        state = self._state(own)
        return f"{state}. {own(where)}" if where else state

    @functools.cache  # noqa: B019
    def _state(self, own: Callable[[str], str]) -> str:
        view, words = self.view, self.words
        said = words.t("{tracker}, data as of {day}", tracker=own(words.term(view.config.name, "tracker")), day=words.date(view.as_of))
        if view.edition.commit:
            said = words.t("{said}, commit {commit}", said=said, commit=own(view.edition.commit.short))
        return said

    def used(self, record: Recommendation) -> dict[str, Status]:
        """The statuses that a recommendation's page shows, to be explained on it."""
        view = self.view
        keys = {p.status for p in view.progress.pairs[record.id]} | {e.status for e in record.assessments}
        keys.add(view.progress.headline(record.id))
        return {key: status for key, status in view.statuses.items() if key in keys}
