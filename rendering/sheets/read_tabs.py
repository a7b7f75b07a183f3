"""The sheets of a workbook, each held against the layout of its tab: nothing may have moved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from forms import Kind, Pack, is_text
from rendering.english import is_english
from rendering.sheets.gate import invalid
from rendering.sheets.layout import CODE_ROW, FIRST_ROW, KEY_COLUMN, LABEL_ROW, TabLayout
from rendering.sheets.opened import MOST_ROWS, too_many_rows
from rendering.sheets.squares import Row, Square, at, formula_due, number_in_doubt
from resolvers.loaded import LoadedCell, LoadedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    # As `Opened.rows`: those that are written, with their number.
    Numbered = Iterable[tuple[int, Row]]

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,40}")


def read_fixed(pack: Pack, layout: TabLayout, rows: Numbered) -> Iterator[LoadedCell]:
    """The cells of a tab of fixed lines: typed ones, blank or not, and what stands for a formula of ours."""
    lines = dict(layout.numbered_lines())
    read = 0
    for number, row in _below_heads(layout, rows):
        line = lines.get(number)
        if line is None:
            if any(not square.blank for square in row.values()):
                raise _moved(layout, number, "plus de lignes que l’onglet")
            continue
        if number != FIRST_ROW + read:
            break
        read += 1
        if at(row, 0).text() != line.code:
            raise _moved(layout, number, f"la ligne {line.code} n’est pas à sa place")
        for column, code in ((column, each.code) for column, each in layout.numbered_columns()):
            yield from _cell(pack, f"{layout.tab.code}.{line.code}.{code}", number, column, at(row, column))
    if read < len(lines):
        raise _moved(layout, FIRST_ROW + read, "il manque des lignes")


def _cell(pack: Pack, cell: str, row: int, column: int, square: Square) -> Iterator[LoadedCell]:
    known = pack.cells.get(cell)
    if known is None:
        if not square.blank:
            # No cell stands there: the load refuses it by its name.
            yield LoadedCell(row + 1, cell, square.text())
    elif known.kind.typed:
        if square.formula:
            raise formula_due(known.tab, xl_rowcol_to_cell(row, column), cell)
        yield LoadedCell(row + 1, cell, _value(known.tab, (row, column), cell, square, known.unit))
    elif not square.formula and (known.kind is Kind.FORCIBLE or not square.blank):
        # Typed over our formula: a forcible cell is forced (or no longer, once blank), another compared.
        value = _value(known.tab, (row, column), cell, square, known.unit)
        yield LoadedCell(row + 1, cell, value, forced=known.kind is Kind.FORCIBLE)


def _value(tab: str, place: tuple[int, int], cell: str, square: Square, unit: str) -> str:
    """What a square says; a number written as an English text is refused, as in a CSV."""
    text = square.text(unit)
    if isinstance(square.value, str) and not is_text(unit) and is_english(text):
        raise number_in_doubt(tab, xl_rowcol_to_cell(*place), cell, text)
    return text


def read_rows(layout: TabLayout, rows: Numbered) -> Iterator[LoadedRow]:
    """The rows of a dynamic tab; one without a key is given a free one, a wholly blank one is none."""
    columns = layout.numbered_columns()
    typed = [column for column, each in columns if each.kind is not Kind.COMPUTED]
    filled: list[tuple[int, Row]] = []
    for number, row in _below_heads(layout, rows):
        if any(not at(row, column).blank for column in (KEY_COLUMN, *typed)):
            filled.append((number, row))
            if len(filled) > MOST_ROWS:
                raise too_many_rows(layout.tab.code)
    seen: set[str] = set()
    taken = {_key(row) for _, row in filled}
    free = (key for number in range(1, 2 * MOST_ROWS) if (key := f"{number:04d}") not in taken)
    for number, row in filled:
        key = _key(row) or next(free)
        if not _KEY.fullmatch(key) or key in seen or at(row, KEY_COLUMN).formula:
            square = xl_rowcol_to_cell(number, KEY_COLUMN)
            raise invalid(
                "SHEET_KEY",
                f"Onglet {layout.tab.code}, case {square}\u00a0: la clé «\u00a0{key[:40]}\u00a0» figure"
                " deux fois ou n’est pas faite de lettres et de chiffres\u00a0: videz-la, une clé sera"
                " donnée au rang.",
                tab=layout.tab.code,
                square=square,
            )
        seen.add(key)
        yield LoadedRow(number + 1, layout.tab.code, key, _values(layout, number, row))


def _key(row: Row) -> str:
    square = at(row, KEY_COLUMN)
    text = square.text()
    # « 0001 », once a spreadsheet took it for a number.
    return text.zfill(4) if isinstance(square.value, (int, float)) else text


def _values(layout: TabLayout, number: int, row: Row) -> dict[str, str]:
    values: dict[str, str] = {}
    for column, each in layout.numbered_columns():
        square = at(row, column)
        if square.formula:
            if each.kind is Kind.COMPUTED:
                continue
            cell = f"{layout.tab.code}.{each.code}"
            raise formula_due(layout.tab.code, xl_rowcol_to_cell(number, column), cell)
        if not square.blank:
            cell = f"{layout.tab.code}.{each.code}"
            values[each.code] = _value(layout.tab.code, (number, column), cell, square, each.unit)
    return values


def _below_heads(layout: TabLayout, rows: Numbered) -> Iterator[tuple[int, Row]]:
    """The rows below the heads, once these are found to be ours."""
    heads: dict[int, Row] = {}
    checked = False
    for number, row in rows:
        if number < FIRST_ROW:
            heads[number] = row
            continue
        if not checked:
            _check_heads(layout, heads)
            checked = True
        yield number, row
    if not checked:
        _check_heads(layout, heads)


def _check_heads(layout: TabLayout, heads: Mapping[int, Row]) -> None:
    codes, labels = heads.get(CODE_ROW, {}), heads.get(LABEL_ROW, {})
    for column, (code, label) in enumerate(layout.heads):
        if (at(codes, column).text(), at(labels, column).text()) != (code, " ".join(label.split())):
            square = xl_rowcol_to_cell(CODE_ROW, column)
            raise invalid(
                "SHEET_COLUMN_MOVED",
                f"Onglet {layout.tab.code}, case {square}\u00a0: la colonne {code} ({label}) y est"
                " attendue, elle a été déplacée, renommée ou supprimée\u00a0: repartez du classeur exporté.",
                tab=layout.tab.code,
                square=square,
                column=code,
            )


def _moved(layout: TabLayout, number: int, words: str) -> Exception:
    return invalid(
        "SHEET_LINE_MOVED",
        f"Onglet {layout.tab.code}, ligne {number + 1}\u00a0: {words}\u00a0; repartez du classeur exporté.",
        tab=layout.tab.code,
        line=number + 1,
    )
