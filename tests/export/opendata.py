"""Fixtures of these tests: the real corpus as open data, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts import AS_OF, COMMIT

from tracker.export.bundle import OpenData, open_data
from tracker.project import Project


@pytest.fixture(scope="session")
def project(corpus_root: Path) -> Project:
    """The real tracker."""
    return Project(corpus_root, AS_OF, use_cache=False)


@pytest.fixture(scope="session")
def data(project: Project) -> OpenData:
    """All that the site would serve of the real tracker."""
    return open_data(project, AS_OF, COMMIT)


@pytest.fixture(scope="session")
def folder(data: OpenData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as files, with Parquet."""
    from tracker.export.folder import replace
    from tracker.export.whole import files

    made = tmp_path_factory.mktemp("export") / "data"
    replace(made, files(data, with_parquet=True))
    return made
