"""What each dossier of a list says of its campaign, read once for all of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from strawberry.dataloader import DataLoader

from resolvers.assignments import followers
from resolvers.deadlines import due_dates

if TYPE_CHECKING:
    from datetime import date

    from models import AssignmentRole
    from resolvers.person import PersonRow
    from resolvers.rows import DossierRow


class CampaignLoaders:
    """The loaders of what concerns a campaign."""

    async def due_on(self, dossier: DossierRow) -> date | None:
        """The last day of a dossier."""
        return await self._due_dates.load(dossier)

    async def follower(self, dossier: DossierRow, role: AssignmentRole) -> PersonRow | None:
        """Who follows a dossier in that role."""
        return (await self._followers.load(dossier.id)).get(role)

    @cached_property
    def _due_dates(self) -> DataLoader[DossierRow, date | None]:
        async def load(keys: list[DossierRow]) -> list[date | None]:
            found = await due_dates(keys)
            return [found[key.id] for key in keys]

        return DataLoader(load, cache_key_fn=lambda key: (key.id, key.step))

    @cached_property
    def _followers(self) -> DataLoader[UUID, dict[AssignmentRole, PersonRow]]:
        async def load(keys: list[UUID]) -> list[dict[AssignmentRole, PersonRow]]:
            found = await followers(keys)
            return [found[key] for key in keys]

        return DataLoader(load)
