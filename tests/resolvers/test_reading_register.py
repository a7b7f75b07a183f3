"""The register of readers tells a dossier's readings to those of its organism who read it, to no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from authz import (
    Right,
    Viewer,
    add_rows,
    box_line,
    profile_line,
    read_version,
    viewer_of_client,
    viewer_of_user,
)
from models import Dossier, MachineClient, Organization, User, transaction
from resolvers import consent_readers, dossiers, readings
from resolvers.consent_readers import Within
from tests.world import SIREN, World, build_world, password_hash

if TYPE_CHECKING:
    from authz import Line

pytestmark = pytest.mark.usefixtures("database")


async def _user(login: str) -> User:
    """Somebody more of the organism, without a right yet."""
    return await User.create(
        organization=await Organization.get(key=f"organism:{SIREN}"),
        login=login,
        password_hash=password_hash(),
        first_name="Alix",
        last_name="Essai",
        email=f"{login}@example.org",
    )


async def _rule(world: World, line: Line) -> None:
    await add_rows([line], base=await read_version(), author_id=None, comment="x")
    await world.authority.refresh()


async def _asker(world: World, name: str) -> Viewer:
    """One of the world, or who is of the organism without reading its ER: of another form, or a system."""
    if name == "autre-formulaire":
        made = await _user(name)
        line = profile_line(subject=f"user:{name}", profile="profile:entry", platform="MIN", form="QDIS")
        await _rule(world, line)
        return await viewer_of_user(world.authority, made.id)
    if name == "systeme":
        organization, scopes = await Organization.get(key=f"organism:{SIREN}"), [Right.READ.value]
        await MachineClient.create(
            id=name, organization=organization, name="Système", secret_hash="x", scopes=scopes
        )
        await _rule(world, box_line(subject=f"client:{name}", platform="MIN", right=Right.READ, ref="x"))
        return await viewer_of_client(world.authority, name, scopes)
    return world[name]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("saisie", True),
        ("hierarchie", True),
        ("autre-formulaire", False),
        ("systeme", False),
        ("voisin", False),
        ("cdc", False),
        ("ministere", False),
    ],
)
async def test_readings_are_told_to_whoever_reads_the_dossier_in_its_organism(
    name: str, *, told: bool
) -> None:
    world = await build_world(step=4)
    for login in ("cdc", "ministere"):
        async with transaction():
            await readings.note([await dossiers.read(world[login], world.dossier)])
    viewer = await _asker(world, name)
    page = await consent_readers.readings(viewer, None, None)
    taken = await consent_readers.register(viewer, None, None, Within(dossier=world.dossier))
    bodies = await consent_readers.reading_organizations(viewer)
    assert (len(page.rows), len(taken), page.has_next) == (2 * told, 2 * told, False)
    assert [body.key for body in bodies] == (["partner:CDC", "operator:MIN"] if told else [])


async def test_it_follows_the_step_at_which_he_reads() -> None:
    world = await build_world(step=4)
    async with transaction():
        await readings.note([await dossiers.read(world["cdc"], world.dossier)])
    made = await _user("debut")
    await _rule(world, box_line(subject="user:debut", platform="MIN", right=Right.READ, steps="1", ref="x"))
    viewer = await viewer_of_user(world.authority, made.id)
    for step, count in ((4, 0), (1, 1)):
        await Dossier.filter(id=world.dossier).update(step=step)
        assert len((await consent_readers.readings(viewer, None, None)).rows) == count
