"""The counts at the end of each year, and where actors and themes meet: data of the site's charts."""

from __future__ import annotations

from tracker.course import DIMENSIONS, GROUPS, Course
from tracker.export.table import Field, Table
from tracker.progress import Progress

_ALL = "all"
_SAYS = {
    "done": "Pairs whose status counts as done.",
    "progress": "Pairs with some progress: a status with a score that is not done.",
    "none": "Pairs that were looked at, without progress or undone.",
    "unknown": "Pairs that nobody had looked at. It does not mean that nothing was done.",
}


def by_year(progress: Progress) -> Table:
    course = Course(progress)
    keys = [("", ""), *((name, row.key) for name in DIMENSIONS for row in progress.by(name))]
    return Table(
        name="figures_by_year", title="The published figures over the years", key=("dimension", "key", "day"),
        description="One row for each document, actor and theme, and one for all, on the last day of each year since "
        "anything was asked, and on the day that the data speaks of. It is what is now recorded about that day.",
        fields=[
            Field(name="dimension", values=[_ALL, *DIMENSIONS], required=True, description="What the row counts by."),
            Field(name="key", required=True, description="The document, actor or theme; “all” for the total."),
            Field(name="day", type="date", required=True, description="The day."),
            Field(name="pairs", type="integer", required=True, description="Pairs: the denominator."),
            *(Field(name=name, type="integer", required=True, description=_SAYS[name]) for name in GROUPS),
        ],
        rows=[
            [name or _ALL, key or _ALL, point.day, point.pairs, *(point.groups[g] for g in GROUPS)]
            for name, key in keys for point in course.of(name, key)
        ],
    )  # fmt: skip


def matrix(progress: Progress) -> Table:
    crossed = progress.crossed("actor", "theme")
    themes = [row.key for row in progress.by("theme")]
    return Table(
        name="matrix", title="Actors and themes", key=("actor", "theme"),
        description="One row where an actor was asked about a theme. Counts are of pairs; a pair counts under every "
        "theme of its recommendation.",
        fields=[
            Field(name="actor", required=True, description="The actor."),
            Field(name="theme", required=True, description="The theme."),
            Field(name="pairs", type="integer", required=True, description="Pairs: what it was asked about it."),
            Field(name="assessed", type="integer", required=True, description="Pairs that somebody has assessed."),
            Field(name="moved", type="integer", required=True,
                  description="Assessed pairs that are done or show some progress."),
            Field(name="done", type="integer", required=True, description="Pairs whose status counts as done."),
        ],
        rows=[
            [actor.key, theme, row.pairs, row.assessed, progress.moved(row), row.done]
            for actor in progress.by("actor") for theme in themes if (row := crossed.get((actor.key, theme)))
        ],
    )  # fmt: skip
