"""More dossiers and people around the smallest world, for what people keep to find dossiers again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from authz import bump, viewer_of_user
from models import (
    Campaign,
    Consent,
    Dossier,
    Organism,
    OrganismCode,
    Organization,
    Platform,
    PlatformKind,
    User,
    transaction,
)
from resolvers.folding import fold
from resolvers.work_list_rows import default_id
from tests.world import PACK, password_hash

if TYPE_CHECKING:
    from authz import Viewer
    from tests.world import World


def own(viewer: Viewer) -> UUID:
    """The default list of a person."""
    assert viewer.user_id is not None
    return default_id(viewer.user_id)


async def dossier_of(siren: str, year: int, code: str, *, platform: str = "MIN", step: int = 4) -> UUID:
    """One more dossier of an organism of the world."""
    if platform != "MIN":
        await Platform.get_or_create(
            code=platform, defaults={"name": platform, "kind": PlatformKind.FEDERATION}
        )
    campaign, _ = await Campaign.get_or_create(
        platform_id=platform,
        form="ER",
        year=year,
        defaults={"pack": PACK, "opens_on": date(year + 1, 3, 1)},
    )
    organism = await Organism.get(siren=siren)
    await OrganismCode.get_or_create(organism=organism, platform_id=platform, defaults={"code": code})
    made = await Dossier.create(
        campaign=campaign,
        organism=organism,
        platform=platform,
        form="ER",
        year=year,
        pack=PACK,
        code=code,
        category="OPH",
        search=fold(f"{siren} {code}"),
        step=step,
        step_since=datetime.now(UTC),
        passes=step,
    )
    return made.id


async def colleague(world: World, of: str, login: str) -> Viewer:
    """Somebody else of an organization, without any right of his own."""
    found = world[of].organization_id
    user = await User.create(
        organization=await Organization.get(id=found),
        login=login,
        password_hash=password_hash(),
        first_name=login.capitalize(),
        last_name="Essai",
        email=f"{login}@example.org",
    )
    await world.authority.refresh()
    return await viewer_of_user(world.authority, user.id)


async def put_at(dossier: UUID, step: int) -> None:
    """Lay a dossier at a step."""
    await Dossier.filter(id=dossier).update(step=step, passes=step)


async def agree(world: World, dossier: UUID) -> None:
    """The organism shows its dossier of another year to the CDC too."""
    row = await Dossier.get(id=dossier)
    async with transaction():
        await Consent.create(
            organism_id=row.organism_id,
            partner=await Organization.get(key="partner:CDC"),
            platform_id="MIN",
            form="ER",
            year=row.year,
            given=True,
        )
        await bump(None, "Un accord de plus")
    await world.authority.refresh()
