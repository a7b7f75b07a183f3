"""What a dossier's platform tells those who open it."""

from __future__ import annotations

import strawberry

from authz import Right
from gql.context import Ask
from gql.fields import Inherits, resolved
from gql.types.support import Announcement
from resolvers import announcements
from resolvers.rows import DossierRow


@strawberry.type
class DossierMessage:
    """The message of a dossier's form."""

    row: strawberry.Private[DossierRow]

    @resolved("Message de la plateforme sur ce formulaire\u202f; nul sans message.", Inherits(Right.READ))
    async def announcement(self, info: Ask) -> Announcement | None:
        """The newest of today."""
        found = await info.context.loaders.of_dossier(announcements.on_form, self.row)
        return None if found is None else Announcement(row=found)
