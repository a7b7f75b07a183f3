"""Advice on tabs: inputs that a formula hides, totals that forget a line, inputs nobody reads."""

from __future__ import annotations

from collections.abc import Iterator

from forms.binding import Binding
from forms.draft import Draft
from forms.finding import Finding
from forms.nodes import CellRef, ColumnSum, Node, Total, children, operands
from forms.tabs import LineSpec, TabSpec
from forms.units import is_text

# « dont … » repeats a part of another line: a total leaves it out on purpose.
_PART_OF = "dont "


def lint_tabs(draft: Draft, binding: Binding) -> Iterator[Finding]:
    """Findings on every tab."""
    read = _read_cells(binding)
    for tab in draft.tabs.values():
        for line in tab.lines:
            yield from _masked(draft, tab, line)
            yield from _unused(draft, tab, line, read)
            yield from _forgotten(draft, tab, line, binding)
        yield from _unused_columns(tab, binding)


def _identifiers(tab: TabSpec, line: LineSpec) -> Iterator[str]:
    return (f"{tab.code}.{line.line.code}.{spec.column.code}" for spec in tab.columns)


def _masked(draft: Draft, tab: TabSpec, line: LineSpec) -> Iterator[Finding]:
    if line.kind is None or not line.kind.typed:
        return
    cells = [draft.cells[cell].cell for cell in _identifiers(tab, line) if cell in draft.cells]
    if cells and not any(cell.kind.typed for cell in cells):
        message = (
            f"La ligne {tab.code}.{line.line.code} est à saisir, mais les formules des colonnes la "
            "calculent toute : ajoutez « saisie= » ou changez son genre."
        )
        yield Finding.at(line.record.place(3), "INPUT_MASKED", message)


def _unused(draft: Draft, tab: TabSpec, line: LineSpec, read: set[str]) -> Iterator[Finding]:
    cells = (draft.cells[cell].cell for cell in _identifiers(tab, line) if cell in draft.cells)
    idle = [cell for cell in cells if cell.kind.typed and not is_text(cell.unit) and cell.id not in read]
    if idle:
        names = ", ".join(cell.id for cell in idle)
        yield Finding.at(line.record.place(), "INPUT_UNUSED", f"Ni formule ni règle ne lit {names}.")


def _unused_columns(tab: TabSpec, binding: Binding) -> Iterator[Finding]:
    trees = [formula.tree for formula in binding.rows.get(tab.code, {}).values()]
    read = {getattr(operand, "column", "") for tree in trees for operand in operands(tree)}
    summed = _summed(binding)
    columns = () if tab.lines else tab.columns
    for spec in columns:
        column = spec.column
        if (
            spec.formula is None
            and not is_text(column.unit)
            and not (column.code in read or f"{tab.code}.{column.code}" in summed)
        ):
            message = f"Ni formule ni règle ne lit la colonne {tab.code}.{column.code}."
            yield Finding.at(spec.place, "INPUT_UNUSED", message)


def _trees(binding: Binding) -> Iterator[Node]:
    yield from (formula.tree for formula in (binding.formulas | binding.conditions).values())
    for columns in binding.rows.values():
        yield from (formula.tree for formula in columns.values())
    for check in binding.checks:
        yield from (check.left, check.right)


def _read_cells(binding: Binding) -> set[str]:
    found = (operand for tree in _trees(binding) for operand in operands(tree))
    return {operand.cell for operand in found if isinstance(operand, CellRef)} | _summed(binding)


def _summed(binding: Binding) -> set[str]:
    """`F1.C01`, `E1.L011.V`: what `COL` and `SOMMESI` add over rows or instances, and what they compare."""
    found = (operand for tree in _trees(binding) for operand in operands(tree))
    sums = [operand for operand in found if isinstance(operand, ColumnSum)]
    return {f"{item.tab}.{item.column}" for item in sums} | {item.where for item in sums if item.where}


def _forgotten(draft: Draft, tab: TabSpec, line: LineSpec, binding: Binding) -> Iterator[Finding]:
    """A total made with `S(a:b)` reads every input cell of its block."""
    for spec in tab.columns:
        column = spec.column.code
        formula = binding.formulas.get(f"{tab.code}.{line.line.code}.{column}")
        if line.formula is None or formula is None or formula.source is not line.formula:
            continue
        read = {operand.cell for operand in operands(formula.tree) if isinstance(operand, CellRef)}
        for code in _block(tab, line, formula.tree):
            cell = f"{tab.code}.{code}.{column}"
            # A line of another unit cannot be meant for the sum.
            if cell in draft.cells and cell not in read and draft.cells[cell].cell.unit == formula.unit:
                message = f"Le total {tab.code}.{line.line.code} oublie la ligne {code} de son bloc."
                yield Finding.at(line.formula.place, "TOTAL_FORGETS_LINE", message)


def _totals(node: Node) -> Iterator[Total]:
    if isinstance(node, Total):
        yield node
    for child in children(node):
        yield from _totals(child)


def _block(tab: TabSpec, total: LineSpec, tree: Node) -> Iterator[str]:
    """For each sum: the input lines from the title or total before its first line, to the total."""
    codes = [line.line.code for line in tab.lines]
    for item in _totals(tree):
        owner, first, _ = item.cells[0].cell.split(".")
        if owner != tab.code:
            continue
        start = codes.index(first)
        while start and _is_typed(tab.lines[start - 1]):
            start -= 1
        for line in tab.lines[start : codes.index(total.line.code)]:
            if _is_typed(line) and not line.line.label.startswith(_PART_OF):
                yield line.line.code


def _is_typed(line: LineSpec) -> bool:
    return line.kind is not None and line.kind.typed
