"""Jobs: an export is made as its requester or fails with a reason; whoever dies, it is done in the end."""

from __future__ import annotations

import hashlib
import signal
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pypdf
import pytest
from structlog.testing import capture_logs

from models import Dossier, Export, ExportState, FileStore, Notification, User, execute, fetch, transaction
from models.jobs import SEND_NOTIFICATION, defer
from rendering import export_job
from rendering.browsers import WarmBrowser
from rendering.services import Services
from rendering.xml_in import read_dossier
from resolvers import exports, notifications
from tests.rendering.processes import ours, send
from tests.rendering.working import ask, read, work

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from playwright.async_api import Page

    from rendering.pdf import Printer
    from tests.rendering.conftest import Post
    from tests.world import World

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.browser]


async def test_a_print_asked_for_is_made_and_kept(database: str, world: World, services: Services) -> None:
    export = await ask(world, tabs=["A1", "F01"])
    await work(database, services)
    ready = await read(world, export)
    assert (ready.state, ready.error_code, ready.file_name) == (
        ExportState.READY,
        "",
        "er_2024_732829320.pdf",
    )
    pdf = await services.files.read(ready.file_key)
    assert (ready.size, ready.sha256) == (len(pdf), hashlib.sha256(pdf).hexdigest())
    reader = pypdf.PdfReader(BytesIO(pdf))
    assert set(reader.named_destinations) == {"/A1", "/F01"}
    assert "1 234,56" in reader.pages[0].extract_text().replace("\u202f", " ")


async def test_an_archive_holds_the_xml_and_the_pdf(database: str, world: World, services: Services) -> None:
    export = await exports.request_zip(world["cdc"], world.dossier, "z")
    await work(database, services)
    ready = await read(world, export)
    assert ready.state is ExportState.READY
    assert ready.file_name.startswith("er_2024_732829320_")
    with ZipFile(BytesIO(await services.files.read(ready.file_key))) as archive:
        assert archive.namelist() == ["er_2024_732829320.xml", "er_2024_732829320.pdf"]
        file = read_dossier(archive.read("er_2024_732829320.xml"))
        pdf = pypdf.PdfReader(BytesIO(archive.read("er_2024_732829320.pdf")))
    assert {cell.id: cell.value for cell in file.cells}["A1.L011.B"] == "1234.56"
    assert len(pdf.pages) >= 65


async def test_rights_lost_meanwhile_are_lost(database: str, world: World, services: Services) -> None:
    export = await ask(world)
    await Dossier.filter(id=world.dossier).update(step=3)
    await work(database, services)
    failed = await Export.get(id=export.id)
    assert (failed.state, failed.error_code, failed.file_key) == (ExportState.FAILED, "NOT_FOUND", "")
    with pytest.raises(FileNotFoundError):
        await services.files.read(f"exports/{export.id}/er_2024_732829320.pdf")


async def test_a_closed_account_prints_nothing(database: str, world: World, services: Services) -> None:
    export = await ask(world)
    await User.filter(login="cdc").update(closed_at=datetime.now(UTC))
    await work(database, services)
    failed = await Export.get(id=export.id)
    assert (failed.state, failed.file_key) == (ExportState.FAILED, "")
    assert failed.error.endswith(".")


async def test_a_crash_is_told_without_its_trace(
    database: str, world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> str:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr(export_job, "printed", crash)
    export = await ask(world, tabs=["A1"])
    with capture_logs() as logged:
        await work(database, services)
    failed = await read(world, export)
    assert (failed.state, failed.error_code) == (ExportState.FAILED, "EXPORT_CRASHED")
    assert [line["reference"] in failed.error for line in logged if line["event"] == "export_crashed"] == [
        True
    ]
    assert "secret" not in failed.error


async def test_a_full_disk_is_told_and_what_is_asked_again_is_made_once_there_is_room(
    database: str, world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_: FileStore, key: str, content: bytes) -> None:
        raise OSError(28, "No space left on device", key, None, len(content))

    with monkeypatch.context() as without_room:
        without_room.setattr(FileStore, "put", full)
        export = await ask(world, tabs=["A1"])
        await work(database, services)
    failed = await read(world, export)
    assert (failed.state, failed.error_code, failed.file_key) == (ExportState.FAILED, "STORE_FAILED", "")
    assert "faute de place" in failed.error
    again = await ask(world, tabs=["A1"], key="again")
    await work(database, services)
    assert (await read(world, again)).state is ExportState.READY


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
    export = await ask(world, tabs=["A1"])
    await work(database, replace(services, printer=own_printer))
    assert killed
    assert (await read(world, export)).state is ExportState.READY


async def test_a_job_that_kills_its_worker_three_times_fails_with_a_reason(
    database: str, world: World, services: Services
) -> None:
    export = await ask(world)
    await Export.filter(id=export.id).update(attempts=3, state=ExportState.RUNNING)
    await work(database, services)
    failed = await read(world, export)
    assert (failed.state, failed.error_code) == (ExportState.FAILED, "JOB_ABANDONED")


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
    await work(database, services)
    assert (await Notification.get(id=notification.id)).mailed_at is None
    # The worker's clock may bring the hourly clearing of exports among the jobs, whatever the hour is.
    (job,) = await fetch(
        "SELECT status::text, scheduled_at > now() AS later FROM procrastinate_jobs WHERE task_name = %s",
        [SEND_NOTIFICATION],
    )
    assert job == {"status": "todo", "later": True}
    await execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    async with open_post() as post:
        await work(database, replace(services, mailer=post.mailer()))
        await _again(database, notification, replace(services, mailer=post.mailer()))
    (mail,) = post.mails
    assert mail["To"].addresses[0].addr_spec == "cdc@example.org"
    assert f"/dossiers/{world.dossier}" in str(mail)
    assert (await Notification.get(id=notification.id)).mailed_at is not None


async def _again(database: str, notification: Notification, services: Services) -> None:
    """The same job once more, as after a worker killed just before it could say that it was done."""
    async with transaction():
        await defer(SEND_NOTIFICATION, notification=str(notification.id))
    await work(database, services)
    assert await notifications.pending(services.authority, notification.id) is None


async def test_a_form_without_a_value_is_printed(database: str, world: World, services: Services) -> None:
    export = await exports.request_print(
        world["cdc"], world.dossier, ["A1"], accessible=False, key="blank", blank=True
    )
    await work(database, services)
    ready = await read(world, export)
    assert (ready.state, ready.file_name) == (ExportState.READY, "er_2024_732829320_vierge.pdf")
    (page,) = pypdf.PdfReader(BytesIO(await services.files.read(ready.file_key))).pages
    text = page.extract_text().replace("\u202f", " ")
    assert "Formulaire vierge" in text
    assert "1 234,56" not in text
