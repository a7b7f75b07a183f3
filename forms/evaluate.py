"""Full recalculation of a dossier, in the fixed order of its pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms.data import Data, Evaluation, Row
from forms.pack import Pack
from forms.row_program import RowProgram
from forms.runtime import Value
from forms.units import MICRO
from forms.values import decimal, micro

Computed = dict[str, str | None]


def evaluate(pack: Pack, data: Data) -> Evaluation:
    """Compute every cell of the dossier; ValueError if a value was not read by `read_entry`."""
    program = pack.program
    values: list[Value] = [None] * program.size
    _fill(values, program.numbers, data.cells)
    for cell, slot in program.texts.items():
        values[slot] = data.cells.get(cell)
    previous = data.previous
    for cell, slot in program.previous_numbers:
        if (text := previous.get(cell)) is not None:
            values[slot] = micro(text)
    for cell, slot in program.previous_texts:
        values[slot] = previous.get(cell)
    rows = {row.tab: _rows(row, data.rows.get(row.tab, ()), values) for row in program.rows}
    forcible = program.forcible
    forced = {forcible[cell]: micro(text) for cell, text in data.forced.items() if cell in forcible}
    automatic = _compute(pack, values, forced)
    cells = {cell: _text(values[slot]) for cell, slot in program.outputs}
    kept = {cell: _text(automatic[slot]) for cell, slot in forcible.items() if slot in automatic}
    return Evaluation(cells, kept, rows, values)


def _fill(values: list[Value], slots: Mapping[str, int], typed: Mapping[str, str]) -> None:
    for cell, text in typed.items():
        slot = slots.get(cell)
        if slot is not None:
            values[slot] = micro(text)


def _compute(pack: Pack, values: list[Value], forced: Mapping[int, int]) -> dict[int, Value]:
    """Run the instructions; the automatic values of the forced slots are given back."""
    automatic: dict[int, Value] = {}
    for slot, function, operands in pack.program.instructions:
        value = function(values, *operands)
        if slot in forced:
            automatic[slot] = value
            value = forced[slot]
        values[slot] = value
    return automatic


def _rows(program: RowProgram, rows: Sequence[Row], cells: list[Value]) -> list[Computed]:
    """Compute each row of a tab; its sums and its count go into the slots that cells read."""
    outputs = program.outputs
    totals: dict[int, int] = {}
    computed: list[Computed] = []
    for row in rows:
        values = _row(program, row.values)
        computed.append({column: _text(values[slot]) for column, slot in outputs})
        for cell, slot in program.sums:
            value = values[slot]
            if isinstance(value, int):
                totals[cell] = totals.get(cell, 0) + value
    for cell, total in totals.items():
        cells[cell] = total
    if program.count is not None:
        cells[program.count] = len(rows) * MICRO
    return computed


def _row(program: RowProgram, typed: Mapping[str, str]) -> list[Value]:
    values: list[Value] = [None] * program.size
    for column, slot in program.numbers:
        text = typed.get(column)
        if text is not None:
            values[slot] = micro(text)
    for column, slot in program.texts:
        values[slot] = typed.get(column)
    for slot, function, operands in program.instructions:
        values[slot] = function(values, *operands)
    return values


def _text(value: Value) -> str | None:
    return decimal(value) if isinstance(value, int) else value
