"""Moves of many dossiers at once: each in its own transaction, as its requester of that moment, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from authz import add_rows, close_rows, profile_line, read_version
from forms import Step
from models import (
    Conflict,
    Crossing,
    Dossier,
    Event,
    Invalid,
    MassMove,
    MassOutcome,
    NotFound,
    PolicyRow,
    Problem,
    execute,
    fetch,
)
from resolvers import left_jobs, mass_moves, mass_moving, steps
from resolvers.paging import encode
from tests.campaign import Conducted, conducted

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.usefixtures("database")
BACK = "reopen_from_finalisation"


async def begun(one: Conducted, login: str = "pilote", move: str = "close", key: str = "k") -> UUID:
    reason = "À revoir." if move == BACK else None
    row = await mass_moves.start(one.world[login], one.dossiers, move, reason, key)
    return row.id


async def made(one: Conducted, mass: UUID) -> None:
    """What the job does."""
    while await mass_moving.move_next(one.world.authority, mass):
        pass
    await mass_moving.finish(mass)


async def report(one: Conducted, mass: UUID, login: str = "pilote") -> list[tuple[str, str]]:
    row = await mass_moves.read(one.world[login], mass)
    page = await mass_moves.items(one.world[login], row, None)
    return [(item.outcome.value, item.code) for item in page.rows]


async def test_each_dossier_moves_once_or_is_refused_with_its_reason() -> None:
    one = await conducted(3, step=5)
    await Dossier.filter(id=one.dossiers[1]).update(step=4)
    mass = await begun(one)
    assert await begun(one) == mass, "the same request under the same key is one"
    jobs = await fetch("SELECT args FROM procrastinate_jobs WHERE task_name = 'mass_move'")
    assert [job["args"] for job in jobs] == [{"mass": str(mass)}]
    assert await report(one, mass) == [("waiting", "")] * 3
    await made(one, mass)
    await made(one, mass)
    assert await report(one, mass) == [("moved", ""), ("refused", "STEP_CONFLICT"), ("moved", "")]
    row = await mass_moves.read(one.world["pilote"], mass)
    assert (row.label, row.total, row.moved, row.refused) == (row.label, 3, 2, 1)
    assert row.finished_at is not None
    assert row.label
    crossings = await Crossing.filter(move="close")
    assert {crossing.dossier_id for crossing in crossings} == {one.dossiers[0], one.dossiers[2]}
    assert len(crossings) == 2
    only = await mass_moves.items(one.world["pilote"], row, MassOutcome.REFUSED)
    assert (only.total, "étape 4" in only.rows[0].message) == (1, True)
    first = await mass_moves.items(one.world["pilote"], row, None, 2)
    rest = await mass_moves.items(one.world["pilote"], row, None, 2, first.cursors[-1])
    assert (first.has_next, len(rest.rows), rest.rows[0].outcome) == (True, 1, MassOutcome.MOVED)


async def test_who_asks_again_is_answered_as_before_whatever_he_may_read_since() -> None:
    one = await conducted(2, step=5)
    mass = await begun(one)
    rows = await PolicyRow.filter(ptype="g", values__contains=["user:pilote"])
    await close_rows([row.id for row in rows], base=await read_version(), author_id=None, comment="Parti")
    await one.world.authority.refresh()
    assert await begun(one) == mass
    assert await Event.filter(kind="mass_move_asked").count() == 1
    with pytest.raises(NotFound):
        await begun(one, key="other")


async def test_a_move_given_up_is_asked_for_again_until_it_is_finished() -> None:
    one = await conducted(1, step=5)
    mass = await begun(one)
    assert await left_jobs.ask_again() == 0
    await execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert await left_jobs.ask_again() == 1
    await execute("UPDATE procrastinate_jobs SET status = 'failed'")
    await made(one, mass)
    assert await left_jobs.ask_again() == 0


async def test_the_requester_of_that_moment_moves_and_not_of_the_request() -> None:
    one = await conducted(2, step=5)
    mass = await begun(one)
    assert await mass_moving.move_next(one.world.authority, mass)
    row = await PolicyRow.get(ptype="g", values__contains=["user:pilote"])
    await close_rows([row.id], base=await read_version(), author_id=None, comment="Il est parti")
    await made(one, mass)
    found = await fetch("SELECT outcome, code FROM mass_move_item ORDER BY position")
    assert [each["outcome"] for each in found] == ["moved", "refused"]
    assert found[1]["code"] in {"REFUSED", "NOT_FOUND"}
    assert (await Dossier.get(id=one.dossiers[1])).step == 5
    told = await report(one, mass)
    assert [outcome for outcome, _ in told] == ["moved", "refused"]


async def test_a_crash_is_told_without_its_trace_and_the_others_move(monkeypatch: pytest.MonkeyPatch) -> None:
    one = await conducted(2, step=5)
    mass, advance = await begun(one), steps.advance

    async def crashes(viewer: object, dossier: UUID, *rest: object) -> object:
        if dossier == one.dossiers[0]:
            message = "secret"
            raise RuntimeError(message)
        return await advance(viewer, dossier, *rest)  # type: ignore[arg-type]  # what it was given

    monkeypatch.setattr(steps, "advance", crashes)
    await made(one, mass)
    assert await report(one, mass) == [("refused", "MOVE_CRASHED"), ("moved", "")]
    messages = await fetch("SELECT message FROM mass_move_item ORDER BY position")
    assert "secret" not in messages[0]["message"]


async def test_a_dossier_that_kills_its_worker_three_times_is_given_up() -> None:
    one = await conducted(2, step=5)
    mass = await begun(one)
    await fetch("UPDATE mass_move_item SET attempts = 3 WHERE position = 0 RETURNING id")
    await made(one, mass)
    assert await report(one, mass) == [("refused", "JOB_ABANDONED"), ("moved", "")]


@pytest.mark.parametrize(
    ("login", "move", "reason", "code"),
    [
        ("pilote", "transmit", None, "MASS_TRANSMISSION"),
        ("pilote", "n’existe pas", None, "MOVE_UNKNOWN"),
        ("pilote", BACK, " ", "REASON_MISSING"),
        ("pilote", BACK, "x" * 501, "REASON_TOO_LONG"),
        ("mission", "close", None, "REFUSED"),
        ("hierarchie", "close", None, "NOT_FOUND"),
        ("machine", "close", None, "PERSON_REQUIRED"),
    ],
)
async def test_what_may_not_be_asked_leaves_nothing(
    login: str, move: str, reason: str | None, code: str
) -> None:
    one = await conducted(1, step=5)
    with pytest.raises(Problem) as refusal:
        await mass_moves.start(one.world[login], one.dossiers, move, reason, "k")
    assert refusal.value.code == code
    assert await MassMove.all().count() == 0
    assert await fetch("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'mass_move'") == []


async def _count_refused(one: Conducted, ids: Sequence[UUID]) -> str:
    with pytest.raises(Problem) as refusal:
        await mass_moves.start(one.world["pilote"], ids, "close", None, "k")
    return refusal.value.code


async def test_a_choice_is_bounded_of_one_form_and_of_what_one_reads() -> None:
    one = await conducted(2, step=5)
    assert await _count_refused(one, []) == "DOSSIERS_COUNT"
    assert await _count_refused(one, [uuid4() for _ in range(2_001)]) == "DOSSIERS_COUNT"
    assert await _count_refused(one, [one.dossiers[0], uuid4()]) == "NOT_FOUND"
    lines = [
        profile_line(subject="user:pilote", profile="profile:operator_admin", platform="MIN", form="QDIS")
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="Deux formulaires")
    await one.world.authority.refresh()
    await Dossier.filter(id=one.dossiers[1]).update(form="QDIS", pack="QDIS/2024/1")
    assert await _count_refused(one, one.dossiers) == "DOSSIERS_MIXED"
    assert await MassMove.all().count() == 0


async def test_only_its_requester_and_who_conducts_the_form_see_a_report() -> None:
    one = await conducted(2, step=5)
    own = await begun(one, "ministere")
    for login, seen in (("ministere", True), ("pilote", True), ("mission", False), ("hierarchie", False)):
        listed = await mass_moves.mass_moves(one.world[login])
        assert [row.id for row in listed.rows] == [own] * seen
        if not seen:
            with pytest.raises(NotFound) as refusal:
                await mass_moves.read(one.world[login], own)
            assert refusal.value.code == "MASS_UNKNOWN"
    row = await mass_moves.read(one.world["pilote"], own)
    for cursor in ("bm9u", encode("1", uuid4()), encode("x", own)):
        with pytest.raises(Invalid) as invalid:
            await mass_moves.items(one.world["pilote"], row, None, 2, cursor)
        assert invalid.value.code == "CURSOR_INVALID"
    # Whoever may read a dossier no more sees that there was one, and nothing of it.
    shown = await mass_moves.items(one.world["voisin"], row, None)
    assert [(item.dossier, item.message) for item in shown.rows] == [(None, "")] * 2


async def test_a_key_that_served_another_choice_is_refused() -> None:
    one = await conducted(2, step=5)
    await begun(one)
    with pytest.raises(Conflict) as refusal:
        await mass_moves.start(one.world["pilote"], one.dossiers[:1], "close", None, "k")
    assert refusal.value.code == "IDEMPOTENCY_REUSED"
    assert (await Dossier.get(id=one.dossiers[0])).step == Step.FINALISATION
