"""Exact numbers: integers of 10⁻⁶ within, canonical decimal strings at the edges."""

from __future__ import annotations

import re
from functools import lru_cache

from forms.units import MICRO, MICRO_DIGITS

CANONICAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
# DOMAIN §8.4: a value beyond ten thousand billions is a slip of the hand.
LIMIT = 10**13 * MICRO
# What a formula comes to beyond it is blank: no account holds it, and a chain of squares would take the
# machine. Ten thousand times the product of the two largest entries, so that neither sum nor product is lost.
LARGEST = 10**30 * MICRO
# How many 10⁻⁶ the last of so many decimals is worth.
_SCALES = (1_000_000, 100_000, 10_000, 1_000, 100, 10, 1)
Value = int | str | None


# A dossier is evaluated whole at every write, and nearly all of its values are then what they were.
_remembered = lru_cache(maxsize=2**16)


@_remembered
def micro(text: str) -> int:
    """Canonical decimal text → integer of 10⁻⁶; ValueError or IndexError if it is none."""
    if "." in text:
        whole, _, decimals = text.partition(".")
        return int(whole + decimals) * _SCALES[len(decimals)]
    return int(text) * MICRO


# The same for the values of thousands of rows, which would drive all others out of what is remembered.
micro_once = micro.__wrapped__


def canonical_text(value: Value) -> str | None:
    """Any value as canonical text, None for blank."""
    if value is None or isinstance(value, str):
        return value
    # Said first, for half of a dossier's values are whole and all of them pass here.
    return decimal(value) if value % MICRO else str(value // MICRO)


@_remembered
def decimal(value: int) -> str:
    """Integer of 10⁻⁶ → canonical decimal text: no exponent, no idle zero."""
    if not value % MICRO:
        return str(value // MICRO)
    digits = str(value)
    if len(digits) <= MICRO_DIGITS + 1:
        # Perhaps no digit before the point: give it one.
        sign = "-" if value < 0 else ""
        digits = sign + str(abs(value)).zfill(MICRO_DIGITS + 1)
    return f"{digits[:-MICRO_DIGITS]}.{digits[-MICRO_DIGITS:]}".rstrip("0")


def quotient(numerator: int, denominator: int) -> int:
    """Integer quotient rounded half away from zero; the denominator is positive."""
    result = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -result if numerator < 0 else result


def rounded(value: int, step: int) -> int:
    """The multiple of `step` nearest to the value, half away from zero."""
    return quotient(value, step) * step
