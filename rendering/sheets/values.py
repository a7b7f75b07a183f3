"""Canonical values as a spreadsheet holds them: floats for numbers, serial numbers for dates."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from forms import is_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Spreadsheets take 1900 for a leap year: what comes before March 1900 stays a text.
_FIRST_DAY: Final = datetime(1900, 3, 1)  # noqa: DTZ001 - a day of the calendar, of no zone
_ISO_LENGTH: Final = 10


def day(text: str) -> datetime | None:
    """A date that a spreadsheet can count; None for any other text."""
    try:
        found = datetime.strptime(text, "%Y-%m-%d") if len(text) == _ISO_LENGTH else None  # noqa: DTZ007 - the same
    except ValueError:
        return None
    return found if found is not None and found >= _FIRST_DAY else None


def held(value: str | None, unit: str) -> str | float | int:
    """What a square of that unit holds, as the result of a formula; the empty text for blank."""
    if not value:
        return ""
    if not is_text(unit):
        return float(value) if "." in value else int(value)
    found = day(value) if unit == "date" else None
    return (found - datetime(1899, 12, 30)).days if found is not None else value  # noqa: DTZ001 - the same


def write(  # noqa: PLR0913, PLR0917 - a square, what it holds and how it looks
    sheet: Worksheet, row: int, column: int, value: str | None, unit: str, look: Format
) -> None:
    """Write a value, whatever it is, never as a formula nor as a link."""
    if not value:
        sheet.write_blank(row, column, None, look)
    elif is_text(unit) and (unit != "date" or day(value) is None):
        sheet.write_string(row, column, value, look)
    else:
        sheet.write_number(row, column, held(value, unit), look)
