"""Jobs: an export is made as its requester or fails with a reason; whoever dies, it is done in the end."""

from __future__ import annotations

import asyncio
import hashlib
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pypdf
import pytest
from structlog.testing import capture_logs

from authz import Authority
from models import Dossier, Export, ExportState, FileStore, Notification, User, execute, fetch, transaction
from models.jobs import SEND_NOTIFICATION, defer
from rendering import export_job
from rendering.browsers import WarmBrowser
from rendering.jobs import Pace, Patience, build_app, retry_stalled, run_worker
from rendering.mail import Mailer, MailSettings
from rendering.services import Services
from rendering.xml_in import read_dossier
from resolvers import export_jobs, exports, notifications
from resolvers.cells import CellWrite, write
from tests.rendering.processes import ours, send
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Page

    from rendering.pdf import Printer
    from resolvers.rows import ExportRow
    from tests.rendering.conftest import Post

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
BRISK = Pace(heartbeat=0.1, silence=0.5, restart=0.1)


@pytest.fixture
async def world() -> World:
    found = await build_world(step=4)
    await Dossier.filter(id=found.dossier).update(step=1)
    await write(found["saisie"], found.dossier, [CellWrite("A1.L011.B", "1234.56", None)])
    await Dossier.filter(id=found.dossier).update(step=4, transmitted_at=datetime.now(UTC))
    return found


@pytest.fixture
def services(world: World, printer: Printer, tmp_path: Path, closed_port: int) -> Services:
    mailer = Mailer(
        MailSettings("127.0.0.1", closed_port, "harmonia@example.org", "https://harmonia.example.org")
    )
    return Services(world.authority, printer, FileStore.local(tmp_path), mailer)


async def _ask(world: World, login: str = "cdc", tabs: list[str] | None = None, key: str = "k") -> ExportRow:
    return await exports.request_print(world[login], world.dossier, tabs, accessible=False, key=key)


async def _work(url: str, services: Services) -> None:
    """Do every job that is due, then stop."""
    app = build_app(url)
    async with app.open_async():
        await app.run_worker_async(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            additional_context={"services": services},
        )


async def _read(world: World, export: ExportRow, login: str = "cdc") -> ExportRow:
    return await exports.read(world[login], export.id)


async def test_a_print_asked_for_is_made_and_kept(database: str, world: World, services: Services) -> None:
    export = await _ask(world, tabs=["A1", "F01"])
    await _work(database, services)
    ready = await _read(world, export)
    assert (ready.state, ready.error_code, ready.file_name) == (
        ExportState.READY,
        "",
        "er_2024_732829320.pdf",
    )
    pdf = await services.files.read(ready.file_key)
    assert (ready.size, ready.sha256) == (len(pdf), hashlib.sha256(pdf).hexdigest())
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert set(reader.named_destinations) == {"/A1", "/F01"}
    assert "1 234,56" in reader.pages[1].extract_text().replace("\u202f", " ")


async def test_an_archive_holds_the_xml_and_the_pdf(database: str, world: World, services: Services) -> None:
    export = await exports.request_zip(world["cdc"], world.dossier, "z")
    await _work(database, services)
    ready = await _read(world, export)
    assert ready.state is ExportState.READY
    assert ready.file_name.startswith("er_2024_732829320_")
    with ZipFile(BytesIO(await services.files.read(ready.file_key))) as archive:
        assert archive.namelist() == ["er_2024_732829320.xml", "er_2024_732829320.pdf"]
        file = read_dossier(archive.read("er_2024_732829320.xml"))
        pdf = pypdf.PdfReader(BytesIO(archive.read("er_2024_732829320.pdf")))
    assert {cell.id: cell.value for cell in file.cells}["A1.L011.B"] == "1234.56"
    assert len(pdf.pages) >= 65


async def test_rights_lost_meanwhile_are_lost(database: str, world: World, services: Services) -> None:
    export = await _ask(world)
    await Dossier.filter(id=world.dossier).update(step=3)
    await _work(database, services)
    failed = await Export.get(id=export.id)
    assert (failed.state, failed.error_code, failed.file_key) == (ExportState.FAILED, "NOT_FOUND", "")
    with pytest.raises(FileNotFoundError):
        await services.files.read(f"exports/{export.id}/er_2024_732829320.pdf")


async def test_a_closed_account_prints_nothing(database: str, world: World, services: Services) -> None:
    export = await _ask(world)
    await User.filter(login="cdc").update(closed_at=datetime.now(UTC))
    await _work(database, services)
    failed = await Export.get(id=export.id)
    assert (failed.state, failed.file_key) == (ExportState.FAILED, "")
    assert failed.error.endswith(".")


async def test_a_crash_is_told_without_its_trace(
    database: str, world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> str:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(export_job, "dossier_html", crash)
    export = await _ask(world, tabs=["A1"])
    with capture_logs() as logged:
        await _work(database, services)
    failed = await _read(world, export)
    assert (failed.state, failed.error_code) == (ExportState.FAILED, "EXPORT_CRASHED")
    assert [line["reference"] in failed.error for line in logged if line["event"] == "export_crashed"] == [
        True
    ]
    assert "secret" not in failed.error


@pytest.mark.parametrize("victim", ["renderer", "browser"])
async def test_a_chromium_killed_while_printing_does_not_lose_the_job(
    database: str,
    world: World,
    services: Services,
    own_printer: Printer,
    strangers: frozenset[int],
    monkeypatch: pytest.MonkeyPatch,
    victim: str,
) -> None:
    take = WarmBrowser.take
    killed: list[int] = []

    async def take_and_kill(self: WarmBrowser) -> Page:
        page = await take(self)
        if not killed:
            killed.extend(ours(victim, strangers))
            send(signal.SIGKILL, killed)
        return page

    monkeypatch.setattr(WarmBrowser, "take", take_and_kill)
    export = await _ask(world, tabs=["A1"])
    await _work(database, replace(services, printer=own_printer))
    assert killed
    assert (await _read(world, export)).state is ExportState.READY


WORKER = """
import asyncio, sys
from uuid import UUID
from authz import Authority
from models import FileStore, open_database
from pathlib import Path
from rendering.jobs import Pace, build_app, run_worker
from rendering.services import Services

class Printer:
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
    export = await _ask(world, tabs=["A1"])
    await _killed_worker(database, tmp_path)
    assert (await Export.get(id=export.id)).state is ExportState.RUNNING

    async def ready() -> bool:
        return (await Export.get(id=export.id)).state is ExportState.READY

    await _run_until(database, services, ready)
    assert (await Export.get(id=export.id)).attempts == 2


async def test_a_job_that_kills_its_worker_three_times_fails_with_a_reason(
    database: str, world: World, services: Services
) -> None:
    export = await _ask(world)
    await Export.filter(id=export.id).update(attempts=3, state=ExportState.RUNNING)
    await _work(database, services)
    failed = await _read(world, export)
    assert (failed.state, failed.error_code) == (ExportState.FAILED, "JOB_ABANDONED")


async def test_only_the_jobs_of_silent_workers_are_taken_over(database: str, world: World) -> None:
    await _ask(world, key="a")
    await _ask(world, key="b")
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
    export = await _ask(world, tabs=["A1"])
    await run_worker(build_app(database), services, stop, BRISK)
    assert begun.is_set()
    assert (await _read(world, export)).state is ExportState.READY


async def test_a_worker_waits_for_a_database_that_is_away(
    database: str, world: World, services: Services
) -> None:
    export = await _ask(world, tabs=["A1"])
    stop = asyncio.Event()
    away = database.replace("/test_", "/absent_")
    worker = asyncio.create_task(run_worker(build_app(away), services, stop, BRISK))
    done, _ = await asyncio.wait([worker], timeout=1)
    assert done == set()
    stop.set()
    await asyncio.wait_for(worker, 10)
    assert (await _read(world, export)).state is ExportState.WAITING


async def test_a_worker_outlives_a_database_that_hangs_up(
    database: str, world: World, services: Services
) -> None:
    export = await _ask(world, tabs=["A1"])

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


async def _notify(world: World) -> Notification:
    async with transaction():
        user = await User.get(login="cdc")
        found = await Notification.create(
            user_id=user.id, dossier_id=world.dossier, event="transmitted", at=datetime.now(UTC)
        )
        await defer(SEND_NOTIFICATION, notification=str(found.id))
    return found


async def test_a_mail_is_sent_once_when_its_peer_comes_back(
    database: str,
    world: World,
    services: Services,
    open_post: Callable[[], AbstractAsyncContextManager[Post]],
) -> None:
    notification = await _notify(world)
    await _work(database, services)
    assert (await Notification.get(id=notification.id)).mailed_at is None
    (job,) = await fetch("SELECT status::text, scheduled_at > now() AS later FROM procrastinate_jobs")
    assert job == {"status": "todo", "later": True}
    await execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    async with open_post() as post:
        await _work(database, replace(services, mailer=post.mailer()))
        await _again(database, notification, replace(services, mailer=post.mailer()))
    (mail,) = post.mails
    assert mail["To"].addresses[0].addr_spec == "cdc@example.org"
    assert f"/dossiers/{world.dossier}" in str(mail)
    assert (await Notification.get(id=notification.id)).mailed_at is not None


async def _again(database: str, notification: Notification, services: Services) -> None:
    """The same job once more, as after a worker killed just before it could say that it was done."""
    async with transaction():
        await defer(SEND_NOTIFICATION, notification=str(notification.id))
    await _work(database, services)
    assert await notifications.pending(notification.id) is None


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
