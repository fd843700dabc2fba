"""The charts of the pages, in the words of the site: what the templates ask for by name.

Each is drawn from the figures that the tables beside it show, and says in words what it
shows. What a chart is for, and how it is drawn, stands in the module of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from tracker import dates
from tracker.lineage import Family
from tracker.model import Assessment, DeadlineChange, Recommendation
from tracker.site import family as family_graph
from tracker.site import lifeline
from tracker.site.cells import Cells
from tracker.site.cite import Cited, cite
from tracker.site.flow import Passage, flow, passages
from tracker.site.view import Since, View
from tracker.vocabulary import Status


class Moment(NamedTuple):
    """Something that happened to a recommendation. ``kind``: asked, due, moved or judged."""

    kind: str
    date: str
    entry: Assessment | None = None
    change: DeadlineChange | None = None


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
        view, t = self.view, self.words.t
        asked = self.asked_on(record)
        label = t(
            "The life of this ask, to scale: asked in {asked}, shown until {today}. "
            "The list of entries says the same in words.",
            asked=self.words.date(asked), today=self.words.date(view.as_of),
        )  # fmt: skip
        said = lifeline.Words(
            label, t("asked {date}", date=asked[:4]), t("due {date}", date=self.words.date(record.due or "")),
            t("was due"), t("now"),
        )  # fmt: skip
        return lifeline.lifeline(
            record, view.progress.pairs[record.id], asked, view.as_of, view.statuses,
            lambda actor: view.short("actors", actor), said, rtl=self.words.rtl,
        )  # fmt: skip

    # Asks that keep coming back

    def graph(self, cells: Cells, family: Family, here: str = "") -> Markup:
        """A family drawn; ``here`` is the recommendation whose page it stands on."""
        view = self.view
        asks = [
            family_graph.Ask(
                r.id, self.asked_on(r)[:4], view.said(r), self._said(r), view.progress.headline(r.id),
                "" if r.id == here else str(cells.link("recommendations", r.id)),
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

    # What moved

    def passages(self, since: Since) -> list[Passage]:
        return passages(since.comparison.moves, self.view.statuses)

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

    def cite(self, page: str, title: str) -> Cited:
        view = self.view
        return cite(self.words, view.config.name, view.config.site_url, view.edition, page, title)

    def used(self, record: Recommendation) -> dict[str, Status]:
        """The statuses that a recommendation's page shows, to be explained on it."""
        view = self.view
        keys = {p.status for p in view.progress.pairs[record.id]} | {e.status for e in record.assessments}
        keys.add(view.progress.headline(record.id))
        return {key: status for key, status in view.statuses.items() if key in keys}
