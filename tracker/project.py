"""The composition root: which folder, which configuration, which records.

Commands and the site's adapter ask for a project and get everything that they need,
read once. Whatever is wrong with the content is a finding; only what makes it
impossible to go on (no tracker here, a configuration that can't be used) is an error.
"""

from __future__ import annotations

import functools
import gc
from contextlib import contextmanager
from pathlib import Path

from tracker import config as configuration
from tracker import settings, translations
from tracker.config import Config
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.findings import Finding, Problem
from tracker.loading import Frozen, Loaded
from tracker.progress import Progress
from tracker.reader import Reader, located, misread
from tracker.rules import ACROSS, catalogue, in_scope
from tracker.store import RECORDS, WorkTree
from tracker.suggest import did_you_mean


class Project:
    """A tracker, read: its configuration, its records and what is wrong with them.

    ``today`` is a day as YYYY-MM-DD.
    """

    def __init__(self, root: Path, today: str, *, use_cache: bool = True, tree=None) -> None:
        self.root = root
        self.today = today
        if tree is None:
            config_bytes, self.config = load_config(root)
        else:
            config_bytes = tree.bytes_of(configuration.FILE_NAME) or b""
            self.config = parsed_config(config_bytes)
        self.reader = Reader(self.config)
        self.tree = tree or WorkTree(root)
        with _no_collecting():
            loading = Frozen if tree else Loaded
            outcomes = loading(root, self.tree, self.reader, config_bytes, use_cache=use_cache).outcomes
            self.corpus = Corpus(
                self.config,
                [(o.collection, o.record) for o in outcomes if o.record is not None],
                [(o.collection, o.id) for o in outcomes if o.collection and o.record is None],
                today,
                {o.record.path for o in outcomes if o.record is not None and misread(o.findings)}
                | {f.path for f in self.tree.findings},
                [o.named for o in outcomes],
            )
            self.translations, wrong = translations.read(self.reader, self.tree, self.corpus)
            self.corpus.translations = self.translations
            self.findings = sorted(
                [*self.tree.findings, *(f for o in outcomes for f in o.findings), *wrong, *self._across()]
            )

    @classmethod
    def find(cls, start: Path, today: str, **options) -> Project:
        """The tracker that ``start`` lies in."""
        return cls(find_root(start), today, **options)

    @classmethod
    def at(cls, root: Path, ref: str, today: str, *, repository=None, use_cache: bool = True) -> Project:
        """The tracker in ``root`` as a commit has it; ``ref`` is what a person calls the commit.

        Raises TrackerError where there is no such commit, or git can't be used.
        """
        from tracker.gitrepo import Repository
        from tracker.gitstore import GitTree

        repository = repository or Repository(root)
        return cls(root, today, use_cache=use_cache, tree=GitTree(repository, repository.resolve(ref)))

    @functools.lru_cache(maxsize=2)  # noqa: B019 - the day shown and the one before; `serve` reads projects anew
    def progress(self, as_of: str) -> Progress:
        """How far everything got by a day (YYYY-MM-DD); counted once for the pages and the data."""
        return Progress(self.corpus, as_of)

    def _across(self) -> list[Finding]:
        """Findings of the rules that need the whole corpus, with their lines."""
        by_file: dict[str, list[Problem]] = {}
        for check in (*(rule.check for rule in in_scope("corpus")), *ACROSS):
            for record, problem in check(self.corpus):
                path, problem = self.corpus.placed(record, problem)
                by_file.setdefault(path, []).append(problem)
        found = []
        for path, problems in by_file.items():
            data = self.tree.bytes_of(path)
            if data is not None:  # else it vanished since it was read
                found += located(problems, path, data)
        lead = self.config.lead_assessor
        if lead and self.corpus.find("actors", lead) is None:
            text = (self.tree.bytes_of(configuration.FILE_NAME) or b"").decode("utf-8-sig")
            line = next((n for n, t in enumerate(text.split("\n"), 1) if t.startswith("lead_assessor")), 0)
            found.append(catalogue()["T301"].finding(
                configuration.FILE_NAME, f"there is no actor “{lead}”",
                did_you_mean(lead, self.corpus.ids["actors"], "The lead assessor needs a page in docs/actors/."),
                line, 1,
            ))  # fmt: skip
        return found


def find_root(start: Path) -> Path:
    """The nearest folder at or above ``start`` that is a tracker."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / configuration.FILE_NAME).is_file() or (folder / RECORDS).is_dir():
            return folder
    raise TrackerError(
        f"there is no tracker in {start} or above it",
        "A tracker is a folder with recommendations/ or tracker.yml in it. "
        "Go there first, or name it with --root.",
    )


def load_config(root: Path) -> tuple[bytes, Config]:
    """The configuration's bytes and values; the defaults where there is no file."""
    path = root / configuration.FILE_NAME
    if path.is_symlink():
        raise TrackerError(f"{path.name} is a symbolic link", "Put the file itself in its place.")
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return b"", Config()
    except OSError as error:
        raise TrackerError(f"{path.name} can't be read: {error.strerror}") from None
    return data, parsed_config(data)


def parsed_config(data: bytes) -> Config:
    """The values of a configuration; TrackerError with its findings where it can't be used."""
    return settings.parsed(data, configuration.FILE_NAME, Config, configuration.problems)


@contextmanager
def _no_collecting():
    """Many small objects are made and all are kept: looking for garbage is wasted time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
