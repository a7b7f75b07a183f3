"""A pack's program as an ES module, for the browser: its functions translated, its tables as they are.

The module exports `build(runtime)`, which gives back the tables below with the functions in them.
It is made here because the page's policy forbids code made from text in the browser (decision 0006).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from forms.pack import Pack
from forms.row_program import Instruction, RowProgram
from forms.structure import Check
from forms.translate import Translation


def script(pack: Pack) -> str:
    """The module's text; its tables are named as the fields of `program.Program`, in camel case."""
    translation = Translation().add(pack.program.source)
    tables = [f"{name}: {text}" for name, text in _tables(pack).items()]
    return "\n".join(
        [
            f"export default ({{ {', '.join(sorted(translation.helpers))} }}) => {{",
            *translation.functions,
            "return {",
            ",\n".join(tables),
            "};",
            "};",
            "",
        ]
    )


def _tables(pack: Pack) -> dict[str, str]:
    program = pack.program
    return {
        "key": _json(str(pack.key)),
        "size": str(program.size),
        "numbers": _json(program.numbers),
        "texts": _json(dict(program.texts)),
        "previousNumbers": _json(dict(program.previous_numbers)),
        "previousTexts": _json(dict(program.previous_texts)),
        "rows": _listed(_rows(row) for row in program.rows),
        "instructions": _instructions(step for stage in program.stages for step in stage.instructions),
        "forcible": _json(program.forcible),
        "forcibleTexts": _json(sorted(program.forcible_texts)),
        "outputs": _json(dict(program.outputs)),
        "checks": _listed(
            f"[{_check(pack, check)}, {function.__name__}, {_json(operands)}]"
            for check, (function, operands) in zip(pack.checks, program.checks, strict=True)
        ),
    }


def _rows(row: RowProgram) -> str:
    tables = {
        "tab": _json(row.tab),
        "size": str(row.size),
        "numbers": _json(dict(row.numbers)),
        "texts": _json(dict(row.texts)),
        "instructions": _instructions(row.instructions),
        "outputs": _json(dict(row.outputs)),
        "sums": _json([item[:2] for item in row.sums]),
        "count": _json(row.count),
    }
    return f"{{ {', '.join(f'{name}: {text}' for name, text in tables.items())} }}"


def _check(pack: Pack, check: Check) -> str:
    """The rule's name and severity, and the kinds of organism that it is a rule for, null for all."""
    only: Iterable[str] | None = None
    kinds = [pack.cells[cell].only for cell in check.cells]
    if kinds and None not in kinds:
        only = sorted(frozenset[str]().union(*(each for each in kinds if each is not None)))
    return f"{_json(check.id)}, {_json(check.severity.value)}, {_json(only)}"


def _instructions(instructions: Iterable[Instruction]) -> str:
    return _listed(
        f"[{slot}, {function.__name__}, {_json(operands)}]" for slot, function, operands in instructions
    )


def _listed(items: Iterable[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]"


def _json(value: Mapping[str, int] | Iterable[object] | int | None) -> str:
    return json.dumps(value, separators=(",", ":"))
