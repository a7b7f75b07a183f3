"""The squares of a sheet as its reader meets them: each made the text that one would type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from openpyxl.utils.datetime import from_excel

from rendering.sheets.gate import invalid

_MOST_DECIMALS: Final = Decimal("0.000001")
_MOST_SERIAL: Final = 2_958_465


class Square:
    """One square: what it holds, and whether that is a formula."""

    __slots__ = ("formula", "value")

    def __init__(self, value: object, *, formula: bool = False) -> None:
        self.value = value
        self.formula = formula

    @property
    def blank(self) -> bool:
        """Whether it holds nothing, or spaces only."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    def text(self, unit: str = "") -> str:
        """What it holds as one would type it in a cell of that unit."""
        match self.value:
            case None:
                return ""
            case bool():
                return "VRAI" if self.value else "FAUX"
            case datetime() | date():
                return _day(self.value)
            case int() | float() if unit == "date" and 0 < self.value < _MOST_SERIAL:
                return _day(from_excel(self.value))
            case int() | float():
                return _number(self.value)
            case _:
                return str(self.value).strip()


BLANK: Final = Square(None)
# What a row holds, by column from 0: of thousands of empty squares nothing is made.
Row = Mapping[int, Square]


def at(row: Row, column: int) -> Square:
    """The square of a row; blank where it holds nothing."""
    return row.get(column, BLANK)


def formula_due(tab: str, square: str, cell: str) -> Exception:
    """A formula stands where a value is due: what it gives elsewhere is not known here."""
    return invalid(
        "SHEET_FORMULA",
        f"Onglet {tab}, case {square}\u00a0: la cellule {cell} contient une formule, une valeur y est"
        " attendue\u00a0: copiez-la, puis collez sa valeur.",
        tab=tab,
        square=square,
        cell=cell,
    )


def number_in_doubt(tab: str, square: str, cell: str, text: str) -> Exception:
    """A number typed as a text, the English way: a spreadsheet in French did not take it for a number."""
    return invalid(
        "SHEET_NUMBER_ENGLISH",
        f"Onglet {tab}, case {square}\u00a0: la cellule {cell} contient «\u00a0{text[:40]}\u00a0», un texte"
        " écrit à l’anglaise\u00a0: tapez un nombre, 1\u202f234,56 par exemple.",
        tab=tab,
        square=square,
        cell=cell,
    )


def _day(value: datetime | date | time | timedelta) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float) -> str:
    """A number of a spreadsheet: a float, whose last figures are its own."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    plain = format(number.quantize(_MOST_DECIMALS) if abs(number) < 10**18 else number, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
