"""A sheet while it is computed: its values by slot, what was typed put in their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from forms.data import Computed, Data, Row
from forms.program import Condition, Sheet
from forms.row_program import Instruction, RowProgram, Sum
from forms.units import MICRO
from forms.values import Value, canonical_text, micro, micro_once

# Tabs of more rows than that do not share what is remembered of numbers.
_MANY_ROWS = 2000


@dataclass(slots=True)
class Filling:
    """The values of one sheet: the dossier's own, or one instance's.

    `forced`: values that stand instead of what formulas give, forced by hand or hidden; `automatic`:
    what the formulas gave there; `hidden`: the tabs and lines whose condition failed.
    """

    sheet: Sheet
    data: Data
    values: list[Value] = field(default_factory=list)
    forced: dict[int, Value] = field(default_factory=dict)
    automatic: dict[int, Value] = field(default_factory=dict)
    rows: dict[str, list[Computed]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)

    def run(self, instructions: Iterable[Instruction]) -> None:
        """Compute, one after the other; a slot that is forced keeps its value."""
        values, forced = self.values, self.forced
        for slot, function, operands in instructions:
            value = function(values, *operands)
            if slot in forced:
                self.automatic[slot] = value
                value = forced[slot]
            values[slot] = value

    def judge(self, condition: Condition) -> None:
        """Blank what the condition hides, before anything reads it."""
        if condition.function(self.values, *condition.operands):
            return
        self.hidden.append(condition.name)
        for slot in condition.typed:
            self.values[slot] = None
        # Their formulas come later: what they give is then left aside, what was forced too.
        self.forced.update(dict.fromkeys(condition.computed))

    def results(self) -> tuple[dict[str, str | None], dict[str, str | None]]:
        """Every computed cell; the formula's value of each forced one, blank where it is hidden."""
        values, forcible = self.values, self.sheet.forcible
        cells = {cell: canonical_text(values[slot]) for cell, slot in self.sheet.outputs}
        kept = [(cell, forcible[cell]) for cell in self.data.forced if cell in forcible]
        return cells, {
            cell: None if self.forced[slot] is None else canonical_text(self.automatic[slot])
            for cell, slot in kept
        }

    def tables(self) -> dict[str, list[Computed]]:
        """The computed columns of the rows, blank in a hidden tab."""
        return {
            tab: [dict.fromkeys(row) for row in rows] if tab in self.hidden else rows
            for tab, rows in self.rows.items()
        }


def fill(sheet: Sheet, data: Data) -> Filling:
    """The sheet with what was typed, last year's cells and its rows; ValueError at a wrong number."""
    values: list[Value] = [None] * sheet.size
    numbers = sheet.numbers
    for cell, text in data.cells.items():
        slot = numbers.get(cell)
        if slot is not None:
            values[slot] = micro(text)
    for cell, slot in sheet.texts:
        values[slot] = data.cells.get(cell)
    previous = data.previous
    for cell, slot in sheet.previous_numbers:
        if cell in previous:
            values[slot] = micro(previous[cell])
    for cell, slot in sheet.previous_texts:
        values[slot] = previous.get(cell)
    rows = {row.tab: _rows(row, data.rows.get(row.tab, ()), values) for row in sheet.rows}
    return Filling(sheet, data, values, _forced(sheet, data), rows=rows)


def _forced(sheet: Sheet, data: Data) -> dict[int, Value]:
    texts = sheet.forcible_texts
    return {
        sheet.forcible[cell]: text if cell in texts else micro(text)
        for cell, text in data.forced.items()
        if cell in sheet.forcible
    }


def _rows(program: RowProgram, rows: Sequence[Row], cells: list[Value]) -> list[Computed]:
    """Compute each row of a tab; its sums and its count go into the slots that cells read."""
    read = micro if len(rows) <= _MANY_ROWS else micro_once
    table = [_row(program, row.values, read) for row in rows]
    for item in program.sums:
        cells[item[0]] = added(table, item)
    if program.count is not None:
        cells[program.count] = len(rows) * MICRO
    return [{column: canonical_text(values[slot]) for column, slot in program.outputs} for values in table]


def added(table: Sequence[Sequence[Value]], item: Sum) -> Value:
    """The sum of a slot over rows or instances; blank if there is nothing to add."""
    _, slot, where, equals = item
    if where is not None:
        table = [values for values in table if values[where] == equals]
    found = [value for values in table if isinstance(value := values[slot], int)]
    return sum(found) if found else None


def _row(program: RowProgram, typed: Mapping[str, str], read: Callable[[str], int]) -> list[Value]:
    values: list[Value] = [None] * program.size
    for column, slot in program.numbers:
        if column in typed:
            values[slot] = read(typed[column])
    for column, slot in program.texts:
        values[slot] = typed.get(column)
    for slot, function, operands in program.instructions:
        values[slot] = function(values, *operands)
    return values
