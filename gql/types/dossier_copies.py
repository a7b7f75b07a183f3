"""The sealed copies of a dossier."""

from __future__ import annotations

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Requires, resolved
from gql.types.copies import SealedCopy
from resolvers import copies
from resolvers.rows import DossierRow


@strawberry.type
class DossierCopies:
    """What was sealed of one dossier."""

    row: strawberry.Private[DossierRow]

    @resolved(
        "Copies scellées du dossier, la dernière en premier\u202f; refusées à qui n’en lit que des onglets.",
        Requires(Right.EXPORT),
        size=5,
    )
    async def copies(self, info: Ask) -> list[SealedCopy]:
        """The sealed copies. Raises Refused."""
        found = await info.context.loaders.seen_of(copies.of_many, self.row)
        return [
            SealedCopy(
                row=row,
                path=f"/copies/{row.id}.zip",
                receipt_path=f"/copies/{row.id}/receipt.pdf",
                pdf_path=f"/copies/{row.id}/dossier.pdf",
                why_not=None if refused is None else refused.message,
            )
            for row in found or ()
            for refused in [copies.refusal(info.context.asker, self.row, row, Right.EXPORT)]
        ]
