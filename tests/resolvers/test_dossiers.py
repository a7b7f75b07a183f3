"""Finding and reading: the scope is part of every question, and says nothing of what it hides."""

from __future__ import annotations

from uuid import uuid4

import pytest

from authz import Right, bump, decide
from models import Consent, NotFound, transaction
from resolvers import dossiers, listing
from resolvers.criteria import Criteria
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

EVERYONE = ["saisie", "comptable", "hierarchie", "voisin", "ministere", "cdc", "ancols", "machine"]
# Who may read the organism's dossier, by step: the same table serves the one and the list.
ALWAYS = frozenset({"saisie", "comptable", "hierarchie", "ministere"})
READERS = {step: ALWAYS if step < 4 else ALWAYS | {"cdc", "machine"} for step in range(7)}


async def _may_read(world: World, login: str) -> bool:
    try:
        await dossiers.read(world[login], world.dossier)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("step", range(7))
async def test_may_she_and_which_may_she_agree_at_every_step(step: int) -> None:
    world = await build_world(step=step)
    target = (await dossiers.read(world["saisie"], world.dossier)).target
    for login in EVERYONE:
        expected = login in READERS[step]
        found = await listing.search(world[login], Criteria())
        assert await _may_read(world, login) is expected, login
        assert (found.total, len(found.rows)) == (int(expected), int(expected)), login
        assert decide(world[login], Right.READ, target).allowed is expected, login


async def test_a_hidden_dossier_and_none_answer_alike() -> None:
    world = await build_world(step=2)
    answers = []
    for dossier_id in (world.dossier, uuid4()):
        with pytest.raises(NotFound) as refusal:
            await dossiers.read(world["cdc"], dossier_id)
        answers.append((refusal.value.code, refusal.value.message, refusal.value.path, refusal.value.details))
    assert answers[0] == answers[1]


async def test_without_consent_the_partner_finds_nothing() -> None:
    world = await build_world(step=4)
    async with transaction():
        await Consent.all().update(given=False)
        await bump(None, "L'organisme retire son accord")
    assert (await listing.search(world["cdc"], Criteria())).total == 0
    assert not await _may_read(world, "cdc")
