"""Reading a number as one types it or pastes it, French or English."""

from __future__ import annotations

import re

from forms.errors import EntryError
from forms.french import quoted
from forms.units import MICRO_DIGITS, quantum
from forms.values import LIMIT, decimal, quotient

# Plain, no-break, narrow no-break and thin spaces, apostrophes: what groups thousands.
_GAPS = " \u00a0\u202f\u2009'’"
_WHOLE = re.compile(f"[0-9]*|[0-9]{{1,3}}(?:[{_GAPS}][0-9]{{3}})+")
# Thousands grouped by the sign that is not the decimal one: `1,234,567.8` or `1.234.567,8`.
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMALS = re.compile(r"[0-9]*")
# How files and most people write it: nothing to take out, whatever the sign of the decimals is.
_PLAIN = re.compile(r"(-?)([0-9]{1,15})(?:[.,]([0-9]{1,6}))?")
_MINUS = ("-", "−", "–")
# No number within the range needs more; a longer text is no number.
_MAX_LENGTH = 60


def read_number(text: str, unit: str) -> str:
    """The canonical text of the number, rounded half away from zero to the scale of the unit.

    `1 234,56`, `1234.56`, `1,234.56`, `(2 500)`, `−5`. A lone comma or point is the decimal one.
    EntryError CELL_NOT_NUMBER or CELL_OUT_OF_RANGE.
    """
    plain = _PLAIN.fullmatch(text)
    negative, whole, decimals = (bool(plain[1]), plain[2], plain[3] or "") if plain else _parts(text)
    number = int(whole + decimals)
    missing = MICRO_DIGITS - len(decimals)
    step = quantum(unit)
    value = quotient(number * 10 ** max(0, missing), step * 10 ** max(0, -missing)) * step
    if value > LIMIT:
        message = f"{quoted(text)} dépasse dix mille milliards : vérifiez le nombre de chiffres."
        raise EntryError("CELL_OUT_OF_RANGE", message)
    return decimal(-value if negative else value)


def _parts(text: str) -> tuple[bool, str, str]:
    """Whether it is negative, its whole part and its decimals, digits alone; EntryError CELL_NOT_NUMBER."""
    negative, digits = _unsigned(text)
    whole, decimals = _split(digits)
    if len(text) > _MAX_LENGTH or not (whole or decimals):
        raise _not_number(text)
    if not (_WHOLE.fullmatch(whole) and _DECIMALS.fullmatch(decimals)):
        raise _not_number(text)
    return negative, "".join(character for character in whole if character not in _GAPS), decimals


def _unsigned(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.startswith(_MINUS):
        return True, text[1:].strip()
    return False, text.removeprefix("+").strip()


def _split(digits: str) -> tuple[str, str]:
    """Whole part (thousands still apart where spaces part them) and decimals."""
    signs = [character for character in digits if character in ".,"]
    if len(signs) > 1:
        last = digits.rfind(signs[-1])
        whole, decimals = digits[:last], digits[last + 1 :]
        if signs[-1] == signs[0]:
            whole, decimals = digits, ""
        return (whole.replace(signs[0], "") if _GROUPED.fullmatch(whole) else "?"), decimals
    whole, _, decimals = digits.partition(signs[0]) if signs else (digits, "", "")
    return whole, decimals


def _not_number(text: str) -> EntryError:
    message = f"{quoted(text)} n’est pas un nombre : écrivez par exemple 1\u202f234,56."
    return EntryError("CELL_NOT_NUMBER", message)
