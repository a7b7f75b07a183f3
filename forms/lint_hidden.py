"""Advice on what reads a line that is not always seen: it then reads a blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms.binding import Binding, BoundCheck, Formula
from forms.draft import Draft
from forms.errors import Place
from forms.finding import Finding
from forms.nodes import Binary, CellRef, Node, Total, children, operands
from forms.structure import Only


@dataclass(frozen=True, slots=True)
class _Sight:
    """Who sees a cell: kinds of organism, and the conditions of its tab and its line."""

    only: Only = None
    conditions: frozenset[Node] = frozenset()

    def covers(self, other: _Sight) -> bool:
        """Whether all who see this one see the other."""
        kinds = other.only is None or (self.only is not None and self.only <= other.only)
        return kinds and self.conditions >= other.conditions


def lint_hidden(draft: Draft, binding: Binding) -> Iterator[Finding]:
    """HIDDEN_REFERENCE: a formula, or a rule, that goes on without a line it reads.

    A sum does without the terms that are not seen; anything else was meant for their values.
    """
    seen: set[Place] = set()
    for formula in binding.formulas.values():
        own = _sight(formula.owner, draft, binding)
        for ref in _lone(formula.tree, added=True):
            place = formula.source.place.shifted(ref.offset)
            if not own.covers(_sight(ref.cell, draft, binding)) and place not in seen:
                seen.add(place)
                yield _finding(f"La formule de {formula.owner}", ref.cell, place)
    for owner, condition in binding.conditions.items():
        yield from _condition(owner, condition, draft, binding)
    for check in binding.checks:
        yield from _check(check, draft, binding)


def _condition(owner: str, condition: Formula, draft: Draft, binding: Binding) -> Iterator[Finding]:
    for ref in operands(condition.tree):
        if isinstance(ref, CellRef) and not _Sight().covers(_sight(ref.cell, draft, binding)):
            place = condition.source.place.shifted(ref.offset)
            yield _finding(f"La condition de {owner}", ref.cell, place)


def _check(check: BoundCheck, draft: Draft, binding: Binding) -> Iterator[Finding]:
    """A rule goes with its cells when all are hidden together, hence only a mixture is told."""
    refs = [item for item in operands(check.left) + operands(check.right) if isinstance(item, CellRef)]
    sights = {ref.cell: _sight(ref.cell, draft, binding).conditions for ref in refs}
    shared = frozenset.intersection(*sights.values()) if sights else frozenset()
    hidden = [cell for cell, conditions in sights.items() if conditions > shared]
    if hidden:
        yield _finding(f"La règle {check.spec.id}", ", ".join(hidden), check.spec.left.place)


def _sight(cell: str, draft: Draft, binding: Binding) -> _Sight:
    spec = draft.cells[cell].cell
    owners = (spec.tab, f"{spec.tab}.{spec.line}")
    conditions = (binding.conditions[owner].tree for owner in owners if owner in binding.conditions)
    return _Sight(spec.only, frozenset(conditions))


def _lone(node: Node, *, added: bool = False) -> Iterator[CellRef]:
    """The cells of this year that are no term of a sum, nor read alone: a copy of a blank is blank."""
    if isinstance(node, CellRef):
        if not added and not node.previous:
            yield node
        return
    is_sum = isinstance(node, Total) or (isinstance(node, Binary) and node.operator in {"+", "-"})
    for child in children(node):
        yield from _lone(child, added=is_sum)


def _finding(reader: str, cell: str, place: Place) -> Finding:
    message = f"{reader} lit {cell}, que certains ne voient pas : elle y lira un blanc."
    return Finding.at(place, "HIDDEN_REFERENCE", message)
