"""Charts: what they draw is what the tables count, they say it in words, and they are safe to show."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import pytest
from msgspec.structs import replace

from tracker.config import Config
from tracker.course import GROUPS
from tracker.events import event_day
from tracker.git import Commit
from tracker.i18n.words import Words
from tracker.progress import Progress
from tracker.reports import palette
from tracker.site import cards, overtime, slides
from tracker.site.charts import bar
from tracker.site.cite import cite
from tracker.site.edition import edition
from tracker.site.flow import Passage, flow
from tracker.site.labels import localised
from tracker.site.pictures import Pictures
from tracker.site.textures import SHAPES, fill
from tracker.site.tongues import Tongue
from tracker.site.view import View
from tracker.vocabulary import NOT_ASSESSED

AS_OF = "2026-06-30"
COMMIT = Commit("0123456789abcdef0123456789abcdef01234567", "2026-06-01", False)
FIRST = """[au, rigos]
deadline: 2014
deadline_changes: [{from: 2014, to: 2016-03, on: 2013-01-02, reason: no budget}]
assessments:
  - {actor: au, date: 2011, status: planned, by: watch, response: accepted}
  - {actor: au, date: 2013-05-06, status: implemented, by: watch}
  - {actor: au, date: 2014, status: stalled, by: eu}
  - {actor: eu, date: 2015, status: no-evidence, by: watch}"""
SECOND = "[eu]\nrelations: [{repeats: first}]\nassessments: [{actor: eu, date: 2012, status: under-way, by: watch}]"
HOSTILE = '"><script>alert(1)</script>&<b>'


@pytest.fixture
def pictures(tracker):
    """Charts of a small tracker; ``title`` replaces that of the second ask."""

    def make(spoken: str = "en", title: str = "The desk again", **settings) -> Pictures:
        tracker.write("docs/sources/later.md", "---\ntitle: A later report\nshort: Later\ndate: 2011\n---\nX.\n")
        tracker.recommendation("first", addressed_to=f"addressed_to: {FIRST}")
        tracker.recommendation("second", source="source: later", title=f"title: '{title}'",
                               addressed_to=f"addressed_to: {SECOND}")  # fmt: skip
        tracker.recommendation("third", addressed_to="addressed_to: [au]", title="title: Never looked at")
        project = tracker.project(AS_OF)
        view = View(project, edition(project.config, AS_OF, COMMIT), Tongue(spoken, ("en", "ar"), root=project.root))
        if settings:
            view.config = replace(view.config, **settings)
        return Pictures(view)

    return make


def parsed(svg: str) -> ET.Element:
    """A drawing as XML: it is well formed, and holds nothing that a strict policy forbids."""
    root = ET.fromstring(svg)  # noqa: S314 - drawn here
    for node in root.iter():
        assert node.tag.rpartition("}")[2] in {
            "svg", "title", "rect", "path", "line", "circle", "text", "g", "a",
        }  # fmt: skip
        assert not {name for name in node.attrib if name == "style" or name.startswith("on")}
    return root


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [node for node in root.iter() if name in node.get("class", "").split()]


def colour(view: View, key: str) -> str:
    return fill(palette.of_status(key, view.statuses[key]))


def test_a_bar_is_as_long_as_the_counts_say(pictures) -> None:
    view = pictures().view
    row = view.total
    root = parsed(bar(row, view.statuses, view.words))
    for key, count in row.by_status.items():
        (part,) = of_class(root, colour(view, key))
        assert float(part.get("width")[:-1]) == pytest.approx(100 * count / row.pairs, abs=0.01)
        assert f"{count} {view.statuses[key].label.lower()}" in root.get("aria-label")
    assert f"Of {row.pairs}" in root.get("aria-label")


def test_a_bar_lays_a_texture_over_every_colour_that_has_one(pictures) -> None:
    view = pictures().view
    textured = [k for k in view.total.by_status if SHAPES[palette.of_status(k, view.statuses[k])]]
    paints = [node.get("fill") for node in parsed(bar(view.total, view.statuses, view.words)) if node.get("fill")]
    assert textured
    assert sorted(paints) == sorted(f"url(#rt-t-{palette.of_status(k, view.statuses[k])})" for k in textured)


def test_a_life_shows_every_judgement_reply_and_deadline(pictures) -> None:
    made = pictures()
    view = made.view
    root = parsed(made.life(view.corpus.recommendations["first"]))
    assert root.get("role") == "img"
    assert "2010" in root.get("aria-label")
    assert len(of_class(root, "rt-mark")) == 4  # judgements, the other assessor's too
    assert len(of_class(root, "rt-reply")) == 1
    assert len(of_class(root, "rt-due")) == 2
    assert len(of_class(root, "rt-past")) == 1
    said = [node.text for node in root.iter() if node.text]
    assert {"AU", "EU", "asked 2010", "was due", "due March 2016", "now"} <= set(said)


def test_a_life_is_true_to_scale(pictures) -> None:
    made = pictures()
    root = parsed(made.life(made.view.corpus.recommendations["first"]))
    dots = sorted(float(n.get("cx")) for n in of_class(root, "rt-mark"))
    # Asked on 2010-05-01 (its own day is known), judged at the end of 2011 and in May 2013.
    days = [609, 1101]
    whole = 5904
    start, room = 8, 334
    assert dots[:2] == [pytest.approx(start + room * day / whole, abs=0.2) for day in days]


def test_what_nobody_looked_at_has_no_life(pictures) -> None:
    made = pictures()
    assert made.life(made.view.corpus.recommendations["third"]) == ""


def test_a_drawing_is_mirrored_from_right_to_left(pictures) -> None:
    plain, mirrored = (
        parsed(p.life(p.view.corpus.recommendations["first"])) for p in (pictures("en"), pictures("ar"))
    )
    places = [float(n.get("cx")) for n in of_class(plain, "rt-mark")]
    assert [float(n.get("cx")) for n in of_class(mirrored, "rt-mark")] == [
        pytest.approx(350 - x, abs=0.11) for x in places
    ]
    assert (plain.get("direction"), mirrored.get("direction")) == ("ltr", "rtl")


def test_a_family_is_drawn_with_its_ties_and_leads_to_its_members(pictures) -> None:
    made = pictures()
    family = made.view.lineage.family("second")
    root = parsed(made.graph(made.view.cells(1), family, "second"))
    assert root.get("role") == "group"
    assert len(of_class(root, "rt-mark")) == 2
    assert len(of_class(root, "rt-arc")) == 1
    assert [n.get("href") for n in root.iter() if n.tag == "a"] == ["../recommendations/first.html"]


def test_a_long_title_goes_on_in_further_lines_and_is_cut_only_in_the_fifth(pictures) -> None:
    made = pictures(title="Give every regional organisation a liaison desk for civil society " * 5)
    root = parsed(made.graph(made.view.cells(1), made.view.lineage.family("second")))
    shown = [node.text for node in root.iter() if node.tag.endswith("text") and node.text]
    title = shown[2:-1]  # below the first ask and its document, above the own document
    assert [text.endswith("…") for text in title] == [False] * 4 + [True], shown
    heights = sorted({float(node.get("y")) for node in root.iter() if node.tag.endswith("text")})
    assert all(below - above >= 10 for above, below in pairwise(heights))


def test_the_life_of_an_ask_has_a_line_for_each_whom_it_asks_looked_at_or_not(pictures) -> None:
    made = pictures()
    record = made.view.corpus.recommendations["first"]
    named = [node.text for node in of_class(parsed(made.life(record)), "rt-strong")]
    assert named == [made.view.short("actors", pair.actor) for pair in made.view.progress.pairs["first"]]
    assert any(not pair.assessed for pair in made.view.progress.pairs["first"])


def test_what_came_of_an_ask_stands_whole_in_the_lineage(pictures, tracker) -> None:
    made = pictures()
    long = "A report whose short name is as long as names of reports are"
    tracker.write("docs/sources/later.md", f"---\ntitle: A later report\nshort: {long}\ndate: 2011\n---\nX.\n")
    view = View(tracker.project(AS_OF), made.view.edition, Tongue("en", ("en", "ar"), root=tracker.root))
    shown = " ".join(
        node.text for node in of_class(parsed(Pictures(view).graph(view.cells(1), view.lineage.family("second"))), "rt-small")
    )
    record = view.corpus.recommendations["second"]
    assert f"{long} · {view.headline(record).label}" in shown


@pytest.mark.parametrize(("spoken", "named"), [("en", set()), ("ar", {"en"})])
def test_words_in_another_language_than_the_page_say_so_inside_a_drawing(pictures, spoken: str, named: set[str]) -> None:
    made = pictures(spoken)
    graph = parsed(made.graph(made.view.cells(1), made.view.lineage.family("second"), "second"))
    life = parsed(made.life(made.view.corpus.recommendations["first"]))
    for root in (graph, life):
        assert {node.get("lang") for node in root.iter()} - {None} == named


def test_a_title_is_never_read_as_markup(pictures) -> None:
    made = pictures(title=HOSTILE)
    root = parsed(made.graph(made.view.cells(1), made.view.lineage.family("second")))
    assert any(HOSTILE[:12] in (node.text or "") for node in root.iter())
    for path, data in slides.slides(made):
        if path.endswith(".svg"):
            parsed(data.decode())


def test_what_moved_is_what_two_states_differ_in(pictures) -> None:
    made = pictures()
    since = made.view.since_last_event
    then = Progress(made.view.corpus, event_day(since.event))
    expected: Counter = Counter()
    for name, pairs in made.view.progress.pairs.items():
        before = {p.actor: p.status for p in then.pairs[name]}
        for p in pairs:
            # A member of a group is a pair only from its first assessment on.
            was = before.get(p.actor, NOT_ASSESSED)
            if name in then.asked and (p.actor in before or p.group) and was != p.status:
                expected[was, p.status] += 1
    assert expected
    assert {(p.before, p.after): p.count for p in made.passages(since)} == expected
    root = parsed(made.flow(since))
    assert len(of_class(root, "rt-band")) == len(expected)


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_what_moved_names_each_status_whole_and_with_its_count(language: str) -> None:
    statuses = localised(Config(), Words(language)).vocabulary.status
    keys = list(statuses)
    found = [Passage(before, after, n) for n, (before, after) in enumerate(pairwise(keys), 1)]
    root = parsed(flow(found, statuses, ("2020", "2026"), "What moved", str, rtl=language == "ar"))
    labels = [node for node in root.iter() if node.tag.rpartition("}")[2] == "text"][2:]
    said = " ".join(re.sub("[\u2068\u2069]", "", node.text) for node in labels)
    assert "…" not in said
    for n, key in enumerate(keys[:-1], 1):
        assert f"{statuses[key].label} {n}" in said
    for side in ("end", None):
        heights = sorted(float(node.get("y")) for node in labels if node.get("text-anchor") == side)
        assert all(b - a > 11 for a, b in pairwise(heights))


def test_the_columns_are_as_high_as_the_counts_say(pictures) -> None:
    made = pictures()
    points = made.course.of()
    root = parsed(made.over_time(points))
    heights: Counter = Counter()
    for node in root.iter():
        if match := re.search(r"v([\d.]+)h-", node.get("d", "")):
            heights[node.get("class")] += float(match[1])
    ticks = [int(n.text) for n in root.iter() if n.get("text-anchor") == "end"]
    pixels = 150 / max(ticks)  # of one pair
    for group in GROUPS:
        drawn = heights[fill(overtime.COLOURS[group])]
        assert drawn == pytest.approx(pixels * sum(p.groups[group] for p in points), abs=0.1 * len(points)), group


def test_a_chart_is_drawn_once_for_the_same_figures(pictures, monkeypatch) -> None:
    made = pictures()
    first = made.over_time(made.course.of())
    monkeypatch.setattr(overtime, "_drawn", lambda source: pytest.fail("it was drawn again"))
    assert Pictures(made.view).over_time(made.course.of()) == first


def test_the_matrix_counts_what_is_in_its_cells(pictures) -> None:
    made = pictures()
    found = made.matrix()
    for (actor, theme), row in found.cells.items():
        pairs = [p for p in made.view.progress.counted() if p.actor == actor and theme in p.recommendation.themes]
        assert row.pairs == len(pairs)
        assert row.assessed == sum(p.assessed for p in pairs)
    shades = {actor: made.heat(row) for (actor, _), row in found.cells.items()}
    assert shades["rigos"] == "rt-heat-unknown"  # not looked at is not “nothing done”
    assert shades["au"] == "rt-heat-4"
    assert shades["eu"] == "rt-heat-2"


@pytest.mark.parametrize(("moved", "shade"), [(0, 0), (1, 1), (5, 2), (6, 3), (9, 3), (10, 4)])
def test_the_darkest_squares_are_those_in_which_all_moved(pictures, monkeypatch, moved: int, shade: int) -> None:
    made = pictures()
    monkeypatch.setattr(made.view.progress, "moved", lambda row: moved)
    row = next(row for row in made.matrix().cells.values() if row.assessed)
    monkeypatch.setattr(type(row), "assessed", 10)
    assert made.heat(row) == f"rt-heat-{shade}"


@pytest.mark.parametrize(
    ("date", "age"),
    [("2026-06-29", "1 day ago"), ("2024-07", "23 months ago"), ("2024-06", "2 years ago"),
     ("2011-06", "15 years ago"), ("2011-07", "14 years ago"), ("2022-07", "3 years ago")],
)  # fmt: skip
def test_an_age_in_years_follows_the_calendar(pictures, date: str, age: str) -> None:
    view = pictures().view
    assert view.as_of == "2026-06-30"
    assert view.age(date) == age


@pytest.mark.parametrize("title", [HOSTILE, "50% of {all} \\input & more_or_less", "Überprüfung"])
def test_a_citation_holds_the_day_the_commit_and_the_address(pictures, title: str) -> None:
    view = pictures().view
    cited = cite(view.words, "A tracker", "https://example.org/site", view.edition, "recommendations/first.md", title)
    address = "https://example.org/site/recommendations/first.html"
    assert cited.url == address
    assert title in cited.text
    for form in (cited.text, cited.bibtex, cited.ris):
        assert address in form
        assert "30 June 2026" in form
    assert f"version = {{{COMMIT.hexsha}}}" in cited.bibtex
    assert cited.bibtex.count("{") == cited.bibtex.count("}")
    assert not re.search(r"(?<!\\)[%&#$]", cited.bibtex)
    assert cited.ris.startswith("TY  - ELEC\n")
    assert cited.ris.rstrip().endswith("ER  -")


def test_without_an_address_a_citation_names_the_page(pictures) -> None:
    view = pictures().view
    cited = cite(view.words, "A tracker", "", view.edition, "recommendations/first.md", "Title")
    assert cited.url == ""
    assert "recommendations/first" in cited.text
    assert "url" not in cited.bibtex


def test_cards_are_made_only_where_the_site_knows_its_address(pictures) -> None:
    for settings in ({}, {"site_url": "https://example.org", "cards": False}):
        made = pictures(**settings)
        assert list(cards.cards(made.view)) == []
        assert made.card("recommendations/first.md") == ""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_card_is_a_picture_of_the_right_size_and_always_the_same(pictures, language: str) -> None:
    made = pictures(language, HOSTILE, site_url="https://example.org")
    folder = "" if language == "en" else "ar/"
    assert made.cite("recommendations/first.md", "T").url == f"https://example.org/{folder}recommendations/first.html"
    found = dict(cards.cards(made.view))
    assert made.card("recommendations/first.md") in found
    assert made.card("changes.md") == "assets/cards/index.png"
    for data in found.values():
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) == (1200, 630)
    one = found[made.card("recommendations/first.md")]
    made.view.project.root.joinpath(".tracker", "cards").rename(made.view.project.root / "gone")
    assert dict(cards.cards(made.view))[made.card("recommendations/first.md")] == one


def test_a_picture_for_a_slide_carries_its_title_its_source_and_its_day(pictures) -> None:
    found = dict(slides.slides(pictures()))
    assert {"assets/pictures/actors.svg", "assets/pictures/actors.png", "assets/pictures/actors/au.svg"} <= set(found)
    for path, data in found.items():
        if path.endswith(".svg"):
            said = " ".join(node.text or "" for node in parsed(data.decode()).iter())
            assert "A tracker, data as of 30 June 2026, commit 012345678" in said, path
            assert parsed(data.decode()).find("{http://www.w3.org/2000/svg}title").text
