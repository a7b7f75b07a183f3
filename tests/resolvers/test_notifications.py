"""Who is told, who still may be when it is sent or shown, and how each wishes to be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from authz import close_rows
from forms import Step
from models import (
    Delivery,
    Dossier,
    GroupMail,
    Invalid,
    Notification,
    NotificationPreference,
    PolicyRow,
    User,
    execute,
    fetch,
    transaction,
)
from resolvers import digests, notification_centre, notifications
from resolvers.dossiers import read
from resolvers.events import Told
from resolvers.notifications import About
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("database")

SEVEN = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)  # in Paris, in winter
EARLY = datetime(2026, 11, 22, 5, 59, tzinfo=UTC)


async def _tell(world: World, logins: Sequence[str], event: Told = Told.TRANSMITTED) -> list[UUID]:
    users = [world[login].user_id for login in logins]
    async with transaction():
        await notifications.tell([user for user in users if user], event, About(world.dossier))
    rows = await fetch("SELECT id FROM notification ORDER BY at DESC, id DESC LIMIT %s", [len(logins)])
    return [row["id"] for row in rows]


async def _lose_consent(world: World) -> None:
    async with transaction():
        await execute("UPDATE consent SET given = FALSE")
        found = await PolicyRow.filter(ptype="p").values("id", "values")
        lost = [row["id"] for row in found if row["values"][0] == "partner:CDC"]
        await close_rows(lost, base=world.authority.version, author_id=None, comment="Fin")
    await world.authority.refresh()


async def test_those_who_may_see_the_dossier_then_are_told_and_nobody_else() -> None:
    world = await build_world(step=4)
    dossier = await read(world["ministere"], world.dossier)
    told = notifications.contacts(world.authority, dossier, Step.REVIEW)
    assert told == {world["ministere"].user_id, world["cdc"].user_id}
    assert notifications.contacts(world.authority, dossier, Step.ENTRY) == {world["ministere"].user_id}


async def test_who_lost_the_right_before_it_is_sent_is_sent_nothing() -> None:
    world = await build_world(step=4)
    (told,) = await _tell(world, ["cdc"])
    assert await notifications.pending(world.authority, told) is not None
    await _lose_consent(world)
    assert await notifications.pending(world.authority, told) is None
    kept = await Notification.get(id=told)
    assert (kept.mailed_at, kept.withheld_at is not None) == (None, True)
    assert await notification_centre.unread(world["cdc"]) == 0
    assert (await notification_centre.page(world["cdc"])).rows == ()


async def test_who_is_a_contact_no_longer_is_written_to_no_longer_and_still_shown() -> None:
    world = await build_world(step=4)
    (told,) = await _tell(world, ["cdc"])
    found = await PolicyRow.filter(ptype="g").values("id", "values")
    async with transaction():
        lost = [row["id"] for row in found if row["values"][:2] == ["user:cdc", "profile:contact"]]
        await close_rows(lost, base=world.authority.version, author_id=None, comment="Fin")
    assert await notifications.pending(world.authority, told) is None
    assert await notification_centre.unread(world["cdc"]) == 1


@pytest.mark.parametrize("event", [Told.MESSAGES_PUBLISHED, Told.ATTACHMENTS_SENT])
async def test_what_is_of_the_exchange_or_of_pieces_asks_for_their_right(event: Told) -> None:
    """The partner of this world reads the dossier, and neither its exchange nor its pieces."""
    world = await build_world(step=4)
    for login, seen in (("cdc", 0), ("ministere", 1)):
        (told,) = await _tell(world, [login], event)
        assert (await notifications.pending(world.authority, told) is not None) is bool(seen)
        assert await notification_centre.unread(world[login]) == seen


async def test_a_closed_account_and_a_dossier_out_of_reach_are_sent_nothing() -> None:
    world = await build_world(step=4)
    closed, back = await _tell(world, ["ministere"]), await _tell(world, ["cdc"])
    await User.filter(login="ministere").update(closed_at=datetime.now(UTC))
    await Dossier.filter(id=world.dossier).update(step=1)
    for told in (*closed, *back):
        assert await notifications.pending(world.authority, told) is None
    await Dossier.filter(id=world.dossier).update(step=4)
    assert await notifications.pending(world.authority, back[0]) is None, "withheld for good"


async def test_the_centre_shows_one_s_own_pages_them_and_marks_them_read() -> None:
    world = await build_world(step=4)
    for _ in range(3):
        await _tell(world, ["cdc", "ministere"])
    me, other = world["cdc"], world["ministere"]
    first = await notification_centre.page(me, 2)
    rest = await notification_centre.page(me, 2, first.cursors[-1])
    assert (len(first.rows), first.has_next, len(rest.rows), rest.has_next) == (2, True, 1, False)
    row = first.rows[0]
    assert (row.subject, row.path) == ("ER 2024", f"/dossiers/{world.dossier}")
    assert row.organism == "Office public de l'habitat d'essai"
    foreign = [row.id for row in (await notification_centre.page(other)).rows]
    assert await notification_centre.mark_read(me, [row.id, *foreign, uuid4()]) == 2
    assert await notification_centre.unread(other) == 3
    unread = await notification_centre.page(me, unread=True)
    assert row.id not in {one.id for one in unread.rows}
    assert (await notification_centre.page(me, event=Told.CLOSED)).rows == ()
    assert await notification_centre.mark_read(me, None) == 0
    assert await notification_centre.unread(other) == 3


async def test_a_system_is_told_of_nothing_and_prefers_nothing() -> None:
    world = await build_world(step=4)
    machine = world["machine"]
    assert await notification_centre.unread(machine) == 0
    assert (await notification_centre.page(machine)).rows == ()
    with pytest.raises(Invalid, match="Seule une personne"):
        await notification_centre.mark_read(machine, None)
    with pytest.raises(Invalid, match="Seule une personne") as refusal:
        await notification_centre.prefer(machine, Told.CLOSED, Delivery.CENTRE)
    assert refusal.value.code == "PERSON_REQUIRED"
    with pytest.raises(Invalid) as refusal:
        await notification_centre.mark_read(world["cdc"], [uuid4()] * 201)
    assert refusal.value.code == "NOTIFICATIONS_COUNT"
    with pytest.raises(Invalid) as refusal:
        await notification_centre.page(world["cdc"], 5, "x")
    assert refusal.value.code == "CURSOR_INVALID"


async def test_an_event_is_told_as_its_reader_prefers_from_then_on() -> None:
    world = await build_world(step=4)
    me = world["cdc"]
    assert {row.delivery for row in await notification_centre.preferences(me)} == {Delivery.MAIL}
    await notification_centre.prefer(me, Told.TRANSMITTED, Delivery.DIGEST)
    lines = await notification_centre.prefer(me, Told.CLOSED, Delivery.CENTRE)
    chosen = {row.event: row.delivery for row in lines if row.delivery is not Delivery.MAIL}
    assert chosen == {Told.TRANSMITTED: Delivery.DIGEST, Told.CLOSED: Delivery.CENTRE}
    for event in (Told.TRANSMITTED, Told.CLOSED, Told.FINALISED):
        await _tell(world, ["cdc"], event)
    jobs = await fetch("SELECT args FROM procrastinate_jobs WHERE task_name = 'send_notification'")
    mailed = await Notification.get(event="finalised")
    assert [job["args"]["notification"] for job in jobs] == [str(mailed.id)]
    assert await notification_centre.unread(me) == 3


async def test_what_a_platform_writes_is_always_mailed_and_its_text_is_in_the_centre() -> None:
    world = await build_world(step=4)
    me = world["cdc"]
    assert Told.GROUP_MAIL not in {row.event for row in await notification_centre.preferences(me)}
    with pytest.raises(Invalid) as refusal:
        await notification_centre.prefer(me, Told.GROUP_MAIL, Delivery.CENTRE)
    assert refusal.value.code == "EVENT_ALWAYS_MAILED"
    assert await NotificationPreference.all().count() == 0
    # Chosen before it was always mailed.
    await NotificationPreference.create(
        user_id=me.user_id, event=Told.GROUP_MAIL.value, delivery=Delivery.CENTRE
    )
    written = await GroupMail.create(
        platform="MIN",
        subject="Échéance",
        text="Bonjour,\n\nTransmettez avant le 30.",
        author_id=world["ministere"].user_id,
        at=datetime.now(UTC),
    )
    async with transaction():
        assert me.user_id is not None
        about = About(world.dossier, written.subject, "", written.id)
        await notifications.tell([me.user_id], Told.GROUP_MAIL, about)
    told = await Notification.get()
    assert told.delivery is Delivery.MAIL
    task = await notifications.pending(world.authority, told.id)
    assert task is not None
    assert (task.subject, task.text) == (written.subject, written.text)
    (row,) = (await notification_centre.page(me)).rows
    assert (row.subject, row.text) == (written.subject, written.text)


async def _digest_of(world: World, login: str, moments: Sequence[datetime]) -> list[UUID]:
    await notification_centre.prefer(world[login], Told.TRANSMITTED, Delivery.DIGEST)
    found = []
    for at in moments:
        (told,) = await _tell(world, [login])
        await Notification.filter(id=told).update(at=at)
        found.append(told)
    return found


async def test_each_notification_is_in_exactly_one_digest() -> None:
    world = await build_world(step=4)
    before, after = await _digest_of(world, "cdc", [EARLY, SEVEN])
    assert await digests.prepare(EARLY) == 0, "its day has not come"
    assert [await digests.prepare(SEVEN) for _ in range(2)] == [1, 0]
    me = world["cdc"].user_id
    assert me is not None
    task = await digests.pending(world.authority, me, SEVEN.date())
    assert task is not None
    assert (task.counts, task.notifications) == ((("transmitted", 1),), (before,))
    # What is committed late, of before seven, waits for the next: the mail of today is one.
    (late,) = await _digest_of(world, "cdc", [EARLY])
    assert await digests.prepare(SEVEN) == 0
    await digests.sent(task)
    assert await digests.pending(world.authority, me, SEVEN.date()) is None
    tomorrow = SEVEN.replace(day=23)
    assert await digests.prepare(tomorrow) == 1
    task = await digests.pending(world.authority, me, tomorrow.date())
    assert task is not None
    assert set(task.notifications) == {after, late}


async def test_a_digest_does_not_count_what_is_closed_by_now() -> None:
    world = await build_world(step=4)
    (told,) = await _digest_of(world, "cdc", [EARLY])
    await digests.prepare(SEVEN)
    await _lose_consent(world)
    me = world["cdc"].user_id
    assert me is not None
    assert await digests.pending(world.authority, me, SEVEN.date()) is None
    assert (await Notification.get(id=told)).withheld_at is not None
