"""From a bound draft to its program: functions compiled, stages in order."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from forms.binding import Binding, Formula
from forms.codegen import Shape, check_shape, compile_source, condition_shape, formula_shape, write_source
from forms.draft import Draft
from forms.linker import Linker, Scope
from forms.order import in_order
from forms.program import Condition, Program, Sheet, Stage
from forms.row_program import Instruction, Shaped


@dataclass(frozen=True, slots=True)
class _Step:
    """What is computed: a cell, or the condition of a tab or of a line."""

    scope: Scope
    name: str
    shape: Shape
    is_condition: bool


def link(draft: Draft, binding: Binding) -> Program:
    """The program of a draft whose formulas are all bound; PackError on a cycle."""
    order = in_order(binding.formulas, binding.conditions)
    names = {formula.owner: name for name, formula in binding.conditions.items()}
    shapes = {
        item.owner: condition_shape(item.tree) if item.owner in names else _shape(item) for item in order
    }
    rows: dict[str, Shaped] = {
        tab: [(item.owner, _shape(item)) for item in in_order(formulas)]
        for tab, formulas in binding.rows.items()
    }
    checks = [check_shape(check) for check in binding.checks]
    of_rows = [shape for shaped in rows.values() for _, shape in shaped]
    source, functions_by_body = write_source([*shapes.values(), *checks, *of_rows])
    functions = compile_source(source, functions_by_body, f"formules {draft.key}")
    linker = Linker(draft, binding, functions, rows)
    steps = [_step(linker, names.get(owner), owner, shape) for owner, shape in shapes.items()]
    bound_checks = tuple(
        (functions[shape.body], linker.slots[check.group].all_of(shape.operands))
        for check, shape in zip(binding.checks, checks, strict=True)
    )
    groups = linker.groups()
    own = linker.sheet(None)
    return Program(
        **{field.name: getattr(own, field.name) for field in dataclasses.fields(Sheet)},
        source=source,
        stages=tuple(_stages(linker, steps)),
        groups=groups,
        checks=bound_checks,
    )


def _shape(formula: Formula) -> Shape:
    return formula_shape(formula.tree, formula.unit)


def _step(linker: Linker, condition_of: str | None, owner: str, shape: Shape) -> _Step:
    name = condition_of or owner
    scope = linker.scope_of(name)
    # Every value gets its slot before anything else is said of slots.
    linker.slots[scope].all_of((owner, *shape.operands) if condition_of is None else shape.operands)
    return _Step(scope, name, shape, condition_of is not None)


def _stages(linker: Linker, steps: list[_Step]) -> Iterator[Stage]:
    """Runs of instructions of one scope, each ended by a condition or by the next scope."""
    places: dict[Scope, int] = {code: index for index, code in enumerate(linker.draft.groups)}
    run: list[Instruction] = []
    scope: Scope = None
    for step in steps:
        if run and step.scope != scope:
            yield Stage(places.get(scope), tuple(run), None)
            run = []
        scope = step.scope
        if step.is_condition:
            yield Stage(places.get(scope), tuple(run), _condition(linker, step))
            run = []
        else:
            run.append(linker.slots[scope].instruction(step.name, step.shape, linker.functions))
    if run:
        yield Stage(places.get(scope), tuple(run), None)


def _condition(linker: Linker, step: _Step) -> Condition:
    operands = linker.slots[step.scope].all_of(step.shape.operands)
    return Condition(step.name, linker.functions[step.shape.body], operands, *linker.hidden_slots(step.name))
