"""Pages of prose in the reader's language, or in their own and marked as such."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from tracker import frontmatter, markdown
from tracker.project import Project
from tracker.site.cells import attributes
from tracker.site.finished import heading
from tracker.site.links import prose_link
from tracker.site.tongues import Tongue
from tracker.store import PAGES


class Prose(NamedTuple):
    """The Markdown of a page, by the path of its original below docs/ (without .md).

    ``lang`` is its language where that is not the reader's, and ``stale`` says that it is a
    translation of an older text.
    """

    path: str
    text: str
    lang: str = ""
    stale: bool = False

    def headed(self) -> tuple[str, Prose]:
        """The heading that the text begins with, and the rest."""
        first, _, rest = self.text.partition("\n")
        if not first.startswith("# "):
            return "", self
        return first[2:].strip(), self._replace(text=rest.strip())


def pages_of_prose(project: Project, tongue: Tongue) -> dict[str, Prose]:
    """Every page that is no record, by its path below docs/ without .md."""
    translated = {t.original: t for t in project.translations if not t.collection and t.lang == tongue.code}
    lang = "" if tongue.code == project.config.language else project.config.language
    found = {}
    for entry in project.tree.records():
        if not entry.path.startswith(f"{PAGES}/") or project.reader.collection_of(entry.path):
            continue
        name = entry.path.removeprefix(f"{PAGES}/").removesuffix(".md")
        if (made := translated.get(entry.path)) is not None:
            found[name] = Prose(name, made.texts.body, stale=made.stale)
            continue
        data = project.tree.read(entry)
        if data is not None:
            found[name] = Prose(name, frontmatter.read_plain(data, entry.path).body, lang)
    return found


def made(prose: Prose, tongue: Tongue) -> str:
    """A whole page: finished HTML, and headings in Markdown."""
    marks = attributes(prose.lang)

    def head(level: int, words: str) -> str:
        return heading(level, f"<span{marks}>{words}</span>" if marks else words)

    return markdown.page(prose.text, lambda target: address(prose, target, tongue), head, marks)


def intro(prose: Prose, tongue: Tongue) -> Markup:
    """A few lines at the top of a page."""
    return Markup(markdown.intro(prose.text, lambda target: address(prose, target, tongue)))  # noqa: S704 - cleaned


def address(prose: Prose, target: str, tongue: Tongue) -> str:
    """Where a link of a page leads: pages are there in each language, all else once, at the site's root."""
    return prose_link(target, prose.path, tongue.up)
