"""In what order formulas and conditions are computed: each after all that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from forms.binding import Formula
from forms.errors import PackError
from forms.nodes import CellRef, ColumnSum, Operand, RowCount, RowRef, operands

_NONE: Mapping[str, Formula] = MappingProxyType({})


def in_order(formulas: Mapping[str, Formula], conditions: Mapping[str, Formula] = _NONE) -> list[Formula]:
    """The formulas in an order that can be computed; PackError with the path of a cycle.

    Whoever reads a cell comes after the conditions of its tab and of its line too.
    """
    known = dict(formulas) | {condition.owner: condition for condition in conditions.values()}
    graph = {owner: _reads(formula, conditions) & known.keys() for owner, formula in known.items()}
    sorter = TopologicalSorter({owner: sorted(reads) for owner, reads in graph.items()})
    try:
        return [known[owner] for owner in sorter.static_order()]
    except CycleError as error:
        # Each node of graphlib's path is read by the next one: turned round, each reads the next.
        path: list[str] = error.args[1][::-1]
        message = f"Ces cellules se calculent en rond : {' → '.join(path)}."
        raise PackError(message, known[path[0]].source.place, "FORMULA_CYCLE") from None


def _reads(formula: Formula, conditions: Mapping[str, Formula]) -> set[str]:
    found = {name for operand in operands(formula.tree) for name in _names(operand)}
    if not conditions:
        return found
    # What a formula gives is hidden with its own tab and line; a condition is not.
    places = (
        found if formula.owner in {item.owner for item in conditions.values()} else {*found, formula.owner}
    )
    levels = {level for place in places for level in _levels(place)}
    return found | {conditions[level].owner for level in levels & conditions.keys()}


def _names(operand: Operand) -> Iterator[str]:
    match operand:
        case CellRef(previous=True):
            pass
        case CellRef(cell=cell):
            yield cell
        case RowRef(column=column):
            yield column
        case ColumnSum(tab=tab, column=column, where=where):
            yield f"{tab}.{column}"
            if where is not None:
                yield where
        case RowCount(tab=tab):
            yield tab


def _levels(place: str) -> Iterator[str]:
    """The tab of a cell, and its line."""
    tab, _, rest = place.partition(".")
    yield tab
    yield f"{tab}.{rest.partition('.')[0]}"
