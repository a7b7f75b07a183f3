"""What holds or not: comparisons, ET, OU, NON, DANS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.nodes import COMPARISONS, Binary, Call, Node, Number, Text
from forms.textual import compares_dates, textual
from rendering.sheets.sources import UntranslatableError
from rendering.sheets.terms import called, some

if TYPE_CHECKING:
    from rendering.sheets.formulas import Translator


class Logic:
    """The tests of formulas."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    def truth(self, node: Node) -> str:
        """A test; a number holds where it is neither blank nor zero. Raises UntranslatableError."""
        match node:
            case Call(function="ET" | "OU" as function, arguments=arguments):
                return called("AND" if function == "ET" else "OR", [self.truth(item) for item in arguments])
            case Call(function="NON", arguments=(item,)):
                return f"NOT({self.truth(item)})"
            case Call(function="DANS", arguments=(item, *members)):
                return some(self._same(item, member) for member in members) or "FALSE()"
            case Call(function="IBAN"):
                # Its key is a remainder of thirty figures: more than a spreadsheet counts.
                raise UntranslatableError
            case Binary(operator=operator) if operator in COMPARISONS:
                return self._comparison(node)
            case _:
                return f"{self._translator.number(node).rounded}<>0"

    def _comparison(self, node: Binary) -> str:
        translator, operator = self._translator, node.operator
        if compares_dates(node):
            return translator.dates.order(operator, node.left, node.right)
        if operator in {"=", "<>"} and (textual(node.left) or textual(node.right)):
            # « = » would take another case for the same text.
            same = f"EXACT({translator.shown(node.left)},{translator.shown(node.right)})"
            return same if operator == "=" else f"NOT({same})"
        return f"{translator.number(node.left).rounded}{operator}{translator.number(node.right).rounded}"

    def _same(self, item: Node, member: Node) -> str:
        """Whether a value that is not blank is that one."""
        translator = self._translator
        if isinstance(member, Number) and not textual(item):
            term = translator.number(item)
            test = f"{term.rounded}={translator.number(member).value}"
            return f"AND(NOT({term.blank}),{test})" if term.blank else test
        if isinstance(member, Text) and member.value:
            return f"EXACT({translator.shown(item)},{translator.shown(member)})"
        return (
            f"AND(NOT({translator.is_blank(item)}),EXACT({translator.shown(item)},{translator.shown(member)})"
            ")"
        )
