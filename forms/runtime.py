"""What generated formulas call. A value is an integer of 10⁻⁶, a text, or None for blank."""

from __future__ import annotations

from forms.dates import read_date, whole_months
from forms.iban import is_iban
from forms.luhn import is_luhn
from forms.units import MICRO, MICRO_DIGITS
from forms.values import LARGEST, Value, quotient, rounded


def in_range(item: Value) -> Value:
    """The value, blank where it is a number beyond ±10³⁰."""
    return None if isinstance(item, int) and not -LARGEST <= item <= LARGEST else item


def product(left: int | None, right: int | None) -> int | None:
    """`left × right`, half away from zero at 10⁻⁶; blank if either is."""
    return None if left is None or right is None else quotient(left * right, MICRO)


def ratio(left: int | None, right: int | None) -> int | None:
    """`left ÷ right`, half away from zero at 10⁻⁶; blank if either is, or on a division by zero."""
    if left is None or not right:
        return None
    return quotient(left * MICRO, right) if right > 0 else quotient(-left * MICRO, -right)


def negated(item: int | None) -> int | None:
    """`-item`."""
    return None if item is None else -item


def largest(*items: int | None) -> int | None:
    """MAX: a blank counts as zero unless all are blank."""
    return None if all(item is None for item in items) else max(item or 0 for item in items)


def smallest(*items: int | None) -> int | None:
    """MIN: a blank counts as zero unless all are blank."""
    return None if all(item is None for item in items) else min(item or 0 for item in items)


def to_decimals(item: int | None, decimals: int | None) -> int | None:
    """ARRONDI: half away from zero to that many decimals (-6 to 6)."""
    if item is None:
        return None
    digits = max(-MICRO_DIGITS, min(MICRO_DIGITS, (decimals or 0) // MICRO))
    return rounded(item, 10 ** (MICRO_DIGITS - digits))


def variation(now: int | None, before: int | None) -> int | None:
    """VARPCT: by how many percent `now` is away from `before`, without sign; blank without a before."""
    if now is None or not before:
        return None
    return quotient(abs(now - before) * 100 * MICRO, abs(before))


def luhn(item: Value) -> int:
    """LUHN: 1 if the text is digits that end in their Luhn key, else 0."""
    return MICRO if isinstance(item, str) and is_luhn(item) else 0


def same(left: Value, right: Value) -> bool:
    """`=` when a side may be a text: a blank equals the empty text only."""
    return ("" if left is None else left) == ("" if right is None else right)


def number_of(item: Value) -> int | None:
    """A text in an operand counts as zero; blank stays blank."""
    return 0 if isinstance(item, str) else item


def either(item: Value, other: Value) -> Value:
    """SIVIDE: the first unless it is blank."""
    return other if item is None else item


def magnitude(item: int | None) -> int | None:
    """ABS: without sign."""
    return None if item is None else abs(item)


def among(item: Value, *members: Value) -> bool:
    """DANS: whether it is one of the values; a blank is none."""
    return item is not None and item in members


def earlier(left: Value, right: Value) -> bool:
    """`left < right` between dates; false if either is none."""
    first, second = read_date(left), read_date(right)
    return first is not None and second is not None and first < second


def not_later(left: Value, right: Value) -> bool:
    """`left <= right` between dates; false if either is none."""
    first, second = read_date(left), read_date(right)
    return first is not None and second is not None and first <= second


def months(start: Value, end: Value) -> int | None:
    """MOIS: the whole months from one date to another; blank if either is none."""
    first, second = read_date(start), read_date(end)
    return None if first is None or second is None else whole_months(first, second) * MICRO


def days(start: Value, end: Value) -> int | None:
    """JOURS: the days from one date to another; blank if either is none."""
    first, second = read_date(start), read_date(end)
    return None if first is None or second is None else (second - first).days * MICRO


def year(item: Value) -> int | None:
    """ANNEE: the year of a date; blank if it is none."""
    found = read_date(item)
    return None if found is None else found.year * MICRO


def iban(item: Value) -> int:
    """IBAN: 1 if the text is an account number with its right key, else 0."""
    return MICRO if isinstance(item, str) and is_iban(item) else 0
