"""How wide a text will be, without asking the browser: columns are sized here, so that nothing overflows."""

from __future__ import annotations

from typing import Final

DIGIT: Final = 0.556
UPPER: Final = 0.72
# Of letters: the figures of these fonts are as wide in bold.
BOLD: Final = 1.1
_MORE: Final = "…"


class _Widths(dict[str, float]):
    """Widths of Helvetica and of the fonts made to its measure (Liberation Sans, Arial), in ems, rounded up.

    Filled as letters are met: this is asked of every letter of a dossier.
    """

    def __missing__(self, character: str) -> float:
        self[character] = found = UPPER if character.isupper() else DIGIT
        return found


_CLASSES: Final = (
    ("ijl'|", 0.23),
    ("\u202f", 0.21),
    (" \u00a0.,:;/!", 0.28),
    ("fItr()-[]\u2011", 0.34),
    ("\u2212", 0.59),
    ("mMW%…", 1.0),
)
_width_of: Final = _Widths({letter: width for letters, width in _CLASSES for letter in letters}).__getitem__


def width(text: str, *, bold: bool = False) -> float:
    """The width of a text on one line, in ems."""
    ems = sum(map(_width_of, text))
    return ems * BOLD if bold else ems


def longest_word(text: str, *, bold: bool = False) -> float:
    """The width of the longest word of a text, in ems: the least room in which it can be set."""
    return max((width(word, bold=bold) for word in text.split()), default=0.0)


def shortened(text: str, ems: float, *, bold: bool = False) -> str:
    """The text, or its beginning and `…`, in that room on one line."""
    if width(text, bold=bold) <= ems:
        return text
    room = ems - width(_MORE, bold=bold)
    end = next(end for end in range(len(text), -1, -1) if width(text[:end], bold=bold) <= room)
    return text[:end].rstrip() + _MORE
