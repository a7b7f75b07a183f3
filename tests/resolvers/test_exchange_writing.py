"""Writing in the exchange space: whose drafts are whose, what may be said where, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from authz.clock import today
from models import (
    Audience,
    Conflict,
    Dossier,
    Event,
    Invalid,
    Level,
    Message,
    Nature,
    NotFound,
    Notification,
    Problem,
    Refused,
    TabDocument,
    Thread,
    ThreadReading,
    ThreadState,
)
from resolvers import dossiers, exchange_marks
from resolvers.exchange_publishing import publish
from resolvers.exchange_reading import read_thread, threads
from resolvers.exchange_settling import set_due, settle
from resolvers.exchange_writing import (
    MOST_MESSAGES,
    NewThread,
    add_message,
    change_nature,
    delete_draft,
    edit_draft,
    reply,
)
from tests import talks
from tests.exchanges import build_exchanges

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from uuid import UUID

    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

ASKED = NewThread(Level.CELL, "A1.L011.B", Nature.QUESTION, "Pourquoi\u202f?")


async def kept() -> list[Any]:
    """Everything that a refusal must leave as it was."""
    return [
        *await Thread.all().order_by("id").values_list("id", "state", "due_on", "settled_at"),
        *await Message.all().order_by("id").values_list("id", "text", "nature", "published_at"),
        *[await model.all().count() for model in (Event, Notification, ThreadReading)],
    ]


async def refusal(tried: Awaitable[object]) -> tuple[type[Problem], str]:
    """Its kind and code; nothing was written."""
    before = await kept()
    with pytest.raises(Problem) as caught:
        await tried
    assert await kept() == before
    return type(caught.value), caught.value.code


async def told(world: World, login: str) -> int:
    """How many messages someone is shown."""
    viewer = world[login]
    page = await threads(viewer, await dossiers.read(viewer, world.dossier))
    return sum(len(row.messages) for row in page.rows)


async def test_a_draft_is_its_authors_until_it_is_published() -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    thread = await add_message(entry, world.dossier, ASKED, "a")
    assert (thread.label, thread.published, thread.may_settle) == (
        "Bilan – Actif immobilisé – Frais d’établissement – Brut",
        False,
        True,
    )
    everyone = ("comptable", "ministere", "cdc", "agence", "federation", "system")
    assert [await told(world, login) for login in ("saisie", *everyone)] == [1, *[0] * len(everyone)]
    (draft,) = thread.messages
    for other in ("comptable", "ministere"):
        unknown = (NotFound, "MESSAGE_UNKNOWN")
        assert await refusal(edit_draft(world[other], draft.id, "Autre", None, other)) == unknown
        assert await refusal(delete_draft(world[other], draft.id, other + "d")) == unknown
        gone = (NotFound, "THREAD_UNKNOWN")
        assert await refusal(reply(world[other], thread.id, Nature.COMMENT, "Vu.", other + "r")) == gone
    assert (
        await edit_draft(entry, draft.id, " Combien\u202f? ", Nature.COMMENT, "e")
    ).text == "Combien\u202f?"
    assert await publish(entry, world.dossier, [draft.id], "p") == 1
    assert [await told(world, login) for login in everyone] == [1] * len(everyone)
    late = (Conflict, "MESSAGE_PUBLISHED")
    assert await refusal(edit_draft(entry, draft.id, "Autre", None, "e2")) == late
    assert await refusal(delete_draft(entry, draft.id, "d")) == late


async def test_a_thread_goes_with_its_last_draft_and_a_key_serves_once() -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    thread = await add_message(entry, world.dossier, ASKED, "a")
    assert (await add_message(entry, world.dossier, ASKED, "a")).id == thread.id
    reused = (Conflict, "IDEMPOTENCY_REUSED")
    assert await refusal(add_message(entry, world.dossier, replace(ASKED, text="Autre"), "a")) == reused
    answered = await reply(entry, thread.id, Nature.COMMENT, "Je précise.", "r")
    assert len((await reply(entry, thread.id, Nature.COMMENT, "Je précise.", "r")).messages) == 2
    first, second = answered.messages
    # Where one may write no more, one may still throw away.
    await Dossier.filter(id=world.dossier).update(step=5)
    assert (await refusal(edit_draft(entry, first.id, "Autre", None, "e")))[1] == "REFUSED"
    for message in (first, second):
        assert await delete_draft(entry, message.id, str(message.id))
        assert await delete_draft(entry, message.id, str(message.id))
    assert await Thread.all().count() == await Message.all().count() == 0


@pytest.mark.parametrize("login", ["voisin", "ancols", "machine", "system"])
async def test_who_may_not_write_opens_nothing(login: str) -> None:
    world = await build_exchanges()
    code = await refusal(add_message(world[login], world.dossier, ASKED, "a"))
    assert (
        code
        == {
            "voisin": (NotFound, "NOT_FOUND"),
            "ancols": (Refused, "REFUSED"),
            "machine": (Refused, "REFUSED"),
            "system": (Invalid, "PERSON_REQUIRED"),
        }[login]
    )
    told = await talks.thread(world["ministere"], world.dossier)
    said = await talks.message(world["ministere"], told, "Dit.")
    closed = "PERSON_REQUIRED" if login == "system" else "THREAD_UNKNOWN"
    assert (await refusal(reply(world[login], told.id, Nature.COMMENT, "Vu.", "r")))[1] == closed
    assert (await refusal(settle(world[login], told.id, ThreadState.CLOSED, "s")))[1] == closed
    closed = closed.replace("THREAD", "MESSAGE")
    assert (await refusal(change_nature(world[login], said.id, Nature.COMMENT, "n")))[1] == closed
    other = {"voisin": "NOT_FOUND", "system": "PERSON_REQUIRED"}.get(login, "REFUSED")
    assert (await refusal(publish(world[login], world.dossier, None, "p")))[1] == other
    assert (await refusal(exchange_marks.mark_read(world[login], world.dossier, None)))[1] == other


@pytest.mark.parametrize("step", [3, 5, 6])
async def test_one_writes_in_review_alone(step: int) -> None:
    world = await build_exchanges()
    thread = await add_message(world["saisie"], world.dossier, ASKED, "a")
    await publish(world["saisie"], world.dossier, None, "p")
    await Dossier.filter(id=world.dossier).update(step=step)
    known = step > 4
    assert (await refusal(add_message(world["saisie"], world.dossier, ASKED, "b")))[1] == "REFUSED"
    for tried in (
        reply(world["saisie"], thread.id, Nature.COMMENT, "Vu.", "r"),
        settle(world["saisie"], thread.id, ThreadState.CLOSED, "s"),
        set_due(world["saisie"], thread.id, None, "d"),
    ):
        assert (await refusal(tried))[1] == ("REFUSED" if known else "THREAD_UNKNOWN")


async def test_a_reader_of_a_few_tabs_talks_of_them_alone() -> None:
    world = await build_exchanges()
    agency = world["agence"]
    assert (await add_message(agency, world.dossier, ASKED, "a")).anchor == "A1.L011.B"
    assert (
        await add_message(agency, world.dossier, replace(ASKED, level=Level.DOSSIER, anchor=""), "d")
    ).label == "Dossier"
    for level, anchor in ((Level.CELL, "A2.L111.B"), (Level.TAB, "A2")):
        elsewhere = replace(ASKED, level=level, anchor=anchor)
        withheld = (Refused, "TAB_WITHHELD")
        assert await refusal(add_message(agency, world.dossier, elsewhere, anchor)) == withheld
    closed = await talks.thread(world["ministere"], world.dossier, "A2.L111.B")
    await talks.message(world["ministere"], closed, "Dit.")
    gone = (NotFound, "THREAD_UNKNOWN")
    assert await refusal(reply(agency, closed.id, Nature.COMMENT, "Vu.", "r")) == gone


@pytest.mark.parametrize(
    ("level", "anchor", "code"),
    [
        (Level.DOSSIER, "A1", "ANCHOR_UNEXPECTED"),
        (Level.TAB, "", "TAB_UNKNOWN"),
        (Level.TAB, "ZZ", "TAB_UNKNOWN"),
        (Level.TAB, "A1.L011.B", "TAB_UNKNOWN"),
        (Level.CELL, "A1", "CELL_UNKNOWN"),
        (Level.CELL, "A1.L011", "CELL_UNKNOWN"),
        (Level.CELL, "A1.L999.B", "CELL_UNKNOWN"),
        (Level.CELL, "F01[0001].C99", "CELL_UNKNOWN"),
        (Level.CELL, "F01[0001]", "CELL_UNKNOWN"),
        (Level.CELL, "F01[0009].C10", "ROW_UNKNOWN"),
        (Level.CELL, "A1[1].L011.B", "TAB_UNKNOWN"),
    ],
)
async def test_a_thread_stands_where_the_form_has_a_place(level: Level, anchor: str, code: str) -> None:
    world = await build_exchanges()
    await TabDocument.create(
        dossier_id=world.dossier, tab="F01", rows=[{"key": "0001", "values": {"C10": "5"}, "computed": {}}]
    )
    wrong = replace(ASKED, level=level, anchor=anchor)
    assert (await refusal(add_message(world["saisie"], world.dossier, wrong, "a")))[1] == code
    row = replace(ASKED, anchor="F01[0001].C10")
    thread = await add_message(world["saisie"], world.dossier, row, "b")
    assert "ligne 0001" in thread.label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "MESSAGE_EMPTY"),
        (" \n\t\u00a0\u200b", "MESSAGE_EMPTY"),
        ("a" * 5001, "MESSAGE_TOO_LONG"),
        ("a\x07b", "MESSAGE_UNREADABLE"),
        ("a\x00b", "MESSAGE_UNREADABLE"),
        ("a\u202eb", "MESSAGE_UNREADABLE"),
        ("a\ud800b", "MESSAGE_UNREADABLE"),
    ],
)
async def test_a_text_is_read_as_it_was_written(text: str, code: str) -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    thread = await add_message(entry, world.dossier, replace(ASKED, text=f" <b>{'é' * 4993}</b> "), "a")
    (message,) = thread.messages
    assert (message.text[:4], len(message.text)) == ("<b>é", 5000)
    assert await refusal(add_message(entry, world.dossier, replace(ASKED, text=text), "b")) == (Invalid, code)
    assert await refusal(edit_draft(entry, message.id, text, None, "e")) == (Invalid, code)
    assert await refusal(reply(entry, thread.id, Nature.COMMENT, text, "r")) == (Invalid, code)
    lines = await edit_draft(entry, message.id, "Un.\r\n\r\nDeux\tfois.\n", None, "l")
    assert lines.text == "Un.\n\nDeux fois."


async def asked(world: World, login: str = "saisie") -> tuple[UUID, UUID]:
    """A published question of someone's: its thread, its message."""
    thread = await add_message(world[login], world.dossier, ASKED, "a")
    await publish(world[login], world.dossier, None, "p")
    return thread.id, thread.messages[0].id


async def test_who_opened_a_thread_or_the_platform_settles_it() -> None:
    world = await build_exchanges()
    thread, _ = await asked(world)
    for other in ("cdc", "federation"):
        assert not (await read_thread(world[other], thread)).may_settle
        wrong = (Refused, "THREAD_NOT_YOURS")
        assert await refusal(settle(world[other], thread, ThreadState.CLOSED, other)) == wrong
        assert await refusal(set_due(world[other], thread, None, other + "d")) == wrong
    closed = await settle(world["comptable"], thread, ThreadState.CLOSED, "s")
    assert (closed.state, closed.settled_at is None) == (ThreadState.CLOSED, False)
    late = (Conflict, "THREAD_SETTLED")
    assert await refusal(reply(world["cdc"], thread, Nature.COMMENT, "Vu.", "r")) == late
    # Twice the same is once; the icons stay, as of a thread that is closed.
    await settle(world["ministere"], thread, ThreadState.CLOSED, "s2")
    row = await dossiers.read(world["cdc"], world.dossier)
    assert [mark.open for mark in (await exchange_marks.marks(world["cdc"], row)).rows] == [False]
    await settle(world["mission"], thread, ThreadState.OBSOLETE, "s3")
    again = await settle(world["saisie"], thread, ThreadState.OPEN, "s4")
    assert (again.state, again.settled_at) == (ThreadState.OPEN, None)
    assert len((await reply(world["cdc"], thread, Nature.COMMENT, "Vu.", "r2")).messages) == 2
    events = await Event.filter(kind="thread_settled").order_by("id")
    assert [event.details for event in events] == [
        {"thread": str(thread), "state": state} for state in ("closed", "obsolete", "open")
    ]


async def test_a_thread_of_drafts_is_not_settled_and_its_day_is_to_come() -> None:
    world = await build_exchanges()
    entry, day = world["saisie"], today().date
    late = replace(ASKED, due_on=day - timedelta(days=1))
    assert await refusal(add_message(entry, world.dossier, late, "a")) == (Invalid, "DUE_PAST")
    thread = await add_message(entry, world.dossier, replace(ASKED, due_on=day), "b")
    unpublished = (Conflict, "THREAD_UNPUBLISHED")
    assert await refusal(settle(entry, thread.id, ThreadState.CLOSED, "s")) == unpublished
    assert thread.due_on == day
    assert (await set_due(entry, thread.id, day + timedelta(days=9), "d")).due_on == day + timedelta(days=9)
    assert (await set_due(entry, thread.id, None, "d2")).due_on is None
    assert await refusal(set_due(entry, thread.id, day - timedelta(days=2), "d3")) == (Invalid, "DUE_PAST")


async def test_the_nature_of_a_message_is_its_authors_to_change_and_the_platforms() -> None:
    world = await build_exchanges()
    _, message = await asked(world, "cdc")
    for other in ("saisie", "agence"):
        wrong = (Refused, "NATURE_NOT_YOURS")
        assert await refusal(change_nature(world[other], message, Nature.COMMENT, other)) == wrong
    assert (await change_nature(world["cdc"], message, Nature.COMMENT, "n")).nature is Nature.COMMENT
    assert (await change_nature(world["mission"], message, Nature.QUESTION, "n2")).nature is Nature.QUESTION


async def test_replies_have_the_audience_of_their_thread() -> None:
    world = await build_exchanges()
    thread = await add_message(world["cdc"], world.dossier, replace(ASKED, audience=Audience.PLATFORM), "a")
    await publish(world["cdc"], world.dossier, None, "p")
    await reply(world["ministere"], thread.id, Nature.COMMENT, "Vu.", "r")
    await publish(world["ministere"], world.dossier, None, "p2")
    logins = ("saisie", "ministere", "cdc", "agence", "federation", "system")
    assert [await told(world, login) for login in logins] == [2, 2, 2, 0, 0, 2]


async def test_a_thread_is_not_endless() -> None:
    world = await build_exchanges()
    thread = await talks.thread(world["ministere"], world.dossier)
    for number in range(MOST_MESSAGES):
        await talks.message(world["ministere"], thread, f"{number}")
    assert await refusal(reply(world["saisie"], thread.id, Nature.COMMENT, "Vu.", "r")) == (
        Conflict,
        "THREAD_FULL",
    )
