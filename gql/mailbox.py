"""The demonstration's mailbox: a real SMTP peer that keeps every mail, and a page to read them."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.policy import default as modern
from typing import TYPE_CHECKING, Any

import uvicorn
from aiosmtpd.smtp import SMTP
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from gql.http.envelope import Envelope
from gql.mailbox_page import STYLE, mailbox_page
from gql.process import end_quietly

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as received."""

    to: str
    subject: str
    date: str
    text: str


class Mailbox:
    """Mails as files of a folder, the latest first; the folder is made for this account alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's own name
        """Keep one mail; written aside first, so that the page never shows half of one."""
        written = self._folder / f"{time.time_ns()}.part"
        written.write_bytes(envelope.content)
        written.rename(written.with_suffix(".eml"))
        return "250 OK"

    def mails(self) -> list[Mail]:
        """Every mail, the latest first."""
        return [_read(path) for path in sorted(self._folder.glob("*.eml"), reverse=True)]

    async def page(self, _: Request) -> HTMLResponse:
        """The mails, for people."""
        return HTMLResponse(mailbox_page(self.mails()))

    async def style(self, _: Request) -> Response:
        """The page's style sheet."""
        return Response(STYLE, media_type="text/css")

    async def listing(self, _: Request) -> JSONResponse:
        """The mails, for scripts."""
        return JSONResponse([asdict(mail) for mail in self.mails()])


def _read(path: Path) -> Mail:
    message = message_from_bytes(path.read_bytes(), policy=modern)
    body = message.get_body(("plain", "html"))
    return Mail(
        to=str(message["to"] or ""),
        subject=str(message["subject"] or ""),
        date=str(message["date"] or ""),
        text=body.get_content() if body is not None else "",
    )


async def run(folder: Path, port: int, smtp_port: int) -> None:
    """Receive and show mails on this machine only, until SIGTERM."""
    box = Mailbox(folder)
    smtp = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, enable_SMTPUTF8=True, hostname="localhost"), "127.0.0.1", smtp_port
    )
    app = Starlette(
        routes=[
            Route("/", box.page),
            Route("/mailbox.css", box.style),
            Route("/mails.json", box.listing),
        ],
        middleware=[Middleware(Envelope, secure=False)],
    )
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_config=None, access_log=False, lifespan="off"
    )
    async with smtp:
        end_quietly()
        await uvicorn.Server(config).serve()
