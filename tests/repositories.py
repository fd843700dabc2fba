"""Real git repositories for tests, made from the files of a tracker."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "Committer", "GIT_COMMITTER_EMAIL": "c@example.org",
}  # fmt: skip


class Repository:
    """A repository in a folder. Commits are made on given days, by given authors."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, date: str = "2020-01-01", author: str = "Ada", text: bytes | None = None) -> str:
        stamp = f"{date}T12:00:00 +0000"
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, check=True, capture_output=True, input=text,
            env={**os.environ, **ENVIRONMENT, "GIT_AUTHOR_NAME": author,
                 "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp},
        )  # fmt: skip
        return done.stdout.decode().strip()

    def commit(self, message: str = "A commit", date: str = "2020-01-01", author: str = "Ada") -> str:
        """Everything in the folder as it is; returns the commit's id."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, date=date, author=author)
        return self.git("rev-parse", "HEAD")

    def merge(self, branch: str, date: str, *options: str, author: str = "Merger") -> str:
        self.git("merge", "-q", "--no-ff", "-m", f"Merge {branch}", *options, branch, date=date, author=author)
        return self.git("rev-parse", "HEAD")
