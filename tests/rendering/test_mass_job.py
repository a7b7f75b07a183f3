"""A mass move whose worker is killed between a move and its end: another goes on, and moves nothing twice."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from models import Crossing, FileStore, execute, fetch
from rendering.jobs import build_app, retry_stalled
from rendering.mail import Mailer, MailSettings
from rendering.mass_job import make_mass_move
from rendering.pdf import Printer
from rendering.services import Services
from resolvers import mass_moves
from tests.campaign import conducted

ROOT = Path(__file__).resolve().parents[2]
# The third dossier's move is made, and not yet kept, when the worker dies of it.
WORKER = """
import asyncio, os, signal, sys
from authz import Authority
from models import open_database
from rendering.jobs import Pace, build_app, run_worker
from rendering.services import Services
from resolvers import steps

made, advance = [], steps.advance

async def dying(*arguments, **more):
    row = await advance(*arguments, **more)
    made.append(row)
    if len(made) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return row

steps.advance = dying

async def main():
    await open_database(sys.argv[1])
    services = Services(await Authority.load(), None, None, None)
    await run_worker(build_app(sys.argv[1]), services, asyncio.Event(), Pace(heartbeat=0.1))

asyncio.run(main())
"""


async def test_a_worker_killed_in_the_middle_is_replaced_and_nothing_moves_twice(
    database: str, tmp_path: Path
) -> None:
    one = await conducted(5, step=5)
    mass = await mass_moves.start(one.world["pilote"], one.dossiers, "close", None, "k")
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, database, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    async with asyncio.timeout(60):
        assert await worker.wait() == -9
    before = await fetch("SELECT outcome, attempts FROM mass_move_item ORDER BY position")
    assert [each["outcome"] for each in before] == ["moved"] * 2 + ["waiting"] * 3
    assert await Crossing.filter(move="close").count() == 2
    # A minute later, for whoever looks after the silent ones.
    await execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    app = build_app(database)
    services = Services(
        one.world.authority,
        Printer(None),
        FileStore.local(tmp_path),
        Mailer(MailSettings("127.0.0.1", 9, "a@example.org", "https://example.org")),
    )
    async with app.open_async():
        assert await retry_stalled(app, 30) >= 1
    # The jobs that moves leave behind, such as a sealed copy, are another's.
    jobs = "SELECT status::text AS status, args FROM procrastinate_jobs WHERE task_name = 'mass_move'"
    assert await fetch(jobs) == [{"status": "todo", "args": {"mass": str(mass.id)}}]
    await make_mass_move(services, mass.id)
    row = await mass_moves.read(one.world["pilote"], mass.id)
    assert (row.moved, row.refused) == (5, 0)
    assert row.finished_at is not None
    closed = await Crossing.filter(move="close")
    assert sorted(str(each.dossier_id) for each in closed) == sorted(map(str, one.dossiers))
