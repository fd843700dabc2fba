"""Shows the site while records are edited.

Two parts work side by side: a watcher that writes the pages anew when a record changes
(only those whose text differs), and MkDocs' own server with live reload, which builds
just the pages that were written.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from contextlib import AbstractContextManager
from pathlib import Path

import click

from tracker import git
from tracker.config import FILE_NAME
from tracker.errors import TrackerError
from tracker.findings import Severity
from tracker.project import Project
from tracker.site.edition import Edition, edition
from tracker.site.make import write_sources
from tracker.site.output import write
from tracker.site.pages import parts
from tracker.store import PAGES, RECORDS

_SETTLE = 0.2  # seconds: an editor's save is several events


def serve(project: Project, as_of: str, address: str, meanwhile: AbstractContextManager) -> None:
    """Serves the site at ``address`` (host:port) until interrupted.

    ``meanwhile`` is there while the pages are made for the first time.
    """
    shown = edition(project.config, as_of, git.head(project.root))
    folder = project.root / "build" / "serve"
    with meanwhile:
        *_, config = write_sources(project, shown, folder, "mkdocs")
    click.echo(f"The site is being built; then it is at http://{address}/ (stop with Ctrl-C)")
    with _watching(project.root, lambda: _again(project, shown, folder)):
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--no-strict", "--quiet",
             "--dev-addr", address, "-f", str(config)],
        )  # fmt: skip
        try:
            status = server.wait()
        except KeyboardInterrupt:
            server.terminate()
            status = 0
    if status:
        raise TrackerError(f"the server at {address} stopped", "Is the address in use? Try --address 127.0.0.1:8001")


def _again(before: Project, shown: Edition, folder: Path) -> None:
    """Reads everything again and writes the pages that changed, or says why not."""
    try:
        project = Project(before.root, before.today)
        errors = [f for f in project.findings if f.severity is Severity.ERROR]
        for finding in errors[:10]:
            click.secho(str(finding), fg="red", err=True)
            click.echo(f"    {finding.hint}", err=True)
        if not errors:
            write(folder / "pages", parts(project, shown))
    except TrackerError as error:
        click.secho(error.message, fg="red", err=True)


@contextlib.contextmanager
def _watching(root: Path, act):
    """Calls ``act`` a moment after anything changed below the tracker's folders."""
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer

    changed, stopping = threading.Event(), threading.Event()

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event) -> None:
            if event.event_type in ("created", "modified", "moved", "deleted") and not event.is_directory:
                changed.set()

    def work() -> None:
        while not stopping.is_set():
            if changed.wait(timeout=0.5):
                stopping.wait(_SETTLE)
                changed.clear()
                act()

    observer = Observer()
    for name in (RECORDS, PAGES):
        if (root / name).is_dir():
            observer.schedule(Handler(), str(root / name), recursive=True)
    if (root / FILE_NAME).is_file():
        observer.schedule(Handler(), str(root / FILE_NAME))
    observer.start()
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        yield
    finally:
        stopping.set()
        observer.stop()
        observer.join()
        worker.join()
