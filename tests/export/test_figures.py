"""Two ways to one number: DuckDB works the published figures out from the Parquet files, with SQL
alone and from the raw judgements on, and gets what `tracker.progress` gets."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.export.all_tables import all_tables
from tracker.export.parquet import as_parquet
from tracker.model import Actor, Assessment, Event, Recommendation, Relation, Source, Theme
from tracker.progress import DIMENSIONS, Progress

pytest_plugins = ["opendata"]

# From what the records say to the status of each pair. The rule, as the method page has it: of each
# assessor the latest judgement that none of its own later entries corrects; of these the lead's, or
# else the latest of all.
PAIRS = """
create or replace view log as
  select * from assessments a where date_day <= $as_of
  and not exists (
    select 1 from assessments c
    where c.recommendation = a.recommendation and c.actor = a.actor and c."by" = a."by"
    and c.corrects = a.date and c.position > a.position and c.date_day <= $as_of);
create or replace view verdicts as
  select *, row_number() over (partition by recommendation, actor
                               order by ("by" = $lead) desc, date_day desc, position) as place
  from (select *, row_number() over (partition by recommendation, actor, "by"
                                     order by date_day desc, position) as newest
        from log where status is not null)
  where newest = 1;
create or replace view asked as
  select id as recommendation, unnest(addressed_to) as actor from recommendations
  union
  select recommendation, actor from assessments where date_day <= $as_of;
create or replace view judged as
  select asked.recommendation, asked.actor, coalesce(v.status, 'not-assessed') as status,
    (select count(distinct o.status) from verdicts o
     where o.recommendation = asked.recommendation and o.actor = asked.actor) > 1 as contested
  from asked left join verdicts v
    on v.recommendation = asked.recommendation and v.actor = asked.actor and v.place = 1
  where asked.recommendation not in (select recommendation from relations where kind = 'same_as')
  and asked.recommendation not in (
    select r.id from recommendations r join sources s on s.id = r.source
    where s.date || substr('0000-01-01', length(s.date) + 1) > $as_of::varchar);
"""
# The keys under which a recommendation (or, for actors, a pair) is counted.
KEYS = {
    "actor": "select distinct recommendation, actor, actor as key from judged",
    "theme": "select id as recommendation, null as actor, unnest(themes) as key from recommendations",
    "source": "select id as recommendation, null as actor, source as key from recommendations",
    "region": "select id as recommendation, null as actor, unnest(regions) as key from recommendations",
    "event": """select id as recommendation, null as actor, unnest(events) as key from recommendations
        union select r.id, null, s.event from recommendations r join sources s on s.id = r.source
        where s.event is not null""",
}
COUNTS = """
select k.key, count(distinct j.recommendation), count(*) filter (s.counted),
  count(*) filter (s.counted and j.status <> 'not-assessed'), count(*) filter (s.done),
  count(*) filter (s.counted and j.contested), count(*) filter (not s.counted),
  coalesce(sum(s.score) filter (s.counted), 0)
from judged j join statuses s on s.key = j.status
join ({keys}) k on k.recommendation = j.recommendation and (k.actor is null or k.actor = j.actor)
group by k.key
"""
BY_STATUS = """
select k.key, j.status, count(*)
from judged j join statuses s on s.key = j.status and s.counted
join ({keys}) k on k.recommendation = j.recommendation and (k.actor is null or k.actor = j.actor)
group by all
"""


def database(folder: Path, as_of: str, lead: str) -> duckdb.DuckDBPyConnection:
    """The Parquet files as tables, with the status of every pair worked out from them."""
    base = duckdb.connect()
    for file in folder.glob("*.parquet"):
        base.execute(f"create view \"{file.stem}\" as select * from read_parquet('{file}')")  # noqa: S608
    base.execute(PAIRS.replace("$as_of", f"date '{as_of}'").replace("$lead", f"'{lead}'"))
    return base


def small() -> Corpus:
    """Every case that a count must get right, once."""
    def entry(actor: str, date: str, by: str, status: str | None, **more) -> Assessment:
        return Assessment(actor=actor, date=date, by=by, status=status, **more)

    def ask(name: str, addressed: str, *log: Assessment, **more) -> Recommendation:
        return Recommendation(id=name, title=name, source=more.pop("source", "report"),
                              addressed_to=addressed.split(), assessments=list(log), **more)  # fmt: skip

    asks = [
        ask("one", "au un", entry("au", "2010", "watch", "implemented"),
            entry("au", "2011", "other", "planned"), themes=["gender", "youth"],
            regions=["africa", "global"]),
        ask("two", "rigos", entry("eu", "2010", "watch", "under-way"), themes=["gender"], events=["summit"]),
        ask("three", "un", entry("un", "2010", "watch", "overtaken"), themes=["youth"], source="older",
            events=["summit"]),
        ask("four", "au eu", entry("au", "2010", "watch", "implemented"),
            entry("au", "2010", "watch", "no-evidence", corrects="2010"),
            entry("eu", "2012", "other", None, response="accepted"), source="older", regions=["africa"]),
        ask("again", "au un", entry("au", "2010", "watch", "implemented"), themes=["gender"],
            relations=[Relation(same_as="one")]),
        ask("later", "au", entry("au", "2030", "watch", "implemented"), events=["launch"]),
        ask("young", "au un", source="young", themes=["youth"]),
        ask("nobody", "", themes=["gender"]),
        ask("month", "un", entry("un", "2010-06", "other", "planned"),
            entry("un", "2010", "other", "stalled")),
    ]  # fmt: skip
    actors = [Actor(id=n, title=n, member_of=["rigos"] if n in ("au", "eu") else [])
              for n in ("au", "eu", "un", "rigos", "watch", "other")]  # fmt: skip
    sources = [Source(id="report", title="Report", event="launch"), Source(id="older", title="Older"),
               Source(id="young", title="Young", date="2015")]  # fmt: skip
    return Corpus(Config(lead_assessor="watch"), [
        *(("recommendations", a) for a in asks), *(("actors", a) for a in actors),
        *(("sources", s) for s in sources),
        *(("themes", Theme(id=n, title=n)) for n in ("gender", "youth")),
        *(("events", Event(id=n, title=n)) for n in ("summit", "launch")),
    ])  # fmt: skip


@pytest.fixture(scope="module", params=["small 2020-01-01", "small 2010-12-31", "real 2026-11-21",
                                        "real 2012-06-30"])  # fmt: skip
def both(request, tmp_path_factory, project) -> tuple[Progress, duckdb.DuckDBPyConnection]:
    """The figures of a corpus on a day, and the database made of its Parquet files."""
    which, as_of = request.param.split()
    progress = Progress(small() if which == "small" else project.corpus, as_of)
    folder = tmp_path_factory.mktemp("parquet")
    for table in all_tables(progress):
        (folder / f"{table.name}.parquet").write_bytes(as_parquet(table))
    return progress, database(folder, as_of, progress.lead)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_sql_over_the_judgements_gets_the_published_counts(both, dimension: str) -> None:
    progress, base = both
    published = {
        (r.key, r.asks, r.pairs, r.assessed, r.done, r.contested, r.left_out, r.score)
        for r in progress.by(dimension)
    }
    counted = base.execute(COUNTS.format(keys=KEYS[dimension])).fetchall()
    assert {(k, *map(int, rest)) for k, *rest in counted} == published
    assert published


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_sql_gets_the_published_counts_by_status(both, dimension: str) -> None:
    progress, base = both
    published = {(r.key, s, n) for r in progress.by(dimension) for s, n in r.by_status.items()}
    assert set(base.execute(BY_STATUS.format(keys=KEYS[dimension])).fetchall()) == published


def test_the_table_of_pairs_says_the_same(both) -> None:
    _, base = both
    wanted = set(base.execute("select recommendation, actor, status, contested from judged").fetchall())
    given = base.execute("select recommendation, actor, status, contested from pairs "
                         "where left_out is null or left_out = 'status'").fetchall()  # fmt: skip
    assert set(given) == wanted


def test_the_published_tables_themselves_are_in_the_data(both) -> None:
    progress, base = both
    rows = base.execute("select dimension, key, pairs, not_assessed, done, \"index\" from figures").fetchall()
    total = progress.total()
    wanted = {("all", "all"): total} | {(d, r.key): r for d in DIMENSIONS for r in progress.by(d)}
    assert {(d, k) for d, k, *_ in rows} == set(wanted)
    for dimension, key, *given in rows:
        row = wanted[dimension, key]
        index = None if row.index is None else pytest.approx(row.index, abs=0.00005)
        assert given == [row.pairs, row.not_assessed, row.done, index]


def test_how_an_entry_stands_explains_the_pair(both) -> None:
    """The entries that stand are those that the status and the word “contested” are made of."""
    progress, base = both
    counted = base.execute("select a.recommendation, a.actor, a.status from assessments a "
                           "where standing = 'counted'").fetchall()  # fmt: skip
    assert set(counted) == set(base.execute(
        "select recommendation, actor, status from pairs where assessment is not null").fetchall())
    later = base.execute("select date_day from assessments where standing = 'later'").fetchall()
    known = base.execute("select date_day from assessments where standing <> 'later'").fetchall()
    assert all(day.isoformat() > progress.as_of for day, in later)
    assert all(day.isoformat() <= progress.as_of for day, in known)
