"""Every page of the site, from the corpus.

A page is a path and a text: Markdown with finished HTML between its headings, which any
site generator of the MkDocs family turns into a page. Lists and links are worked out
from the records, in both directions; nothing is kept by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tracker import freshness, telling
from tracker.comparison import KINDS, MEANINGS
from tracker.errors import TrackerError
from tracker.export.bundle import open_data
from tracker.findings import has_errors
from tracker.forks import cores, shares
from tracker.model import Recommendation
from tracker.progress import Row
from tracker.project import Project
from tracker.rules import FAMILIES, catalogue
from tracker.site import cards, editor, filters, findable, forms, icons, packs, slides
from tracker.site.cells import chip_class
from tracker.site.edition import Edition
from tracker.site.pictures import Pictures
from tracker.site.prose import Prose, pages_of_prose
from tracker.site.render import render
from tracker.site.tongues import Tongue
from tracker.site.view import View
from tracker.store import PAGES

ASSETS = Path(__file__).parent / "assets"
CHARTS_STYLE, CONTROLS_STYLE = (Path(__file__).parent / name for name in ("charts.css", "controls.css"))
_LOG_LENGTH = 400
_MOST_BODIES = 24  # that the home page offers at once: those asked most
_MOST_THEMES = 14  # columns of the matrix, and half as many rows again
_WORTH_SHARING = 1000  # recommendations; below that a second process costs more than it saves
_SHARES = 50  # of the recommendations, for processes to take one after another


class Page(NamedTuple):
    path: str  # below the pages folder, ending in .md
    text: str


class Asset(NamedTuple):
    path: str
    data: bytes


Part = Callable[[], Iterable[Page | Asset]]


def parts(project: Project, edition: Edition, tongue: Tongue | None = None) -> list[Part]:
    """Every file of the site's source, in parts that processes of their own can make.

    One part where the tracker is small or the machine has a single core. Refuses while an
    error stands. ``tongue`` is the language of the pages; what is the same in all of them
    (assets, open data) comes with the default one alone.
    """
    refuse_unsafe(project)
    view = View(project, edition, tongue)
    records = list(view.corpus.recommendations.values())
    several: list[Part] = [  # what takes longest comes first, so that all processes end at about the same time
        lambda: _open_data(view),
        lambda: _pages(view),
        lambda: [_findable(view)],
        lambda: _pictures(view),
        lambda: chain(_own_assets(view), _reports(view)),
        lambda: (Asset(*file) for file in editor.files(view) if view.tongue.is_default),
        *(lambda share=share: _of_recommendations(view, share) for share in shares(records, _SHARES)),
    ]
    shared = cores() > 1 and len(records) >= _WORTH_SHARING
    return several if shared else [lambda: chain.from_iterable(part() for part in several)]


def everything(project: Project, edition: Edition) -> list[Page | Asset]:
    """Every file, in a fixed order, made in this process."""
    made = [file for part in parts(project, edition) for file in part()]
    refuse_twice(file.path for file in made)
    return made


def pages(project: Project, edition: Edition) -> list[Page]:
    return [file for file in everything(project, edition) if isinstance(file, Page)]


def _pages(view: View) -> Iterator[Page]:
    """All but the recommendations, of which there are thousands, and the page of open data."""
    prose = pages_of_prose(view.project, view.tongue)
    yield _home(view, prose)
    yield _table(view)
    for collection in view.corpus.types:
        if collection != "recommendations":
            yield from _collection(view, collection, prose)
    yield _changes(view)
    yield Page("silence.md", render(
        "silence.html", "silence.md", view, fresh=freshness, progress=view.progress
    ))  # fmt: skip
    for name, template in (("method", "method.html"), ("contribute", "contribute.html")):
        yield Page(f"{name}.md", render(template, f"{name}.md", view, prose=prose.pop(name, Prose(name, ""))))
    yield Page("lineage.md", render("lineage.html", "lineage.md", view))
    yield from _forms(view)
    yield from _matrix(view)
    yield Page("registers.md", render("registers.html", "registers.md", view))
    yield from _rules(view)
    yield _search(view)
    for path, text in prose.items():
        if path != "data":
            yield _plain(view, text)


def _search(view: View) -> Page:
    t = view.words.t
    data = filters.of_search(view) | {
        "statuses": {key: [s.label, chip_class(s)] for key, s in view.statuses.items()},
        "collections": {name: view.singular(name) for name in view.corpus.types},
    }
    data["words"] |= {
        "results": t("Results: {count}", count="{count}"),
        "none": t("Nothing found"),
        "no_words": t("Type a word, or choose below"),
        "looking": t("Looking …"),
        "asked": t("Asked: {names}", names="{names}"),
        "plain": t("This copy has no index that can be fetched, as when it is read from a disk: whole "
                    "words and beginnings of words are found, other forms of a word are not."),
        "failed": t("The search can't be loaded. The tables have everything as well."),
    }
    return Page("search.md", render("search.html", "search.md", view, searching=data))


def _findable(view: View) -> Asset:
    prose = {name: page.text for name, page in pages_of_prose(view.project, view.tongue).items()
             if name != "index" and not name.endswith("/index")}  # fmt: skip
    return Asset(findable.FILE, findable.write(findable.listed(view, prose)))


def _own_assets(view: View) -> Iterator[Asset]:
    """The program's own style and script, and the pictures of the tracker's pages."""
    if not view.tongue.is_default:
        return
    project = view.project
    for file in sorted(ASSETS.iterdir()):
        if file.is_file():
            data = file.read_bytes()
            if file.name == "tracker.css":
                data += CHARTS_STYLE.read_bytes() + icons.style_sheet().encode()
            if file.name in ("frame.css", "material.css"):
                data = CONTROLS_STYLE.read_bytes() + data
            yield Asset(f"assets/{file.name}", data)
    for entry in project.tree.assets():
        yield Asset(entry.path.removeprefix(f"{PAGES}/"), Path(entry.full).read_bytes())


def _open_data(view: View) -> Iterator[Page | Asset]:
    """The open data, and the page that lists it with the sizes of its files."""
    open = open_data(view.project, view.edition.as_of, view.edition.commit)
    if view.tongue.is_default:
        for path, data in open.files.items():
            yield Asset(path, data)
    _, prose = pages_of_prose(view.project, view.tongue).get("data", Prose("data", "")).headed()
    yield Page("data.md", render("data.html", "data.md", view, open=open, prose=prose))


def _pictures(view: View) -> Iterator[Asset]:
    with telling.doing("pictures"):
        for file in chain(slides.slides(Pictures(view)), cards.cards(view)):
            yield Asset(*file)


def _reports(view: View) -> Iterator[Page | Asset]:
    """The page of reports, and those that were made here."""
    for path, made in packs.files(view):
        yield Page(path, made) if isinstance(made, str) else Asset(path, made)


def refuse_unsafe(project: Project) -> None:
    """Nothing is published while an error stands: what can't be read can't be shown right."""
    if not has_errors(project.findings):
        return
    errors = [f for f in project.findings if f.severity == "error"]
    listed = "\n".join(str(f) for f in errors[:5])
    more = f"\n... and {len(errors) - 5} more" if len(errors) > 5 else ""
    raise TrackerError(
        f"the site is not built while there are errors ({len(errors)}):\n{listed}{more}",
        "See them all, with hints: tracker check",
    )


def refuse_twice(paths: Iterable[str]) -> None:
    """Where two files would make one page, one of them would be lost."""
    seen: set[str] = set()
    for path in paths:
        if path in seen:
            raise TrackerError(
                f"two files make the page {path}",
                "Rename one of them: a page of prose may not have the address of a record.",
            )
        seen.add(path)


def _home(view: View, prose: dict[str, Prose]) -> Page:
    headline, text = prose.pop("index", Prose("index", "")).headed()
    if not text.text:
        text = text._replace(text=view.words.term(view.config.description, "tracker"))
    return Page("index.md", render(
        "home.html", "index.md", view, headline=headline, prose=text,
        bodies=_by_name(view, view.rows("actors")[:_MOST_BODIES]), log=view.log[:8], coming=view.coming_events(), kinds=view.told(KINDS),
    ))  # fmt: skip


def _by_name(view: View, rows: list[Row]) -> list[Row]:
    """Actors in the order in which a reader looks for one."""
    return sorted(rows, key=lambda row: view.title("actors", row.key).casefold())


def _table(view: View) -> Page:
    page = "recommendations/index.md"
    rows = list(view.corpus.recommendations.values())
    return Page(page, render("recommendations.html", page, view, rows=rows))


def _of_recommendations(view: View, records: list[Recommendation]) -> Iterator[Page]:
    for record in records:
        telling.step()
        page = f"recommendations/{record.id}.md"
        yield Page(page, render("recommendation.html", page, view, record=record))
        yield from _former(view, "recommendations", record)


def _collection(view: View, collection: str, prose: dict[str, Prose]) -> Iterator[Page]:
    page = f"{collection}/index.md"
    intro = prose.pop(f"{collection}/index", None) or Prose(page, view.description(collection))
    yield Page(page, render(
        "collection.html", page, view, collection=collection, intro=intro, label="",
        columns=view.sheet.columns(collection), rows=view.sorted_records(collection),
    ))  # fmt: skip
    for name, spec in view.views(collection).items():
        page = f"views/{name}.md"
        rows = list(filter(spec.shows, view.sorted_records(collection)))
        yield Page(page, render(
            "collection.html", page, view, collection=collection, intro=Prose(page, spec.description),
            label=spec.label, columns=view.sheet.columns(collection, spec.columns), rows=rows,
        ))  # fmt: skip
    for record in view.corpus.collections[collection].values():
        telling.step()
        page = f"{collection}/{record.id}.md"
        yield Page(page, render("record.html", page, view, collection=collection, record=record))
        yield from _former(view, collection, record)


def _former(view: View, collection: str, record) -> Iterator[Page]:
    """A page at each former address, which leads to the present one."""
    for alias in record.aliases:
        page = f"{collection}/{alias}.md"
        yield Page(page, render("moved.html", page, view, collection=collection, record=record))


def _matrix(view: View) -> Iterator[Page]:
    """Actors by themes: those asked most, and all of them on a page of its own where there are more."""
    pictures = Pictures(view)
    most, every = pictures.matrix(_MOST_THEMES), pictures.matrix()
    whole = {"actors": len(every.actors), "themes": len(every.themes)}
    yield Page("matrix.md", render("matrix.html", "matrix.md", view, found=most, whole=whole))
    if len(every.actors) > len(most.actors) or len(every.themes) > len(most.themes):
        yield Page("matrix-all.md", render("matrix.html", "matrix-all.md", view, found=every, whole=whole))


def _changes(view: View) -> Page:
    return Page("changes.md", render(
        "changes.html", "changes.md", view, log=view.log[:_LOG_LENGTH], total=len(view.log),
        since=view.since_last_event, kinds=view.told(KINDS), meanings=view.told(MEANINGS),
    ))  # fmt: skip


def _forms(view: View) -> Iterator[Page]:
    for page, template, form in (
        ("propose/index.md", "propose.html", forms.update),
        ("propose/new.md", "propose_new.html", forms.wider),
    ):
        here = view.cells(page.count("/")).to
        yield Page(page, render(template, page, view, form=form(view, here)))


def _rules(view: View) -> Iterator[Page]:
    rules = list(catalogue().values())
    page = "rules/index.md"
    yield Page(page, render("rules.html", page, view, rules=rules, families=FAMILIES))
    for rule in rules:
        page = f"rules/{rule.code}.md"
        yield Page(page, render("rule.html", page, view, rule=rule))


def _plain(view: View, prose: Prose) -> Page:
    page = f"{prose.path}.md"
    title, _ = prose.headed()
    return Page(page, render("plain.html", page, view, title=title or page, prose=prose))
