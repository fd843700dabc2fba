"""Pages and then the site, language by language, only where something changed.

Each language is pages and a run of the generator of its own, so they are made side by side
in processes of their own, one for each core. What all of them share is in the default
language's pages.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from tracker import telling
from tracker.config import Config
from tracker.errors import TrackerError
from tracker.export.bundle import open_data
from tracker.forks import Fork, cores
from tracker.project import Project
from tracker.site import engine as engines
from tracker.site import pagefind
from tracker.site.edition import Edition
from tracker.site.inputs import Inputs
from tracker.site.output import write
from tracker.site.pages import parts, refuse_unsafe
from tracker.site.policy import header_files
from tracker.site.tongues import Tongue, tongues
from tracker.suggest import did_you_mean, listed

_WORKSHOP = "languages"  # below the build's folder: what the other languages' sites are made of


class Built(NamedTuple):
    """``pages`` of all languages; ``languages`` are those that were built anew."""

    site: Path
    pages: int
    languages: list[str]

    @property
    def unchanged(self) -> bool:
        return not self.languages


class _Made(msgspec.Struct, array_like=True):
    """What a language's process tells: an error, or the digest and number of its pages."""

    digest: str = ""
    pages: int = 0
    changed: bool = False
    error: str = ""
    hint: str = ""


def make(
    project: Project, edition: Edition, folder: Path, engine: str, *, force: bool = False, language: str = ""
) -> Built:
    """Builds the site below ``folder`` and says where it is.

    ``language`` alone, where one is given; the default one too where it is not there yet,
    because it has what all share. The old site stays until the new one is complete.
    """
    refuse_unsafe(project)
    site = folder / "site"
    chosen = _chosen(project, site, language)
    inputs = Inputs(project.root, folder, repr((chosen, edition, engine)))
    if not force and (note := inputs.unchanged()) and note.stamps == _stamped(site, chosen):
        return Built(site, note.pages, [])
    if len(chosen) > 1:
        open_data(project, edition.as_of, edition.commit)  # once, and not in each process
    made = dict(zip(chosen, _all(project, edition, folder, engine, chosen, force=force), strict=True))
    for said in made.values():
        if said.error:
            raise TrackerError(said.error, said.hint)
    try:
        _put_in_place(folder, made, keep=set(project.config.all_languages))
    except OSError as error:
        raise TrackerError(f"the site can't be put in place: {error}") from None
    pages = sum(said.pages for said in made.values())
    inputs.keep(pages, _stamped(site, chosen))
    return Built(site, pages, [tongue.code for tongue, said in made.items() if said.changed])


def _stamped(site: Path, chosen: list[Tongue]) -> dict[str, str]:
    """The stamp of each language's site that is there."""
    found = {tongue.code: site / tongue.folder / engines.STAMP for tongue in chosen}
    return {code: stamp.read_text() for code, stamp in found.items() if stamp.is_file()}


def _chosen(project: Project, site: Path, language: str) -> list[Tongue]:
    """The languages to build. Each leads to those that are built now or are there already."""
    known = project.config.all_languages
    if language and language not in known:
        raise TrackerError(
            f"“{language}” is not a language of this site",
            did_you_mean(language, known, f"There are: {listed(known)}. Add it to languages in tracker.yml."),
        )
    first = known[0]
    wanted = set(known) if not language else {language} | (set() if (site / engines.STAMP).is_file() else {first})
    there = [code for code in known if code in wanted or (site / code / engines.STAMP).is_file() or code == first]
    return [tongue for tongue in tongues(project.config, project.root, there) if tongue.code in wanted]


def _all(
    project: Project, edition: Edition, folder: Path, engine: str, chosen: list[Tongue], *, force: bool
) -> Iterator[_Made]:
    """What came of each language, in their order."""

    def work(tongue: Tongue) -> _Made:
        try:
            with telling.part(tongue.code) if len(chosen) > 1 else contextlib.nullcontext():
                return _one(project, edition, folder, engine, tongue, force=force)
        except TrackerError as error:
            return _Made(error=error.message, hint=error.hint)

    if len(chosen) == 1 or cores() == 1:
        yield from map(work, chosen)
        return
    todo = list(chosen)
    running: list[tuple[Tongue, Fork]] = []
    encode = msgspec.msgpack.encode
    while todo or running:
        while todo and len(running) < cores():
            tongue = todo.pop(0)
            running.append((tongue, Fork(lambda tongue=tongue: encode(work(tongue)))))
        tongue, helper = running.pop(0)
        try:
            yield msgspec.msgpack.decode(helper.result() or b"", type=_Made)
        except msgspec.DecodeError:  # whatever went wrong there will be said here
            yield work(tongue)


def _one(
    project: Project, edition: Edition, folder: Path, engine: str, tongue: Tongue, *, force: bool
) -> _Made:
    digest, count, config = write_sources(project, edition, folder, engine, tongue)
    stamp = folder / "site" / tongue.folder / engines.STAMP
    if not force and stamp.is_file() and stamp.read_text() == digest:
        return _Made(digest, count)
    with telling.doing(f"site with {engine}"):
        engines.run(engine, config)
    fresh = _fresh(folder, tongue)
    with telling.doing("search index"):
        finish(project.config, fresh, tongue)
    (fresh / engines.STAMP).write_text(digest)
    return _Made(digest, count, changed=True)


def _put_in_place(folder: Path, made: dict[Tongue, _Made], keep: set[str]) -> None:
    """The new sites where the old ones were; languages that did not change move along."""
    site = folder / "site"
    changed = [tongue for tongue, said in made.items() if said.changed]
    if any(tongue.is_default for tongue in changed):
        default = next(tongue for tongue in changed if tongue.is_default)
        fresh = _fresh(folder, default)
        for code in keep - {default.code} - {tongue.code for tongue in changed}:
            if (site / code / engines.STAMP).is_file():
                (site / code).rename(fresh / code)
        shutil.rmtree(site, ignore_errors=True)
        fresh.rename(site)
    for tongue in changed:
        if not tongue.is_default:
            place = site / tongue.code
            shutil.rmtree(place, ignore_errors=True)
            _fresh(folder, tongue).rename(place)


def _workshop(folder: Path, tongue: Tongue) -> Path:
    return folder if tongue.is_default else folder / _WORKSHOP / tongue.code


def _fresh(folder: Path, tongue: Tongue) -> Path:
    return _workshop(folder, tongue) / "site.new"


def finish(config: Config, site: Path, tongue: Tongue | None = None) -> None:
    """What a generator leaves to us: the search index, headers for hosts; and what it copied too many."""
    pagefind.build(site)
    for name, text in header_files(config).items() if tongue is None or tongue.is_default else ():
        (site / name).write_text(text, encoding="utf-8")
    for name in ("__init__.py", "mkdocs_theme.yml", "search.json"):  # Zensical's, and of use to nobody
        (site / name).unlink(missing_ok=True)


def write_sources(
    project: Project, edition: Edition, folder: Path, engine: str, tongue: Tongue | None = None
) -> tuple[str, int, Path]:
    """Pages and configuration for a generator, in one language.

    Returns a digest of both, the number of pages and the configuration's path.
    """
    tongue = tongue or tongues(project.config, project.root, [project.config.language])[0]
    place = _workshop(folder, tongue)
    with contextlib.suppress(FileExistsError):
        place.mkdir(parents=True, exist_ok=True)
    with telling.doing("pages", sum(map(len, project.corpus.collections.values()))):
        digest, count = write(place / "pages", parts(project, edition, tongue))
    fresh = _fresh(folder, tongue)
    shutil.rmtree(fresh, ignore_errors=True)
    config = engines.write_config(project.root, project.config, place, place / "pages", fresh, tongue)
    whole = hashlib.blake2b(digest.encode() + config.read_bytes(), digest_size=16)
    if engines.available(engine):
        whole.update(engines.version(engine).encode())
    return whole.hexdigest(), count, config
