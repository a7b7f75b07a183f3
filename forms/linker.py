"""Numbering the values of a program: one list of slots for the dossier, one for each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.binding import Binding
from forms.draft import Draft
from forms.expressions import operand_key
from forms.nodes import CellRef, ColumnSum, Node, Operand, RowCount, RowRef, operands
from forms.program import GroupSheet, Sheet
from forms.row_program import Functions, Shaped, Slots, Sum, column_sum, row_program
from forms.units import is_text
from forms.words import Kind, Nature

# A cell, its slot, whether it holds text.
_Source = tuple[str, int, bool]
# The code of a group, None for the dossier's own cells.
Scope = str | None


@dataclass(slots=True)
class Linker:
    """`slots`: the slots of each scope; `read`: what its formulas, conditions and rules read."""

    draft: Draft
    binding: Binding
    functions: Functions
    rows: Mapping[str, Shaped]
    slots: dict[Scope, Slots] = field(default_factory=dict)
    read: dict[Scope, dict[str, Operand]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for scope in (None, *self.draft.groups):
            self.slots[scope] = Slots()
            self.read[scope] = {}
        for name, formula in (self.binding.formulas | self.binding.conditions).items():
            self._note(self.scope_of(name), formula.tree)
        for check in self.binding.checks:
            self._note(check.group, check.left, check.right)

    def scope_of(self, name: str) -> Scope:
        """The group of the tab, the line or the cell."""
        return self.draft.tabs[name.partition(".")[0]].group

    def _note(self, scope: Scope, *trees: Node) -> None:
        for tree in trees:
            self.read[scope].update((operand_key(operand), operand) for operand in operands(tree))

    def groups(self) -> tuple[GroupSheet, ...]:
        """The groups with what goes between them and the dossier; the last slots are given here."""
        imports = {code: tuple(self._imports(code)) for code in self.draft.groups}
        shared = {code: self._shared(code) for code in self.draft.groups}
        return tuple(
            GroupSheet(code, self.sheet(code), imports[code], *shared[code]) for code in self.draft.groups
        )

    def _imports(self, group: str) -> Iterator[tuple[int, int]]:
        for key, operand in self.read[group].items():
            if not self._is_own(operand, group):
                self.read[None].setdefault(key, operand)
                yield self.slots[None].of(key), self.slots[group].of(key)

    def _is_own(self, operand: Operand, group: str) -> bool:
        """Whether each instance has the value for itself."""
        match operand:
            case CellRef(cell=name) | RowRef(column=name):
                return self.scope_of(name) == group
            case ColumnSum(tab=tab) | RowCount(tab=tab):
                return self._has_rows(tab) and self.scope_of(tab) == group

    def _has_rows(self, tab: str) -> bool:
        return tab in self.draft.tabs and self.draft.tabs[tab].nature is Nature.DYNAMIC

    def _shared(self, group: str) -> tuple[tuple[Sum, ...], tuple[tuple[int, int], ...], int | None]:
        """What the dossier reads of all instances together: sums, counts of rows, their number."""
        outer, inner = self.slots[None], self.slots[group]
        sums: list[Sum] = []
        counts: list[tuple[int, int]] = []
        count: int | None = None
        for key, operand in self.read[None].items():
            if isinstance(operand, RowCount) and operand.tab == group:
                count = outer.of(key)
            elif isinstance(operand, (CellRef, RowRef)) or self.scope_of(operand.tab) != group:
                continue
            elif not self._has_rows(operand.tab) and isinstance(operand, ColumnSum):
                sums.append(column_sum(operand, outer, inner, names_tab=True))
            else:
                self.read[group].setdefault(key, operand)
                pair = outer.of(key), inner.of(key)
                if isinstance(operand, RowCount):
                    counts.append(pair)
                else:
                    sums.append((*pair, None, None))
        return tuple(sums), tuple(counts), count

    def sheet(self, scope: Scope) -> Sheet:
        """What fills the slots of the scope, and what is given out of them."""
        slots, cells = self.slots[scope], self.draft.cells
        sums = [operand for operand in self.read[scope].values() if isinstance(operand, ColumnSum)]
        tabs = [
            tab for tab in self.draft.tabs.values() if tab.nature is Nature.DYNAMIC and tab.group == scope
        ]
        rows = tuple(
            row_program(tab, self.rows.get(tab.code, []), self.functions, slots, sums) for tab in tabs
        )
        formulas = [cell for cell in self.binding.formulas if self.scope_of(cell) == scope]
        forcible = [cell for cell in formulas if cells[cell].cell.kind is Kind.FORCIBLE]
        typed, previous = self._sources(scope)
        return Sheet(
            size=len(slots.numbers),
            numbers={cell: slot for cell, slot, text in typed if not text},
            texts=tuple((cell, slot) for cell, slot, text in typed if text),
            previous_numbers=tuple((cell, slot) for cell, slot, text in previous if not text),
            previous_texts=tuple((cell, slot) for cell, slot, text in previous if text),
            rows=rows,
            forcible={cell: slots.of(cell) for cell in forcible},
            forcible_texts=frozenset(cell for cell in forcible if is_text(cells[cell].cell.unit)),
            outputs=tuple((cell, slots.of(cell)) for cell in formulas),
        )

    def _sources(self, scope: Scope) -> tuple[list[_Source], list[_Source]]:
        """The slots to fill with what was typed, and with last year's cells."""
        typed: list[_Source] = []
        previous: list[_Source] = []
        for key, slot in self.slots[scope].numbers.items():
            spec = self.draft.cells.get(key.removesuffix("#"))
            if spec is None or self.scope_of(spec.cell.id) != scope:
                continue
            source = (spec.cell.id, slot, is_text(spec.cell.unit))
            if key.endswith("#"):
                previous.append(source)
            elif spec.cell.kind.typed:
                typed.append(source)
        return typed, previous

    def hidden_slots(self, name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """What a condition makes blank: slots that are filled, slots that are computed."""
        scope = self.scope_of(name)
        filled: list[int] = []
        computed: list[int] = []
        for key, slot in self.slots[scope].numbers.items():
            operand = self.read[scope].get(key)
            if isinstance(operand, (ColumnSum, RowCount)):
                if operand.tab == name and self._has_rows(name):
                    filled.append(slot)
            elif key.startswith(f"{name}.") and not key.endswith("#"):
                (computed if key in self.binding.formulas else filled).append(slot)
        return tuple(filled), tuple(computed)
