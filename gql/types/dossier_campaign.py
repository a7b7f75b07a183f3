"""What a dossier says of its campaign: who follows it, and until when."""

from __future__ import annotations

from datetime import date

import strawberry

from authz import Right
from authz.clock import today
from gql.context import Ask
from gql.fields import Inherits, resolved
from gql.types.parties import Person
from models import AssignmentRole
from resolvers.deadlines import late
from resolvers.rows import DossierRow


@strawberry.type
class DossierCampaign:
    """The fields of a dossier that its campaign gives it."""

    row: strawberry.Private[DossierRow]

    @resolved(
        "Chargé de mission qui suit le dossier à la plateforme\u202f; nul s’il n’y en a pas.",
        Inherits(Right.READ),
    )
    async def officer(self, info: Ask) -> Person | None:
        """Who follows it."""
        row = await info.context.loaders.follower(self.row, AssignmentRole.OFFICER)
        return None if row is None else Person(row=row)

    @resolved(
        "Responsable d’affaire du dossier à la plateforme\u202f; nul s’il n’y en a pas.",
        Inherits(Right.READ),
    )
    async def account_manager(self, info: Ask) -> Person | None:
        """Who is responsible for it."""
        row = await info.context.loaders.follower(self.row, AssignmentRole.ACCOUNT_MANAGER)
        return None if row is None else Person(row=row)

    @resolved(
        "Dernier jour du dossier\u202f: le premier de ceux de son étape et des suivantes\u202f; nul"
        " s’il n’en a pas.",
        Inherits(Right.READ),
    )
    async def due_on(self, info: Ask) -> date | None:
        """Its last day."""
        return await info.context.loaders.due_on(self.row)

    @resolved("Vrai si son dernier jour est passé, à Paris.", Inherits(Right.READ))
    async def late(self, info: Ask) -> bool:
        """Whether it is late."""
        return late(await info.context.loaders.due_on(self.row), today().date)
