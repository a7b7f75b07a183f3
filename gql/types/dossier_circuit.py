"""What a dossier tells of its visas."""

from __future__ import annotations

from typing import Annotated

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import BY_ITSELF, Inherits, resolved, shown
from gql.types.circuits import Circuit, VisaAct
from resolvers import circuits
from resolvers.paging import check_first
from resolvers.rows import DossierRow

# Of a circuit where something was decided, all that the dossier holds is read, for its hash.
READ_WHOLE = 50


def _label(it: DossierCircuit) -> str | None:
    circuit = circuits.circuit_at(it.row)
    return None if circuit is None else circuit.label


@strawberry.type
class DossierCircuit:
    """The circuit of the step where the dossier is, and all that was ever answered."""

    row: strawberry.Private[DossierRow]
    circuit_label: str | None = shown(
        "Libellé du circuit de visas de l’étape actuelle\u202f; nul si elle n’en a pas.", _label
    )

    @resolved(
        "Circuit de visas de l’étape actuelle\u202f; nul si elle n’en a pas.",
        Inherits(Right.READ),
        weight=READ_WHOLE,
    )
    async def circuit(self, info: Ask) -> Circuit | None:
        """The circuit."""
        row = await info.context.loaders.of_dossier(circuits.read_many, self.row)
        return None if row is None else Circuit(row=row)

    @resolved(
        "Réponses données à ses visas, aux étapes où l’appelant lit le dossier, la dernière en premier.",
        Inherits(Right.READ),
        weight=BY_ITSELF,
    )
    async def visa_acts(
        self,
        info: Ask,
        first: Annotated[int, strawberry.argument(description="Nombre de lignes, de 1 à 200.")] = 50,
    ) -> list[VisaAct]:
        """The answers. Raises Invalid FIRST_OUT_OF_BOUNDS."""
        check_first(first)
        return [VisaAct(row=row) for row in await circuits.history(info.context.asker, self.row, first)]
