"""Dossiers made up at random from a seed, with what people and files really put in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import Column, Data, Kind, Nature, OrganismKind, Pack, Row, is_text
from forms.address import with_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from random import Random

NUMBERS = (
    "0", "1", "-1", "0.01", "-0.01", "0.005", "-0.005", "0.000001", "-0.000001", "2.5", "-2.5", "12.345",
    "100", "2024", "10000000000000", "-10000000000000", "9999999999999.999999", "333333.33",
)  # fmt: skip
TEXTS = (
    "", "abc", "É’t\u2028é", "732829320", "356000000", "732829321", "٣", "2024-12-31", "2024-02-30",
    "2024-02-29", "2023-01-31", "0000-01-01", "0001-01-01", "31/12/2024", "2023-01-01", "0", "A", "oui",
    "Oui", "FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890188",
    "non", "DE89370400440532013000", "\\ \" '",
)  # fmt: skip
DATES = (
    "2023-01-31", "2023-02-28", "2024-02-29", "2024-03-31", "2024-12-31", "2023-12-01", "0001-01-01",
    "9999-12-31", "2024-02-30", "2024-13-01", "0000-01-01", "31/12/2024", "2024-1-1", "",
)  # fmt: skip
DENSITIES = (0.0, 0.05, 0.3, 0.7, 1.0)
Groups = dict[str, list[str]]


def invent(pack: Pack, random: Random) -> Data:
    """A dossier of one kind: cells typed, some forced, rows, instances, last year's cells."""
    # Two groups may well use the same keys.
    groups = {code: [str(key) for key in range(1, random.choice((1, 2, 4)))] for code in pack.groups}
    cells = {name: cell for cell in pack.cells.values() for name in _names(pack, cell.tab, cell.id, groups)}
    density = random.choice(DENSITIES)
    typed = [name for name, cell in cells.items() if cell.kind.typed and random.random() < density]
    forced = [name for name, cell in cells.items() if cell.kind is Kind.FORCIBLE and random.random() < 0.3]
    before = [name for name in cells if random.random() < random.choice(DENSITIES)]

    def valued(names: Iterable[str]) -> Mapping[str, str]:
        return {name: _value(pack, cells[name].unit, random) for name in names}

    return Data(
        kind=random.choice(list(OrganismKind)).value,
        cells=valued(typed),
        rows={
            name: _rows(pack, tab.columns, random)
            for tab in pack.tabs.values()
            if tab.nature is Nature.DYNAMIC
            for name in _names(pack, tab.code, tab.code, groups)
        },
        forced=valued(forced),
        previous=valued(before),
        groups=groups,
    )


def _names(pack: Pack, tab: str, name: str, groups: Groups) -> list[str]:
    group = pack.tabs[tab].group
    return [name] if group is None else [with_key(name, key) for key in groups[group]]


def _rows(pack: Pack, columns: Sequence[Column], random: Random) -> list[Row]:
    return [
        Row(f"{number:04}", _row(pack, columns, random)) for number in range(1, random.choice((1, 2, 4, 12)))
    ]


def _row(pack: Pack, columns: Iterable[Column], random: Random) -> dict[str, str]:
    typed = [column for column in columns if column.kind.typed and random.random() < 0.7]
    return {column.code: _value(pack, column.unit, random) for column in typed}


def _value(pack: Pack, unit: str, random: Random) -> str:
    if unit == "date":
        # Often the same day, for comparisons to meet it twice.
        return random.choice((random.choice(DATES), "2024-02-29"))
    if is_text(unit):
        known = pack.lists.get(unit.removeprefix("liste:"), ())
        return random.choice((*TEXTS, *known, "oui", "non", "2024-03-31"))
    drawn = random.choice(("known", "small", "large"))
    if drawn == "known":
        return random.choice(NUMBERS)
    number = random.randrange(-(10**6), 10**7) if drawn == "small" else random.randrange(-(10**13), 10**13)
    decimals = random.choice(("", "", ".5", ".25", ".99", ".000005"))
    return f"{number}{decimals}"
