"""What a resolved tree gives: a number, a text, or a text that is a date."""

from __future__ import annotations

from forms.nodes import Binary, Call, CellRef, Node, RowRef, Text
from forms.units import is_text

_DATE = "date"
ORDERINGS = frozenset({"<", "<=", ">", ">="})


def textual(node: Node) -> bool:
    """Whether the node may give a text."""
    if isinstance(node, Call):
        return any(textual(choice) for choice in _choices(node))
    return isinstance(node, Text) or (isinstance(node, (CellRef, RowRef)) and is_text(node.unit))


def dated(node: Node) -> bool:
    """Whether the node may give a date: a cell or a column of that unit, or a choice of one."""
    if isinstance(node, Call):
        return any(dated(choice) for choice in _choices(node))
    return isinstance(node, (CellRef, RowRef)) and node.unit == _DATE


def compares_dates(node: Binary) -> bool:
    """Whether the comparison is about which date comes first; `=` and `<>` compare texts."""
    return orders_dates(node.operator, node.left, node.right)


def orders_dates(operator: str, left: Node, right: Node) -> bool:
    """The same of two sides."""
    return operator in ORDERINGS and (dated(left) or dated(right))


def _choices(call: Call) -> tuple[Node, ...]:
    """The arguments of which one is the value."""
    match call.function:
        case "SI":
            return call.arguments[1:]
        case "SIVIDE":
            return call.arguments
        case _:
            return ()
