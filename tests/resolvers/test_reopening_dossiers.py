"""Asking for a dossier to come back to step 4, and the answer (manual §8.6)."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from forms import Step
from models import (
    Conflict,
    Crossing,
    Event,
    Invalid,
    NotFound,
    Notification,
    Problem,
    Refused,
    ReopeningRequest,
    User,
)
from resolvers import dossiers, notifications, reopening
from resolvers.reopening_requests import latest_many
from resolvers.steps import advance
from resolvers.timeline import timeline
from tests.resolvers.filled import filled, state, with_contact

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

WHY = "Une écriture oubliée."


async def asked(world: World) -> UUID:
    await reopening.ask(world["hierarchie"], world.dossier, WHY, "ask")
    return (await ReopeningRequest.get(answered_at=None)).id


async def told(event: str) -> list[str]:
    """The logins of those who are told of an event."""
    users = [one.user_id for one in await Notification.filter(event=event)]
    return sorted(user.login for user in await User.filter(id__in=users))


@pytest.mark.parametrize("step", [5, 6])
async def test_accepted_it_comes_back_at_once_and_everyone_is_told_once(step: int) -> None:
    world = await with_contact(step=step)
    request = await asked(world)
    assert await told("reopening_asked") == ["cdc", "comptable", "ministere"]
    await reopening.answer(world["ministere"], request, "Soit.", "answer", accepted=True)
    row = await reopening.answer(world["ministere"], request, "Soit.", "answer", accepted=True)
    assert (row.step, row.handed_back_at) == (Step.REVIEW, None)
    (crossing,) = await Crossing.all()
    assert (crossing.source, crossing.target, crossing.reason) == (step, 4, reopening.ACCEPTED)
    # The organism's asker is no privileged contact.
    assert await told("reopening_accepted") == ["cdc", "comptable", "hierarchie", "ministere"]
    assert await told("reopened") == []
    found = (await latest_many(world["saisie"], [row]))[row.id]
    assert (found.accepted, found.answer, found.answered_by) == (True, "Soit.", "Ministere Essai")
    kinds = [one.kind for one in await Event.filter(dossier_id=row.id).order_by("id")]
    assert [kind for kind in kinds if kind not in {"read", "loaded"}] == [
        "reopening_asked",
        "step_crossed",
        "reopening_answered",
    ]


async def test_refused_it_stays_and_says_why() -> None:
    world = await with_contact(step=5)
    request = await asked(world)
    before = await state(world)
    with pytest.raises(Invalid) as refusal:
        await reopening.answer(world["ministere"], request, " ", "no", accepted=False)
    assert (refusal.value.code, refusal.value.path) == ("REASON_MISSING", ("answer",))
    assert await state(world) == before
    row = await reopening.answer(world["ministere"], request, "Trop tard.", "no", accepted=False)
    assert row.step is Step.FINALISATION
    assert await told("reopening_refused") == ["cdc", "comptable", "hierarchie", "ministere"]
    found = (await latest_many(world["hierarchie"], [row]))[row.id]
    assert (found.accepted, found.answer) == (False, "Trop tard.")
    await reopening.ask(world["hierarchie"], world.dossier, WHY, "once more")
    assert await ReopeningRequest.filter(answered_at=None).count() == 1


@pytest.mark.parametrize("accepted", [True, False])
async def test_whoever_asked_is_mailed_the_answer_without_being_a_contact(*, accepted: bool) -> None:
    world = await filled(step=5)
    request = await asked(world)
    await reopening.answer(world["ministere"], request, "Vu.", "answer", accepted=accepted)
    asker, colleague = world["hierarchie"].user_id, world["saisie"].user_id
    mine = await Notification.get(user_id=asker)
    task = await notifications.pending(world.authority, mine.id)
    assert task is not None
    assert task.event == f"reopening_{'accepted' if accepted else 'refused'}"
    # What another asked for is not told to who is no contact.
    await Notification.filter(id=mine.id).update(user_id=colleague)
    assert await notifications.pending(world.authority, mine.id) is None
    assert (await Notification.get(id=mine.id)).withheld_at is not None


async def test_a_direct_reopening_accepts_what_was_asked() -> None:
    world = await with_contact(step=6)
    await asked(world)
    await advance(world["ministere"], world.dossier, "reopen_from_closure", "Erreur constatée.", "r")
    (request,) = await ReopeningRequest.all()
    assert (request.accepted, request.answer) == (True, "Erreur constatée.")
    assert await told("reopening_accepted") == ["cdc", "comptable", "hierarchie", "ministere"]


async def test_without_a_request_the_contacts_are_told_that_it_is_reopened() -> None:
    world = await with_contact(step=5)
    with pytest.raises(Invalid) as refusal:
        await advance(world["ministere"], world.dossier, "reopen_from_finalisation", None, "r")
    assert refusal.value.code == "REASON_MISSING"
    await advance(world["ministere"], world.dossier, "reopen_from_finalisation", "À revoir.", "r")
    assert await told("reopened") == ["cdc", "comptable", "ministere"]


@pytest.mark.parametrize(
    ("login", "step", "reason", "code"),
    [
        ("saisie", 5, WHY, "REFUSED"),
        ("ministere", 5, WHY, "REFUSED"),
        ("cdc", 5, WHY, "REFUSED"),
        ("voisin", 5, WHY, "NOT_FOUND"),
        ("hierarchie", 4, WHY, "REFUSED"),
        ("hierarchie", 5, "", "REASON_MISSING"),
        ("hierarchie", 5, "x" * 2001, "REASON_TOO_LONG"),
    ],
)
async def test_who_may_not_ask_leaves_nothing(login: str, step: int, reason: str, code: str) -> None:
    world = await filled(step=step)
    before = await state(world)
    with pytest.raises(Problem) as refusal:
        await reopening.ask(world[login], world.dossier, reason, "k")
    assert refusal.value.code == code
    assert await state(world) == before
    assert await ReopeningRequest.all().count() == 0


async def test_one_request_at_a_time_however_many_ask_at_once() -> None:
    world = await with_contact(step=5)
    tries = await asyncio.gather(
        *(reopening.ask(world["hierarchie"], world.dossier, WHY, f"k{number}") for number in range(5)),
        return_exceptions=True,
    )
    refused = [one for one in tries if isinstance(one, BaseException)]
    assert [getattr(one, "code", one) for one in refused] == ["REOPENING_OPEN"] * 4
    assert await ReopeningRequest.all().count() == 1
    assert await told("reopening_asked") == ["cdc", "comptable", "ministere"]


async def test_of_two_answers_at_once_one_counts() -> None:
    world = await filled(step=5)
    request, manager = await asked(world), world["ministere"]
    tries = await asyncio.gather(
        reopening.answer(manager, request, "Oui.", "yes", accepted=True),
        reopening.answer(manager, request, "Non.", "no", accepted=False),
        return_exceptions=True,
    )
    (refused,) = [one for one in tries if isinstance(one, BaseException)]
    assert isinstance(refused, Conflict | Refused)
    kept = await ReopeningRequest.get(id=request)
    crossed = await Crossing.all().count()
    assert (kept.accepted, crossed) in {(True, 1), (False, 0)}


async def test_an_answer_is_asked_of_who_may_reopen_and_a_request_of_a_stranger_is_none() -> None:
    world = await filled(step=5)
    request = await asked(world)
    before = await state(world)
    for login, known in (("saisie", True), ("hierarchie", True), ("cdc", True), ("voisin", False)):
        with pytest.raises(Refused if known else NotFound):
            await reopening.answer(world[login], request, "Oui.", f"k{login}", accepted=True)
    answers = []
    for one in (request, uuid4()):
        with pytest.raises(NotFound) as refusal:
            await reopening.answer(world["voisin"], one, "Oui.", f"k{one}", accepted=True)
        answers.append((refusal.value.code, refusal.value.message))
    assert answers[0] == answers[1]
    assert await state(world) == before
    await reopening.answer(world["ministere"], request, "Non.", "n", accepted=False)
    with pytest.raises(Conflict) as conflict:
        await reopening.answer(world["ministere"], request, "Oui.", "again", accepted=True)
    assert conflict.value.code == "REOPENING_ANSWERED"


async def test_what_was_asked_is_told_to_both_sides_and_to_no_other_partner() -> None:
    world = await filled(step=5)
    await asked(world)
    for login, hears in (("saisie", True), ("ministere", True), ("cdc", False)):
        row = await dossiers.read(world[login], world.dossier)
        assert bool(await latest_many(world[login], [row])) is hears


@pytest.mark.parametrize(
    ("login", "hears"), [("saisie", True), ("hierarchie", True), ("ministere", True), ("cdc", False)]
)
@pytest.mark.parametrize("text", ["Le compte 16 est à reprendre.", ""])
async def test_the_answer_is_told_to_whoever_hears_of_the_request_alone(
    login: str, text: str, *, hears: bool
) -> None:
    world = await filled(step=5)
    at = datetime(2025, 1, 1, tzinfo=UTC)
    await Crossing.create(dossier_id=world.dossier, passage=1, move="m", source=3, target=4, at=at, reason="")
    await reopening.answer(world["ministere"], await asked(world), text, "answer", accepted=True)
    viewer = world[login]
    row = await dossiers.read(viewer, world.dossier)
    found = await latest_many(viewer, [row])
    assert [one.answer for one in found.values()] == ([text or reopening.ACCEPTED] if hears else [])
    crossed, told = await dossiers.crossings(row), (await timeline(viewer, row)).rows
    assert crossed[0].reason == reopening.ACCEPTED
    assert reopening.ACCEPTED in {one.reason for one in told}
    assert not text or text not in repr((crossed, told))
