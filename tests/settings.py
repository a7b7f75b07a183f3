"""The settings desk of the tests: the CDC and the Ministry with administrators, and what must not move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from authz import Right, Viewer, add_rows, convention_line, profile_line, read_version, viewer_of_user
from models import Organization, Problem, User, fetch
from resolvers.people import Credentials
from resolvers.people_rows import AccountEntry
from tests.world import SIREN, World, build_world, password_hash

if TYPE_CHECKING:
    from collections.abc import Awaitable

STRONG = "Turbine-43-lune"
# login → organization's key, profile
ADMINISTRATORS = {
    "cdc.admin": ("partner:CDC", "profile:partner_admin"),
    "cdc.second": ("partner:CDC", "profile:partner_admin"),
    "ancols.admin": ("partner:ANCOLS", "profile:partner_admin"),
    "organisme.admin": (f"organism:{SIREN}", "profile:organism_admin"),
    "ministere.admin": ("operator:MIN", "profile:operator_admin"),
}


@dataclass(slots=True)
class Desk:
    """A world whose bodies have administrators, and identifiers by login or by key."""

    world: World
    users: dict[str, UUID]
    organizations: dict[str, UUID]

    def __getitem__(self, login: str) -> Viewer:
        return self.world[login]

    async def viewer(self, login: str) -> Viewer:
        """Someone opened since, under the policy as it stands."""
        await self.world.authority.refresh()
        return await viewer_of_user(self.world.authority, (await User.get(login=login)).id)

    async def version_of(self, login: str) -> int:
        return (await User.get(login=login)).version


async def build_settings() -> Desk:
    """The world of tests/world.py, with two administrators at the CDC and one elsewhere."""
    world = await build_world()
    keys = {one.key: one.id for one in await Organization.all()}
    for login, (key, _) in ADMINISTRATORS.items():
        await User.create(
            organization_id=keys[key],
            login=login,
            password_hash=password_hash(),
            first_name="Alix",
            last_name=login.capitalize(),
            email=f"{login}@example.org",
            phone="01 40 00 00 00",
            delegated_administrator=True,
        )
    lines = [
        profile_line(subject=f"user:{login}", profile=profile, platform="MIN", form="ER")
        for login, (_, profile) in ADMINISTRATORS.items()
    ]
    # ANCOLS reads what is closed; its convention gives it a place.
    lines.append(
        convention_line(
            actor="partner:ANCOLS",
            platform="MIN",
            form="ER",
            organisms="all",
            right=Right.READ,
            steps="6",
            ref="convention ANCOLS",
        )
    )
    await add_rows(lines, base=await read_version(), author_id=None, comment="Administrateurs")
    await world.authority.refresh()
    for user in await User.all():
        world.viewers[user.login] = await viewer_of_user(world.authority, user.id)
    users = {user.login: user.id for user in await User.all()}
    return Desk(world, users, keys)


def person(**changes: Any) -> AccountEntry:  # noqa: ANN401 - fields of an entry
    """Someone plausible."""
    known = {"first_name": "Ana", "last_name": "Roux", "email": "ana.roux@example.org", "phone": "0140000001"}
    return AccountEntry(**{**known, **changes})


def credentials(login: str = "ana.roux", password: str = STRONG, again: str = "") -> Credentials:
    """What she signs in with."""
    return Credentials(login, password, again or password)


async def everything() -> dict[str, Any]:
    """All that a refusal must leave as it was: accounts, cards, lines, the version, sessions and keys."""
    return {
        "accounts": await fetch("SELECT * FROM user_account ORDER BY id"),
        "cards": await fetch("SELECT * FROM organization ORDER BY id"),
        "lines": await fetch("SELECT * FROM policy_row ORDER BY id"),
        "versions": await fetch("SELECT count(*) AS n FROM policy_version"),
        "sessions": await fetch("SELECT * FROM session ORDER BY id"),
        "keys": await fetch("SELECT id FROM idempotency_key ORDER BY id"),
    }


async def refused(act: Awaitable[object]) -> str:
    """The code of the refusal, which has left everything as it was."""
    before = await everything()
    with pytest.raises(Problem) as problem:
        await act
    assert await everything() == before
    return problem.value.code
