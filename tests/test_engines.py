"""The site: the same pages built by each of three generators, and by the MkDocs plugin."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import MINIMAL, ROOT, Ran, Tracker

from tracker.site.engine import ENGINES, STAMP

AS_OF = "2026-06-30"
# No “<” stands in it, so no rule stops it: read as YAML between double quotes it would become a tag.
HOSTILE = r"\x3c/title\x3e\x3cscript\x3ealert(1)\x3c/script\x3e & \u003cb\u003e"
FILES = {
    "docs/index.md": "# Welcome\n\nWhat it is about.\n",
    "docs/method.md": "# Method\n\n## How it is done\n\nWords.\n",
    "docs/extra/more.md": "# How more was made\n\nWords.\n",
    "docs/themes/gender.md": f"---\ntitle: '{HOSTILE}'\n---\nA theme.\n",
    "recommendations/report/hostile.md": f"---\ntitle: '{HOSTILE}'\nsource: report\naddressed_to: [eu]\n"
    "themes: [gender]\naliases: [old-name]\n---\nA body.\n",
}


def command(*args: str, cwd: Path) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", *args], cwd=cwd, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Tracker:
    tracker = Tracker(tmp_path_factory.mktemp("engines") / "tracker")
    for path, text in (MINIMAL | FILES).items():
        tracker.write(path, text)
    tracker.recommendation()
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for page in re.findall(r": (\S+\.md)$", config, re.MULTILINE):
        tracker.write(f"docs/{page}", f"# The page {page}\n\nWords.\n")
    tracker.write("mkdocs.yml", config.replace("plugins:\n  - tracker\n", f"plugins:\n  - tracker:\n      as_of: '{AS_OF}'\n"))
    return tracker


@pytest.fixture(scope="module")
def sites(small) -> dict[str, Path]:
    """The site of each generator, and of the plugin, by name."""
    made = {}
    for engine in ENGINES:
        if importlib.util.find_spec(engine):
            folder = small.root.parent / engine
            args = ("tracker", "build", "--engine", engine, "--to", str(folder), "--as-of", AS_OF)
            done = command(*args, cwd=small.root)
            assert done.status == 0, done.err
            assert f"was built with {engine}" in done.out
            made[engine] = folder / "site"
    done = command("mkdocs", "build", "--strict", cwd=small.root)
    assert done.status == 0, done.err
    return made | {"plugin": small.root / "build/site"}


@pytest.fixture(params=[*ENGINES, "plugin"])
def site(request, sites) -> Path:
    if request.param not in sites:
        pytest.skip(f"NOT TESTED: the generator {request.param} is not installed")
    return sites[request.param]


class Page(HTMLParser):
    """What a browser makes of a page: its title, its headings, and its scripts."""

    def __init__(self, file: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[str]] = {}
        self.tags: list[tuple[str, dict]] = []
        self._open: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        self.found.setdefault(tag, []).append("")

    def handle_endtag(self, tag) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data) -> None:
        for tag in set(self._open):
            self.found[tag][-1] += data


def files(site: Path) -> set[str]:
    """The pages of a site, those left out that every generator has its own of."""
    found = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    return {path for path in found if not path.startswith("assets/")} - {"404.html"}


def test_every_page_becomes_a_file(site, small) -> None:
    wanted = {
        path.relative_to(small.root.parent / "mkdocs/pages").with_suffix(".html").as_posix()
        for path in (small.root.parent / "mkdocs/pages").rglob("*.md")
    }
    assert {"index.html", "recommendations/ask.html", "recommendations/old-name.html", "actors/au.html",
            "rules/T101.html", "extra/more.html"} <= wanted  # fmt: skip
    assert files(site) == wanted


@pytest.mark.parametrize(("page", "heading"), [
    ("index", "Welcome"), ("method", "Method"), ("recommendations/index", "Recommendations"),
    ("recommendations/ask", "Name a desk for civil society"), ("actors/au", "African Union"),
    ("actors/index", "Actors"), ("extra/more", "How more was made"), ("rules/T101", "T101 unreadable-file"),
    ("recommendations/hostile", HOSTILE), ("themes/gender", HOSTILE),
])  # fmt: skip
def test_a_page_has_its_one_heading(site, page: str, heading: str) -> None:
    headings = Page(site / f"{page}.html").found["h1"]
    assert len(headings) == 1
    assert headings[0].strip().startswith(heading)


def test_tables_and_sections_are_there(site) -> None:
    text = (site / "recommendations/index.html").read_text(encoding="utf-8")
    assert re.search(r'<table class="rt-table rt-asks" id="asks">', text)
    assert 'href="../recommendations/ask.html"' in text or 'href="ask.html"' in text
    page = Page(site / "recommendations/ask.html")
    assert [h.rstrip("¶ #").strip() for h in page.found["h2"]][:1] == ["Who was asked, and what came of it"]
    assert "Data as of 30 June 2026" in " ".join(page.found["p"])


def test_style_and_script_are_our_own_and_nothing_is_fetched_from_elsewhere(site) -> None:
    page = Page(site / "recommendations/index.html")
    loaded = [a.get("src") or a.get("href") for t, a in page.tags if t in ("script", "link", "img", "iframe")]
    names = {address.rpartition("/")[2].partition("?")[0] for address in loaded if address}
    assert {"frame.js", "tables.js", "frame.css", "tracker.css"} <= names
    assert not [address for address in loaded if address and re.match(r"(https?:)?//", address)]


def test_the_error_page_finds_its_files_from_any_address(site) -> None:
    page = Page(site / "404.html")
    loaded = [a.get("src") or a.get("href") for t, a in page.tags if t == "script" or (t == "link" and "href" in a)]
    assert any("frame.css" in address for address in loaded)
    assert not [address for address in loaded if not address.startswith("/") or address.startswith("//")]


@pytest.mark.parametrize("page", ["recommendations/hostile", "recommendations/old-name", "themes/gender"])
def test_a_hostile_title_stays_a_text_wherever_a_generator_puts_it(site, page: str) -> None:
    ours, theirs = Page(site / f"{page}.html"), Page(site / "recommendations/ask.html")
    assert "x3c/title" in ours.found["title"][0]
    assert "alert(1)" in ours.found["title"][0]
    for page in (ours, theirs):  # data for our scripts is no script
        kinds = [attrs.get("type", "") for tag, attrs in page.tags if tag == "script"]
        scripts = page.found.get("script", [])
        assert not [text for text, kind in zip(scripts, kinds, strict=True) if text.strip() and not kind]
    assert not [attrs for _, attrs in ours.tags if any(name.startswith("on") for name in attrs)]


def test_every_generator_makes_the_same_set_of_pages(sites) -> None:
    found = {name: files(site) for name, site in sites.items()}
    assert {name for name in found if found[name] != found["plugin"]} == set()


def test_nothing_is_built_again_where_nothing_changed(small, sites) -> None:
    folder = small.root.parent / "mkdocs"
    args = ("tracker", "build", "--to", str(folder), "--as-of", AS_OF)
    stamp = (folder / "site" / STAMP).stat()
    done = command(*args, cwd=small.root)
    assert (done.status, "is up to date" in done.out) == (0, True)
    assert (folder / "site" / STAMP).stat().st_ino == stamp.st_ino
    copied = small.root.parent / "changed"
    shutil.copytree(folder, copied)
    done = command("tracker", "build", "--to", str(copied), "--as-of", "2026-07-01", cwd=small.root)
    assert "was built with mkdocs" in done.out
    assert "Data as of <time datetime=\"2026-07-01\"" in (copied / "site/actors/au.html").read_text()


def test_the_old_site_stays_where_the_new_one_can_not_be_built(small, sites, tmp_path) -> None:
    folder, root = tmp_path / "build", tmp_path / "tracker"
    shutil.copytree(small.root, root, ignore=shutil.ignore_patterns("build"))
    shutil.copytree(sites["mkdocs"], folder / "site")
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{config}\nmarkdown_extensions: [none_such]\n", encoding="utf-8")
    done = command("tracker", "build", "--to", str(folder), "--as-of", AS_OF, cwd=root)
    assert done.status == 2
    assert "mkdocs could not build the site" in done.err
    assert files(folder / "site") == files(sites["mkdocs"])


@pytest.mark.parametrize(("break_it", "message"), [
    (lambda root: (root / "mkdocs.yml").write_text("- a list\n"), "mkdocs.yml is not a set of"),
    (lambda root: (root / "mkdocs.yml").write_text("site_name: a: b\n"), "mkdocs.yml can't be read"),
    (lambda root: (root / "docs/actors/au.md").write_text("no front matter\n"), "while there are errors"),
], ids=["a list", "not YAML", "errors"])  # fmt: skip
def test_what_can_not_be_built_is_one_message(small, tmp_path, break_it, message: str) -> None:
    root = tmp_path / "tracker"
    shutil.copytree(small.root, root, ignore=shutil.ignore_patterns("build"))
    break_it(root)
    done = command("tracker", "build", "--to", str(tmp_path / "out"), cwd=root)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_the_plugin_refuses_what_the_command_refuses(small, tmp_path) -> None:
    root = tmp_path / "tracker"
    shutil.copytree(small.root, root, ignore=shutil.ignore_patterns("build"))
    (root / "docs/actors/au.md").write_text("no front matter\n")
    done = command("mkdocs", "build", cwd=root)
    assert done.status == 1
    assert "docs/actors/au.md:1:1: T103" in done.err + done.out
    assert not (root / "build/site/index.html").exists()
