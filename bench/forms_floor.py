"""The floor: what Python needs for the arithmetic of a pack alone, written out formula after formula.

Its text is made here from the same trees, as one would write it by hand for this one form: integers in and
out, every blank a zero, no check of anything, no name looked up. What a product adds is the distance to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from forms import Data, Pack
from forms.filling import fill
from forms.nodes import Binary, Call, CellRef, ColumnSum, Negate, Node, Number, Param, RowCount, RowRef, Total
from forms.row_program import RowProgram
from forms.units import MICRO, quantum
from forms.values import Value, quotient, rounded

Values = list[Any]
_SLOTS = "v"


class Floor:
    """One dossier's values by slot, and the function that computes all the others from them."""

    def __init__(self, pack: Pack, data: Data) -> None:
        self._pack = pack
        self._cells = {**pack.program.numbers, **dict(pack.program.texts), **dict(pack.program.outputs)}
        self._previous = {**dict(pack.program.previous_numbers), **dict(pack.program.previous_texts)}
        self._sums: dict[tuple[str, str], int] = {}
        self.values: Values = [value or 0 for value in fill(pack.program, data).values]
        self.rows: list[list[Values]] = [
            [_typed(program, row.values) for row in data.rows.get(program.tab, ())]
            for program in pack.program.rows
        ]
        names = {"quotient": quotient, "rounded": rounded}
        exec(compile("\n".join(self._text()), "floor", "exec"), names)  # noqa: S102 - our own text, of our own packs
        self._run: Callable[[Values, list[list[Values]]], None] = names["floor"]  # type: ignore[assignment]  # defined by that text

    def run(self) -> None:
        """Compute every formula of the rows and of the cells."""
        self._run(self.values, self.rows)

    def agreeing(self, ours: Mapping[str, str | None]) -> int:
        """How many fixed cells hold what we give; a blank of ours is a zero here."""
        self.run()
        return sum(
            self.values[self._cells[cell]] == _micro(text)
            for cell, text in ours.items()
            if cell in self._pack.binding.formulas
        )

    def _text(self) -> list[str]:
        lines = ["def floor(v, tables):"]
        for number, program in enumerate(self._pack.program.rows):
            lines += self._table(number, program)
        tree_of = {self._cells[cell]: formula for cell, formula in self._pack.binding.formulas.items()}
        for stage in self._pack.program.stages:
            for slot, _, _ in stage.instructions:
                formula = tree_of[slot]
                lines.append(f" v[{slot}] = {self._rounded(self.number(formula.tree), formula.unit)}")
        return lines

    def _table(self, number: int, program: RowProgram) -> list[str]:
        slots = {**dict(program.numbers), **dict(program.texts), **dict(program.outputs)}
        columns = {slot: column for column, slot in slots.items()}
        formulas = self._pack.binding.rows.get(program.tab, {})
        lines = [f" t = tables[{number}]"]
        if program.instructions:
            lines.append(" for r in t:")
        for slot, _, _ in program.instructions:
            formula = formulas[columns[slot]]
            lines.append(f"  r[{slot}] = {self._rounded(self.number(formula.tree, slots), formula.unit)}")
        for cell, slot, where, _ in program.sums:
            if where is None:
                self._sums[program.tab, columns[slot]] = cell
                lines.append(f" v[{cell}] = sum([r[{slot}] for r in t])")
        if program.count is not None:
            self._sums[program.tab, ""] = program.count
            lines.append(f" v[{program.count}] = len(t) * {MICRO}")
        return lines

    @staticmethod
    def _rounded(text: str, unit: str) -> str:
        plain = "*" not in text and "quotient" not in text
        return text if plain else f"rounded({text}, {quantum(unit)})"

    def number(self, node: Node, row: Mapping[str, int] | None = None) -> str:  # noqa: PLR0911 - one return per node
        """A tree as Python; `row`: the slots of the columns around it."""
        match node:
            case Number(micro=micro) | Param(micro=micro):
                return str(micro)
            case RowRef(column=column) if row is not None:
                return f"r[{row[column]}]"
            case CellRef(cell=cell, previous=previous):
                return f"{_SLOTS}[{(self._previous if previous else self._cells)[cell]}]"
            case ColumnSum(tab=tab, column=column):
                return f"{_SLOTS}[{self._sums[tab, column]}]"
            case RowCount(tab=tab):
                return f"{_SLOTS}[{self._sums[tab, '']}]"
            case Total(cells=cells):
                return f"({'+'.join(self.number(cell, row) for cell in cells)})"
            case Negate(item=item):
                return f"(-{self.number(item, row)})"
            case Binary(operator=operator, left=left, right=right):
                return _binary(operator, self.number(left, row), self.number(right, row))
            case Call(function=function, arguments=arguments):
                return _call(function, [self.number(item, row) for item in arguments])
            case _:
                raise AssertionError(node)


def _binary(operator: str, left: str, right: str) -> str:
    if operator == "*":
        return f"quotient({left} * {right}, {MICRO})"
    if operator == "/":
        above, below = f"{left} * {MICRO}", right
        return (
            f"(quotient({above}, {below}) if {below} > 0 else quotient(-{above}, -{below}) if {below} else 0)"
        )
    sign = {"=": "==", "<>": "!="}.get(operator, operator)
    return f"({left} {sign} {right})"


def _call(function: str, arguments: list[str]) -> str:
    match function, arguments:
        case "SI", [condition, yes, no]:
            return f"({yes} if {condition} else {no})"
        case "VIDE", []:
            return "0"
        case "MAX", _:
            return f"max({', '.join(arguments)})"
        case "ARRONDI", [item, places]:
            return f"rounded({item}, 10 ** (6 - {places} // {MICRO}))"
        case _:
            raise AssertionError(function)


def _typed(program: RowProgram, typed: Mapping[str, str]) -> Values:
    values: Values = [0] * program.size
    for column, slot in program.numbers:
        values[slot] = _micro(typed.get(column))
    return values


def _micro(text: str | None) -> Value:
    whole, _, decimals = (text or "0").partition(".")
    return int(whole + decimals.ljust(6, "0"))
