"""Last year's values under the names of this year's cells."""

from __future__ import annotations

from collections.abc import Mapping

from forms.structure import Cell
from forms.units import is_text
from forms.values import CANONICAL, decimal, micro
from forms.years import Years, without_key


def carried(values: Mapping[str, str], years: Years, cells: Mapping[str, Cell]) -> dict[str, str]:
    """New cell → value: the sum of the numbers that come to it, or the first of the texts."""
    numbers: dict[str, int] = {}
    texts: dict[str, str] = {}
    for old, value in values.items():
        for new in years.new_places(old):
            cell = cells.get(without_key(new))
            if cell is None:
                continue
            if is_text(cell.unit):
                texts.setdefault(new, value)
            elif CANONICAL.fullmatch(value):
                numbers[new] = numbers.get(new, 0) + micro(value)
    return texts | {cell: decimal(value) for cell, value in numbers.items()}
