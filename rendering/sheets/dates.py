"""Dates: a serial number in a spreadsheet, an ISO text with us; anything else there is no date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from forms.nodes import Call, CellRef, Node, RowRef, Text
from rendering.sheets.terms import Term

if TYPE_CHECKING:
    from rendering.sheets.formulas import Translator

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class Dates:
    """What formulas do with dates."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator

    @staticmethod
    def iso(square: str) -> str:
        """The ISO text of a date, or the text that stands in its place. `TEXT` would ask for a language."""
        parts = f'YEAR({square})&"-"&RIGHT("0"&MONTH({square}),2)&"-"&RIGHT("0"&DAY({square}),2)'
        return f"IF(ISNUMBER({square}),{parts},{square})"

    def serial(self, node: Node) -> str:
        """The serial number of a date; a text where it is none."""
        match node:
            case Text(value=value) if (found := _ISO.fullmatch(value)) is not None:
                return f"DATE({int(found[1])},{int(found[2])},{int(found[3])})"
            case CellRef() | RowRef():
                blank = self._translator.number(node).blank
                return f'IF({blank},"",{self._translator.square(node)})'
            case Call(function="SI", arguments=(condition, yes, no)):
                test = self._translator.logic.truth(condition)
                return f"IF({test},{self.serial(yes)},{self.serial(no)})"
            case Call(function="SIVIDE", arguments=(first, other)):
                test = self._translator.is_blank(first)
                return f"IF({test},{self.serial(other)},{self.serial(first)})"
            case _:
                return '""'

    def order(self, operator: str, left: Node, right: Node) -> str:
        """Whether one date comes before another; false where one of them is none."""
        first, second = self.serial(left), self.serial(right)
        return f"IF(AND(ISNUMBER({first}),ISNUMBER({second})),{first}{operator}{second},FALSE())"

    def number(self, call: Call) -> Term:
        """MOIS, JOURS, ANNEE: blank where a date is none."""
        serials = [self.serial(item) for item in call.arguments]
        blank = f"NOT(AND({','.join(f'ISNUMBER({each})' for each in serials)}))"
        if call.function == "ANNEE":
            value = f"YEAR({serials[0]})"
        elif call.function == "JOURS":
            value = f"({serials[1]}-{serials[0]})"
        else:
            start, end = serials
            value = f"IF({end}<{start},-{_months(end, start)},{_months(start, end)})"
        return Term(f"IFERROR({value},0)", blank)


def _months(start: str, end: str) -> str:
    years = f"(YEAR({end})-YEAR({start}))*12"
    return f"({years}+MONTH({end})-MONTH({start})-IF(DAY({end})<DAY({start}),1,0))"
