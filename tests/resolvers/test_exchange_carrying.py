"""Talk that is not settled goes on in the next year's dossier: once, at its place, for whom it was."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from forms import load_pack
from models import (
    Audience,
    Dossier,
    Event,
    Level,
    Message,
    NotFound,
    Problem,
    Refused,
    Thread,
    ThreadReading,
    ThreadState,
)
from resolvers import dossiers, exchange_marks
from resolvers.exchange_anchors import carried, label_of
from resolvers.exchange_carrying import carry, may_carry
from resolvers.exchange_reading import Wanted, threads
from resolvers.timeline import timeline
from tests import talks
from tests.exchanges import build_exchanges
from tests.resolvers import past

if TYPE_CHECKING:
    from uuid import UUID

    from tests.world import World

pytestmark = pytest.mark.usefixtures("database")


async def two_years() -> tuple[World, UUID, UUID]:
    """The organism's ER of 2025 and of 2026, whose codes are others, both in review."""
    world = await build_exchanges()
    before, after = await past.empty("ER", 2025, 4), await past.empty("ER", 2026, 4)
    return world, before.id, after.id


async def said(world: World, login: str, dossier: UUID, anchor: str = "", **fields: object) -> Thread:
    """A published question of someone's."""
    thread = await talks.thread(world[login], dossier, anchor, **fields)
    await talks.message(world[login], thread, f"À propos de {anchor}")
    return thread


async def offered(world: World, login: str, dossier: UUID) -> bool:
    """Whether a reader of a dossier is shown that its threads may be carried; nobody else is asked."""
    rows = list((await dossiers.read_many(world[login], [dossier])).values())
    return (await may_carry(world[login], rows)).get(dossier, False)


async def test_open_threads_are_carried_once_to_where_their_cells_stand() -> None:
    world, before, after = await two_years()
    ministry = world["ministere"]
    due = date(2027, 3, 1)
    kept = {
        "A1.L024.N": (Level.CELL, "A1.L024.N"),
        "C2.L523.N": (Level.CELL, "C1.L464.N"),
        "R2.L683.N": (Level.CELL, "R1.L663.N"),
        "T18": (Level.TAB, "T18"),
        "F01[0001].C10": (Level.TAB, "F01"),
        "": (Level.DOSSIER, ""),
    }
    for anchor in kept:
        thread = await said(world, "ministere", before, anchor, due_on=due)
        await talks.message(world["saisie"], thread, "Une réponse")
        await talks.message(world["saisie"], thread, "Un brouillon", draft=True)
    await said(world, "ministere", before, state=ThreadState.CLOSED)
    await talks.message(ministry, await talks.thread(ministry, before), "Un brouillon", draft=True)
    await exchange_marks.mark_read(ministry, before, None)
    runs = await asyncio.gather(*(carry(ministry, before, f"carry-{number}") for number in range(4)))
    assert sorted(runs) == [0, 0, 0, len(kept)]
    assert await carry(ministry, before, "carry-0") in {0, len(kept)}
    new = await Thread.filter(dossier_id=after)
    (event,) = await Event.filter(kind="threads_carried")
    assert (event.dossier_id, event.details["from"]) == (after, str(before))
    assert sorted(event.details["threads"]) == sorted(str(one.id) for one in new)
    told = await timeline(ministry, await dossiers.read(ministry, after))
    assert [each.label for each in told.rows] == ["Échanges reportés de l’année précédente"]
    assert sorted((one.level, one.anchor) for one in new) == sorted(kept.values())
    assert {(one.state, one.due_on) for one in new} == {(ThreadState.OPEN, due)}
    assert len({one.carried_from for one in new}) == len(kept)
    row = await dossiers.read(ministry, after)
    page = await threads(ministry, row)
    assert {tuple(one.text for one in each.messages)[1:] for each in page.rows} == {("Une réponse",)}
    assert {(each.carried, each.unread) for each in page.rows} == {(True, 0)}
    assert {each.unread for each in (await threads(world["saisie"], row)).rows} == {1}
    gone = next(each for each in page.rows if each.anchor == "T18")
    assert gone.label == "T18 (n’existe plus)"


async def test_what_is_carried_is_opened_to_nobody_who_did_not_take_part() -> None:
    """A convention is of its year: the next one's partners do not read what was said before them."""
    world, before, after = await two_years()
    for login in ("ministere", "cdc"):
        for audience in Audience:
            await said(world, login, before, audience=audience)
    assert await carry(world["cdc"], before, "cdc") == 4
    assert await carry(world["saisie"], before, "organism") == 1
    assert await carry(world["ministere"], before, "platform") == 1
    assert await Message.filter(thread__dossier_id=after).count() == 6
    counted = {}
    for login in ("ministere", "saisie", "cdc", "system", "federation", "agence"):
        row = await dossiers.read(world[login], after)
        counted[login] = len((await threads(world[login], row)).rows)
    assert counted == {"ministere": 5, "saisie": 4, "cdc": 3, "system": 3, "federation": 0, "agence": 0}


async def test_who_may_not_write_there_carries_nothing() -> None:
    world, before, after = await two_years()
    await said(world, "ministere", before)
    tries: list[tuple[str, UUID, int, type[Problem], str]] = [
        ("ministere", after, 4, NotFound, "NEXT_YEAR_UNKNOWN"),
        ("ministere", before, 5, Refused, "REFUSED"),
        ("cdc", before, 3, NotFound, "NEXT_YEAR_UNKNOWN"),
        ("voisin", before, 4, NotFound, "NOT_FOUND"),
        ("ancols", before, 4, Refused, "REFUSED"),
    ]
    for number, (login, dossier, step, kind, code) in enumerate(tries):
        await Dossier.filter(id=after).update(step=step)
        assert not await offered(world, login, dossier)
        with pytest.raises(kind) as caught:
            await carry(world[login], dossier, str(number))
        assert caught.value.code == code
    await Dossier.filter(id=after).update(step=4)
    assert await offered(world, "ministere", before)
    assert not await offered(world, "system", before)
    with pytest.raises(Problem) as caught:
        await carry(world["system"], before, "system")
    assert caught.value.code == "PERSON_REQUIRED"
    assert await Thread.filter(dossier_id=after).count() == await ThreadReading.all().count() == 0


async def test_a_thread_survives_a_revision_that_has_its_place_no_more() -> None:
    world = await build_exchanges()
    thread = await said(world, "ministere", world.dossier, "A1.L011.B")
    gone = await said(world, "ministere", world.dossier, "A1.L998.Z")
    entry = world["saisie"]
    row = await dossiers.read(entry, world.dossier)
    labels = {one.id: one.label for one in (await threads(entry, row)).rows}
    assert labels == {
        thread.id: "Bilan – Actif immobilisé – Frais d’établissement – Brut",
        gone.id: "A1.L998.Z (n’existe plus)",
    }
    # Of a tab that is there still, whoever reads it reads what was said of it.
    agency = world["agence"]
    assert len((await threads(agency, await dossiers.read(agency, world.dossier))).rows) == 2
    await Thread.filter(id=gone.id).update(anchor="ZZ9.L001.A")
    assert len((await threads(agency, await dossiers.read(agency, world.dossier))).rows) == 1
    wanted = Wanted(Level.CELL, "ZZ9.L001.A", (ThreadState.OPEN,))
    assert [one.id for one in (await threads(entry, row, wanted)).rows] == [gone.id]


def test_each_place_has_its_words_and_its_way() -> None:
    old, new = load_pack("ER/2025/1"), load_pack("ER/2026/1")
    assert label_of(old, Level.DOSSIER, "") == "Dossier"
    assert label_of(old, Level.TAB, "A1") == old.tabs["A1"].title
    assert label_of(old, Level.CELL, "F01[0001].C10").startswith(old.tabs["F01"].title)
    # A code that names something else now is not taken for what it named.
    assert carried(new, Level.CELL, "R1.L660.N") == (Level.TAB, "R1")
    assert carried(new, Level.CELL, "T18.L011.N") == (Level.CELL, "T18.L011.N")
    assert carried(new, Level.TAB, "T18") == (Level.TAB, "T18")


async def test_a_page_of_threads_goes_on_where_it_stopped() -> None:
    world = await build_exchanges()
    for number in range(7):
        at = datetime(2026, 1, 1 + number // 2, tzinfo=UTC)
        await said(world, "ministere", world.dossier, "A1.L011.B" if number % 2 else "A1", opened_at=at)
    await said(world, "ministere", world.dossier, "A10.L011.B")
    entry = world["saisie"]
    row = await dossiers.read(entry, world.dossier)
    every = (await threads(entry, row, Wanted(anchor="A1"))).rows
    assert len(every) == 7
    found, after = [], None
    for number in range(4):
        page = await threads(entry, row, Wanted(anchor="A1"), 2, after)
        found += [one.id for one in page.rows]
        after = page.cursors[-1]
        assert page.has_next is (number < 3)
    assert found == [one.id for one in every]
    assert len((await threads(entry, row, Wanted(Level.TAB))).rows) == 4
    for first, cursor, code in ((0, None, "FIRST_OUT_OF_BOUNDS"), (1, "x", "CURSOR_INVALID")):
        with pytest.raises(Problem) as caught:
            await threads(entry, row, Wanted(), first, cursor)
        assert caught.value.code == code
    with pytest.raises(Refused):
        await threads(world["ancols"], await dossiers.read(world["ancols"], world.dossier))
