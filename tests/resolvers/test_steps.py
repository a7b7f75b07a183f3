"""The life of a dossier: steps in order, each once, by those who may, with every guard held."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from authz import close_rows
from forms import Step
from models import (
    Conflict,
    Dossier,
    Invalid,
    NotFound,
    Notification,
    PolicyRow,
    Refused,
    Transmission,
    fetch,
)
from resolvers import dossiers
from resolvers.cells import CellWrite, write
from resolvers.steps import advance, transmit
from tests.resolvers.filled import filled, state, with_contact
from tests.world import CONTACTS, PASSWORD, World, build_world

pytestmark = pytest.mark.usefixtures("database")

ACCEPTED = [True, True, True]
# The organism's own way: who makes which move.
JOURNEY = [
    ("saisie", "submit_entry", Step.ENTRY_VALIDATION),
    ("comptable", "validate_entry", Step.HIERARCHICAL_VALIDATION),
]


async def test_the_whole_way_from_entry_to_transmission() -> None:
    world = await with_contact(step=1)
    for login, move, step in JOURNEY:
        row = await advance(world[login], world.dossier, move, None, f"key-{move}")
        assert row.step is step
    row = await transmit(
        world["hierarchie"], world.dossier, ACCEPTED, PASSWORD, "key-transmit", contacts=CONTACTS
    )
    assert (row.step, row.transmitted_at is not None) == (Step.REVIEW, True)
    kept = await Transmission.get().select_related("user")
    assert (kept.user.login, len(kept.commitments), len(kept.data_hash)) == ("hierarchie", 3, 64)
    told = await Notification.all().select_related("user").order_by("user__login")
    assert [notification.user.login for notification in told] == ["cdc", "comptable", "ministere"]
    jobs = await fetch("SELECT count(*) AS n FROM procrastinate_jobs WHERE task_name = 'send_notification'")
    assert jobs[0]["n"] == len(told)
    crossed = await dossiers.crossings(row)
    assert [crossing.move for crossing in crossed] == ["transmit", "validate_entry", "submit_entry"]


async def test_a_blocking_anomaly_stops_the_move_with_the_list_and_changes_nothing() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    before = await state(world)
    with pytest.raises(Invalid) as refusal:
        await advance(world["saisie"], world.dossier, "submit_entry", None, "k")
    assert refusal.value.code == "BLOCKING_ANOMALIES"
    named = {anomaly["check"]: anomaly["gap"] for anomaly in refusal.value.details["anomalies"]}
    assert named["EQ-001"] == "5"
    assert await state(world) == before


async def test_a_major_anomaly_without_justification_stops_the_transmission() -> None:
    world = await filled(step=3)
    await fetch("DELETE FROM justification RETURNING id")
    before = await state(world)
    with pytest.raises(Invalid) as refusal:
        await transmit(world["hierarchie"], world.dossier, ACCEPTED, PASSWORD, "k", contacts=CONTACTS)
    assert refusal.value.code == "MAJOR_UNJUSTIFIED"
    assert await state(world) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"password": "pas le bon"}, "WRONG_PASSWORD"),
        ({"password": ""}, "WRONG_PASSWORD"),
        ({"accepted": [True, True, False]}, "COMMITMENTS_MISSING"),
        ({"accepted": [True]}, "COMMITMENTS_MISSING"),
    ],
)
async def test_a_transmission_without_its_proofs_changes_nothing(
    arguments: dict[str, Any], code: str
) -> None:
    world = await filled(step=3)
    before = await state(world)
    given = {"accepted": ACCEPTED, "password": PASSWORD, **arguments}
    with pytest.raises(Invalid) as refusal:
        await transmit(
            world["hierarchie"], world.dossier, given["accepted"], given["password"], "k", contacts=CONTACTS
        )
    assert refusal.value.code == code
    assert await state(world) == before


@pytest.mark.parametrize("move", ["validate_entry", "transmit_twice", "finalise", "close"])
async def test_no_step_is_skipped(move: str) -> None:
    world = await build_world(step=1)
    before = await state(world)
    with pytest.raises((Conflict, NotFound)) as refusal:
        await advance(world["hierarchie"], world.dossier, move, None, "k")
    assert refusal.value.code in {"STEP_CONFLICT", "MOVE_UNKNOWN"}
    assert await state(world) == before


async def test_the_transmission_has_no_side_door() -> None:
    world = await filled(step=3)
    before = await state(world)
    with pytest.raises(Invalid) as refusal:
        await advance(world["hierarchie"], world.dossier, "transmit", None, "k")
    assert refusal.value.code == "TRANSMISSION_REQUIRED"
    assert await state(world) == before


async def test_a_client_that_retries_gets_the_first_answer_and_moves_nothing_more() -> None:
    world = await filled(step=3)
    tries = await asyncio.gather(
        *(
            transmit(world["hierarchie"], world.dossier, ACCEPTED, PASSWORD, "same", contacts=CONTACTS)
            for _ in range(4)
        )
    )
    assert {row.step for row in tries} == {Step.REVIEW}
    assert await state(world) == (4, 1, 1, 2)


async def test_a_key_that_served_another_request_is_refused() -> None:
    world = await filled(step=1)
    await advance(world["saisie"], world.dossier, "submit_entry", None, "k")
    with pytest.raises(Conflict) as refusal:
        await advance(world["saisie"], world.dossier, "validate_entry", None, "k")
    assert refusal.value.code == "IDEMPOTENCY_REUSED"
    assert (await state(world))[:2] == (2, 1)


async def _move(world: World, login: str, move: str) -> None:
    if move == "transmit":
        await transmit(world[login], world.dossier, ACCEPTED, PASSWORD, "k", contacts=CONTACTS)
    else:
        await advance(world[login], world.dossier, move, None, "k")


@pytest.mark.parametrize(
    ("login", "step", "move"),
    [
        ("saisie", 2, "validate_entry"),
        ("saisie", 3, "transmit"),
        ("ministere", 1, "submit_entry"),
        ("ministere", 3, "transmit"),
        ("cdc", 4, "finalise"),
        ("hierarchie", 4, "finalise"),
    ],
)
async def test_who_may_not_move_it_changes_nothing(login: str, step: int, move: str) -> None:
    world = await filled(step=step)
    before = await state(world)
    with pytest.raises(Refused) as refusal:
        await _move(world, login, move)
    assert refusal.value.details["layer"] in {"convention", "boxes", "ceiling"}
    assert await state(world) == before


@pytest.mark.parametrize("login", ["voisin", "ancols", "cdc"])
async def test_a_stranger_cannot_tell_the_dossier_from_none(login: str) -> None:
    world = await build_world(step=2)
    answers = []
    for dossier in (world.dossier, world.viewers["cdc"].organization_id):
        with pytest.raises(NotFound) as refusal:
            await advance(world[login], dossier, "validate_entry", None, "k")
        answers.append((refusal.value.code, refusal.value.message, refusal.value.details))
    assert answers[0] == answers[1]


async def test_a_right_lost_meanwhile_is_lost() -> None:
    world = await filled(step=3)
    row = await PolicyRow.get(ptype="g", values__contains=["user:hierarchie"])
    await close_rows([row.id], base=1, author_id=None, comment="Il est parti")
    before = await state(world)
    with pytest.raises((NotFound, Refused)):
        await transmit(world["hierarchie"], world.dossier, ACCEPTED, PASSWORD, "k", contacts=CONTACTS)
    assert await state(world) == before


async def test_moves_say_what_is_allowed_and_why_the_rest_is_not() -> None:
    world = await build_world(step=2)
    row = await dossiers.read(world["saisie"], world.dossier)
    found = {move.move.name: move for move in dossiers.moves(world["saisie"], row)}
    assert set(found) == {"return_to_entry", "validate_entry"}
    assert not found["validate_entry"].allowed
    assert "administrateur" in (found["validate_entry"].refusal or "")


async def test_what_an_organism_said_to_itself_is_no_partners() -> None:
    world = await build_world(step=2)
    await advance(world["comptable"], world.dossier, "return_to_entry", "Le poste 11 est faux.", "k")
    await Dossier.filter(id=world.dossier).update(step=4)
    told = {}
    for login in ("saisie", "ministere", "cdc"):
        crossed = await dossiers.crossings(await dossiers.read(world[login], world.dossier))
        told[login] = [crossing.reason for crossing in crossed]
    why = "Le poste 11 est faux."
    assert told == {"saisie": [why], "ministere": [why], "cdc": []}


async def test_whoever_goes_back_says_why_and_briefly() -> None:
    world = await build_world(step=2)
    before = await state(world)
    for reason, code in ((None, "REASON_MISSING"), (" ", "REASON_MISSING"), ("x" * 501, "REASON_TOO_LONG")):
        with pytest.raises(Invalid) as refusal:
            await advance(world["comptable"], world.dossier, "return_to_entry", reason, f"k{code}")
        assert refusal.value.code == code
    assert await state(world) == before
    await advance(world["comptable"], world.dossier, "return_to_entry", "Motif.", "k")
    with pytest.raises(Conflict) as reused:
        await advance(world["comptable"], world.dossier, "return_to_entry", "Un autre.", "k")
    assert reused.value.code == "IDEMPOTENCY_REUSED"
