"""Where everything stands in a workbook: a function of the pack alone, which its writer and its reader share.

Rows and columns are counted from 0, as the writer counts them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from forms import Nature

if TYPE_CHECKING:
    from forms import Column, Line, Pack, Tab

# Of the layout below: a workbook laid out otherwise is refused.
VERSION: Final = "1"
TITLE_ROW: Final = 0
STATEMENT_ROW: Final = 1
HELP_ROW: Final = 2
CODE_ROW: Final = 4
LABEL_ROW: Final = 5
FIRST_ROW: Final = 6
LINE_COLUMN, ACCOUNTS_COLUMN, LABEL_COLUMN = 0, 1, 2
FIRST_FIXED: Final = 3
KEY_COLUMN: Final = 0
FIRST_DYNAMIC: Final = 1
# The hidden sheets, and the names of what the reader looks for on the first.
PASSPORT: Final = "_harmonia"
REFERENCES: Final = "_references"
SUMMARY: Final = "Sommaire"


@dataclass(frozen=True, slots=True)
class Place:
    """A square of a sheet."""

    sheet: str
    row: int
    column: int


class TabLayout:
    """One tab on its sheet, which bears its code."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.dynamic = tab.nature is Nature.DYNAMIC
        self.first = FIRST_DYNAMIC if self.dynamic else FIRST_FIXED

    @property
    def heads(self) -> tuple[tuple[str, str], ...]:
        """The code and the label above each column, in order; the reader finds them or refuses."""
        own = (
            (("CLE", "Clé du rang"),)
            if self.dynamic
            else (("LIGNE", "Ligne"), ("COMPTES", "Comptes"), ("LIBELLE", "Libellé"))
        )
        return (*own, *((column.code, column.label) for column in self.tab.columns))

    @cached_property
    def columns(self) -> dict[str, int]:
        """Column of the form → column of the sheet."""
        return {column.code: number for number, column in enumerate(self.tab.columns, self.first)}

    @cached_property
    def lines(self) -> dict[str, int]:
        """Line of the form → row of the sheet."""
        return {line.code: row for row, line in self.numbered_lines()}

    @property
    def presence(self) -> int:
        """The hidden column that says whether a row of a dynamic tab is one."""
        return self.first + len(self.tab.columns)

    def numbered_lines(self) -> tuple[tuple[int, Line], ...]:
        """The lines with their rows."""
        return tuple(enumerate(self.tab.lines, FIRST_ROW))

    def numbered_columns(self) -> tuple[tuple[int, Column], ...]:
        """The columns with theirs."""
        return tuple(enumerate(self.tab.columns, self.first))


class Layout:
    """A whole pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.tabs = {code: TabLayout(tab) for code, tab in pack.tabs.items()}

    def place(self, cell: str) -> Place:
        """Where a fixed cell stands."""
        known = self.pack.cells[cell]
        tab = self.tabs[known.tab]
        return Place(known.tab, tab.lines[known.line], tab.columns[known.column])
