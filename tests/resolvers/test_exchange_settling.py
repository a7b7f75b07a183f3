"""Closing a thread, its day, the nature of a message: whose it is to say, and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from authz.clock import today
from models import (
    Conflict,
    Event,
    Invalid,
    Level,
    Nature,
    Refused,
    ThreadState,
)
from resolvers import dossiers, exchange_marks
from resolvers.exchange_publishing import publish
from resolvers.exchange_reading import read_thread
from resolvers.exchange_settling import set_due, settle
from resolvers.exchange_writing import (
    NewThread,
    add_message,
    change_nature,
    reply,
)
from resolvers.timeline import timeline
from tests.exchanges import build_exchanges, refusal

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

ASKED = NewThread(Level.CELL, "A1.L011.B", Nature.QUESTION, "Pourquoi\u202f?")


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
    assert await refusal(add_message(entry, world.dossier, late, "a")) == (Invalid, "DUE_DATE_PAST")
    thread = await add_message(entry, world.dossier, replace(ASKED, due_on=day), "b")
    unpublished = (Conflict, "THREAD_UNPUBLISHED")
    assert await refusal(settle(entry, thread.id, ThreadState.CLOSED, "s")) == unpublished
    assert thread.due_on == day
    assert (await set_due(entry, thread.id, day + timedelta(days=9), "d")).due_on == day + timedelta(days=9)
    assert (await set_due(entry, thread.id, None, "d2")).due_on is None
    past = day - timedelta(days=2)
    assert await refusal(set_due(entry, thread.id, past, "d3")) == (Invalid, "DUE_DATE_PAST")
    await change_nature(entry, thread.messages[0].id, Nature.COMMENT, "n")
    # A draft is its author's own: the journal tells nothing of it; once it is published, each change once.
    told = Event.filter(kind__in=["thread_due_set", "nature_changed"]).order_by("id")
    assert await told == []
    await publish(entry, world.dossier, None, "p")
    for key in ("d4", "d5"):
        await set_due(entry, thread.id, day, key)
    details = {"thread": str(thread.id), "due_on": day.isoformat()}
    assert [(event.kind, event.details) for event in await told] == [("thread_due_set", details)]
    row = await dossiers.read(world["ministere"], world.dossier)
    assert "thread_due_set" in {one.kind.value for one in (await timeline(world["ministere"], row)).rows}


async def test_the_nature_of_a_message_is_its_authors_to_change_and_the_platforms() -> None:
    world = await build_exchanges()
    _, message = await asked(world, "cdc")
    for other in ("saisie", "agence"):
        wrong = (Refused, "NATURE_NOT_YOURS")
        assert await refusal(change_nature(world[other], message, Nature.COMMENT, other)) == wrong
    assert (await change_nature(world["cdc"], message, Nature.COMMENT, "n")).nature is Nature.COMMENT
    assert (await change_nature(world["mission"], message, Nature.QUESTION, "n2")).nature is Nature.QUESTION
    await change_nature(world["mission"], message, Nature.QUESTION, "n3")
    events = await Event.filter(kind="nature_changed").order_by("id")
    assert [(event.subject, event.details["nature"]) for event in events] == [
        ("user:cdc", "comment"),
        ("user:mission", "question"),
    ]
