"""How the rows of a dynamic tab are computed, and how numbered slots stand for names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.codegen import Function, Shape
from forms.expressions import operand_key
from forms.nodes import ColumnSum, Text
from forms.tabs import TabSpec
from forms.units import is_text
from forms.values import Value

# Slot of the result, function, slots of the operands.
Instruction = tuple[int, Function, tuple[int, ...]]
Functions = Mapping[tuple[str, ...], Function]
# What a shape computes (a cell, or a column of rows), and the shape.
Shaped = list[tuple[str, Shape]]
# Slot of the sum, slot of what it adds; only where a third slot, unless None, holds the value.
Sum = tuple[int, int, int | None, Value]


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

    def instruction(self, owner: str, shape: Shape, functions: Functions) -> Instruction:
        """The instruction that fills the slot of what the shape computes."""
        return self.of(owner), functions[shape.body], self.all_of(shape.operands)


@dataclass(frozen=True, slots=True)
class RowProgram:
    """One dynamic tab: typed columns and their slots, instructions, computed columns.

    `sums`: for each `COL` and `SOMMESI`, the slot among the cells, then slots in the row; `count`:
    the slot of `NBLIG`.
    """

    tab: str
    size: int
    numbers: tuple[tuple[str, int], ...]
    texts: tuple[tuple[str, int], ...]
    instructions: tuple[Instruction, ...]
    outputs: tuple[tuple[str, int], ...]
    sums: tuple[Sum, ...]
    count: int | None


def row_program(
    tab: TabSpec, shaped: Shaped, functions: Functions, cells: Slots, read: Iterable[ColumnSum]
) -> RowProgram:
    """The program of a tab, of which cells read these sums; only columns that are read get a slot."""
    row = Slots()
    instructions = tuple([row.instruction(owner, shape, functions) for owner, shape in shaped])
    sums = tuple(column_sum(node, cells, row, names_tab=False) for node in read if node.tab == tab.code)
    columns = [spec.column for spec in tab.columns if spec.column.code in row.numbers]
    typed = [column for column in columns if column.kind.typed]
    return RowProgram(
        tab=tab.code,
        size=len(row.numbers),
        numbers=tuple((c.code, row.of(c.code)) for c in typed if not is_text(c.unit)),
        texts=tuple((c.code, row.of(c.code)) for c in typed if is_text(c.unit)),
        instructions=instructions,
        outputs=tuple((c.code, row.of(c.code)) for c in columns if not c.kind.typed),
        sums=sums,
        count=cells.numbers.get(f"NBLIG({tab.code})"),
    )


def column_sum(node: ColumnSum, cells: Slots, items: Slots, *, names_tab: bool) -> Sum:
    """Its slot among the cells, and those of what it adds: columns of rows, or cells of instances."""
    where = node.where if names_tab or node.where is None else node.where.partition(".")[2]
    equals: Value = None
    if node.equals is not None:
        equals = node.equals.value if isinstance(node.equals, Text) else node.equals.micro
    return (
        cells.of(operand_key(node)),
        items.of(f"{node.tab}.{node.column}" if names_tab else node.column),
        None if where is None else items.of(where),
        equals,
    )
