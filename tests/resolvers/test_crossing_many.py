"""A thousand dossiers, a hundred clients at once, some of whom vanish and ask again: each crosses once."""

from __future__ import annotations

import asyncio
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.ground import clone_dossiers
from forms import Step
from models import Crossing, Dossier, Event, Notification, SealedCopy, Snapshot, SnapshotState, fetch
from resolvers.steps import advance
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from uuid import UUID

    from resolvers.rows import DossierRow

pytestmark = pytest.mark.usefixtures("database")

DOSSIERS, CLIENTS = 1000, 100
# Of a move that has all the checks run, and seals: each costs twenty of the others.
SEALED = 50
# Turns of the loop after which a client may vanish: from before his first statement to after his last.
LAST_TURN = 120


async def patient(ask: Callable[[], Awaitable[DossierRow]], dice: Random) -> DossierRow:
    """Asks, and vanishes now and then: dropped where he is, or gone while his request goes on; asks again."""
    first = asyncio.ensure_future(ask())
    fate = dice.randrange(3)
    if fate == 0:
        return await first
    if fate == 1:
        for _ in range(dice.randrange(LAST_TURN)):
            await asyncio.sleep(0)
        first.cancel()
    row = await ask()
    await asyncio.gather(first, return_exceptions=True)
    return row


async def client(world: World, dossiers: Sequence[UUID], move: str, number: int) -> list[Step]:
    """One client with his share, one after the other."""
    dice = Random(f"client {number}")  # noqa: S311 - a reproducible run, no secret
    found = []
    for dossier in dossiers:
        made = partial(advance, world["ministere"], dossier, move, "Motif.", f"key-{dossier}")
        found.append((await patient(made, dice)).step)
    return found


async def crossed_by_all(step: int, move: str, count: int, clients: int) -> set[Step]:
    """Where `count` dossiers are found by those who cross them, all at once."""
    world = await build_world(step=step)
    await clone_dossiers(world, count - 1)
    await Dossier.all().update(passes=0)
    dossiers = [dossier.id for dossier in await Dossier.all().only("id")]
    shares = [dossiers[number::clients] for number in range(clients)]
    reached = await asyncio.gather(*(client(world, share, move, n) for n, share in enumerate(shares)))
    return {step for steps in reached for step in steps}


async def test_a_thousand_dossiers_cross_once_each_whoever_vanishes() -> None:
    assert await crossed_by_all(6, "reopen_from_closure", DOSSIERS, CLIENTS) == {Step.REVIEW}
    assert await Dossier.filter(step=4, passes=1).count() == DOSSIERS
    assert await Crossing.all().count() == DOSSIERS
    crossed = await Event.filter(kind="step_crossed")
    assert len(crossed) == len({event.dossier_id for event in crossed}) == DOSSIERS
    # The Ministry's contact and the CDC's, of each; ANCOLS has no convention.
    told = await fetch("SELECT user_id, count(DISTINCT dossier_id) AS n FROM notification GROUP BY user_id")
    assert [row["n"] for row in told] == [DOSSIERS, DOSSIERS]
    assert await Notification.filter(event="reopened").count() == 2 * DOSSIERS
    jobs = await fetch("SELECT count(*) AS n FROM procrastinate_jobs WHERE task_name = 'send_notification'")
    assert jobs[0]["n"] == 2 * DOSSIERS


async def test_a_move_that_seals_leaves_one_copy_of_each_whoever_vanishes() -> None:
    assert await crossed_by_all(5, "close", SEALED, SEALED) == {Step.CLOSURE}
    assert await Dossier.filter(step=6, passes=1).count() == SEALED
    assert await Crossing.all().count() == SEALED
    copies = await SealedCopy.all()
    assert len(copies) == len({copy.dossier_id for copy in copies}) == SEALED
    assert {copy.number for copy in copies} == {1}
    assert await Snapshot.filter(state=SnapshotState.CLOSED).count() == SEALED
    assert await Notification.filter(event="closed").count() == 2 * SEALED
    jobs = await fetch("SELECT args->>'copy' AS copy FROM procrastinate_jobs WHERE task_name = 'seal_copy'")
    assert sorted(job["copy"] for job in jobs) == sorted(str(copy.id) for copy in copies)
