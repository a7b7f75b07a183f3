"""A thousand dossiers, a hundred clients at once, some of whom vanish and ask again: each crosses once."""

from __future__ import annotations

import asyncio
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

from bench.ground import clone_dossiers
from forms import Step
from models import Crossing, Dossier, Event, Notification, fetch
from resolvers.steps import advance
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from uuid import UUID

    from resolvers.rows import DossierRow

pytestmark = pytest.mark.usefixtures("database")

DOSSIERS, CLIENTS = 1000, 100
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


async def client(world: World, dossiers: Sequence[UUID], number: int) -> list[Step]:
    """One client with his share, one after the other."""
    dice = Random(f"client {number}")  # noqa: S311 - a reproducible run, no secret
    found = []
    for dossier in dossiers:
        move = ("reopen_from_closure", "Motif.", f"key-{dossier}")
        found.append((await patient(partial(advance, world["ministere"], dossier, *move), dice)).step)
    return found


async def test_a_thousand_dossiers_cross_once_each_whoever_vanishes() -> None:
    world = await build_world(step=6)
    await clone_dossiers(world, DOSSIERS - 1)
    await Dossier.all().update(passes=0)
    dossiers = [dossier.id for dossier in await Dossier.all().only("id")]
    shares = [dossiers[number::CLIENTS] for number in range(CLIENTS)]
    reached = await asyncio.gather(*(client(world, share, n) for n, share in enumerate(shares)))
    assert {step for steps in reached for step in steps} == {Step.REVIEW}
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
