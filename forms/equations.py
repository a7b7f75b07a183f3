"""A system of exact linear equations: which contradict each other, what they force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

# Coefficients written anew: the ER takes 33,000 and a quarter of a second; dense systems grow without end.
MOST_WORK = 200_000


@dataclass(frozen=True, slots=True)
class Equation:
    """Σ coefficient × unknown = `constant`, within the tolerance (either way)."""

    name: str
    terms: Mapping[str, Fraction]
    constant: Fraction
    tolerance: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Forced:
    """An unknown that can hold one value only, and the equations that leave it no other."""

    unknown: str
    value: Fraction
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """`clashes`: each a smallest set of equations that cannot hold together; `forced` unknowns.

    `left_out`: the equations that were not looked at, for want of an end in sight.
    """

    clashes: tuple[tuple[str, ...], ...]
    forced: tuple[Forced, ...]
    left_out: tuple[str, ...] = ()


@dataclass(slots=True)
class _Row:
    """A combination of equations: what it comes to, and how much of each it takes."""

    terms: dict[str, Fraction]
    constant: Fraction
    parts: dict[str, Fraction] = field(default_factory=dict)

    def subtract(self, other: _Row, factor: Fraction) -> None:
        _subtract(self.terms, other.terms, factor)
        _subtract(self.parts, other.parts, factor)
        self.constant -= other.constant * factor

    def divide(self, divisor: Fraction) -> None:
        if divisor != 1:
            self.terms = {name: value / divisor for name, value in self.terms.items()}
            self.parts = {name: value / divisor for name, value in self.parts.items()}
            self.constant /= divisor


class _System:
    """Rows in which each pivot stands alone: what a new equation comes to is seen at once.

    The rows are independent, hence only one combination of them gives a given sum: the equations of
    a clash, or of a forced value, are a smallest set.
    """

    def __init__(self) -> None:
        self.rows: dict[str, _Row] = {}
        self.work = 0
        self._users: dict[str, set[str]] = {}

    def reduced(self, equation: Equation) -> _Row:
        """The equation less what the rows say already."""
        row = _Row(dict(equation.terms), equation.constant, {equation.name: Fraction(1)})
        for pivot in [unknown for unknown in equation.terms if unknown in self.rows]:
            self._subtract(row, self.rows[pivot], pivot)
        return row

    def keep(self, row: _Row) -> None:
        """Add a row that says something new."""
        # The unknown that fewest rows use: as little as possible is to be written anew.
        pivot = min(row.terms, key=lambda unknown: (len(self._users.get(unknown, ())), unknown))
        row.divide(row.terms[pivot])
        for other in sorted(self._users.get(pivot, ())):
            before = set(self.rows[other].terms)
            self._subtract(self.rows[other], row, pivot)
            self._register(other, before, set(self.rows[other].terms))
        self.rows[pivot] = row
        self._register(pivot, set(), set(row.terms))

    def _subtract(self, row: _Row, other: _Row, pivot: str) -> None:
        row.subtract(other, row.terms[pivot])
        self.work += len(other.terms) + len(other.parts)

    def _register(self, pivot: str, before: set[str], after: set[str]) -> None:
        for unknown in before - after:
            self._users[unknown].discard(pivot)
        for unknown in after - before:
            self._users.setdefault(unknown, set()).add(pivot)


def solve(equations: Iterable[Equation]) -> Solved:
    """The contradictions and the forced unknowns; equations within a tolerance are looked at last.

    An equation that the others contradict by no more than the tolerances together is kept out of
    the system, and no contradiction is told. Beyond MOST_WORK the others are left out: what was told
    by then is true all the same.
    """
    system = _System()
    clashes: list[tuple[str, ...]] = []
    left_out: list[str] = []
    by_name: dict[str, Equation] = {}
    for equation in sorted(equations, key=lambda item: item.tolerance):
        if system.work > MOST_WORK:
            left_out.append(equation.name)
            continue
        by_name[equation.name] = equation
        row = system.reduced(equation)
        if row.terms:
            system.keep(row)
        elif abs(row.constant) > sum(abs(part) * by_name[name].tolerance for name, part in row.parts.items()):
            clashes.append(tuple(sorted(row.parts)))
    forced = [
        Forced(pivot, row.constant, tuple(sorted(row.parts)))
        for pivot, row in sorted(system.rows.items())
        if len(row.terms) == 1 and not any(by_name[name].tolerance for name in row.parts)
    ]
    return Solved(tuple(clashes), tuple(forced), tuple(left_out))


def _subtract(target: dict[str, Fraction], other: Mapping[str, Fraction], factor: Fraction) -> None:
    for name, value in other.items():
        total = target.get(name, 0) - value * factor
        if total:
            target[name] = Fraction(total)
        else:
            target.pop(name, None)
