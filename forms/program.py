"""A bound draft made ready to run: slots, instructions in order, where values come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.codegen import Function
from forms.row_program import Instruction, RowProgram, Sum


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list of values by slot: the dossier's own, or those of one instance of a group.

    `numbers` and `texts`: typed cells that something reads, by slot; `previous_…`: last year's.
    Cells are named as in the pack, without the key of an instance.
    """

    size: int
    numbers: Mapping[str, int]
    texts: tuple[tuple[str, int], ...]
    previous_numbers: tuple[tuple[str, int], ...]
    previous_texts: tuple[tuple[str, int], ...]
    rows: tuple[RowProgram, ...]
    forcible: Mapping[str, int]
    forcible_texts: frozenset[str]
    outputs: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """The sheet of each instance of a group, and what goes between it and the dossier's own.

    `imports`: (dossier's slot, instance's slot) of what an instance reads of the dossier; `sums`:
    what the dossier reads of the instances, added; `counts`: (dossier's slot, instance's slot) of
    the rows of nested tabs; `count`: the dossier's slot for the number of instances.
    """

    code: str
    sheet: Sheet
    imports: tuple[tuple[int, int], ...]
    sums: tuple[Sum, ...]
    counts: tuple[tuple[int, int], ...]
    count: int | None


@dataclass(frozen=True, slots=True)
class Condition:
    """What hides a tab (`A1`) or a line (`A1.L011`) when its function gives zero.

    `typed`: the slots made blank; `computed`: those that stay blank whatever their formula gives.
    """

    name: str
    function: Function
    operands: tuple[int, ...]
    typed: tuple[int, ...]
    computed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Instructions to run one after the other, then a condition if there is one.

    `group`: the place among the program's groups of the one whose instances run it, each for
    itself; None for the dossier's own cells.
    """

    group: int | None
    instructions: tuple[Instruction, ...]
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Program(Sheet):
    """How the cells and the checks of a pack are computed.

    `checks` stand in the order of the pack's; one that a group keeps has slots of its instances.
    `source` is the text of the functions, which the browser's are translated from: each function's
    `__name__` is its name there.
    """

    source: str
    stages: tuple[Stage, ...]
    groups: tuple[GroupSheet, ...]
    checks: tuple[tuple[Function, tuple[int, ...]], ...]
