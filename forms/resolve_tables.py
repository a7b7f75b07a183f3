"""What is read of the rows of a dynamic tab and of the instances of a group: sums and counts."""

from __future__ import annotations

from dataclasses import replace

from forms.errors import FormulaError
from forms.nodes import ColumnSum, RowCount, Text
from forms.scope import Names, unknown
from forms.tabs import TabSpec
from forms.units import is_text
from forms.words import Nature


def resolve_column_sum(node: ColumnSum, names: Names) -> ColumnSum:
    """The sum with the unit of what it adds; FormulaError if it names no column or no cell."""
    tab = _tab(node.tab, names, node.offset)
    unit = _unit(tab, node.column, names, node.offset)
    if node.where is not None:
        _require_condition(node, tab, names)
    return replace(node, unit=unit)


def resolve_row_count(node: RowCount, names: Names) -> RowCount:
    """The count as it stands; FormulaError if it names neither a dynamic tab nor a group."""
    tab = names.tabs.get(node.tab)
    if node.tab in names.groups or (tab is not None and tab.nature is Nature.DYNAMIC):
        return node
    raise unknown(f"{node.tab} n’est ni un tableau dynamique ni un groupe.", node.offset)


def _tab(code: str, names: Names, offset: int) -> TabSpec:
    tab = names.tabs.get(code)
    if tab is None or (tab.nature is not Nature.DYNAMIC and tab.group is None):
        raise unknown(f"{code} n’est pas un tableau dynamique, ni l’onglet d’un groupe.", offset)
    return tab


def _unit(tab: TabSpec, column: str, names: Names, offset: int) -> str:
    if tab.nature is Nature.DYNAMIC:
        for spec in tab.columns:
            if spec.column.code == column:
                return spec.column.unit
        raise unknown(f"La colonne {column} n’existe pas dans {tab.code}.", offset)
    found = names.cells.get(f"{tab.code}.{column}")
    if found is None:
        raise unknown(f"La cellule {tab.code}.{column} n’existe pas.", offset)
    return found.cell.unit


def _require_condition(node: ColumnSum, tab: TabSpec, names: Names) -> None:
    """Both columns are of the same rows, or of the same instances; the value is of their unit."""
    code, _, column = (node.where or "").partition(".")
    other = _tab(code, names, node.offset)
    rows = Nature.DYNAMIC in (tab.nature, other.nature)
    if (rows and other is not tab) or other.group != tab.group:
        message = "SOMMESI compare une colonne du même tableau, ou une cellule du même groupe."
        raise unknown(message, node.offset)
    if is_text(_unit(other, column, names, node.offset)) != isinstance(node.equals, Text):
        raise FormulaError("SOMMESI compare un texte à un texte, un nombre à un nombre.", node.offset)
