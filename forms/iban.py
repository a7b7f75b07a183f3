"""The key of an account number (ISO 13616)."""

from __future__ import annotations

import re

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
# Of the countries whose accounts are met here; elsewhere the key alone is looked at.
_LENGTHS = {"FR": 27, "MC": 27}
_BASE, _KEY = 97, 1


def is_iban(text: str) -> bool:
    """Whether the text, spaces aside, is an account number in capitals with its right key."""
    plain = text.replace(" ", "")
    if not _IBAN.fullmatch(plain) or len(plain) != _LENGTHS.get(plain[:2], len(plain)):
        return False
    digits = "".join(str(int(character, 36)) for character in plain[4:] + plain[:4])
    return int(digits) % _BASE == _KEY
