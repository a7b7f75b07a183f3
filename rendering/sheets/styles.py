"""How squares look: the colours of the manual (§8.2), a sign for each kind, numbers in French."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from forms import Kind, is_text
from forms.units import DECIMALS
from rendering.pages.words import FORCED_SIGN, SIGNS

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# What a person has typed is neither a formula, nor a link, nor a number of the spreadsheet's own making.
OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
FONT: Final = "Calibri"
INK, SOFT, LINE, BRAND, PAPER = "#1B2733", "#5C6670", "#C9CFD6", "#1F4B7A", "#FFFFFF"
BAND: Final = "#E6EEF7"
FORCED: Final = "forced"
COLOURS: Final = {
    Kind.INPUT.value: "#FFF7CF",
    Kind.COMMON.value: "#FFDFB8",
    Kind.COMPUTED.value: "#E9EBEE",
    Kind.FORCIBLE.value: "#D3DEEB",
    FORCED: "#BFE6FF",
}
NONE: Final = "#F4F5F7"
# French separators wherever the file is opened.
_FRENCH: Final = "[$-40C]"
_SUFFIXES: Final = {"pct": '\u00a0"%"'}
_HEADS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": BRAND},
    "statement": {"font_color": SOFT, "italic": True},
    "help": {"font_color": INK},
    "section": {"bold": True, "font_color": BRAND, "bg_color": "#E6EEF7"},
    "code": {"font_color": SOFT, "font_size": 8, "align": "center", "bottom": 1, "bottom_color": LINE},
    "label": {
        "bold": True, "font_color": PAPER, "bg_color": BRAND, "text_wrap": True, "align": "center",
        "valign": "vcenter", "border": 1, "border_color": LINE,
    },
    "line": {"font_color": SOFT, "font_size": 8, "valign": "vcenter"},
    "accounts": {"font_color": SOFT, "font_size": 8, "text_wrap": True, "valign": "vcenter"},
    "words": {"text_wrap": True, "valign": "vcenter"},
    "total": {"text_wrap": True, "valign": "vcenter", "bold": True},
    "heading": {"text_wrap": True, "valign": "vcenter", "bold": True, "font_color": BRAND, "bg_color": BAND},
    "band": {"bg_color": "#E6EEF7"},
    "none": {"bg_color": NONE},
    "link": {"font_color": BRAND, "underline": 1},
    "key": {"num_format": "@", "locked": False, "font_color": SOFT, "border": 1, "border_color": LINE},
    "plain": {},
    "strong": {"bold": True},
    "wrapped": {"text_wrap": True, "valign": "top"},
}  # fmt: skip


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, ...], Format] = {}

    def head(self, name: str) -> Format:
        """The look of what is not a cell of the form."""
        return self._make((name,), _HEADS[name])

    def cell(self, kind: Kind, unit: str, *, forced: bool = False, bold: bool = False) -> Format:
        """The look of a cell: locked unless one types in it."""
        look = FORCED if forced else kind.value
        sign = FORCED_SIGN if forced else SIGNS[kind]
        properties = {
            "bg_color": COLOURS[look],
            "border": 1,
            "border_color": LINE,
            "num_format": number_format(unit, sign),
            "align": "left" if is_text(unit) and unit != "date" else "right",
            "valign": "vcenter",
            "locked": kind is Kind.COMPUTED,
            "bold": bold,
            "text_wrap": is_text(unit) and unit != "date",
        }
        return self._make((look, kind.value, unit, str(bold)), properties)

    def _make(self, key: tuple[str, ...], properties: dict[str, Any]) -> Format:
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK, **properties}
            self._made[key] = self._workbook.add_format(base)
        return self._made[key]


def number_format(unit: str, sign: str = "") -> str:
    """The format of a unit, the sign of the cell's kind at its left."""
    mark = f'"{sign} "' if sign else ""
    if unit == "date":
        return f"{mark}{_FRENCH}dd/mm/yyyy;{mark}@" if sign else f"{_FRENCH}dd/mm/yyyy"
    if is_text(unit):
        return f'"{sign} "@' if sign else "@"
    decimals = DECIMALS[unit]
    digits = "0" if unit == "annee" else "#,##0" + ("." + "0" * decimals if decimals else "")
    digits = f"{_FRENCH}{mark}{digits}{_SUFFIXES.get(unit, '')}"
    negative = digits.replace("#,##0", "-#,##0") if "#" in digits else digits.replace(mark + "0", mark + "-0")
    return f"{digits};{negative};{digits};{mark}@" if sign else digits
