"""From heads and lines to tables that fit the page: columns measured, wide tables cut into panels."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rendering.pages.columns import PAGE_WIDTH, SIZES, Fit, Need, panels
from rendering.pages.density import HEAD_SIZE, settle
from rendering.pages.measure import longest_word, width
from rendering.pages.sheet import LABEL, TEXT, Grid, Head, Square, Strip
from rendering.pages.words import NB

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ems of a column of texts: the least it is given, the most it asks for; then the same for labels.
TEXT_LEAST: Final = 11.0
TEXT_LIKED: Final = 24.0
LABEL_LEAST: Final = 17.0
LABEL_LIKED: Final = 44.0
# Beyond this, a column of figures only moves away from its line's label.
FIGURES_MOST: Final = 15.0
# Heads are set smaller, in bold, on at most this many lines.
HEAD_LINES: Final = 4.0
# What an estimate may miss by, in ems.
_SLACK: Final = 0.2


def grids(
    keys: Sequence[Head], values: Sequence[Head], strips: Sequence[Strip], room: float, notes: int = 0
) -> tuple[Grid, ...]:
    """The tables of a tab: one, or several panels that repeat the key columns on their left.

    A strip's squares are those of `keys` then those of `values`; a title strip has none. `room` is the
    height in points that the first page leaves to a table, `notes` how many notes follow it.
    """
    heads = [*keys, *values]
    needs = [_need(head, index, strips) for index, head in enumerate(heads)]
    count = len(keys)
    runs = panels(needs[:count], needs[count:])
    found: list[Grid] = []
    for number, run in enumerate(runs, start=1):
        chosen = [*range(count), *(count + index for index in run)]
        caption = f"Volet {number}{NB}/{NB}{len(runs)}" if len(runs) > 1 else ""
        some = [heads[index] for index in chosen]
        cut = [_cut(strip, chosen) for strip in strips]
        even = Fit(SIZES[-1], (PAGE_WIDTH / len(chosen),) * len(chosen)), "tight"
        fit, density = settle(some, [needs[index] for index in chosen], cut, room, notes) or even
        found.append(Grid(tuple(some), tuple(cut), fit, density, caption))
    return tuple(found)


def _cut(strip: Strip, chosen: Sequence[int]) -> Strip:
    squares = tuple(strip.squares[index] for index in chosen) if strip.squares else ()
    return Strip(squares, strip.style, strip.title, strip.code)


def _need(head: Head, index: int, strips: Sequence[Strip]) -> Need:
    """The room that a column asks for: that of its longest figure, of its texts, of its head."""
    whole = width(head.label, bold=True) * HEAD_SIZE
    # A browser may break a line after a hyphen, as in a list of accounts or a compound word.
    least = max(longest_word(head.label.replace("-", "- "), bold=True) * HEAD_SIZE, whole / HEAD_LINES)
    liked = max(least, whole / 2)
    rooms = [_room(strip.squares[index], bold=bool(strip.style)) for strip in strips if strip.squares]
    least = max([least, *(least for least, _ in rooms)])
    liked = max([least, liked, *(liked for _, liked in rooms)])
    if head.css == LABEL:
        return Need(LABEL_LEAST, min(max(liked, LABEL_LEAST), LABEL_LIKED), LABEL_LIKED, greedy=True)
    # A head without a code is ours (the line, its accounts, the row's number): as narrow as it can be.
    return Need(least + _SLACK, liked + _SLACK, max(liked, FIGURES_MOST) if head.code else liked)


def _room(square: Square, *, bold: bool) -> tuple[float, float]:
    if square.css.endswith(TEXT):
        return _room_of_words(square.text, bold=bold)
    return (whole := width(square.text)), whole


# The labels of a form are those of all its dossiers.
@lru_cache(maxsize=20_000)
def _room_of_words(text: str, *, bold: bool) -> tuple[float, float]:
    words = longest_word(text.replace("-", "- "), bold=bold)
    return min(words, TEXT_LEAST), min(width(text, bold=bold), TEXT_LIKED)
