"""Full recalculation of a dossier, in the fixed order of its pack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from forms.data import Computed, Data, Evaluation, Row
from forms.errors import EntryError
from forms.pack import Pack
from forms.program import Program
from forms.row_program import RowProgram
from forms.units import MICRO
from forms.values import CANONICAL, Value, canonical_text, micro


def evaluate(pack: Pack, data: Data) -> Evaluation:
    """Compute every cell of the dossier.

    The data hold what `read_entry` gave; should a number be none all the same, EntryError
    CELL_NOT_NUMBER names its cell.
    """
    try:
        return _evaluate(pack.program, data)
    except (ValueError, IndexError):
        raise _not_a_number(pack.program, data) from None


def _evaluate(program: Program, data: Data) -> Evaluation:
    values: list[Value] = [None] * program.size
    _fill(values, program, data)
    rows = {row.tab: _rows(row, data.rows.get(row.tab, ()), values) for row in program.rows}
    forcible = program.forcible
    automatic = _compute(program, values, _forced(program, data))
    cells = {cell: canonical_text(values[slot]) for cell, slot in program.outputs}
    kept = {cell: canonical_text(automatic[forcible[cell]]) for cell in data.forced if cell in forcible}
    return Evaluation(cells, kept, rows, values)


def _fill(values: list[Value], program: Program, data: Data) -> None:
    """Put what was typed, and last year's cells, into their slots."""
    numbers = program.numbers
    for cell, text in data.cells.items():
        slot = numbers.get(cell)
        if slot is not None:
            values[slot] = micro(text)
    for cell, slot in program.texts:
        values[slot] = data.cells.get(cell)
    previous = data.previous
    for cell, slot in program.previous_numbers:
        if cell in previous:
            values[slot] = micro(previous[cell])
    for cell, slot in program.previous_texts:
        values[slot] = previous.get(cell)


def _forced(program: Program, data: Data) -> dict[int, Value]:
    texts = program.forcible_texts
    return {
        program.forcible[cell]: text if cell in texts else micro(text)
        for cell, text in data.forced.items()
        if cell in program.forcible
    }


def _compute(program: Program, values: list[Value], forced: Mapping[int, Value]) -> dict[int, Value]:
    """Run the instructions; the automatic values of the forced slots are given back."""
    automatic: dict[int, Value] = {}
    for slot, function, operands in program.instructions:
        value = function(values, *operands)
        if slot in forced:
            automatic[slot] = value
            value = forced[slot]
        values[slot] = value
    return automatic


def _rows(program: RowProgram, rows: Sequence[Row], cells: list[Value]) -> list[Computed]:
    """Compute each row of a tab; its sums and its count go into the slots that cells read."""
    table = [_row(program, row.values) for row in rows]
    for cell, slot in program.sums:
        found = [value for values in table if isinstance(value := values[slot], int)]
        cells[cell] = sum(found) if found else None
    if program.count is not None:
        cells[program.count] = len(rows) * MICRO
    return [{column: canonical_text(values[slot]) for column, slot in program.outputs} for values in table]


def _row(program: RowProgram, typed: Mapping[str, str]) -> list[Value]:
    values: list[Value] = [None] * program.size
    for column, slot in program.numbers:
        if column in typed:
            values[slot] = micro(typed[column])
    for column, slot in program.texts:
        values[slot] = typed.get(column)
    for slot, function, operands in program.instructions:
        values[slot] = function(values, *operands)
    return values


def _not_a_number(program: Program, data: Data) -> EntryError:
    """Which value is no number; looked for only once it is known that there is one."""
    found = [(cell, data.cells.get(cell)) for cell in program.numbers]
    found += [(f"{cell}#", data.previous.get(cell)) for cell, _ in program.previous_numbers]
    found += [(cell, data.forced.get(cell)) for cell in program.forcible.keys() - program.forcible_texts]
    for row in program.rows:
        for typed in data.rows.get(row.tab, ()):
            found += [(f"{row.tab}.{column}", typed.values.get(column)) for column, _ in row.numbers]
    wrong = next((cell for cell, text in found if text is not None and not CANONICAL.fullmatch(text)), "?")
    message = f"La valeur enregistrée de {wrong} n’est pas un nombre : saisissez-la de nouveau."
    return EntryError("CELL_NOT_NUMBER", message)
