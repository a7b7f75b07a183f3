"""The figures of one year of an invented organism, by cell, while its dossier is being drawn up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from resolvers.demo.books.money import spread

# A row of a dynamic tab, by column: whole numbers as in a ledger, or text.
Row = dict[str, int | str]


def span(first: int, last: int) -> list[str]:
    """The codes of the lines between two numbers: `span(11, 13)` → L011, L012, L013."""
    return [f"L{number:03d}" for number in range(first, last + 1)]


class Ledger:
    """Whole numbers by cell (`A1.L011.B`): cents for euros, hundredths for m² and ETP, units for counts.

    It holds the cells that an organism types and, beside them, the closing balances that
    the following year opens with; a cell never written is nought.
    """

    def __init__(self) -> None:
        self.amounts: dict[str, int] = {}

    def __getitem__(self, cell: str) -> int:
        return self.amounts.get(cell, 0)

    def __setitem__(self, cell: str, amount: int) -> None:
        self.amounts[cell] = amount

    def put(self, tab: str, column: str, amounts: Mapping[str, int]) -> None:
        """Write one column of a tab, by line."""
        for line, amount in amounts.items():
            self.amounts[f"{tab}.{line}.{column}"] = amount

    def share(self, amount: int, cells: Sequence[str], weights: Sequence[float]) -> None:
        """Share an amount out between cells, exactly."""
        self.amounts.update(zip(cells, spread(amount, weights), strict=True))

    def total(self, tab: str, column: str, lines: Iterable[str]) -> int:
        """The sum of a column of a tab over some of its lines."""
        return sum(self.amounts.get(f"{tab}.{line}.{column}", 0) for line in lines)
