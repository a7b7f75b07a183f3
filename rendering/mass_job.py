"""Making a mass move: dossier by dossier, until none waits; another worker goes on where one died."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resolvers import mass_moving

if TYPE_CHECKING:
    from uuid import UUID

    from rendering.services import Services


async def make_mass_move(services: Services, mass_id: UUID) -> None:
    """Move each dossier that waits. What is raised here (the database is away) leaves the rest waiting."""
    while await mass_moving.move_next(services.authority, mass_id):
        pass
    await mass_moving.finish(mass_id)
