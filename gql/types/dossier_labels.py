"""The labels that the viewer's organization put on a dossier."""

from __future__ import annotations

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Inherits, resolved
from gql.types.work_lists import Label
from resolvers import labels
from resolvers.rows import DossierRow


@strawberry.type
class DossierLabels:
    """The labels of one dossier."""

    row: strawberry.Private[DossierRow]

    @resolved("Étiquettes que l’organisation de l’appelant y a mises.", Inherits(Right.READ), size=5)
    async def labels(self, info: Ask) -> list[Label]:
        """Those of one's own organization."""
        found = await info.context.loaders.seen_of(labels.of_many, self.row)
        return [Label(row=row) for row in found or ()]
