"""The file of a translation: begun with the original's texts, or marked as up to date again."""

from __future__ import annotations

from typing import NamedTuple

from tracker import frontmatter
from tracker.edit.compose import compose
from tracker.edit.files import Files
from tracker.edit.splice import set_value
from tracker.errors import TrackerError
from tracker.project import Project
from tracker.store import PAGES
from tracker.suggest import did_you_mean
from tracker.translations import Texts, Translation, fingerprint, of_record, template, texts_of


class Original(NamedTuple):
    """What is translated. ``kind`` is the class of the translation's front matter."""

    path: str
    kind: type[Texts]
    texts: dict
    body: str
    now: str


def find(project: Project, name: str) -> Original:
    """A record by its id, collection/id or path, or a page of prose by its path."""
    corpus = project.corpus
    path = name.removeprefix("./")
    if (project.root / PAGES / f"{path}.md").is_file():
        path = f"{PAGES}/{path}.md"
    if path.startswith(f"{PAGES}/") and not project.reader.collection_of(path):
        data = project.tree.bytes_of(path) if path.endswith(".md") else None
        if data is None:
            raise TrackerError(f"there is no page {path}", f"Name a Markdown file below {PAGES}/.")
        body = frontmatter.read_plain(data, path).body
        return Original(path, Texts, {}, body, fingerprint({"body": body}))
    wanted, _, stem = path.removesuffix(".md").rpartition("/")
    wanted = wanted.rpartition("/")[2]
    for collection in [wanted] if wanted in corpus.collections else list(corpus.collections):
        record = corpus.find(collection, stem)
        if record is not None:
            texts = dict(template(record))
            return Original(record.path, texts_of(type(record)), texts, record.body, of_record(record, list(texts)))
    known = [record.id for _, record in corpus.records()]
    raise TrackerError(
        f"there is no record “{name}”", did_you_mean(stem, known, "See them with: tracker status --by source")
    )


def begun(original: Original) -> str:
    """The text of a new translation, with the original's words in it for the translator to replace."""
    return compose(original.kind, {"translates": original.now, **original.texts}, original.body)


def path_of(original: Original, language: str) -> str:
    return f"{original.path.removesuffix('.md')}.{language}.md"


def begin(project: Project, original: Original, language: str) -> str:
    """Writes a new translation; returns its path."""
    files, path = Files(project.root), path_of(original, language)
    kept = files.read(path)
    if kept.exists:
        raise TrackerError(
            f"there is a translation already: {path}", "Edit it. When it is up to date again: --renew."
        )
    files.write(kept, begun(original).encode())
    return path


def renew(project: Project, original: Original, language: str) -> tuple[str, bool]:
    """Marks a translation as up to date; returns its path, and whether that changed anything."""
    path = path_of(original, language)
    made: Translation | None = next((t for t in project.translations if t.path == path), None)
    if made is None:
        raise TrackerError(
            f"there is no translation {path} that can be read",
            "Begin one without --renew, or see what is wrong with it: tracker check",
        )
    if not made.stale:
        return path, False
    files = Files(project.root)
    kept = files.read(path)
    files.write(kept, set_value(original.kind, kept.data or b"", ("translates",), made.now, path))
    return path, True
