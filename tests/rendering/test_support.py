"""A question to the hotline: kept with what is joined, mailed once, in spite of a worker that dies."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from models import FileStore, Invalid, Problem, SupportRequest, execute, fetch, transaction
from models.database import raw_connection
from models.jobs import SEND_SUPPORT, defer
from rendering.attachment_jobs import forget_attachments
from resolvers import left_jobs, support
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
    assert mail["Content-Language"] == "fr"
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


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/", "/"),
        ("/dossiers/1/A1", "/dossiers/1/A1"),
        (".evil.example/connexion", ""),
        ("@evil.example/", ""),
        ("//evil.example", ""),
        ("/\\evil.example", ""),
        ("/a\n", ""),
        ("", ""),
    ],
)
async def test_a_path_is_one_of_ours_or_none(world: World, services: Services, path: str, kept: str) -> None:
    asked = await support.ask(world["saisie"], services.files, replace(ASKED, path=path), "k")
    assert (await SupportRequest.get(id=asked)).path == kept


async def test_a_person_asks_thirty_times_an_hour_at_most(world: World, services: Services) -> None:
    plain = replace(ASKED, file="", file_name="")
    for number in range(support.MOST_AN_HOUR):
        await support.ask(world["saisie"], services.files, plain, f"{number}")
    with pytest.raises(Invalid) as invalid:
        await support.ask(world["saisie"], services.files, plain, "more")
    assert invalid.value.code == "QUESTIONS_TOO_MANY"
    await support.ask(world["saisie"], services.files, plain, "0")
    await support.ask(world["hierarchie"], services.files, plain, "other")
    assert await SupportRequest.all().count() == support.MOST_AN_HOUR + 1
    await execute("UPDATE support_request SET at = at - interval '1 hour'")
    await support.ask(world["saisie"], services.files, plain, "more")


async def test_no_file_is_kept_of_what_is_not_asked(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One beyond the limit, the same again, another under its key, three at once: one question, one file."""
    monkeypatch.setattr(support, "MOST_AN_HOUR", 1)
    who, files = world["saisie"], services.files
    asked = {*await asyncio.gather(*(support.ask(who, files, ASKED, "k") for _ in range(3)))}
    written: list[str] = []
    put = type(files).put

    async def counted(store: FileStore, key: str, content: bytes) -> None:
        written.append(key)
        await put(store, key, content)

    monkeypatch.setattr(type(files), "put", counted)
    asked.add(await support.ask(who, files, ASKED, "k"))
    for question, key, code in (
        (ASKED, "more", "QUESTIONS_TOO_MANY"),
        (replace(ASKED, question="Autre"), "k", "IDEMPOTENCY_REUSED"),
    ):
        with pytest.raises(Problem) as problem:
            await support.ask(who, files, question, key)
        assert problem.value.code == code
    (kept,) = asked
    assert [file.key async for file in files.listed(support.FOLDER)] == [f"{support.FOLDER}/{kept}"]
    assert written == [], "nothing is written to be thrown away"


async def test_what_was_joined_goes_a_month_after_it_was_told_and_what_no_question_names_at_once(
    world: World, services: Services
) -> None:
    first, second = [await support.ask(world["saisie"], services.files, ASKED, key) for key in "ab"]
    await support.ask(world["saisie"], services.files, ASKED, "a")
    await support.mailed(first)
    now = datetime.now(UTC)
    for days, left in ((0, {first, second}), (31, {second})):
        await forget_attachments(services.files, now=now + timedelta(days=days, hours=2))
        stored = {file.key async for file in services.files.listed("support")}
        assert stored == {f"support/{one}" for one in left}
    assert await support.pending(second) is not None


async def test_a_question_whose_tries_are_used_up_is_asked_for_again(
    world: World, services: Services
) -> None:
    asked = await support.ask(world["saisie"], services.files, ASKED, "k")
    told = await support.ask(world["saisie"], services.files, ASKED, "l")
    assert await left_jobs.ask_again() == 0
    await execute("UPDATE procrastinate_jobs SET status = 'failed'")
    await support.mailed(told)
    assert await left_jobs.ask_again() == 1
    waiting = await fetch("SELECT task_name, args FROM procrastinate_jobs WHERE status = 'todo'")
    assert waiting == [{"task_name": SEND_SUPPORT, "args": {"request": str(asked)}}]
    assert await left_jobs.ask_again() == 0


async def test_no_transaction_is_open_while_what_is_joined_is_stored(world: World, tmp_path: Path) -> None:
    class Watched(FileStore):
        """A store that is asked for nothing inside a transaction."""

        async def put(self, key: str, content: bytes) -> None:
            with pytest.raises(RuntimeError, match="transaction"):
                raw_connection()
            await super().put(key, content)

    await support.ask(world["saisie"], Watched.local(tmp_path), ASKED, "k")
    assert await SupportRequest.filter(file_size=4).count() == 1


async def test_no_question_is_kept_without_what_was_joined_to_it(world: World, tmp_path: Path) -> None:
    class Full(FileStore):
        """A store that takes nothing more."""

        async def put(self, key: str, content: bytes) -> None:
            raise OSError(key, len(content))

    with pytest.raises(OSError, match="support/"):
        await support.ask(world["saisie"], Full.local(tmp_path), ASKED, "k")
    assert await SupportRequest.all().count() == 0
