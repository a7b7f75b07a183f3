"""Workers killed while they scan, tidy or ask the hotline; a mail server that dawdles: one effect each."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from models import Attachment, AttachmentState, Event, Notification, SupportRequest, execute, fetch
from resolvers import attachments, support
from resolvers.attachment_rows import Intake
from tests.models.test_clamd import SIGNED, peer
from tests.rendering.conftest import Post
from tests.rendering.test_attachment_scan import PDF, joined
from tests.rendering.test_mail_faults import Awkward, _mailer, _told, opened
from tests.rendering.test_support import ASKED
from tests.rendering.working import work

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP

    from rendering.services import Services
    from tests.world import World

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from authz import Authority
from models import Clamd, FileStore, open_database
from rendering import tasks
from rendering.mail import Mailer, MailSettings
from rendering.services import Services
from resolvers import attachment_scan, attachment_tidy, support

class Context:
    def __init__(self, services): self.additional_context = {tasks.SERVICES: services}

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

PLACES = {
    "scanning": (Clamd, "scan"), "scanned": (attachment_scan, "settle"),
    "settled": (attachment_tidy, "_delete"), "forgetting": (attachment_tidy, "_delete"),
    "asking": (Mailer, "deliver"), "asked": (support, "mailed"),
}

async def main():
    url, folder, port, point, task, name, value = sys.argv[1:]
    await open_database(url)
    mailer = Mailer(MailSettings("127.0.0.1", int(port), "h@example.org", "https://harmonia.example.org"))
    files, scanner = FileStore.local(Path(folder)), Clamd(f"127.0.0.1:{port}")
    services = Services(await Authority.load(), None, files, mailer, scanner)
    setattr(*PLACES[point], die)
    await getattr(tasks, task)(Context(services), **{name: value})

asyncio.run(main())
"""


async def killed(database: str, folder: Path, port: int | str, point: str, *job: str) -> None:
    """A job in a process of its own that is killed at that point."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, database, str(folder), str(port), point, *job, cwd=ROOT
    )
    assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL


@pytest.mark.parametrize("point", ["scanning", "scanned", "settled"])
async def test_a_worker_killed_while_a_document_is_scanned_leaves_it_in_quarantine_or_refused_once(
    database: str, world: World, services: Services, tmp_path: Path, point: str
) -> None:
    row = await joined(world, services.files, PDF + SIGNED)
    async with peer(b"stream: Essai FOUND\0", []) as clamd:
        port = clamd.address.rpartition(":")[2]
        await killed(database, tmp_path, port, point, "_scan_attachment", "attachment", str(row.id))
        state = (await Attachment.get(id=row.id)).state
        settled = AttachmentState.REFUSED if point == "settled" else AttachmentState.QUARANTINED
        assert state is settled
        await work(database, replace(services, scanner=clamd))
    assert (await Attachment.get(id=row.id)).state is AttachmentState.REFUSED
    assert await Event.filter(kind="attachment_refused").count() == 1
    assert await fetch("SELECT 1 FROM procrastinate_jobs WHERE status <> 'succeeded'") == []


async def test_a_worker_killed_while_it_forgets_a_document_leaves_its_files_to_the_next(
    database: str, world: World, services: Services, tmp_path: Path
) -> None:
    row = await joined(world, services.files, PDF, Intake())
    await attachments.remove(world["saisie"], row.id, "r")
    await killed(database, tmp_path, 9, "forgetting", "_forget_attachment", "attachment", str(row.id))
    assert [file async for file in services.files.listed("attachments")]
    await work(database, services)
    assert [file async for file in services.files.listed("attachments")] == []
    assert await Attachment.all().count() == 0


@pytest.mark.parametrize(("point", "times"), [("asking", 1), ("asked", 2)])
async def test_a_worker_killed_while_it_mails_a_question_loses_none_and_names_it_alike(
    database: str, world: World, services: Services, tmp_path: Path, point: str, times: int
) -> None:
    asked = await support.ask(world["saisie"], services.files, ASKED, "k")
    async with opened(Post()) as post:
        await killed(database, tmp_path, post.port, point, "_send_support", "request", str(asked))
        await work(database, replace(services, mailer=post.mailer()))
    assert len(post.mails) == times
    assert len({mail["Message-ID"] for mail in post.mails}) == 1
    assert (await SupportRequest.get(id=asked)).mailed_at is not None


class Dawdling(Awkward):
    """A peer that answers a content only once it is let go; `keeps`: it has kept what it was given."""

    def __init__(self, *, keeps: bool) -> None:
        super().__init__()
        self.keeps, self.free = keeps, asyncio.Event()

    async def handle_DATA(self, server: SMTP, session: object, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's own
        if self.keeps:
            await super().handle_DATA(server, session, envelope)
        await self.free.wait()
        return "451 4.3.0 trop tard"


@pytest.mark.parametrize("keeps", [False, True])
async def test_a_peer_that_dawdles_over_a_content_is_asked_again_and_the_mail_is_shown_once(
    database: str, world: World, services: Services, *, keeps: bool
) -> None:
    told = await _told(world)
    async with opened(Dawdling(keeps=keeps)) as slow:
        assert isinstance(slow, Dawdling)
        await work(database, replace(services, mailer=_mailer(slow.port, 0.5)))
        slow.free.set()
    assert (await Notification.get(id=told.id)).mailed_at is None
    await execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    async with opened(Post()) as post:
        await work(database, replace(services, mailer=post.mailer()))
    mails = [*slow.mails, *post.mails]
    assert len(mails) == 1 + keeps
    assert {mail["Message-ID"] for mail in mails} == {f"<{told.id}@harmonia.example.org>"}
    assert (await Notification.get(id=told.id)).mailed_at is not None
