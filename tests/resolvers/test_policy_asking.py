"""Why, who and what are told to those whom they concern; a stranger cannot tell an existing id from none."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from authz import Right, Viewer, add_rows, bump, decide, profile_line, viewer_of_user
from authz.explanation import LayerVerdict
from models import (
    Consent,
    Convention,
    Invalid,
    NotFound,
    Organization,
    PolicyRow,
    Problem,
    Refused,
    User,
    transaction,
)
from resolvers import dossiers
from resolvers.policy_asking import Asked, explain_access, what_can_see, who_can_see
from tests.world import World, build_world, password_hash

pytestmark = pytest.mark.usefixtures("database")

READ = Right.READ.value


async def _person(world: World, login: str, key: str, profile: str) -> Viewer:
    user = await User.create(
        organization=await Organization.get(key=key),
        login=login,
        password_hash=password_hash(),
        first_name=login.capitalize(),
        last_name="Essai",
        email=f"{login}@example.org",
    )
    line = profile_line(subject=f"user:{login}", profile=profile, platform="MIN", form="ER")
    await add_rows([line], base=world.authority.version, author_id=None, comment=login)
    await world.authority.refresh()
    world.viewers[login] = await viewer_of_user(world.authority, user.id)
    return world.viewers[login]


async def _world(step: int = 4) -> World:
    """With an editor of the Ministry's rules, and who manages the users of the CDC and of the organism."""
    world = await build_world(step=step)
    await _person(world, "editrice", "operator:MIN", "profile:operator_admin")
    await _person(world, "chef", "partner:CDC", "profile:partner_admin")
    await _person(world, "patronne", world["saisie"].organization, "profile:organism_admin")
    return world


def _layers(layers: tuple[LayerVerdict, ...]) -> list[bool]:
    return [verdict.allowed for verdict in layers]


async def test_why_for_oneself_is_what_is_decided() -> None:
    world = await _world()
    convention = await Convention.create(
        platform_id="MIN",
        partner=await Organization.get(key="partner:CDC"),
        title="Convention",
        since=date(2022, 1, 1),
        until=date(2030, 1, 1),
    )
    rows = [row for row in await PolicyRow.filter(ptype="p") if row.values[0] == "partner:CDC"]
    await PolicyRow.filter(id__in=[row.id for row in rows]).update(convention_id=convention.id)
    for login in ("saisie", "ministere", "cdc", "machine"):
        viewer = world[login]
        target = (await dossiers.read(viewer, world.dossier)).target
        for right in (Right.READ, Right.WRITE, Right.EXPORT):
            row = await explain_access(viewer, world.dossier, Asked(right.value))
            found, decision = row.explanation, decide(viewer, right, target)
            assert found.allowed is decision.allowed
            assert (found.subject, found.step, found.version) == (viewer.subject, 4, world.authority.version)
            assert len(found.layers) == (4 if login == "machine" else 3)
    row = await explain_access(world["cdc"], world.dossier, Asked(READ))
    (cited,) = row.explanation.layers[0].decided_by
    assert cited.ref == "convention CDC 2024, art. 3"
    assert cited.line.id in {one.id for one in rows}
    assert row.conventions == {cited.line.id: convention.id}
    earlier = await explain_access(world["cdc"], world.dossier, Asked(READ, step=3))
    assert _layers(earlier.explanation.layers) == [False, False, False]
    assert "limite du système" in earlier.explanation.sentence


async def test_a_missing_consent_names_people_only_to_their_own() -> None:
    world = await _world()
    async with transaction():
        await Consent.filter(form="ER").update(given=False)
        await bump(None, "Accord retiré")
    await world.authority.refresh()
    asked = Asked(READ, user=world["cdc"].user_id)
    with pytest.raises(NotFound):
        await explain_access(world["cdc"], world.dossier, Asked(READ))
    told = await explain_access(world["editrice"], world.dossier, asked)
    assert told.givers == ("Patronne Essai",)
    assert told.partner is not None
    assert told.partner.key == "partner:CDC"
    assert "n’a pas donné" in told.explanation.sentence
    assert [near.differs_by for near in told.explanation.near_misses] == [
        ("avec l’accord de Office public de l'habitat d'essai",)
    ]


async def _problem(viewer: Viewer, dossier: UUID, asked: Asked) -> Problem:
    with pytest.raises(Problem) as caught:
        await explain_access(viewer, dossier, asked)
    return caught.value


async def test_why_for_another_is_for_those_who_manage_him() -> None:
    world = await _world()
    cdc, unknown = Asked(READ, user=world["cdc"].user_id), Asked(READ, user=uuid4())
    for login in ("chef", "editrice", "cdc"):
        assert (await explain_access(world[login], world.dossier, cdc)).explanation.allowed
        machine = Asked(READ, client="cdc-machine")
        if login == "cdc":
            assert isinstance(await _problem(world[login], world.dossier, machine), NotFound)
        else:
            assert len((await explain_access(world[login], world.dossier, machine)).explanation.layers) == 4
    for login in ("saisie", "patronne", "ministere", "machine"):
        refused, none = [await _problem(world[login], world.dossier, one) for one in (cdc, unknown)]
        assert isinstance(refused, NotFound)
        assert (refused.code, refused.message, refused.path) == (none.code, none.message, none.path)
    both = Asked(READ, user=world["cdc"].user_id, client="cdc-machine")
    for asked, code in (
        (both, "SUBJECT_AMBIGUOUS"),
        (Asked("dossier:fly"), "RIGHT_UNKNOWN"),
        (Asked(READ, step=7), "STEP_UNKNOWN"),
    ):
        problem = await _problem(world["editrice"], world.dossier, asked)
        assert isinstance(problem, Invalid)
        assert problem.code == code


async def test_a_stranger_cannot_tell_a_dossier_from_none() -> None:
    world = await _world(step=1)
    for login in ("voisin", "cdc", "ancols", "chef"):
        here, none = [await _problem(world[login], one, Asked(READ)) for one in (world.dossier, uuid4())]
        assert isinstance(here, NotFound)
        assert (here.message, here.path, here.details) == (none.message, none.path, none.details)
        with pytest.raises(NotFound):
            await who_can_see(world[login], world.dossier, READ)
    # The organism and the platform's editor may always ask, whatever their boxes.
    assert (await explain_access(world["patronne"], world.dossier, Asked(READ))).explanation.allowed


async def test_who_can_see_a_dossier() -> None:
    world = await _world()
    for login in ("saisie", "editrice"):
        seers = {seer.organization.key: seer for seer in await who_can_see(world[login], world.dossier, READ)}
        assert set(seers) == {"operator:MIN", world["saisie"].organization, "partner:CDC"}
        cdc = seers["partner:CDC"]
        assert (cdc.refs, cdc.more) == (("convention CDC 2024, art. 3",), 0)
        assert {one.name for one in cdc.accounts} == {"Cdc Essai", "Chef Essai", "Système de la CDC"}
    with pytest.raises(Refused, match="limite du système"):
        await who_can_see(world["cdc"], world.dossier, READ)
    with pytest.raises(NotFound):
        await who_can_see(world["editrice"], uuid4(), READ)


async def test_what_an_organization_can_see() -> None:
    world = await _world()
    cdc = world["cdc"].organization_id
    for login in ("chef", "editrice"):
        (seen,) = await what_can_see(world[login], cdc, READ)
        assert (seen.form, seen.year, seen.step, seen.dossiers) == ("ER", 2024, 4, 1)
        assert seen.refs == ("convention CDC 2024, art. 3",)
        assert await what_can_see(world[login], cdc, Right.WRITE.value) == []
    for login in ("cdc", "saisie", "ministere", "machine"):
        for wanted in (cdc, uuid4()):
            with pytest.raises(NotFound, match="n’existe pas ou ne vous est pas ouverte"):
                await what_can_see(world[login], wanted, READ)
