"""Advice on the equalities of a pack taken together: those that clash, those that force an input."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from forms.binding import Binding, BoundCheck
from forms.draft import Draft
from forms.equations import Equation, Forced, solve
from forms.finding import Finding
from forms.linear import Expander
from forms.nodes import CellRef, operands
from forms.textual import textual
from forms.units import MICRO
from forms.values import decimal, micro


def lint_equalities(draft: Draft, binding: Binding) -> Iterator[Finding]:
    """EQUALITIES_CLASH and EQUALITY_FORCES, at the first rule of each set; EQUALITIES_TOO_MANY."""
    checks = {check.spec.id: check for check in binding.checks if _is_equality(check)}
    expander = Expander(draft, binding)
    solved = solve(_equation(check, expander) for check in checks.values())
    for clash in solved.clashes:
        sentence = f"{_names(clash)} ne peuvent pas tenir ensemble : aucune saisie n’y répond."
        if len(clash) == 1:
            sentence = f"La règle {clash[0]} ne tient pour aucune saisie."
        yield Finding.at(checks[clash[0]].spec.left.place, "EQUALITIES_CLASH", sentence)
    if solved.left_out:
        sentence = (
            "Ces égalités se tiennent trop les unes les autres pour être toutes comparées : "
            f"{len(solved.left_out)} ne l’ont pas été."
        )
        yield Finding.at(checks[solved.left_out[0]].spec.left.place, "EQUALITIES_TOO_MANY", sentence)
    for forced in solved.forced:
        if _is_surprising(forced, draft, checks):
            sentence = f"{_names(forced.names)} : {forced.unknown} ne peut valoir que {_value(forced.value)}."
            yield Finding.at(checks[forced.names[0]].spec.left.place, "EQUALITY_FORCES", sentence)


def _is_equality(check: BoundCheck) -> bool:
    return check.spec.operator == "=" and not textual(check.left) and not textual(check.right)


def _equation(check: BoundCheck, expander: Expander) -> Equation:
    found = expander.expand(check.left)
    found.add(expander.expand(check.right), Fraction(-1))
    tolerance = Fraction(micro(check.spec.tolerance), MICRO)
    return Equation(check.spec.id, found.terms, -found.constant, tolerance)


def _is_surprising(forced: Forced, draft: Draft, checks: dict[str, BoundCheck]) -> bool:
    """Whether an input is concerned, and no rule says so in as many words."""
    spec = draft.cells.get(forced.unknown)
    if spec is None or not spec.cell.kind.typed:
        return False
    if len(forced.names) > 1:
        return True
    check = checks[forced.names[0]]
    read = {item.cell for item in operands(check.left) + operands(check.right) if isinstance(item, CellRef)}
    return read != {forced.unknown}


def _names(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        return f"La règle {names[0]}"
    return f"Les règles {', '.join(names[:-1])} et {names[-1]}"


def _value(value: Fraction) -> str:
    exact = value * MICRO
    return decimal(exact.numerator) if exact.denominator == 1 else str(value)
