"""Last days: one rule told twice and tied; set, granted, listed by those who conduct the campaign alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from authz import clock
from forms import Step
from models import (
    Conflict,
    Deadline,
    DeadlineException,
    Dossier,
    Event,
    HandBack,
    Invalid,
    NotFound,
    Problem,
    Refused,
    User,
    fetch,
)
from resolvers import campaign_lists, deadline_exceptions, deadlines, dossiers, hand_back_list
from resolvers.campaign_lists import Filters
from resolvers.campaign_rows import DeadlineRow
from resolvers.campaigns import campaigns, set_deadlines
from resolvers.hand_back_list import Sought
from tests.campaign import ASKED, Conducted, conducted

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer

pytestmark = pytest.mark.usefixtures("database")
DAY = date(2025, 6, 15)
SEND = Step.HIERARCHICAL_VALIDATION


async def told() -> tuple[int, int, int]:
    """What a refusal leaves as it was."""
    return await Deadline.all().count(), await DeadlineException.all().count(), await Event.all().count()


async def test_sql_and_python_say_the_same_day_of_every_dossier() -> None:
    one = await conducted(8)
    dice = Random(20_250_615)  # noqa: S311 - the same throws each time
    author = one.world["pilote"].user_id
    days = [DAY + timedelta(days=shift) for shift in (-2, -1, 0, 1)]
    late = 0
    for _ in range(25):
        await Deadline.all().delete()
        await DeadlineException.all().delete()
        for step in range(6):
            for category in ("", "OPH", "SA"):
                if dice.random() < 0.3:
                    await Deadline.create(
                        campaign_id=one.campaign, step=step, category=category, due_on=dice.choice(days)
                    )
        for dossier in one.dossiers:
            await Dossier.filter(id=dossier).update(step=dice.randrange(7))
            if dice.random() < 0.4:
                await DeadlineException.create(
                    dossier_id=dossier,
                    step=dice.randrange(6),
                    due_on=dice.choice(days),
                    reason="Essai.",
                    author_id=author,
                    at=datetime.now(UTC),
                )
        rows = (await dossiers.read_many(one.world["pilote"], list(one.dossiers))).values()
        python = await deadlines.due_dates(list(rows))
        sql = await fetch(
            f"SELECT d.id, {deadlines.DUE_ON} AS due_on, {deadlines.LATE} AS late FROM dossier d "  # noqa: S608 - our own constants
            "WHERE d.id = ANY(%s)",
            [DAY, list(one.dossiers)],
        )
        assert {each["id"]: each["due_on"] for each in sql} == python
        assert {each["id"]: bool(each["late"]) for each in sql} == {
            key: deadlines.late(day, DAY) for key, day in python.items()
        }
        late += sum(bool(each["late"]) for each in sql)
    assert late > 20


def paris(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """That day in Paris, for whoever asks."""
    fixed = clock.Day(day, 0.0, 0.0)
    monkeypatch.setattr(campaign_lists, "today", lambda: fixed)


async def test_one_is_late_when_the_last_day_is_over_and_an_exception_wins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = await conducted(3, step=3)
    pilot, (first, second, _) = one.world["pilote"], one.dossiers
    await set_deadlines(
        pilot,
        one.campaign,
        [DeadlineRow(SEND, "", DAY), DeadlineRow(SEND, "SA", DAY + timedelta(days=9))],
        [],
        "d",
    )
    await deadline_exceptions.grant(pilot, first, SEND, DAY + timedelta(days=1), "Sinistre.", "g")
    page, late = None, Filters(late=True)
    for shift, expected in ((0, []), (1, ["001", "102"]), (2, ["001", "100", "102"])):
        paris(monkeypatch, DAY + timedelta(days=shift))
        page = await campaign_lists.campaign_dossiers(pilot, ASKED, late)
        assert [row.dossier.organism.code for row in page.rows] == expected
        assert page.total == len(expected)
    assert page is not None
    assert [row.days_late for row in page.rows] == [2, 1, 2]
    whole = await campaign_lists.campaign_dossiers(pilot, ASKED, late, 2)
    rest = await campaign_lists.campaign_dossiers(pilot, ASKED, late, 2, whole.cursors[-1])
    assert (whole.has_next, rest.has_next, len(rest.rows)) == (True, False, 1)
    counts = {
        row.step: (row.total, row.late)
        for row in await campaign_lists.step_counts(pilot, ASKED, {SEND: "x", Step.REVIEW: "y"})
    }
    assert counts == {SEND: (4, 3), Step.REVIEW: (0, 0)}
    found = await campaign_lists.campaign_ids(pilot, ASKED, Filters(late=True, category="OPH"))
    assert (len(found), second in found) == (2, False)
    listed = await deadline_exceptions.granted(pilot, ASKED)
    assert [(row.dossier.id, row.reason, row.author) for row in listed.rows] == [
        (first, "Sinistre.", "Pilote Essai")
    ]
    await deadline_exceptions.grant(pilot, first, SEND, None, "Erreur.", "h")
    assert (await deadline_exceptions.granted(pilot, ASKED)).total == 0


async def test_an_exception_that_is_no_more_is_kept_with_the_reason() -> None:
    one = await conducted(1, step=3)
    pilot, (first,) = one.world["pilote"], one.dossiers
    for number, (day, reason) in enumerate(((DAY, "Sinistre."), (DAY + timedelta(days=3), "Encore."))):
        await deadline_exceptions.grant(pilot, first, SEND, day, reason, f"{number}")
    (listed,) = (await deadline_exceptions.granted(pilot, ASKED)).rows
    row = await dossiers.read(pilot, first)
    assert (listed.reason, await deadlines.due_dates([row])) == ("Encore.", {first: listed.due_on})
    late = Filters(late=True)
    assert first in await campaign_lists.campaign_ids(pilot, ASKED, late)
    await deadline_exceptions.grant(pilot, first, SEND, None, "Erreur.", "h")
    assert (await deadline_exceptions.granted(pilot, ASKED)).total == 0
    assert await deadlines.due_dates([row]) == {first: None}
    assert first not in await campaign_lists.campaign_ids(pilot, ASKED, late)
    kept = await DeadlineException.filter(dossier_id=first).order_by("id")
    assert [(each.reason, each.removed_reason) for each in kept] == [
        ("Sinistre.", "Encore."),
        ("Encore.", "Erreur."),
    ]
    assert all(each.removed_at and each.removed_by_id == pilot.user_id for each in kept)


async def test_the_same_days_sent_twice_are_set_once() -> None:
    one = await conducted(0)
    wanted = [DeadlineRow(SEND, "", DAY)]
    for _ in range(2):
        row = await set_deadlines(one.world["pilote"], one.campaign, wanted, [], "k")
        assert row.deadlines == tuple(wanted)
    events = await Event.filter(kind="deadline_set")
    assert [(event.platform, event.details["campaign"]) for event in events] == [("MIN", one.campaign)]
    assert [row.id for row in await campaigns(one.world["pilote"], "MIN", "ER", 2024)] == [one.campaign]
    before = await told()
    for code, seen, key in (("IDEMPOTENCY_REUSED", wanted, "k"), ("DEADLINES_STALE", [], "l")):
        with pytest.raises(Conflict) as refusal:
            await set_deadlines(one.world["pilote"], one.campaign, [], seen, key)
        assert refusal.value.code == code
    assert await told() == before
    row = await set_deadlines(one.world["pilote"], one.campaign, [], wanted, "l")
    assert row.deadlines == ()


SENSELESS: list[tuple[list[tuple[int, str, date]], str]] = [
    ([(6, "", DAY)], "DEADLINE_INVALID"),
    ([(3, "", date(2023, 1, 1))], "DEADLINE_INVALID"),
    ([(3, "", date(2035, 1, 1))], "DEADLINE_INVALID"),
    ([(3, "", DAY), (3, "", DAY)], "DEADLINE_TWICE"),
    ([(3, "", DAY), (4, "", DAY - timedelta(days=1))], "DEADLINES_ORDER"),
    ([(3, "OPH", DAY), (2, "", DAY + timedelta(days=1))], "DEADLINES_ORDER"),
]


async def test_days_that_make_no_sense_are_not_set() -> None:
    one = await conducted(0)
    before = await told()
    for lines, code in SENSELESS:
        wanted = [DeadlineRow(Step(step), category, day) for step, category, day in lines]
        with pytest.raises(Invalid) as refusal:
            await set_deadlines(one.world["pilote"], one.campaign, wanted, [], "k")
        assert refusal.value.code == code
    assert await told() == before


async def test_nobody_else_sets_or_grants_a_day_nor_reads_the_lists() -> None:
    one = await conducted(1)
    before = await told()
    for login in ("ministere", "mission", "hierarchie", "cdc", "machine"):
        await _refused_everything(one, one.world[login])
    assert await told() == before


async def _refused_everything(one: Conducted, viewer: Viewer) -> None:
    for asked in (
        set_deadlines(viewer, one.campaign, [DeadlineRow(SEND, "", DAY)], [], "k"),
        deadline_exceptions.grant(viewer, one.world.dossier, Step.REVIEW, DAY, "Parce que.", "k"),
        campaign_lists.campaign_dossiers(viewer, ASKED, Filters(late=True)),
        deadline_exceptions.granted(viewer, ASKED),
        hand_back_list.handed_back(viewer, ASKED, Sought()),
    ):
        with pytest.raises(Problem) as refusal:
            await asked
        assert refusal.value.code in {"REFUSED", "PERSON_REQUIRED"}
    assert await campaigns(viewer) == []


async def _refused(one: Conducted, dossier: UUID, step: Step, day: date, reason: str) -> str:
    with pytest.raises((Invalid, Conflict, NotFound, Refused)) as refusal:
        await deadline_exceptions.grant(one.world["pilote"], dossier, step, day, reason, "k")
    return refusal.value.code


async def test_an_exception_is_of_a_step_to_leave_with_a_reason() -> None:
    one = await conducted(1)
    before, dossier = await told(), one.world.dossier
    assert await _refused(one, dossier, Step.ENTRY, DAY, "Trop tard.") == "STEP_LEFT"
    assert await _refused(one, dossier, Step.CLOSURE, DAY, "Rien après.") == "DEADLINE_INVALID"
    assert await _refused(one, dossier, Step.REVIEW, DAY, " ") == "REASON_MISSING"
    assert await _refused(one, dossier, Step.REVIEW, DAY, "deux\nlignes") == "REASON_INVALID"
    assert await _refused(one, one.world["cdc"].organization_id, Step.REVIEW, DAY, "Rien.") == "NOT_FOUND"
    with pytest.raises(NotFound) as unknown:
        await set_deadlines(one.world["pilote"], 0, [], [], "k")
    assert unknown.value.code == "CAMPAIGN_UNKNOWN"
    assert await told() == before


async def test_hand_backs_are_found_by_day_and_by_words() -> None:
    one = await conducted(2)
    pilot, author = one.world["pilote"], await User.get(login="ministere")
    evening = datetime(2025, 6, 14, 22, 30, tzinfo=UTC)  # already the fifteenth in Paris
    for dossier, reason, taken in zip(
        one.dossiers, ("Bilan à revoir", "Annexes du bilan"), (None, evening), strict=True
    ):
        await HandBack.create(
            dossier_id=dossier, reason=reason, handed_at=evening, handed_by=author, taken_at=taken
        )
    for sought, expected in (
        (Sought(), 2),
        (Sought(since=DAY, until=DAY), 2),
        (Sought(until=DAY - timedelta(days=1)), 0),
        (Sought(words="BILAN revoir"), 1),
        (Sought(words="100%"), 0),
        (Sought(still=True), 1),
        (Sought(on=DAY), 2),
        (Sought(on=DAY + timedelta(days=1)), 1),
        (Sought(on=DAY - timedelta(days=1)), 0),
    ):
        page = await hand_back_list.handed_back(pilot, ASKED, sought)
        assert (page.total, len(page.rows)) == (expected, expected)
    first = await hand_back_list.handed_back(pilot, ASKED, Sought(), 1)
    second = await hand_back_list.handed_back(pilot, ASKED, Sought(), 1, first.cursors[0])
    assert {first.rows[0].reason, second.rows[0].reason} == {"Bilan à revoir", "Annexes du bilan"}
    with pytest.raises(Invalid) as refusal:
        await hand_back_list.handed_back(pilot, ASKED, Sought(), 1, "bm9uc2Vuc2U=")
    assert refusal.value.code == "CURSOR_INVALID"
