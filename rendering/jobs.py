"""The worker: takes the jobs that the resolvers left behind, and those that a dead worker left undone."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import procrastinate
import psycopg
import structlog
from procrastinate import exceptions as queue_errors

from rendering.tasks import SERVICES, TASKS

if TYPE_CHECKING:
    from rendering.services import Services

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a worker works: jobs at once, and seconds.

    `shutdown` is what its jobs are given to end; `heartbeat` parts two signs of life, `silence` is how long
    another may be without one before its jobs are taken over; `restart` parts two calls for a database that
    is away.
    """

    concurrency: int = 2
    shutdown: float = 30.0
    heartbeat: float = 10.0
    silence: float = 30.0
    restart: float = 5.0


def build_app(conninfo: str) -> procrastinate.App:
    """The queue of the database at `conninfo` (`postgresql://…`), with the tasks of the product."""
    app = procrastinate.App(
        connector=procrastinate.PsycopgConnector(conninfo=conninfo, min_size=1, max_size=4)
    )
    for task in TASKS:
        made = app.task(name=task.name, pass_context=True, retry=task.retry, queueing_lock=task.alone)(
            task.run
        )
        if task.cron:
            app.periodic(cron=task.cron)(made)
    return app


async def run_worker(
    app: procrastinate.App,
    services: Services,
    stop: asyncio.Event,
    pace: Pace | None = None,
) -> None:
    """Work until `stop` is set, then finish what is in flight, in the time that `pace` gives it.

    The database may go and come back meanwhile: the worker waits for it. `services` is ready for use.
    """
    pace = pace or Pace()
    while not stop.is_set():
        try:
            if await _open(app, stop):
                await _work(app, services, stop, pace)
        except (queue_errors.ConnectorException, psycopg.Error, OSError) as error:
            log.warning("worker_without_database", reason=str(error))
        finally:
            await app.close_async()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pace.restart)


async def _open(app: procrastinate.App, stop: asyncio.Event) -> bool:
    """Reach the database; False when told to stop before it answered."""

    async def reach() -> None:
        await app.open_async()

    opening, stopping = asyncio.create_task(reach()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([opening, stopping], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        opening.cancel()
    with suppress(asyncio.CancelledError):
        await opening
    return not opening.cancelled()


def _options(services: Services, pace: Pace) -> dict[str, Any]:
    return {
        "additional_context": {SERVICES: services},
        "concurrency": pace.concurrency,
        "shutdown_graceful_timeout": pace.shutdown,
        "install_signal_handlers": False,
        "delete_jobs": "successful",
        "update_heartbeat_interval": pace.heartbeat,
        "stalled_worker_timeout": pace.silence,
    }


async def _work(app: procrastinate.App, services: Services, stop: asyncio.Event, pace: Pace) -> None:
    """Run one worker, and the watch over the others' jobs, until told to stop or until either ends."""
    worker = asyncio.create_task(app.run_worker_async(**_options(services, pace)))
    helpers = [asyncio.create_task(stop.wait()), asyncio.create_task(_watch(app, pace))]
    try:
        await asyncio.wait([worker, *helpers], return_when=asyncio.FIRST_COMPLETED)
    finally:
        # Cancelling the worker is how it is asked to finish its jobs and end.
        for task in (*helpers, worker):
            task.cancel()
        results = await asyncio.gather(worker, *helpers, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _watch(app: procrastinate.App, pace: Pace) -> None:
    while True:
        await retry_stalled(app, pace.silence)
        await asyncio.sleep(pace.heartbeat)


async def retry_stalled(app: procrastinate.App, silence: float) -> int:
    """Give the jobs of the workers silent for so many seconds back to the queue; how many there were.

    A job that kills its worker each time would come back for ever: what it works on counts its tries, and
    fails after three (`export_jobs.begin`).
    """
    manager, count = app.job_manager, 0
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=silence):
        # Another worker may have been quicker.
        with suppress(queue_errors.ConnectorException):
            await manager.retry_job(job)
            count += 1
            log.warning("job_taken_over", job=job.id, task=job.task_name)
    return count
