"""How the rows of a dynamic tab are computed, and how numbered slots stand for names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.codegen import Function, Shape
from forms.tabs import TabSpec
from forms.units import is_text

# Slot of the result, function, slots of the operands.
Instruction = tuple[int, Function, tuple[int, ...]]
Functions = Mapping[tuple[str, ...], Function]
# What a shape computes (a cell, or a column of rows), and the shape.
Shaped = list[tuple[str, Shape]]


class Slots:
    """Numbers the values: one slot per key, in the order of first use."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, key: str) -> int:
        """The slot of the key, a new one the first time."""
        return self.numbers.setdefault(key, len(self.numbers))

    def all_of(self, keys: tuple[str, ...]) -> tuple[int, ...]:
        """The slots of several keys."""
        return tuple([self.of(key) for key in keys])

    def instructions(self, shaped: Shaped, functions: Functions) -> tuple[Instruction, ...]:
        """The instructions that fill the slots of what the shapes compute."""
        return tuple(
            [(self.of(owner), functions[shape.body], self.all_of(shape.operands)) for owner, shape in shaped]
        )


@dataclass(frozen=True, slots=True)
class RowProgram:
    """One dynamic tab: typed columns and their slots, instructions, computed columns.

    `sums`: (slot among the cells, slot in the row) for each `COL`; `count`: the slot of `NBLIG`.
    """

    tab: str
    size: int
    numbers: tuple[tuple[str, int], ...]
    texts: tuple[tuple[str, int], ...]
    instructions: tuple[Instruction, ...]
    outputs: tuple[tuple[str, int], ...]
    sums: tuple[tuple[int, int], ...]
    count: int | None


def row_program(tab: TabSpec, shaped: Shaped, functions: Functions, cells: Slots) -> RowProgram:
    """The program of a tab; only the columns that something reads are given a slot."""
    row = Slots()
    instructions = row.instructions(shaped, functions)
    columns = [spec.column for spec in tab.columns]
    sums = tuple(
        (cells.numbers[key], row.of(column.code))
        for column in columns
        if (key := f"COL({tab.code}.{column.code})") in cells.numbers
    )
    read = [column for column in columns if column.code in row.numbers]
    typed = [column for column in read if column.kind.typed]
    return RowProgram(
        tab=tab.code,
        size=len(row.numbers),
        numbers=tuple((c.code, row.of(c.code)) for c in typed if not is_text(c.unit)),
        texts=tuple((c.code, row.of(c.code)) for c in typed if is_text(c.unit)),
        instructions=instructions,
        outputs=tuple((c.code, row.of(c.code)) for c in read if not c.kind.typed),
        sums=sums,
        count=cells.numbers.get(f"NBLIG({tab.code})"),
    )
