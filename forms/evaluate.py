"""Full recalculation of a dossier, in the fixed order of its pack."""

from __future__ import annotations

from collections.abc import Iterator

from forms.address import with_key
from forms.data import Data, Evaluation
from forms.errors import EntryError
from forms.filling import Filling, fill
from forms.instances import Instances, bring_in, bring_out, fill_groups, named
from forms.pack import Pack
from forms.program import Program, Sheet, Stage
from forms.values import CANONICAL


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
    own = fill(program, data)
    groups = fill_groups(program, data)
    for group, instances in zip(program.groups, groups, strict=True):
        bring_out(group, instances, own.values)
    for stage in program.stages:
        if stage.group is None:
            _run(stage, own)
            continue
        group, instances = program.groups[stage.group], groups[stage.group]
        bring_in(group, instances, own.values)
        for filling in instances.values():
            _run(stage, filling)
        bring_out(group, instances, own.values)
    for group, instances in zip(program.groups, groups, strict=True):
        # For the rules, which read what came last too.
        bring_in(group, instances, own.values)
    return _result(program, own, groups)


def _run(stage: Stage, filling: Filling) -> None:
    filling.run(stage.instructions)
    if stage.condition is not None:
        filling.judge(stage.condition)


def _result(program: Program, own: Filling, groups: list[Instances]) -> Evaluation:
    cells, automatic = own.results()
    tables, hidden = own.tables(), frozenset(own.hidden)
    for instances in groups:
        for key, filling in instances.items():
            computed, kept = filling.results()
            cells |= named(computed, key)
            automatic |= named(kept, key)
            tables |= named(filling.tables(), key)
            hidden |= {with_key(name, key) for name in filling.hidden}
    instances_values = {
        group.code: {key: filling.values for key, filling in instances.items()}
        for group, instances in zip(program.groups, groups, strict=True)
    }
    return Evaluation(cells, automatic, tables, hidden, own.values, instances_values)


def _not_a_number(program: Program, data: Data) -> EntryError:
    """Which value is no number; looked for only once it is known that there is one."""
    found = [*_numbers(program, data, "")]
    for group in program.groups:
        for key in data.groups.get(group.code, ()):
            found += _numbers(group.sheet, data, key)
    wrong = next((cell for cell, text in found if text is not None and not CANONICAL.fullmatch(text)), "?")
    message = f"La valeur enregistrée de {wrong} n’est pas un nombre : saisissez-la de nouveau."
    return EntryError("CELL_NOT_NUMBER", message)


def _numbers(sheet: Sheet, data: Data, key: str) -> Iterator[tuple[str, str | None]]:
    def name(cell: str) -> str:
        return with_key(cell, key) if key else cell

    yield from ((name(cell), data.cells.get(name(cell))) for cell in sheet.numbers)
    yield from ((f"{name(cell)}#", data.previous.get(name(cell))) for cell, _ in sheet.previous_numbers)
    for cell in sheet.forcible.keys() - sheet.forcible_texts:
        yield name(cell), data.forced.get(name(cell))
    for row in sheet.rows:
        for typed in data.rows.get(name(row.tab), ()):
            yield from ((f"{name(row.tab)}.{column}", typed.values.get(column)) for column, _ in row.numbers)
