"""All tables of a tracker on a day, in the order in which they are listed."""

from __future__ import annotations

from tracker import changes
from tracker.export import figures, standing, ties, years
from tracker.export.collect import Collector
from tracker.export.table import Table
from tracker.lineage import Lineage
from tracker.progress import Progress


def all_tables(progress: Progress) -> list[Table]:
    """What is asked most for comes first; the dictionary, which describes the rest, last."""
    corpus = progress.corpus
    more = standing.of_recommendation(progress, Lineage(corpus))
    asked = Collector(corpus, "recommendations", more).collect()
    standing.add_standing(next(t for t in asked if t.name == "assessments"), progress)
    others = [t for name in corpus.collections if name != "recommendations"
              for t in Collector(corpus, name).collect()]  # fmt: skip
    found = [
        asked[0], standing.pairs(progress), *figures.figures(progress), years.by_year(progress),
        years.matrix(progress), *asked[1:], ties.relations(corpus),
        standing.changes(changes.log(corpus, progress.as_of), progress), *others, ties.records(corpus),
        ties.links(corpus), ties.citations(corpus),
        figures.statuses(corpus.config), figures.terms(corpus.config),
    ]  # fmt: skip
    _keep_apart(found, others)
    return [*found, figures.dictionary(found)]


def _keep_apart(found: list[Table], others: list[Table]) -> None:
    """`tracker.yml` may call a collection as one of our own tables is called."""
    taken = {table.name for table in found if all(table is not o for o in others)} | {"dictionary"}
    renamed = {}
    for table in others:
        if table.name in taken:
            name = table.name
            while name in taken:
                name += "_"
            renamed[table.name] = table.name = name
        taken.add(table.name)
    for table in others:
        for tie in table.ties:
            tie.table = renamed.get(tie.table, tie.table)
