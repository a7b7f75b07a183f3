"""What a formula is as a sum: multiples of unknowns and a constant, exactly.

A cell that is typed, that somebody may force, or whose value is rounded on the way, is an unknown;
so is whatever is no sum (a quotient, a choice, a function). Two unknowns may depend on each other
without this module knowing: what it calls a contradiction is one all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from forms.binding import Binding, Formula
from forms.draft import Draft
from forms.nodes import Binary, Call, CellRef, Negate, Node, Number, Param, Total, operands
from forms.units import DECIMALS, MICRO, MICRO_DIGITS
from forms.words import Kind


@dataclass(slots=True)
class Linear:
    """`constant` + Σ coefficient × unknown; `decimals`: how many its values may have."""

    terms: dict[str, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)
    decimals: int = 0

    def add(self, other: Linear, factor: Fraction) -> None:
        """Add a multiple of the other."""
        for unknown, coefficient in other.terms.items():
            total = self.terms.get(unknown, 0) + coefficient * factor
            if total:
                self.terms[unknown] = Fraction(total)
            else:
                self.terms.pop(unknown, None)
        self.constant += other.constant * factor
        self.decimals = max(self.decimals, other.decimals)


class Expander:
    """Writes formulas as sums of unknowns; each cell is written once."""

    def __init__(self, draft: Draft, binding: Binding) -> None:
        self._draft = draft
        self._binding = binding
        self._cells: dict[str, Linear] = {}
        self._others: dict[Node, str] = {}

    def expand(self, node: Node) -> Linear:
        """The node as a sum."""
        found = Linear()
        self._add(found, node, Fraction(1))
        return found

    def _add(self, found: Linear, node: Node, factor: Fraction) -> None:
        match node:
            case Number(micro=micro) | Param(micro=int(micro)):
                found.add(_constant(micro), factor)
            case Total(cells=cells):
                for cell in cells:
                    self._add(found, cell, factor)
            case Negate(item=item):
                self._add(found, item, -factor)
            case Binary(operator="+" | "-" as operator, left=left, right=right):
                self._add(found, left, factor)
                self._add(found, right, factor if operator == "+" else -factor)
            case Binary(operator="*", left=left, right=right):
                self._add_product(found, node, self.expand(left), self.expand(right), factor)
            case Call(function="VIDE"):
                pass
            case CellRef():
                found.add(self._cell(node), factor)
            case _:
                found.add(self._unknown(node), factor)

    def _add_product(self, found: Linear, node: Node, left: Linear, right: Linear, factor: Fraction) -> None:
        if left.terms:
            left, right = right, left
        # A whole number of times is a sum; anything else is rounded.
        if left.terms or left.constant.denominator != 1:
            found.add(self._unknown(node), factor)
        else:
            found.add(right, factor * left.constant)

    def _cell(self, ref: CellRef) -> Linear:
        if ref.previous:
            return _alone(f"{ref.cell}#", ref.unit)
        if ref.cell not in self._cells:
            self._write(ref)
        return self._cells[ref.cell]

    def _write(self, wanted: CellRef) -> None:
        """The cell, after all that it is computed from: one by one, for a chain may be as long as a tab."""
        waiting, entered = [wanted], set[str]()
        while waiting:
            ref = waiting[-1]
            if ref.cell in self._cells:
                waiting.pop()
            elif ref.cell in entered:
                self._cells[ref.cell] = self._computed(ref)
            else:
                entered.add(ref.cell)
                for read in self._read_by(ref):
                    if read.cell not in entered:
                        waiting.append(read)
                    elif read.cell not in self._cells:
                        # The pack computes it in a ring: there it stands for itself.
                        self._cells[read.cell] = _alone(read.cell, read.unit)

    def _read_by(self, ref: CellRef) -> list[CellRef]:
        formula = self._formula(ref)
        found = [] if formula is None else operands(formula.tree)
        return [item for item in found if isinstance(item, CellRef) and not item.previous]

    def _formula(self, ref: CellRef) -> Formula | None:
        is_computed = self._draft.cells[ref.cell].cell.kind is Kind.COMPUTED
        return self._binding.formulas.get(ref.cell) if is_computed else None

    def _computed(self, ref: CellRef) -> Linear:
        formula, itself = self._formula(ref), _alone(ref.cell, ref.unit)
        if formula is None:
            return itself
        found = self.expand(formula.tree)
        return itself if found.decimals > itself.decimals else found

    def _unknown(self, node: Node) -> Linear:
        name = self._others.setdefault(node, f"?{len(self._others)}")
        return Linear({name: Fraction(1)}, decimals=MICRO_DIGITS)


def _constant(micro: int) -> Linear:
    value = Fraction(micro, MICRO)
    decimals = next(count for count in range(MICRO_DIGITS + 1) if (value * 10**count).denominator == 1)
    return Linear(constant=value, decimals=decimals)


def _alone(name: str, unit: str) -> Linear:
    units: Mapping[str, int] = DECIMALS
    return Linear({name: Fraction(1)}, decimals=units.get(unit, 0))
