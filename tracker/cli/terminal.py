"""Tables and records in a terminal, with rich."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from tracker import dates
from tracker.cli.options import counted
from tracker.corpus import Corpus
from tracker.model import Recommendation, is_pending
from tracker.progress import Pair, Progress, Row
from tracker.safety import visible
from tracker.vocabulary import NOT_ASSESSED

COLOURS = {
    "green": "green", "teal": "cyan", "lime": "green3", "blue": "blue", "indigo": "blue",
    "amber": "yellow", "orange": "dark_orange", "brown": "orange4", "red": "red",
    "maroon": "red3", "slate": "grey50", "grey": "grey50",
}  # fmt: skip
_BAR = 16


def _text(words: str, style: str = "") -> Text:
    """A record's words as they are: no markup, nothing that steers the terminal."""
    return Text(visible(words), style=style)


def _plain(words: str) -> str:
    return escape(visible(words))


def print_status(progress: Progress, dimension: str, rows: Sequence[Row]) -> None:
    console = Console()
    table = _table(f"Status by {dimension}, as of {dates.written(progress.as_of)}")
    table.add_column(dimension.capitalize(), min_width=20)
    for label in ("Asked", "Done", "Assessed", "Not assessed"):
        table.add_column(label, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=_BAR)
    for row in rows:
        table.add_row(
            _plain(row.short), f"{row.pairs:,}", f"{row.done:,} of {row.assessed:,}",
            f"{row.assessed:,}", f"{row.not_assessed:,}", _bar(progress, row),
        )  # fmt: skip
    console.print(table)
    total = progress.total()
    console.print(
        f"{counted(total.asks, 'recommendation')}, asked of actors {counted(total.pairs, 'time')}: "
        f"{total.done:,} done, {total.assessed - total.done:,} assessed and not done, "
        f"{total.not_assessed:,} not assessed"
        + (f"; {total.left_out:,} overtaken by events and left out" if total.left_out else "")
        + "."
    )
    if dimension in ("theme", "event", "region"):
        console.print("A recommendation may stand in several rows, so the rows add up to more.", style="dim")
    console.print(_legend(progress, rows))


def _table(title: str | None = None) -> Table:
    return Table(
        title=title, title_justify="left", title_style="bold", header_style="bold",
        box=box.SIMPLE_HEAD, pad_edge=False,
    )  # fmt: skip


def _bar(progress: Progress, row: Row) -> Text:
    """Parts of a bar by status; the rest of it is what nobody has assessed."""
    text = Text()
    if not row.pairs:
        return text
    # Ends are rounded, not widths: the filled part is true to the share that was assessed.
    seen = used = 0
    for key, status in progress.statuses.items():
        if key == NOT_ASSESSED or not (count := row.by_status.get(key, 0)):
            continue
        seen += count
        end = round(_BAR * seen / row.pairs)
        text.append("█" * (end - used), style=COLOURS.get(status.colour, "white"))
        used = end
    text.append("░" * (_BAR - used), style="grey50")
    return text


def _legend(progress: Progress, rows: Sequence[Row]) -> Text:
    text = Text()
    for key, status in progress.statuses.items():
        if any(key in row.by_status for row in rows):
            mark = "░ " if key == NOT_ASSESSED else "█ "
            text.append(mark, style=COLOURS.get(status.colour, "white"))
            text.append(f"{status.label}  ")
    return text


def print_recommendation(progress: Progress, corpus: Corpus, record: Recommendation) -> None:
    console = Console()
    label = corpus.config.label
    console.print(_text(record.title, style="bold"))
    console.print(_text(record.id, style="dim"))
    facts = [
        ("Asked in", corpus.title("sources", record.source) + (f", {record.locator}" if record.locator else "")),
        ("Form", ", ".join(label(n, v) for n, v in (("kind", record.kind), ("strength", record.strength)) if v)),
        ("Themes", ", ".join(corpus.title("themes", t) for t in record.themes)),
        ("Regions", ", ".join(label("region", r) for r in record.regions)),
        ("Deadline", dates.written(record.due) if record.due else ""),
    ]
    for name, value in facts:
        if value:
            console.print(_text(f"{name}: ", style="bold").append(visible(value), style="not bold"))
    console.print()
    console.print(_text(record.body))
    console.print()
    table = _table(f"As of {dates.written(progress.as_of)}")
    for column in ("Who was asked", "Status", "Since", "Says", "Evidence"):
        table.add_column(column, overflow="fold")
    for pair in progress.pairs[record.id]:
        table.add_row(*_pair_cells(progress, corpus, pair))
    console.print(table)
    if record.measures:
        console.print(_text("Done when", style="bold"))
        for measure in record.measures:
            console.print(_text(f"  • {measure}"))


def _pair_cells(progress: Progress, corpus: Corpus, pair: Pair) -> tuple:
    status = progress.statuses[pair.status]
    name = corpus.title("actors", pair.actor)
    if pair.group:
        name += f" (as one of: {corpus.title('actors', pair.group)})"
    latest = pair.latest
    if latest is None:
        return _text(name), _text(status.label, style="grey50"), "", "", ""
    shown = _text(status.label, style=COLOURS.get(status.colour, "white"))
    if pair.contested:
        others = ", ".join(
            f"{corpus.short('actors', v.by)}: {progress.statuses[v.status].label}" for v in pair.verdicts[1:]
        )
        shown.append(f"\ncontested ({others})", style="bold")
    if is_pending(latest):
        shown.append("\nin the inbox", style="italic")
    return (
        _text(name), shown, dates.written(latest.date), _text(corpus.short("actors", latest.by)),
        _text("; ".join(item.title for item in latest.evidence)),
    )  # fmt: skip


def print_record(progress: Progress, corpus: Corpus, collection: str, record) -> None:
    """An actor, theme, source, event or other page: its facts, and its part in the tables."""
    console = Console()
    console.print(_text(record.title, style="bold"))
    console.print(_text(f"{collection}/{record.id}", style="dim"))
    console.print()
    console.print(_text(record.body))
    pairs = [
        pair for pair in progress.counted()
        if record.id in _keys(corpus, collection, pair)
    ]
    if not pairs:
        return
    row = progress.rows_of(pairs)
    console.print()
    console.print(
        f"As of {dates.written(progress.as_of)}: {counted(row.asks, 'recommendation')}, asked of actors "
        f"{counted(row.pairs, 'time')}; {row.done:,} done, {row.not_assessed:,} not assessed."
    )
    table = _table()
    for column in ("Recommendation", "Id", "Actor", "Status"):
        table.add_column(column, overflow="fold")
    for pair in pairs:
        status = progress.statuses[pair.status]
        table.add_row(
            _plain(pair.recommendation.title), pair.recommendation.id,
            _plain(corpus.short("actors", pair.actor)),
            _text(status.label, style=COLOURS.get(status.colour, "white")),
        )  # fmt: skip
    console.print(table)


def _keys(corpus: Corpus, collection: str, pair: Pair) -> list[str]:
    match collection:
        case "actors":
            return [pair.actor]
        case "themes":
            return pair.recommendation.themes
        case "sources":
            return [pair.recommendation.source]
        case "events":
            return corpus.event_ids(pair.recommendation)
    return []
