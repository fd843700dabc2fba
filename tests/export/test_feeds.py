"""Feeds: strict parsers accept them, and what identifies an entry never changes."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree

from tracker.config import Config
from tracker.corpus import Corpus
from tracker.export import feeds
from tracker.export.edition import edition
from tracker.export.entries import entries
from tracker.model import Actor, Assessment, Recommendation, Source, Theme
from tracker.progress import Progress
from tracker.recorded import Recorded

pytest_plugins = ["opendata"]

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)


def of(files: dict[str, bytes], ending: str) -> dict[str, bytes]:
    found = {p: c for p, c in files.items() if p.startswith("feeds/") and p.endswith(ending)}
    assert found, "of no feed anything would be true"
    return found


def check_atom(path: str, content: bytes) -> None:
    """RFC 4287: what an Atom feed must have, each thing as often as it may."""
    root = etree.fromstring(content, STRICT)
    assert root.tag == f"{ATOM}feed"
    for element, most in [(root, None), *((entry, 1) for entry in root.iter(f"{ATOM}entry"))]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, path
        assert element.find(f"{ATOM}title").text.strip()
        assert urlsplit(element.find(f"{ATOM}id").text).scheme == "urn"
        assert RFC_3339.fullmatch(element.find(f"{ATOM}updated").text)
        assert element.find(f"{ATOM}author/{ATOM}name").text
        links = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(links) == 1
        assert most is None or len(element.findall(f"{ATOM}content")) == most
    ids = [entry.find(f"{ATOM}id").text for entry in root.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    parsed = feedparser.parse(content)
    assert not parsed.bozo, (path, parsed.get("bozo_exception"))
    assert parsed.version == "atom10"
    assert len(parsed.entries) == len(ids)


def check_json_feed(path: str, content: bytes) -> None:
    """JSON Feed 1.1: what must be there, and the types of what may."""
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    known = {"version", "title", "home_page_url", "feed_url", "description", "authors", "language", "items"}
    assert {key for key in feed if not key.startswith("_")} <= known
    for key in ("home_page_url", "feed_url"):
        assert key not in feed or urlsplit(feed[key]).netloc
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        known = {"id", "url", "title", "content_html", "summary", "date_published", "date_modified",
                 "authors", "tags"}
        assert {key for key in item if not key.startswith("_")} <= known, path
        assert all(isinstance(item[key], str) for key in ("id", "title", "content_html", "summary"))
        assert all(RFC_3339.fullmatch(item[key]) for key in ("date_published", "date_modified") if key in item)
        assert all(author["name"] for author in item["authors"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert "url" not in item or urlsplit(item["url"]).netloc


def test_there_is_one_of_all_and_of_each_actor_theme_and_source(data, project) -> None:
    wanted = {"feeds/changes"} | {
        f"feeds/{c}/{name}" for c in feeds.COLLECTIONS for name in project.corpus.collections[c]
    }
    assert {path.removesuffix(".xml") for path in of(data.files, ".xml")} == wanted
    assert {path.removesuffix(".json") for path in of(data.files, ".json")} == wanted


def test_strict_parsers_accept_every_real_feed(data) -> None:
    for path, content in of(data.files, ".xml").items():
        check_atom(path, content)
    for path, content in of(data.files, ".json").items():
        check_json_feed(path, content)


def test_both_formats_say_the_same(data) -> None:
    for path, content in of(data.files, ".xml").items():
        atom = feedparser.parse(content, sanitize_html=False)
        items = json.loads(data.files[path.replace(".xml", ".json")])["items"]
        assert [(e.id, e.title, e.get("published")) for e in atom.entries] == [
            (i["id"], i["title"], i.get("date_published")) for i in items
        ]


def test_links_lead_to_pages(data, project) -> None:
    """Without an address of the site's own, they are relative to the feed."""
    pages = {f"https://x.example/{c}/{r.id}.html" for c, r in project.corpus.records()}
    pages.add("https://x.example/changes.html")
    for path, content in of(data.files, ".xml").items():
        for link in etree.fromstring(content, STRICT).iter(f"{ATOM}link"):
            assert urljoin(f"https://x.example/{path}", link.get("href")) in pages


def corpus(**config) -> Corpus:
    """One judgement, corrected on the same day, and another one."""
    log = [
        Assessment(actor="au", date="2010", by="watch", status="planned"),
        Assessment(actor="au", date="2010", by="watch", status="under-way", corrects="2010"),
        Assessment(actor="au", date="2012-02", by="watch", status="implemented"),
        Assessment(actor="au", date="2030", by="watch", status="dropped"),
    ]
    return Corpus(Config(**config), [
        ("recommendations", Recommendation(id="ask", title="An ask", source="report", addressed_to=["au"],
                                           themes=["gender"], assessments=log)),
        ("actors", Actor(id="au", title="AU")), ("actors", Actor(id="watch", title="Watch")),
        ("themes", Theme(id="gender", title="Gender")), ("sources", Source(id="report", title="Report")),
    ])  # fmt: skip


def ids(made: Corpus, as_of: str = "2020-01-01") -> list[str]:
    return [entry.id for entry in entries(Progress(made, as_of), Recorded())]


# Written down once and for all: a subscriber has them.
KNOWN = [
    "urn:uuid:4c8d358a-371c-540f-b0bc-2a4f985e2798",
    "urn:uuid:9cae21e5-a073-5968-b61b-a400ecd4d20e",
    "urn:uuid:4f48c264-2857-5a1b-b800-27a35f19e676",
]


def test_ids_are_those_that_subscribers_know() -> None:
    assert ids(corpus()) == KNOWN


def renamed(made: Corpus) -> None:
    ask = made.recommendations.pop("ask")
    ask.id, ask.aliases = "newer-name", ["ask", "new-name"]
    made.recommendations["newer-name"] = ask


def renamed_actor(made: Corpus) -> None:
    made.actors["au"].aliases = ["au"]
    made.actors["au"].id = "african-union"
    made.actors["african-union"] = made.actors.pop("au")
    made.aliases["actors"]["au"] = "african-union"


def retold(made: Corpus) -> None:
    ask = made.recommendations["ask"]
    ask.title = "Said better"
    ask.assessments[0].note = "A note that was added."
    ask.themes = []


def continued(made: Corpus) -> None:
    log = made.recommendations["ask"].assessments
    log.append(Assessment(actor="au", date="2010", by="watch", status="stalled", corrects="2010"))


@pytest.mark.parametrize("change", [renamed, renamed_actor, retold, continued])
def test_ids_outlive_changes(change) -> None:
    made = corpus()
    change(made)
    assert set(ids(made)) >= set(KNOWN)


def test_ids_do_not_depend_on_the_address() -> None:
    assert ids(corpus(site_url="https://example.org/", name="Another name")) == KNOWN


def test_with_an_address_every_link_is_whole() -> None:
    made = corpus(site_url="https://example.org/tracker")
    shown = edition(made.config, "2020-01-01", None)
    files = dict(feeds.files(Progress(made, "2020-01-01"), shown, Recorded()))
    for path, content in of(files, ".xml").items():
        check_atom(path, content)
        links = etree.fromstring(content).findall(f"{ATOM}link")
        hrefs = {link.get("rel"): link.get("href") for link in links}
        assert hrefs["self"] == f"https://example.org/tracker/{path}"
        assert hrefs["alternate"].startswith("https://example.org/tracker/")
    for path, content in of(files, ".json").items():
        check_json_feed(path, content)
        feed = json.loads(content)
        assert feed["feed_url"] == f"https://example.org/tracker/{path}"
        assert all(i["url"] == "https://example.org/tracker/recommendations/ask.html" for i in feed["items"])


def test_a_long_feed_says_that_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "LONGEST", 2)
    made = corpus()
    shown = edition(made.config, "2020-01-01", None)
    parsed = feedparser.parse(dict(feeds.files(Progress(made, "2020-01-01"), shown, Recorded()))["feeds/changes.xml"])
    assert [e.id for e in parsed.entries] == KNOWN[:2]
    assert "The latest 2 of 3" in parsed.feed.subtitle


def test_a_feed_in_which_nothing_moved_is_a_feed() -> None:
    made = corpus()
    shown = edition(made.config, "2000-01-01", None)
    for _, content in feeds.files(Progress(made, "2000-01-01"), shown, Recorded()):
        if content.startswith(b"<?xml"):
            check_atom("empty", content)
        else:
            check_json_feed("empty", content)
