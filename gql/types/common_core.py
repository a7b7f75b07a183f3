"""The comparison of two dossiers of one organism and year that hold the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from forms import format_value
from gql.fields import shown
from resolvers import common_core

if TYPE_CHECKING:
    from gql.types.dossiers import Dossier


def _dossier(it: CommonCore) -> Dossier:
    from gql.types.dossiers import Dossier  # noqa: PLC0415 - a dossier has a common core, which has a dossier

    return Dossier(row=it.row.other)


@strawberry.type(description="Valeur qui devrait être la même dans les deux dossiers, et ne l’est pas.")
class Divergence:
    """A pair of cells that say something else."""

    row: strawberry.Private[common_core.Pair]
    core: strawberry.Private[common_core.CommonCore]
    id: str = shown("Nom de la divergence, à donner à `copyCommonCore`.", lambda it: it.row.id)
    cell: str = shown("Cellule de ce dossier.", lambda it: it.row.cell)
    other_cell: str = shown("Cellule de l’autre, la première d’une somme.", lambda it: it.row.other_cell)
    label: str = shown("Libellé de la ligne dans ce dossier.", lambda it: it.row.label)
    here: str | None = shown("Valeur dans ce dossier\u202f; nulle si elle est vide.", lambda it: it.row.here)
    here_display: str = shown(
        "Valeur dans ce dossier, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.here or "", it.row.unit),
    )
    there: str | None = shown(
        "Valeur dans l’autre dossier\u202f; nulle si elle est vide.", lambda it: it.row.there
    )
    there_display: str = shown(
        "Valeur dans l’autre dossier, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.there or "", it.row.unit),
    )
    provenance: str = shown(
        "D’où vient la valeur de l’autre dossier\u00a0: formulaire, année, plateforme, cellules.",
        lambda it: it.row.provenance,
    )
    can_copy_from_other: bool = shown(
        "Vrai si l’appelant peut la copier de l’autre dossier vers celui-ci.",
        lambda it: it.row.from_other and it.core.writable,
    )
    can_copy_to_other: bool = shown(
        "Vrai si l’appelant peut la copier de ce dossier vers l’autre.",
        lambda it: it.row.to_other and it.core.other_writable,
    )


@strawberry.type(
    description="Tronc commun\u00a0: ce dossier et un autre, du même organisme et de la même année."
)
class CommonCore:
    """Two dossiers side by side; the viewer may read both."""

    row: strawberry.Private[common_core.CommonCore]
    other: Annotated[Dossier, strawberry.lazy("gql.types.dossiers")] = shown("L’autre dossier.", _dossier)
    shared: int = shown("Nombre de valeurs que les deux partagent.", lambda it: len(it.row.pairs))
    divergences: list[Divergence] = shown(
        "Valeurs qui diffèrent, dans l’ordre du formulaire qui partage.",
        lambda it: [Divergence(row=pair, core=it.row) for pair in it.row.divergences],
        size=100,
    )
