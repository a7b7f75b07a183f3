"""A mail server that refuses, is slow, or hangs up, and a worker killed at every point: nothing is lost."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP
from aiosmtplib import SMTPException

from models import Delivery, Notification, NotificationPreference, User, execute, fetch, transaction
from models.jobs import SEND_DIGEST, SEND_NOTIFICATION, defer
from rendering.mail import AddressRefusedError, Mailer, MailSettings, digest_id
from rendering.patience import Patience
from rendering.tasks import MOST_MAILS
from resolvers import digests, notifications
from resolvers.events import Told
from resolvers.notifications import About
from tests.rendering.conftest import Post
from tests.rendering.test_mail import TASK
from tests.rendering.working import work

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager

    from rendering.services import Services
    from tests.world import World

ROOT = Path(__file__).resolve().parents[2]
SEVEN = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


class Awkward(Post):
    """A peer that answers as it is told: `rcpt` and `data` are its replies, None for a yes."""

    def __init__(self, rcpt: str | None = None, data: str | None = None) -> None:
        super().__init__()
        self.rcpt, self.data = rcpt, data

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self,
        _server: SMTP,
        _session: object,
        envelope: Any,  # noqa: ANN401 - aiosmtpd has no type for it
        address: str,
        _options: list[str],
    ) -> str:
        if self.rcpt is None:
            envelope.rcpt_tos.append(address)
        return self.rcpt or "250 OK"

    async def handle_DATA(self, server: SMTP, session: object, envelope: Any) -> str:  # noqa: ANN401, N802 - as above
        return self.data or await super().handle_DATA(server, session, envelope)


@asynccontextmanager
async def opened(post: Post) -> AsyncIterator[Post]:
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(post, enable_SMTPUTF8=True, hostname="localhost"), "127.0.0.1", 0
    )
    async with server:
        post.port = server.sockets[0].getsockname()[1]
        yield post


@asynccontextmanager
async def mute(*said: bytes) -> AsyncIterator[int]:
    """A peer that says this much, line by line as it is spoken to, then hangs up; with nothing, is silent."""
    ends: list[asyncio.StreamWriter] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends.append(writer)
        for line in said:
            writer.write(line)
            await writer.drain()
            await reader.readline()
        if said:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for writer in ends:
            writer.close()


def _mailer(port: int, seconds: float = 5) -> Mailer:
    return Mailer(
        MailSettings(
            "127.0.0.1", port, "harmonia@example.org", "https://harmonia.example.org", seconds=seconds
        )
    )


async def _told(world: World, event: Told = Told.TRANSMITTED) -> Notification:
    user = world["cdc"].user_id
    assert user is not None
    async with transaction():
        await notifications.tell([user], event, About(world.dossier))
    return await Notification.get()


async def _jobs(name: str = SEND_NOTIFICATION) -> list[dict[str, Any]]:
    return await fetch(
        "SELECT status::text, scheduled_at > now() AS later FROM procrastinate_jobs WHERE task_name = %s"
        " AND status <> 'succeeded'",
        [name],
    )


@pytest.mark.parametrize(
    ("rcpt", "data"),
    [
        ("450 4.2.1 essayez plus tard", None),
        ("550 5.7.1 relais refusé", None),
        ("554 5.7.1 refusé", None),
        (None, "451 4.3.0 plus tard"),
        (None, "554 5.6.0 refusé"),
    ],
)
async def test_a_refusal_that_may_pass_is_tried_again(
    database: str, world: World, services: Services, rcpt: str | None, data: str | None
) -> None:
    told = await _told(world)
    async with opened(Awkward(rcpt, data)) as post:
        await work(database, replace(services, mailer=post.mailer()))
    kept = await Notification.get(id=told.id)
    assert (kept.mailed_at, kept.refused_at) == (None, None)
    assert await _jobs() == [{"status": "todo", "later": True}]
    async with opened(Awkward()) as post:
        await execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
        await work(database, replace(services, mailer=post.mailer()))
    assert [mail["Message-ID"] for mail in post.mails] == [f"<{told.id}@harmonia.example.org>"]


@pytest.mark.parametrize("reply", ["550 5.1.1 inconnu", "553 adresse impossible"])
async def test_an_address_refused_for_good_is_not_tried_again(
    database: str, world: World, services: Services, reply: str
) -> None:
    told = await _told(world)
    async with opened(Awkward(rcpt=reply)) as post:
        with pytest.raises(AddressRefusedError):
            await post.mailer().send(TASK)
        await work(database, replace(services, mailer=post.mailer()))
    kept = await Notification.get(id=told.id)
    assert (kept.mailed_at, kept.refused_at is not None) == (None, True)
    assert await _jobs() == []
    assert await notifications.pending(world.authority, told.id) is None


async def test_a_peer_that_is_silent_is_given_up_in_time() -> None:
    async with mute() as port:
        with pytest.raises(TimeoutError):
            await _mailer(port, 0.2).send(TASK)


YES = (b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n")


@pytest.mark.parametrize("said", [YES[:1], YES[:3], (*YES, b"354 x\r\n")])
async def test_a_peer_that_hangs_up_anywhere_loses_nothing(
    database: str, world: World, services: Services, said: tuple[bytes, ...]
) -> None:
    """Before the greeting ends, between sender and recipient, in the middle of DATA."""
    told = await _told(world)
    async with mute(*said) as port:
        with pytest.raises((SMTPException, OSError)):
            await _mailer(port).send(TASK)
        await work(database, replace(services, mailer=_mailer(port)))
    assert (await Notification.get(id=told.id)).mailed_at is None
    assert await _jobs() == [{"status": "todo", "later": True}]


def test_an_hour_without_a_server_is_well_within_the_tries_of_a_mail() -> None:
    waited, tries = timedelta(), 0
    while waited < timedelta(hours=1):
        job: Any = type("Job", (), {"attempts": tries})
        decision = Patience(MOST_MAILS).get_retry_decision(exception=OSError(), job=job)
        assert decision is not None
        assert decision.retry_at is not None
        waited += decision.retry_at - datetime.now(UTC)
        tries += 1
    assert tries < MOST_MAILS / 10
    assert waited < timedelta(hours=1, minutes=30)


KILLED = """
import asyncio, os, signal, sys
from uuid import UUID
from authz import Authority
from models import open_database
from rendering import tasks
from rendering.mail import Mailer, MailSettings
from rendering.services import Services
from resolvers import digests, notifications

class Context:
    def __init__(self, services): self.additional_context = {tasks.SERVICES: services}

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    url, port, point, job, *arguments = sys.argv[1:]
    await open_database(url)
    mailer = Mailer(MailSettings("127.0.0.1", int(port), "h@example.org", "https://harmonia.example.org"))
    services = Services(await Authority.load(), None, None, mailer)
    room = digests if job == "digest" else notifications
    if point == "before": mailer.deliver = die
    if point == "accepted": room.sent = room.mailed = die
    run = tasks._send_digest if job == "digest" else tasks._send_notification
    await run(Context(services), *arguments)
    die()

asyncio.run(main())
"""


async def _killed(database: str, post: Post, point: str, *arguments: str) -> None:
    """The job, in a process of its own that is killed at that point."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, database, str(post.port), point, *arguments, cwd=ROOT
    )
    assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL


@pytest.mark.parametrize(("point", "times"), [("before", 1), ("accepted", 2), ("noted", 1)])
async def test_a_worker_killed_at_any_point_of_a_mail_loses_none_and_names_it_alike(
    database: str, world: World, services: Services, point: str, times: int
) -> None:
    told = await _told(world)
    async with opened(Post()) as post:
        await _killed(database, post, point, "mail", str(told.id))
        await work(database, replace(services, mailer=post.mailer()))
    assert [mail["Message-ID"] for mail in post.mails] == [f"<{told.id}@harmonia.example.org>"] * times
    assert (await Notification.get(id=told.id)).mailed_at is not None


async def _digest(world: World) -> str:
    """A digest of two events that waits; its reader's identifier."""
    user = await User.get(login="cdc")
    for event in (Told.TRANSMITTED, Told.FINALISED):
        await NotificationPreference.create(user_id=user.id, event=event.value, delivery=Delivery.DIGEST)
        async with transaction():
            await notifications.tell([user.id], event, About(world.dossier))
    await Notification.all().update(at=SEVEN - timedelta(hours=1))
    assert await digests.prepare(SEVEN) == 1
    return str(user.id)


@pytest.mark.parametrize(("point", "times"), [("before", 1), ("accepted", 2), ("noted", 1)])
async def test_a_worker_killed_at_any_point_of_a_digest_sends_the_same_one(
    database: str, world: World, services: Services, point: str, times: int
) -> None:
    user = await _digest(world)
    async with opened(Post()) as post:
        await _killed(database, post, point, "digest", user, "2026-11-22")
        assert await digests.prepare(SEVEN) == 0
        await work(database, replace(services, mailer=post.mailer()))
    assert [mail["Message-ID"] for mail in post.mails] == [
        f"<{digest_id(UUID(user), SEVEN.date())}@harmonia.example.org>"
    ] * times
    text = next(post.mails[0].iter_parts()).get_content().replace("\r\n", "\n")
    assert "Dossier transmis\u00a0: 1\nhttps://harmonia.example.org/notifications?event=transmitted" in text
    assert "ER" not in text
    assert await _jobs(SEND_DIGEST) == []


async def test_a_digest_whose_address_is_refused_is_given_up(
    database: str, world: World, services: Services
) -> None:
    await _digest(world)
    async with opened(Awkward(rcpt="550 5.1.1 inconnu")) as post:
        await work(database, replace(services, mailer=post.mailer()))
    assert await _jobs(SEND_DIGEST) == []
    assert await Notification.filter(refused_at=None).count() == 0


async def test_a_digest_asked_for_twice_is_sent_once(
    database: str,
    world: World,
    services: Services,
    open_post: Callable[[], AbstractAsyncContextManager[Post]],
) -> None:
    user = await _digest(world)
    async with transaction():
        await defer(SEND_DIGEST, user=user, day="2026-11-22")
    async with open_post() as post:
        await work(database, replace(services, mailer=post.mailer()))
    assert len(post.mails) == 1
