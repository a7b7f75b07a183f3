"""The ground of measures that need a database: a fresh embedded PostgreSQL and the tests' small world."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from models import close_database, execute, open_database
from models.embedded import EmbeddedServer
from models.schema import migrate
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


@asynccontextmanager
async def ground(*, step: int = 1) -> AsyncIterator[World]:
    """The tests' small world on a ground of its own."""
    async with empty_ground():
        yield await build_world(step=step)


@asynccontextmanager
async def empty_ground() -> AsyncIterator[None]:
    """A database of its own, gone afterwards; durability is on, as in production."""
    with TemporaryDirectory(prefix="harmonia-bench-") as folder:
        server = EmbeddedServer(Path(folder) / "postgres")
        try:
            url = server.ensure_database("bench")
            await migrate(url)
            await open_database(url, pool=20)
            yield
        finally:
            await close_database()
            server.stop()


async def clone_dossiers(world: World, count: int) -> None:
    """`count` more dossiers, each of an organism and a consent of its own, at the model's step."""
    await execute(
        """
        WITH bodies AS (
            INSERT INTO organization (id, key, kind, name, short_name, address, phone, email,
                                      version)
            SELECT gen_random_uuid(), 'organism:' || (100000000 + n), 'organism', 'Habitat ' || n, n::text,
                   '', '', '', 0
            FROM generate_series(1, %s) n RETURNING id, key, name
        ), organisms AS (
            INSERT INTO organism (id, organization_id, siren, category, department, city)
            SELECT gen_random_uuid(), id, substr(key, 10), 'OPH', '34', 'Ville' FROM bodies
            RETURNING id, siren
        ), consents AS (
            INSERT INTO consent (organism_id, partner_id, platform_id, form, year, given, at)
            SELECT organisms.id, partner.id, 'MIN', 'ER', 2024, true, now()
            FROM organisms, organization partner WHERE partner.key = 'partner:CDC'
        )
        INSERT INTO dossier (id, campaign_id, organism_id, platform, form, year, pack, code, category, search,
                             step, step_since, passes, version)
        SELECT gen_random_uuid(), model.campaign_id, organisms.id, 'MIN', 'ER', 2024, model.pack,
               substr(siren, 4), 'OPH', 'habitat ' || siren, model.step, now(), 0, 0
        FROM organisms, dossier model WHERE model.id = %s
        """,
        [count, world.dossier],
    )
    await execute(
        "INSERT INTO policy_version (version, at, comment) SELECT max(version) + 1, now(), 'bench' "
        "FROM policy_version"
    )
    await execute("ANALYZE")  # in production autovacuum has been by
    await world.authority.refresh()


async def fastest(run: Callable[[], Awaitable[object]], rounds: int) -> float:
    """Milliseconds of the fastest round, after one that warms up."""
    await run()
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        await run()
        taken.append(perf_counter() - start)
    return min(taken) * 1000


async def at_once(runs: list[Callable[[], Awaitable[object]]], width: int) -> float:
    """Seconds to make all the runs, `width` at a time, each in a task of its own."""
    gate = asyncio.Semaphore(width)

    async def one(run: Callable[[], Awaitable[object]]) -> None:
        async with gate:
            await run()

    start = perf_counter()
    await asyncio.gather(*(asyncio.create_task(one(run)) for run in runs))
    return perf_counter() - start
