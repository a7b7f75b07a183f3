"""Binding a draft: every formula and every check parsed and resolved, every fault gathered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.check_file import CheckSpec
from forms.draft import Draft
from forms.errors import FormulaError, PackError
from forms.nodes import CellRef, Node, names_in, operands
from forms.parser import parse
from forms.resolve import resolve
from forms.scope import Names, Scope
from forms.source import Source
from forms.textual import orders_dates, textual
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
    """A rule with both its trees; `group`: it is kept by each instance of that group."""

    spec: CheckSpec
    left: Node
    right: Node
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule of another pack that names what this one does not have, and what that is."""

    spec: CheckSpec
    fault: PackError


@dataclass(slots=True)
class Binding:
    """The formulas by cell, by dynamic tab and column, the checks, and what could not be bound.

    `conditions`: what must hold for a tab (`A1`) or a line (`A1.L011`) to be seen.
    `dropped`: included rules without their cells; `disabled`: rules that read a last year which
    `years.txt` says there is not. Neither is a rule of the pack.
    """

    formulas: dict[str, Formula] = field(default_factory=dict)
    rows: dict[str, dict[str, Formula]] = field(default_factory=dict)
    conditions: dict[str, Formula] = field(default_factory=dict)
    checks: list[BoundCheck] = field(default_factory=list)
    faults: list[PackError] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    disabled: list[CheckSpec] = field(default_factory=list)


def bind(draft: Draft) -> Binding:
    """Resolve all that the draft computes; a formula at fault is left out and its fault kept."""
    names = Names(draft.cells, draft.tabs, draft.header.parameters, draft.lists, draft.groups)
    binding = Binding()
    for owner, unit, source, scope in _cell_formulas(draft):
        tree = _tree(source, scope, names, binding.faults)
        if tree is not None:
            binding.formulas[owner] = Formula(owner, source, unit, tree)
    for owner, unit, source, scope in _row_formulas(draft):
        tree = _tree(source, scope, names, binding.faults)
        if tree is not None and scope.tab is not None:
            binding.rows.setdefault(scope.tab, {})[owner] = Formula(owner, source, unit, tree)
    for owner, source, scope in _conditions(draft):
        tree = _tree(source, scope, names, binding.faults)
        if tree is not None:
            binding.conditions[owner] = Formula(f"si({owner})", source, "nb", tree)
    for spec in draft.checks:
        _bind_check(spec, names, draft, binding)
    return binding


def _bind_check(spec: CheckSpec, names: Names, draft: Draft, binding: Binding) -> None:
    faults: list[PackError] = []
    group = next((group for side in (spec.left, spec.right) for group in _groups(side, draft)), None)
    left = _tree(spec.left, Scope(group=group), names, faults)
    right = _tree(spec.right, Scope(group=group), names, faults)
    if left is not None and right is not None:
        faults += _date_faults(spec, left, right)
    if spec.inherited and faults and all(fault.code == "REFERENCE_UNKNOWN" for fault in faults):
        binding.dropped.append(Dropped(spec, faults[0]))
        return
    binding.faults += faults
    if left is None or right is None or faults:
        return
    read = (item for item in operands(left) + operands(right) if isinstance(item, CellRef))
    if any(item.previous and not draft.years.has_past(item.cell) for item in read):
        binding.disabled.append(spec)
    else:
        binding.checks.append(BoundCheck(spec, left, right, group))


def _groups(source: Source, draft: Draft) -> Iterator[str]:
    """The groups whose cells a side names one by one: the rule then holds for each instance."""
    try:
        tree = parse(source.text)
    except FormulaError:
        return
    for name in names_in(tree):
        tab = draft.tabs.get(name.tab or "")
        if tab is not None and tab.group is not None:
            yield tab.group


def _date_faults(spec: CheckSpec, left: Node, right: Node) -> Iterator[PackError]:
    if orders_dates(spec.operator, left, right) and not (textual(left) and textual(right)):
        yield PackError("Une date ne se compare qu’à une date.", spec.left.place, "FORMULA_UNREADABLE")


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
            scope = Scope(cell.tab, cell.line, cell.column, draft.tabs[cell.tab].group)
            yield cell.id, cell.unit, spec.formula, scope


def _row_formulas(draft: Draft) -> Iterator[tuple[str, str, Source, Scope]]:
    for tab in draft.tabs.values():
        if tab.nature is Nature.DYNAMIC:
            for spec in tab.columns:
                if spec.formula is not None:
                    code = spec.column.code
                    scope = Scope(tab.code, None, code, tab.group)
                    yield code, spec.column.unit, spec.formula, scope


def _conditions(draft: Draft) -> Iterator[tuple[str, Source, Scope]]:
    for tab in draft.tabs.values():
        if tab.condition is not None:
            yield tab.code, tab.condition, Scope(group=tab.group)
        for line in tab.lines:
            if line.options.condition is not None:
                scope = Scope(tab.code, group=tab.group)
                yield f"{tab.code}.{line.line.code}", line.options.condition, scope
