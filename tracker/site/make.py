"""Pages and then the site, only where something changed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import NamedTuple

from tracker.config import Config
from tracker.errors import TrackerError
from tracker.project import Project
from tracker.site import engine as engines
from tracker.site import pagefind
from tracker.site.edition import Edition
from tracker.site.output import write
from tracker.site.pages import parts
from tracker.site.policy import header_files


class Built(NamedTuple):
    site: Path
    pages: int
    unchanged: bool


def make(project: Project, edition: Edition, folder: Path, engine: str, *, force: bool = False) -> Built:
    """Builds the site below ``folder`` and says where it is.

    The old site stays until the new one is complete.
    """
    digest, count, config = write_sources(project, edition, folder, engine)
    site = folder / "site"
    stamp = site / engines.STAMP
    if not force and stamp.is_file() and stamp.read_text() == digest:
        return Built(site, count, unchanged=True)
    engines.run(engine, config)
    fresh = folder / "site.new"
    finish(project.config, fresh)
    try:
        (fresh / engines.STAMP).write_text(digest)
        shutil.rmtree(site, ignore_errors=True)
        fresh.rename(site)
    except OSError as error:
        raise TrackerError(f"the site can't be put in place: {error}") from None
    return Built(site, count, unchanged=False)


def finish(config: Config, site: Path) -> None:
    """What a generator leaves to us: the search index, headers for hosts; and what it copied too many."""
    pagefind.build(site)
    for name, text in header_files(config).items():
        (site / name).write_text(text, encoding="utf-8")
    (site / "__init__.py").unlink(missing_ok=True)  # Zensical takes the theme's folder as it is


def write_sources(
    project: Project, edition: Edition, folder: Path, engine: str
) -> tuple[str, int, Path]:
    """Pages and configuration for a generator.

    Returns a digest of both, the number of pages and the configuration's path.
    """
    digest, count = write(folder / "pages", parts(project, edition))
    shutil.rmtree(folder / "site.new", ignore_errors=True)
    config = engines.write_config(project.root, project.config, folder, folder / "pages", folder / "site.new")
    whole = hashlib.blake2b(digest.encode() + config.read_bytes(), digest_size=16)
    if engines.available(engine):
        whole.update(engines.version(engine).encode())
    return whole.hexdigest(), count, config
