"""Transmissions a second of full dossiers by 100 clients: the verb whole, and what it cannot do without."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from bench.ground import at_once, empty_ground
from bench.report import Measure
from models import Dossier, User, execute, transaction
from resolvers import dossiers, idempotency, passwords, verification
from resolvers.crossing import cross, prepare
from resolvers.guards import Proof
from resolvers.steps import advance, transmit
from tests.resolvers.filled import filled
from tests.world import CONTACTS, PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from tests.world import World

CLIENTS = 100
COMMITMENTS = (True, True, True)
# Of one organism, each in a campaign of its own; every other year, so that none is another's last year: the
# even ones from 1900 to 2098.
_CAMPAIGNS = """
INSERT INTO campaign (platform_id, form, year, pack, opens_on)
SELECT c.platform_id, c.form, c.year + CASE WHEN n <= 37 THEN 2 * n ELSE 2 * (37 - n) END, c.pack, c.opens_on
FROM campaign c JOIN dossier m ON m.campaign_id = c.id, generate_series(1, %s) n WHERE m.id = %s
"""
_DOSSIERS = """
INSERT INTO dossier (id, campaign_id, organism_id, platform, form, year, pack, code, category, search, step,
                     step_since, passes, version, substep)
SELECT gen_random_uuid(), c.id, m.organism_id, m.platform, m.form, c.year, m.pack, m.code, m.category,
       m.search, m.step, now(), m.passes, m.version, ''
FROM campaign c, dossier m WHERE m.id = %s AND c.id <> m.campaign_id
"""
_DOCUMENTS = """
INSERT INTO tab_document (dossier_id, tab, cells, forced, computed, rows)
SELECT d.id, t.tab, t.cells, t.forced, t.computed, t.rows FROM tab_document t, dossier d
WHERE t.dossier_id = %s AND d.id <> t.dossier_id
"""
_REASONS = """
INSERT INTO justification (dossier_id, check_id, text, author_id, at)
SELECT d.id, j.check_id, j.text, j.author_id, j.at FROM justification j, dossier d
WHERE j.dossier_id = %s AND d.id <> j.dossier_id
"""


async def clone_full(world: World, count: int) -> list[UUID]:
    """`count` more dossiers that hold what the world's does; all of them."""
    await execute(_CAMPAIGNS, [count, world.dossier])
    for statement in (_DOSSIERS, _DOCUMENTS, _REASONS):
        await execute(statement, [world.dossier])
    await execute("ANALYZE")
    return [dossier.id for dossier in await Dossier.all().only("id")]


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """The verb with its password, without it, and reopening: beside the checks alone and one write alone.

    Each on a ground of its own: one organism has room for as many dossiers as there are even years.
    """
    share = 20 if quick else 100
    async with _ground(share) as (world, found):
        floor = share / await at_once([partial(_check, world, one) for one in found], CLIENTS)
    rates: dict[str, float] = {}
    back = 0.0
    for said, send in (
        ("password typed again (argon2id) included", _transmit),
        ("the password proved before", _transmit_proved),
    ):
        async with _ground(share) as (world, found):
            rates[said] = share / await at_once([partial(send, world, one) for one in found], CLIENTS)
            await execute("UPDATE dossier SET step = 5 WHERE step = 4")
            back = await at_once([partial(_reopen, world, one) for one in found], CLIENTS)
    for said, rate in rates.items():
        yield Measure(
            f"transmissions a second of full dossiers, {CLIENTS} clients, {said}",
            rate,
            "transmissions/s",
            peer="loading the dossier and running its checks alone",
            peer_value=floor,
            goal="" if "included" in said else ">= 0.4 x",
        )
    yield Measure(f"reopenings a second, {CLIENTS} clients: a crossing alone", share / back, "crossings/s")


@asynccontextmanager
async def _ground(share: int) -> AsyncIterator[tuple[World, list[UUID]]]:
    async with empty_ground():
        world = await filled(step=3)
        found = await clone_full(world, share - 1)
        await _hash_as_in_production(world)
        yield world, found


async def _hash_as_in_production(world: World) -> None:
    """The tests' world has a hash that costs nothing."""
    kept = await passwords.hashed(PASSWORD)
    await User.filter(id=world["hierarchie"].user_id).update(password_hash=kept)


async def _check(world: World, dossier: UUID) -> None:
    async with transaction():
        await verification.run(await dossiers.read(world["hierarchie"], dossier, lock=True))


async def _transmit(world: World, dossier: UUID) -> None:
    await transmit(world["hierarchie"], dossier, COMMITMENTS, PASSWORD, f"t-{dossier}", contacts=CONTACTS)


async def _transmit_proved(world: World, dossier: UUID) -> None:
    """All of `transmit` but the password."""
    viewer = world["hierarchie"]
    async with transaction():
        await viewer.authority.refresh()
        await idempotency.claim(viewer, f"p-{dossier}", "transmit", {"dossier": dossier})
        row, move = await prepare(viewer, dossier, "transmit")
        proof = Proof(COMMITMENTS, password_confirmed=True, contacts=CONTACTS)
        await cross(viewer, row, move, None, proof)
        await dossiers.read(viewer, dossier)


async def _reopen(world: World, dossier: UUID) -> None:
    await advance(world["ministere"], dossier, "reopen_from_finalisation", "Motif.", f"r-{dossier}")
