"""A printer for the session, mails received by a real SMTP peer, and the processes that we started."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import SMTP

from models import Dossier, FileStore
from rendering.mail import Mailer, MailSettings
from rendering.pdf import Limits, Printer
from rendering.services import Services
from resolvers.cells import CellWrite, write
from tests.rendering.processes import ours
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from email.message import EmailMessage
    from pathlib import Path


@pytest.fixture(scope="session")
async def printer() -> AsyncIterator[Printer]:
    """One warm printer for the tests that leave it whole."""
    found = Printer(os.environ.get("HARMONIA_CHROMIUM"), pages=2)
    await found.start()
    yield found
    await found.close()


@pytest.fixture
def strangers(printer: Printer) -> frozenset[int]:
    """The Chromium processes that are not those of `own_printer`."""
    del printer
    return frozenset([*ours("browser"), *ours("renderer")])


@pytest.fixture
async def own_printer(strangers: frozenset[int]) -> AsyncIterator[Printer]:
    """A printer for the tests that break it; a print has three seconds."""
    del strangers
    found = Printer(os.environ.get("HARMONIA_CHROMIUM"), pages=1, limits=Limits(base=3.0))
    await found.start()
    yield found
    await found.close()


class Post:
    """A real SMTP peer that keeps what it receives."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = 0

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's own names
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(mail)
        return "250 OK"

    def mailer(self) -> Mailer:
        return Mailer(
            MailSettings(
                "127.0.0.1", self.port, "harmonia@example.org", "https://harmonia.example.org", seconds=5
            )
        )


@pytest.fixture
def open_post() -> Callable[[], AbstractAsyncContextManager[Post]]:
    """Open a post office on loopback for as long as the context lasts."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[Post]:
        post = Post()
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(post, enable_SMTPUTF8=True, hostname="localhost"), "127.0.0.1", 0
        )
        async with server:
            post.port = server.sockets[0].getsockname()[1]
            yield post

    return opened


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of loopback that nobody listens on, held so that nobody else can meanwhile."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        yield found.getsockname()[1]


@pytest.fixture
async def world(database: str) -> World:
    assert database
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
