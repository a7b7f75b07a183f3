"""How tall a table will be, so that one that almost fits its page is set a little tighter, and does."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from rendering.pages.columns import PADDING, SIZES, Fit, Need, fit
from rendering.pages.measure import BOLD, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rendering.pages.sheet import Head, Strip

# A line's style, and the widths in ems of those of its columns that hold text.
_Texts = tuple[str, list[tuple[int, float]]]
# Points: what a landscape A4 leaves between its margins, and what a tab's own head takes of it.
PAGE_HEIGHT: Final = 504.0
TAB_HEAD: Final = 35.0
PART_BAND: Final = 38.0
# What the estimate may miss by, and the room below the table.
_CAUTION: Final = 13.0
_NOTES_HEAD: Final = 37.0
_NOTE: Final = 14.0
LINE: Final = 1.28
HEAD_SIZE: Final = 0.92
# The style classes of print.css, from the airiest: points above and below the text of a line.
DENSITIES: Final = {"roomy": 1.9, "even": 1.3, "tight": 0.8}
# What a line takes beside its text and its paddings, by its style.
_BORDERS: Final = {"title": 4.0, "total": 1.4, "grand": 2.6}
# Smaller letters than these are not worth a page saved.
_SMALLEST: Final = 7.0


def settle(
    heads: Sequence[Head], needs: Sequence[Need], strips: Sequence[Strip], room: float, notes: int
) -> tuple[Fit, str] | None:
    """The airiest setting, and its style class, among those that take the fewest pages.

    `room` is what the first page leaves to the table, in points; `notes` of one line each follow the table.
    None when it is too wide at any size.
    """
    usual = fit(needs)
    if usual is None:
        return None
    texts = [_texts(strip) for strip in strips]
    below = _NOTES_HEAD + notes * _NOTE if notes else 0.0
    fewest: tuple[int, Fit, str] | None = None
    for size, density in _settings(usual.size):
        found = fit(needs, largest=size) or usual
        top, body = _height(heads, texts, found, DENSITIES[density])
        pages = _pages(top, body + below, room)
        if fewest is None or pages < fewest[0]:
            fewest = pages, found, density
        if pages == 1:
            break
    return None if fewest is None else fewest[1:]


def _settings(largest: float) -> Iterator[tuple[float, str]]:
    for size in SIZES:
        if size == largest or _SMALLEST <= size < largest:
            for density in DENSITIES:
                yield size, density


def _pages(top: float, body: float, room: float) -> int:
    """How many pages the table takes, its head on each."""
    rest = body - (room - top - _CAUTION)
    return 1 if rest <= 0 else 1 + ceil(rest / (PAGE_HEIGHT - top - _CAUTION))


def _texts(strip: Strip) -> _Texts:
    """The widths of a line's texts, which may wrap; its figures never do."""
    factor = BOLD if strip.style else 1.0
    found = [
        (index, width(square.text) * factor)
        for index, square in enumerate(strip.squares)
        if square.css.endswith("l") and square.text
    ]
    return strip.style, found


def _height(
    heads: Sequence[Head], texts: Sequence[_Texts], found: Fit, padding: float
) -> tuple[float, float]:
    """The points taken by the head of the table, and by its lines."""
    ems = [max(1.0, (points - PADDING) / found.size) for points in found.widths]
    lines = max(
        ceil(width(f"{head.label} {head.unit}".strip(), bold=True) * HEAD_SIZE / room) + bool(head.code)
        for head, room in zip(heads, ems, strict=True)
    )
    top = lines * found.size * HEAD_SIZE * 1.15 + 6.5
    wrapped = sum(max((ceil(text / ems[index]) for index, text in line), default=1) for _, line in texts)
    extra = sum(_BORDERS.get(style, 0.5) for style, _ in texts)
    return top, wrapped * found.size * LINE + len(texts) * 2 * padding + extra
