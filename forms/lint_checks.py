"""Advice on checks: sides of differing units, lines that some organisms do not see."""

from __future__ import annotations

from collections.abc import Iterator

from forms.binding import Binding, BoundCheck
from forms.draft import Draft
from forms.finding import Finding
from forms.inference import unit_of
from forms.nodes import CellRef, operands


def lint_checks(draft: Draft, binding: Binding) -> Iterator[Finding]:
    """Findings on every check."""
    for check in binding.checks:
        yield from _units(check)
        yield from _hidden(check, draft)


def _units(check: BoundCheck) -> Iterator[Finding]:
    left, right = unit_of(check.left), unit_of(check.right)
    if left and right and left != right:
        message = f"La règle {check.spec.id} compare des unités différentes : {left} et {right}."
        yield Finding.at(check.spec.left.place, "CHECK_UNITS_DIFFER", message)


def _hidden(check: BoundCheck, draft: Draft) -> Iterator[Finding]:
    cells = [item.cell for item in operands(check.left) + operands(check.right) if isinstance(item, CellRef)]
    hidden = [cell for cell in dict.fromkeys(cells) if draft.cells[cell].cell.only is not None]
    if hidden:
        message = f"La règle {check.spec.id} lit {', '.join(hidden)}, que certains organismes ne voient pas."
        yield Finding.at(check.spec.left.place, "CHECK_ON_HIDDEN_LINE", message)
