"""What the browser tests and the screenshots share: a browser, a server, and one page of each type."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
NOTED = ROOT / ".venv" / ".tested-with"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

# The browser itself must not talk to anybody either: what it asks for is counted in the tests.
QUIET = (
    "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DEVICES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
SCHEMES = ("light", "dark")
# One page of each type. Ids never change, so they can be named; where what matters is the state
# of a record, which does change, the first page that has it (“+”) or has it not (“-”) is taken.
PAGES = {
    "home": "index.html",
    "recommendations": "recommendations/index.html",
    "recommendation-assessed": "recommendations/+rt-timeline",
    "recommendation-not-assessed": "recommendations/-rt-timeline",
    "recommendation-asked-again": "recommendations/madrid-2011-014.html",
    "actor": "actors/un-system.html",
    "theme": "themes/cso-participation.html",
    "source": "sources/madrid-2011.html",
    "event": "events/madrid-conference-2011.html",
    "mechanism": "mechanisms/+rt-facts",
    "case": "cases/bunia-ituri-dialogue.html",
    "collection": "mechanisms/index.html",
    "registers": "registers.html",
    "lineage": "lineage.html",
    "matrix": "matrix.html",
    "changes": "changes.html",
    "method": "method.html",
    "contribute": "contribute.html",
    "rules": "rules/index.html",
    "rule": "rules/+rt-head",
    "manual": "manual/corpus.html",
}

# And those that only some tests look at.
WHOLE = PAGES | {
    "recommendation-contested": "recommendations/+rt-table rt-verdicts",
    "recommendation-translated": "recommendations/prevention-platform-2016-001.html",
    "matrix-all": "matrix-all.html",
    "silence": "silence.html",
    "data": "data.html",
    "reports": "reports.html",
    "search": "search.html?q=conflict",
    "propose": "propose/index.html?id=madrid-2011-043",
    "propose-new": "propose/new.html?source=madrid-2011",
    "guide": "guides/propose-an-update.html",
    "accessibility": "accessibility.html",
    "missing": "404.html",
}

# A row is like its neighbours, and a cell: the first ones stand for all, or axe would need minutes for long tables.
SHORTEN = """() => {
  for (const list of document.querySelectorAll('article :is(tbody, ul, ol)'))
    [...list.children].slice(8).forEach(child => child.remove());
  [...document.querySelectorAll('article :is(tr, li)')].slice(60).forEach(row => row.remove());
  for (const row of document.querySelectorAll('article tr')) [...row.cells].slice(12).forEach(cell => cell.remove()) }"""


class NoBrowser(Exception):
    """There is no browser to test with, and what to do about it."""


def find_browser() -> str:
    """The Chromium that is asked for, else the one noted by `make test`, else one on the path."""
    asked = os.environ.get("TRACKER_BROWSER")
    if asked:
        found = shutil.which(asked)
        if not found:
            raise NoBrowser(f"TRACKER_BROWSER names {asked!r}, which is no program that can be run.")
        return found
    noted = NOTED.read_text().strip() if NOTED.is_file() else ""
    for name in (noted, *NAMES):
        if name and (found := shutil.which(name)):
            return found
    raise NoBrowser(
        "No Chromium was found for the browser tests. `make test` installs one where it can; "
        "else install the package chromium, or name a browser: "
        "TRACKER_BROWSER=/path/to/chrome python -m pytest tests/browser"
    )


@contextmanager
def started_browser() -> Iterator[Browser]:
    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Keeps what is asked for out of the tests' output."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for what is still being sent
    block_on_close = True

    def handle_error(self, *_args: object) -> None:
        """A browser that closes a page early breaks connections; that is no error of the site."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site at a free port of this machine only; yields its address, without a final slash."""
    handler = functools.partial(_Handler, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def page_path(site: Path, kind: str) -> str:
    """Where the page of this type is, below the site."""
    path = WHOLE[kind]
    folder, _, wanted = path.partition("/")
    if not wanted.startswith(("+", "-")):
        return path
    for file in sorted((site / folder).glob("*.html")):
        has = f'class="{wanted[1:]}"' in file.read_text(encoding="utf-8")
        if file.name != "index.html" and has is wanted.startswith("+"):
            return f"{folder}/{file.name}"
    raise LookupError(f"the site has no page for {kind!r} ({path})")


def drawn(page: Page, kind: str) -> Page:
    """Waits for what a script draws on a page of this type."""
    if kind.startswith("propose"):
        page.wait_for_selector("#propose:not([hidden])")
    if kind == "search":
        page.wait_for_selector(".rt-results li")
    return page


def new_context(browser: Browser, device: str, scheme: str = "light", **options: object) -> BrowserContext:
    """A browser without a past."""
    settings = {**DEVICES[device], "color_scheme": scheme, "service_workers": "block", **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    return context


class Watched:
    """A page, with everything that it asked for and everything that went wrong on it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self._console(message))
        page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))

    def _console(self, message) -> None:
        # What was fetched ahead and "not used within a few seconds" tells of a busy machine, not of the page.
        if message.type in ("error", "warning") and "within a few seconds" not in message.text:
            self.errors.append(f"console: {message.text} ({message.location.get('url', '')})")

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}/{path}")
        return self.page

    @property
    def strangers(self) -> list[str]:
        """Requests that leave the site. What is inside the page (data:, blob:) leaves nothing."""
        own = (f"{self.address}/", "data:", "blob:")
        return [url for url in self.requests if not url.startswith(own)]
