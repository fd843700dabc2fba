"""From end to end: a fork's hostile pull request to a harmless comment.

Real repositories, and the shell commands of the workflows' own steps, run as a runner would run
them: the forge is one on this machine (`fake`), everything else is what a tracker would use.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import cmarkgfm
import pytest
import yaml
from conftest import ROOT, Tracker
from repositories import ENVIRONMENT, Repository

from forge.fake import BOTS, KEY, REPOSITORY, Fake, serving
from tracker.forge.files import Settings, workflows
from tracker.review.comment import MARK, MOST
from tracker.review.parcel import live

TITLE = "</title><script>alert(1)</script> @everyone see #1 and GH-1 ![x](https://evil.example/x.png) `code`"
HOSTILE_RECORD = f"""\
---
title: "{TITLE}"
source: report
locator: "Page 1\\n\\n# A heading\\n\\n- [ ] @all accepted"
order: 2
kind: formal
addressed_to: [au]
themes: [gender]
measures: ["[click](javascript:alert(1))"]
assessments:
  - actor: au
    date: 2014-05
    status: implemented
    by: au
    basis: document
    evidence:
      - {{title: "<b>Report</b> @maintainer", url: "https://www.example.org/report.pdf", locator: "p. 3 | x"}}
      - {{title: Another, url: "javascript:alert(1)"}}
    note: "Ring +44 20 7946 0958 or write to a.b@example.org. {'long ' * 13000}"
---
Text with <iframe src=https://evil.example></iframe> and [a link](https://evil.example).
"""
SETTINGS = "name: A tracker\nlead_assesor: '<img src=x> @all'\n"


class Runner:
    """A base repository at a forge, a fork, and a checkout in which workflow steps are run."""

    def __init__(self, root: Path, tracker: Tracker, fake: Fake) -> None:
        self.root, self.fake = root, fake
        self.base = Repository(tracker.root)
        self.base.commit("What is published")
        self.served = root / "served.git"
        self.git(root, "clone", "-q", "--bare", str(tracker.root), str(self.served))
        # As forges do: the commits of requests can be fetched by their ids.
        self.git(self.served, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.fork = Tracker(root / "fork")
        self.git(root, "clone", "-q", str(self.served), str(self.fork.root))

    def git(self, where: Path, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=where, check=True, capture_output=True, text=True,
                              env={**os.environ, **ENVIRONMENT, "GIT_AUTHOR_NAME": "Mallory"})  # fmt: skip
        return done.stdout.strip()

    def propose(self, number: int = 5) -> str:
        """Commits the fork as it is, and opens a request for it."""
        self.git(self.fork.root, "add", "-A")
        self.git(self.fork.root, "commit", "-q", "--allow-empty", "-m", "</title> @everyone\n\nfixes #1")
        head = self.git(self.fork.root, "rev-parse", "HEAD")
        kind = "merge-requests" if self.fake.kind == "gitlab" else "pull"
        self.git(self.fork.root, "push", "-q", "--force", str(self.served), f"HEAD:refs/{kind}/{number}/head")
        self.fake.requests[number] = head
        return head

    def checkout(self) -> Path:
        """The main branch, with the tracker installed: what the first two steps of a job do."""
        folder = self.root / "work"
        shutil.rmtree(folder, ignore_errors=True)
        self.git(self.root, "clone", "-q", str(self.served), str(folder))
        command = folder / ".venv/bin/tracker"
        command.parent.mkdir(parents=True)
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tracker "$@"\n')
        command.chmod(0o755)
        return folder

    def run(self, folder: Path, script: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=folder, text=True, capture_output=True,
            env={"PATH": os.environ["PATH"], "HOME": str(self.root), "PYTHONPATH": str(ROOT), **ENVIRONMENT, **environment},
            check=False, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def comment(self, head: str) -> None:
        """What the workflows do when a request was opened or changed."""
        if self.fake.kind == "gitlab":
            job = yaml.safe_load(workflows(Settings("gitlab"))[".gitlab-ci.yml"])["comment"]
            values = {"CI_API_V4_URL": self.fake.address, "CI_PROJECT_PATH": REPOSITORY, "FORGE_TOKEN": KEY}
            self._good(self.run(self.checkout(), "\n".join(job["script"]), values))
            return
        text = workflows(Settings(self.fake.kind))[f".{self.fake.kind}/workflows/comment.yml"]
        jobs = yaml.safe_load(text)["jobs"]
        values = {
            "github.event.workflow_run.head_sha": head, "github.event.pull_request.head.sha": head,
            "github.event.pull_request.number": "5", "github.token": KEY, "github.repository": REPOSITORY,
            "github.server_url": "https://forge.example", "github.event.workflow_run.id": "77",
        }  # fmt: skip
        folder = self.checkout()
        for name, job in jobs.items():
            if name == "post":
                folder = self.checkout()  # another machine
            for step in job["steps"]:
                if "run" not in step or step["name"] == "Install the tracker":
                    if step["name"] == "Hand it over":
                        self._hand_over(folder)
                    continue
                given = {k: re.sub(r"\$\{\{ (.*?) \}\}", lambda m: values[m[1]], v) for k, v in step["env"].items()}
                given |= {"GITHUB_API_URL": self.fake.address, "GITHUB_REPOSITORY": REPOSITORY, "GITHUB_RUN_ID": "78"}
                if "API" in given:
                    given["API"] = self.fake.address
                self._good(self.run(folder, step["run"], given))

    def _hand_over(self, folder: Path) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.write(folder / "build/review.json", "review.json")
        self.fake.archive = made.getvalue()
        self.fake.artifacts = [{"id": 1, "name": "review", "size_in_bytes": len(made.getvalue()), "expired": False}]

    @staticmethod
    def _good(done: subprocess.CompletedProcess) -> None:
        assert done.returncode == 0, done.stdout + done.stderr


def at(kind: str):
    """One forge where all three would tell the same: each case runs several processes."""
    return pytest.mark.parametrize("runner", [kind], indirect=True)


@pytest.fixture(params=["github", "forgejo", "gitlab"])
def runner(request, tracker, tmp_path: Path):
    tracker.recommendation("ask", addressed_to="addressed_to: [au, eu]", assessments=(
        "assessments:\n  - {actor: eu, date: 2012, status: planned, by: watch, evidence: [{title: T, source: report}]}"))
    with serving(request.param) as fake:
        yield Runner(tmp_path, tracker, fake)


def attack(fork: Tracker) -> None:
    fork.write("recommendations/report/evil.md", HOSTILE_RECORD)
    fork.write("recommendations/report/a `name`\n@all <b>.md", "no front matter")
    fork.write("recommendations/inbox/x.md", '---\nrecommendation: ask\nactor: au\ndate: "2014"\nstatus: partly-implemented\n'
               'by: watch\nevidence: [{title: A report, url: "https://example.org/r"}, {title: S, source: report}]\n---\n')  # fmt: skip
    text = (fork.root / "recommendations/report/ask.md").read_text(encoding="utf-8")
    fork.write("recommendations/report/ask.md", text.replace("status: planned", "status: implemented"))
    (fork.root / "docs/actors/link.md").symlink_to("/etc/passwd")
    fork.write("tracker.py", "raise SystemExit('the program of the fork was run')")
    fork.write("tracker/__init__.py", "raise SystemExit('the program of the fork was run')")
    fork.write(".venv/bin/tracker", "#!/bin/sh\ntouch /tmp/never\n")
    fork.write("sitecustomize.py", "raise SystemExit('the program of the fork was run')")
    fork.write(".github/workflows/checks.yml", "on: pull_request_target")


def test_a_hostile_pull_request_gets_one_harmless_comment(runner) -> None:
    attack(runner.fork)
    runner.comment(runner.propose())
    ((_, author, body),) = runner.fake.comments[5]
    assert author == BOTS[runner.fake.kind]
    assert body.startswith(MARK)
    assert len(body) <= MOST + 200

    # What the reviewer has to know is there.
    assert "⛔" in body.splitlines()[3]
    for said in (
        "**Has somebody looked who reads code?** ", "**Is a person exposed?** 1 changed file holds",
        "(T901)", "(T906)", "(T501)", "(T103)", "(T907)", "`.github/workflows/checks.yml`: new", "`tracker.py`: new",
        "According to Watch, AU had partly implemented “Name a desk for civil society” by 2014, resting on 2 documents (`ask`, waiting in the inbox)",
        "`https://www.example.org/report.pdf`",
    ):  # fmt: skip
        assert said in body, said

    # And nothing of it is more than text.
    assert live(body) == ""
    assert "+44" not in body
    assert "a.b" not in body
    ours = "\nLook at the site as it would be: https://forge.example/group/tracker/actions/runs/77\n"
    assert (ours in body) is (runner.fake.kind == "github")
    html = cmarkgfm.github_flavored_markdown_to_html(body.removeprefix(MARK).replace(ours, ""))
    allowed = {"h3", "h4", "p", "ul", "li", "strong", "em", "code"}
    assert set(re.findall(r"</?([a-z0-9]+)", re.sub(r'<input type="checkbox" disabled="" />', "", html))) <= allowed
    words = re.sub(r"<code>.*?</code>", "", html)
    for sign in ("@everyone", "@all", "@maintainer", "#1", "GH-1", "<script", "<img", "<iframe", "href=", "://evil"):
        assert sign not in words, sign
    assert not re.search(r"^#{1,4} A heading", body, re.MULTILINE)


@at("forgejo")
def test_the_comment_follows_the_change(runner) -> None:
    runner.fork.write("recommendations/report/ask.md", "---\ntitle: [\n---\n")
    runner.comment(runner.propose())
    assert "⛔" in runner.fake.comments[5][0][2]
    runner.git(runner.fork.root, "reset", "-q", "--hard", "HEAD~1")
    runner.fork.recommendation("new", title="title: Name a second desk", locator="locator: Part 2", order="order: 2")
    runner.comment(runner.propose())
    ((_, _, body),) = runner.fake.comments[5]
    assert "✅ 1 new recommendation." in body
    assert "**Does the document ask this?**" in body


@at("gitlab")
def test_settings_that_can_not_be_used_are_told_and_nothing_breaks(runner) -> None:
    runner.fork.write("tracker.yml", SETTINGS)
    runner.comment(runner.propose())
    ((_, _, body),) = runner.fake.comments[5]
    assert "⛔ **The settings of this change can't be used**" in body
    assert live(body) == ""


@at("github")
def test_an_empty_change_and_a_huge_one(runner) -> None:
    runner.comment(runner.propose())
    assert "Nothing changed" in runner.fake.comments[5][0][2]
    for number in range(120):
        runner.fork.recommendation(f"many-{number:03}", title=f"title: \"Ask {number} {'@x' * 1500}\"")
    runner.fork.write("recommendations/report/long.md", "---\ntitle: x\n---\n" + "x" * 300_000)
    runner.comment(runner.propose())
    ((_, _, body),) = runner.fake.comments[5]
    assert len(body) <= MOST + 200
    assert "more" in body
    assert live(body.replace("\r\n", "\n")) == ""
