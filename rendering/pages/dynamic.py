"""Tabs with a variable number of rows, ready to be set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms import is_text
from rendering.pages.fixed import head, square
from rendering.pages.grid import grids
from rendering.pages.sheet import TEXT, Head, Sheet, Square, Strip
from rendering.pages.words import UNIT_SENTENCES, shown, unbroken

if TYPE_CHECKING:
    from forms import Tab
    from resolvers.rows import RowContent, TabContent

# A panel repeats the columns that tell a row from the others: its number and its name.
MOST_KEYS: Final = 2


def dynamic_sheet(tab: Tab, content: TabContent, room: float) -> Sheet:
    """The tab, ready to be set: one line a row, numbered in the order of the dossier."""
    named = [column for column in tab.columns[:MOST_KEYS] if is_text(column.unit)]
    others = tab.columns[len(named) :]
    strips = [_strip(tab, number, row) for number, row in enumerate(content.rows, start=1)]
    return Sheet(
        code=content.code,
        title=unbroken(tab.title),
        statement=unbroken(tab.statement),
        unit=UNIT_SENTENCES.get(tab.unit, ""),
        grids=grids(
            [Head("N°", css=TEXT), *(head(column, tab.unit) for column in named)],
            [head(column, tab.unit) for column in others],
            strips,
            room,
        ),
        notes=(),
        signs=frozenset(column.kind for column in tab.columns),
        empty=not strips,
    )


def _strip(tab: Tab, number: int, row: RowContent) -> Strip:
    squares = (
        square(shown(row.values.get(column.code), column.unit), column.kind, column.unit)
        for column in tab.columns
    )
    return Strip((Square(str(number), "k"), *squares))
