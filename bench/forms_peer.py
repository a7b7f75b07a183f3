"""A plain second evaluator of the same trees: recursion and `Decimal`, no order, no code made.

What `bench/forms.py` measures against, and what the tests compare the generated code with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from forms import Data, Pack, Row
from forms.nodes import (
    Binary,
    Call,
    CellRef,
    ColumnSum,
    Negate,
    Node,
    Number,
    Param,
    RowCount,
    Text,
    Total,
    operands,
)
from forms.units import DECIMALS

Value = Decimal | str | None

_CONTEXT = Context(prec=60, rounding=ROUND_HALF_UP)
_MICRO = Decimal("0.000001")


class Peer:
    """Every computed cell of one dossier, each asked for when another needs it."""

    def __init__(self, pack: Pack, data: Data) -> None:
        self._pack = pack
        self._data = data
        self._known: dict[str, Value] = {}
        self._rows = {tab: self._table(tab, rows) for tab, rows in data.rows.items()}

    def cells(self) -> dict[str, str | None]:
        """The value of every computed and forcible cell, in canonical text."""
        return {cell: shown(self.cell(cell)) for cell in self._pack.binding.formulas}

    def cell(self, cell: str) -> Value:
        """The value of a cell; the forced one where it is forced."""
        if cell not in self._known:
            text = self._data.forced.get(cell, self._data.cells.get(cell))
            formula = self._pack.binding.formulas.get(cell)
            if formula is None or cell in self._data.forced:
                self._known[cell] = typed(text, self._pack.cells[cell].unit)
            else:
                self._known[cell] = self._result(formula.tree, formula.unit, self._operand)
        return self._known[cell]

    def failing(self) -> dict[str, str | None]:
        """Check → gap, for the checks between numbers that fail."""
        found: dict[str, str | None] = {}
        for check in self._pack.binding.checks:
            values = [self._operand(item) for side in (check.left, check.right) for item in operands(side)]
            blanks = [value is None for value in values]
            skip = {"skip_all_blank": all(blanks), "skip_any_blank": any(blanks)}.get(check.spec.blanks)
            if skip:
                continue
            gap = number(self.value(check.left, self._operand)) - number(
                self.value(check.right, self._operand)
            )
            tolerance = Decimal(check.spec.tolerance)
            excess = {"=": abs(gap), "<=": gap, ">=": -gap}[check.spec.operator]
            if excess > tolerance:
                found[check.spec.id] = shown(gap)
        return found

    def _table(self, tab: str, rows: Sequence[Row]) -> list[Mapping[str, Value]]:
        return [self._row(tab, row) for row in rows]

    def _row(self, tab: str, row: Row) -> Mapping[str, Value]:
        columns = {column.code: column for column in self._pack.tabs[tab].columns}
        formulas = self._pack.binding.rows.get(tab, {})

        def operand(node: Node) -> Value:
            code = getattr(node, "column", "")
            if code in formulas:
                return self._result(formulas[code].tree, columns[code].unit, operand)
            return typed(row.values.get(code), columns[code].unit)

        found = {code: typed(row.values.get(code), columns[code].unit) for code in columns}
        computed = {
            code: self._result(formula.tree, formula.unit, operand) for code, formula in formulas.items()
        }
        return found | computed

    def _operand(self, node: Node) -> Value:
        match node:
            case CellRef(cell=cell, previous=True, unit=unit):
                return typed(self._data.previous.get(cell), unit)
            case CellRef(cell=cell):
                return self.cell(cell)
            case ColumnSum(tab=tab, column=column):
                values = [row[column] for row in self._rows.get(tab, ())]
                return total(values)
            case RowCount(tab=tab):
                return Decimal(len(self._rows.get(tab, ())))
            case _:
                raise AssertionError(node)

    def _result(self, tree: Node, unit: str, operand: Callable[[Node], Value]) -> Value:
        found = [operand(item) for item in operands(tree)]
        if found and all(value is None for value in found) and not looks_at_blanks(tree):
            return None
        value = self.value(tree, operand)
        if unit not in DECIMALS or not isinstance(value, Decimal):
            return value
        return value.quantize(Decimal(1).scaleb(-DECIMALS[unit]), context=_CONTEXT)

    def value(self, node: Node, operand: Callable[[Node], Value]) -> Value:  # noqa: PLR0911 - one per node
        """The value of a tree, blank or not."""
        match node:
            case Number(micro=micro) | Param(micro=micro):
                return Decimal(micro or 0).scaleb(-6, context=_CONTEXT)
            case Text(value=text):
                return text
            case Total(cells=cells):
                return total([operand(cell) for cell in cells])
            case Negate(item=item):
                inner = self.value(item, operand)
                return None if inner is None else -number(inner)
            case Binary(operator=sign, left=left, right=right):
                return binary(sign, self.value(left, operand), self.value(right, operand))
            case Call():
                return self._call(node, operand)
            case _:
                return operand(node)

    def _call(self, call: Call, operand: Callable[[Node], Value]) -> Value:
        if call.function == "SI":
            condition, yes, no = call.arguments
            return self.value(yes if number(self.value(condition, operand)) else no, operand)
        values = [self.value(argument, operand) for argument in call.arguments]
        return _FUNCTIONS[call.function](*values)


def looks_at_blanks(node: Node) -> bool:
    """Whether a formula asks if a cell is blank."""
    return "VIDEQ" in repr(node) or "LUHN" in repr(node)


def typed(text: str | None, unit: str) -> Value:
    """What was typed, as a value."""
    return text if text is None or unit not in DECIMALS else Decimal(text)


def shown(value: Value) -> str | None:
    """The value in canonical text."""
    if not isinstance(value, Decimal):
        return value
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def number(value: Value) -> Decimal:
    """The number; blank and text count as zero."""
    return value if isinstance(value, Decimal) else Decimal(0)


def total(values: Sequence[Value]) -> Value:
    """The sum of those that are not blank; blank if all are."""
    return None if all(value is None for value in values) else sum(map(number, values), Decimal(0))


def binary(sign: str, left: Value, right: Value) -> Value:
    """`left sign right`; a comparison gives one or zero."""
    if sign in "+-":
        terms = [left, right if sign == "+" or right is None else -number(right)]
        return total(terms)
    if sign in "*/":
        return _scaled(sign, left, right)
    if isinstance(left, str) or isinstance(right, str):
        equal = (left or "") == (right or "")
        return Decimal(equal if sign == "=" else not equal)
    order = number(left).compare(number(right))
    holds = {"=": (0,), "<>": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[sign]
    return Decimal(order in holds)


def _scaled(sign: str, left: Value, right: Value) -> Value:
    if left is None or right is None or (sign == "/" and not number(right)):
        return None
    operation = _CONTEXT.multiply if sign == "*" else _CONTEXT.divide
    return operation(number(left), number(right)).quantize(_MICRO, context=_CONTEXT)


def _luhn(value: Value) -> Value:
    digits = [int(digit) for digit in reversed(str(value))] if str(value).isdecimal() else [1]
    return Decimal(
        not sum(sum(divmod(digit * (1 + place % 2), 10)) for place, digit in enumerate(digits)) % 10
    )


def _round(value: Value, decimals: Value) -> Value:
    return (
        None
        if value is None
        else number(value).quantize(Decimal(1).scaleb(-int(number(decimals))), context=_CONTEXT)
    )


def _variation(now: Value, before: Value) -> Value:
    if now is None or not number(before):
        return None
    percent = _CONTEXT.divide(abs(number(now) - number(before)) * 100, abs(number(before)))
    return percent.quantize(_MICRO, context=_CONTEXT)


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "MAX": lambda *values: None if total(values) is None else max(map(number, values)),
    "MIN": lambda *values: None if total(values) is None else min(map(number, values)),
    "VIDE": lambda: None,
    "VIDEQ": lambda value: Decimal(value is None),
    "LUHN": _luhn,
    "ARRONDI": _round,
    "VARPCT": _variation,
}
