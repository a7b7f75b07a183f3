"""Mails: French, named by their notification, without a datum of the dossier, taken by a real peer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from aiosmtplib import SMTPException

from rendering.mail import Mailer, MailSettings
from resolvers.notifications import MailTask

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from tests.rendering.conftest import Post

NOTIFICATION = UUID("5e1f0c5e-8a39-4d54-8d7b-4f6a51f6c9a1")
TASK = MailTask(
    notification_id=NOTIFICATION,
    recipient="camille.durand@example.org",
    name="Camille Durand",
    event="transmitted",
    subject="ER 2024",
    path="/dossiers/8f7c2c7e-4f0a-4f57-9d0e-3a3f0f0d2a11",
)
LINK = "https://harmonia.example.org/dossiers/8f7c2c7e-4f0a-4f57-9d0e-3a3f0f0d2a11"


def _mailer(port: int = 25) -> Mailer:
    return Mailer(
        MailSettings("127.0.0.1", port, "harmonia@example.org", "https://harmonia.example.org", seconds=5)
    )


def _task(**changes: str) -> MailTask:
    return MailTask(
        **{name: changes.get(name, getattr(TASK, name)) for name in MailTask.__dataclass_fields__}
    )


async def test_a_mail_is_taken_whole_by_its_peer(
    open_post: Callable[[], AbstractAsyncContextManager[Post]],
) -> None:
    async with open_post() as post:
        await post.mailer().send(TASK)
    (mail,) = post.mails
    assert mail["From"] == "Harmonia <harmonia@example.org>"
    assert mail["To"] == "Camille Durand <camille.durand@example.org>"
    assert mail["Subject"] == "Harmonia – ER 2024\u00a0: dossier transmis"
    assert mail["Message-ID"] == f"<{NOTIFICATION}@harmonia.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    text, html = mail.iter_parts()
    assert "Un organisme a transmis son dossier ER 2024\u00a0: il est passé en étape 4." in text.get_content()
    assert LINK in text.get_content()
    assert f'<a href="{LINK}">' in html.get_content()


async def test_the_same_notification_has_the_same_message_id() -> None:
    first, again = _mailer().message(TASK), _mailer().message(TASK)
    assert first["Message-ID"] == again["Message-ID"]


def test_a_mail_leads_to_the_copies_too_who_may_take_them_directly() -> None:
    path = "/acces-direct?plateforme=MIN&formulaire=ER&annee=2024"
    text, html = (part.get_content() for part in _mailer().message(_task(direct=path)).iter_parts())
    address = f"https://harmonia.example.org{path}"
    said = "Pour prendre directement sa copie scellée, sans ouvrir le dossier\u00a0:"
    assert text.index(LINK) < text.index(f"{said}\n{address}\n")
    shown = address.replace("&", "&amp;")
    assert f'<p>{said}<br>\n<a href="{shown}">{shown}</a></p>' in html
    assert html.count("<a href=") == 2
    for part in _mailer().message(TASK).iter_parts():
        assert "acces-direct" not in part.get_content()


def test_a_hostile_name_is_neither_a_header_nor_markup() -> None:
    message = _mailer().message(_task(name='<b>"Camille"</b>'))
    body = message.get_body(("html",))
    assert body is not None
    assert "<b>" not in body.get_content()
    assert len(message["To"].addresses) == 1
    broken = _mailer().message(_task(name="Camille\r\nBcc: tous@example.org"))
    assert "Bcc" not in broken
    assert [address.addr_spec for address in broken["To"].addresses] == ["camille.durand@example.org"]


async def test_a_peer_that_is_away_is_an_error_that_the_job_sees(closed_port: int) -> None:
    with pytest.raises((OSError, SMTPException)):
        await _mailer(closed_port).send(TASK)


def test_what_a_platform_wrote_is_text_and_adds_no_header() -> None:
    text = "Bonjour,\r\n\r\nle <b>15</b> & après\nMerci. {subject}"
    message = _mailer().message(
        _task(event="group_mail", subject="Clôture\r\nBcc: tous@example.org", text=text, path="/")
    )
    assert message["Subject"] == "Harmonia – Clôture Bcc: tous@example.org"
    assert message["Bcc"] is None
    assert str(message["Message-ID"]).startswith(f"<{NOTIFICATION}@")
    plain, page = (part.get_content() for part in message.iter_parts())
    assert "le <b>15</b> & après\nMerci. {subject}" in plain
    assert "<p>le &lt;b&gt;15&lt;/b&gt; &amp; après<br>\nMerci. {subject}</p>" in page
    assert "écrit par la plateforme" in plain
    assert "aucune donnée" not in plain
