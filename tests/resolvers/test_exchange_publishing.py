"""Publishing: each message once, each contact told once, whoever is let in by the audience."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from authz import Right, add_rows, convention_line, read_version
from models import (
    Attachment,
    AttachmentState,
    Audience,
    Conflict,
    Event,
    Level,
    Message,
    Nature,
    NotFound,
    Refused,
    Thread,
    User,
    execute,
    fetch,
)
from resolvers import dossiers, exchange_marks
from resolvers.exchange_publishing import publish
from resolvers.exchange_reading import threads
from resolvers.exchange_writing import NewThread, add_message, reply
from tests import talks
from tests.exchanges import build_exchanges, refusal

if TYPE_CHECKING:
    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

ASKED = NewThread(Level.DOSSIER, "", Nature.QUESTION, "Pourquoi\u202f?")


async def told() -> list[str]:
    """Who was told of a publication, each as often as he was, and with no datum of the dossier."""
    rows = await fetch(
        "SELECT u.login, n.event, n.subject, n.path, n.dossier_id FROM notification n "
        "JOIN user_account u ON u.id = n.user_id ORDER BY u.login"
    )
    assert {(row["event"], row["subject"]) for row in rows} <= {("messages_published", "")}
    assert all(row["path"] == f"/dossiers/{row['dossier_id']}/echanges" for row in rows)
    return [row["login"] for row in rows]


async def written(world: World, login: str, count: int, new: NewThread = ASKED) -> list[Message]:
    """Drafts of someone's, each in a thread of its own."""
    for number in range(count):
        await add_message(world[login], world.dossier, new, f"{login}-{number}-{new.anchor}-{new.audience}")
    return await Message.filter(published_at=None, author_id=world[login].user_id).order_by("written_at")


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (ASKED, ["agence", "cdc", "federation", "hierarchie", "ministere", "saisie"]),
        (replace(ASKED, audience=Audience.PLATFORM), ["hierarchie", "ministere", "saisie"]),
        (replace(ASKED, audience=Audience.OWN), ["ministere"]),
        (
            replace(ASKED, level=Level.TAB, anchor="A2"),
            ["cdc", "federation", "hierarchie", "ministere", "saisie"],
        ),
    ],
)
async def test_each_contact_whom_the_audience_lets_in_is_told_once(
    new: NewThread, expected: list[str]
) -> None:
    """The officer who published is a contact too, and knows what he did."""
    world = await build_exchanges()
    drafts = await written(world, "mission", 3, new)
    assert await told() == []
    assert await publish(world["mission"], world.dossier, None, "p") == 3
    assert await told() == expected
    (event,) = await Event.filter(kind="messages_published")
    assert event.details == {
        "messages": sorted(str(draft.id) for draft in drafts),
        "threads": sorted(str(draft.thread_id) for draft in drafts),
    }
    # The same again, and nothing new: nobody is told.
    assert await publish(world["mission"], world.dossier, None, "p") == 3
    assert await publish(world["mission"], world.dossier, None, "p2") == 0
    assert await told() == expected
    assert await Event.filter(kind="messages_published").count() == 1


async def test_one_several_or_all_of_ones_own_are_published() -> None:
    world = await build_exchanges()
    one, two, three = await written(world, "ministere", 3)
    others = await written(world, "saisie", 1)
    entry = world["ministere"]
    with pytest.raises(NotFound) as caught:
        await publish(entry, world.dossier, [one.id, others[0].id], "stranger")
    assert caught.value.code == "MESSAGE_UNKNOWN"
    assert await Message.filter(published_at=None).count() == 4
    assert await publish(entry, world.dossier, [], "none") == 0
    assert await publish(entry, world.dossier, [one.id], "one") == 1
    assert await publish(entry, world.dossier, [one.id, two.id], "again") == 1
    assert await publish(entry, world.dossier, None, "all") == 1
    left = await Message.filter(published_at=None)
    assert [message.id for message in left] == [others[0].id]
    assert {one.id, two.id, three.id} == {row.id for row in await Message.exclude(published_at=None)}


async def test_what_could_no_longer_be_drafted_is_not_published() -> None:
    """A thread closed since, a tab shut to his writing since: named, it is refused; else it stays his."""
    world = await build_exchanges()
    lines = [
        convention_line(
            actor="partner:ANCOLS", platform="MIN", organisms="all", right=right, tabs=tabs, ref="art. 2"
        )
        for right, tabs in ((Right.EXCHANGE_READ, ("A1", "A2")), (Right.EXCHANGE_WRITE, ("A1",)))
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Un onglet")
    await world.authority.refresh()
    writer = world["ancols"]
    drafts = {}
    for name, anchor, state in (("shut", "A2", "open"), ("settled", "A1", "closed"), ("kept", "A1", "open")):
        thread = await talks.thread(world["ministere"], world.dossier, anchor, state=state)
        drafts[name] = (await talks.message(writer, thread, "Dit.", draft=True)).id
    for name, expected in (
        ("shut", (Refused, "TAB_WITHHELD")),
        ("settled", (Conflict, "THREAD_SETTLED")),
    ):
        chosen = [drafts["kept"], drafts[name]]
        assert await refusal(publish(writer, world.dossier, chosen, name)) == expected
    assert await publish(writer, world.dossier, None, "all") == 1
    assert {row.id for row in await Message.filter(published_at=None)} == {drafts["shut"], drafts["settled"]}
    (event,) = await Event.filter(kind="messages_published")
    assert event.details["messages"] == [str(drafts["kept"])]
    # What is published stays so, whatever was closed since: the same names again change nothing.
    await execute("UPDATE thread SET state = 'closed'")
    assert await publish(writer, world.dossier, [drafts["kept"]], "again") == 0


async def test_two_windows_at_once_publish_and_tell_each_once() -> None:
    world = await build_exchanges()
    await written(world, "ministere", 5)
    counts = await asyncio.gather(
        *(publish(world["ministere"], world.dossier, None, f"window-{number}") for number in range(6)),
        publish(world["ministere"], world.dossier, None, "window-0"),
    )
    assert sorted(counts)[:5] == [0] * 5
    assert {*counts} == {0, 5}
    logins = await told()
    assert len(logins) == len(set(logins)) == 6
    assert await Event.filter(kind="messages_published").count() == 1


async def test_whoever_reads_while_others_publish_misses_nothing() -> None:
    """What is published while someone marks all as read is unread still, or was shown to him."""
    world = await build_exchanges()
    for login in ("ministere", "cdc", "mission"):
        await written(world, login, 4)
    entry = world["saisie"]

    async def read_on() -> int:
        for _ in range(6):
            await exchange_marks.mark_read(entry, world.dossier, None)
        return 0

    publishing = [
        publish(world[login], world.dossier, [message.id], f"{login}{number}")
        for login in ("ministere", "cdc", "mission")
        for number, message in enumerate(await Message.filter(author_id=world[login].user_id))
    ]
    assert sum(await asyncio.gather(*publishing, read_on())) == 12
    row = await dossiers.read(entry, world.dossier)
    unread = {one.id for one in (await threads(entry, row)).rows if one.unread}
    read = {one["thread_id"] for one in await fetch("SELECT thread_id FROM thread_reading")}
    assert unread | read == {thread.id for thread in await Thread.all()}
    assert not unread & read


async def test_a_thread_is_opened_when_it_is_published_and_answers_come_in_order() -> None:
    world = await build_exchanges()
    entry, ministry = world["saisie"], world["ministere"]
    early = await add_message(entry, world.dossier, ASKED, "early")
    late = await add_message(ministry, world.dossier, ASKED, "late")
    await publish(ministry, world.dossier, None, "p1")
    await publish(entry, world.dossier, None, "p2")
    row = await dossiers.read(ministry, world.dossier)
    assert [one.id for one in (await threads(ministry, row)).rows] == [early.id, late.id]
    await reply(entry, late.id, Nature.COMMENT, "Première écrite", "r1")
    await reply(ministry, late.id, Nature.COMMENT, "Première publiée", "r2")
    for login in ("ministere", "saisie"):
        await publish(world[login], world.dossier, None, "p3")
    found = (await threads(ministry, row)).rows
    assert [one.id for one in found] == [early.id, late.id]
    assert [one.text for one in found[1].messages][1:] == ["Première publiée", "Première écrite"]


async def test_whoever_leaves_is_told_what_he_leaves_behind() -> None:
    world = await build_exchanges()
    now = datetime.now(UTC)
    for login, state, sent in (
        ("saisie", AttachmentState.READY, None),
        ("comptable", AttachmentState.ARRIVING, None),
        ("saisie", AttachmentState.REFUSED, None),
        ("saisie", AttachmentState.READY, now),
        ("ministere", AttachmentState.READY, None),
    ):
        await Attachment.create(
            dossier_id=world.dossier,
            name="a.pdf",
            original="a.pdf",
            size=1,
            state=state,
            author_id=world[login].user_id,
            organization_id=world[login].organization_id,
            added_at=now,
            sent_at=sent,
        )
    await written(world, "saisie", 2)
    found = {}
    for login in ("saisie", "comptable", "ministere", "cdc", "ancols"):
        row = await dossiers.read(world[login], world.dossier)
        marks = await exchange_marks.marks(world[login], row)
        found[login] = (marks.drafts, marks.attachments)
    assert found == {
        "saisie": (2, 2),
        "comptable": (0, 2),
        "ministere": (0, 1),
        "cdc": (0, 0),
        "ancols": (0, 0),
    }


async def test_a_contact_whose_account_is_closed_meanwhile_is_told_nothing() -> None:
    world = await build_exchanges()
    await written(world, "ministere", 1)
    await User.filter(login="cdc").update(closed_at=datetime.now(UTC))
    assert await publish(world["ministere"], world.dossier, None, "p") == 1
    assert "cdc" not in await told()


async def test_icons_are_four_a_place_at_most_and_keep_the_state() -> None:
    world = await build_exchanges()
    entry = world["saisie"]
    for number in range(8):
        thread = await talks.thread(
            entry, world.dossier, "A1.L011.B", state="closed" if number < 4 else "open"
        )
        nature = Nature.QUESTION if number % 2 else Nature.COMMENT
        await talks.message(entry, thread, "Dit.", draft=number % 4 > 1, nature=nature)
    row = await dossiers.read(entry, world.dossier)
    marks = (await exchange_marks.marks(entry, row)).rows
    assert [(mark.count, mark.open) for mark in marks] == [(2, True)] * 4
    await execute("UPDATE thread SET state = 'obsolete'")
    marks = (await exchange_marks.marks(entry, row)).rows
    assert [(mark.count, mark.open) for mark in marks] == [(2, False)] * 4
    others = await exchange_marks.marks(world["cdc"], await dossiers.read(world["cdc"], world.dossier))
    assert [(mark.published, mark.count, mark.unread) for mark in others.rows] == [(True, 2, 2)] * 2
