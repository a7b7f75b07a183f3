"""Canonical values as French readers expect them."""

from __future__ import annotations

from forms.units import DECIMALS

YEAR = "annee"
_GROUP = "\u202f"
_ISO_LENGTH = 10


def format_value(text: str | None, unit: str) -> str:
    """`1 234,56` (narrow no-break spaces, the decimals of the unit), `12/03/2026`, empty for blank."""
    if not text:
        return ""
    if unit == YEAR:
        return text  # a year is a name, not a quantity: 1975, never 1 975
    if unit in DECIMALS:
        return _number(text, DECIMALS[unit])
    return _date(text) if unit == "date" else text


def format_count(count: int) -> str:
    """`1 234` (narrow no-break spaces)."""
    return f"{count:,}".replace(",", _GROUP)


def _number(text: str, decimals: int) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, rest = text.removeprefix("-").partition(".")
    grouped = format_count(int(whole))
    # More decimals than the unit's are never cut: a gap may carry six.
    rest = rest.ljust(decimals, "0")
    return f"{sign}{grouped},{rest}" if rest else f"{sign}{grouped}"


def _date(text: str) -> str:
    year, month, day = text[:4], text[5:7], text[8:]
    is_iso = len(text) == _ISO_LENGTH and text[4] == text[7] == "-"
    return f"{day}/{month}/{year}" if is_iso else text
