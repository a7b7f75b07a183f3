"""Binding a draft: every formula and every check parsed and resolved, every fault gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.check_file import CheckSpec
from forms.draft import Draft
from forms.errors import FormulaError, PackError
from forms.nodes import CellRef, Node, operands
from forms.parser import parse
from forms.resolve import Names, Scope, resolve
from forms.source import Source
from forms.words import Nature
from forms.years import Years


@dataclass(frozen=True, slots=True)
class Formula:
    """A resolved formula: what it gives (a cell, or a column of rows), its text, its tree."""

    owner: str
    source: Source
    unit: str
    tree: Node


@dataclass(frozen=True, slots=True)
class BoundCheck:
    """A rule with both its trees."""

    spec: CheckSpec
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule of another pack that names what this one does not have, and what that is."""

    spec: CheckSpec
    fault: PackError


@dataclass(slots=True)
class Binding:
    """The formulas by cell, by dynamic tab and column, the checks, and what could not be bound.

    `dropped`: included rules without their cells; `disabled`: rules that read a last year which
    `years.txt` says there is not. Neither is a rule of the pack.
    """

    formulas: dict[str, Formula] = field(default_factory=dict)
    rows: dict[str, dict[str, Formula]] = field(default_factory=dict)
    checks: list[BoundCheck] = field(default_factory=list)
    faults: list[PackError] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    disabled: list[CheckSpec] = field(default_factory=list)


def bind(draft: Draft) -> Binding:
    """Resolve all that the draft computes; a formula at fault is left out and its fault kept."""
    names = Names(draft.cells, draft.tabs, draft.header.parameters)
    binding = Binding()
    for owner, unit, source, scope in _cell_formulas(draft):
        tree = _tree(source, scope, names, binding.faults)
        if tree is not None:
            binding.formulas[owner] = Formula(owner, source, unit, tree)
    for owner, unit, source, scope in _row_formulas(draft):
        tree = _tree(source, scope, names, binding.faults)
        if tree is not None and scope.tab is not None:
            binding.rows.setdefault(scope.tab, {})[owner] = Formula(owner, source, unit, tree)
    for spec in draft.checks:
        _bind_check(spec, names, draft.years, binding)
    return binding


def _bind_check(spec: CheckSpec, names: Names, years: Years, binding: Binding) -> None:
    faults: list[PackError] = []
    left = _tree(spec.left, Scope(), names, faults)
    right = _tree(spec.right, Scope(), names, faults)
    if spec.inherited and faults and all(fault.code == "REFERENCE_UNKNOWN" for fault in faults):
        binding.dropped.append(Dropped(spec, faults[0]))
        return
    binding.faults += faults
    if left is None or right is None:
        return
    read = (item for item in operands(left) + operands(right) if isinstance(item, CellRef))
    if any(item.previous and not years.has_past(item.cell) for item in read):
        binding.disabled.append(spec)
    else:
        binding.checks.append(BoundCheck(spec, left, right))


def _tree(source: Source, scope: Scope, names: Names, faults: list[PackError]) -> Node | None:
    try:
        return resolve(parse(source.text), scope, names)
    except FormulaError as error:
        faults.append(PackError(error.message, source.place.shifted(error.offset), error.code))
        return None


def _cell_formulas(draft: Draft) -> Iterator[tuple[str, str, Source, Scope]]:
    for spec in draft.cells.values():
        if spec.formula is not None:
            cell = spec.cell
            yield cell.id, cell.unit, spec.formula, Scope(cell.tab, cell.line, cell.column)


def _row_formulas(draft: Draft) -> Iterator[tuple[str, str, Source, Scope]]:
    for tab in draft.tabs.values():
        if tab.nature is Nature.DYNAMIC:
            for spec in tab.columns:
                if spec.formula is not None:
                    code = spec.column.code
                    yield code, spec.column.unit, spec.formula, Scope(tab.code, None, code)
