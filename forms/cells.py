"""From the lines and columns of a tab to its cells: kind, unit and formula of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.source import Source
from forms.structure import Cell
from forms.tabs import ColumnSpec, LineSpec, TabSpec
from forms.words import Kind


@dataclass(frozen=True, slots=True)
class CellSpec:
    """A cell and its formula with its place."""

    cell: Cell
    formula: Source | None


def expand(tab: TabSpec) -> Iterator[CellSpec]:
    """The fixed cells of a tab, line by line."""
    for line in tab.lines:
        if line.kind is None:
            continue
        for column in tab.columns:
            found = _kind_and_formula(line, line.kind, column)
            if found is not None:
                yield _cell(tab, line, column, *found)


def _kind_and_formula(
    line: LineSpec, line_kind: Kind, column: ColumnSpec
) -> tuple[Kind, Source | None] | None:
    """Override, then typed all the same, then the column's formula, then the line's, then entry."""
    code, options = column.column.code, line.options
    if code in options.absent:
        return None
    if code in options.overrides:
        return (Kind.COMPUTED if line_kind.typed else line_kind), options.overrides[code]
    if code in options.typed:
        return Kind.INPUT, None
    if column.formula is not None:
        return column.column.kind, column.formula
    return _from_line(line, line_kind, code)


def _from_line(line: LineSpec, kind: Kind, column: str) -> tuple[Kind, Source | None] | None:
    if line.options.columns is not None and column not in line.options.columns:
        return None
    if kind.typed:
        return kind, None
    return None if line.formula is None else (kind, line.formula)


def _cell(tab: TabSpec, line: LineSpec, column: ColumnSpec, kind: Kind, formula: Source | None) -> CellSpec:
    code = column.column.code
    identifier = f"{tab.code}.{line.line.code}.{code}"
    unit = line.options.unit or column.column.unit
    text = formula.text if formula else None
    of_line = line.kind is not None and line.kind.typed == kind.typed
    common = line.options.common_of(code, of_line=of_line)
    cell = Cell(identifier, tab.code, line.line.code, code, kind, unit, line.line.kinds, text, common)
    return CellSpec(cell, formula)
