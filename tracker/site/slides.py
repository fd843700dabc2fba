"""Charts as pictures of their own, for slides and printed pages: with title, source and day.

On a page a chart has the page's title and footer; taken out of it, it must carry them
itself. These are drawn by the same code as the charts of reports, with colours in them and
numbers on the shapes, so they can be opened and changed anywhere. The few that speak of
the whole tracker come as PNG too.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tracker.course import GROUPS
from tracker.reports import charts, palette
from tracker.reports.charts import Bar, Part, Square
from tracker.reports.document import Figure
from tracker.site.kept import Kept
from tracker.site.overtime import COLOURS
from tracker.site.pictures import Pictures

FOLDER = "assets/pictures"
COLLECTIONS = ("actors", "sources", "themes")
_HEAD, _FOOT, _SIDE = 46.0, 34.0, 24.0
_VERSION = "1"
_ACTORS, _THEMES = 14, 12


def slides(pictures: Pictures) -> Iterator[tuple[str, bytes]]:
    """(path, content) of every picture of a site."""
    view = pictures.view
    whole = {name: svg for name, svg in (("actors", _actors(pictures)), ("years", _years(pictures)),
                                         ("matrix", _matrix(pictures))) if svg}  # fmt: skip
    for name, figure in whole.items():
        yield f"{FOLDER}/{name}.svg", figure.svg.encode()
    kept = Kept(view.project.root, "pictures", _VERSION)
    pngs = kept.get([f.svg.encode() for f in whole.values()],
                    lambda missing: _png([list(whole.values())[place] for place in missing]))  # fmt: skip
    for name, data in zip(whole, pngs, strict=True):
        yield f"{FOLDER}/{name}.png", data
    for collection in COLLECTIONS:
        for record in view.corpus.collections[collection].values():
            if view.row(collection, record.id).pairs:
                yield f"{FOLDER}/{collection}/{record.id}.svg", _record(pictures, collection, record).svg.encode()


def _png(figures: list[Figure]) -> list[bytes]:
    from tracker.reports.pdf import Setter

    return Setter().pictures(figures, dots=220)


def _record(pictures: Pictures, collection: str, record) -> Figure:
    """One bar for each status that occurs, each with its denominator."""
    view, words = pictures.view, pictures.words
    row = view.row(collection, record.id)
    bars = [
        Bar(status.label, [Part(palette.of_status(key, status), row.by_status[key], "")],
            words.t("{count} of {total}", count=row.by_status[key], total=row.pairs))
        for key, status in view.statuses.items() if row.by_status.get(key)
    ]  # fmt: skip
    title = words.t("{name}: what came of {count} asks", name=view.said(record), count=row.pairs)
    return _framed(pictures, title, charts.stacked("status", title, title, bars, [], rtl=words.rtl, thick=16))


def _actors(pictures: Pictures) -> Figure | None:
    view, words = pictures.view, pictures.words
    rows = view.progress.by("actor")[:_ACTORS]
    if not rows:
        return None
    keys = [key for key in view.statuses if any(row.by_status.get(key) for row in rows)]
    bars = [
        Bar(view.short("actors", row.key),
            [Part(palette.of_status(k, view.statuses[k]), row.by_status[k], words.number(row.by_status[k]))
             for k in keys if row.by_status.get(k)], words.number(row.pairs))
        for row in rows
    ]  # fmt: skip
    legend = [(palette.of_status(key, view.statuses[key]), view.statuses[key].label) for key in keys]
    title = words.t("Who was asked most, and what came of it")
    return _framed(pictures, title, charts.stacked("actors", title, title, bars, legend, rtl=words.rtl))


def _years(pictures: Pictures) -> Figure | None:
    points, words = pictures.years(), pictures.words
    if not points:
        return None
    groups = pictures.groups()
    bars = [
        Bar(p.day[:4] if place % 2 == 0 else "",
            [Part(COLOURS[g], p.groups[g], words.number(p.groups[g])) for g in GROUPS if p.groups[g]])
        for place, p in enumerate(reversed(points))
    ]  # fmt: skip
    title = words.t("What was asked, and how far it got, at the end of each year")
    legend = [(COLOURS[g], groups[g].label) for g in GROUPS]
    return _framed(pictures, title, charts.columns("years", title, title, bars[::-1], legend, rtl=words.rtl, height=190))


def _matrix(pictures: Pictures) -> Figure | None:
    """Of what was assessed, how much moved; an empty dash where nobody has looked."""
    view, words = pictures.view, pictures.words
    found = pictures.matrix()
    actors, themes = found.actors[:_ACTORS], found.themes[:_THEMES]
    if not actors or not themes:
        return None
    squares = {}
    for y, actor in enumerate(actors):
        for x, theme in enumerate(themes):
            row = found.cells.get((actor.key, theme.key))
            if row and row.assessed:
                moved = view.progress.moved(row)
                shown = f"{words.number(moved)}/{words.number(row.assessed)}"
                squares[y, x] = Square(shown, moved / row.assessed)
            elif row and row.pairs:
                squares[y, x] = Square("–", None)
    title = words.t("Of what was assessed, how much is done or shows some progress")
    note = words.t("–: asked, and nobody has looked")
    return _framed(pictures, title, charts.heat_map(
        "matrix", title, title, [view.short("actors", a.key) for a in actors],
        [view.short("themes", t.key) for t in themes], squares, rtl=words.rtl,
    ), note)  # fmt: skip


def _framed(pictures: Pictures, title: str, inside: Figure, note: str = "") -> Figure:
    """A chart with its title above and its source and day below, on white."""
    words = pictures.words
    width, height = inside.width + 2 * _SIDE, inside.height + _HEAD + _FOOT
    frame = charts.Drawing(height, words.rtl, width)
    frame.text(_SIDE, 26, charts.fitted(title, 12, width - 2 * _SIDE), size=12, bold=True)
    said = pictures.credit()
    if note:
        said = f"{note}. {said}"
    frame.text(_SIDE, height - 13, charts.fitted(said, 7.5, width - 2 * _SIDE), size=7.5, colour=palette.QUIET)
    start = inside.svg.index(">") + 1
    chart = inside.svg[start : inside.svg.rindex("</svg>")]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" '
        f'height="{height:g}pt" direction="ltr" role="img" font-family={quoteattr(charts.FONT)}>'
        f'<title>{escape(charts.drawn(title))}</title><rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
        f'{"".join(frame.shapes)}<g transform="translate({_SIDE:g} {_HEAD:g})">{chart}</g></svg>'
    )
    return Figure(inside.id, inside.caption, inside.alt, svg, width, height)
