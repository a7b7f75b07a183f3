"""The checks that fail on a dossier, as the last run found them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from authz import Right
from forms import Severity, format_value
from gql.context import Ask
from gql.fields import Inherits, resolved, shown
from resolvers.anomalies import anomaly_id, without_past
from resolvers.explaining import explanation
from resolvers.rows import AnomalyRow, VerificationRow

if TYPE_CHECKING:
    from collections.abc import Callable


@strawberry.type(description="Cellule qu’un contrôle a lue.")
class AnomalyCell:
    """One operand of a failing check; its unit is the check's."""

    cell: strawberry.Private[str]
    text: strawberry.Private[str | None]
    unit: strawberry.Private[str]
    id: strawberry.ID = shown("Nom de la cellule, par exemple `A1.L011.B`.", lambda it: it.cell)
    value: str | None = shown("Valeur lue, texte canonique\u202f; nul si elle est vide.", lambda it: it.text)
    display: str = shown(
        "Valeur lue, telle qu’on l’écrit en français.", lambda it: format_value(it.text or "", it.unit)
    )


async def _open(row: AnomalyRow, info: Ask) -> AnomalyRow:
    return without_past(row, await info.context.loaders.closed_past(row))


@strawberry.type(description="Anomalie\u00a0: contrôle que les valeurs du dossier ne respectent pas.")
class Anomaly:
    """A failing check."""

    row: strawberry.Private[AnomalyRow]
    check: str = shown("Code du contrôle.", lambda it: it.row.anomaly.check)
    severity: Severity = shown("Gravité.", lambda it: it.row.anomaly.severity)
    instance: str = shown(
        "Clé de l’exemplaire du groupe répété qui ne le respecte pas\u202f; vide pour le dossier.",
        lambda it: it.row.anomaly.instance,
    )
    label: str = shown("Énoncé du contrôle.", lambda it: it.row.anomaly.label)

    @resolved(
        "Écart constaté, texte canonique\u202f; nul s’il ferait retrouver une valeur de l’an dernier que"
        " l’appelant ne peut pas lire.",
        Inherits(Right.READ),
    )
    async def gap(self, info: Ask) -> str | None:
        """The gap."""
        return (await _open(self.row, info)).anomaly.gap

    @resolved("Écart, tel qu’on l’écrit en français\u202f; vide s’il est nul.", Inherits(Right.READ))
    async def gap_display(self, info: Ask) -> str:
        """The gap, as it is read."""
        anomaly = (await _open(self.row, info)).anomaly
        return format_value(anomaly.gap or "", anomaly.unit)

    cells: list[AnomalyCell] = shown(
        "Cellules que le contrôle a lues.",
        lambda it: [
            AnomalyCell(cell=cell, text=text, unit=it.row.anomaly.unit) for cell, text in it.row.anomaly.cells
        ],
        size=10,
    )
    justification: str | None = shown(
        "Justification donnée par l’organisme, s’il y en a une.", lambda it: it.row.justification
    )

    @resolved(
        "Pourquoi le contrôle échoue\u00a0: les cellules et leurs valeurs, en une phrase. Celles de l’an"
        " dernier n’y sont que si l’appelant peut lire le dossier de l’an dernier.",
        Inherits(Right.READ),
    )
    async def explanation(self, info: Ask) -> str:
        """The sentence that names the cells."""
        closed = await info.context.loaders.closed_past(self.row)
        return explanation(without_past(self.row, closed), closed)

    @resolved(
        "Justification du même contrôle dans le dossier de l’an dernier, à reprendre\u202f; nulle s’il n’y"
        " en a pas que l’appelant puisse lire.",
        Inherits(Right.READ),
    )
    async def proposed_justification(self, info: Ask) -> str | None:
        """Last year's reason."""
        loaders = info.context.loaders
        before = None if self.row.dossier is None else await loaders.last_year(self.row.dossier)
        if before is None or self.row.closed:
            return None
        return (await loaders.justifications(before)).get(anomaly_id(self.row.anomaly))


def _count(severity: Severity) -> Callable[[Any], object]:
    def count(it: Verification) -> int:
        return sum(1 for row in it.row.anomalies if row.anomaly.severity is severity)

    return count


@strawberry.type(description="Dernière vérification d’un dossier\u00a0: ses anomalies et ce qu’elle a lu.")
class Verification:
    """One run of the checks."""

    row: strawberry.Private[VerificationRow]
    at: datetime = shown("Moment de la vérification.", lambda it: it.row.at)
    stale: bool = shown(
        "Vrai si le dossier a été modifié depuis\u00a0: vérifiez-le de nouveau.", lambda it: it.row.stale
    )
    data_hash: str = shown("Empreinte SHA-256 des données vérifiées.", lambda it: it.row.data_hash)
    minor: int = shown("Nombre d’anomalies mineures.", _count(Severity.MINOR))
    major: int = shown("Nombre d’anomalies majeures.", _count(Severity.MAJOR))
    blocking: int = shown("Nombre d’anomalies bloquantes.", _count(Severity.BLOCKING))

    @resolved("Anomalies, dans l’ordre des contrôles.", Inherits(Right.READ), size=50)
    def anomalies(
        self,
        severity: Annotated[
            Severity | None, strawberry.argument(description="N’en garder que cette gravité.")
        ] = None,
    ) -> list[Anomaly]:
        """The anomalies, or those of one severity."""
        return [
            Anomaly(row=row)
            for row in self.row.anomalies
            if severity is None or row.anomaly.severity is severity
        ]
