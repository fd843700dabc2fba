"""`tracker init`: an empty tracker that builds, checks and tests at once, from the program as it is installed."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import select
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT, Ran

from tracker.site.linkage import Broken, broken
from tracker.starting.answers import LICENCES

sys.path.insert(0, str(ROOT / "tools"))
sys.path.insert(0, str(ROOT / "tests/importing"))
import follow_up_table as table
import runtime_lock


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Path:
    """The program as it is handed out."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
                   cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def program(wheel: Path, tmp_path_factory) -> Path:
    """The command `tracker` of an environment of its own, with the wheel and with the locked libraries."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin/python"
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-index",
                    "--no-deps", str(wheel)], check=True, capture_output=True)  # fmt: skip
    site = subprocess.run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                          check=True, capture_output=True, text=True).stdout.strip()  # fmt: skip
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return venv / "bin/tracker"


@pytest.fixture(scope="session")
def installed(program: Path) -> Callable[..., Ran]:
    def call(*args: str | Path, cwd: Path) -> Ran:
        done = subprocess.run([str(program), *map(str, args)], cwd=cwd, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def empty(installed, program: Path, tmp_path_factory) -> Path:
    """A new tracker, laid out and built by the installed program."""
    folder = tmp_path_factory.mktemp("started")
    done = installed("init", "harbour", "--name", "Harbour: follow-up", "--description", "Who was asked for what.",
                     "--languages", "en,ar", "--forge", "github", "--url", "https://github.com/example/harbour",
                     "--yes", cwd=folder)  # fmt: skip
    assert (done.status, done.err) == (0, "")
    assert "an empty tracker. What comes next:" in done.out
    made = make(folder / "harbour", program)
    assert made.status == 0, made.out + made.err
    return folder / "harbour"


def make(folder: Path, program: Path, *what: str) -> Ran:
    done = subprocess.run(["make", f"TRACKER={program}", *what], cwd=folder, capture_output=True, text=True, check=False)
    return Ran(done.returncode, done.stdout, done.stderr)


def files(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_everything_that_the_program_reads_is_in_the_wheel(wheel: Path) -> None:
    ours = {f"tracker/{p}" for p in files(ROOT / "tracker") if "__pycache__" not in p}
    with zipfile.ZipFile(wheel) as archive:
        assert ours - set(archive.namelist()) == set()


def test_the_installed_program_is_the_one_of_the_wheel(program: Path, tmp_path: Path) -> None:
    python = program.parent / "python"
    where = subprocess.run([python, "-c", "import tracker; print(tracker.__file__)"], cwd=tmp_path, check=True,
                           capture_output=True, text=True).stdout  # fmt: skip
    assert str(program.parent.parent) in where


def test_an_empty_tracker_builds_checks_and_tests_at_once(empty: Path, program: Path) -> None:
    assert {"README.md", "Makefile", "LICENSE.md", "tracker.yml", "mkdocs.yml", "requirements.txt", ".gitignore",
            "docs/index.md", "docs/method.md", "docs/contribute.md", "docs/actors/editors.md", "recommendations/.gitkeep",
            ".vscode/settings.json", ".vscode/tracker.code-snippets", ".pre-commit-config.yaml",
            ".github/workflows/checks.yml", ".github/workflows/publish.yml"} <= files(empty)  # fmt: skip
    tested = make(empty, program, "test")
    assert tested.status == 0, tested.out + tested.err
    assert "nothing to mend" in tested.out
    assert "Every link inside the site leads somewhere." in tested.out
    home = (empty / "build/site/index.html").read_text(encoding="utf-8")
    assert "How to begin" in home
    assert "Harbour: follow-up" in home


def test_no_mark_of_a_template_is_left(empty: Path) -> None:
    for path in files(empty):
        if not path.startswith(("build/", "program/", ".tracker/")):
            assert "@@" not in (empty / path).read_text(encoding="utf-8"), path


def test_the_program_is_taken_along_and_pinned_by_its_hash(empty: Path, wheel: Path) -> None:
    data = wheel.read_bytes()
    assert (empty / "program" / wheel.name).read_bytes() == data
    text = (empty / "requirements.txt").read_text()
    assert f"./program/{wheel.name} \\\n    --hash=sha256:{hashlib.sha256(data).hexdigest()}\n" in text
    entries = re.split(r"(?m)^(?=[A-Za-z0-9./])", text)[1:]
    assert len(entries) > 30
    assert not [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]


def test_the_libraries_of_a_new_tracker_are_those_of_our_lock() -> None:
    made = runtime_lock.text()
    assert (ROOT / "tracker/starting/lock.txt").read_text(encoding="utf-8") == made, "run: python tools/runtime_lock.py"
    assert {"mkdocs", "openpyxl", "pagefind-bin"} <= runtime_lock.needed()
    assert "pytest==" not in made


def test_from_a_spreadsheet_to_a_site(empty: Path, program: Path, installed, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", str(empty), str(tmp_path / "t")], check=True)
    root = tmp_path / "t"
    (root / "docs/sources/report.md").write_text("---\ntitle: A report\ndate: 2014\n---\nA document.\n")
    (root / "docs/themes/gender.md").write_text("---\ntitle: Gender\n---\nA theme.\n")
    (tmp_path / "table.xlsx").write_bytes(table.xlsx(table.rows(12)))
    given = table.MAP.replace("row_id:", "unknown_actors: create\nrow_id:").replace("value: watch", "value: editors")
    (tmp_path / "map.yml").write_text(given)
    done = installed("import", tmp_path / "table.xlsx", "--map", tmp_path / "map.yml", cwd=root)
    assert done.status == 0, done.out + done.err
    built = make(root, program)
    assert built.status == 0, built.out + built.err
    page = (root / "build/site/recommendations/follow-up-rec-2014-0001.html").read_text(encoding="utf-8")
    assert "Under way" in page
    assert "How to begin" not in (root / "build/site/index.html").read_text(encoding="utf-8")
    assert list(broken(root / "build/site")) == []


@pytest.mark.parametrize("forge", ["github", "gitlab", "forgejo", "gitea", "none"])
def test_each_forge_gets_its_files(run, tmp_path: Path, forge: str) -> None:
    done = run("init", tmp_path / "t", "--forge", forge, "--yes")
    assert (done.status, done.err) == (0, "")
    workflows = {p for p in files(tmp_path / "t") if "workflows" in p or p == ".gitlab-ci.yml"}
    assert bool(workflows) == (forge != "none")
    assert run("check", "--root", tmp_path / "t").status == 0


HOSTILE = "A <plan>: “*peace* & [order](x)”, # 'quoted' | no"


@pytest.mark.parametrize(("name", "licence"), [("no", "CC0-1.0"), (HOSTILE.replace("<plan>", "plan"), "CC-BY-SA-4.0"), ("سجل", "CC-BY-4.0")])
def test_any_name_is_kept_as_it_is_written(run, tmp_path: Path, name: str, licence: str) -> None:
    done = run("init", tmp_path / "t", "--name", name, "--description", name, "--licence", licence, "--yes")
    assert (done.status, done.err) == (0, "")
    assert LICENCES[licence][0] in (tmp_path / "t/LICENSE.md").read_text(encoding="utf-8")
    shown = json.loads(run("show", "editors", "--format", "json", "--root", tmp_path / "t").out)
    assert f"The editors of {name}" in json.dumps(shown, ensure_ascii=False).replace('\\"', '"')
    assert run("check", "--root", tmp_path / "t").status == 0


def test_it_asks_in_a_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "tracker", "init", str(tmp_path / "t")], stdin=theirs,
                               stdout=theirs, stderr=theirs, close_fds=True, env={**os.environ, "COLUMNS": "200"})  # fmt: skip
    os.close(theirs)
    text = ""
    for question, answer in (("called", "Our tracker"), ("one sentence", ""), ("languages", "fr,en"), ("be kept", "gitlab"),
                             ("address of the repository", ""), ("licence", "CC0-1.0"), ("comes next", None)):
        while question not in text:
            assert select.select([ours], [], [], 60)[0], text
            text += os.read(ours, 4096).decode()
        text = text.split(question, 1)[1]
        if answer is not None:
            os.write(ours, f"{answer}\n".encode())
    assert process.wait(60) == 0
    os.close(ours)
    said = (tmp_path / "t/tracker.yml").read_text(encoding="utf-8")
    assert "name: Our tracker" in said
    assert "languages: [fr, en]" in said
    assert (tmp_path / "t/.gitlab-ci.yml").is_file()


BAD = {
    "not empty": (["full"], "full is not empty: a-file is in it"),
    "a file": (["full/a-file"], "full/a-file is a file"),
    "below a file": (["full/a-file/t"], "a part of its path is a file"),
    "no language": (["t", "--languages", "en,xx-nothing"], "“xx-nothing” is not the code of a language"),
    "no forge": (["t", "--forge", "githup"], "“githup” is not a forge that is known\n  Did you mean “github”?"),
    "no licence": (["t", "--licence", "CC-BY"], "“CC-BY” is not one of the licences"),
    "no address": (["t", "--forge", "github", "--url", "javascript:x"], "is not the address of a repository"),
    "HTML in the name": (["t", "--name", "<b>x</b>"], "this can't be the name of a tracker"),
    "two lines": (["t", "--name", "a\nb"], "this can't be the name of a tracker"),
    "no wheel": (["t", "--wheel", "full/a-file"], "a-file is not a wheel of this program"),
}  # fmt: skip


@pytest.mark.parametrize(("args", "message"), BAD.values(), ids=BAD)
def test_what_can_not_be_laid_out_is_one_message(run, tmp_path: Path, args: list[str], message: str) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/a-file").write_text("mine")
    done = run("init", *args, "--yes", cwd=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert message in done.err
    assert files(tmp_path) == {"full/a-file"}
    assert (tmp_path / "full/a-file").read_text() == "mine"


def test_a_folder_that_may_not_be_written_is_one_message(run, tmp_path: Path) -> None:
    done = run("init", "/proc/t", "--yes", cwd=tmp_path)  # not even the superuser may write there
    assert (done.status, done.out) == (2, "")
    assert "/proc/t can't be used" in done.err


def test_a_fresh_repository_may_be_there(run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "t")], check=True)
    assert run("init", tmp_path / "t", "--yes").status == 0


# The editor's files

def test_the_files_for_editors_are_up_to_date(run) -> None:
    done = run("schema", "--check", "--root", ROOT)
    assert (done.status, done.out) == (0, ""), done.out


def test_the_files_for_editors_follow_the_words_of_the_tracker(tracker, run) -> None:
    tracker.recommendation()
    assert run("schema", "--check", "--root", tracker.root).status == 1
    assert run("schema", "--root", tracker.root, "--with-ids").status == 0
    schema = json.loads((tracker.root / ".vscode/schemas/recommendations.schema.json").read_text())
    good = {"title": "x", "source": "report", "addressed_to": ["au"]}
    jsonschema.validate(good, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good | {"addressed_to": ["aux"]}, schema)
    status = schema["properties"]["assessments"]["items"]["properties"]["status"]
    assert len(status["enumDescriptions"]) == len(status["enum"])
    own = tracker.root / ".vscode/settings.json"
    own.write_text("{}\n")
    assert run("schema", "--root", tracker.root).status == 0
    assert own.read_text() == "{}\n"
    assert run("schema", "--check", "--root", tracker.root).status == 0


def test_snippets_are_records_that_pass_the_check(tracker, run) -> None:
    """With the first choice taken, and places filled as they say."""
    run("schema", "--root", tracker.root)
    snippets = json.loads((tracker.root / ".vscode/tracker.code-snippets").read_text())
    given = {"id of an actor": "au", "id of the actor": "au", "id of a theme": "gender", "when it was so": "2012-01-01", "https://": "https://example.org/",
             "assessor": "watch", "$TM_DIRECTORY_BASE": "report"}
    def filled(name: str) -> str:
        text = "\n".join(snippets[name]["body"])
        text = re.sub(r"\$\{\d+\|([^,|]+)[^}]*\}", r"\1", text)
        text = re.sub(r"\$\{\d+:([^}]*)\}", lambda m: given.get(m[1], m[1].replace(": ", " ")), text)
        return text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2013-01-01").replace("$0", "")
    asks = filled("Recommendation").replace("measures:", "assessments:\n" + filled("Assessment") + "\nmeasures:")
    tracker.write("recommendations/report/new.md", asks)
    tracker.write("docs/actors/new-actor.md", filled("Actor"))
    tracker.write("docs/sources/new-source.md", filled("Source"))
    done = run("check", "--root", tracker.root, "--errors-only")
    assert done.status == 0, done.out


def test_the_task_s_pattern_reads_what_the_check_prints(tracker, run) -> None:
    tracker.recommendation(source="source: nowhere")
    pattern = json.loads((ROOT / ".vscode/tasks.json").read_text())["tasks"][0]["problemMatcher"]["pattern"]["regexp"]
    line = run("check", "--errors-only", "--root", tracker.root).out.splitlines()[0]
    match = re.match(pattern, line)
    assert match, line
    assert match.groups()[:5] == ("recommendations/report/ask.md", "3", "9", "T301", "error")


# Links of a site

def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text(
        '<a href="sub/page.html#here">1</a> <a href="sub/page.html#gone">2</a> <a href="gone.html">3</a>'
        ' <a href="https://example.org/x">4</a> <a href="#top">5</a> <img src="sub/%C3%A9.png"> <p id="top">')
    (tmp_path / "sub/page.html").write_text('<p id="here"><!-- <p id="gone"> --> <a href="../index.html">back</a>')
    (tmp_path / "sub/é.png").write_bytes(b"")
    assert list(broken(tmp_path)) == [Broken("index.html", "sub/page.html#gone"), Broken("index.html", "gone.html")]
