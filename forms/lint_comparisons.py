"""Advice on comparisons that come out the same whatever is typed: a value that a cell cannot hold."""

from __future__ import annotations

from collections.abc import Iterator

from forms.binding import Binding
from forms.dates import read_date
from forms.draft import Draft
from forms.errors import Place
from forms.finding import Finding
from forms.nodes import (
    COMPARISONS,
    Binary,
    Call,
    CellRef,
    ColumnSum,
    Negate,
    Node,
    Number,
    RowRef,
    Text,
    children,
)
from forms.units import is_text, list_name

_EQUALITIES = frozenset({"=", "<>"})


def lint_comparisons(draft: Draft, binding: Binding) -> Iterator[Finding]:
    """COMPARISON_IDLE, once for the formula of a column, however many lines it has."""
    seen: set[Place] = set()
    for owner, place, tree in _trees(binding):
        for node, reason in _idle(tree, draft):
            where = place.shifted(node.offset)
            if where not in seen:
                seen.add(where)
                yield _finding(owner, where, reason)
    for check in binding.checks:
        spec = check.spec
        reason = _of_sides(spec.operator, check.left, check.right, draft)
        if reason:
            yield _finding(f"La règle {spec.id}", spec.left.place, reason)


def _finding(owner: str, place: Place, reason: str) -> Finding:
    message = f"{owner} fait une comparaison qui a toujours la même issue : {reason}."
    return Finding.at(place, "COMPARISON_IDLE", message)


def _trees(binding: Binding) -> Iterator[tuple[str, Place, Node]]:
    formulas = [*binding.formulas.values(), *binding.conditions.values()]
    formulas += [formula for columns in binding.rows.values() for formula in columns.values()]
    yield from ((formula.owner, formula.source.place, formula.tree) for formula in formulas)
    for check in binding.checks:
        for source, tree in ((check.spec.left, check.left), (check.spec.right, check.right)):
            yield f"La règle {check.spec.id}", source.place, tree


def _idle(node: Node, draft: Draft) -> Iterator[tuple[Node, str]]:
    """The comparisons in a tree that no entry can change, and why."""
    reason = ""
    match node:
        case Binary(operator=operator, left=left, right=right) if operator in COMPARISONS:
            reason = _of_sides(operator, left, right, draft)
        case Call(function="DANS", arguments=(item, *values)):
            reasons = [_of_sides("=", item, value, draft) for value in values]
            # A list may hold more than the cell: one value that may be met is enough.
            reason = reasons[0] if all(reasons) else ""
        case ColumnSum(where=str(where), equals=Text() | Number() as value):
            reason = _unmet("=", _unit_of(where, draft), value, draft)
    if reason:
        yield node, reason
    for child in children(node):
        yield from _idle(child, draft)


def _of_sides(operator: str, left: Node, right: Node, draft: Draft) -> str:
    for cell, value in ((left, right), (right, left)):
        constant = value.item if isinstance(value, Negate) else value
        if isinstance(cell, (CellRef, RowRef)) and isinstance(constant, (Number, Text)):
            return _unmet(operator, cell.unit, constant, draft)
    return ""


def _unmet(operator: str, unit: str, value: Number | Text, draft: Draft) -> str:
    """Why no cell of the unit compares with the value; empty where some may."""
    if isinstance(value, Number):
        return "un texte n’est jamais égal à un nombre" if is_text(unit) and operator in _EQUALITIES else ""
    if operator in _EQUALITIES and not value.value:
        # Nothing typed: any cell may be blank.
        return ""
    if not is_text(unit):
        return f"un nombre n’est jamais égal à « {value.value} »" if operator in _EQUALITIES else ""
    if unit == "date" and read_date(value.value) is None:
        return f"« {value.value} » n’est pas une date, qui s’écrit AAAA-MM-JJ"
    name = list_name(unit)
    if name is not None and operator in _EQUALITIES and value.value not in draft.lists[name]:
        return f"« {value.value} » n’est pas dans la liste « {name} »"
    return ""


def _unit_of(column: str, draft: Draft) -> str:
    """The unit of a column of rows, `F01.C02`, or of a cell of a group's tab, `E1.L012.V`."""
    if column in draft.cells:
        return draft.cells[column].cell.unit
    tab, _, code = column.partition(".")
    return next(spec.column.unit for spec in draft.tabs[tab].columns if spec.column.code == code)
