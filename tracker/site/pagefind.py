"""The index for searching the site: Pagefind, made from the list of what can be found.

A reader's browser fetches the little of it that an answer needs, so that a search costs the
same in a large tracker as in a small one. The index is made from the list and not from the
pages: nothing has to be taken out of finished HTML again, and it is the same whichever
generator built the site.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from tracker.errors import TrackerError
from tracker.site import findable

FOLDER = "pagefind"
# Its user interface, which we don't use, would be half of what lies in the folder.
_UNUSED = ("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight.")


def build(site: Path) -> None:
    """Writes the index into a built site that has a list of what can be found.

    Through its command: its interface for Python waits a tenth of a second for each page.
    """
    file = site / findable.FILE
    if not file.is_file():
        return
    found = findable.read(file.read_bytes())
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        for entry in found.entries:
            page = Path(folder) / entry.url
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(_html(entry, found.language), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "pagefind", "--site", folder, "--output-path", str(site / FOLDER),
             "--keep-index-url", "--silent"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        raise TrackerError(
            f"the search index can't be made:\n{(done.stdout + done.stderr).strip()[-1000:]}",
            "Is Pagefind installed? pip install 'pagefind[bin]'",
        )
    for made in (site / FOLDER).iterdir():
        if made.name.startswith(_UNUSED):
            made.unlink()


def _html(entry: findable.Findable, language: str) -> str:
    """A small page for Pagefind: what weighs how much, and what it can be filtered by."""
    shown = {"collection": entry.collection, "status": entry.status, "who": entry.who, "where": entry.where,
             "lang": entry.lang}
    meta = "".join(f'<i data-pagefind-meta="{k}:{escape(v)}"></i>' for k, v in shown.items() if v)
    filters = "".join(
        f'<i data-pagefind-filter="{escape(name)}:{escape(value)}"></i>'
        for name, values in entry.filters.items() for value in values
    )  # fmt: skip
    return (
        f'<!doctype html><html lang="{escape(language)}"><body><main data-pagefind-body>'
        f'<h1 data-pagefind-weight="8">{escape(entry.title)}</h1><p>{escape(entry.text)}</p>'
        f'<p data-pagefind-weight="0.5">{escape(entry.who)} {escape(entry.where)}</p>{meta}{filters}'
        "</main></body></html>"
    )
