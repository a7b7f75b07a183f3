"""Where the operands of a formula stand in the workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from forms.nodes import CellRef, ColumnSum, RowCount, RowRef
from rendering.sheets.layout import FIRST_ROW, REFERENCES, Layout, Place
from rendering.sheets.refs import fixed_range, reference
from resolvers.rows import ClosedPast

if TYPE_CHECKING:
    from collections.abc import Mapping

# In a formula that is written once for all the rows of a tab, where the number of the row goes.
ROW: str = "\x00"


class UntranslatableError(Exception):
    """A formula that no spreadsheet can follow: its value is written instead."""


@dataclass
class Sources:
    """The squares that formulas read: on the tabs' sheets, else copied to a hidden one.

    `shown`: the tabs that have a sheet; `ends`: the last row of each dynamic one; `withheld`:
    tabs whose values its reader may not have, `closed_past` what he may not of last year: what is
    computed of them is written as it stands.
    """

    layout: Layout
    shown: frozenset[str]
    ends: Mapping[str, int]
    copied: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()
    closed_past: ClosedPast = field(default_factory=ClosedPast)

    def cell(self, node: CellRef, home: str) -> str:
        """The square of a fixed cell of this year, or of last year's copy of it."""
        known = self.layout.pack.cells.get(node.cell)
        if known is not None and known.tab in self.withheld:
            raise UntranslatableError
        if node.previous and self.closed_past.closes(node.cell):
            raise UntranslatableError
        if not node.previous and known is not None and known.tab in self.shown:
            return reference(self.layout.place(node.cell), home)
        name = f"{node.cell}#" if node.previous else node.cell
        return self._copy(name, home)

    def row(self, node: RowRef, home: str) -> str:
        """The square of a column of the same row."""
        return f"{xl_col_to_name(self.layout.tabs[home].columns[node.column])}{ROW}"

    def column(self, tab: str, column: str) -> str:
        """All the squares of a column of a dynamic tab. Raises UntranslatableError for a group's cells."""
        if tab not in self.ends:
            raise UntranslatableError
        return fixed_range(tab, self.layout.tabs[tab].columns[column], FIRST_ROW, self.ends[tab])

    def sum(self, node: ColumnSum) -> str:
        """The range that a sum without condition adds."""
        return self.column(node.tab, node.column)

    def count(self, node: RowCount) -> str:
        """The squares that hold 1 for each row."""
        if node.tab not in self.ends:
            raise UntranslatableError
        return fixed_range(node.tab, self.layout.tabs[node.tab].presence, FIRST_ROW, self.ends[node.tab])

    def hiding(self, cell: str, home: str) -> list[str]:
        """The squares that hold 1 where the conditions on a cell's tab and line hold."""
        known = self.layout.pack.cells.get(cell)
        return [] if known is None else self._flags((known.tab, f"{known.tab}.{known.line}"), home)

    def hiding_tab(self, tab: str, home: str) -> list[str]:
        """The same of a whole tab."""
        return self._flags((tab,), home)

    def _flags(self, places: tuple[str, ...], home: str) -> list[str]:
        conditions = self.layout.pack.binding.conditions
        return [self.flag(place, home) for place in places if place in conditions]

    def flag(self, place: str, home: str) -> str:
        """The square of a condition."""
        row = self.flags.setdefault(place, len(self.flags) + 1)
        return reference(Place(REFERENCES, row, 4), home)

    def _copy(self, name: str, home: str) -> str:
        row = self.copied.setdefault(name, len(self.copied) + 1)
        return reference(Place(REFERENCES, row, 1), home)
