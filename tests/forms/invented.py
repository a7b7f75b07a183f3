"""Dossiers made up at random from a seed, with what people and files really put in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import Column, Data, Kind, Nature, OrganismKind, Pack, Row, is_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

NUMBERS = (
    "0", "1", "-1", "0.01", "-0.01", "0.005", "-0.005", "0.000001", "-0.000001", "2.5", "-2.5", "12.345",
    "100", "2024", "10000000000000", "-10000000000000", "9999999999999.999999", "333333.33",
)  # fmt: skip
TEXTS = (
    "", "abc", "É’t\u2028é", "732829320", "356000000", "732829321", "٣", "2024-12-31", "2024-02-30",
    "31/12/2024", "2023-01-01", "0", "A", "Oui", "FR7630006000011234567890189", "\\ \" '",
)  # fmt: skip
DENSITIES = (0.0, 0.05, 0.3, 0.7, 1.0)


def invent(pack: Pack, random: Random) -> Data:
    """A dossier of one kind of organism: some cells typed, some forced, rows, last year's cells."""
    density = random.choice(DENSITIES)
    cells = [cell for cell in pack.cells.values() if random.random() < density]
    before = [cell for cell in pack.cells.values() if random.random() < random.choice(DENSITIES)]
    forced = [cell for cell in pack.cells.values() if cell.kind is Kind.FORCIBLE and random.random() < 0.3]
    return Data(
        kind=random.choice(list(OrganismKind)).value,
        cells={cell.id: _value(pack, cell.unit, random) for cell in cells if cell.kind.typed},
        rows={
            tab.code: [
                Row(
                    f"{number:04}",
                    _row(pack, tab.columns, random),
                )
                for number in range(1, random.choice((1, 2, 4, 12)))
            ]
            for tab in pack.tabs.values()
            if tab.nature is Nature.DYNAMIC
        },
        forced={cell.id: _value(pack, cell.unit, random) for cell in forced},
        previous={cell.id: _value(pack, cell.unit, random) for cell in before},
    )


def _row(pack: Pack, columns: Iterable[Column], random: Random) -> dict[str, str]:
    typed = [column for column in columns if column.kind.typed and random.random() < 0.7]
    return {column.code: _value(pack, column.unit, random) for column in typed}


def _value(pack: Pack, unit: str, random: Random) -> str:
    if is_text(unit):
        known = pack.lists.get(unit.removeprefix("liste:"), ())
        return random.choice((*TEXTS, *known))
    drawn = random.choice(("known", "small", "large"))
    if drawn == "known":
        return random.choice(NUMBERS)
    number = random.randrange(-(10**6), 10**7) if drawn == "small" else random.randrange(-(10**13), 10**13)
    decimals = random.choice(("", "", ".5", ".25", ".99", ".000005"))
    return f"{number}{decimals}"
