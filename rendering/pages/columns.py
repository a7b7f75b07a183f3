"""The widths of a table's columns and the size of its letters, so that each table fits its page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

# Points: a landscape A4 between its margins of 11 mm, less the gutter left of the first column. A table any
# wider would make Chromium shrink the whole document.
PAGE_WIDTH: Final = 777.5
# Points lost in each column to its paddings, and to the gutter beside it.
GUTTER: Final = 1.5
PADDING: Final = 6.0 + GUTTER
SIZES: Final = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)


@dataclass(frozen=True, slots=True)
class Need:
    """The room a column asks for, in ems: the least it can do with, what it would like, the most it uses.

    A `greedy` column takes what the others leave.
    """

    least: float
    liked: float
    most: float
    greedy: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """The size of the letters and each column's width, both in points."""

    size: float
    widths: tuple[float, ...]


def fit(needs: Sequence[Need], *, largest: float = SIZES[0]) -> Fit | None:
    """The largest letters, up to `largest`, at which the columns fit the page; None at no size."""
    for size in (size for size in SIZES if size <= largest):
        least = [need.least * size + PADDING for need in needs]
        spare = PAGE_WIDTH - sum(least)
        if spare >= 0:
            return Fit(size, tuple(_share(needs, least, spare, size)))
    return None


def _share(needs: Sequence[Need], least: list[float], spare: float, size: float) -> list[float]:
    """Give the spare room to what each column would like, then to the most it uses, then to the greedy."""
    widths = list(least)
    for wanted in ([need.liked for need in needs], [need.most for need in needs]):
        wishes = [max(0.0, ems * size + PADDING - has) for ems, has in zip(wanted, widths, strict=True)]
        share = min(1.0, spare / sum(wishes)) if any(wishes) else 0.0
        widths = [has + wish * share for has, wish in zip(widths, wishes, strict=True)]
        spare = max(0.0, PAGE_WIDTH - sum(widths))
    takers = [index for index, need in enumerate(needs) if need.greedy] or range(len(needs))
    for index in takers:
        widths[index] += spare / len(takers)
    return widths


def panels(keys: Sequence[Need], values: Sequence[Need]) -> list[range]:
    """Cut the value columns into as few runs as fit the page, each beside the key columns, of even width."""
    for count in range(1, len(values) + 1):
        cuts = [round(index * len(values) / count) for index in range(count + 1)]
        runs = [range(start, end) for start, end in pairwise(cuts)]
        if all(fit([*keys, *(values[index] for index in run)]) for run in runs):
            return runs
    return [range(index, index + 1) for index in range(len(values))]
