"""Every event has words of its own, in French, and no mail of any holds a datum of the dossier (§2.1.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from authz import Right, add_rows, box_line, convention_line, read_version
from models import Notification, transaction
from rendering.mail import Mailer, MailSettings
from rendering.mail_words import OBJECTS, REASONS, SENTENCES
from resolvers import notifications
from resolvers.digests import DigestTask
from resolvers.events import Told
from resolvers.notifications import About
from tests.rendering.massing import made, one_tab, services_of
from tests.world import SIREN

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path
    from uuid import UUID

    from tests.world import World

# What the dossier of `world` is of, and what is written in it.
DATA = ("Office public", SIREN, "Montpellier", "1234,56", "1234.56", "1 234,56", "1\u202f234,56", "A1.L011")
MAILER = Mailer(MailSettings("127.0.0.1", 25, "harmonia@example.org", "https://harmonia.example.org"))


def test_every_event_has_words_and_no_word_is_of_none() -> None:
    assert set(OBJECTS) == set(SENTENCES) == set(Told)
    assert set(REASONS) <= set(Told)


async def _reader(world: World) -> UUID:
    """The CDC's contact, who may be told of messages and attachments too."""
    lines = []
    for right in (Right.EXCHANGE_READ, Right.ATTACHMENT_READ):
        lines += [
            convention_line(
                actor="partner:CDC", platform="MIN", form="ER", organisms="all", right=right, ref="art. 3"
            ),
            box_line(subject="user:cdc", platform="MIN", form="ER", right=right, ref="cadre"),
        ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Contact")
    await world.authority.refresh()
    user = world["cdc"].user_id
    assert user is not None
    return user


def _texts(message: EmailMessage) -> str:
    return "\n".join([message["Subject"], *(part.get_content() for part in message.iter_parts())])


async def test_every_event_is_mailed_in_french_without_a_datum_of_the_dossier(world: World) -> None:
    user = await _reader(world)
    for event in Told:
        async with transaction():
            await notifications.tell([user], event, About(world.dossier))
        told = await Notification.get(event=event)
        task = await notifications.pending(world.authority, told.id)
        assert task is not None, event
        mail = MAILER.message(task)
        text = _texts(mail)
        assert mail["Subject"] == f"Harmonia – ER 2024\u00a0: {OBJECTS[event]}"
        assert mail["Content-Language"] == "fr"
        assert SENTENCES[event].format(subject="ER 2024") in text.replace("\n", " ")
        assert not [datum for datum in DATA if datum in text], event
    counts = tuple((event.value, 2) for event in Told)
    digest = _texts(
        MAILER.digest(DigestTask(user, date(2026, 11, 22), "cdc@example.org", "Cdc Essai", counts, ()))
    )
    for event in Told:
        assert f"{OBJECTS[event][:1].upper()}{OBJECTS[event][1:]}\u00a0: 2" in digest
    assert not [datum for datum in DATA if datum in digest]


async def test_the_mail_of_many_dossiers_leads_to_them_by_a_link_and_names_none(
    world: World, tmp_path: Path
) -> None:
    viewer, services = world["ministere"], services_of(world, tmp_path)
    row = await made(services, viewer, one_tab([world.dossier]))
    told = await Notification.get(user_id=viewer.user_id)
    task = await notifications.pending(world.authority, told.id)
    assert task is not None
    mail = MAILER.message(task)
    assert mail["Subject"] == f"Harmonia – 1 dossier en PDF\u00a0: {OBJECTS[Told.EXPORT_ENDED]}"
    assert f"https://harmonia.example.org/exports?masse={row.id}" in _texts(mail)
    assert [part.get_content_disposition() for part in mail.walk()] == [None] * 3
    hidden = (*DATA, row.file_name, str(world.dossier))
    assert not [datum for datum in hidden if datum in _texts(mail)]


def test_an_event_without_words_is_an_error_and_no_vague_mail() -> None:
    task = notifications.MailTask(
        notification_id=Notification().id,
        recipient="a@example.org",
        name="A",
        event="autre",
        subject="x",
        path="/",
    )
    with pytest.raises(KeyError):
        MAILER.message(task)
