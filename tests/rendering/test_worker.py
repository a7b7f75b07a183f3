"""The worker: takes over what a dead one left, finishes what it does, and waits for its database."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from authz import Authority
from models import Export, ExportState, execute, fetch
from rendering.jobs import Pace, build_app, retry_stalled, run_worker
from rendering.patience import Patience
from resolvers import export_jobs
from tests.rendering.working import ask, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from rendering.services import Services
    from tests.world import World

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
BRISK = Pace(heartbeat=0.1, silence=0.5, restart=0.1)


WORKER = """
import asyncio, sys
from uuid import UUID
from authz import Authority
from models import FileStore, open_database
from pathlib import Path
from rendering.jobs import Pace, build_app, run_worker
from rendering.services import Services

class Printer:
    version, idle = "1", False

    async def print_html(self, html, **options):
        print("printing", flush=True)
        await asyncio.Event().wait()

async def main():
    url, folder = sys.argv[1:]
    await open_database(url)
    services = Services(await Authority.load(), Printer(), FileStore.local(Path(folder)), None)
    await run_worker(build_app(url), services, asyncio.Event(), Pace(heartbeat=0.1))

asyncio.run(main())
"""


async def _killed_worker(database: str, folder: Path) -> None:
    """A worker of its own process, killed while it prints."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        WORKER,
        database,
        str(folder),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert worker.stdout is not None
    try:
        async with asyncio.timeout(60):
            while b"printing" not in await worker.stdout.readline():
                assert worker.returncode is None
    finally:
        worker.kill()
        await worker.wait()


async def _run_until(database: str, services: Services, done: Callable[[], Any]) -> None:
    """Run a worker until `done` holds, then ask it to stop, and wait for it to have stopped."""
    stop = asyncio.Event()
    worker = asyncio.create_task(run_worker(build_app(database), services, stop, BRISK))
    try:
        async with asyncio.timeout(60):
            while not await done():
                assert not worker.done()
    finally:
        stop.set()
        await worker


async def test_a_worker_killed_while_printing_is_replaced_by_another(
    database: str, world: World, services: Services, tmp_path: Path
) -> None:
    export = await ask(world, tabs=["A1"])
    await _killed_worker(database, tmp_path)
    assert (await Export.get(id=export.id)).state is ExportState.RUNNING

    async def ready() -> bool:
        return (await Export.get(id=export.id)).state is ExportState.READY

    await _run_until(database, services, ready)
    assert (await Export.get(id=export.id)).attempts == 2


async def test_only_the_jobs_of_silent_workers_are_taken_over(database: str, world: World) -> None:
    await ask(world, key="a")
    await ask(world, key="b")
    app = build_app(database)
    async with app.open_async():
        for age in (0, 60):
            worker_id = await app.job_manager.register_worker()
            assert await app.job_manager.fetch_job(queues=None, worker_id=worker_id) is not None
            await execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - make_interval(secs => %s)"
                " WHERE id = %s",
                [age, worker_id],
            )
        assert await retry_stalled(app, 30) == 1
    assert await fetch("SELECT status::text, attempts FROM procrastinate_jobs ORDER BY id") == [
        {"status": "doing", "attempts": 0},
        {"status": "todo", "attempts": 1},
    ]


async def test_a_worker_asked_to_stop_finishes_what_it_does(
    database: str, world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, begun = asyncio.Event(), asyncio.Event()
    begin = export_jobs.begin

    async def begin_and_stop(authority: Authority, export_id: Any) -> Any:  # noqa: ANN401 - passed through
        stop.set()
        begun.set()
        return await begin(authority, export_id)

    monkeypatch.setattr(export_jobs, "begin", begin_and_stop)
    export = await ask(world, tabs=["A1"])
    await run_worker(build_app(database), services, stop, BRISK)
    assert begun.is_set()
    assert (await read(world, export)).state is ExportState.READY


async def test_a_worker_waits_for_a_database_that_is_away(
    database: str, world: World, services: Services
) -> None:
    export = await ask(world, tabs=["A1"])
    stop = asyncio.Event()
    away = database.replace("/test_", "/absent_")
    worker = asyncio.create_task(run_worker(build_app(away), services, stop, BRISK))
    done, _ = await asyncio.wait([worker], timeout=1)
    assert done == set()
    stop.set()
    await asyncio.wait_for(worker, 10)
    assert (await read(world, export)).state is ExportState.WAITING


async def test_a_worker_outlives_a_database_that_hangs_up(
    database: str, world: World, services: Services
) -> None:
    export = await ask(world, tabs=["A1"])

    async def hung_up() -> bool:
        """Once a worker listens, cut every one of its connections."""
        cut = await fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN%%' AND datname = current_database()"
        )
        return bool(cut)

    async def ready() -> bool:
        return (await Export.get(id=export.id)).state is ExportState.READY

    async def both() -> bool:
        cut.append(not any(cut) and await hung_up())
        return any(cut) and await ready()

    cut: list[bool] = []
    await _run_until(database, services, both)
    assert any(cut)


def test_patience_grows_and_ends() -> None:
    waits = [_wait(attempts) for attempts in (0, 1, 5, 20)]
    assert waits == [2, 4, 64, 900]
    assert _wait(299) is None


def _wait(attempts: int) -> int | None:
    job: Any = type("Job", (), {"attempts": attempts})
    decision = Patience(300).get_retry_decision(exception=OSError(), job=job)
    if decision is None:
        return None
    assert decision.retry_at is not None
    return round((decision.retry_at - datetime.now(UTC)).total_seconds())
