"""The corpus that this repository keeps: in order, fit to read, and counted right in its own manual."""

from __future__ import annotations

import datetime
import re

import pytest

from tracker.progress import Progress
from tracker.project import Project
from tracker.rules.drafting import MOST_TITLE

TODAY = datetime.date.today().isoformat()
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?]['”’)\]]*(?=\s|$)")


@pytest.fixture(scope="module")
def project(corpus_root) -> Project:
    return Project(corpus_root, TODAY, use_cache=False)


@pytest.fixture(scope="module")
def records(project) -> list:
    return [record for _, record in project.corpus.records()]


@pytest.fixture(scope="module")
def asks(project) -> list:
    found = list(project.corpus.recommendations.values())
    assert found, "of no recommendation anything would be true"
    return found


@pytest.fixture(scope="module")
def figures(project) -> dict[str, int]:
    """What the manual's table says, worked out from the records."""
    corpus, made = project.corpus, Progress(project.corpus, TODAY)
    log = [entry for ask in corpus.recommendations.values() for entry in ask.assessments]
    pairs = [pair for found in made.pairs.values() for pair in found]
    ties = [relation.kind for ask in corpus.recommendations.values() for relation in ask.relations]
    return {
        "Recommendations": len(corpus.recommendations),
        "Pairs of recommendation and actor": len(pairs),
        "Pairs in the figures (no repetition, not overtaken by events)": made.total().pairs,
        "Assessments": len(log),
        "Evidence items": sum(len(entry.evidence) for entry in log),
        "Pairs assessed": sum(pair.assessed for pair in pairs),
        "Pairs assessed in the figures": made.total().assessed,
        "Asks that repeat one of an earlier document": ties.count("repeats"),
        "Repetitions inside one document": ties.count("same_as"),
        "Sources": len(corpus.sources),
        "Actors": len(corpus.actors),
        "Themes": len(corpus.themes),
        "Events": len(corpus.events),
    } | {
        spec.label: len(corpus.collections[name]) for name, spec in project.config.collections.items()
    }  # fmt: skip


def test_nothing_is_wrong(project) -> None:
    assert not [str(finding) for finding in project.findings if finding.severity == "error"]


def test_every_source_has_recommendations_and_every_collection_entries(project) -> None:
    corpus = project.corpus
    assert {ask.source for ask in corpus.recommendations.values()} == set(corpus.sources)
    assert not [name for name, found in corpus.collections.items() if not found]


def test_the_manual_counts_the_corpus_as_it_is(corpus_root, figures) -> None:
    text = (corpus_root / "docs/manual/corpus.md").read_text(encoding="utf-8")
    table = text.split("| What | Number |\n")[1].split("\n\n")[0]
    said = dict(re.findall(r"^\| (.+?) \| ([\d,]+) \|$", table, re.MULTILINE))
    assert {what: int(number.replace(",", "")) for what, number in said.items()} == figures


def test_ids_are_their_documents_name_and_a_number(asks) -> None:
    assert not [ask.id for ask in asks if not re.fullmatch(rf"{re.escape(ask.source)}-\d{{3}}", ask.id)]


def test_places_in_a_document_are_counted_from_one_without_a_gap(project) -> None:
    by_source: dict[str, list[int]] = {}
    for ask in project.corpus.recommendations.values():
        by_source.setdefault(ask.source, []).append(ask.order)
    for source, places in by_source.items():
        assert sorted(places) == list(range(1, len(places) + 1)), source


def test_titles_are_short_and_no_two_are_the_same(asks) -> None:
    assert not [ask.id for ask in asks if len(ask.title) > MOST_TITLE]
    titles = [ask.title.casefold() for ask in asks]
    assert not sorted({title for title in titles if titles.count(title) > 1})


@pytest.mark.parametrize("field", [
    "title", "locator", "order", "kind", "strength", "addressed_to", "themes", "regions", "measures", "body",
])  # fmt: skip
def test_every_recommendation_says(asks, field: str) -> None:
    assert not [ask.id for ask in asks if not getattr(ask, field)]


def test_every_recommendation_has_a_text_of_two_sentences_or_more(asks) -> None:
    assert not [ask.id for ask in asks if len(SENTENCE.findall(ask.body)) < 2]


def test_every_measure_is_a_sentence_of_its_own(asks) -> None:
    assert not [ask.id for ask in asks if any(len(measure.split()) < 3 for measure in ask.measures)]


def test_every_judgement_can_be_followed_up(asks) -> None:
    """Basis, confidence, and evidence that says what it shows; or a note on where somebody looked."""
    bare = [
        f"{ask.id}: {entry.actor} {entry.date}"
        for ask in asks for entry in ask.assessments if entry.status
        if not (entry.basis and entry.confidence and (entry.note or all(e.shows for e in entry.evidence)))
    ]  # fmt: skip
    assert not bare


def test_no_record_has_an_address_of_a_person(project, records) -> None:
    found = [
        f"{record.path}: {match[0]}" for record in records
        if (match := MAIL.search((project.root / record.path).read_text(encoding="utf-8")))
    ]  # fmt: skip
    assert not found
