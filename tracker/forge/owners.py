"""CODEOWNERS: whom the forge asks to look at a change, by document and by theme.

The stewards stand in `tracker.yml`, by the ids of documents and themes; which files belong to
a theme is known from the records, so the file is made again when they change. The last line
that fits a file counts, so the most particular come last.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.config import Stewards
from tracker.corpus import Corpus
from tracker.errors import TrackerError
from tracker.suggest import did_you_mean

_HEAD = """\
# Whom the forge asks to look at a change. Made by `tracker forge-files` from `stewards` in tracker.yml:
#
#     stewards:
#       all: ["@organisation/editors"]              # for whatever nobody else looks after
#       sources: {a-document: ["@organisation/team"]}   # by the ids of documents and themes
#       themes: {a-theme: ["@name"]}
"""
_PLACES = {"github": ".github/CODEOWNERS", "gitlab": ".gitlab/CODEOWNERS",
           "forgejo": ".forgejo/CODEOWNERS", "gitea": "CODEOWNERS"}  # fmt: skip


def owners(kind: str, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """(path, text) of the one file; ``kind`` is a forge's."""
    stewards = corpus.config.stewards
    _known(stewards, corpus)
    lines = list(_lines(stewards, corpus))
    if kind in ("forgejo", "gitea"):
        # Forgejo takes regular expressions, and every line that fits counts.
        made = [f"^{_as_pattern(path)} {' '.join(handles)}" for path, handles in lines]
    else:
        made = [f"{path} {' '.join(handles)}" for path, handles in lines]
    yield _PLACES[kind], "\n".join([_HEAD, *made]).rstrip() + "\n"


def _lines(stewards: Stewards, corpus: Corpus) -> Iterator[tuple[str, list[str]]]:
    if stewards.all:
        yield "*", stewards.all
    for source, handles in sorted(stewards.sources.items()):
        yield f"/recommendations/{source}/", handles
        yield f"/docs/sources/{source}.md", handles
    for theme, handles in sorted(stewards.themes.items()):
        yield f"/docs/themes/{theme}.md", handles
    for record in sorted(corpus.recommendations.values(), key=lambda r: r.path):
        of_themes = [h for theme in record.themes for h in stewards.themes.get(theme, [])]
        if of_themes:
            handles = [*stewards.sources.get(record.source, []), *of_themes]
            yield f"/{record.path}", list(dict.fromkeys(handles))


def _known(stewards: Stewards, corpus: Corpus) -> None:
    for collection in ("sources", "themes"):
        for name in getattr(stewards, collection):
            if corpus.find(collection, name) is None:
                raise TrackerError(
                    f"stewards in tracker.yml: there is no {collection[:-1]} “{name}”",
                    did_you_mean(name, corpus.ids[collection], f"Write the id of a page in docs/{collection}/."),
                )


def _as_pattern(path: str) -> str:
    if path == "*":
        return ".*"
    path = path.removeprefix("/").replace(".", r"\.")
    return path + ".*" if path.endswith("/") else f"{path}$"
