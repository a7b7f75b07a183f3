"""The life of a dossier: crossings many at once, beside the bare statements that they cannot do without."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from bench import attachments, exchange
from bench.ground import at_once, clone_dossiers, ground
from bench.life_transmissions import measures as transmissions
from bench.report import Measure
from models import Crossing, Dossier, execute, transaction
from resolvers.steps import advance

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.world import World

_AT_ONCE = 20


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """Crossings a second by the Ministry, 20 at once, and that each crossing happened exactly once."""
    count = 60 if quick else 400
    async with ground(step=4) as world:
        async for measure in exchange.measures(world, quick=quick):
            yield measure
        async for measure in attachments.measures(world, quick=quick):
            yield measure
        await clone_dossiers(world, count - 1)
        dossiers = [dossier.id for dossier in await Dossier.all()]
        bare = await at_once([partial(_bare, dossier) for dossier in dossiers], _AT_ONCE)
        seconds = await at_once([partial(_finalise, world, dossier) for dossier in dossiers], _AT_ONCE)
        yield Measure(
            f"crossings a second, {_AT_ONCE} at once (guards, checks, history, idempotency)",
            count / seconds,
            "crossings/s",
            peer="the update and the history line alone",
            peer_value=count / bare,
        )
        yield Measure(
            "crossings made of those asked for",
            await Crossing.filter(move="finalise").count() / count,
            "of 1",
            goal=">= 1",
        )

    async for measure in transmissions(quick=quick):
        yield measure


async def _finalise(world: World, dossier: UUID) -> None:
    await advance(world["ministere"], dossier, "finalise", None, f"bench-{dossier}")


async def _bare(dossier: UUID) -> None:
    async with transaction():
        await execute("UPDATE dossier SET passes = passes + 1 WHERE id = %s", [dossier])
        await execute(
            "INSERT INTO crossing (dossier_id, passage, move, source, target, at, reason) "
            "SELECT id, passes, 'bare', 4, 4, now(), '' FROM dossier WHERE id = %s",
            [dossier],
        )
