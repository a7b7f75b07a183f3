"""A question to the hotline: kept with what is joined, mailed once, in spite of a worker that dies."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from models import FileStore, Invalid, SupportRequest, execute, fetch, transaction
from models.jobs import SEND_SUPPORT, defer
from resolvers import support
from resolvers.support import Question, Theme
from tests.rendering.test_mail_faults import Awkward, opened
from tests.rendering.working import work

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from rendering.services import Services
    from tests.rendering.conftest import Post
    from tests.world import World

ASKED = Question(
    platform="MIN",
    name="Saisie Essai",
    email="saisie@example.org",
    phone="01 40 00 00 00",
    theme=Theme.ENTRY,
    question="Comment saisir ?\r\nMerci.",
    path="/dossiers/1",
    file_name="écran.png",
    file=base64.b64encode(b"\x89PNG").decode(),
)


async def test_a_question_is_mailed_once_to_the_hotline(
    database: str,
    world: World,
    services: Services,
    open_post: Callable[[], AbstractAsyncContextManager[Post]],
) -> None:
    who = world["saisie"]
    asked = await support.ask(who, services.files, ASKED, "k")
    assert await support.ask(who, services.files, ASKED, "k") == asked
    # Nobody answers at first: the question waits, and is not lost.
    await work(database, services)
    assert await support.pending(asked) is not None
    await execute("UPDATE procrastinate_jobs SET scheduled_at = now()")
    async with open_post() as post:
        there = replace(services, mailer=post.mailer())
        await work(database, there)
        # The same job once more, as after a worker killed before it could say that it was done.
        async with transaction():
            await defer(SEND_SUPPORT, request=str(asked))
        await work(database, there)
    (mail,) = post.mails
    text, joined = mail.iter_parts()
    assert mail["Subject"] == (
        "Assistance Harmonia – Saisie et chargement d’un dossier – Ministère chargé du logement"
    )
    assert mail["Reply-To"].addresses[0].addr_spec == "saisie@example.org"
    assert str(asked) in mail["Message-ID"]
    assert "Comment saisir ?\r\nMerci." in text.get_content()
    assert "https://harmonia.example.org/dossiers/1" in text.get_content()
    assert (joined.get_filename(), joined.get_content()) == ("écran.png", b"\x89PNG")
    assert await SupportRequest.all().count() == 1


async def test_a_question_that_the_hotline_s_address_refuses_for_good_is_not_tried_again(
    database: str, world: World, services: Services
) -> None:
    asked = await support.ask(world["saisie"], services.files, ASKED, "k")
    async with opened(Awkward(rcpt="550 5.1.1 inconnu")) as post:
        await work(database, replace(services, mailer=post.mailer()))
    assert await fetch("SELECT 1 FROM procrastinate_jobs WHERE status <> 'succeeded'") == []
    kept = await SupportRequest.get(id=asked)
    assert (kept.mailed_at, kept.refused_at is not None) == (None, True)
    assert await support.pending(asked) is None


@pytest.mark.parametrize(
    ("login", "changes", "code"),
    [
        ("saisie", {"question": " \n"}, "QUESTION_MISSING"),
        ("saisie", {"platform": "FED"}, "PLATFORM_UNKNOWN"),
        ("saisie", {"file": "é"}, "FILE_INVALID"),
        ("saisie", {"file": base64.b64encode(bytes(5_000_001)).decode()}, "FILE_TOO_LARGE"),
        ("saisie", {"email": "a@b\nBcc: x@y.fr"}, "FIELD_UNPRINTABLE"),
        ("saisie", {"name": ""}, "FIELD_REQUIRED"),
        ("saisie", {"phone": "12"}, "PHONE_INVALID"),
        ("machine", {}, "PERSON_REQUIRED"),
    ],
)
async def test_what_cannot_be_asked_is_neither_kept_nor_mailed(
    world: World, services: Services, login: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        await support.ask(world[login], services.files, replace(ASKED, **changes), "k")
    assert invalid.value.code == code
    assert await SupportRequest.all().count() == 0
    assert await fetch("SELECT 1 FROM procrastinate_jobs") == []


async def test_no_question_is_kept_without_what_was_joined_to_it(world: World, tmp_path: Path) -> None:
    class Full(FileStore):
        """A store that takes nothing more."""

        async def put(self, key: str, content: bytes) -> None:
            raise OSError(key, len(content))

    with pytest.raises(OSError, match="support/"):
        await support.ask(world["saisie"], Full.local(tmp_path), ASKED, "k")
    assert await SupportRequest.all().count() == 0
