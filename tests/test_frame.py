"""The site's frame: what a tracker's mkdocs.yml may say beside it, and what comes of both."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from tracker.config import Config
from tracker.errors import TrackerError
from tracker.site import material
from tracker.site.engine import write_config
from tracker.site.frame import frame, merged
from tracker.site.tongues import Tongue

CONFIG = Config(name="Ours", description="What it is.", site_url="https://example.org/")
MATERIAL = material.settings(Tongue("en", ("en",)))


def about(theirs: dict) -> list[str]:
    return [next(iter(item)) for item in next(i["About"] for i in merged(theirs, CONFIG)["nav"] if "About" in i)]


@pytest.mark.parametrize(("theirs", "key", "expected"), [
    ({}, "site_name", "Ours"),
    ({"site_name": "Theirs"}, "site_name", "Theirs"),
    ({}, "site_url", "https://example.org/"),
    ({"theme": "tracker"}, "theme", frame(CONFIG)["theme"]),
    ({"theme": "material"}, "theme", MATERIAL),
    ({"theme": {"name": "material", "palette": {"primary": "teal"}, "icon": {"repo": "material/git"}}}, "theme",
     MATERIAL | {"palette": {"primary": "teal"}, "icon": MATERIAL["icon"] | {"repo": "material/git"}}),
    ({"theme": {"name": "material", "custom_dir": "own"}}, "theme", MATERIAL | {"custom_dir": "own"}),
    ({"theme": "material"}, "extra", frame(CONFIG)["extra"] | material.EXTRA),
    ({"theme": {"custom_dir": "own"}}, "theme", frame(CONFIG)["theme"] | {"custom_dir": "own"}),
    ({"extra_css": ["own.css"]}, "extra_css", [*frame(CONFIG)["extra_css"], "own.css"]),
    ({"extra": {"own": "1"}}, "extra", frame(CONFIG)["extra"] | {"own": "1"}),
    ({"plugins": ["search", "tracker"]}, "plugins", ["tracker"]),
    ({"markdown_extensions": [{"toc": {"permalink": False}}]}, "markdown_extensions",
     ["tracker.site.finished", {"toc": {"permalink": False}}]),
    ({"nav": [{"Start": "index.md"}]}, "nav", [{"Start": "index.md"}]),
    ({"copyright": "Ours."}, "copyright", "Ours."),
])  # fmt: skip
def test_a_mkdocs_file_says_only_what_differs(theirs: dict, key: str, expected) -> None:
    assert merged(theirs, CONFIG)[key] == expected


def test_own_pages_stand_under_about() -> None:
    assert about({}) == ["Method", "Contribute", "Propose an update", "Rules"]
    assert about({"nav": [{"Who we are": "who.md"}]}) == ["Method", "Contribute", "Who we are", "Propose an update", "Rules"]


def test_this_repository_repeats_nothing_of_the_frame() -> None:
    """Name and plugins excepted, which MkDocs reads before it asks the plugin."""
    from ruamel.yaml import YAML

    said = YAML(typ="safe").load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert said.keys() & frame(CONFIG).keys() == {"site_name", "plugins", "nav"}
    assert not [i for i in said["nav"] if i in merged({}, CONFIG)["nav"]]


def test_a_theme_that_the_pages_are_not_made_for_is_refused() -> None:
    with pytest.raises(TrackerError, match="names the theme “readthedocs”"):
        merged({"theme": "readthedocs"}, CONFIG)


@pytest.mark.parametrize(("code", "language", "direction"), [
    ("ar", "ar", "rtl"), ("pt-BR", "pt-BR", "ltr"), ("fr-CA", "fr", "ltr"), ("ht", "en", "ltr"),
])  # fmt: skip
def test_material_speaks_the_page_s_language_where_it_knows_it(
    tmp_path: Path, code: str, language: str, direction: str
) -> None:
    catalogue = tmp_path / "locale" / code / "LC_MESSAGES/tracker.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(f'msgid ""\nmsgstr "Language: {code.replace("-", "_")}\\n"\n')
    said = material.settings(Tongue(code, ("en", code), root=tmp_path))
    assert (said["language"], said["direction"], said["favicon"]) == (language, direction, "../assets/favicon.svg")


def test_a_tracker_s_templates_lie_over_ours_for_material(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("theme: {name: material, custom_dir: mine}\n")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/main.html").write_text("theirs")
    (tmp_path / "build").mkdir()
    made = write_config(tmp_path, CONFIG, tmp_path / "build", tmp_path / "build/pages", tmp_path / "build/site.new")
    assert "custom_dir: theme" in made.read_text(encoding="utf-8")
    assert (tmp_path / "build/theme/main.html").read_text() == "theirs"
    assert (tmp_path / "build/theme/tracker.html").is_file()
    assert (tmp_path / "build/theme/parts/find.html").is_file()
    (tmp_path / "mkdocs.yml").write_text("theme: {name: material, custom_dir: none}\n")
    with pytest.raises(TrackerError, match="the folder none can't be read"):
        write_config(tmp_path, CONFIG, tmp_path / "build", tmp_path / "build/pages", tmp_path / "build/site.new")


def test_a_tracker_without_a_mkdocs_file_has_the_frame(tmp_path: Path) -> None:
    made = write_config(tmp_path, CONFIG, tmp_path, tmp_path / "pages", tmp_path / "site.new")
    text = made.read_text(encoding="utf-8")
    assert "site_name: Ours" in text
    assert "name: tracker" in text
