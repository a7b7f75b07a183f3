"""A pack's program as an ES module, for the browser: its functions translated, its tables as they are.

The module exports `build(runtime)`, which gives back the tables below with the functions in them.
It is made here because the page's policy forbids code made from text in the browser (decision 0006).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from forms.pack import Pack
from forms.program import Condition, GroupSheet, Sheet, Stage
from forms.row_program import Instruction, RowProgram, Sum
from forms.script_checks import check_places
from forms.translate import Translation, constant


def script(pack: Pack) -> str:
    """The module's text; its tables are named as the fields of `program`'s classes, in camel case."""
    program = pack.program
    translation = Translation().add(program.source)
    tables = _sheet(program) | {
        "key": _json(str(pack.key)),
        "stages": _listed(_stage(stage) for stage in program.stages),
        "groups": _listed(_group(group) for group in program.groups),
        "checks": _checks(pack),
    }
    lines = [
        f"export default ({{ {', '.join(sorted(translation.helpers))} }}) => {{",
        *translation.functions,
        f"return {_object(tables)};",
        "};",
    ]
    return "\n".join(lines) + "\n"


def _sheet(sheet: Sheet) -> dict[str, str]:
    return {
        "size": str(sheet.size),
        "numbers": _json(sheet.numbers),
        "texts": _json(dict(sheet.texts)),
        "previousNumbers": _json(dict(sheet.previous_numbers)),
        "previousTexts": _json(dict(sheet.previous_texts)),
        "rows": _listed(_rows(row) for row in sheet.rows),
        "forcible": _json(sheet.forcible),
        "forcibleTexts": _json(sorted(sheet.forcible_texts)),
        "outputs": _json(dict(sheet.outputs)),
    }


def _rows(row: RowProgram) -> str:
    return _object(
        {
            "tab": _json(row.tab),
            "size": str(row.size),
            "numbers": _json(dict(row.numbers)),
            "texts": _json(dict(row.texts)),
            "instructions": _instructions(row.instructions),
            "outputs": _json(dict(row.outputs)),
            "sums": _sums(row.sums),
            "count": _json(row.count),
        }
    )


def _group(group: GroupSheet) -> str:
    return _object(
        {
            "code": _json(group.code),
            "sheet": _object(_sheet(group.sheet)),
            "imports": _json(group.imports),
            "sums": _sums(group.sums),
            "counts": _json(group.counts),
            "count": _json(group.count),
        }
    )


def _stage(stage: Stage) -> str:
    tables = {"group": _json(stage.group), "instructions": _instructions(stage.instructions)}
    condition = "null" if stage.condition is None else _condition(stage.condition)
    return _object(tables | {"condition": condition})


def _condition(condition: Condition) -> str:
    return _object(
        {
            "name": _json(condition.name),
            "formula": condition.function.__name__,
            "operands": _json(condition.operands),
            "typed": _json(condition.typed),
            "computed": _json(condition.computed),
        }
    )


def _checks(pack: Pack) -> str:
    return _listed(
        _object(
            {
                "id": _json(check.id),
                "severity": _json(check.severity.value),
                "group": _json(check.group),
                "places": _json(check_places(pack, check)),
                "formula": function.__name__,
                "operands": _json(operands),
            }
        )
        for check, (function, operands) in zip(pack.checks, pack.program.checks, strict=True)
    )


def _instructions(instructions: Iterable[Instruction]) -> str:
    return _listed(
        f"[{slot}, {function.__name__}, {_json(operands)}]" for slot, function, operands in instructions
    )


def _sums(sums: Iterable[Sum]) -> str:
    return _listed(
        f"[{cell}, {slot}, {_json(where)}, {constant(equals)}]" for cell, slot, where, equals in sums
    )


def _object(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {text}" for name, text in fields.items()) + "}"


def _listed(items: Iterable[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]"


def _json(value: Mapping[str, int] | Iterable[object] | int | None) -> str:
    return json.dumps(value, separators=(",", ":"))
