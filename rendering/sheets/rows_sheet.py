"""The sheet of a dynamic tab: a table of its rows, and spare ones to add more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_col_to_name

from forms import Kind, is_text
from rendering.sheets.formulas import Translator
from rendering.sheets.layout import FIRST_DYNAMIC, FIRST_ROW, KEY_COLUMN, LABEL_ROW, TabLayout
from rendering.sheets.sheet_head import finish, write_head
from rendering.sheets.sources import ROW, Sources, UntranslatableError
from rendering.sheets.values import held, write

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from forms import Column
    from forms.binding import Formula
    from rendering.sheets.styles import Styles
    from resolvers.rows import DossierContent, RowContent, TabContent

SPARE: Final = 50
_MANY: Final = 1_000
_MANY_SPARE: Final = 200


def last_row(values: TabContent) -> int:
    """The last row of the sheet that may hold one of the tab, spare ones included."""
    spare = SPARE if len(values.rows) < _MANY else _MANY_SPARE
    return FIRST_ROW + len(values.rows) + spare - 1


def _followed(translator: Translator, formula: Formula) -> str | None:
    """The formula of a column; None where no spreadsheet can follow it, or its reader may not."""
    try:
        return translator.formula(formula.tree, formula.unit)
    except UntranslatableError:
        return None


class RowsSheet:
    """Writes one tab."""

    def __init__(self, content: DossierContent, layout: TabLayout, sources: Sources, styles: Styles) -> None:
        self._content = content
        self._layout = layout
        self._styles = styles
        self._last = sources.ends[layout.tab.code]
        translator = Translator(sources, layout.tab.code)
        self._flags = sources.hiding_tab(layout.tab.code, layout.tab.code)
        formulas = content.pack.binding.rows.get(layout.tab.code, {})
        self._formulas = {code: _followed(translator, each) for code, each in formulas.items()}

    def write(self, sheet: Worksheet, values: TabContent) -> None:
        """The rows in their order; a spare one counts from the moment that something is typed in it."""
        write_head(sheet, self._content, self._layout, self._styles)
        self._widths(sheet)
        looks = [
            (column, each, self._styles.cell(each.kind, each.unit))
            for column, each in self._layout.numbered_columns()
        ]
        presence = self._presence()
        for row in range(FIRST_ROW, self._last + 1):
            number = row - FIRST_ROW
            found = values.rows[number] if number < len(values.rows) else None
            key = "" if found is None else found.key
            sheet.write_string(row, KEY_COLUMN, key, self._styles.head("key")) if key else sheet.write_blank(
                row, KEY_COLUMN, None, self._styles.head("key")
            )
            for column, each, look in looks:
                self._square(sheet, row, column, each, look, found)
            text = presence.replace(ROW, str(row + 1))
            sheet.write_formula(row, self._layout.presence, text, None, "" if found is None else 1)
        self._table(sheet)
        finish(sheet, self._content, self._layout, FIRST_DYNAMIC)

    def _square(  # noqa: PLR0913, PLR0917 - a square, what it shows and how
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        each: Column,
        look: Format,
        found: RowContent | None,
    ) -> None:
        value = None if found is None else found.values.get(each.code)
        formula = self._formulas.get(each.code) if each.kind is Kind.COMPUTED else None
        if formula is None:
            write(sheet, row, column, value, each.unit, look)
            return
        # A spare row computes nothing: what it gave would be added to the column's sum.
        present = f"{xl_col_to_name(self._layout.presence)}{ROW}"
        text = f'=IF({present}="","",{formula.removeprefix("=")})'.replace(ROW, str(row + 1))
        sheet.write_formula(row, column, text, look, held(value, each.unit))

    def _presence(self) -> str:
        """1 where the row has a key or something typed, else blank."""
        typed = [column for column, each in self._layout.numbered_columns() if each.kind is not Kind.COMPUTED]
        squares = ",".join(f"{xl_col_to_name(column)}{ROW}" for column in (KEY_COLUMN, *typed))
        # Behind a condition that does not hold, no row is one.
        test = "*".join([*self._flags, f"(COUNTA({squares})>0)"])
        return f'=IF({test},1,"")'

    def _widths(self, sheet: Worksheet) -> None:
        sheet.set_column(KEY_COLUMN, KEY_COLUMN, 12)
        for column, each in self._layout.numbered_columns():
            sheet.set_column(column, column, 26 if is_text(each.unit) and each.unit != "date" else 16)
        sheet.set_column(self._layout.presence, self._layout.presence, 2, None, {"hidden": True})

    def _table(self, sheet: Worksheet) -> None:
        """A table, named after the tab; its heads, which must differ from each other, are the labels."""
        heads = [" ".join(label.split()) for _, label in self._layout.heads]
        if len({head.casefold() for head in heads}) < len(heads):
            sheet.autofilter(LABEL_ROW, 0, self._last, len(heads) - 1)
            return
        look = self._styles.head("label")
        columns = [{"header": head, "header_format": look} for head in heads]
        options = {"name": f"Rangs_{self._layout.tab.code}", "style": None, "columns": columns}
        sheet.add_table(LABEL_ROW, 0, self._last, len(heads) - 1, options)
