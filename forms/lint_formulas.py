"""Advice on formulas: divisions without a guard, sums of differing units, results of another unit."""

from __future__ import annotations

from collections.abc import Iterator

from forms.binding import Binding, Formula
from forms.errors import Place
from forms.finding import Finding
from forms.inference import unit_of, units_of
from forms.nodes import Binary, Call, Node, Number, Param, Total, children
from forms.units import is_text

# What a formula may give where another unit stands: years apart are a number, whole numbers have decimals.
_SAME_THING = frozenset({("annee", "nb"), ("nb", "nb2")})
_Guards = tuple[Node, ...]


def lint_formulas(binding: Binding) -> Iterator[Finding]:
    """Findings on every formula; a column's formula is named once, not once per line."""
    formulas = [*binding.formulas.values()]
    formulas += [formula for columns in binding.rows.values() for formula in columns.values()]
    seen: set[tuple[str, Place]] = set()
    for formula in formulas:
        for code, node, message in _remarks(formula):
            key = (code, formula.source.place.shifted(node.offset))
            if key not in seen:
                seen.add(key)
                yield Finding.at(key[1], code, message)


def _remarks(formula: Formula) -> Iterator[tuple[str, Node, str]]:
    for node in _unguarded(formula.tree, ()):
        message = f"La division de {formula.owner} n’est pas gardée : écrivez SI(d = 0; VIDE(); …)."
        yield "DIVISION_UNGUARDED", node, message
    for node in _sums(formula.tree):
        units = units_of(node)
        if len(units) > 1:
            message = f"{formula.owner} additionne des unités différentes : {', '.join(sorted(units))}."
            yield "UNITS_MIXED", node, message
    # A product or a quotient says nothing of its unit: a conversion is one.
    found = unit_of(formula.tree)
    if found is not None and not _fits(found, formula.unit):
        message = f"{formula.owner} est en {formula.unit}, sa formule donne {found} : convertissez-la."
        yield "FORMULA_UNIT_DIFFERS", formula.tree, message


def _fits(found: str, unit: str) -> bool:
    return found == unit or is_text(found) or is_text(unit) or (found, unit) in _SAME_THING


def _unguarded(node: Node, guards: _Guards) -> Iterator[Node]:
    """The divisions whose divisor nothing above has compared with zero."""
    if isinstance(node, Call) and node.function == "SI":
        condition, yes, no = node.arguments
        yield from _unguarded(condition, guards)
        yield from _unguarded(yes, guards + _not_zero(condition, holds=True))
        yield from _unguarded(no, guards + _not_zero(condition, holds=False))
        return
    if isinstance(node, Binary) and node.operator == "/" and not _is_safe(node.right, guards):
        yield node
    for child in children(node):
        yield from _unguarded(child, guards)


def _not_zero(condition: Node, *, holds: bool) -> _Guards:
    """What cannot be zero when the condition holds, or when it does not."""
    if not isinstance(condition, Binary) or not _is_zero(condition.right):
        return ()
    operators = {"<>", "<", ">"} if holds else {"=", "<=", ">="}
    return (condition.left,) if condition.operator in operators else ()


def _is_safe(divisor: Node, guards: _Guards) -> bool:
    if isinstance(divisor, (Number, Param)):
        return bool(divisor.micro)
    return divisor in guards


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and not node.micro


def _sums(node: Node) -> Iterator[Node]:
    """The outermost sums."""
    if isinstance(node, Total) or (isinstance(node, Binary) and node.operator in {"+", "-"}):
        yield node
    else:
        for child in children(node):
            yield from _sums(child)
