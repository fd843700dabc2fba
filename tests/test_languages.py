"""A site in several languages: one build for each, tied page to page, and honest about what is not translated."""

from __future__ import annotations

import importlib.util
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import MINIMAL, Tracker

from tracker.site.engine import ENGINES, STAMP
from tracker.translations import fingerprint

AS_OF = "2026-06-30"
METHOD = "# Method\n\n## How it is done\n\nWords about [themes](themes/index.md) and a ![picture](dot.png).\n"
TITLE, BODY = "Name a desk for civil society", "What is asked, in our own words."
NOW = fingerprint({"title": TITLE, "body": BODY})
FILES = {
    "tracker.yml": "name: A tracker\nlead_assessor: watch\nlanguages: [en, fr, ar]\n",
    "mkdocs.yml": "site_name: A tracker\n",
    "docs/dot.png": "not really a picture",
    "docs/method.md": METHOD,
    "docs/method.fr.md": f"---\ntranslates: {fingerprint({'body': METHOD})}\n---\n# Méthode\n\n## Comment\n\nDes mots.\n",
    "docs/method.ar.md": "---\ntranslates: 0123456789ab\n---\n# المنهج\n\nكلمات.\n",
    "docs/extra.md": "# More\n\n## Where\n\nOnly here.\n",
    "docs/actors/oas.md": "---\ntitle: منظمة\nlang: ar\ntype: rigo\n---\nنص.\n",
    "docs/themes/gender.md": "---\ntitle: Gender\nsee_also: [gender]\n---\nSee [the method](https://example.org).\n",
    "recommendations/report/ask.fr.md": f"---\ntranslates: {NOW}\ntranslator: Watch\ntitle: Nommer un bureau\n---\nCe qui est demandé.\n",
    "recommendations/report/ask.ar.md": "---\ntranslates: 0123456789ab\ntitle: تسمية مكتب\n---\nالنص.\n",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Tracker:
    tracker = Tracker(tmp_path_factory.mktemp("languages") / "tracker")
    for path, text in (MINIMAL | FILES).items():
        tracker.write(path, text)
    tracker.recommendation(addressed_to="addressed_to: [au, rigos, oas]")
    return tracker


@pytest.fixture(scope="module")
def build(small, tmp_path_factory):
    """Runs `tracker build` into a folder beside the tracker."""
    from test_engines import command

    def call(*args: str, to: str = "built", status: int = 0, root: Path | None = None):
        folder = small.root.parent / to
        done = command("tracker", "build", "--to", str(folder), "--as-of", AS_OF, *args, cwd=root or small.root)
        assert done.status == status, done.out + done.err
        return folder / "site", done

    return call


@pytest.fixture(scope="module")
def site(build) -> Path:
    return build()[0]


class Page(HTMLParser):
    """A page's tags with their attributes, and the text of each."""

    def __init__(self, file: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict, list[str]]] = []
        self._open: list[tuple[str, dict, list[str]]] = []
        self.feed(file.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs), []))
        self._open.append(self.tags[-1])

    def handle_endtag(self, tag) -> None:
        while any(t[0] == tag for t in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data) -> None:
        for entry in self._open:
            entry[2].append(data)

    def all(self, tag: str, **attrs: str) -> list[tuple[dict, str]]:
        return [
            (a, "".join(text).strip()) for t, a, text in self.tags
            if t == tag and all(a.get(k) == v for k, v in attrs.items())
        ]  # fmt: skip


def pages(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*.html")}


def test_every_page_is_there_in_every_language_under_the_same_name(site) -> None:
    default = {p for p in pages(site) if not p.startswith(("fr/", "ar/"))}
    assert "actors/au.html" in default
    assert pages(site / "fr") == pages(site / "ar") == default


def test_what_no_language_changes_is_there_once(site) -> None:
    for name in ("assets/frame.css", "api", "data", "feeds"):
        assert (site / name).exists()
        assert not (site / "fr" / name).exists()
    data = Page(site / "fr/data.html")
    links = [a["href"] for a, _ in data.all("a") if "csv" in a.get("href", "")]
    assert links
    assert all(((site / "fr") / link).resolve().is_file() for link in links)
    loaded = [a.get("href") or a.get("src") for t in ("link", "script") for a, _ in Page(site / "fr/actors/au.html").all(t)]
    files = [name.partition("?")[0] for name in loaded if name and "assets/" in name]
    assert files
    assert all((site / "fr/actors" / name).resolve().is_file() for name in files)


LANGUAGES = {"en": ("", "ltr"), "fr": ("fr/", "ltr"), "ar": ("ar/", "rtl")}


@pytest.mark.parametrize("page", ["index.html", "actors/au.html", "recommendations/ask.html", "method.html"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_leads_to_itself_in_the_others(site, language: str, page: str) -> None:
    folder, direction = LANGUAGES[language]
    made = Page(site / folder / page)
    (html, _), = made.all("html")
    assert (html["lang"], html["dir"]) == (language, direction)
    here = (site / folder / page).parent
    alternates = {a["hreflang"]: (here / a["href"]).resolve() for a, _ in made.all("link", rel="alternate")
                  if "hreflang" in a}  # fmt: skip
    wanted = {code: (site / where / page).resolve() for code, (where, _) in LANGUAGES.items()}
    assert alternates == wanted | {"x-default": wanted["en"]}
    switch = {a["hreflang"]: (here / a["href"]).resolve() for a, _ in made.all("a") if "hreflang" in a and "lang" in a}
    assert switch == wanted


def test_alternates_are_whole_addresses_where_the_site_has_one(build, small, tmp_path) -> None:
    root = tmp_path / "tracker"
    shutil.copytree(small.root, root)
    with (root / "tracker.yml").open("a") as file:
        file.write("site_url: https://example.org/t\n")
    site, _ = build(to="addressed", root=root)
    made = Page(site / "fr/actors/au.html")
    found = {a["hreflang"]: a["href"] for a, _ in made.all("link", rel="alternate") if "hreflang" in a}
    assert found["fr"] == "https://example.org/t/fr/actors/au.html"
    assert found["x-default"] == found["en"] == "https://example.org/t/actors/au.html"
    assert made.all("link", rel="canonical")[0][0]["href"] == found["fr"]


def test_texts_without_a_translation_are_marked_with_their_language_and_direction(site) -> None:
    made = Page(site / "ar/actors/au.html")
    (_, title), = made.all("span", lang="en", dir="ltr")[:1]
    assert title == "African Union"
    assert [a for a, text in made.all("div", lang="en", dir="ltr") if text == "A body."]
    asks = Page(site / "ar/themes/gender.html").all("a", lang="en", dir="ltr")
    assert [text for _, text in asks if text == "Regional organisations"]


def test_a_record_in_another_language_is_marked_on_the_default_pages_and_not_on_its_own(site) -> None:
    assert Page(site / "actors/oas.html").all("span", lang="ar", dir="rtl")
    theirs = Page(site / "ar/actors/oas.html")
    assert not [a for t, a, text in theirs.tags if a.get("lang") == "en" and "منظمة" in "".join(text)]
    assert not theirs.all("span", lang="ar", dir="rtl")


def test_a_translated_record_is_shown_in_its_language_wherever_it_stands(site) -> None:
    made = Page(site / "fr/recommendations/ask.html")
    assert made.all("h1")[0][1] == "Nommer un bureau"
    assert "Ce qui est demandé." in "".join(t for _, t in made.all("p"))
    assert "Nommer un bureau" in made.all("title")[0][1]
    for page in ("fr/recommendations/index.html", "fr/actors/au.html", "fr/themes/gender.html"):
        links = [attributes for attributes, text in Page(site / page).all("a") if text == "Nommer un bureau"]
        assert links
        assert not [attributes for attributes in links if "lang" in attributes]
    # What it does not have stays in the original's language: the measures.
    assert [a for a, text in made.all("ul", lang="en", dir="ltr") if text == "A desk is named."]
    assert Page(site / "recommendations/ask.html").all("h1")[0][1] == TITLE


@pytest.mark.parametrize(("page", "lang"), [("fr/extra.html", "en"), ("extra.html", None), ("fr/method.html", None)])
def test_the_list_of_what_is_on_a_page_is_in_the_language_of_its_headings(site, page: str, lang: str | None) -> None:
    text = (site / page).read_text(encoding="utf-8")
    nav = text[text.index('class="rt-toc"') :] if 'class="rt-toc"' in text else ""
    found = re.search(r'<ul(?: lang="(\w+)")?>', nav)
    assert found
    assert found[1] == lang


@pytest.mark.parametrize(("page", "said"), [
    ("fr/recommendations/ask.html", "Traduction : Watch."), ("ar/recommendations/ask.html", ""),
    ("recommendations/ask.html", ""), ("fr/actors/au.html", ""),
])  # fmt: skip
def test_a_translated_record_names_who_translated_it(site, page: str, said: str) -> None:
    (foot,) = [text for a, text in Page(site / page).all("div") if a.get("class") == "rt-edition"]
    assert (said in foot.replace("\u00a0", " ").replace("\u202f", " ")) if said else "Watch" not in foot


@pytest.mark.parametrize(("page", "is_stale"), [
    ("fr/recommendations/ask.html", False), ("ar/recommendations/ask.html", True),
    ("fr/method.html", False), ("ar/method.html", True), ("recommendations/ask.html", False),
])  # fmt: skip
def test_a_stale_translation_says_so_and_leads_to_the_original(site, page: str, is_stale: bool) -> None:
    notes = [text for a, text in Page(site / page).all("p") if "rt-stale" in a.get("class", "")]
    assert bool(notes) == is_stale
    if is_stale:
        links = [a["href"] for a, _ in Page(site / page).all("a", hreflang="en") if "lang" not in a]
        assert ((site / page).parent / links[0]).resolve() == (site / page.partition("/")[2]).resolve()


def test_a_page_of_prose_is_shown_in_its_translation_or_marked(site) -> None:
    assert Page(site / "fr/method.html").all("h1")[0][1].startswith("Méthode")
    more = Page(site / "fr/extra.html")
    assert more.all("span", lang="en", dir="ltr")[0][1] == "More"
    assert [a for a, text in more.all("div", lang="en", dir="ltr") if text == "Only here."]


def test_links_of_prose_stay_in_the_language_and_pictures_are_found(site, build, small) -> None:
    text = (site / "method.html").read_text(encoding="utf-8")
    assert 'href="themes/index.html"' in text
    assert 'src="dot.png"' in text
    english = Path(small.root / "docs/method.fr.md")
    kept = english.read_text(encoding="utf-8")
    english.unlink()
    try:
        other, _ = build(to="untranslated")
    finally:
        english.write_text(kept, encoding="utf-8")
    text = (other / "fr/method.html").read_text(encoding="utf-8")
    assert 'href="themes/index.html"' in text
    assert 'src="../dot.png"' in text


def test_anchors_of_our_headings_stay_in_every_language(site) -> None:
    wanted = "who-was-asked-and-what-came-of-it"
    for folder in ("", "fr/", "ar/"):
        text = (site / folder / "recommendations/ask.html").read_text(encoding="utf-8")
        assert len(re.findall(rf'id="{wanted}"', text)) == 1, folder


def test_only_what_changed_is_built_again(site, build, small) -> None:
    before = {code: (site / folder / STAMP).stat().st_ino for code, (folder, _) in LANGUAGES.items()}
    assert "is up to date" in build()[1].out
    file = small.root / "docs/method.fr.md"
    kept = file.read_text(encoding="utf-8")
    file.write_text(kept.replace("Des mots.", "D’autres mots."), encoding="utf-8")
    try:
        _, done = build()
    finally:
        file.write_text(kept, encoding="utf-8")
    assert "(fr)" in done.out
    assert "D’autres mots." in (site / "fr/method.html").read_text(encoding="utf-8")
    after = {code: (site / folder / STAMP).stat().st_ino for code, (folder, _) in LANGUAGES.items()}
    assert {code for code in before if before[code] != after[code]} == {"fr"}
    build()


def test_one_language_is_built_alone_with_the_default_one_that_it_needs(build) -> None:
    site, done = build("--language", "en", to="alone")
    assert not (site / "fr").exists()
    assert not Page(site / "index.html").all("link", rel="alternate")
    _, done = build("--language", "ar", to="alone")
    assert "(ar)" in done.out
    assert Page(site / "ar/index.html").all("html")[0][0]["dir"] == "rtl"
    first, done = build("--language", "fr", to="another")
    assert "(en, fr)" in done.out
    assert (first / "fr/index.html").is_file()
    _, done = build("--language", "frr", status=2)
    assert "“frr” is not a language of this site" in done.err
    assert "“fr”" in done.err


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "mkdocs"])
def test_every_generator_makes_the_same_pages_and_ties(site, build, engine: str) -> None:
    if not importlib.util.find_spec(engine):
        pytest.skip(f"NOT TESTED: the generator {engine} is not installed")
    other, _ = build("--engine", engine, to=engine)
    assert pages(other) == pages(site)
    for page in ("index.html", "fr/actors/au.html", "ar/recommendations/ask.html"):
        ours, theirs = (
            {(a["hreflang"], a["href"]) for a, _ in Page(where / page).all("link", rel="alternate") if "hreflang" in a}
            for where in (site, other)
        )
        assert theirs == ours
        assert Page(other / page).all("html")[0][0]["dir"] == Page(site / page).all("html")[0][0]["dir"]


def test_a_broken_catalogue_of_the_tracker_is_one_message(build, small, tmp_path) -> None:
    root = tmp_path / "tracker"
    shutil.copytree(small.root, root)
    file = root / "locale/fr/LC_MESSAGES/tracker.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid ""\nmsgstr ""\n\nmsgid "Data"\nmsgstr "Donn\n', encoding="utf-8")
    _, done = build("--force", to="broken", root=root, status=2)
    assert f"{file}:5: the catalogue can't be read here" in done.err
