"""Slips of the pen that leave the accounts balanced: each makes one major check fail, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms import Data, Pack


@dataclass(frozen=True, slots=True)
class Slip:
    """`cell` is set to so much more than the cells of `limit` together; `reason` justifies it."""

    cell: str
    limit: tuple[str, ...]
    excess: int
    reason: str


BUILDING_STARTED = tuple(f"G08.L0{number}.B" for number in range(11, 17))
SLIPS = {
    "PA-045": Slip(
        "G10.L036.N",
        ("G10.L034.N",),
        9,
        "Les mutations comprennent celles qui ont suivi la restructuration d’une résidence : ces ménages "
        "n’ont pas donné congé et ne figurent pas parmi les départs.",
    ),
    "PA-048": Slip(
        "G10.L043.N",
        ("G10.L041.N",),
        14,
        "La réduction de loyer de solidarité est comptée en fin d’exercice, l’APL à la date de "
        "l’enquête : l’écart correspond aux droits ouverts entre les deux dates.",
    ),
    "PA-051": Slip(
        "G08.L017.B",
        BUILDING_STARTED,
        6,
        "Une opération en VEFA a été signée après l’ordre de service du promoteur : sa mise en chantier "
        "relève de l’exercice précédent.",
    ),
}
ORDINARY_REASON = (
    "Écart vérifié avec le commissaire aux comptes : il tient à un événement de l’exercice, non à une erreur "
    "de saisie."
)


def slip(pack: Pack, data: Data, check: str) -> Data:
    """The same data with one slip. KeyError if nobody ever made it."""
    made = SLIPS[check]
    if made.cell not in pack.cells:
        raise KeyError(made.cell)
    value = sum(int(data.cells[cell]) for cell in made.limit) + made.excess
    return replace(data, cells={**data.cells, made.cell: str(value)})


def reason_for(check: str) -> str:
    """The organism's reason for a failing check."""
    made = SLIPS.get(check)
    return made.reason if made else ORDINARY_REASON
