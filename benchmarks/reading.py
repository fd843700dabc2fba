"""What reading costs: bytes of each page type, the first answer of a search, a filter on a slow phone.

    python benchmarks/reading.py [SITE]

SITE is a built site (build/site, where `make` puts it, if not given). A real browser reads it from
a server on this machine. Bytes are those of the files, compressed with gzip. For times the browser
is slowed: the network as a fast 3G line does (1.6 Mbit/s, 150 ms), the processor to a sixth; the
server does not compress, so that real lines do better.
"""

from __future__ import annotations

import gzip
import statistics
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from driver import PAGES, Watched, new_context, page_path, served, started_browser  # noqa: E402

TABLE = "recommendations/index.html"
TIMES = 5
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
# From the change to the moment when what it drew is on the screen.
FILTER = """value => new Promise(done => {
  const box = document.querySelector(`.rt-filter input[value="${value}"]`), start = performance.now();
  box.click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""


# From the first key to the first result on the page, as the page itself sees it.
FIRST_RESULT = """() => {
  const find = document.querySelector('#find'), list = document.querySelector('.rt-results');
  return new Promise(done => {
    let start = 0;
    find.addEventListener('input', () => { start ||= performance.now() }, {capture: true});
    new MutationObserver(() => { if (list.querySelector('li')) done(performance.now() - start) }).observe(list, {childList: true});
    find.value = 'early warning';
    find.dispatchEvent(new Event('input', {bubbles: true}));
  }) }"""


def weight(site: Path, watched: Watched, urls: list[str]) -> tuple[int, int]:
    files = {urlsplit(url).path.lstrip("/") for url in urls if url.startswith(watched.address)}
    sizes = [len(gzip.compress((site / name).read_bytes())) for name in files if (site / name).is_file()]
    return sum(sizes), len(sizes)


def pages(site: Path, address: str, browser) -> None:
    print(f"{'page':<32}{'requests':>9}{'first visit':>13}{'next':>9}")
    for kind in PAGES:
        path = page_path(site, kind)
        with new_context(browser, "phone") as context:
            watched = Watched(context.new_page(), address)
            watched.open(path)
            watched.page.wait_for_load_state("networkidle")
            first, count = weight(site, watched, watched.requests)
            alone, _ = weight(site, watched, [f"{address}/{path}"])
            print(f"{kind:<32}{count:>9}{first / 1000:>10.1f} kB{alone / 1000:>6.1f} kB")


def search(site: Path, address: str, browser) -> None:
    print()
    for words, wait in (("typed at once", 0), ("typed a second later, as a hand needs to get there", 1000)):
        times, sizes = [], []
        for _ in range(TIMES):
            with new_context(browser, "phone") as context:
                watched = Watched(context.new_page(), address)
                session = context.new_cdp_session(watched.page)
                session.send("Network.enable")
                session.send("Network.emulateNetworkConditions", LINE)
                page = watched.open("search.html")
                page.wait_for_load_state("load")
                page.wait_for_timeout(wait)
                times.append(page.evaluate(FIRST_RESULT))
                page.wait_for_load_state("networkidle")
                paths = {urlsplit(url).path.lstrip("/") for url in watched.requests}
                sizes.append(sum((site / path).stat().st_size for path in paths if (site / path).is_file()))
        print(f"first answer of a search, cold, slow line, {words}: {statistics.median(times) / 1000:.2f} s"
              f" from the first key; {sizes[0] / 1000:.0f} kB in all, not compressed")


def filters(address: str, browser) -> None:
    with new_context(browser, "phone") as context:
        watched = Watched(context.new_page(), address)
        session = context.new_cdp_session(watched.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        page = watched.open(TABLE)
        rows = page.locator("#asks tbody tr").count()
        page.locator(".rt-filter details[data-name=status] summary").click()
        values = page.locator(".rt-filter details[data-name=status] input").evaluate_all("all => all.map(e => e.value)")
        times = [page.evaluate(FILTER, value) for value in [*values, *values]]
        sort = """() => new Promise(done => { const start = performance.now();
          document.querySelector('#asks thead button').click();
          requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))) })"""
        sorts = [page.evaluate(sort) for _ in range(TIMES)]
        print(f"filter on {rows} rows, processor at a sixth: median {statistics.median(times):.0f} ms, "
              f"worst {max(times):.0f} ms; sorting {statistics.median(sorts):.0f} ms")


def main(arguments: list[str]) -> int:
    site = Path(arguments[0]) if arguments else ROOT / "build" / "site"
    if not (site / "index.html").is_file():
        print(f"reading: no built site at {site}; build one: tracker build", file=sys.stderr)
        return 2
    with served(site) as address, started_browser() as browser:
        pages(site, address, browser)
        search(site, address, browser)
        filters(address, browser)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
