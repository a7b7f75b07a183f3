"""The sheet of a tab of fixed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms import Kind, format_value, is_text
from rendering.sheets.formulas import Translator
from rendering.sheets.layout import ACCOUNTS_COLUMN, FIRST_FIXED, LABEL_COLUMN, LINE_COLUMN, TabLayout
from rendering.sheets.sheet_head import finish, write_head
from rendering.sheets.sources import Sources, UntranslatableError
from rendering.sheets.values import held, write

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from forms import Cell, Line
    from rendering.sheets.styles import Styles
    from resolvers.rows import DossierContent, Forced, TabContent

_AUTHOR: Final = "Harmonia"
_WIDTHS: Final = {"nb": 11, "pct": 11, "annee": 9, "date": 12, "etp": 11, "m2": 12}
_LABEL_WIDTH: Final = 46
_LETTERS_A_LINE: Final = 44


class FixedSheet:
    """Writes one tab."""

    def __init__(self, content: DossierContent, layout: TabLayout, sources: Sources, styles: Styles) -> None:
        self._content = content
        self._layout = layout
        self._styles = styles
        self._translator = Translator(sources, layout.tab.code)
        self._formulas = content.pack.binding.formulas
        self._category = content.dossier.organism.category

    def write(self, sheet: Worksheet, values: TabContent) -> None:
        """Lines of other kinds of organism are there too, hidden: nothing may stand elsewhere than said."""
        write_head(sheet, self._content, self._layout, self._styles)
        self._widths(sheet)
        for row, line in self._layout.numbered_lines():
            self._line(sheet, row, line)
            for column, each in self._layout.numbered_columns():
                cell = self._content.pack.cells.get(f"{self._layout.tab.code}.{line.code}.{each.code}")
                if cell is not None:
                    self._cell(sheet, row, column, cell, values)
                else:
                    look = self._styles.head("band" if line.is_title else "none")
                    sheet.write_blank(row, column, None, look)
        finish(sheet, self._content, self._layout, FIRST_FIXED)

    def _widths(self, sheet: Worksheet) -> None:
        sheet.set_column(LINE_COLUMN, LINE_COLUMN, 6)
        sheet.set_column(ACCOUNTS_COLUMN, ACCOUNTS_COLUMN, 14)
        sheet.set_column(LABEL_COLUMN, LABEL_COLUMN, _LABEL_WIDTH)
        for column, each in self._layout.numbered_columns():
            wide = 34 if is_text(each.unit) and each.unit != "date" else 17
            sheet.set_column(column, column, _WIDTHS.get(each.unit, wide))

    def _line(self, sheet: Worksheet, row: int, line: Line) -> None:
        hidden = line.kinds is not None and self._category not in line.kinds
        length = max(len(line.label) / _LETTERS_A_LINE, len(line.accounts) / 15)
        sheet.set_row(row, 15 * max(1, 1 + int(length)), None, {"hidden": hidden})
        total = line.label.upper().startswith("TOTAL")
        look = "heading" if line.is_title else "total" if total else "words"
        sheet.write_string(row, LINE_COLUMN, line.code, self._styles.head("line"))
        sheet.write_string(row, ACCOUNTS_COLUMN, line.accounts, self._styles.head("accounts"))
        sheet.write_string(row, LABEL_COLUMN, line.label, self._styles.head(look))
        told = self._content.pack.help.get(f"{self._layout.tab.code}.{line.code}")
        if told:
            sheet.write_comment(row, LABEL_COLUMN, told, {"author": _AUTHOR, "x_scale": 2.5})

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: Cell, values: TabContent) -> None:
        place = f"{cell.line}.{cell.column}"
        forced, value = values.forced.get(place), values.values.get(place)
        look = self._styles.cell(cell.kind, cell.unit, forced=forced is not None)
        formula = self._formulas.get(cell.id)
        if forced is not None:
            write(sheet, row, column, forced.value, cell.unit, look)
            sheet.write_comment(row, column, _note(forced, cell.unit), {"author": _AUTHOR, "x_scale": 2})
        elif formula is None or cell.kind.typed:
            write(sheet, row, column, value, cell.unit, look)
        else:
            try:
                text = self._translator.formula(formula.tree, cell.unit)
            except UntranslatableError:
                write(sheet, row, column, value, cell.unit, self._styles.cell(Kind.COMPUTED, cell.unit))
            else:
                sheet.write_formula(
                    row, column, _hidden_blank(self._translator, cell, text), look, held(value, cell.unit)
                )


def _hidden_blank(translator: Translator, cell: Cell, formula: str) -> str:
    """A computed cell behind a condition is blank where it does not hold."""
    flags = translator.sources.hiding(cell.id, translator.home)
    if not flags:
        return formula
    return f'=IF({"*".join(flags)}=0,"",{formula.removeprefix("=")})'


def _note(forced: Forced, unit: str) -> str:
    automatic = format_value(forced.automatic, unit) or "vide"
    return f"Cellule forcée.\nValeur automatique\u00a0: {automatic}\nMotif\u00a0: {forced.reason}"
