"""The page of reports, and the reports that were made here: the site takes them along as they are."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.i18n.catalogue import locale
from tracker.reports.shelf import Pack, packs
from tracker.site.render import render
from tracker.site.view import View

PAGE = "reports.md"
# What a format is called, by the ending of its files.
FORMATS = {
    "pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML", "md": "Markdown", "csv": "CSV", "json": "JSON",
}  # fmt: skip


def address(pack: Pack, path: str) -> str:
    """Where the site has a file of a pack. A generator would make a page of Markdown."""
    return f"reports/{pack.name}/{path}{'.txt' if path.endswith('.md') else ''}"


def _ordered(paths: list[str]) -> list[str]:
    """Files in the order in which people ask for them."""
    order = list(FORMATS)
    return sorted(paths, key=lambda path: (order.index(path.rpartition(".")[2]), path))


def page(view: View, found: list[Pack]) -> str:
    events = view.coming_events() or view.sorted_records("events")[-1:]
    return render(
        "reports.html", PAGE, view, packs=found, address=address, formats=FORMATS,
        ordered=_ordered, own_name=lambda language: locale(language).language_name.capitalize(),
        example=events[0].id if events else "EVENT",
    )  # fmt: skip


def files(view: View) -> Iterator[tuple[str, str | bytes]]:
    """(path, text of the page or content of a file)."""
    found = packs(view.project.root)
    yield PAGE, page(view, found)
    for pack in found if view.tongue.is_default else ():
        for path, content in pack.content.items():
            yield address(pack, path), content
