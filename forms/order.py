"""In what order formulas are computed: a cell after all that it reads."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from forms.binding import Formula
from forms.errors import PackError
from forms.nodes import CellRef, RowRef, operands


def in_order(formulas: Mapping[str, Formula]) -> list[Formula]:
    """The formulas in an order that can be computed; PackError with the path of a cycle."""
    graph = {owner: _reads(formula) & formulas.keys() for owner, formula in formulas.items()}
    sorter = TopologicalSorter({owner: sorted(reads) for owner, reads in graph.items()})
    try:
        return [formulas[owner] for owner in sorter.static_order()]
    except CycleError as error:
        # Each node of graphlib's path is read by the next one: turned round, each reads the next.
        path: list[str] = error.args[1][::-1]
        message = f"Ces cellules se calculent en rond : {' → '.join(path)}."
        raise PackError(message, formulas[path[0]].source.place, "FORMULA_CYCLE") from None


def _reads(formula: Formula) -> set[str]:
    found: set[str] = set()
    for operand in operands(formula.tree):
        if isinstance(operand, CellRef) and not operand.previous:
            found.add(operand.cell)
        elif isinstance(operand, RowRef):
            found.add(operand.column)
    return found
