"""A mass export in the middle of which something dies, fills up or is given up: the rest is delivered."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from models import Conflict, FileStore, MassExport, MassExportKind, MassExportState, execute, fetch
from models.jobs import MAKE_MASS_EXPORT
from rendering import mass_export_job
from rendering.browsers import WarmBrowser
from rendering.expiry import forget_expired
from rendering.jobs import build_app, retry_stalled
from rendering.mass_export_job import make_mass_export
from resolvers import left_jobs, mass_exporting, mass_exports
from resolvers.mass_export_choice import Wanted
from tests.campaign import Conducted, conducted
from tests.rendering.massing import (
    Press,
    archive,
    ask,
    errors_of,
    kept_files,
    made,
    manifest_of,
    one_tab,
    opened,
    services_of,
)
from tests.rendering.processes import ours, send

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from playwright.async_api import Page

    from rendering.pdf import Printer

pytestmark = pytest.mark.usefixtures("database")
ROOT = Path(__file__).resolve().parents[2]
# It prints each dossier, and dies of the third one's print once it is made and not yet kept.
WORKER = """
import asyncio, os, signal, sys
from pathlib import Path
from authz import Authority
from models import FileStore, open_database
from rendering import mass_export_job
from rendering.jobs import Pace, build_app, run_worker
from rendering.services import Services
from tests.rendering.massing import Press

class Dying(Press):
    async def print_html(self, html, **options):
        made = await super().print_html(html, **options)
        if len(self.prints) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

mass_export_job.AT_ONCE = 1

async def main():
    await open_database(sys.argv[1])
    services = Services(await Authority.load(), Dying(), FileStore.local(Path(sys.argv[2])), None)
    await run_worker(build_app(sys.argv[1]), services, asyncio.Event(), Pace(heartbeat=0.1))

asyncio.run(main())
"""


@pytest.fixture
async def five(database: str) -> Conducted:
    assert database
    return await conducted(5)


async def test_a_worker_killed_in_the_middle_is_replaced_where_it_stopped(
    database: str, five: Conducted, tmp_path: Path
) -> None:
    viewer = five.world["ministere"]
    asked = await ask(viewer, one_tab(five.dossiers))
    command = [sys.executable, "-c", WORKER, database, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    worker = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
    async with asyncio.timeout(60):
        assert await worker.wait() == -signal.SIGKILL
    before = await mass_exports.read(viewer, asked.id)
    assert (before.state, before.done, before.failed) == (MassExportState.RUNNING, 2, 0)
    # A minute later, for whoever looks after the silent ones.
    await execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    app = build_app(database)
    async with app.open_async():
        assert await retry_stalled(app, 30) >= 1
    jobs = "SELECT status::text AS status, args FROM procrastinate_jobs WHERE task_name = %s"
    assert await fetch(jobs, [MAKE_MASS_EXPORT]) == [{"status": "todo", "args": {"export": str(asked.id)}}]
    press = Press()
    await make_mass_export(services_of(five.world, tmp_path, press), asked.id)
    row = await mass_exports.read(viewer, asked.id)
    assert (row.state, row.done, len(press.prints)) == (MassExportState.READY, 5, 3)
    content = await archive(services_of(five.world, tmp_path), viewer, row)
    assert len(opened(content).namelist()) == 6


async def test_a_dossier_that_kills_its_worker_each_time_is_given_up_and_no_other(
    five: Conducted, tmp_path: Path
) -> None:
    asked = await ask(five.world["ministere"], one_tab(five.dossiers))
    tried = "UPDATE mass_export_item SET attempts = %s WHERE position = 1"
    await execute(tried, [mass_exporting.MOST_ATTEMPTS])
    await make_mass_export(services_of(five.world, tmp_path), asked.id)
    assert await errors_of(asked.id) == [None, "JOB_ABANDONED", None, None, None]
    # So is the putting together of one PDF.
    one = await ask(five.world["ministere"], Wanted(MassExportKind.ONE_PDF, five.dossiers), "one")
    await MassExport.filter(id=one.id).update(attempts=mass_exporting.MOST_ATTEMPTS)
    await make_mass_export(services_of(five.world, tmp_path), one.id)
    row = await mass_exports.read(five.world["ministere"], one.id)
    assert (row.state, row.error_code, row.done) == (MassExportState.FAILED, "JOB_ABANDONED", 5)


@pytest.mark.browser
async def test_a_browser_killed_in_the_middle_costs_one_dossier_at_most(
    five: Conducted,
    tmp_path: Path,
    own_printer: Printer,
    strangers: frozenset[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The third print loses its browser, really killed, at each of its tries; the others are delivered."""
    monkeypatch.setattr(mass_export_job, "AT_ONCE", 1)
    take, taken, killed = WarmBrowser.take, [], []

    async def take_and_kill(self: WarmBrowser) -> Page:
        page = await take(self)
        taken.append(page)
        if 3 <= len(taken) <= 5:
            victims = ours("browser", strangers)
            send(signal.SIGKILL, victims)
            killed.append(len(victims))
        return page

    monkeypatch.setattr(WarmBrowser, "take", take_and_kill)
    viewer, services = five.world["ministere"], services_of(five.world, tmp_path, own_printer)
    row = await made(services, viewer, one_tab(five.dossiers))
    assert (len(killed), all(killed)) == (3, True)
    assert (row.state, row.done, row.failed) == (MassExportState.READY, 4, 1)
    assert await errors_of(row.id) == [None, None, "PRINT_FAILED", None, None]
    content = await archive(services, viewer, row)
    lines = manifest_of(content)
    assert [line["SIREN"] for line in lines] == [f"{300_000_000 + number}" for number in range(5)]
    assert "PRINT_FAILED" in lines[2]["Erreur"]
    assert [len(opened(content).namelist()), len(lines)] == [5, 5]


class Full(FileStore):
    """A store whose disk is full for one dossier, or for what is put together."""

    def __init__(self, store: FileStore, word: str) -> None:
        super().__init__(store._store)  # noqa: SLF001 - the same store, with less room
        self._word = word

    async def put(self, key: str, content: bytes) -> None:
        if self._word in key:
            raise OSError(28, "No space left on device")
        await super().put(key, content)

    async def put_stream(self, key: str, blocks: object) -> None:
        del blocks
        raise OSError(28, "No space left on device", key)


def no_room(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


async def test_a_full_disk_costs_what_it_did_not_hold(
    five: Conducted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer, whole = five.world["ministere"], services_of(five.world, tmp_path)
    full = replace(whole, files=Full(whole.files, "300000003"))
    row = await made(full, viewer, one_tab(five.dossiers))
    assert await errors_of(row.id) == [None, None, None, "STORE_FAILED", None]
    assert len(opened(await archive(whole, viewer, row)).namelist()) == 5
    # There is room again: what failed is made, and nothing else.
    await mass_exports.retry(viewer, row.id, "again")
    await make_mass_export(whole, row.id)
    assert await errors_of(row.id) == [None] * 5
    one = await made(full, viewer, one_tab(five.dossiers[:2], MassExportKind.ONE_PDF), "one")
    assert (one.state, one.error_code, one.file_key) == (MassExportState.FAILED, "STORE_FAILED", "")
    # Nor is there room where the PDF are put together, then there is.
    with monkeypatch.context() as cramped:
        cramped.setattr(pikepdf.Pdf, "save", no_room)
        await mass_exports.retry(viewer, one.id, "no room")
        await make_mass_export(whole, one.id)
    assert (await mass_exports.read(viewer, one.id)).error_code == "STORE_FAILED"
    await mass_exports.retry(viewer, one.id, "one again")
    await make_mass_export(whole, one.id)
    assert (await mass_exports.read(viewer, one.id)).state is MassExportState.READY


async def test_what_is_given_up_stops_at_the_dossier_in_hand_and_keeps_nothing(
    five: Conducted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = five.world["ministere"]
    export_ids: list[UUID] = []
    monkeypatch.setattr(mass_export_job, "AT_ONCE", 1)

    class Tired(Press):
        async def print_html(self, html: str, *, tabs: Sequence[str], **options: object) -> bytes:
            if len(self.prints) == 1:
                await mass_exports.cancel(viewer, export_ids[0], "stop")
            return await super().print_html(html, tabs=tabs, **options)

    press = Tired()
    services = services_of(five.world, tmp_path, press)
    asked = await ask(viewer, one_tab(five.dossiers))
    export_ids.append(asked.id)
    await make_mass_export(services, asked.id)
    row = await mass_exports.read(viewer, asked.id)
    assert (row.state, row.done, len(press.prints)) == (MassExportState.CANCELLED, 1, 2)
    assert (kept_files(tmp_path), row.downloadable) == ([], False)
    # Asked again under the same key it is as it was; under another, there is nothing to give up any more.
    assert (await mass_exports.cancel(viewer, asked.id, "stop")).state is MassExportState.CANCELLED
    over = {"MASS_EXPORT_ENDED": mass_exports.cancel, "MASS_NOTHING_TO_RETRY": mass_exports.retry}
    for code, act in over.items():
        with pytest.raises(Conflict) as refused:
            await act(viewer, asked.id, "late")
        assert refused.value.code == code
    await make_mass_export(services, asked.id)
    assert len(press.prints) == 2
    assert await fetch("SELECT 1 FROM notification") == []
    await MassExport.all().update(expires_at=row.requested_at)
    assert await forget_expired(services.files) == 1


async def test_what_no_job_makes_any_more_is_asked_for_again(five: Conducted, tmp_path: Path) -> None:
    asked = await ask(five.world["ministere"], one_tab(five.dossiers[:1]))
    assert await left_jobs.ask_again() == 0
    await execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert (await left_jobs.ask_again(), await left_jobs.ask_again()) == (1, 0)
    await make_mass_export(services_of(five.world, tmp_path), asked.id)
    await execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert await left_jobs.ask_again() == 0


async def test_a_turn_of_some_dossiers_leaves_the_queue_to_others(
    five: Conducted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mass_export_job._Turns, "__init__", _short)  # noqa: SLF001 - turns of two
    viewer, press = five.world["ministere"], Press()
    services = services_of(five.world, tmp_path, press)
    asked = await ask(viewer, one_tab(five.dossiers))
    jobs, left = "SELECT 1 FROM procrastinate_jobs WHERE task_name = 'make_mass_export'", []
    for _ in range(3):
        await make_mass_export(services, asked.id)
        row = await mass_exports.read(viewer, asked.id)
        left.append((row.state.value, row.done, len(await fetch(jobs))))
    assert left == [("running", 2, 2), ("running", 4, 3), ("ready", 5, 3)]


def _short(self: mass_export_job._Turns, export_id: UUID) -> None:
    self.export_id, self.after, self.left, self.lock = export_id, -1, 2, asyncio.Lock()


async def test_two_workers_at_once_make_each_dossier_once(five: Conducted, tmp_path: Path) -> None:
    """As after one that was thought dead: what is kept is what was noted."""
    viewer, services = five.world["ministere"], services_of(five.world, tmp_path)
    asked = await ask(viewer, Wanted(MassExportKind.ONE_PDF, five.dossiers, tabs=("A1",)))
    await asyncio.gather(make_mass_export(services, asked.id), make_mass_export(services, asked.id))
    row = await mass_exports.read(viewer, asked.id)
    content = await services.files.read(row.file_key)
    assert (row.state, row.done) == (MassExportState.READY, 5)
    assert hashlib.sha256(content).hexdigest() == row.sha256
    assert len(await fetch("SELECT 1 FROM notification")) == 1


async def test_a_fault_of_ours_is_one_line_with_a_reference(five: Conducted, tmp_path: Path) -> None:
    class Broken(Press):
        async def print_html(self, html: str, *, tabs: Sequence[str], **options: object) -> bytes:
            if not self.prints:
                self.prints.append(())
                raise ValueError(html[:10])
            return await super().print_html(html, tabs=tabs, **options)

    viewer = five.world["ministere"]
    row = await made(services_of(five.world, tmp_path, Broken()), viewer, one_tab(five.dossiers[:2]))
    assert (row.done, row.failed) == (1, 1)
    (failed,) = (await mass_exports.items(viewer, row, failed_only=True)).rows
    assert failed.error_code == "EXPORT_CRASHED"
    assert "référence" in failed.error
    assert failed.error.endswith(".")
