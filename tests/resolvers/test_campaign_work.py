"""Followers, group mails and the list of who transmitted: who may, and what refusals leave."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from authz import Right, bump
from authz.policy import Policy
from forms import Step
from models import (
    Assignment,
    AssignmentRole,
    Deadline,
    Dossier,
    Event,
    GroupMail,
    Invalid,
    Notification,
    Problem,
    Refused,
    execute,
    fetch,
    transaction,
)
from resolvers import assignments, campaign_lists, group_mails, notifications, transmitted
from resolvers.campaign_lists import Filters
from resolvers.campaign_rows import Asked
from tests.campaign import ASKED, Conducted, conducted

if TYPE_CHECKING:
    from authz.table import Table

pytestmark = pytest.mark.usefixtures("database")
OFFICER = AssignmentRole.OFFICER
DAY = date(2025, 6, 15)
HOLD = "SELECT id FROM assignment WHERE dossier_id = %s FOR UPDATE"
WAITING = """
SELECT w.pid FROM pg_locks w JOIN pg_locks r ON r.pid = w.pid JOIN pg_database d ON d.oid = r.database
WHERE NOT w.granted AND w.locktype = 'transactionid' AND r.relation = 'assignment'::regclass
AND d.datname = current_database()
"""


async def test_dossiers_are_given_to_somebody_and_taken_back_at_once() -> None:
    one = await conducted(3)
    pilot, mission = one.world["pilote"], one.world["mission"].user_id
    assert mission is not None
    for _ in range(2):
        assert await assignments.assign(pilot, one.dossiers, OFFICER, mission, "k") == 3
    assert await assignments.assign(pilot, one.dossiers[:2], OFFICER, mission, "again") == 0
    found = await assignments.followers(one.dossiers)
    assert {found[key][OFFICER].name for key in one.dossiers} == {"Mission Essai"}
    assert await Event.filter(kind="assigned").count() == 3
    mine = await campaign_lists.campaign_dossiers(pilot, ASKED, Filters(followed_by=mission))
    free = await campaign_lists.campaign_dossiers(
        pilot, ASKED, Filters(unfollowed=True, steps=(Step.REVIEW,))
    )
    assert (mine.total, [row.dossier.id for row in free.rows]) == (3, [one.world.dossier])
    assert await assignments.assign(pilot, one.dossiers[:1], OFFICER, None, "none") == 1
    assert (
        await campaign_lists.campaign_dossiers(pilot, ASKED, Filters(search="organisme 300000001"))
    ).total == 1
    assert await Assignment.all().count() == 2
    names = [row.name for row in await assignments.assignable(pilot, "MIN", "ER")]
    assert names == ["Ministere Essai", "Mission Essai", "Pilote Essai"]


@pytest.mark.parametrize("login", ["mission", None], ids=["given", "taken off"])
async def test_whoever_waits_for_a_dossier_holds_none_that_comes_after_it(login: str | None) -> None:
    one = await conducted(3)
    pilot, high = one.world["pilote"], sorted(one.dossiers, reverse=True)
    for dossier in high:
        await assignments.assign(pilot, [dossier], OFFICER, pilot.user_id, f"{dossier}")
    follower, held = one.world[login].user_id if login else None, asyncio.Event()

    async def overlapping() -> int:
        await held.wait()
        return await assignments.assign(pilot, high, OFFICER, follower, "all")

    other = asyncio.create_task(overlapping())
    async with asyncio.timeout(60), transaction():
        await fetch(HOLD, [high[-1]])
        held.set()
        while not await fetch(WAITING):
            pass
        assert await fetch(f"{HOLD} NOWAIT", [high[0]])
    assert await other == 3


async def test_only_the_platform_s_own_people_who_read_them_follow_dossiers() -> None:
    one = await conducted(1)
    await fetch("UPDATE user_account SET closed_at = now() WHERE login = 'mission' RETURNING id")
    for login in ("mission", "cdc", "hierarchie"):
        with pytest.raises(Invalid) as refusal:
            await assignments.assign(
                one.world["pilote"], one.dossiers, OFFICER, one.world[login].user_id, "k"
            )
        assert refusal.value.code == "FOLLOWER_INVALID"
    for login in ("ministere", "hierarchie", "cdc", "machine"):
        with pytest.raises(Problem):
            await assignments.assign(one.world[login], one.dossiers, OFFICER, None, "k")
        with pytest.raises(Refused):
            await assignments.assignable(one.world[login], "MIN", "ER")
    assert await Assignment.all().count() == 0
    assert await Event.all().count() == 0


async def test_a_person_gets_one_mail_whatever_the_number_of_his_dossiers() -> None:
    one = await conducted(3)
    pilot = one.world["pilote"]
    chosen = [*one.dossiers, one.world.dossier]
    # The Ministry's contact sees them all, and the CDC's the one for which it has the consent.
    assert await group_mails.recipients(pilot, chosen) == 2
    assert await group_mails.recipients(pilot, one.dossiers) == 1
    for _ in range(2):
        assert await group_mails.send(pilot, chosen, "Clôture", "Bonjour,\n\nA < B & « C »", "k") == 2
    told = await Notification.all().select_related("user").order_by("user__login")
    assert [(each.user.login, each.subject) for each in told] == [
        ("cdc", "Clôture"),
        ("ministere", "Clôture"),
    ]
    assert await GroupMail.all().count() == 1
    mail = await notifications.pending(one.world.authority, told[0].id)
    assert mail is not None
    assert (mail.text, mail.path) == ("Bonjour,\n\nA < B & « C »", "/?formulaire=ER&annee=2024")
    assert await Event.filter(kind="group_mail_sent").count() == 4
    jobs = await fetch("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'send_notification'")
    assert len(jobs) == 2
    journal = str([event.details for event in await Event.filter(kind="group_mail_sent")])
    assert "Clôture" not in journal
    assert "Bonjour" not in journal
    # Who lost his right in between gets nothing, however many dossiers it was about.
    await execute("UPDATE consent SET given = false")
    async with transaction():
        await bump(None, "Accords retirés")
    assert await notifications.pending(one.world.authority, told[0].id) is None
    assert await notifications.pending(one.world.authority, told[1].id) is not None


async def test_a_contact_is_looked_at_once_whatever_the_number_of_dossiers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = await conducted(3)
    looked: list[str] = []
    table = Policy.table

    def counted(policy: Policy, subject: str, day: date | None = None) -> Table:
        looked.append(subject)
        return table(policy, subject, day)

    monkeypatch.setattr(Policy, "table", counted)
    chosen = [*one.dossiers, one.world.dossier]
    assert await group_mails.send(one.world["pilote"], chosen, "Objet", "Texte.", "k") == 2
    assert [looked.count(f"user:{login}") for login in ("cdc", "ministere")] == [1, 1]
    assert {row.dossier_id for row in await Notification.all()} <= set(chosen)


async def _mail_refused(one: Conducted, login: str, subject: str, text: str) -> str:
    with pytest.raises(Problem) as refusal:
        await group_mails.send(one.world[login], one.dossiers, subject, text, "k")
    return refusal.value.code


async def test_a_mail_that_may_not_be_sent_is_not() -> None:
    one = await conducted(1)
    assert await _mail_refused(one, "pilote", "Objet\r\nBcc: tous@example.org", "Texte.") == "SUBJECT_INVALID"
    assert await _mail_refused(one, "pilote", "x" * 121, "Texte.") == "SUBJECT_INVALID"
    assert await _mail_refused(one, "pilote", " ", "Texte.") == "SUBJECT_INVALID"
    assert await _mail_refused(one, "pilote", "Objet", "\u202eTexte.") == "TEXT_INVALID"
    assert await _mail_refused(one, "pilote", "Objet", "x" * 5_001) == "TEXT_INVALID"
    for login in ("ministere", "mission", "cdc", "hierarchie", "machine"):
        assert await _mail_refused(one, login, "Objet", "Texte.") in {
            "REFUSED",
            "NOT_FOUND",
            "PERSON_REQUIRED",
        }
    await Dossier.filter(id=one.dossiers[0]).update(step=4)
    contact = await fetch("UPDATE user_account SET closed_at = now() WHERE login = 'ministere' RETURNING id")
    assert contact
    assert await _mail_refused(one, "pilote", "Objet", "Texte.") == "NO_CONTACT"
    assert (await GroupMail.all().count(), await Notification.all().count()) == (0, 0)
    assert await Event.all().count() == 0


async def test_who_had_transmitted_by_a_day_and_who_was_late(monkeypatch: pytest.MonkeyPatch) -> None:
    one = await conducted(3)
    await Deadline.create(campaign_id=one.campaign, step=3, due_on=DAY)
    evening = datetime(2025, 6, 15, 21, 59, tzinfo=UTC)  # the last minute of the fifteenth in Paris
    for dossier, at in zip(one.dossiers, (evening, evening.replace(hour=22), None), strict=True):
        await Dossier.filter(id=dossier).update(transmitted_at=at)
    pilot = one.world["pilote"]
    on_time = await transmitted.transmitted_by(pilot, ASKED, DAY)
    assert [(row.dossier.id, row.due_on, row.late) for row in on_time] == [(one.dossiers[0], DAY, False)]
    (taken,) = await Event.filter(kind="list_taken")
    assert (taken.platform, taken.name) == ("MIN", "Pilote Essai")
    told = {"list": "transmitted", "form": "ER", "year": 2024, "by": "2025-06-15", "count": 1}
    assert taken.details == told
    page = await transmitted.page(pilot, ASKED, date(2025, 6, 16), 1)
    rest = await transmitted.page(pilot, ASKED, date(2025, 6, 16), 1, page.cursors[0])
    assert (page.total, page.has_next, [row.late for row in rest.rows]) == (2, True, [True])
    assert await transmitted.transmitted_by(one.world["hierarchie"], ASKED, DAY) == []
    assert (await transmitted.page(one.world["cdc"], ASKED, DAY)).total == 0
    monkeypatch.setattr(transmitted, "MOST_LISTED", 1)
    with pytest.raises(Invalid) as too_long:
        await transmitted.transmitted_by(pilot, ASKED, date(2025, 6, 16))
    assert too_long.value.code == "LIST_TOO_LONG"
    for login in ("machine", "pilote"):
        with pytest.raises(Refused):
            await transmitted.transmitted_by(one.world[login], Asked("MIN", "SEM", 2024), DAY)
    assert [place.asked for place in await transmitted.places(pilot)] == [ASKED]
    reading = replace(one.world["machine"], scopes=frozenset({Right.READ}))
    assert await transmitted.places(reading) == []
