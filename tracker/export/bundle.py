"""All files of the open data, in memory, by their paths from the root of the site.

The site shows what is here and serves it; `tracker export` adds what takes longer.
"""

from __future__ import annotations

import functools

import msgspec

from tracker import recorded, telling
from tracker.errors import TrackerError
from tracker.export import api, citation, feeds, ical, package
from tracker.export.all_tables import all_tables
from tracker.export.edition import Edition, edition
from tracker.export.schema import schemas
from tracker.export.table import Table
from tracker.export.write_table import as_csv, as_json
from tracker.findings import Severity
from tracker.git import Commit
from tracker.project import Project


class OpenData(msgspec.Struct, frozen=True):
    """``files``: content by path, in the order of the paths."""

    edition: Edition
    tables: list[Table]
    files: dict[str, bytes]


@functools.lru_cache(maxsize=1)  # the pages show the sizes of what the site then serves
def open_data(project: Project, as_of: str, commit: Commit | None) -> OpenData:
    """Everything but Parquet, as of a day (YYYY-MM-DD). See `refuse_errors`."""
    with telling.doing("open data"):
        return _made(project, as_of, commit)


def _made(project: Project, as_of: str, commit: Commit | None) -> OpenData:
    shown = edition(project.config, as_of, commit)
    progress = project.progress(as_of)
    tables = all_tables(progress)
    files: dict[str, bytes] = {}
    for table in tables:
        files[f"data/{table.name}.csv"] = as_csv(table)
        files[f"data/{table.name}.json"] = as_json(table)
    files[package.PATH] = package.data_package(tables, files, shown)
    files[citation.PATH] = citation.citation(shown)
    files[ical.PATH] = ical.calendar(progress, shown)
    files.update(schemas(project.corpus, shown.url))
    files.update(feeds.files(progress, shown, recorded.of(project, commit.hexsha if commit else None)))
    files.update(api.files(progress, shown))
    return OpenData(shown, tables, dict(sorted(files.items())))


def refuse_errors(project: Project) -> None:
    """Nothing is published while an error stands: what can't be read would be missing unseen."""
    errors = [f for f in project.findings if f.severity is Severity.ERROR]
    if errors:
        listed = "\n".join(str(f) for f in errors[:5])
        more = f"\n... and {len(errors) - 5} more" if len(errors) > 5 else ""
        raise TrackerError(
            f"no data is published while there are errors ({len(errors)}):\n{listed}{more}",
            "See them all, with hints: tracker check",
        )
