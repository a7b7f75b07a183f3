"""What the web client needs to compute a dossier by itself while someone types in it."""

from __future__ import annotations

import strawberry

from forms import Data
from gql.fields import shown
from gql.types.scalars import Json


def _rows(data: Data) -> dict[str, list[dict[str, object]]]:
    return {tab: [{"key": row.key, "values": row.values} for row in rows] for tab, rows in data.rows.items()}


@strawberry.type(description="Tout ce que lisent les formules d’un dossier, sans les valeurs calculées.")
class FormulaData:
    """The data of one dossier, and the version they were read at."""

    version: int = strawberry.field(
        description="Version du dossier avant cette lecture\u00a0: les valeurs sont au moins aussi récentes."
    )
    data: strawberry.Private[Data]
    cells: Json = shown('Valeurs saisies\u00a0: `{"A1.L011.B": "123.45"}`.', lambda it: it.data.cells)
    forced: Json = shown("Valeurs des cellules forcées, par cellule.", lambda it: it.data.forced)
    rows: Json = shown(
        'Lignes des onglets dynamiques\u00a0: `{"F01": [{"key": "0001", "values": {"C01": "12"}}]}`.',
        lambda it: _rows(it.data),
    )
    groups: Json = shown(
        'Clés des groupes répétés\u00a0: `{"ENFANT": ["1", "2"]}`.', lambda it: it.data.groups
    )
    previous: Json = shown("Valeurs de l’an dernier, par cellule.", lambda it: it.data.previous)
