"""Tabs of fixed lines, and the identity sheet, ready to be set."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from forms import Kind, is_text, split_key
from rendering.pages.grid import grids
from rendering.pages.sheet import LABEL, TEXT, Head, Note, Sheet, Square, Strip
from rendering.pages.words import FORCED_SIGN, SIGNS, UNIT_SENTENCES, UNITS, note_sign, shown, unbroken
from resolvers.tabs import tab_title

if TYPE_CHECKING:
    from forms import Cell, Column, Line, Pack
    from resolvers.rows import Forced, TabContent

TOTALS: Final = ("total", "sous-total", "ensemble")
# A sum of lines that follow one another: the last of them.
_SUM: Final = re.compile(r"S\(L\w+:(L\w+)\)")
# The letters of the style classes; forced cells have their own whatever their kind.
FORCED: Final = "o"
ABSENT: Final = Square("", "x")


class FixedSheet:
    """A tab of fixed lines being laid out for one organism; lines that it does not see are left out."""

    def __init__(self, pack: Pack, content: TabContent, category: str) -> None:
        self._pack = pack
        self._tab = tab = pack.tabs[split_key(content.code)[0]]
        self._content = content
        self._category = category
        self._notes: list[Note] = []
        self._signs: set[str] = set()
        self._lines = [
            line
            for line in tab.lines
            if (line.kinds is None or category in line.kinds) and line.code not in content.hidden_lines
        ]
        self._above = {line.code: above.code for above, line in pairwise(tab.lines)}
        self._accounts = any(line.accounts for line in self._lines)

    def sheet(self, room: float) -> Sheet:
        """The tab, ready to be set on a first page that leaves it `room` points of height."""
        strips = [self._strip(line) for line in self._lines]
        keys = [
            Head("Ligne", css=TEXT),
            *([Head("Comptes", css=TEXT)] if self._accounts else []),
            Head("Libellé", css=LABEL),
        ]
        values = [head(column, self._tab.unit) for column in self._tab.columns]
        return Sheet(
            code=self._content.code,
            title=unbroken(tab_title(self._pack, self._content.code)),
            statement=unbroken(self._tab.statement),
            unit=UNIT_SENTENCES.get(self._tab.unit, ""),
            grids=grids(keys, values, strips, room, len(self._notes)),
            notes=tuple(self._notes),
            signs=frozenset(self._signs),
            empty=False,
        )

    def _strip(self, line: Line) -> Strip:
        if line.is_title:
            return Strip((), "title", unbroken(line.label), line.code)
        cells = [self._pack.cells.get(f"{self._tab.code}.{line.code}.{c.code}") for c in self._tab.columns]
        keys = [Square(line.code, "k")]
        if self._accounts:
            keys.append(Square(line.accounts, f"a {TEXT}"))
        keys.append(Square(unbroken(self._label(line, cells)), LABEL))
        return Strip((*keys, *(self._square(cell, line) for cell in cells)), self._style(line, cells))

    def _label(self, line: Line, cells: list[Cell | None]) -> str:
        """The line's label, with its unit where it is neither its tab's nor its columns'."""
        known = {self._tab.unit, *(column.unit for column in self._tab.columns)}
        units = {cell.unit for cell in cells if cell is not None} - known
        names = [UNITS[unit] for unit in units if unit in UNITS]
        told = len(names) != 1 or names[0] in line.label
        return line.label if told else f"{line.label} ({names[0]})"

    def _style(self, line: Line, cells: list[Cell | None]) -> str:
        """A total by its name, or for adding up the lines just above it."""
        first = line.label.split(maxsplit=1)[0] if line.label else ""
        if first.isupper() and first.lower() in TOTALS:
            return "grand"
        sums = (_SUM.fullmatch(cell.formula) for cell in cells if cell is not None and cell.formula)
        added = any(self._above.get(line.code) == found[1] for found in sums if found)
        return "total" if added or first.lower() in TOTALS else ""

    def _square(self, cell: Cell | None, line: Line) -> Square:
        if cell is None or not cell.applies_to(self._category):
            return ABSENT
        place = f"{cell.line}.{cell.column}"
        forced = self._content.forced.get(place)
        if forced is not None:
            return self._forced(cell, line, forced)
        self._signs.add(cell.kind)
        return square(shown(self._content.values.get(place), cell.unit), cell.kind, cell.unit)

    def _forced(self, cell: Cell, line: Line, forced: Forced) -> Square:
        sign = note_sign(len(self._notes))
        value = shown(forced.value, cell.unit)
        column = self._tab.column(cell.column)
        label = unbroken(f"{line.label}, {column.label}" if column else line.label)
        automatic = shown(forced.automatic, cell.unit) or "vide"
        name = f"{self._content.code}.{cell.line}.{cell.column}"
        self._notes.append(Note(sign, name, label, value, automatic, forced.reason))
        self._signs.add(FORCED_SIGN)
        return Square(f"{sign} {value}", FORCED)


def head(column: Column, tab_unit: str) -> Head:
    """The head of a value column, with its unit where it is not its tab's."""
    unit = UNITS.get(column.unit, "") if column.unit != tab_unit else ""
    known = f"({unit})" in column.label
    return Head(
        unbroken(column.label), column.code, "" if known else unit, TEXT if is_text(column.unit) else ""
    )


def square(text: str, kind: Kind, unit: str) -> Square:
    """A cell of that kind, its sign before its value."""
    sign, css = _looks(kind, unit)
    return Square(f"{sign} {text}".strip(), css)


@cache
def _looks(kind: Kind, unit: str) -> tuple[str, str]:
    css = kind.value.lower()
    return SIGNS[kind], f"{css} {TEXT}" if is_text(unit) else css
