"""Keys of numbers written as texts."""

from __future__ import annotations

from typing import Final

# The longest code that a cell takes.
_LONGEST: Final = 40


def luhn(text: str) -> str:
    """1 where the text is digits that end in their Luhn key, else 0; the even places are those doubled.

    Padded with zeros on the left, which changes nothing of the sum, so that places are told from the right.
    """
    padded = f'RIGHT(REPT("0",{_LONGEST})&{text},{_LONGEST})'
    odd = "{" + ",".join(str(place) for place in range(1, _LONGEST, 2)) + "}"
    even = "{" + ",".join(str(place) for place in range(2, _LONGEST + 1, 2)) + "}"
    doubled = f"(VALUE(MID({padded},{odd},1))*2)"
    total = f"SUMPRODUCT({doubled}-9*({doubled}>9)+VALUE(MID({padded},{even},1)))"
    return f'IF({text}="",0,IF(LEN({text})>{_LONGEST},0,IFERROR(IF(MOD({total},10)=0,1,0),0)))'
