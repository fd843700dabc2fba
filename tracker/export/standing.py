"""What is true of a recommendation on the day: columns and tables that no record holds."""

from __future__ import annotations

from tracker import dates
from tracker.changes import Change
from tracker.export.table import DATE, Field, Table, Tie
from tracker.export.text import cleaned
from tracker.freshness import due as deadline
from tracker.freshness import review_due
from tracker.lineage import Lineage
from tracker.model import Recommendation, is_pending
from tracker.progress import Pair, Progress, corrected

STANDING = {
    "counted": "the judgement that the pair shows",
    "beside": "the latest judgement of another assessor",
    "earlier": "an older one of the same assessor",
    "corrected": "a later entry replaces it",
    "reply": "it says what the actor answered, not what it did",
    "later": "dated after the day of this data",
}


def of_recommendation(progress: Progress, lineage: Lineage) -> list:
    """The columns that the table of recommendations has besides what a record says."""
    def times(record: Recommendation) -> int:
        family = lineage.family(record.id)
        return family.times if family else 1

    def now(record: Recommendation) -> str | None:
        return deadline(record, progress.as_of)

    def day(record: Recommendation) -> str | None:
        found = now(record)
        return dates.last_day(found) if found else None

    return [
        (Field(name="headline", values=list(progress.statuses), required=True,
               description="One status over all actors asked, by the rule on the site's method page."),
         lambda r: progress.headline(r.id)),
        (Field(name="repetition", type="boolean", required=True,
               description="True where another entry of the same document asks for it: shown, counted once."),
         lambda r: r.is_repetition),
        (Field(name="documents", type="integer", required=True,
               description="How many documents of the tracker have asked for it."), times),
        (Field(name="deadline_now", pattern=DATE,
               description="The deadline after the changes announced by the day of this data."), now),
        (Field(name="deadline_now_day", type="date",
               description="The last day that “deadline_now” can stand for."), day),
    ]  # fmt: skip


def entry_ids(progress: Progress) -> dict[int, str]:
    """The id of the row of each assessment, by the object's identity."""
    return {
        id(entry): f"{record.id}/assessments/{n}"
        for record in progress.corpus.recommendations.values()
        for n, entry in enumerate(record.assessments, 1)
    }


def add_standing(assessments: Table, progress: Progress) -> None:
    """Adds to the table of assessments how each entry stands on the day."""
    shown = {id(v): "counted" if v is pair.latest else "beside"
             for pairs in progress.pairs.values() for pair in pairs for v in pair.verdicts}  # fmt: skip
    assessments.fields.append(Field(
        name="standing", values=list(STANDING), required=True,
        description="How the entry stands: " + "; ".join(f"{k}: {v}" for k, v in STANDING.items()) + ".",
    ))  # fmt: skip
    assessments.fields.append(Field(
        name="inbox", type="boolean", required=True,
        description="True where the entry waits in the inbox, to be folded into its record. It counts already.",
    ))  # fmt: skip
    rows = iter(assessments.rows)
    for record in progress.corpus.recommendations.values():
        known = [e for e in record.assessments if dates.last_day(e.date) <= progress.as_of]
        gone = {id(e) for n, e in enumerate(known, 1) if corrected(e, known[n:])}
        for entry in record.assessments:
            if dates.last_day(entry.date) > progress.as_of:
                word = "later"
            elif id(entry) in shown:
                word = shown[id(entry)]
            elif id(entry) in gone:
                word = "corrected"
            else:
                word = "earlier" if entry.status else "reply"
            next(rows).extend([word, is_pending(entry)])


def pairs(progress: Progress) -> Table:
    """One row for each recommendation and actor asked: what the published figures count."""
    ids = entry_ids(progress)
    return Table(
        name="pairs", title="Status of each actor", key=("recommendation", "actor"),
        description="One row for each recommendation and each actor that it asks, with the status on the day "
        "of this data. The published figures count the rows in which “counted” is true; “left_out” says why "
        "others are not. A member of a group that was asked has a row of its own once it was assessed.",
        fields=[
            Field(name="recommendation", description="The recommendation.", required=True),
            Field(name="actor", description="Who was asked.", required=True),
            Field(name="group", description="The group that was asked, where the actor is a member of it."),
            Field(name="inferred", type="boolean", required=True,
                  description="True where the text only implies that the actor is asked."),
            Field(name="status", values=list(progress.statuses), required=True,
                  description="How far the actor got: see the table statuses."),
            Field(name="response", required=True,
                  values=list(progress.corpus.config.vocabulary.response),
                  description="What the actor said to it; “none” means that no reply is on record."),
            Field(name="contested", type="boolean", required=True,
                  description="True where assessors' latest judgements differ."),
            Field(name="counted", type="boolean", required=True,
                  description="Whether the published figures count it."),
            Field(name="left_out", values=["repetition", "status", "later"],
                  description="Why it is not counted: the recommendation repeats one of the same document, "
                  "the status is left out of every denominator, or the document was written later."),
            Field(name="assessment", description="The judgement that the status rests on."),
            Field(name="assessor", description="Who made that judgement."),
            Field(name="date", pattern=DATE, description="When it was so in the world."),
            Field(name="date_day", type="date", description="The last day that “date” can stand for."),
            Field(name="days", type="integer", description="Days from then to the day of this data."),
            Field(name="review_due", type="date",
                  description="The day by which it should be looked at again."),
            Field(name="review_overdue", type="boolean", required=True,
                  description="Whether that day has passed."),
            Field(name="deadline_passed", type="boolean", required=True,
                  description="Whether the deadline has passed while the status is open."),
        ],
        rows=[_pair(progress, pair, ids) for found in progress.pairs.values() for pair in found],
        ties=[
            Tie(("recommendation",), "recommendations"), Tie(("actor",), "actors"),
            Tie(("group",), "actors"), Tie(("assessor",), "actors"),
            Tie(("status",), "statuses", ("key",)), Tie(("assessment",), "assessments"),
        ],
    )  # fmt: skip


def _pair(progress: Progress, pair: Pair, ids: dict[int, str]) -> list:
    corpus, as_of, status = progress.corpus, progress.as_of, progress.statuses[pair.status]
    asked, latest = pair.recommendation, pair.latest
    why = "repetition" if asked.is_repetition else None if status.counted else "status"
    if asked.id not in progress.asked:
        why = "later"
    limit = deadline(asked, as_of)
    due = review_due(latest.date, corpus.config.review_months) if latest else None
    judged = [None] * 5
    if latest:
        by = corpus.find("actors", latest.by)
        judged = [
            ids[id(latest)], by.id if by else latest.by, latest.date, dates.last_day(latest.date),
            dates.days_between(latest.date, as_of),
        ]  # fmt: skip
    return [
        asked.id, pair.actor, pair.group, pair.actor in asked.inferred_addressees, pair.status, pair.response,
        pair.contested, why is None, why, *judged, due, due is not None and due < as_of,
        bool(limit and status.open and dates.last_day(limit) < as_of),
    ]  # fmt: skip


def changes(log: list[Change], progress: Progress) -> Table:
    """The dated judgements in their order, each beside the one before it."""
    ids = entry_ids(progress)
    words = list(progress.corpus.config.vocabulary.status)

    def actor(name: str) -> str:
        found = progress.corpus.find("actors", name)
        return found.id if found else name

    return Table(
        name="changes", title="What moved", key=("assessment",),
        description="One row for each dated judgement up to the day of this data, the newest first.",
        fields=[
            Field(name="assessment", description="The entry of the log.", required=True),
            Field(name="date", pattern=DATE, description="When it was so in the world.", required=True),
            Field(name="date_day", type="date", required=True,
                  description="The last day that “date” can stand for."),
            Field(name="recommendation", description="The recommendation.", required=True),
            Field(name="title", description="Its title.", required=True),
            Field(name="actor", description="Who was asked.", required=True),
            Field(name="assessor", description="Who judged.", required=True),
            Field(name="before", values=words, description="The same assessor's status until then."),
            Field(name="status", values=words, description="The status from then on."),
            Field(name="direction", required=True,
                  description="new, up, down, same; reply: it says what the actor answered."),
        ],
        rows=[
            [ids[id(c.entry)], c.entry.date, dates.last_day(c.entry.date), c.recommendation.id,
             cleaned(c.recommendation.title), actor(c.entry.actor), actor(c.entry.by), c.before,
             c.entry.status, c.direction]
            for c in log
        ],
        ties=[Tie(("assessment",), "assessments"), Tie(("recommendation",), "recommendations"),
              Tie(("actor",), "actors"), Tie(("assessor",), "actors")],
    )  # fmt: skip
