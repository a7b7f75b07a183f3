"""From a resolved tree to Python expressions.

A sum of blanks is blank, and a blank counts as zero in a sum with anything else:
`(x0 or 0) - (x1 or 0)` is the sum, and only a zero must be looked at again.
"""

from __future__ import annotations

import json

from forms.nodes import (
    COMPARISONS,
    Binary,
    Call,
    CellRef,
    ColumnSum,
    Negate,
    Node,
    Number,
    Operand,
    Param,
    RowCount,
    RowRef,
    Text,
    Total,
)
from forms.textual import compares_dates, textual
from forms.units import MICRO, is_text

_FUNCTIONS = {
    "MAX": "largest",
    "MIN": "smallest",
    "ARRONDI": "to_decimals",
    "VARPCT": "variation",
    "SIVIDE": "either",
    "ABS": "magnitude",
}
# Those that look at the text, or at the date, of their arguments.
_OF_TEXTS = {
    "LUHN": "luhn",
    "IBAN": "iban",
    "MOIS": "months",
    "JOURS": "days",
    "ANNEE": "year",
}
# What they say of a blank is not blank: the formula then has to look at its operands itself.
_BLANK_SEERS = frozenset({"VIDEQ", "LUHN", "IBAN", "SIVIDE"})
_LOGICAL = frozenset({"ET", "OU", "NON", "DANS"})
_OPERATORS = {"=": "==", "<>": "!="}


def operand_key(operand: Operand) -> str:
    """What names an operand among the slots: `A1.L011.B`, `A1.L011.B#` or `COL(F01.C06)`."""
    match operand:
        case CellRef():
            return f"{operand.cell}#" if operand.previous else operand.cell
        case RowRef():
            return operand.column
        case ColumnSum(where=None):
            return f"COL({operand.tab}.{operand.column})"
        case ColumnSum(equals=equals):
            value = json.dumps(equals.value) if isinstance(equals, Text) else getattr(equals, "micro", 0)
            return f"SOMMESI({operand.tab}.{operand.column};{operand.where};{value})"
        case RowCount():
            return f"NBLIG({operand.tab})"


class Writer:
    """Writes the expressions of one function and collects its operands."""

    def __init__(self) -> None:
        self.operands: dict[str, str] = {}
        self.looks_at_blanks = False
        self._temporaries = 0

    def blank(self, joint: str = "and") -> str:
        """The test that all operands are blank (or any, with `or`); empty without operand."""
        return f" {joint} ".join(f"{name} is None" for name in self.operands.values())

    def number(self, node: Node) -> str:
        """An expression that gives an integer of 10⁻⁶ or None."""
        match node:
            case Number(micro=micro) | Param(micro=micro):
                return str(micro)
            case Call():
                return self._call(node)
            case Total() | Negate() | Binary():
                return self._arithmetic(node)
            case CellRef(unit=unit) | RowRef(unit=unit) | ColumnSum(unit=unit):
                name = self._operand(node)
                return f"number_of({name})" if is_text(unit) else name
            case RowCount():
                return self._operand(node)
            case _:
                # A text in an operand counts as zero; names are resolved before.
                return "0"

    def _arithmetic(self, node: Total | Negate | Binary) -> str:
        match node:
            case Total() | Binary(operator="+" | "-"):
                return self._sum(node)
            case Negate(item=item):
                return f"negated({self.number(item)})"
            case Binary(operator="*" | "/" as operator):
                function = "product" if operator == "*" else "ratio"
                return f"{function}({self.number(node.left)}, {self.number(node.right)})"
            case _:
                return f"({MICRO} if {self.truth(node)} else 0)"

    def truth(self, node: Node) -> str:
        """An expression that holds or not: a comparison, or a number other than zero."""
        if isinstance(node, Call) and node.function in _LOGICAL:
            return self._logical(node)
        if not (isinstance(node, Binary) and node.operator in COMPARISONS):
            return self.number(node)
        if compares_dates(node):
            return self.order(node.operator, node.left, node.right)
        if node.operator in _OPERATORS and (textual(node.left) or textual(node.right)):
            sides = f"same({self.value(node.left)}, {self.value(node.right)})"
            return sides if node.operator == "=" else f"not {sides}"
        operator = _OPERATORS.get(node.operator, node.operator)
        return f"{self.filled(node.left)} {operator} {self.filled(node.right)}"

    def order(self, operator: str, left: Node, right: Node) -> str:
        """The test that one date comes before another, or not after it."""
        first, second = (left, right) if operator.startswith("<") else (right, left)
        function = "not_later" if operator.endswith("=") else "earlier"
        return f"{function}({self.value(first)}, {self.value(second)})"

    def _logical(self, call: Call) -> str:
        match call.function:
            case "DANS":
                arguments = ", ".join(self.value(argument) for argument in call.arguments)
                return f"among({arguments})"
            case "NON":
                return f"not ({self.truth(call.arguments[0])})"
            case _:
                joint = " and " if call.function == "ET" else " or "
                return joint.join(f"({self.truth(argument)})" for argument in call.arguments)

    def filled(self, node: Node) -> str:
        """The number, zero if blank."""
        text = self.number(node)
        return text if isinstance(node, (Number, Param)) else f"({text} or 0)"

    def value(self, node: Node) -> str:
        """An expression that may also give a text."""
        match node:
            case Text(value=text):
                return repr(text)
            case CellRef() | RowRef():
                return self._operand(node)
            case Call(function="SI", arguments=(condition, yes, no)):
                return f"({self.value(yes)} if {self.truth(condition)} else {self.value(no)})"
            case Call(function="SIVIDE", arguments=(item, other)):
                self.looks_at_blanks = True
                return f"either({self.value(item)}, {self.value(other)})"
            case _:
                return self.number(node)

    def _operand(self, node: Operand) -> str:
        return self.operands.setdefault(operand_key(node), f"x{len(self.operands)}")

    def _call(self, call: Call) -> str:
        self.looks_at_blanks |= call.function in _BLANK_SEERS
        match call.function:
            case "VIDE":
                return "None"
            case "SI":
                condition, yes, no = call.arguments
                test = self.truth(condition)
                return f"({self.number(yes)} if {test} else {self.number(no)})"
            case "VIDEQ":
                return f"({MICRO} if {self.value(call.arguments[0])} is None else 0)"
            case function if function in _LOGICAL:
                return f"({MICRO} if {self._logical(call)} else 0)"
            case function if function in _OF_TEXTS:
                arguments = ", ".join(self.value(argument) for argument in call.arguments)
                return f"{_OF_TEXTS[function]}({arguments})"
            case _:
                arguments = ", ".join(self.number(argument) for argument in call.arguments)
                return f"{_FUNCTIONS[call.function]}({arguments})"

    def _sum(self, node: Node) -> str:
        terms: list[tuple[str, str]] = []
        names: list[str] = []
        never_blank = False
        for sign, term in signed_terms(node):
            text = self.number(term)
            if isinstance(term, (Number, Param)):
                never_blank = True
                terms.append((sign, text))
                continue
            name = text
            if not text.isidentifier():
                self._temporaries += 1
                name = f"t{self._temporaries}"
                text = f"({name} := {text})"
            names.append(name)
            terms.append((sign, f"({text} or 0)"))
        if not terms:
            return "None"
        joined = " ".join(f"{sign} {text}" for sign, text in terms).removeprefix("+ ")
        if never_blank:
            return f"({joined})"
        blank = " and ".join(f"{name} is None" for name in dict.fromkeys(names))
        return f"({joined} or (None if {blank} else 0))"


def signed_terms(node: Node, sign: str = "+") -> list[tuple[str, Node]]:
    """The terms of a sum, each with its sign; totals are laid flat, blanks add nothing."""
    match node:
        case Binary(operator="+" | "-" as operator, left=left, right=right):
            turned = sign if operator == "+" else _opposite(sign)
            return signed_terms(left, sign) + signed_terms(right, turned)
        case Total(cells=cells):
            return [(sign, cell) for cell in cells]
        case Call(function="VIDE"):
            return []
        case _:
            return [(sign, node)]


def _opposite(sign: str) -> str:
    return "-" if sign == "+" else "+"
