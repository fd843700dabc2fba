"""Which state of the data a site shows: the day it speaks of, and the commit."""

from __future__ import annotations

import msgspec

from tracker.config import Config, Forge
from tracker.git import Commit


class NewFile(msgspec.Struct, frozen=True):
    """A forge's page for a new file: its address, and the parameters for name and text.

    GitHub documents none of it but keeps it working; Gitea and Forgejo take the same names;
    GitLab has others.
    """

    address: str
    label: str
    name: str = "filename"
    text: str = "value"


class Edition(msgspec.Struct, frozen=True):
    """``as_of`` is a day as YYYY-MM-DD; ``commit`` is None outside git."""

    as_of: str
    commit: Commit | None
    forge: Forge | None

    @property
    def commit_url(self) -> str:
        if not self.forge or not self.commit:
            return ""
        middle = "-/commit" if self.forge.kind == "gitlab" else "commit"
        return f"{self.forge.url.rstrip('/')}/{middle}/{self.commit.hexsha}"

    def edit_url(self, path: str) -> str:
        """Where the forge lets a reader edit a file, in a browser."""
        return self._file_url("edit", path)

    def history_url(self, path: str) -> str:
        return self._file_url("commits", path)

    @property
    def new_file(self) -> NewFile | None:
        """Where the forge lets a reader add a file, in a browser."""
        if not self.forge:
            return None
        base, branch = self.forge.url.rstrip("/"), self.forge.branch
        match self.forge.kind:
            case "gitlab":
                return NewFile(f"{base}/-/new/{branch}", "GitLab", "file_name", "content")
            case "forgejo" | "gitea":
                return NewFile(f"{base}/_new/{branch}/", self.forge.kind.capitalize())
        return NewFile(f"{base}/new/{branch}", "GitHub")

    def _file_url(self, what: str, path: str) -> str:
        if not self.forge:
            return ""
        base, branch = self.forge.url.rstrip("/"), self.forge.branch
        match self.forge.kind:
            case "gitlab":
                return f"{base}/-/{what}/{branch}/{path}"
            case "forgejo" | "gitea":
                verb = {"edit": "_edit", "commits": "commits/branch"}[what]
                return f"{base}/{verb}/{branch}/{path}"
        return f"{base}/{what}/{branch}/{path}"


def edition(config: Config, as_of: str, commit: Commit | None) -> Edition:
    return Edition(as_of, commit, config.forge)
