"""The counts over the years are those of the tables on each of the days."""

from __future__ import annotations

import pytest

from tracker.course import DIMENSIONS, GROUPS, Course, group
from tracker.progress import Progress, Row

RECORDS = {
    "a": """[au, rigos]
assessments:
  - {actor: au, date: 2011, status: planned, by: watch}
  - {actor: au, date: 2012-06, status: implemented, by: watch}
  - {actor: eu, date: 2013-01-01, status: no-evidence, by: watch}
  - {actor: au, date: 2014-02-03, status: overtaken, by: watch}""",
    "b": """[eu]
assessments:
  - {actor: eu, date: 2009, status: under-way, by: watch}
  - {actor: eu, date: 2012, status: stalled, by: eu}
  - {actor: eu, date: 2015, status: reversed, by: watch}""",
    "c": "[au, eu]",
    "d": "[au]\nrelations: [{same_as: c}]",
}


def grouped(progress: Progress, row: Row | None) -> dict[str, int]:
    found = dict.fromkeys(GROUPS, 0)
    for key, count in (row.by_status if row else {}).items():
        found[group(key, progress.statuses[key])] += count
    return found


@pytest.fixture
def progress(tracker) -> Progress:
    for name, asked in RECORDS.items():
        tracker.recommendation(name, addressed_to=f"addressed_to: {asked}")
    return Progress(tracker.project().corpus, "2016-05-01")


def test_all_together_on_every_day(progress: Progress) -> None:
    points = Course(progress).of()
    assert [p.day for p in points] == [f"{y}-12-31" for y in range(2010, 2016)] + ["2016-05-01"]
    for point in points:
        then = Progress(progress.corpus, point.day)
        assert point.groups == grouped(then, then.total())
        assert (point.pairs, point.assessed) == (then.total().pairs, then.total().assessed)
    assert len({tuple(p.groups.values()) for p in points}) > 4  # else nothing was shown


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_each_document_actor_and_theme_on_every_day(progress: Progress, dimension: str) -> None:
    course = Course(progress)
    keys = {row.key for row in progress.by(dimension)}
    assert set(course.keys(dimension)) >= keys
    for key in keys:
        for point in course.of(dimension, key):
            then = Progress(progress.corpus, point.day)
            row = next((r for r in then.by(dimension) if r.key == key), None)
            assert point.groups == grouped(then, row), (key, point.day)


def test_the_real_corpus_ends_with_the_figures_of_the_tables(corpus_root) -> None:
    from tracker.project import Project

    progress = Progress(Project(corpus_root, "2026-11-21", use_cache=False).corpus, "2026-11-21")
    course = Course(progress)
    assert course.of()[-1].groups == grouped(progress, progress.total())
    for row in progress.by("actor"):
        assert course.of("actor", row.key)[-1].groups == grouped(progress, row)


def test_where_nothing_was_asked_there_are_no_points(tracker) -> None:
    assert Course(Progress(tracker.project().corpus, "2016-05-01")).of() == []


def test_where_two_dimensions_meet_the_pairs_are_those_of_both(progress: Progress) -> None:
    crossed = progress.crossed("actor", "theme")
    by_actor = {row.key: row for row in progress.by("actor")}
    for (actor, _), row in crossed.items():
        assert row.pairs == by_actor[actor].pairs  # every ask here has one theme
        assert row.by_status == by_actor[actor].by_status
    assert {a for a, _ in crossed} == set(by_actor)
