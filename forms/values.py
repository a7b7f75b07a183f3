"""Exact numbers: integers of 10⁻⁶ within, canonical decimal strings at the edges."""

from __future__ import annotations

import re

from forms.units import MICRO, MICRO_DIGITS

CANONICAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
# DOMAIN §8.4: a value beyond ten thousand billions is a slip of the hand.
LIMIT = 10**13 * MICRO
_PADDING = "0" * MICRO_DIGITS


def micro(text: str) -> int:
    """Canonical decimal text → integer of 10⁻⁶; ValueError if it is no number."""
    whole, point, decimals = text.partition(".")
    if not point:
        return int(whole) * MICRO
    return int(whole + (decimals + _PADDING)[:MICRO_DIGITS])


def decimal(value: int) -> str:
    """Integer of 10⁻⁶ → canonical decimal text: no exponent, no idle zero."""
    if not value % MICRO:
        return str(value // MICRO)
    whole, rest = divmod(abs(value), MICRO)
    return f"{'-' if value < 0 else ''}{whole}.{rest:06d}".rstrip("0")


def quotient(numerator: int, denominator: int) -> int:
    """Integer quotient rounded half away from zero; the denominator is positive."""
    result = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -result if numerator < 0 else result


def rounded(value: int, step: int) -> int:
    """The multiple of `step` nearest to the value, half away from zero."""
    return quotient(value, step) * step
