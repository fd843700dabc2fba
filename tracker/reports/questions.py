"""Questions to put to each actor, made from its open items by rule."""

from __future__ import annotations

from tracker import dates
from tracker.i18n import N_
from tracker.progress import Pair
from tracker.reports.document import Block, Bullets, Heading, Paragraph, Run, Section, Text
from tracker.reports.pieces import Pieces

_FIRST = {"overdue": 0, "reversed": 1, "stalled": 2, "contested": 3, "part": 4, "progress": 5,
          "none": 6, "unknown": 7}  # fmt: skip

LONG = 5  # so many years after a deadline nobody has a new date for it
_TEXTS = {
    "overdue": N_("{ask}: this was to be done by {due} and is open. What stands in the way, and what is "
                  "the new date?"),
    "overdue-long": N_("{ask}: this was to be done by {due} and is still open. Was it completed later? "
                       "If not, is it still intended?"),
    "overdue-unknown": N_("{ask}: this was to be done by {due}, and no assessment of it is on record. "
                          "Was it done, and what shows it?"),
    "reversed": N_("{ask}: this had begun or been in place, and was undone ({when}). Will it be taken up "
                   "again?"),
    "stalled": N_("{ask}: nothing has moved here since {when}. What would it take to go on?"),
    "contested": N_("{ask}: assessors disagree on how far this is. Which evidence would settle it?"),
    "part": N_("{ask}: part of this was in place by {when}. What remains to be done, and by when?"),
    "part-old": N_("{ask}: part of this was in place by {when}; nothing newer is on record. What has been "
                   "added since, and what remains to be done?"),
    "progress": N_("{ask}: this was planned or under way by {when}. What has been completed since, and "
                   "when will the rest be?"),
    "progress-old": N_("{ask}: this was planned or under way by {when}; nothing newer is on record. Has it "
                       "been completed? If not, where does it stand?"),
    "none": N_("{ask}: no action was found by {when}. Has anything been done, and where can it be read?"),
    "unknown": N_("{ask}: has anything been done, and what shows it?"),
}  # fmt: skip


def questions(p: Pieces, each: int = 3) -> Section:
    """Up to ``each`` questions for every actor with an open request."""
    w = p.w
    blocks: list[Block] = [Paragraph([Run(w.t(
        "Made from what is open: first what is late, undone or stalled, then what has begun, then what "
        "nobody has assessed. What was asked more often comes first."))])]  # fmt: skip
    for kind, actors in _by_type(p).items():
        blocks.append(Heading(f"questions-{kind}", [Run(p.label("actor_type", kind) or w.t("Other"))]))
        for actor, ranked in actors:
            blocks.append(Heading(f"questions-{actor}", [p.name("actors", actor, full=True)], 3))
            blocks.append(Bullets([question(p, pair) for pair in ranked[:each]], ordered=True))
            if len(ranked) > each:
                blocks.append(Paragraph([Run(w.n(
                    "{count} more request to this actor is open; see the annex.",
                    "{count} more requests to this actor are open; see the annex.", len(ranked) - each,
                ))], "quiet"))  # fmt: skip
    return Section("questions", w.t("Questions to put to each actor"), blocks, fresh=True)


def _by_type(p: Pieces) -> dict[str, list[tuple[str, list[Pair]]]]:
    """The actors with open requests by their type, each with what to ask about."""
    types = p.config.vocabulary.actor_type
    last = list(types)[-1] if types else ""
    found: dict[str, list[tuple[str, list[Pair]]]] = {key: [] for key in types}
    for actor, pairs in p.facts.by_actor.items():
        if ranked := ranking(p, pairs):
            record = p.corpus.find("actors", actor)
            kind = getattr(record, "type", None)
            found.setdefault(kind if kind in types else last, []).append((actor, ranked))
    return {kind: actors for kind, actors in found.items() if actors}


def _sort(p: Pieces, pair: Pair) -> str:
    """What sort of question an open pair calls for."""
    f = p.facts
    due = f.deadline(pair.recommendation)
    if f.is_open(pair) and due and dates.last_day(due) < f.as_of:
        return "overdue"
    if pair.status in ("reversed", "stalled"):
        return pair.status
    if pair.contested:
        return "contested"
    group = f.group(pair.status)
    if group == "progress":
        return "part" if (p.statuses[pair.status].score or 0) >= 2 else "progress"
    return group


def _kind(p: Pieces, pair: Pair) -> str:
    """The sort, and what one can ask in earnest: not for a new date after ten years."""
    sort = _sort(p, pair)
    if sort == "overdue":
        if p.facts.group(pair.status) == "unknown":
            return "overdue-unknown"
        due = dates.last_day(p.facts.deadline(pair.recommendation))
        return "overdue-long" if int(p.facts.as_of[:4]) - int(due[:4]) >= LONG else sort
    return f"{sort}-old" if f"{sort}-old" in _TEXTS and p.facts.is_old(pair) else sort


def ranking(p: Pieces, pairs: list[Pair]) -> list[Pair]:
    """The pairs that call for a question, open or contested, the most pressing first."""
    f = p.facts
    found = [
        pair
        for pair in pairs
        if pair.contested
        or (f.is_open(pair) and p.statuses[pair.status].counted and not p.statuses[pair.status].done)
    ]
    return sorted(found, key=lambda pair: (
        _FIRST[_sort(p, pair)], -f.times_asked.get(pair.recommendation.id, (1, ""))[0],
        pair.recommendation.kind != "formal",
    ))  # fmt: skip


def question(p: Pieces, pair: Pair, most: int = 0) -> Text:
    """One question, with the title of the ask in its own language."""
    w, r = p.w, pair.recommendation
    ask = p.ask(r, most, bold=True)
    when = w.date(pair.latest.date) if pair.latest else ""
    due = p.facts.deadline(r)
    text = w.runs(_TEXTS[_kind(p, pair)], ask=ask, when=when, due=w.date(due))
    times, since = p.facts.times_asked.get(r.id, (1, ""))
    if times > 1 and since:
        text += [Run(" "), Run(w.n("Asked in {count} document since {since}.", "Asked in {count} "
                                                                               "documents since {since}.",
                                   times, since=since), italic=True)]  # fmt: skip
    return [*text, Run(" "), p.id(f"[{r.id}]")]
