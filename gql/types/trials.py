"""What a draft of a form would change in a dossier, which it leaves as it is."""

from __future__ import annotations

import strawberry

from forms import format_value
from gql.fields import shown
from gql.types.dossiers import Dossier
from gql.types.verification import Anomaly
from resolvers.pack_rows import TrialRow, TrialValue
from resolvers.rows import AnomalyRow


@strawberry.type(description="Cellule dont la valeur serait différente.")
class TrialChange:
    """One cell."""

    row: strawberry.Private[TrialValue]
    cell: str = shown("Nom de la cellule.", lambda it: it.row.cell)
    before: str | None = shown(
        "Valeur actuelle, texte canonique\u202f; nul si elle est vide.", lambda it: it.row.before
    )
    after: str | None = shown(
        "Valeur selon le brouillon, texte canonique\u202f; nul si elle est vide.", lambda it: it.row.after
    )
    before_display: str = shown(
        "Valeur actuelle, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.before or "", it.row.unit),
    )
    after_display: str = shown(
        "Valeur selon le brouillon, telle qu’on l’écrit en français.",
        lambda it: format_value(it.row.after or "", it.row.unit),
    )


@strawberry.type(description="Effet d’un brouillon de formulaire sur un dossier, qui reste inchangé.")
class TrialResult:
    """One dossier tried."""

    row: strawberry.Private[TrialRow]
    dossier: Dossier = shown("Dossier essayé.", lambda it: Dossier(row=it.row.dossier))
    changed: int = shown("Nombre de valeurs qui changeraient.", lambda it: it.row.changed)
    values: list[TrialChange] = shown(
        "Les premières de ces valeurs, 50 au plus.",
        lambda it: [TrialChange(row=row) for row in it.row.values],
        size=50,
    )
    appearing: list[Anomaly] = shown(
        "Anomalies qui apparaîtraient.",
        lambda it: [Anomaly(row=AnomalyRow(row, None, it.row.dossier)) for row in it.row.appearing],
        size=20,
    )
    disappearing: list[Anomaly] = shown(
        "Anomalies qui disparaîtraient.",
        lambda it: [Anomaly(row=AnomalyRow(row, None, it.row.dossier)) for row in it.row.disappearing],
        size=20,
    )
