"""The workbook's formulas, recalculated by LibreOffice from what was typed: our values, all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from bench.sample import AT, REASON, reference_content
from forms import case_data, evaluate
from rendering.sheets.layout import FIRST_ROW, Layout
from rendering.sheets.squares import Square
from rendering.sheets.workbook import write_workbook
from resolvers.rows import Forced
from tests.cases import read_case
from tests.rendering.office import converted

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from resolvers.rows import DossierContent, TabContent


def _as_typed(content: DossierContent, case: dict[str, Any]) -> DossierContent:
    """The same dossier without one computed value: what LibreOffice then gives is its own."""
    return replace(content, tabs=tuple(_typed_tab(content, tab, case) for tab in content.tabs))


def _of(tab: str, cells: dict[str, str]) -> dict[str, str]:
    return {cell.partition(".")[2]: value for cell, value in cells.items() if cell.startswith(f"{tab}.")}


def _typed_tab(content: DossierContent, tab: TabContent, case: dict[str, Any]) -> TabContent:
    columns = {column.code: column.formula for column in content.pack.tabs[tab.code].columns}
    forced = {place: Forced(value, None, REASON) for place, value in _of(tab.code, case["forced"]).items()}
    rows = tuple(
        replace(row, values={code: value for code, value in row.values.items() if columns[code] is None})
        for row in tab.rows
    )
    return replace(tab, values=_of(tab.code, case["inputs"]), forced=forced, rows=rows)


def _given(sheet: Worksheet, row: int, column: int, unit: str) -> str | None:
    """What a square says after recalculation, as we would write it."""
    return Square(sheet.cell(row + 1, column + 1).value).text(unit) or None


@pytest.mark.parametrize("name", ["plain", "forced"])
def test_every_computed_cell_of_the_reference_case_is_given_again(name: str, tmp_path: Path) -> None:
    case, content = read_case(f"er-2024-{name}"), reference_content(name)
    pack = content.pack
    evaluation = evaluate(pack, case_data(pack, case))
    source = tmp_path / "er.xlsx"
    source.write_bytes(write_workbook(_as_typed(content, case), AT))
    workbook = load_workbook(converted(source, "xlsx", tmp_path), data_only=True)
    layout = Layout(pack)
    ours = {cell: evaluation.cells[cell] for cell in pack.binding.formulas}
    places = {cell: layout.place(cell) for cell in ours}
    theirs = {
        cell: _given(workbook[place.sheet], place.row, place.column, pack.cells[cell].unit)
        for cell, place in places.items()
    }
    assert len(ours) > 2000
    assert {cell: (theirs[cell], ours[cell]) for cell in ours if theirs[cell] != ours[cell]} == {}
    rows = {
        (tab, number, code): (
            _given(workbook[tab], FIRST_ROW + number, layout.tabs[tab].columns[code], formula.unit),
            computed[code],
        )
        for tab, formulas in pack.binding.rows.items()
        for number, computed in enumerate(evaluation.rows.get(tab, ()))
        for code, formula in formulas.items()
    }
    assert len(rows) > 100
    assert {place: values for place, values in rows.items() if values[0] != values[1]} == {}
