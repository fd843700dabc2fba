"""Any table in a terminal, with rich."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table as Drawn
from rich.text import Text

from tracker.meaning import clean
from tracker.tables import Table, shown


def print_table(table: Table) -> None:
    """The table with its title, its note and the number of its rows."""
    console = Console()
    console.print(Text(f"{table.title} ({len(table.rows):,})", style="bold"))
    console.print(Text(table.note, style="dim"))
    if not table.rows:
        console.print(Text("Nothing.\n"))
        return
    # An id stands below the name that it belongs to: a column of its own would be too narrow.
    named = len(table.columns) > 1 and table.columns[0].label == "Id"
    columns = table.columns[1:] if named else table.columns
    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        drawn.add_column(
            column.label, justify="right" if column.numeric else "left", overflow="fold",
            min_width=16 if column is columns[0] else None,
        )  # fmt: skip
    for row in table.rows:
        cells = [Text(clean(shown(value))) for value in row]
        if named:
            cells[1].append(f"\n{cells[0].plain}", style="dim")
        drawn.add_row(*cells[1 if named else 0 :])
    console.print(drawn)
