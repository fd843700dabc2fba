"""Material as the frame (`theme: material`), in each generator and through the MkDocs plugin."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MINIMAL, Tracker

from tracker.site.engine import ENGINES

MKDOCS = """\
site_name: A tracker
plugins: [search, tracker]
theme:
  name: material
  custom_dir: mine
  palette: {scheme: slate, primary: teal}
extra_css: [own.css]
"""
FILES = {
    "mkdocs.yml": MKDOCS,
    "docs/index.md": "# Welcome\n\nWhat it is about.\n",
    "mine/main.html": '{% extends "tracker.html" %}{% block announce %}News of <b>ours</b>{% endblock %}',
}
PAGES = ["index", "recommendations/index", "recommendations/ask", "actors/au", "rules/T101", "search", "404"]


def built(root: Path, *args: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *args], cwd=root, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module", params=[*ENGINES, "plugin"])
def site(request, tmp_path_factory) -> Path:
    if request.param != "plugin" and not importlib.util.find_spec(request.param):
        pytest.skip(f"NOT TESTED: the generator {request.param} is not installed")
    tracker = Tracker(tmp_path_factory.mktemp("material") / "tracker")
    for path, text in (MINIMAL | FILES).items():
        tracker.write(path, text)
    tracker.recommendation()
    if request.param == "plugin":
        built(tracker.root, "mkdocs", "build", "--strict")
    else:
        built(tracker.root, "tracker", "build", "--engine", request.param)
    return tracker.root / "build/site"


def test_every_page_has_material_s_frame_and_ours_in_it(site: Path) -> None:
    for page in PAGES:
        text = (site / f"{page}.html").read_text(encoding="utf-8")
        assert text.count("<h1") == 1, page
        assert 'data-md-color-scheme="slate" data-md-color-primary="teal"' in text
        assert '<a class="rt-site"' not in text
        search = re.search(r'<form class="rt-find" role="search" action="([^"]*)"', text)[1]
        assert search.removeprefix("./").endswith("search.html"), page
        assert "News of <b>ours</b>" in text


def test_no_script_or_style_stands_in_a_page_and_none_comes_from_elsewhere(site: Path) -> None:
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if page.name == "404.html" or "http-equiv=\"refresh\"" not in text:
            scripts = re.findall(r"<script([^>]*)>", text)
            assert [s for s in scripts if "src=" not in s and 'type="application/json"' not in s] == [], page
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text), page
            policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#x27;", "'")
            assert "unsafe-inline" not in policy
            assert ("wasm-unsafe-eval" in policy) == (page.name == "search.html" and page.parent == site)
        loaded = re.findall(r'<(?:script|link|img|iframe)\b[^>]*\s(?:src|href)="([^"]*)"', text)
        assert [a for a in loaded if re.match(r"(https?:)?//", a)] == [], page


def test_what_is_loaded_is_there(site: Path) -> None:
    for page in PAGES[:-1]:
        file = site / f"{page}.html"
        text = file.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|link rel="(?:stylesheet|icon)")[^>]*\s(?:src|href)="([^"?]*)', text)
        names = {address.rpartition("/")[2] for address in loaded}
        assert {"frame.js", "material.js", "tracker.css", "dark.css", "material.css", "own.css"} <= names
        # The tracker has no such style sheet; the others are in the site.
        missing = [a for a in loaded if not a.endswith("own.css") and not (file.parent / a).is_file()]
        assert missing == [], page


def test_material_s_own_index_is_not_made(site: Path) -> None:
    assert not (site / "search/search_index.json").exists()
    assert (site / "pagefind/pagefind.js").is_file()
    assert not list(site.rglob("parts/*.html"))
    assert 'class="md-search"' not in (site / "index.html").read_text(encoding="utf-8")
