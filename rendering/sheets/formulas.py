"""From the bound tree of a formula to the formula of a spreadsheet that gives the same value.

A blank is the empty text there; every number read is `N(square)`, every sum `SUM`, which leaves texts out.
Spreadsheets compute in binary fractions, exact to fifteen figures: what is compared, multiplied or divided is
first rounded to the millionth that our own arithmetic keeps (docs/packs.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from forms.expressions import signed_terms
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
    RowRef,
    Text,
    Total,
    operands,
)
from forms.units import DECIMALS, is_text
from forms.values import decimal
from rendering.sheets.dates import Dates
from rendering.sheets.logic import Logic
from rendering.sheets.refs import grouped
from rendering.sheets.sums import conditional_sum, plain
from rendering.sheets.terms import ALWAYS, Term, called, every, literal, some, unless
from rendering.sheets.text_keys import luhn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rendering.sheets.sources import Sources

_BLANK_SEERS: Final = frozenset({"VIDEQ", "LUHN", "IBAN", "SIVIDE"})
_MOST_DECIMALS: Final = 6


class Translator:
    """Translates the formulas of one sheet."""

    def __init__(self, sources: Sources, home: str) -> None:
        self.sources = sources
        self.home = home
        self.dates = Dates(self)
        self.logic = Logic(self)

    def formula(self, tree: Node, unit: str) -> str:
        """The whole formula of a cell: blank if all its operands are, rounded to the scale of its unit.

        Raises UntranslatableError.
        """
        if unit == "date":
            return f"={self.dates.serial(tree)}"
        if is_text(unit):
            return f"={self.shown(tree)}"
        body = self._final(tree, DECIMALS[unit])
        read = operands(tree)
        if read and not _sees_blanks(tree) and not _blank_with_operands(tree):
            body = unless(self.all_blank(read), body)
        return f"={body}"

    def condition(self, tree: Node) -> str:
        """A condition: one or zero, as SI would take it."""
        return f"=IF({self.logic.truth(tree)},1,0)"

    def _final(self, node: Node, decimals: int) -> str:
        match node:
            case Call(function="SI", arguments=(condition, yes, no)):
                test = self.logic.truth(condition)
                return f"IF({test},{self._final(yes, decimals)},{self._final(no, decimals)})"
            case Call(function="VIDE"):
                return '""'
            case Number(micro=micro):
                return decimal(micro)
        term = self.number(node)
        return unless(term.blank, f"ROUND({term.value},{decimals})")

    def all_blank(self, read: Sequence[Node]) -> str:
        """The test that all operands are blank; empty where one never is."""
        numbers = [text for node in read for text in self._countable(node)]
        tests = [
            self.number(node).blank
            for node in read
            if isinstance(node, RowCount) or not self._countable(node)
        ]
        counted = [f"{called('COUNT', grouped(dict.fromkeys(numbers)))}=0"] if numbers else []
        return every([*counted, *tests])

    def _countable(self, node: Node) -> list[str]:
        """The square or the range whose numbers tell whether an operand is blank."""
        match node:
            case CellRef(unit=unit) if not is_text(unit) and not self._flags(node):
                return [self.square(node)]
            case RowRef(unit=unit) if not is_text(unit):
                return [self.square(node)]
            case ColumnSum(where=None, tab=tab) if not self.sources.hiding_tab(tab, self.home):
                return [self.sources.sum(node)]
            case _:
                return []

    def square(self, node: CellRef | RowRef) -> str:
        """The square that an operand names."""
        if isinstance(node, RowRef):
            return self.sources.row(node, self.home)
        return self.sources.cell(node, self.home)

    def _flags(self, node: CellRef) -> list[str]:
        return [] if node.previous else self.sources.hiding(node.cell, self.home)

    def number(self, node: Node) -> Term:  # noqa: PLR0911 - one return per kind of node
        """A number, with its test of blankness."""
        match node:
            case Number(micro=micro):
                return Term(f"({decimal(micro)})" if micro < 0 else decimal(micro))
            case Param(name=name):
                return Term(f"PARAM_{name}")
            case CellRef() | RowRef():
                return self._operand(node)
            case ColumnSum(tab=tab):
                term = conditional_sum(self, node) if node.where else plain(self.sources.sum(node))
                return _behind(self.sources.hiding_tab(tab, self.home), term)
            case RowCount():
                return Term(f"SUM({self.sources.count(node)})")
            case Total() | Binary(operator="+" | "-"):
                return self._sum(node)
            case Negate(item=item):
                term = self.number(item)
                return Term(f"(-{term.value})", term.blank, term.exact)
            case Binary():
                return self._binary(node)
            case Call():
                return self._call(node)
            case _:
                return Term("0")

    def _operand(self, node: CellRef | RowRef) -> Term:
        square = self.square(node)
        value = "0" if is_text(node.unit) else f"N({square})"
        flags = self._flags(node) if isinstance(node, CellRef) else []
        return _behind(flags, Term(value, f'{square}=""'))

    def _sum(self, node: Node) -> Term:
        added: dict[str, list[str]] = {"+": [], "-": []}
        others: list[str] = []
        blanks: list[str] = []
        terms = signed_terms(node)
        for sign, item in terms:
            countable = self._countable(item)
            added[sign] += countable
            if not countable:
                term = self.number(item)
                others.append(f"{sign}{term.value}")
                blanks.append(term.blank)
        numbers = grouped(dict.fromkeys([*added["+"], *added["-"]]))
        if numbers:
            blanks.insert(0, f"{called('COUNT', numbers)}=0")
        sums = [f"{sign}{_added(grouped(texts))}" for sign, texts in added.items() if texts]
        text = "".join([*sums, *others]).removeprefix("+")
        if not terms:
            return Term("0", ALWAYS)
        alone = len(sums) + len(others) == 1 and not text.startswith("-")
        return Term(text if alone else f"({text})", every(blanks), exact=False)

    def _binary(self, node: Binary) -> Term:
        if node.operator not in "*/":
            return Term(f"IF({self.logic.truth(node)},1,0)")
        left, right = self.number(node.left), self.number(node.right)
        if node.operator == "*":
            return Term(f"ROUND({left.rounded}*{right.rounded},6)", some([left.blank, right.blank]))
        # Nothing else can go wrong there than a division by zero, which is blank.
        value = f"IFERROR(ROUND({left.rounded}/{right.rounded},6),0)"
        zero = "" if isinstance(node.right, Number) and node.right.micro else f"{right.rounded}=0"
        return Term(value, some([left.blank, zero]))

    def _call(self, call: Call) -> Term:  # noqa: C901, PLR0911 - one return per function
        match call.function:
            case "VIDE":
                return Term("0", ALWAYS)
            case "SI":
                return self._choice(call)
            case "SIVIDE":
                first, other = (self.number(item) for item in call.arguments)
                if not first.blank:
                    return first
                value = f"IF({first.blank},{other.value},{first.value})"
                return Term(value, every([first.blank, other.blank]), exact=first.exact and other.exact)
            case "MAX" | "MIN":
                terms = [self.number(item) for item in call.arguments]
                values = [term.rounded for term in terms]
                return Term(called(call.function, values), every(term.blank for term in terms))
            case "ARRONDI":
                return self._rounded(call)
            case "ABS":
                term = self.number(call.arguments[0])
                return Term(f"ABS({term.value})", term.blank, term.exact)
            case "VARPCT":
                now, before = (self.number(item) for item in call.arguments)
                value = f"IFERROR(ROUND(ABS({now.rounded}-{before.rounded})*100/ABS({before.rounded}),6),0)"
                return Term(value, some([now.blank, f"{before.rounded}=0"]))
            case "LUHN":
                return Term(luhn(self.shown(call.arguments[0])))
            case "VIDEQ":
                return Term(f"IF({self.is_blank(call.arguments[0])},1,0)")
            case "MOIS" | "JOURS" | "ANNEE":
                return self.dates.number(call)
            case _:
                return Term(f"IF({self.logic.truth(call)},1,0)")

    def _choice(self, call: Call) -> Term:
        condition, *choices = call.arguments
        test = self.logic.truth(condition)
        yes, no = (self.number(item) for item in choices)
        value = f"IF({test},{yes.value},{no.value})"
        exact = yes.exact and no.exact
        if not (yes.blank or no.blank):
            return Term(value, exact=exact)
        return Term(value, f"IF({test},{yes.blank or 'FALSE()'},{no.blank or 'FALSE()'})", exact)

    def _rounded(self, call: Call) -> Term:
        item, places = (self.number(argument) for argument in call.arguments)
        clipped = f"MAX(-{_MOST_DECIMALS},MIN({_MOST_DECIMALS},INT({places.value})))"
        if places.value.isdecimal() and int(places.value) <= _MOST_DECIMALS:
            clipped = places.value
        return Term(f"ROUND({item.rounded},{clipped})", item.blank)

    def is_blank(self, node: Node) -> str:
        """The test that a number or a text is blank."""
        if isinstance(node, Text):
            return "FALSE()"
        return self.number(node).blank or "FALSE()"

    def shown(self, node: Node) -> str:
        """An expression that may give a text; the empty one for a blank."""
        match node:
            case Text(value=value):
                return literal(value)
            case CellRef() | RowRef():
                square = self.square(node)
                text = self.dates.iso(square) if node.unit == "date" else square
                return f'IF({self._operand(node).blank},"",{text})'
            case Call(function="SI", arguments=(condition, yes, no)):
                return f"IF({self.logic.truth(condition)},{self.shown(yes)},{self.shown(no)})"
            case Call(function="SIVIDE", arguments=(first, other)):
                return f"IF({self.is_blank(first)},{self.shown(other)},{self.shown(first)})"
            case _:
                term = self.number(node)
                return unless(term.blank, term.value)


def _behind(flags: list[str], term: Term) -> Term:
    """Behind conditions: blank where one does not hold, whatever was typed there."""
    if not flags:
        return term
    tests = [term.blank, *(f"{flag}=0" for flag in flags)]
    return Term(f"({'*'.join([*flags, term.value])})", some(tests), term.exact)


def _added(squares: list[str]) -> str:
    alone = len(squares) == 1 and ":" not in squares[0]
    return f"N({squares[0]})" if alone else called("SUM", squares)


def _sees_blanks(node: Node) -> bool:
    """Whether what it says of a blank is not blank."""
    match node:
        case Call(function=function, arguments=arguments):
            return function in _BLANK_SEERS or any(_sees_blanks(item) for item in arguments)
        case Binary(left=left, right=right):
            return _sees_blanks(left) or _sees_blanks(right)
        case Negate(item=item):
            return _sees_blanks(item)
        case _:
            return False


def _blank_with_operands(node: Node) -> bool:
    """Whether the value is blank by itself once all operands are: no need to ask again."""
    match node:
        case CellRef() | RowRef() | ColumnSum() | RowCount():
            return True
        case Total() | Binary(operator="+" | "-"):
            return all(_blank_with_operands(item) for _, item in signed_terms(node))
        case Binary(operator="*" | "/", left=left, right=right):
            return _blank_with_operands(left) or _blank_with_operands(right)
        case Negate(item=item):
            return _blank_with_operands(item)
        case _:
            return False
