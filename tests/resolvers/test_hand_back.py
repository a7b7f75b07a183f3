"""Handing a dossier back in review: one side writes at a time, nothing moves meanwhile, contacts are told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from forms import Step
from models import (
    Conflict,
    Dossier,
    Event,
    HandBack,
    Invalid,
    NotFound,
    Notification,
    Problem,
    Refused,
    execute,
)
from resolvers import dossiers, steps, substeps, verification
from resolvers.accepting import accept
from resolvers.cells import CellWrite, write
from resolvers.dry_run import dry_run
from resolvers.hand_backs import hand_back, hand_backs_many, take_back
from resolvers.loading import load
from resolvers.row_writes import RowAction, RowChange, write_rows
from resolvers.undoing import undo
from tests.cases import loaded_file, read_case
from tests.resolvers import past
from tests.resolvers.filled import filled, with_contact

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")

WHY = "L’onglet A1 est à revoir."


async def state(world: World) -> tuple[bool, str, int, int, int]:
    """Whether it is handed back, its substep, how many hand-backs, notifications and events there are."""
    dossier = await Dossier.get(id=world.dossier)
    counts = [await kind.all().count() for kind in (HandBack, Notification, Event)]
    return (dossier.handed_back_at is not None, dossier.substep, *counts)  # type: ignore[return-value]  # three counts


def writers(batch: UUID) -> dict[str, Callable[[World, str], Awaitable[object]]]:
    """Every way of writing in a dossier, by its name."""
    one = [CellWrite("A1.L011.B", "7", "7")]
    return {
        "cells": lambda world, login: write(world[login], world.dossier, one),
        "dry run": lambda world, login: dry_run(world[login], world.dossier, one),
        "rows": lambda world, login: write_rows(
            world[login], world.dossier, "F01", [RowChange(RowAction.ADD, f"{login}1")]
        ),
        "suggestions": lambda world, login: accept(world[login], world.dossier, "A1", None, uuid4().hex),
        "undo": lambda world, login: undo(world[login], world.dossier, batch, uuid4().hex),
        "import": lambda world, login: load(
            world[login], world.dossier, loaded_file(read_case("er-2024-plain"))
        ),
        "verification": lambda world, login: verification.verify(world[login], world.dossier),
    }


async def refusals(world: World, login: str, batch: UUID) -> dict[str, str]:
    """The code that each way of writing answers; "" where it does not refuse."""
    found = {}
    for name, ask in writers(batch).items():
        try:
            await ask(world, login)
        except Problem as problem:
            found[name] = problem.code
        else:
            found[name] = ""
    return found


async def test_one_side_writes_at_a_time_by_every_way() -> None:
    world = await filled()
    await past.last_year({"A1.L012.B": "200"})
    named = [CellWrite("G01.L011.V", "Office nommé autrement", "Office d'essai")]
    row = await write(world["saisie"], world.dossier, named)
    assert row.batch is not None
    await Dossier.filter(id=world.dossier).update(step=4)
    elsewhere = dict.fromkeys(writers(row.batch), "HAND_ELSEWHERE")
    free = dict.fromkeys(writers(row.batch), "")
    version = (await Dossier.get(id=world.dossier)).version
    assert await refusals(world, "saisie", row.batch) == elsewhere
    assert (await Dossier.get(id=world.dossier)).version == version
    assert await refusals(world, "ministere", row.batch) == free
    await hand_back(world["ministere"], world.dossier, WHY, None, "h")
    version = (await Dossier.get(id=world.dossier)).version
    # Whoever finalises may still have the checks run.
    assert await refusals(world, "ministere", row.batch) == elsewhere | {"verification": ""}
    assert (await Dossier.get(id=world.dossier)).version == version
    assert await refusals(world, "comptable", row.batch) == free
    await take_back(world["ministere"], world.dossier, "", "t")
    assert await refusals(world, "comptable", row.batch) == elsewhere


async def test_it_is_handed_back_and_taken_back_once_and_contacts_are_told() -> None:
    world = await with_contact(step=4)
    manager, due = world["ministere"], date.today() + timedelta(days=9)  # noqa: DTZ011 - as a person counts days
    await hand_back(manager, world.dossier, f" {WHY} ", due, "h")
    row = await hand_back(manager, world.dossier, f" {WHY} ", due, "h")
    assert row.handed_back_at is not None
    assert [move.refusal for move in dossiers.moves(manager, row)] == [
        "Ce dossier est remis à l’organisme, qui le corrige\u00a0: reprenez-le avant de continuer."
    ]
    await take_back(manager, world.dossier, "Merci.", "t")
    row = await take_back(manager, world.dossier, "Merci.", "t")
    assert row.handed_back_at is None
    (kept,) = (await hand_backs_many(manager, [row]))[row.id]
    assert (kept.reason, kept.due_on, kept.handed_by) == (WHY, due, "Ministere Essai")
    assert (kept.taken_by, kept.taken_reason) == ("Ministere Essai", "Merci.")
    told = await Notification.all().select_related("user")
    # « comptable » is the organism's own contact; the others are the other side's.
    contacts = ("cdc", "comptable", "ministere")
    assert sorted((one.event, one.user.login) for one in told) == [
        (event, login) for event in ("handed_back", "taken_back") for login in contacts
    ]
    kinds = sorted(one.kind for one in await Event.filter(dossier_id=row.id, kind__endswith="_back"))
    assert kinds == ["handed_back", "taken_back"]
    assert dossiers.moves(manager, row)[0].allowed
    partner = await dossiers.read(world["cdc"], world.dossier)
    assert await hand_backs_many(world["cdc"], [partner]) == {row.id: ()}


@pytest.mark.parametrize(
    ("login", "step", "reason", "days", "code"),
    [
        ("saisie", 4, WHY, None, "REFUSED"),
        ("hierarchie", 4, WHY, None, "REFUSED"),
        ("cdc", 4, WHY, None, "REFUSED"),
        ("voisin", 4, WHY, None, "NOT_FOUND"),
        ("ministere", 3, WHY, None, "REFUSED"),
        ("ministere", 5, WHY, None, "REFUSED"),
        ("ministere", 4, "  ", None, "REASON_MISSING"),
        ("ministere", 4, "x" * 2001, None, "REASON_TOO_LONG"),
        ("ministere", 4, WHY, -1, "DUE_DATE_PAST"),
    ],
)
async def test_what_may_not_be_handed_back_stays(
    login: str, step: int, reason: str, days: int | None, code: str
) -> None:
    world = await filled(step=step)
    before = await state(world)
    due = None if days is None else date.today() + timedelta(days=days)  # noqa: DTZ011 - as a person counts days
    with pytest.raises((Invalid, NotFound, Refused)) as refusal:
        await hand_back(world[login], world.dossier, reason, due, "h")
    assert refusal.value.code == code
    assert await state(world) == before


async def test_nothing_moves_while_the_organism_corrects() -> None:
    world = await filled(step=4)
    manager = world["ministere"]
    with pytest.raises(Conflict) as refusal:
        await take_back(manager, world.dossier, "", "t")
    assert refusal.value.code == "NOT_HANDED_BACK"
    await hand_back(manager, world.dossier, WHY, None, "h")
    before = await state(world)
    with pytest.raises(Conflict) as refusal:
        await steps.advance(manager, world.dossier, "finalise", None, "f")
    assert refusal.value.code == "HANDED_BACK"
    with pytest.raises(Conflict) as refusal:
        await hand_back(manager, world.dossier, WHY, None, "again")
    assert refusal.value.code == "HANDED_BACK"
    with pytest.raises(Refused):
        await take_back(world["saisie"], world.dossier, "", "mine")
    assert await state(world) == before


async def test_a_substep_says_where_it_is_until_the_step_is_left() -> None:
    world = await filled(step=4)
    manager = world["ministere"]
    row = await substeps.set_substep(manager, world.dossier, "relecture", "s")
    found = substeps.substep_of(row)
    assert found is not None
    assert (found.code, found.label) == ("relecture", "Relecture en cours")
    before = await state(world)
    with pytest.raises(Invalid) as refusal:
        await substeps.set_substep(manager, world.dossier, "inconnue", "s2")
    assert refusal.value.code == "SUBSTEP_UNKNOWN"
    with pytest.raises(Refused):
        await substeps.set_substep(world["saisie"], world.dossier, "visa", "s3")
    assert await state(world) == before
    await execute("UPDATE dossier SET substep = 'disparue' WHERE id = %s", [world.dossier])
    assert substeps.substep_of(await dossiers.read(manager, world.dossier)) is None
    row = await steps.advance(manager, world.dossier, "finalise", None, "f")
    assert (row.step, row.substep) == (Step.FINALISATION, "")
