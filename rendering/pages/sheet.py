"""What one tab looks like on paper: its tables, line by line, and the notes below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rendering.pages.measure import shortened

if TYPE_CHECKING:
    from rendering.pages.columns import Fit


# The letter of the cells that hold text, set left and over several lines.
TEXT: Final = "l"
# The letters of the one column that says what the line is, and of its cells.
LABEL: Final = "label l"
# Ems in the right-hand head of a page, less those of « (suite) ».
_RUNNING: Final = 51.0


class Square(NamedTuple):
    """One printed cell: its text, and the letters of its style classes (see print.css)."""

    text: str
    css: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: what it is called, its code, its unit where it is not the tab's."""

    label: str
    code: str = ""
    unit: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of a table; `style` is empty, `title`, `total` or `grand`."""

    squares: tuple[Square, ...]
    style: str = ""
    title: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table; `density` is its style class, `caption` tells the panels of a table too wide apart."""

    heads: tuple[Head, ...]
    strips: tuple[Strip, ...]
    fit: Fit
    density: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A forced cell explained (manual §8.5): both values, and the organism's reason."""

    sign: str
    cell: str
    label: str
    value: str
    automatic: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab, ready to be set. `signs` are the kinds of cells met, for its legend."""

    code: str
    title: str
    statement: str
    unit: str
    grids: tuple[Grid, ...]
    notes: tuple[Note, ...]
    signs: frozenset[str]
    empty: bool

    @property
    def running(self) -> str:
        """What the head of each of its pages says."""
        return shortened(f"{self.code} – {self.title}", _RUNNING, bold=True)

    @property
    def weight(self) -> int:
        """About how long it takes to set: its cells, and its page."""
        return 50 + sum(len(grid.heads) * len(grid.strips) for grid in self.grids)
