"""What is too long, too much or not a person's to say: refused with its code, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from authz import Viewer
from models import (
    CellChange,
    Crossing,
    Dossier,
    Export,
    Invalid,
    Justification,
    SignInFailure,
    TabDocument,
    Transmission,
    Verification,
    fetch,
)
from resolvers import exports, verification
from resolvers.cells import MOST_WRITES, CellWrite, write
from resolvers.idempotency import LONGEST_KEY
from resolvers.steps import advance, transmit
from resolvers.verification import LONGEST_JUSTIFICATION
from tests.world import CONTACTS, PASSWORD, World, build_world

pytestmark = pytest.mark.usefixtures("database")


async def kept(world: World) -> list[int]:
    """The dossier's step and version, then how much there is of all that a verb may write."""
    dossier = await Dossier.get(id=world.dossier)
    counts = [
        await model.all().count()
        for model in (CellChange, TabDocument, Crossing, Transmission, Export, Justification, Verification)
    ]
    (left,) = await fetch(
        "SELECT (SELECT count(*) FROM procrastinate_jobs) AS jobs,"
        " (SELECT count(*) FROM idempotency_key) AS keys"
    )
    return [
        dossier.step,
        dossier.version,
        *counts,
        left["jobs"],
        left["keys"],
        await SignInFailure.all().count(),
    ]


def nobody(world: World) -> Viewer:
    """The rights of an entry user held by no person, as a machine's would be."""
    return replace(world["saisie"], user_id=None)


@pytest.mark.parametrize("number", [MOST_WRITES + 1, MOST_WRITES * 2])
async def test_too_many_writes_are_none(number: int) -> None:
    world = await build_world()
    before = await kept(world)
    writes = [CellWrite(f"F01[{row:05}].C10", "1", None) for row in range(number)]
    with pytest.raises(Invalid) as refusal:
        await write(world["saisie"], world.dossier, writes)
    assert (refusal.value.code, refusal.value.path) == ("TOO_MANY_WRITES", ("writes",))
    assert "2000" in refusal.value.message
    assert await kept(world) == before


async def ask(viewer: Viewer, dossier: UUID, verb: str, key: str) -> None:
    """Everything that takes a key, under this one."""
    if verb == "advance":
        await advance(viewer, dossier, "return_to_validation", None, key)
    elif verb == "transmit":
        await transmit(viewer, dossier, [True] * 3, PASSWORD, key, contacts=CONTACTS)
    elif verb == "print":
        await exports.request_print(viewer, dossier, None, accessible=False, key=key)
    else:
        await exports.request_zip(viewer, dossier, key)


@pytest.mark.parametrize("key", ["", "k" * (LONGEST_KEY + 1)])
@pytest.mark.parametrize("verb", ["advance", "transmit", "print", "zip"])
async def test_a_key_that_is_none_or_too_long_moves_nothing(key: str, verb: str) -> None:
    world = await build_world(step=3)
    before = await kept(world)
    viewer = world["hierarchie"]
    with pytest.raises(Invalid) as refusal:
        await ask(viewer, world.dossier, verb, key)
    assert (refusal.value.code, refusal.value.path) == ("IDEMPOTENCY_KEY_INVALID", ("idempotencyKey",))
    assert f"de 1 à {LONGEST_KEY} caractères" in refusal.value.message
    assert await kept(world) == before


async def test_a_justification_too_long_leaves_the_one_that_stood() -> None:
    world = await build_world()
    check = await failing(world)
    await verification.justify(world["saisie"], world.dossier, check, "x" * LONGEST_JUSTIFICATION)
    before = await kept(world)
    with pytest.raises(Invalid) as refusal:
        await verification.justify(world["saisie"], world.dossier, check, "y" * (LONGEST_JUSTIFICATION + 1))
    assert (refusal.value.code, refusal.value.path) == ("JUSTIFICATION_TOO_LONG", ("text",))
    assert f"dépasse {LONGEST_JUSTIFICATION} caractères" in refusal.value.message
    assert await kept(world) == before
    assert (await Justification.get()).text == "x" * LONGEST_JUSTIFICATION


async def failing(world: World) -> str:
    """A check of the dossier that fails."""
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    found = await verification.verify(world["saisie"], world.dossier)
    return found.anomalies[0].anomaly.check


async def test_only_a_person_justifies() -> None:
    world = await build_world()
    check = await failing(world)
    before = await kept(world)
    with pytest.raises(Invalid) as refusal:
        await verification.justify(nobody(world), world.dossier, check, "Vu.")
    assert refusal.value.code == "PERSON_REQUIRED"
    assert refusal.value.message.startswith("Seule une personne peut faire cela")
    assert await kept(world) == before


@pytest.mark.parametrize("login", ["machine", "nobody"])
async def test_only_a_person_commits_to_a_transmission(login: str) -> None:
    world = await build_world(step=3)
    before = await kept(world)
    viewer = nobody(world) if login == "nobody" else world[login]
    with pytest.raises(Invalid) as refusal:
        await transmit(viewer, world.dossier, [True] * 3, PASSWORD, "k", contacts=CONTACTS)
    assert refusal.value.code == "PERSON_REQUIRED"
    assert refusal.value.message.startswith("Seule une personne peut faire cela")
    assert await kept(world) == before
