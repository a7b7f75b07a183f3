"""What a dossier says of its campaign: who follows it, and until when."""

from __future__ import annotations

from datetime import date, datetime

import strawberry

from authz import Right
from authz.clock import today
from gql.context import Ask
from gql.fields import Inherits, resolved
from gql.types.parties import Follower
from models import AssignmentRole
from resolvers.deadlines import due_dates, late
from resolvers.er_dates import er_dates
from resolvers.people_rights import platform_of
from resolvers.rows import DossierRow


@strawberry.type
class DossierCampaign:
    """The fields of a dossier that its campaign gives it."""

    row: strawberry.Private[DossierRow]

    @resolved(
        "Chargé de mission qui suit le dossier à la plateforme\u202f; nul s’il n’y en a pas.",
        Inherits(Right.READ),
    )
    async def officer(self, info: Ask) -> Follower | None:
        """Who follows it."""
        return await self._follower(info, AssignmentRole.OFFICER)

    @resolved(
        "Responsable d’affaire du dossier à la plateforme\u202f; nul s’il n’y en a pas.",
        Inherits(Right.READ),
    )
    async def account_manager(self, info: Ask) -> Follower | None:
        """Who is responsible for it."""
        return await self._follower(info, AssignmentRole.ACCOUNT_MANAGER)

    @resolved(
        "Dernier jour du dossier\u00a0: le premier de ceux de son étape et des suivantes\u202f; nul"
        " s’il n’en a pas.",
        Inherits(Right.READ),
    )
    async def due_on(self, info: Ask) -> date | None:
        """Its last day."""
        return await info.context.loaders.of_dossier(due_dates, self.row)

    @resolved("Vrai si son dernier jour est passé, à Paris.", Inherits(Right.READ))
    async def late(self, info: Ask) -> bool:
        """Whether it is late."""
        return late(await info.context.loaders.of_dossier(due_dates, self.row), today().date)

    @resolved(
        "Date de transmission au Ministère de l’ER associé, pour un dossier de la plateforme d’une"
        " fédération\u202f; nulle s’il n’est pas transmis ou si l’appelant ne peut pas le savoir.",
        Inherits(Right.READ),
    )
    async def er_transmitted_at(self, info: Ask) -> datetime | None:
        """When the other form was transmitted."""
        return await info.context.loaders.seen_of(er_dates, self.row)

    async def _follower(self, info: Ask, role: AssignmentRole) -> Follower | None:
        row = await info.context.loaders.follower(self.row, role)
        inside = platform_of(info.context.asker) == self.row.platform
        return None if row is None else Follower(row=row, inside=inside)
