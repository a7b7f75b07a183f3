"""A campaign to conduct: its pilot, an officer, and as many dossiers as a test asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from authz import add_rows, profile_line, read_version, viewer_of_user
from models import Campaign, Category, Dossier, Organism, OrganismCode, Organization, OrganizationKind, User
from resolvers.campaign_rows import Asked
from tests.world import PACK, World, build_world, password_hash

if TYPE_CHECKING:
    from uuid import UUID

ASKED = Asked("MIN", "ER", 2024)
# login → profile; both are of the Ministry.
STAFF = {"pilote": "profile:operator_admin", "mission": "profile:officer"}
KINDS = (Category.OPH, Category.SA, Category.SEM)


@dataclass(frozen=True, slots=True)
class Conducted:
    """The world, the campaign's number, and the dossiers added, by the organism's code."""

    world: World
    campaign: int
    dossiers: tuple[UUID, ...]


async def conducted(count: int = 3, *, step: int = 4) -> Conducted:
    """The world's dossier and `count` more at `step`, of several kinds of organism."""
    world = await build_world(step=step)
    campaign = await Campaign.get()
    operator = await Organization.get(key="operator:MIN")
    for login in STAFF:
        await User.create(
            organization=operator,
            login=login,
            password_hash=password_hash(),
            first_name=login.capitalize(),
            last_name="Essai",
            email=f"{login}@example.org",
        )
    lines = [
        profile_line(subject=f"user:{login}", profile=profile, platform="MIN", form="ER")
        for login, profile in STAFF.items()
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Qui conduit")
    added = [await _dossier(campaign, number, step) for number in range(count)]
    await world.authority.refresh()
    for user in await User.filter(login__in=list(STAFF)):
        world.viewers[user.login] = await viewer_of_user(world.authority, user.id)
    return Conducted(world, campaign.id, tuple(added))


async def _dossier(campaign: Campaign, number: int, step: int) -> UUID:
    siren, category = f"{300_000_000 + number}", KINDS[number % len(KINDS)]
    body = await Organization.create(
        key=f"organism:{siren}", kind=OrganizationKind.ORGANISM, name=f"Organisme {number}", short_name="o"
    )
    organism = await Organism.create(
        organization=body, siren=siren, category=category, department="34", city="Sète"
    )
    code = f"{100 + number}"
    await OrganismCode.create(organism=organism, platform_id="MIN", code=code)
    made = await Dossier.create(
        campaign=campaign,
        organism=organism,
        platform="MIN",
        form="ER",
        year=2024,
        pack=PACK,
        code=code,
        category=category,
        search=f"organisme {number} {siren} {code}",
        step=step,
        step_since=datetime.now(UTC),
        passes=step,
    )
    return made.id
