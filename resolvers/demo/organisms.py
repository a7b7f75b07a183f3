"""Seven hundred and eighty invented bodies of social housing: names, places, sizes, codes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from forms import is_luhn
from resolvers.demo.books.draft import Body
from resolvers.demo.naming import names_of
from resolvers.demo.words import Department, Town, departments, words

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = "harmonia"
# As many as the sector had of each kind around 2022.
COUNTS = {"OPH": 235, "SA": 190, "COOP": 165, "SEM": 130, "MOI": 60}
# Dwellings: median, spread of the logarithm, least, most.
SIZES = {
    "OPH": (5600, 0.75, 900, 32000),
    "SA": (6200, 0.85, 700, 45000),
    "COOP": (650, 0.8, 60, 4200),
    "SEM": (1900, 0.8, 250, 9500),
    "MOI": (260, 0.7, 40, 1200),
}
FEDERATIONS = {"OPH": "FOPH", "SA": "ESH", "COOP": "COOP", "SEM": "EPL"}
FEDERATED = 0.94


@dataclass(frozen=True, slots=True)
class Invented:
    """An organism that exists nowhere. `federation` is a platform's code; `codes` are by platform."""

    siren: str
    name: str
    category: str
    department: Department
    town: Town
    street: str
    federation: str | None
    codes: dict[str, str]
    dwellings: int

    @property
    def key(self) -> str:
        """The organization's name in the policies."""
        return f"organism:{self.siren}"

    @property
    def body(self) -> Body:
        """What its books are drawn from."""
        return Body(self.siren, self.category, self.department.code, self.dwellings)

    @property
    def domain(self) -> str:
        """Its mail domain; `.example` belongs to nobody (RFC 2606)."""
        return f"organisme-{self.siren}.example"

    @property
    def declares(self) -> bool:
        """Whether it files regulatory statements: the voluntary bodies (MOI) do not have to."""
        return self.category != "MOI"


@cache
def organisms() -> tuple[Invented, ...]:
    """All of them, always the same, in the order of their codes at the Ministry."""
    dice = Random(SEED)  # noqa: S311 - an invented world, no secret
    found = [body for category in COUNTS for body in _of_kind(category, dice)]
    return tuple(sorted(_coded(found), key=lambda body: body.codes["MIN"]))


def _of_kind(category: str, dice: Random) -> Iterator[Invented]:
    count, sirens = COUNTS[category], _sirens(dice, category)
    median, width, least, most = SIZES[category]
    for name, department, town in names_of(category, count, dice):
        size = round(median * dice.lognormvariate(0, width))
        federation = FEDERATIONS.get(category)
        yield Invented(
            siren=next(sirens),
            name=name,
            category=category,
            department=department,
            town=town,
            street=f"{dice.randrange(1, 180)}, {dice.choice(words('streets'))}",
            federation=federation if dice.random() < FEDERATED else None,
            codes={},
            dwellings=min(most, max(least, size)),
        )


def _sirens(dice: Random, category: str) -> Iterator[str]:
    """Numbers that pass Luhn's key and never come twice; those of public bodies begin with 2."""
    seen: set[str] = set()
    first = "27" if category == "OPH" else {"SA": "5", "COOP": "6", "SEM": "3", "MOI": "4"}[category]
    while True:
        digits = first + "".join(str(dice.randrange(10)) for _ in range(8 - len(first)))
        siren = next(f"{digits}{key}" for key in range(10) if is_luhn(f"{digits}{key}"))
        if siren not in seen:
            seen.add(siren)
            yield siren


def _coded(found: list[Invented]) -> Iterator[Invented]:
    """Give each its code at the Ministry (department, rank) and at its federation (rank)."""
    ranks: Counter[str] = Counter()
    order = {department.code: rank for rank, department in enumerate(departments())}
    for body in sorted(found, key=lambda body: (order[body.department.code], body.category, body.name)):
        ranks[body.department.code] += 1
        body.codes["MIN"] = f"{body.department.code.zfill(3)}{ranks[body.department.code]:03d}"
        if body.federation:
            ranks[body.federation] += 1
            body.codes[body.federation] = f"{body.federation[0]}{ranks[body.federation]:04d}"
        yield body
