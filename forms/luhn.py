"""The key of a SIREN (Luhn's algorithm)."""

from __future__ import annotations


def is_luhn(text: str) -> bool:
    """Whether the text is ASCII digits that end in their Luhn key."""
    if not (text.isascii() and text.isdigit()):
        return False
    total = 0
    for index, digit in enumerate(reversed(text)):
        doubled = int(digit) * (1 + index % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - the sum of its two digits
    return total % 10 == 0
