"""A bound draft made ready to run: slots, instructions in order, where values come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.binding import Binding, Formula
from forms.codegen import Function, check_shape, compile_source, formula_shape, write_source
from forms.draft import Draft
from forms.order import in_order
from forms.row_program import Instruction, RowProgram, Shaped, Slots, row_program
from forms.units import is_text
from forms.words import Kind, Nature

# A cell, its slot, whether it holds text.
_Source = tuple[str, int, bool]


@dataclass(frozen=True, slots=True)
class Program:
    """How the fixed cells and the checks of a pack are computed.

    `numbers` and `texts`: typed cells that something reads, by slot; `previous_…`: last year's.
    `checks` stand in the order of the pack's. `source` is the text of the functions, which the
    browser's are translated from: each function's `__name__` is its name there.
    """

    source: str
    size: int
    numbers: Mapping[str, int]
    texts: tuple[tuple[str, int], ...]
    previous_numbers: tuple[tuple[str, int], ...]
    previous_texts: tuple[tuple[str, int], ...]
    rows: tuple[RowProgram, ...]
    instructions: tuple[Instruction, ...]
    forcible: Mapping[str, int]
    forcible_texts: frozenset[str]
    outputs: tuple[tuple[str, int], ...]
    checks: tuple[tuple[Function, tuple[int, ...]], ...]


def link(draft: Draft, binding: Binding) -> Program:
    """The program of a draft whose formulas are all bound; PackError on a cycle."""
    cells = _shaped(in_order(binding.formulas))
    rows = {tab: _shaped(in_order(formulas)) for tab, formulas in binding.rows.items()}
    checks = [check_shape(check) for check in binding.checks]
    shapes = [shape for _, shape in cells] + checks
    shapes += [shape for shaped in rows.values() for _, shape in shaped]
    source, names = write_source(shapes)
    functions = compile_source(source, names, f"formules {draft.key}")
    slots = Slots()
    instructions = slots.instructions(cells, functions)
    bound_checks = tuple((functions[shape.body], slots.all_of(shape.operands)) for shape in checks)
    dynamic = [tab for tab in draft.tabs.values() if tab.nature is Nature.DYNAMIC]
    typed, previous = _sources(draft, slots)
    forcible = [cell for cell in binding.formulas if draft.cells[cell].cell.kind is Kind.FORCIBLE]
    return Program(
        source=source,
        size=len(slots.numbers),
        numbers={cell: slot for cell, slot, text in typed if not text},
        texts=tuple((cell, slot) for cell, slot, text in typed if text),
        previous_numbers=tuple((cell, slot) for cell, slot, text in previous if not text),
        previous_texts=tuple((cell, slot) for cell, slot, text in previous if text),
        rows=tuple(row_program(tab, rows.get(tab.code, []), functions, slots) for tab in dynamic),
        instructions=instructions,
        forcible={cell: slots.of(cell) for cell in forcible},
        forcible_texts=frozenset(cell for cell in forcible if is_text(draft.cells[cell].cell.unit)),
        outputs=tuple((cell, slots.of(cell)) for cell in binding.formulas),
        checks=bound_checks,
    )


def _shaped(formulas: list[Formula]) -> Shaped:
    return [(formula.owner, formula_shape(formula.tree, formula.unit)) for formula in formulas]


def _sources(draft: Draft, slots: Slots) -> tuple[list[_Source], list[_Source]]:
    """The slots to fill with what was typed, and with last year's cells."""
    typed: list[_Source] = []
    previous: list[_Source] = []
    for key, slot in slots.numbers.items():
        spec = draft.cells.get(key.removesuffix("#"))
        if spec is None:
            continue
        source = (spec.cell.id, slot, is_text(spec.cell.unit))
        if key.endswith("#"):
            previous.append(source)
        elif spec.cell.kind.typed:
            typed.append(source)
    return typed, previous
