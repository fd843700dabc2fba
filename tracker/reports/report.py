"""The whole report as one neutral document, and the briefs beside it."""

from __future__ import annotations

from tracker.model import Event
from tracker.reports import annex, changed, data, followup, opening, questions, standing
from tracker.reports.brief import brief
from tracker.reports.document import Document, House, Run, Text
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request
from tracker.reports.words import Words

MOST_BRIEFS = 25


def report(
    p: Pieces, request: Request, house: House, made_from: str = "", *, programs: bool = True
) -> Document:
    """The report on the facts that ``p`` has; ``made_from`` names the state of the records.

    Without ``programs`` the tables are left out that only spreadsheets and programs get.
    """
    w, facts = p.w, p.facts
    sections = [
        opening.narrative(p, request.event),
        opening.about(p, request),
        opening.headline(p),
        changed.changes(p, request),
        standing.status(p),
        followup.again(p),
        followup.late(p),
        followup.contested(p),
        questions.questions(p),
        annex.recommendations(p),
        annex.evidence(p),
        annex.method(p, request, made_from),
    ]
    lines = [(w.t("As of"), [Run(w.date(request.as_of))])]
    if request.event is not None:
        lines.append((w.t("Made for"), _event(p, w, request.event)))
    if request.since:
        since = [Run(w.date(request.since))]
        if request.since_commit:
            since += [Run(" ("), p.id(request.since_commit), Run(")")]
        elif request.since_event is not None:
            since += [Run(" ("), p.name("events", request.since_event.id, full=True), Run(")")]
        lines.append((w.t("Compared with"), since))
    return Document(
        title=[Run(w.t("Status of recommendations"))],
        subtitle=[w.own(facts.config.name)],
        lang=request.language, rtl=w.rtl, date=request.as_of, facts=lines,
        sections=[s for s in sections if s is not None],
        words={
            "contents": w.t("Contents"), "id": w.t("Id"), "colon": w.t(": "),
            "about": w.t("What this report is"),
            "page": w.t("Page {page} of {pages}", page="{page}", pages="{pages}"),
        },
        data=data.tables(p) if programs else [], house=house,
    )  # fmt: skip


def _event(p: Pieces, w: Words, event: Event) -> Text:
    """An event with its day and place."""
    more: Text = [Run(w.date(event.date))] if event.date else []
    if event.place:
        more += [Run(w.t(", "))] * bool(more) + [w.record(event.place, event.lang)]
    name = p.name("events", event.id, full=True)
    return [name, Run(" ("), *more, Run(")")] if more else [name]


def briefs(p: Pieces, request: Request, document: Document) -> dict[str, Document]:
    """A page for each actor asked, the most asked first, by actor.

    All chosen actors; where none was chosen, the first ``MOST_BRIEFS``.
    """
    actors = list(p.facts.by_actor)
    if not request.actors:
        actors = actors[:MOST_BRIEFS]
    return {actor: brief(p, request, actor, document) for actor in actors}
