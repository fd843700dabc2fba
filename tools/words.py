"""Gathers every text that is translated, and brings the catalogues up to date.

`make words` runs it. A text that is new stands in each catalogue without a translation; one
that is gone is taken out. A test fails while a text is untranslated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import extract, pofile
from babel.messages.catalog import Catalog
from jinja2.ext import extract_from_ast

import tracker
from tracker.i18n import LANGUAGES, catalogue
from tracker.i18n.words import Words
from tracker.site import labels
from tracker.site.render import environment

PACKAGE = Path(tracker.__file__).parent
# Functions and methods that take a text of ours, and which of their arguments are texts.
KEYWORDS = {"N_": None, "t": None, "runs": None, "n": (1, 2), "n_runs": (1, 2)}
TEMPLATE_FUNCTIONS = ("_", "gettext", "ngettext", "pgettext", "npgettext")


def gathered() -> Catalog:
    """Every text with its place, as a catalogue without translations."""
    found = Catalog(fuzzy=False)
    for text, place, context in [*_of_templates(), *_of_code(), *_of_labels()]:
        if text and text != ("", ""):
            found.add(text, locations=[(place, 0)], context=context)
    return found


def _of_templates() -> Iterator[tuple[str | tuple, str, str | None]]:
    templates = environment(Words("en"))
    for name in templates.list_templates():
        source = templates.loader.get_source(templates, name)[0]
        for _, function, texts in extract_from_ast(templates.parse(source), TEMPLATE_FUNCTIONS):
            texts = texts if isinstance(texts, tuple) else (texts,)
            context = texts[0] if "pgettext" in function else None
            texts = texts[1:] if context else texts
            plural = "ngettext" in function or "npgettext" in function
            wanted = texts[:2] if plural else texts[:1]
            if all(isinstance(text, str) for text in wanted):
                yield (wanted if plural else wanted[0]), f"site/templates/{name}", context


def _of_code() -> Iterator[tuple[str | tuple, str, None]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        with path.open("rb") as file:
            for _, texts, _, _ in extract.extract("python", file, KEYWORDS):
                yield texts, path.relative_to(PACKAGE).as_posix(), None


def _of_labels() -> Iterator[tuple[str, str, str]]:
    for context, text in labels.messages():
        yield text, "site/labels.py", context


def updated(path: Path, language: str, template: Catalog) -> Catalog:
    """The catalogue at ``path`` with all texts of the template, and no others."""
    made = catalogue.read(path, language)
    template.creation_date = made.creation_date  # the same texts make the same file
    made.update(template, no_fuzzy_matching=True)
    made.obsolete.clear()
    return made


def untranslated(made: Catalog) -> list[str]:
    """The texts that have no translation yet, or one that is not certain."""
    return [
        f"{m.context}: {m.id}" if m.context else str(m.id)
        for m in made
        if m.id and (m.fuzzy or not all(catalogue.forms(m.string)))
    ]


def main() -> int:
    template = gathered()
    left = 0
    for language in LANGUAGES:
        if language == "en":
            continue
        path = catalogue.path_of(catalogue.OURS, language)
        made = updated(path, language, template)
        with path.open("wb") as file:
            pofile.write_po(file, made, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
        missing, wrong = untranslated(made), list(catalogue.problems(catalogue.read(path, language)))
        left += len(missing) + len(wrong)
        print(f"{path.relative_to(PACKAGE.parent)}: {len(missing)} of {len(made)} texts are not translated")
        for line, message in wrong:
            print(f"{path.relative_to(PACKAGE.parent)}:{line}: {message}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
