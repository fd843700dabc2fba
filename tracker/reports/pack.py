"""The pack: every format of the report and the briefs, written as one folder or not at all."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from tracker import telling
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.progress import Progress
from tracker.project import Project
from tracker.reports import house, report
from tracker.reports.document import Document, plain
from tracker.reports.facts import Facts
from tracker.reports.pieces import Pieces
from tracker.reports.request import Request
from tracker.reports.shelf import SLIP, Slip, written
from tracker.reports.words import Words

FORMATS = ("md", "html", "docx", "pdf", "xlsx", "csv", "json")

File = tuple[str, bytes]


class Made(msgspec.Struct):
    """``files`` are paths below ``folder``, in the order in which they were made."""

    folder: Path
    files: list[str]


def make(
    project: Project, request: Request, folder: Path, formats: Sequence[str] = FORMATS,
    corpus: Corpus | None = None, before: Corpus | None = None, made_from: str = "",
) -> Made:
    """Writes the pack for ``request`` to ``folder``.

    ``corpus`` is the part of the project's corpus that was chosen (default: all of it), and
    ``before`` that of the state to compare with; ``made_from`` names the state of the records.

    Raises TrackerError, with nothing written, for an empty selection, a house style that
    can't be used, or a folder that is not the tracker's own.
    """
    _may_replace(folder)
    then = None
    if request.then is not None:
        then = Progress(before or request.then.corpus, request.since, only=request.actors)
    facts = Facts(project.corpus, corpus or project.corpus, request.as_of, then, request.actors)
    if not facts.pairs:
        raise TrackerError(
            f"there is nothing to report: no recommendation in scope on {request.as_of}",
            "Choose another --as-of, or leave one of the other options out.",
        )
    style = project.config.report
    programs = bool({"xlsx", "csv", "json"} & set(formats))
    look = house.house(project.root, style)
    pieces = Pieces(facts, Words(request.language, project.config.language, project.root))
    document = report.report(pieces, request, look, made_from, programs=programs)
    briefs = report.briefs(pieces, request, document) if {"docx", "pdf"} & set(formats) else {}
    fonts = house.fonts(project.root, style)
    slip = Slip(
        plain(document.title), request.as_of, request.since, request.event.id if request.event else "",
        request.language, made_from, [],
    )  # fmt: skip
    return _written(folder, _files(document, briefs, formats, fonts), slip)


def _files(
    document: Document, briefs: dict[str, Document], formats: Sequence[str], fonts: Path | None
) -> Iterator[File]:
    from tracker.reports import data, text, web

    if "md" in formats:
        yield _told("report.md", lambda: text.render(document).encode())
    if "html" in formats:
        yield _told("report.html", lambda: web.render(document).encode())
    if "json" in formats:
        yield _told("report.json", lambda: data.as_json(document))
    if "csv" in formats:
        for table in document.tables():
            yield _told(f"tables/{table.id}.csv", lambda table=table: data.as_csv(table).encode())
    if "xlsx" in formats:
        from tracker.reports import sheets

        yield _told("report.xlsx", lambda: sheets.render(document))
    if {"docx", "pdf"} & set(formats):
        yield from _pages(document, briefs, formats, fonts)


def _told(name: str, make: Callable[[], bytes]) -> File:
    with telling.doing(name):
        return name, make()


def _pages(
    document: Document, briefs: dict[str, Document], formats: Sequence[str], fonts: Path | None
) -> Iterator[File]:
    from tracker.reports.pdf import Setter

    setter = Setter(fonts)
    logo = b""
    if "docx" in formats:
        from tracker.reports import word

        word.opened(document.house.template)
        if document.house.logo:
            logo = setter.picture(document.house.logo, document.house.logo_type)

    def as_word(one: Document) -> bytes:
        figures = list(one.figures())
        pictures = dict(zip((f.id for f in figures), setter.pictures(figures), strict=True))
        return word.render(one, pictures, logo)

    if "pdf" in formats:
        yield _told("report.pdf", lambda: setter.pdf(document))
    if "docx" in formats:
        yield _told("report.docx", lambda: as_word(document))
    with telling.doing("briefs", len(briefs)):
        for actor, brief in briefs.items():
            telling.step()
            if "pdf" in formats:
                yield f"briefs/{actor}.pdf", setter.pdf(brief)
            if "docx" in formats:
                yield f"briefs/{actor}.docx", as_word(brief)


# Writing

def _may_replace(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise TrackerError(f"{folder} is not a folder", "Name another one with --to.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / SLIP).is_file():
        raise TrackerError(
            f"{folder} has files in it that are not a report of the tracker",
            "Name an empty or a new folder with --to: what is in the folder is replaced.",
        )


def _written(folder: Path, files: Iterator[File], slip: Slip) -> Made:
    """All files in a new folder beside the wanted one, which it then replaces."""
    names: list[str] = []
    part = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        for name, content in files:
            path = part / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            names.append(name)
        slip.files = names
        (part / SLIP).write_bytes(written(slip))
        part.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
            folder.replace(old / "old")
            part.replace(folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            part.replace(folder)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise TrackerError(
            f"the report can't be written to {folder}: {error.strerror}",
            "Make room there, or choose another place with --to." if full
            else "Choose a folder that you may write to, with --to.",
        ) from None
    finally:
        if part is not None and part.exists():
            shutil.rmtree(part, ignore_errors=True)
    return Made(folder, names)
