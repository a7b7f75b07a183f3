"""The demonstration's mailbox: mails sent to it by SMTP can be read on its page."""

from __future__ import annotations

import asyncio
import smtplib
from email.message import EmailMessage
from typing import TYPE_CHECKING

import orjson
from aiosmtpd.smtp import SMTP
from starlette.requests import Request

from gql.mailbox import Mailbox

if TYPE_CHECKING:
    from pathlib import Path


def send(port: int, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "harmonia@localhost", "contact@oph.example", subject
    message["Date"] = "Sun, 22 Nov 2026 00:55:51 +0000"
    message.set_content("Voir http://localhost/dossiers/1\n<script>alert(1)</script>\n")
    with smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(message)


async def test_mails_are_kept_and_shown_the_latest_first(tmp_path: Path) -> None:
    box = Mailbox(tmp_path / "mails")
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        for subject in ("Dossier transmis", "Dossier fiabilisé"):
            await asyncio.to_thread(send, port, subject)
    assert [mail.subject for mail in box.mails()] == ["Dossier fiabilisé", "Dossier transmis"]
    assert box.mails()[0].to == "contact@oph.example"
    page = bytes((await box.page(Request({"type": "http"}))).body).decode()
    assert "Dossier transmis" in page
    assert "<script>" not in page
    assert '<a href="http://localhost/dossiers/1">http://localhost/dossiers/1</a>' in page
    assert "contact@oph.example · 22/11/2026 à 01:55" in page
    assert Mailbox(tmp_path / "mails").mails() == box.mails()
    listed = orjson.loads((await box.listing(Request({"type": "http"}))).body)
    assert [mail["subject"] for mail in listed] == ["Dossier fiabilisé", "Dossier transmis"]


async def test_an_empty_box_says_so(tmp_path: Path) -> None:
    page = bytes((await Mailbox(tmp_path / "mails").page(Request({"type": "http"}))).body).decode()
    assert "Aucun courriel" in page


def test_mails_are_for_this_account_alone(tmp_path: Path) -> None:
    Mailbox(tmp_path / "mails")
    assert (tmp_path / "mails").stat().st_mode & 0o777 == 0o700
