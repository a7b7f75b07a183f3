"""The hidden sheets: the passport with the campaign's values, and the squares that no tab shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rendering.sheets.formulas import Translator
from rendering.sheets.layout import PASSPORT, REFERENCES
from rendering.sheets.passport import passport_lines
from rendering.sheets.sources import UntranslatableError
from rendering.sheets.values import write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from rendering.sheets.sources import Sources
    from rendering.sheets.styles import Styles
    from resolvers.rows import DossierContent


def write_passport(
    workbook: Workbook, sheet: Worksheet, content: DossierContent, tabs: Sequence[str]
) -> None:
    """Who the workbook is for, then the values of the campaign, each under its name in formulas."""
    lines = passport_lines(content, tabs)
    for row, (name, value) in enumerate(lines):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    for row, parameter in enumerate(content.pack.params.values(), len(lines) + 1):
        sheet.write_string(row, 0, f"PARAM {parameter.name}")
        sheet.write_number(row, 1, float(parameter.value))
        sheet.write_string(row, 2, parameter.label)
        workbook.define_name(f"PARAM_{parameter.name}", f"='{PASSPORT}'!$B${row + 1}")
    sheet.protect()
    sheet.very_hidden()


def _hidden(content: DossierContent) -> set[str]:
    lines = {f"{tab.code}.{line}" for tab in content.tabs for line in tab.hidden_lines}
    return lines | {tab.code for tab in content.tabs if tab.hidden}


def write_references(
    sheet: Worksheet, content: DossierContent, sources: Sources, styles: Styles, values: Mapping[str, str]
) -> None:
    """Last year's cells and those of tabs that have no sheet, as values; the conditions, as formulas.

    Conditions first: they may themselves read squares that are then copied.
    """
    for column, words in enumerate(("cellule", "valeur", "", "condition", "tient")):
        sheet.write_string(0, column, words)
    translator = Translator(sources, REFERENCES)
    hidden, done = _hidden(content), 0
    while done < len(sources.flags):
        place, row = list(sources.flags.items())[done]
        done += 1
        sheet.write_string(row, 3, place)
        try:
            text = translator.condition(content.pack.binding.conditions[place].tree)
        except UntranslatableError:
            text = f"={0 if place in hidden else 1}"
        sheet.write_formula(row, 4, text, None, 1)
    for name, row in sources.copied.items():
        cell = name.removesuffix("#")
        value = content.previous.get(cell) if name.endswith("#") else values.get(cell)
        known = content.pack.cells.get(cell)
        unit = "texte" if known is None else known.unit
        sheet.write_string(row, 0, name)
        write(sheet, row, 1, value, unit, styles.head("plain"))
    sheet.protect()
    sheet.very_hidden()
