"""Which commit the work tree shows. Reading only; nothing from a record reaches git."""

from __future__ import annotations

from pathlib import Path

import msgspec


class Commit(msgspec.Struct, frozen=True):
    """``hexsha`` is a full object id, ``date`` the committer's day (YYYY-MM-DD, UTC)."""

    hexsha: str
    date: str
    dirty: bool

    @property
    def short(self) -> str:
        return self.hexsha[:9]


def head(root: Path) -> Commit | None:
    """The commit that ``root`` is checked out at; None outside git or before the first."""
    try:
        import git
    except ImportError:  # GitPython refuses to be imported where there is no git program
        return None
    import datetime

    try:
        repo = git.Repo(root, search_parent_directories=True)
        commit = repo.head.commit
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, ValueError):
        return None
    with repo:
        changed = repo.git.status("--porcelain", "--untracked-files=normal", "--", str(root))
    day = datetime.datetime.fromtimestamp(commit.committed_date, datetime.UTC).date()
    return Commit(commit.hexsha, day.isoformat(), bool(changed.strip()))
