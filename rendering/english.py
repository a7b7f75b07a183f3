"""Numbers written the English way in a file that is read the French way: what they mean is in doubt."""

from __future__ import annotations

import re
from typing import Final

_ENGLISH: Final = re.compile(r"[0-9]\.[0-9]|^-?\.[0-9]|,[0-9]{3},")


def is_english(text: str) -> bool:
    """Whether a number is written `1,234.56`, `1234.5`, `.5` or `1,234,567`: `1.234` may be two numbers."""
    return _ENGLISH.search(text) is not None
