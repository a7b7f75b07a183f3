"""The unit of an expression, as far as its text tells."""

from __future__ import annotations

from forms.expressions import signed_terms
from forms.nodes import Binary, Call, CellRef, ColumnSum, Negate, Node, RowCount, RowRef, Total

# Functions that give a value of the unit of their arguments.
_OF_ITS_ARGUMENTS = frozenset({"SI", "ARRONDI", "MAX", "MIN", "SIVIDE", "ABS"})


def unit_of(node: Node) -> str | None:
    """The unit, None where constants, products, quotients or a mixture leave it open."""
    found = units_of(node)
    return found.pop() if len(found) == 1 else None


def units_of(node: Node) -> set[str]:  # noqa: PLR0911 - one return per kind of node
    """The units that meet in a sum, a choice or a comparison of values; constants have none."""
    match node:
        case CellRef(unit=unit) | RowRef(unit=unit) | ColumnSum(unit=unit):
            return {unit}
        case RowCount():
            return {"nb"}
        case Total() | Binary(operator="+" | "-"):
            return {unit for _, term in signed_terms(node) for unit in units_of(term)}
        case Negate(item=item):
            return units_of(item)
        case Call(function="VARPCT"):
            return {"pct"}
        case Call(function="MOIS" | "JOURS"):
            return {"nb"}
        case Call(function="ANNEE"):
            return {"annee"}
        case Call(function=function, arguments=arguments) if function in _OF_ITS_ARGUMENTS:
            chosen = {"SI": arguments[1:], "ARRONDI": arguments[:1]}.get(function, arguments)
            return {unit for argument in chosen for unit in units_of(argument)}
        case _:
            return set()
