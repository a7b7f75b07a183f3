"""What a file of values says, read but not yet believed, whatever it was: XML, workbook, rows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class FileOrigin(StrEnum):
    """What kind of file values come from, as the history of a cell keeps it."""

    XML = "xml"
    SPREADSHEET = "spreadsheet"
    CSV = "csv"


class LoadedCell(NamedTuple):
    """A cell of the file; `line` is where it stands there, `calc` the formula's value of a forced one."""

    line: int
    id: str
    value: str
    forced: bool = False
    calc: str | None = None


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """A row of a dynamic tab: its key in the file, its values by column."""

    line: int
    tab: str
    key: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """All of a file. `replaced`: dynamic tabs that it holds whole, even where they have no row.

    `instances`: the tabs of repeated groups' instances that it holds, `E1[1]`, in its order.
    """

    form: str
    year: int
    siren: str
    pack: str
    cells: tuple[LoadedCell, ...]
    rows: tuple[LoadedRow, ...]
    origin: FileOrigin = FileOrigin.XML
    replaced: frozenset[str] = frozenset()
    instances: tuple[str, ...] = ()

    @property
    def tabs_of_rows(self) -> frozenset[str]:
        """The dynamic tabs whose rows are those of the file once it is loaded."""
        return self.replaced | {row.tab for row in self.rows}
