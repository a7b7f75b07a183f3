"""Binding a draft: every formula and every check parsed and resolved, every fault gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.check_file import CheckSpec
from forms.draft import Draft
from forms.errors import FormulaError, PackError
from forms.nodes import Node
from forms.parser import parse
from forms.resolve import Names, Scope, resolve
from forms.source import Source
from forms.words import Nature


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


@dataclass(slots=True)
class Binding:
    """The formulas by cell, by dynamic tab and column, the checks, and what could not be bound."""

    formulas: dict[str, Formula] = field(default_factory=dict)
    rows: dict[str, dict[str, Formula]] = field(default_factory=dict)
    checks: list[BoundCheck] = field(default_factory=list)
    faults: list[PackError] = field(default_factory=list)


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
        left = _tree(spec.left, Scope(), names, binding.faults)
        right = _tree(spec.right, Scope(), names, binding.faults)
        if left is not None and right is not None:
            binding.checks.append(BoundCheck(spec, left, right))
    return binding


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
