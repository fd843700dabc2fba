"""3xx: do the records fit together?"""

from __future__ import annotations

from collections.abc import Iterator

from tracker import dates
from tracker.findings import Severity
from tracker.model import is_pending
from tracker.rules import across, corpus_rule
from tracker.rules.records import equal_entries, judgements, missing_corrected
from tracker.suggest import did_you_mean, listed

_SINGULAR = {"actors": "actor", "themes": "theme", "sources": "source", "events": "event",
             "recommendations": "recommendation"}  # fmt: skip


@corpus_rule("T301", "unknown-reference", Severity.ERROR)
def unknown_reference(corpus) -> Iterator[tuple]:
    """A record names another that does not exist.

    Every actor, theme, source and event has a page of its own below `docs/`; a name
    without a page is a spelling mistake, or the page is still missing.

    **Instead:** correct the name, or add the page: for an actor `docs/actors/<id>.md` with
    at least a `title`.
    """
    for record, value in corpus.dangling():
        collection, name = value.argument, value.value
        if name in corpus.aliases[collection]:
            continue
        kind = _SINGULAR.get(collection, f"entry in “{collection}”")
        page = (
            f"Or add the page docs/{collection}/{name}.md."
            if collection != "recommendations" else "Look it up in the table of recommendations."
        )
        yield record, unknown_reference.problem(
            value.where, f"there is no {kind} “{name}”",
            f"{did_you_mean(name, corpus.ids[collection])} {page}".strip(),
        )


@corpus_rule("T302", "renamed-reference", Severity.WARNING)
def renamed_reference(corpus) -> Iterator[tuple]:
    """A record uses an id that another record had before it was renamed.

    The old id still leads to the right page, but tables list the record by its new one.

    **Instead:** write the new id.
    """
    for record, value in corpus.dangling():
        if (new := corpus.aliases[value.argument].get(value.value)) is not None:
            yield record, renamed_reference.problem(
                value.where, f"“{value.value}” is now called “{new}”", f"Write {new}."
            )


@corpus_rule("T303", "not-addressed", Severity.ERROR)
def not_addressed(corpus) -> Iterator[tuple]:
    """An assessment names an actor that was not asked.

    Progress is counted against what was asked of whom. An assessment may name an
    addressee, or a member of a group that is one (`member_of` or `parent` on the actor's
    page).

    **Instead:** correct the actor, add it to `addressed_to` if the text asks it, or add
    `member_of` to its page if it belongs to the group that was asked.
    """
    for record in corpus.recommendations.values():
        if record.path in corpus.misread:  # the addressees may be what was lost
            continue
        for index, entry in enumerate(record.assessments):
            if entry.actor in record.addressed_to or entry.actor not in corpus.ids["actors"]:
                continue
            if corpus.group_of(entry.actor, record.addressed_to) is None:
                yield record, not_addressed.problem(
                    ("assessments", index, "actor"),
                    f"“{entry.actor}” was not asked, and belongs to none of those who were",
                    f"Asked: {listed(record.addressed_to) or 'nobody'}.",
                )


@corpus_rule("T304", "relation-cycle", Severity.ERROR)
def relation_cycle(corpus) -> Iterator[tuple]:
    """Relations lead back to where they began.

    A recommendation can't repeat one that repeats it: the earlier one is the first.

    **Instead:** keep the relation on the later recommendation only.
    """
    yield from _cycles(
        corpus.recommendations,
        lambda r: {rel.target: ("relations", i) for i, rel in enumerate(r.relations) if rel.target},
        relation_cycle, "relations lead in a circle",
        "Keep the relation on the later recommendation only.",
    )


@corpus_rule("T305", "parent-cycle", Severity.ERROR)
def parent_cycle(corpus) -> Iterator[tuple]:
    """An actor is part of itself.

    Following `parent` or `member_of` from this actor leads back to it, so no table could
    say which is the group.

    **Instead:** remove one of the links.
    """
    yield from _cycles(
        corpus.actors,
        lambda a: {g: ("member_of", i) for i, g in enumerate(a.member_of)}
        | ({a.parent: ("parent",)} if a.parent else {}),
        parent_cycle, "parent and member_of lead in a circle", "Remove one of the links.",
    )


@corpus_rule("T306", "duplicate-id", Severity.ERROR)
def duplicate_id(corpus) -> Iterator[tuple]:
    """Two files have the same name.

    The name is the id, and recommendations of all sources share one set of ids: two
    records would claim one address.

    **Instead:** rename the newer file.
    """
    for first, second in corpus.duplicates:
        yield second, duplicate_id.problem(
            (), f"the id “{second.id}” is taken by {first.path}", "Rename this file."
        )


@corpus_rule("T307", "alias-clash", Severity.ERROR)
def alias_clash(corpus) -> Iterator[tuple]:
    """An alias is the id or the alias of another record.

    Old addresses lead to the record that has them as an alias; one address can't lead to
    two places, and an id is never used again.

    **Instead:** delete the alias where it does not belong.
    """
    for record, index, other in corpus.alias_clashes:
        yield record, alias_clash.problem(
            ("aliases", index), f"“{record.aliases[index]}” belongs to {other.path}", "Delete this alias."
        )


@corpus_rule("T308", "future-date", Severity.ERROR)
def future_date(corpus) -> Iterator[tuple]:
    """An assessment is dated in the future.

    Nobody can know today what will have been so. A bare year or month stands for its
    end, so the current year is in the future until it is over.

    **Wrong** (in June 2026): `date: 2026`

    **Right:** `date: 2026-05`
    """
    today = corpus.today
    for record in (*corpus.recommendations.values(), *corpus.unplaced):
        for where, entry in judgements(record):
            day = entry.date
            if day <= today and len(day) == 10:
                continue  # a full date in the past, as nearly all are
            if dates.problem(entry.date) is None and dates.last_day(entry.date) > corpus.today:
                hint = "Write the date on which it was so."
                if len(entry.date) < 10 and dates.first_day(entry.date) <= corpus.today:
                    hint = f"{entry.date} is not over; write the month or the day."
                yield record, future_date.problem(
                    (*where, "date"), f"{entry.date} is in the future", hint
                )


@corpus_rule("T309", "unused-page", Severity.WARNING)
def unused_page(corpus) -> Iterator[tuple]:
    """An actor's or theme's page is named by nothing.

    Its page will be empty. Most often the record that should name it spells it
    differently.

    **Instead:** name it where it belongs, or delete the page if it was never published.
    """
    if not corpus.complete:  # a record that can't be read may be the one that names it
        return
    for collection in ("actors", "themes"):
        for record in corpus.unused(collection):
            yield record, unused_page.problem(
                (), f"no other record names the {_SINGULAR[collection]} “{record.id}”",
                "Name it in a record, or delete the page.",
            )


@corpus_rule("T310", "same-as-elsewhere", Severity.ERROR)
def same_as_elsewhere(corpus) -> Iterator[tuple]:
    """`same_as` ties recommendations of two documents.

    `same_as` marks a repetition inside one document, which is counted once. The same ask
    in a later document is a new ask: that is `repeats`.

    **Instead:** write `repeats` on the later recommendation.
    """
    for record in corpus.recommendations.values():
        for index, relation in enumerate(record.relations):
            other = corpus.recommendations.get(relation.same_as or "")
            if other is not None and other.source != record.source:
                yield record, same_as_elsewhere.problem(
                    ("relations", index, "same_as"), f"“{other.id}” stands in another document",
                    f"Write repeats: {other.id}.",
                )


@corpus_rule("T311", "equal-titles", Severity.WARNING)
def equal_titles(corpus) -> Iterator[tuple]:
    """Two recommendations have the same title.

    In a table nobody could tell them apart.

    **Instead:** say in the title what sets this one apart, or tie it to the other with
    `same_as` if the document only repeats itself.
    """
    seen: dict[str, str] = {}
    for record in corpus.recommendations.values():
        if record.is_repetition or not record.title.strip():
            continue
        first = seen.setdefault(record.title.casefold(), record.id)
        if first != record.id:
            yield record, equal_titles.problem(
                ("title",), f"“{first}” has the same title", "Say what sets this one apart."
            )


@corpus_rule("T312", "wrong-folder", Severity.WARNING)
def wrong_folder(corpus) -> Iterator[tuple]:
    """A recommendation lies in the folder of another source.

    Reviewers and code owners go by folders.

    **Instead:** move the file to `recommendations/<source>/`.
    """
    for record in corpus.recommendations.values():
        folder = record.path.split("/")[1:-1]
        known = corpus.ids["sources"]
        if folder and folder[-1] in known and record.source in known and folder[-1] != record.source:
            yield record, wrong_folder.problem(
                ("source",), f"it lies in the folder of “{folder[-1]}”, but its source is “{record.source}”",
                f"Move it to recommendations/{record.source}/, or correct the source.",
            )


@corpus_rule("T313", "collected-already", Severity.WARNING)
def collected_already(corpus) -> Iterator[tuple]:
    """An assessment in the inbox stands in its record already.

    It was folded in, and the file in the inbox stayed, perhaps because the command was
    stopped. It is counted once.

    **Instead:** run `tracker collect`, which only takes the file away; or delete it.
    """
    for proposal in corpus.collected:
        yield proposal, collected_already.problem(
            (), f"“{proposal.recommendation}” has this entry already", "Run tracker collect, or delete the file."
        )


@corpus_rule("T317", "known-as-twice", Severity.ERROR)
def known_as_twice(corpus) -> Iterator[tuple]:
    """Two recommendations say that they are the same row of somebody's table.

    `known_as` is how `tracker import` finds the record of a row again. With two of them it
    can't tell which one to bring up to date. Mostly a file was copied to begin a new one, and
    this line came along.

    **Instead:** leave the id in the record that the row is about, and take it out of the other.
    Where a row became several recommendations, one of them keeps it, and `relations` ties the
    others to it (`split_from`).
    """
    for (table, id), (first, *others) in corpus.known_as().items():
        for record in others:
            index = next(n for n, said in enumerate(record.known_as) if (said.table, said.id) == (table, id))
            yield record, known_as_twice.problem(
                ("known_as", index), f"“{first.id}” is row “{id}” of the table “{table}” too",
                "Take it out of the record that the row is not about.",
            )


@across
def entries_of_the_inbox(corpus) -> Iterator[tuple]:
    """T212 and T213 for logs that have entries in the inbox."""
    if not corpus.proposals:
        return
    for record in corpus.recommendations.values():
        if not record.assessments or not is_pending(record.assessments[-1]):
            continue  # what waits stands at the end
        for problem in (*equal_entries(record.assessments), *missing_corrected(record.assessments)):
            if is_pending(record.assessments[problem.where[1]]):  # the record's own are known already
                yield record, problem


def _cycles(records: dict, links, rule, message: str, hint: str) -> Iterator[tuple]:
    """One problem for each circle that links make, on the record where it is first met."""
    done: set[str] = set()
    for start in records:
        if not links(records[start]):
            continue
        path: list[str] = []
        stack = [(start, 0)]
        while stack:
            name, depth = stack.pop()
            del path[depth:]
            if name in path:
                circle = path[path.index(name) :]
                if not done.issuperset(circle):
                    done.update(circle)
                    record = records[path[-1]]
                    yield record, rule.problem(
                        links(record)[name], f"{message}: {' → '.join([*circle, name])}", hint
                    )
                continue
            if name in done or name not in records:
                continue
            path.append(name)
            targets = links(records[name])
            if targets:
                stack += [(target, depth + 1) for target in targets]
            else:
                done.add(name)
        done.update(path)
