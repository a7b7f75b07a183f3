"""Numbers of a formula that may be blank, in a spreadsheet that has no blank: a value beside a test.

There a blank square is zero to some functions, a text to others. Each number is therefore two expressions:
`value`, where a blank counts as zero, and `blank`, which says whether it is one (empty: never).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALWAYS: Final = "TRUE()"
# A function of a spreadsheet takes 255 arguments at most.
_MOST_ARGUMENTS: Final = 200


@dataclass(frozen=True, slots=True)
class Term:
    """A number. `exact`: its value has no trace of binary fractions that a comparison could see."""

    value: str
    blank: str = ""
    exact: bool = True

    @property
    def rounded(self) -> str:
        """The value as exact as ours, to a millionth."""
        return self.value if self.exact else f"ROUND({self.value},6)"


def every(tests: Iterable[str]) -> str:
    """Whether all tests hold; one that never does (empty) makes the whole never hold."""
    found = list(dict.fromkeys(tests))
    if not all(found):
        return ""
    return _joined("AND", [test for test in found if test != ALWAYS]) or ALWAYS


def some(tests: Iterable[str]) -> str:
    """Whether one of the tests holds; empty where none ever does."""
    found = [test for test in dict.fromkeys(tests) if test]
    return ALWAYS if ALWAYS in found else _joined("OR", found)


def _joined(function: str, tests: Sequence[str]) -> str:
    return tests[0] if len(tests) == 1 else called(function, tests) if tests else ""


def called(function: str, arguments: Sequence[str]) -> str:
    """A function of arguments that may be more than it takes at once."""
    if len(arguments) <= _MOST_ARGUMENTS:
        return f"{function}({','.join(arguments)})"
    parts = [
        arguments[start : start + _MOST_ARGUMENTS] for start in range(0, len(arguments), _MOST_ARGUMENTS)
    ]
    return f"{function}({','.join(called(function, part) for part in parts)})"


def unless(blank: str, value: str) -> str:
    """The value, or the empty text that stands for a blank."""
    if not blank:
        return value
    return '""' if blank == ALWAYS else f'IF({blank},"",{value})'


def literal(text: str) -> str:
    """A text as a formula writes it."""
    escaped = text.replace('"', '""')
    return f'"{escaped}"'
