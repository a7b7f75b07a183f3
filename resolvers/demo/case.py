"""A complete ER set for an organism: all that it would type, balanced to the cent, for two years running."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forms import Data, Evaluation, Kind, Pack, evaluate, load_pack
from resolvers.demo.amounts import cells_of, rows_of
from resolvers.demo.books.draft import FIRST_YEAR, Draft
from resolvers.demo.books.ledger import Ledger
from resolvers.demo.books.opening import as_movements, open_books
from resolvers.demo.books.year import draw_year
from resolvers.demo.history import history
from resolvers.demo.identity import identity, share_keys
from resolvers.demo.organisms import Invented
from resolvers.demo.slips import slip

REASON = "Solde d’ouverture ou historique repris des comptes antérieurs à la collecte dans Harmonia."
# Where the first year reads last year's: opening balances, which its organism had to type.
OPENING = frozenset({"T04.A", "T05.A", "T07.A", "F06.A", "F10.A", "G03.A", "G15.A"})
OPENING_LINES = frozenset({"G07.L010", "F08.L016"})


@dataclass(frozen=True, slots=True)
class CompleteSet:
    """One year of an organism, as plain data.

    `data.cells`, `data.rows`, `data.forced` are what is typed, `data.previous` what `#` reads;
    `evaluation` is what the pack makes of them.
    """

    organism: Invented
    year: int
    data: Data
    evaluation: Evaluation

    @property
    def effective(self) -> dict[str, str]:
        """Every fixed cell that is not blank: what `#` reads the year after."""
        computed = {cell: value for cell, value in self.evaluation.cells.items() if value is not None}
        return {**computed, **self.data.cells}


def pack_key(year: int) -> str:
    """The definition that the accounts of a year are kept under, `ER/2023/1`."""
    return f"ER/{year}/1"


def two_years(organism: Invented, slips: Sequence[str] = ()) -> tuple[CompleteSet, CompleteSet]:
    """The sets of 2023 and 2024; the second reads the first. `slips` are checks that the second fails."""
    year = FIRST_YEAR + 1
    start, pack = load_pack(pack_key(FIRST_YEAR)), load_pack(pack_key(year))
    opening = open_books(organism.body)
    first = draw_year(organism.body, FIRST_YEAR, opening)
    second = draw_year(organism.body, year, first.book)
    before = _first_year(start, organism, _typed(start, organism, first), opening)
    data = replace(_typed(pack, organism, second), previous=pack.from_last_year(before.effective))
    for check in slips:
        data = slip(pack, data, check)
    return before, CompleteSet(organism, year, data, evaluate(pack, data))


def _typed(pack: Pack, organism: Invented, draft: Draft) -> Data:
    texts = {**identity(organism, draft.year), **share_keys()}
    numbers = cells_of(pack, organism.category, draft.book)
    return Data(kind=organism.category, cells={**numbers, **texts}, rows=rows_of(pack, draft))


def _first_year(pack: Pack, organism: Invented, data: Data, opening: Ledger) -> CompleteSet:
    """Nothing comes before the first year: its opening balances are typed over what `#` would read."""
    moves = Data(kind=organism.category, cells=cells_of(pack, organism.category, as_movements(opening)))
    before = _known(evaluate(pack, moves).cells) | dict(moves.cells)
    carried = evaluate(pack, replace(data, previous=before))
    forced = {
        cell.id: value
        for cell in pack.cells.values()
        if cell.kind is Kind.FORCIBLE and _opens(cell.id) and (value := carried.cells[cell.id]) is not None
    }
    forced |= history(organism.body, carried.cells)
    data = replace(data, forced=forced)
    return CompleteSet(organism, FIRST_YEAR, data, evaluate(pack, data))


def _opens(cell: str) -> bool:
    tab, line, column = cell.split(".")
    return f"{tab}.{column}" in OPENING or f"{tab}.{line}" in OPENING_LINES


def _known(cells: Mapping[str, str | None]) -> dict[str, str]:
    return {cell: value for cell, value in cells.items() if value is not None}
