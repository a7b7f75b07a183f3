"""Every form's workbook, filled with generated values, recalculated by LibreOffice: our values, all."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from bench.sample import AT, reference_content
from forms import Data, Nature, Row, evaluate, is_text, load_pack
from forms.units import DECIMALS
from rendering.sheets.layout import FIRST_ROW, Layout
from rendering.sheets.squares import Square
from rendering.sheets.workbook import write_workbook
from resolvers.rows import DossierContent, RowContent, TabContent
from tests.rendering.office import all_converted

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook

    from forms import Pack

# Between them: every function of the language that a spreadsheet can follow, conditions, dates.
PACKS = (
    "ACTIONNARIAT/2024/1",
    "ACTIVITE/2024/1",
    "EFFECTIFS/2024/1",
    "ER/2026/1",
    "MOI/2024/1",
    "QDIS/2024/1",
    "SEM/2024/1",
)


def _value(pack: Pack, unit: str, dice: random.Random) -> str:
    if unit.startswith("liste:"):
        return dice.choice(pack.lists[unit.removeprefix("liste:")])
    if unit == "date":
        return f"20{dice.randint(10, 30)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    if unit == "siren":
        return dice.choice(["732829320", "732829321"])
    if is_text(unit):
        return dice.choice(["oui", "non", "Non", "abc"])
    whole, decimals = dice.choice([0, dice.randint(-(10**7), 10**7)]), DECIMALS[unit]
    return f"{whole}.{dice.randint(1, 9)}" if decimals and whole else str(whole)


def _data(pack: Pack, dice: random.Random) -> Data:
    """About seven cells of ten filled, five rows in each dynamic tab."""
    typed = [cell for cell in pack.cells.values() if cell.kind.typed]
    rows = {
        tab.code: tuple(
            Row(
                f"{number:04}",
                {
                    column.code: _value(pack, column.unit, dice)
                    for column in tab.columns
                    if column.formula is None and dice.random() < 0.8
                },
            )
            for number in range(1, 6)
        )
        for tab in pack.tabs.values()
        if tab.nature is Nature.DYNAMIC
    }
    cells = {cell.id: _value(pack, cell.unit, dice) for cell in typed if dice.random() < 0.7}
    previous = {cell.id: _value(pack, cell.unit, dice) for cell in pack.cells.values() if dice.random() < 0.6}
    return Data("SEM", cells, rows, {}, previous)


def _content(pack: Pack, data: Data) -> DossierContent:
    """The dossier with what was typed and nothing computed."""
    dossier = replace(
        reference_content("plain", ["A1"]).dossier,
        form=pack.key.form,
        year=pack.key.year,
        pack=str(pack.key),
    )
    tabs = tuple(
        TabContent(
            code,
            {id_.partition(".")[2]: value for id_, value in data.cells.items() if id_.startswith(f"{code}.")},
            {},
            tuple(RowContent(row.key, row.values) for row in data.rows.get(code, ())),
        )
        for code in pack.tabs
    )
    return DossierContent(dossier, pack, tabs, None, (), data.previous)


def _differences(pack: Pack, data: Data, workbook: Workbook) -> dict[str, tuple[str | None, str | None]]:
    """Cell → what the spreadsheet gives, what we give."""
    evaluation, layout = evaluate(pack, data), Layout(pack)
    found: dict[str, tuple[str | None, str | None]] = {}
    for cell in pack.binding.formulas:
        place = layout.place(cell)
        square = Square(workbook[place.sheet].cell(place.row + 1, place.column + 1).value)
        ours = None if evaluation.hides(cell) else evaluation.cells[cell]
        found[cell] = square.text(pack.cells[cell].unit) or None, ours
    for tab, formulas in pack.binding.rows.items():
        for number, computed in enumerate(evaluation.rows.get(tab, ())):
            for code, formula in formulas.items():
                column = layout.tabs[tab].columns[code]
                square = Square(workbook[tab].cell(FIRST_ROW + number + 1, column + 1).value)
                found[f"{tab}[{number}].{code}"] = square.text(formula.unit) or None, computed[code]
    assert len(found) > 50
    return {cell: values for cell, values in found.items() if values[0] != values[1]}


def test_generated_values_of_every_form_are_computed_alike(tmp_path: Path) -> None:
    packs = [load_pack(key) for key in PACKS]
    # A seed of its own for each: what fails once fails again.
    data = [_data(pack, random.Random(str(pack.key))) for pack in packs]  # noqa: S311 - values to compute with
    sources = [tmp_path / f"{pack.key.form}.xlsx" for pack in packs]
    for pack, values, source in zip(packs, data, sources, strict=True):
        source.write_bytes(write_workbook(_content(pack, values), AT))
    for pack, values, made in zip(packs, data, all_converted(sources, "xlsx", tmp_path), strict=True):
        assert _differences(pack, values, load_workbook(made, data_only=True)) == {}
