"""Takes a picture of each page type, at phone and desktop width, into a folder.

    python tests/browser/screenshots.py FOLDER [SITE] [SCHEME]

SITE is a built site (build/site, where `make` puts it, if not given), SCHEME light or dark.
"""

from __future__ import annotations

import sys
from pathlib import Path

from driver import DEVICES, PAGES, ROOT, SCHEMES, NoBrowser, new_context, page_path, served, started_browser

TALLEST = 4000  # a table of five hundred rows is no picture


def take(folder: Path, site: Path, scheme: str) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with served(site) as address, started_browser() as browser:
        for device in DEVICES:
            # Without motion nothing is pictured half way.
            context = new_context(browser, device, scheme, reduced_motion="reduce")
            page = context.new_page()
            for kind in PAGES:
                page.goto(f"{address}/{page_path(site, kind)}")
                height = page.evaluate("document.documentElement.scrollHeight")
                width = page.viewport_size["width"]
                clip = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
                page.screenshot(path=folder / f"{kind}-{device}-{scheme}.png", full_page=True, clip=clip)
                taken += 1
            context.close()
    return taken


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 3 or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    folder, site, scheme = (*arguments, *["", "", ""][len(arguments) :])
    site = Path(site) if site else ROOT / "build" / "site"
    if not (site / "index.html").is_file() or (scheme and scheme not in SCHEMES):
        print(f"screenshots: no built site at {site}, or no scheme {scheme!r}", file=sys.stderr)
        return 2
    try:
        taken = take(Path(folder), site, scheme or "light")
    except NoBrowser as error:
        print(f"screenshots: {error}", file=sys.stderr)
        return 2
    print(f"{taken} pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
