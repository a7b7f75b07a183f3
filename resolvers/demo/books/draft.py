"""What every part of the books is drawn from: the organism, the year, last year's figures, the dice."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from resolvers.demo.books.ledger import Ledger, Row
from resolvers.demo.books.money import cents

FIRST_YEAR = 2023
# Costs and rents rise together, near what the index of reference rents allowed in those years.
INFLATION = 1.026


@dataclass(frozen=True, slots=True)
class Body:
    """An organism as its books need it: `dwellings` are those it owned before the first year."""

    siren: str
    kind: str
    department: str
    dwellings: int

    def trait(self, name: str, low: float, high: float) -> float:
        """A number that is this organism's own, the same each year."""
        return Random(f"{self.siren} {name}").uniform(low, high)  # noqa: S311 - invented figures, no secret


@dataclass(slots=True)
class Draft:
    """One year's dossier while it is being drawn up."""

    body: Body
    year: int
    before: Ledger
    book: Ledger = field(default_factory=Ledger)
    texts: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.body.siren} {self.year}")  # noqa: S311 - invented figures, no secret

    @property
    def dwellings(self) -> int:
        """Dwellings owned at the end of the year, the measure of most amounts."""
        return self.book["G07.L029.A"] or self.before["G07.L029.A"]

    @property
    def prices(self) -> float:
        """How much dearer everything is than in the first year."""
        return float(INFLATION ** (self.year - FIRST_YEAR))

    def jitter(self, width: float = 0.03) -> float:
        """A factor around one, other each year."""
        return self.dice.uniform(1 - width, 1 + width)

    def usual(self, name: str, euros: float, *, spread: float = 0.2, width: float = 0.03) -> int:
        """Cents: so many euros a dwelling, give or take the organism's own way and the year's chance."""
        own = self.body.trait(name, 1 - spread, 1 + spread)
        return cents(euros * self.dwellings * own * self.prices * self.jitter(width))

    def count(self, share: float, whole: int, width: float = 0.3) -> int:
        """A whole number near a share of another."""
        return max(0, round(whole * share * self.jitter(width)))
