"""From the whole numbers of the books to the canonical text of the cells."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from forms import Row, is_text, load_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forms import Pack
    from resolvers.demo.books.draft import Draft
    from resolvers.demo.books.ledger import Ledger
    from resolvers.demo.books.ledger import Row as Drawn

# Decimals of the units that the books draw; others are whole.
DECIMALS = {"eur": 2, "keur": 3, "pct": 2, "etp": 2, "m2": 2, "nb2": 2}

SCHEMES = frozenset({"F01", "F02", "F03", "F04"})


def text_of(amount: int, unit: str) -> str:
    """`123450` in cents → `1234.5`."""
    decimals = DECIMALS.get(unit, 0)
    if not decimals:
        return str(amount)
    whole, rest = divmod(abs(amount), 10**decimals)
    sign = "-" if amount < 0 else ""
    digits = f"{rest:0{decimals}d}".rstrip("0")
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def cells_of(pack: Pack, kind: str, book: Ledger) -> dict[str, str]:
    """Every number that an organism of that kind types; what its books do not hold is nought."""
    return {cell: text_of(book[cell], unit) for cell, unit in _numbers(str(pack.key), kind)}


@cache
def _numbers(pack: str, kind: str) -> tuple[tuple[str, str], ...]:
    """The numbers of a pack that an organism of that kind types, with their units."""
    return tuple(
        (cell.id, cell.unit)
        for cell in load_pack(pack).cells.values()
        if cell.kind.typed and cell.applies_to(kind) and not is_text(cell.unit)
    )


def rows_of(pack: Pack, draft: Draft) -> dict[str, tuple[Row, ...]]:
    """The rows of the dynamic tabs; the lasting key of a scheme is its number."""
    return {
        tab: tuple(_row(tab, units, rank, row) for rank, row in enumerate(rows, 1))
        for tab, rows in draft.rows.items()
        for units in [_units(pack, tab)]
    }


def _row(tab: str, units: Mapping[str, str], rank: int, row: Drawn) -> Row:
    values = {
        column: value if isinstance(value, str) else text_of(value, units[column])
        for column, value in row.items()
    }
    return Row(str(row["C01"]) if tab in SCHEMES else f"{rank:04d}", values)


def _units(pack: Pack, tab: str) -> dict[str, str]:
    return {column.code: column.unit for column in pack.tabs[tab].columns}
