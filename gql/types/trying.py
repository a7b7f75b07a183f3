"""What would follow from a write that is only tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry

from forms import Severity
from gql.fields import shown
from gql.types.scalars import Json
from gql.types.verification import Anomaly
from gql.types.writing import CellConflict, CellRefusal
from resolvers import dry_run


def _count(severity: Severity) -> Callable[[Any], object]:
    return lambda it: sum(row.anomaly.severity is severity for row in it.row.anomalies)


@strawberry.type(
    description="Ce qui résulterait d’une écriture\u202f; un refus empêche l’essai. Rien n’est écrit."
)
class DryRun:
    """Values and anomalies that would be."""

    row: strawberry.Private[dry_run.DryRun]
    changed: Json = shown(
        'Cellules dont la valeur changerait, calculées comprises\u00a0: `{"A1.L019.B": "12"}`.',
        lambda it: it.row.changed,
    )
    conflicts: list[CellConflict] = shown(
        "Cellules modifiées par d’autres depuis qu’elles ont été vues.",
        lambda it: [CellConflict(row=row) for row in it.row.conflicts],
        size=100,
    )
    refused: list[CellRefusal] = shown(
        "Valeurs refusées.", lambda it: [CellRefusal(row=row) for row in it.row.refused], size=100
    )
    minor: int = shown("Nombre d’anomalies mineures qu’il y aurait.", _count(Severity.MINOR))
    major: int = shown("Nombre d’anomalies majeures qu’il y aurait.", _count(Severity.MAJOR))
    blocking: int = shown("Nombre d’anomalies bloquantes qu’il y aurait.", _count(Severity.BLOCKING))
    anomalies: list[Anomaly] = shown(
        "Anomalies qu’il y aurait, dans l’ordre des contrôles.",
        lambda it: [Anomaly(row=row) for row in it.row.anomalies],
        size=50,
    )
