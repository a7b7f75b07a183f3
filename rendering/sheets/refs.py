"""Squares and ranges as formulas name them, runs of squares drawn together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name, xl_rowcol_to_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rendering.sheets.layout import Place


def quoted(sheet: str) -> str:
    """The name of a sheet in a formula: a tab's code may look like a square's (`A1`)."""
    return f"'{sheet}'!"


def reference(place: Place, home: str) -> str:
    """`D12`, or `'A2'!D12` from another sheet."""
    cell = xl_rowcol_to_cell(place.row, place.column)
    return cell if place.sheet == home else f"{quoted(place.sheet)}{cell}"


def fixed_range(sheet: str, column: int, first: int, last: int) -> str:
    """`'F01'!$G$7:$G$56`."""
    name = xl_col_to_name(column)
    return f"{quoted(sheet)}${name}${first + 1}:${name}${last + 1}"


def grouped(references: Iterable[str]) -> list[str]:
    """The references, those that follow one another down a column of a sheet as one range."""
    found: list[tuple[str, int, int, int]] = []
    others: list[str] = []
    for text in references:
        sheet, mark, cell = text.rpartition("!")
        if ":" in cell or not cell.isalnum():
            others.append(text)
            continue
        row, column = xl_cell_to_rowcol(cell)
        last = found[-1] if found else None
        if last is not None and last[0] == sheet + mark and last[1] == column and last[3] == row - 1:
            found[-1] = (last[0], column, last[2], row)
        else:
            found.append((sheet + mark, column, row, row))
    return [*(_text(*run) for run in found), *others]


def _text(sheet: str, column: int, first: int, last: int) -> str:
    start = xl_rowcol_to_cell(first, column)
    return f"{sheet}{start}" if first == last else f"{sheet}{start}:{xl_rowcol_to_cell(last, column)}"
