"""The pages: complete, tied together both ways, and safe whatever a record says."""

from __future__ import annotations

import functools
import html
import os
import posixpath
import re
import time
from collections import Counter
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from conftest import MINIMAL, Tracker

from tracker.config import Forge
from tracker.errors import TrackerError
from tracker.git import Commit
from tracker.site.edition import Edition
from tracker.site.output import MARKER, write
from tracker.site.pages import Asset, Page, everything, pages, parts

COMMIT = Commit("0123456789abcdef0123456789abcdef01234567", "2026-05-04", False)
EDITION = Edition("2026-06-30", COMMIT, None)
SECOND = """\
---
title: Name the desk again
source: later
locator: Page 2
addressed_to: [rigos, un]
inferred_addressees: [un]
themes: [gender]
regions: [africa]
events: [summit]
deadline: 2014
deadline_changes:
  - {from: 2014, to: 2016-03, on: 2013-01-02, reason: no budget}
measures: [A desk is named.]
aliases: [old-second]
relations:
  - {repeats: ask, reason: the same desk}
assessments:
  - {actor: eu, date: 2015, status: implemented, by: watch, evidence: [{title: T, source: report}]}
  - {actor: eu, date: 2016, status: planned, by: un, note: Not yet., evidence: [{title: U, symbol: S/1}]}
---
It is asked again.
"""
MORE = {
    "docs/sources/later.md": "---\ntitle: A later report\ndate: 2012\nevent: launch\n"
    "authors: [watch]\n---\nX.\n",
    "docs/events/launch.md": "---\ntitle: A launch\ndate: 2030\nhosts: [un]\n---\nTo come.\n",
    "docs/actors/un.md": "---\ntitle: United Nations\ntype: un-entity\naliases: [uno]\n---\nA body.\n",
    "docs/mechanisms/desk.md": "---\ntitle: A desk\nkind: liaison\nactors: [au]\nthemes: [gender]\n"
    "recommendations: [ask]\nurl: https://example.org/desk\n"
    "sources: [{source: report, locator: p. 3}]\n---\nA desk.\n",
    "docs/meetings/first.md": "---\ntitle: A first meeting\nevent: summit\nhosts: [eu]\noutcomes:\n"
    "  - {recommendation: second, stage: endorsed, date: 2012}\n---\nX.\n",
    "docs/index.md": "# Welcome & more\n\nSee [the method](method.md), [asks](actors/au.md).\n",
    "docs/method.md": "# Method\n\n## How\n\nSee [the guide](manual/guide.md#how).\n",
    "docs/manual/guide.md": "# Guide\n\n## How\n\nBack to [the method](../method.md).\n",
    "docs/actors/index.md": "The bodies, and [how they are judged](../method.md).\n",
    "recommendations/later/second.md": SECOND,
}  # fmt: skip


@pytest.fixture
def small(tracker):
    """A tracker in which every sort of page has something to show."""
    for path, text in MORE.items():
        tracker.write(path, text)
    tracker.recommendation()
    return tracker


def made(tracker, edition: Edition = EDITION) -> dict[str, str]:
    return {page.path: page.text for page in pages(tracker.project(), edition)}


def built(page: str) -> str:
    """The HTML that the Markdown of the site generators makes of a page."""
    return markdown.markdown(page.split("\n---\n", 1)[1], extensions=["toc"])


class Read(HTMLParser):
    """What a browser would make of a page: its tags, its links, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(built(text))
        self.close()

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        if data not in ("finished", "/finished"):  # ours: see tracker.site.finished
            self.tags.append(("!--", {}))

    def links(self, page: str) -> set[str]:
        """The pages of this site that it leads to."""
        found = {attributes.get("href") or "" for tag, attributes in self.tags if tag == "a"}
        return {
            posixpath.normpath(posixpath.join(posixpath.dirname(page), re.split("[?#]", link)[0]))
            for link in found if link and "://" not in link and not link.startswith(("#", "mailto:"))
        }  # fmt: skip


# Complete


def test_every_record_every_list_and_every_rule_has_one_page(small) -> None:
    project = small.project()
    assert not project.findings
    found = Counter(page.path for page in pages(project, EDITION))
    wanted = {f"{c}/{record.id}.md" for c, record in project.corpus.records()}
    wanted |= {f"{c}/index.md" for c in project.corpus.types}
    names = ("index", "changes", "method", "contribute", "lineage", "registers", "data")
    wanted |= {f"{name}.md" for name in names}
    wanted |= {"rules/index.md", "rules/T101.md", "manual/guide.md"}
    assert wanted <= set(found)
    assert max(found.values()) == 1


def test_every_link_leads_to_a_page(small) -> None:
    shown = made(small)
    there = {path.removesuffix(".md") + ".html" for path in shown}
    there |= {file.path for file in everything(small.project(), EDITION) if isinstance(file, Asset)}
    broken = {(path, link) for path, text in shown.items() for link in Read(text).links(path) - there}
    assert not broken


@pytest.mark.parametrize(("one", "other"), [
    ("recommendations/ask", "actors/au"), ("recommendations/ask", "actors/rigos"),
    ("recommendations/ask", "themes/gender"), ("recommendations/ask", "sources/report"),
    ("recommendations/second", "actors/un"), ("recommendations/second", "actors/eu"),
    ("recommendations/second", "actors/watch"), ("recommendations/second", "events/summit"),
    ("recommendations/second", "events/launch"), ("recommendations/second", "recommendations/ask"),
    ("recommendations/second", "meetings/first"), ("recommendations/second", "lineage"),
    ("sources/later", "events/launch"), ("sources/later", "actors/watch"), ("events/launch", "actors/un"),
    ("mechanisms/desk", "actors/au"), ("mechanisms/desk", "themes/gender"),
    ("mechanisms/desk", "recommendations/ask"), ("mechanisms/desk", "sources/report"),
    ("meetings/first", "events/summit"), ("meetings/first", "actors/eu"), ("actors/au", "actors/rigos"),
    ("recommendations/second", "sources/report"),
])  # fmt: skip
def test_links_go_both_ways(small, one: str, other: str) -> None:
    shown = made(small)
    assert f"{one}.html" in Read(shown[f"{other}.md"]).links(other)
    if other != "lineage":
        assert f"{other}.html" in Read(shown[f"{one}.md"]).links(one)


@pytest.mark.parametrize(("alias", "record"), [
    ("recommendations/old-second", "recommendations/second"), ("actors/uno", "actors/un"),
])  # fmt: skip
def test_a_former_address_leads_to_the_present_one(small, alias: str, record: str) -> None:
    assert Read(made(small)[f"{alias}.md"]).links(alias) == {f"{record}.html"}


def test_the_page_of_a_recommendation_says_what_is_known(small) -> None:
    text = " ".join(Read(made(small)["recommendations/second.md"]).text.split())
    for words in (
        "Name the desk again", "It is asked again.", "asked in 2 documents since 2010", "contested",
        "as one of: Regional organisations", "implied by the text", "nobody has looked yet",
        "A desk is named.",
        "Deadline: 2014 → March 2016", "2 January 2013 Deadline moved From 2014 to March 2016: no budget", "Not yet.", "the same desk",
        "Africa", "Page 2", "commit 012345678",
    ):  # fmt: skip
        assert words in text, words


def test_every_page_says_which_day_and_which_commit_it_shows(small) -> None:
    for path, text in made(small).items():
        shown = " ".join(Read(text).text.split())
        assert "Data as of 30 June 2026, commit 012345678 of 4 May 2026." in shown, path


@pytest.mark.parametrize(("commit", "words"), [
    (None, "Data as of 30 June 2026."),
    (Commit("f" * 40, "2026-05-04", True), "of 4 May 2026 with changes that are not committed."),
])  # fmt: skip
def test_what_is_not_in_git_is_said_so(small, commit: Commit | None, words: str) -> None:
    page = made(small, Edition("2026-06-30", commit, None))["actors/au.md"]
    assert words in " ".join(Read(page).text.split())


@pytest.mark.parametrize(("kind", "links"), [
    ("github", ["https://x.org/a/edit/main/", "https://x.org/a/commits/main/", "https://x.org/a/commit/0123"]),
    ("gitlab", ["https://x.org/a/-/edit/main/", "https://x.org/a/-/commits/main/", "https://x.org/a/-/commit/0"]),
    ("forgejo", ["https://x.org/a/_edit/main/", "https://x.org/a/commits/branch/main/"]),
])  # fmt: skip
def test_pages_lead_to_the_forge(small, kind: str, links: list[str]) -> None:
    forge = Forge(kind=kind, url="https://x.org/a/")
    text = made(small, Edition("2026-06-30", COMMIT, forge))["recommendations/ask.md"]
    assert all(f'href="{link}' in text for link in links)
    assert "/main/recommendations/report/ask.md" in text


def test_the_same_input_gives_the_same_bytes(small, tmp_path) -> None:
    project = small.project()
    assert everything(project, EDITION) == everything(small.project(), EDITION)
    digests = {write(tmp_path / name, parts(project, EDITION)).digest for name in ("one", "two")}
    assert len(digests) == 1


def test_a_page_has_the_patterns_that_its_charts_name_and_no_others(small) -> None:
    found = {path: (set(re.findall(r"url\(#(rt-t-[a-z]+)\)", text)), re.findall(r'<pattern id="([^"]+)"', text))
             for path, text in made(small).items()}  # fmt: skip
    assert any(named for named, _ in found.values())
    assert [path for path, (named, drawn) in found.items() if sorted(named) != sorted(drawn)] == []


@pytest.mark.parametrize("count", [2, 3])
def test_parts_that_processes_make_apart_are_the_same_site(small, tmp_path, monkeypatch, count: int) -> None:
    alone = write(tmp_path / "alone", parts(small.project(), EDITION))
    monkeypatch.setattr("tracker.site.pages._WORTH_SHARING", 1)
    for module in ("pages", "output"):
        monkeypatch.setattr(f"tracker.site.{module}.cores", lambda: count)
    several = parts(small.project(), EDITION)
    assert len(several) >= count
    assert write(tmp_path / "shared", several) == alone


def test_what_goes_wrong_in_another_process_is_said_by_the_first(tmp_path) -> None:
    def wrong():
        raise TrackerError("this went wrong")
        yield

    with pytest.raises(TrackerError, match="this went wrong"):
        write(tmp_path / "pages", [lambda: iter([Page("index.md", "")]), wrong])


def test_what_a_process_that_died_left_undone_is_done_by_the_first(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("tracker.site.output.cores", lambda: 2)
    first = os.getpid()

    def fatal(number: int) -> list[Page]:
        if os.getpid() != first:
            os._exit(1)
        time.sleep(0.01)  # so that the other process gets one too
        return [Page(f"{number}.md", "")]

    assert write(tmp_path / "pages", [functools.partial(fatal, n) for n in range(40)]).pages == 40


# Safe

HOSTILE = [
    "</title><sCript>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</div></p></td><iframe src=//x.org>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    "[words](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    r"\x3c/title\x3e\x3cscript\x3ealert(1)\x3c/script\x3e",
    r"\u003cscript\u003ealert(1)\u003c/script\u003e",
    "ends in a backslash \\",
    '"quoted"',
    "{{ config }} {% raw %} ${x} #{x}",
    "# no heading",
    "*no* _emphasis_ `code` ~~x~~ a | b",
    "[TOC]",
    "{: onclick=alert(1) }",
    "--- x: y",
    "key: value # no comment",
    "!!python/object/apply:os.system [id]",
    "a\u2028b\u2029c\u0085d",
    "\u202egnp.exe",
    "<!-- comment",
    "<![CDATA[x]]>",
    "<?php echo 1 ?>",
]  # fmt: skip
EVIL = """\
---
title: {0}
source: report
locator: {0}
addressed_to: [au]
themes: [gender]
measures: [{0}]
deadline: 2014
deadline_changes: [{{from: 2014, to: 2015, on: 2014, reason: {0}}}]
relations: [{{supersedes: other, reason: {0}}}]
assessments:
  - actor: au
    date: 2012
    status: planned
    by: watch
    note: {0}
    evidence:
      - {{title: {0}, publisher: {0}, symbol: {0}, locator: {0}, shows: {0}}}
---
A body.
"""
EVIL_FILES = {
    "docs/sources/report.md": "---\ntitle: {0}\nshort: {0}\npublisher: {0}\ndate: 2010\n---\nX.\n",
    "docs/actors/au.md": "---\ntitle: {0}\nshort: {0}\nformerly: [{0}]\nmember_of: [rigos]\n---\nX.\n",
    "docs/themes/gender.md": "---\ntitle: {0}\ndefinition: {0}\n---\nX.\n",
    "docs/events/summit.md": "---\ntitle: {0}\nplace: {0}\ndate: 2030\n---\nX.\n",
    "docs/mechanisms/desk.md": "---\ntitle: {0}\nplace: {0}\nmodel: {0}\nactors: [au]\n"
    "sources: [{{source: report, locator: {0}}}]\n---\nX.\n",
    "docs/manual/guide.md": "# {1}\n\nX.\n",
    "tracker.yml": "name: {0}\ndescription: {0}\nlead_assessor: watch\n",
    "recommendations/report/other.md": EVIL.replace("supersedes: other", "repeats: evil"),
    "recommendations/report/evil.md": EVIL,
}  # fmt: skip
# Where the title of a record stands as it is, in the page's own heading
HEADED = [
    "recommendations/evil.md", "actors/au.md", "themes/gender.md", "sources/report.md", "events/summit.md",
    "mechanisms/desk.md",
]  # fmt: skip
TAGS = {
    "a", "b", "bdi", "blockquote", "br", "button", "caption", "circle", "code", "dd", "defs", "del", "details", "div",
    "dl", "dt", "em", "figcaption", "figure", "form", "g", "h1", "h2", "h3", "hr", "input", "label", "li", "line",
    "nav", "ol", "option", "output", "p", "path", "pattern", "pre", "rect", "s", "script", "section", "select", "small",
    "span", "strong", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "time", "title", "tr",
    "ul",
}  # fmt: skip

# What a script reads: no element, and never run. All that could end it is written as an escape.
DATA = re.compile(r'<script type="application/json" id="[a-z-]+">[^<>]*</script>')

# The pages of the forms and of the search have a few more, all of them ours.
FORM_TAGS = TAGS | {"fieldset", "legend", "link", "noscript", "template", "textarea"}


def quoted(text: str) -> str:
    """As a YAML scalar that means just this text."""
    return yaml.safe_dump(text, allow_unicode=False, width=10_000, default_style='"').strip()


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """Pages of a tracker in which every free text is the given one, as if no rule had stopped it."""
    @functools.cache
    def build(text: str) -> dict[str, str]:
        tracker = Tracker(tmp_path_factory.mktemp("evil"))
        for path, content in {**MINIMAL, **EVIL_FILES}.items():
            tracker.write(path, content.format(quoted(text), text) if path in EVIL_FILES else content)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tracker.site.pages.refuse_unsafe", lambda project: None)
            return made(tracker)

    return build


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_reaches_a_page_as_markup(evil, text: str) -> None:
    for path, page in evil(text).items():
        for tag, attributes in Read(page).tags:
            assert tag in (FORM_TAGS if path.startswith(("propose/", "search")) else TAGS), (path, tag)
            if tag == "script":  # data, or one of our own files
                assert attributes.get("type") == "application/json" or attributes["src"].startswith("../assets/"), path
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (path, attributes)
            for name in ("href", "src", "action"):
                assert not re.match(r"\s*(javascript|data|vbscript):", attributes.get(name) or "", re.I), path


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_shown_exactly(evil, text: str) -> None:
    shown = evil(text)
    for path in HEADED:
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", built(shown[path]), re.S)
        assert html.unescape(heading[1]) == text, path
    whole = Read(shown["recommendations/evil.md"]).text
    assert whole.count(text) >= 9  # title, locator, measure, reasons, note, evidence


@pytest.mark.parametrize("text", HOSTILE)
def test_metadata_is_neutral(evil, text: str) -> None:
    """Generators insert a title without escaping it: as it is read, it holds nothing to escape."""
    for path, page in evil(text).items():
        head = yaml.safe_load(page.removeprefix("---\n").split("\n---\n", 1)[0])
        assert set(head) <= {"title", "description", "hide", "search", "scripts", "card", "section"}, path
        assert "title" in head or path == "index.md", "only the home page takes the name of the site"
        for value in (head.get("title", ""), head.get("description", "")):
            assert isinstance(value, str), path
            assert not set('<>"') & set(html.unescape(value).replace("”", "")), (path, value)


# body: (what is shown, what is gone)
BODIES = {
    "**bold** and [a link](https://example.org/)": ('<a href="https://example.org/"', "**bold**"),
    "<script>alert(1)</script>": ("", "<script"),
    "<img src=x onerror=alert(1)>": ("", "<img"),
    "[x](javascript:alert(1))": ("x", "javascript:"),
    "![x](https://example.org/x.png)": ("", "<img"),
    "<https://example.org/>": ('href="https://example.org/"', "&lt;https"),
    "`<script>`": ("<code>&lt;script&gt;</code>", "<script"),
    "# A heading": ("<p><strong>A heading</strong></p>", "<h1>A heading"),
    "{{ config }}": ("{{ config }}", "{{ Config"),
    "Code:\n\n    <script>": ("&lt;script&gt;", "<script"),
    "```\n</div>\n```": ("&lt;/div&gt;", "<code></div>"),
}


@pytest.mark.parametrize("body", BODIES)
def test_a_body_is_rendered_and_cleaned(small, monkeypatch, body: str) -> None:
    monkeypatch.setattr("tracker.site.pages.refuse_unsafe", lambda project: None)
    small.write("docs/actors/au.md", f"---\ntitle: African Union\n---\n{body}\n")
    there, gone = BODIES[body]
    page = DATA.sub("", made(small)["actors/au.md"])
    assert there in page
    assert gone not in page
    assert {tag for tag, _ in Read(page).tags} <= TAGS - {"script"}


@pytest.mark.parametrize("alias", ["../../evil", "../actors/au", "/evil", "a/b", "index", "", "a b", "UPPER"])
def test_an_alias_looks_like_an_id(small, alias: str) -> None:
    """It becomes an address and a file: one with dots in it would be written outside the folder."""
    small.recommendation(aliases=f'aliases: ["{alias}"]')
    with pytest.raises(TrackerError, match="errors"):
        made(small)


def test_a_recommendation_can_not_take_the_place_of_the_table(tracker) -> None:
    tracker.recommendation("index")
    with pytest.raises(TrackerError, match="errors"):
        made(tracker)


@pytest.mark.parametrize("name", ["lineage", "changes", "registers", "rules/index", "rules/T101"])
def test_a_page_of_prose_can_not_take_the_place_of_a_made_one(small, name: str) -> None:
    small.write(f"docs/{name}.md", "# Mine\n\nMy own words.\n")
    try:
        found = Counter(page.path for page in pages(small.project(), EDITION))
    except TrackerError:
        return
    assert found[f"{name}.md"] == 1


def test_nothing_is_made_while_an_error_stands(small, run) -> None:
    small.recommendation(kind="kind: formel")
    done = run("pages", "out", cwd=small.root)
    assert done.status == 2
    assert "recommendations/report/ask.md:6:7: T205" in done.err
    assert not (small.root / "out").exists()


# Written to a folder


def test_pages_are_written_where_nothing_else_is(small, run) -> None:
    small.write("mine/notes.txt", "mine")
    small.write("file", "mine")
    for folder in ("mine", "file"):
        done = run("pages", folder, cwd=small.root)
        assert (done.status, done.out) == (2, "")
    assert [path.name for path in (small.root / "mine").iterdir()] == ["notes.txt"]
    (small.root / "empty").mkdir()
    for folder in ("empty", "new/deep"):
        done = run("pages", folder, "--as-of", "2026-06-30", cwd=small.root)
        assert (done.status, done.err) == (0, "")
        assert (small.root / folder / "recommendations/ask.md").is_file()
        assert (small.root / folder / "assets/tracker.css").is_file()


def test_only_what_changed_is_written_and_what_is_gone_is_removed(small, tmp_path) -> None:
    folder = tmp_path / "pages"

    def written() -> tuple[set[str], set[str]]:
        """The files that are there, and those of them that were just written."""
        project = small.project()
        write(folder, parts(project, EDITION))
        files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
        del files[MARKER]
        fresh = {name for name, path in files.items() if path.stat().st_mtime_ns != 1}
        for path in files.values():
            os.utime(path, ns=(1, 1))
        return set(files), fresh

    first, fresh = written()
    assert fresh == first
    assert written() == (first, set())
    small.recommendation(locator="locator: Somewhere else")
    (small.root / "docs/manual/guide.md").unlink()
    small.write("docs/method.md", "# Method\n\nNothing more.\n")
    there, fresh = written()
    assert {name for name in fresh if name.endswith(".md")} == {
        "recommendations/ask.md", "sources/report.md", "method.md"
    }  # fmt: skip
    assert "api/recommendations/ask.json" in fresh
    assert not fresh & {"api/recommendations/second.json", "api/actors/au.json", "feeds/changes.xml"}
    assert there == first - {"manual/guide.md"}
    assert not (folder / "manual").exists()


SHOWN_AND_NOT_COUNTED = {
    "overtaken": "assessments:\n"
    "  - {actor: au, date: 2015, status: overtaken, by: watch, evidence: [{title: T, source: report}]}",
    "repeated": "relations: [{same_as: ask, reason: the same words}]",
}


@pytest.mark.parametrize(("page", "unit"), [
    ("actors/au.md", "1 ask in 1 document since 2010."),
    ("themes/gender.md", "2 recommendations in 1 document since 2010. Times an actor was asked: 3."),
    ("sources/report.md", "2 recommendations. Times an actor was asked: 3."),
])  # fmt: skip
def test_a_page_lists_what_its_figures_count_and_says_what_else_it_lists(tracker, page: str, unit: str) -> None:
    tracker.recommendation()
    for name, line in SHOWN_AND_NOT_COUNTED.items():
        tracker.recommendation(name, more=line)
    texts = made(tracker)
    said = " ".join(Read(texts[page]).text.split())
    assert said.count(unit) == 1
    assert "1 more was overtaken by events and is left out." in said
    repeated = 0 if page.startswith("actors") else 2  # an actor's page lists a repetition where it is counted
    assert ("more repeat" in said) == bool(repeated)
    counted = 1 if page.startswith("actors") else 3
    assert texts[page].count('<tr><th scope="row"><a href="../recommendations/') == counted + 1 + repeated
    home = " ".join(Read(texts["index.md"]).text.split())
    assert "1 recommendation repeats what its document says elsewhere, and is counted there." in home
    assert "1 ask was overtaken by events and is left out." in home
