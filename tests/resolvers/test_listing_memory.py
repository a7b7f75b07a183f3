"""What a process remembers of all dossiers: lists counted from it are the database's own, whatever moved."""

from __future__ import annotations

import importlib
import time
from contextlib import asynccontextmanager
from itertools import cycle
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
import pytest
from tortoise.migrations.operations import RunSQL

from authz import bump
from forms import Step
from models import Campaign, Dossier, Platform, PlatformKind, Problem, execute, fetch, snapshot, transaction
from resolvers import listing
from resolvers.criteria import Criteria
from resolvers.listing_memory import Memory, caught_up, memory_of
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from uuid import UUID

    from models import Fetch

pytestmark = pytest.mark.usefixtures("database")

NOW = {"organisms": 1, "campaigns": 1, "moved": None, "gone_back": False}


async def _neighbours(world: World, count: int) -> list[Dossier]:
    """As many dossiers of the same organism, in campaigns of the years before."""
    model = await Dossier.get(id=world.dossier).select_related("organism")
    made = []
    for year in range(2024 - count, 2024):
        campaign = await Campaign.create(
            platform_id="MIN", form="ER", year=year, pack=model.pack, opens_on="2001-01-01"
        )
        made.append(model.clone(pk=uuid4()))
        made[-1].update_from_dict({"campaign": campaign, "year": year})
        await made[-1].save()
    return made


def _while_asked(monkeypatch: pytest.MonkeyPatch, moves: list[Callable[[], Awaitable[object]]]) -> None:
    """Each move happens between the reckoning of a page and its reading."""

    async def moved(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        if moves:
            await moves.pop(0)()
        return await fetch(query, values)

    monkeypatch.setattr(listing, "fetch", moved)


async def test_what_moves_while_one_asks_is_in_the_total_and_in_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = await build_world(step=1)
    first, *_, last = await _neighbours(world, 4)
    reader = world["saisie"]
    await listing.search(reader, Criteria())
    only = Criteria(steps=(Step.ENTRY,))
    assert (await listing.search(reader, only, 2)).total == 5
    # Behind the page: counted at once. Within it: the page is another, and is read again.
    moves = [last, first]
    _while_asked(monkeypatch, [lambda: Dossier.filter(id=last.id).update(step=2)])
    page = await listing.search(reader, only, 2)
    assert (page.total, page.rows[0].id) == (4, first.id)
    _while_asked(monkeypatch, [lambda: Dossier.filter(id=first.id).update(step=2)])
    page = await listing.search(reader, only, 2)
    assert page.total == 3
    assert not {row.id for row in page.rows} & {dossier.id for dossier in moves}


@asynccontextmanager
async def _moving(move: Callable[[], Awaitable[object]], asked: list[str]) -> AsyncIterator[Fetch]:
    """A snapshot with a move just before it, and one before each question, committed elsewhere."""
    await move()
    async with snapshot() as read:
        # The first question begins it.
        await read("SELECT 1")

        async def moved(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
            asked.append(query)
            await move()
            return await read(query, values)

        yield moved


@pytest.mark.parametrize("inside", [False, True], ids=["alone", "in a transaction"])
async def test_a_page_that_never_stands_still_is_answered(
    monkeypatch: pytest.MonkeyPatch, database: str, *, inside: bool
) -> None:
    world = await build_world(step=1)
    dossiers = await _neighbours(world, 4)
    reader, only = world["saisie"], Criteria(steps=(Step.ENTRY,))
    await listing.search(reader, only)
    turns, asked = cycle(dossiers), list[str]()
    truth: list[set[UUID]] = []

    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as elsewhere:

        async def move() -> None:
            """The next of them leaves, and the one before is back: the first page is never the same twice."""
            gone = next(turns)
            await elsewhere.execute(
                "UPDATE dossier SET step = CASE WHEN id = %s THEN 2 ELSE 1 END WHERE organism_id = %s",
                [gone.id, gone.organism_id],
            )
            truth.append({world.dossier, *(one.id for one in dossiers)} - {gone.id})

        _while_asked(monkeypatch, [move] * 9)
        monkeypatch.setattr(listing, "snapshot", lambda: _moving(move, asked))
        if inside:
            async with transaction():
                await Dossier.all().count()
                page = await listing.search(reader, only, 200)
        else:
            page = await listing.search(reader, only, 200)
    # Two looks that each found another page, then a snapshot: what was true when it began, and only that.
    assert len(asked) == 2
    began = truth[2]
    assert ({row.id for row in page.rows}, page.total) == (began, len(began))
    assert {int(row.step) for row in page.rows} == {1}
    assert len(truth) == 5
    assert began not in truth[3:]


async def test_of_one_snapshot_too_a_replaced_policy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    world = await build_world(step=1)
    first, *_ = await _neighbours(world, 4)
    reader, only = world["saisie"], Criteria(steps=(Step.ENTRY,))
    before = await listing.search(reader, only)
    steps = iter((2, 1))

    async def replaced() -> None:
        async with transaction():
            await bump(None, "Rien")

    @asynccontextmanager
    async def late() -> AsyncIterator[Fetch]:
        await replaced()
        async with snapshot() as read:
            yield read

    moves = [lambda: Dossier.filter(id=first.id).update(step=next(steps))] * 2
    # Replaced once: heard of, and the page that moved twice is of one snapshot of the newer policy's.
    _while_asked(monkeypatch, [*moves])
    turns = iter((late(), snapshot()))
    monkeypatch.setattr(listing, "snapshot", lambda: next(turns))
    assert (await listing.search(reader, only)).rows == before.rows
    assert next(turns, None) is None
    # Replaced each time: refused, and nothing else ever is.
    steps = iter((2, 1))
    _while_asked(monkeypatch, [*moves])
    monkeypatch.setattr(listing, "snapshot", late)
    with pytest.raises(Problem) as refusal:
        await listing.search(reader, only)
    assert refusal.value.code == "AUTHORITY_UNAVAILABLE"


async def test_a_campaign_that_is_named_before_its_dossiers_are_counted_is_no_fault() -> None:
    world = await build_world()
    reader = world["ministere"]
    await listing.search(reader, Criteria())
    before = memory_of(reader.authority)
    await _neighbours(world, 2)
    # As if the names were read a moment after the statement that still knew of no dossier there.
    named = await caught_up(reader.authority, before, {**NOW, "campaigns": 3}, fetch)
    assert len(named.places.campaigns) == 3
    assert memory_of(reader.authority) is named
    assert (await listing.search(reader, Criteria())).total == 3
    latest = memory_of(reader.authority)
    await caught_up(reader.authority, Memory(), {**NOW, "moved": [[1, 0, "01", 1]]}, fetch)
    assert memory_of(reader.authority) is latest


async def test_a_move_taken_back_and_a_summary_made_again_leave_every_memory_right() -> None:
    world = await build_world()
    dossiers = await _neighbours(world, 1)
    reader = world["ministere"]
    assert (await listing.search(reader, Criteria())).total == 2
    with pytest.raises(ZeroDivisionError):
        await _draw_and_fail(world)
    assert (await listing.search(reader, Criteria(steps=(Step.ENTRY,)))).total == 2
    await execute("ALTER TABLE dossier DISABLE TRIGGER USER")
    await dossiers[0].delete()
    await execute("ALTER TABLE dossier ENABLE TRIGGER USER")
    await execute("SELECT dossier_tally_rebuild()")
    assert (await listing.search(reader, Criteria())).total == 1


async def _draw_and_fail(world: World) -> None:
    """A number is drawn of the summary's clock, and nothing moves."""
    async with transaction():
        await Dossier.filter(id=world.dossier).update(step=2)
        await execute("SET CONSTRAINTS ALL IMMEDIATE")
        raise ZeroDivisionError


async def test_the_clock_of_the_summary_can_be_taken_away_and_set_again() -> None:
    world = await build_world()
    await Platform.create(code="EPL", name="Fédération", kind=PlatformKind.FEDERATION)
    neighbour, _ = await _neighbours(world, 2)
    reader, only = world["ministere"], Criteria(steps=(Step.REVIEW,))
    await Dossier.all().update(step=4)
    # A process that has seen many moves, and one that lives on while the clock is made again.
    assert (await listing.search(reader, only)).total == 3
    (change,) = importlib.import_module("models.migrations.0010_list_moments").Migration.operations
    assert isinstance(change, RunSQL)
    for sql in (change.reverse_sql, change.sql):
        await execute(str(sql))
        await Dossier.filter(id=world.dossier).update(step=4)
        await execute("SELECT dossier_tally_rebuild()")
        await Dossier.filter(id=world.dossier).update(step=5)
        assert await fetch("SELECT * FROM dossier_tally_faults()") == []
    await Dossier.filter(id=neighbour.id).update(step=5)
    page = await listing.search(reader, only)
    assert (page.total, len(page.rows)) == (1, 1)
    clock = (
        await fetch(
            "SELECT last_value, (SELECT min(moved) FROM dossier_tally) AS first FROM dossier_tally_clock"
        )
    )[0]
    day = 86_400_000
    assert time.time() * 1000 - day < clock["first"] <= clock["last_value"] < time.time() * 1000 + day


async def test_a_clock_that_has_gone_back_leaves_nothing_of_what_was_remembered() -> None:
    world = await build_world()
    dossiers = await _neighbours(world, 3)
    reader = world["ministere"]
    assert (await listing.search(reader, Criteria())).total == 4
    former = memory_of(reader.authority)
    # As in an older backup: fewer moves, and the same numbers for other names.
    await execute("DELETE FROM dossier WHERE id = %s", [dossiers[0].id])
    await execute("TRUNCATE dossier_tally, listed_organism, listed_campaign")
    await execute("SELECT setval('dossier_tally_clock', 1)")
    await execute("SELECT dossier_tally_rebuild()")
    page = await listing.search(reader, Criteria())
    assert page.total == len(page.rows) == 3
    latest = memory_of(reader.authority)
    assert latest.age < former.age
    assert latest.places.last == (1, 3)


async def test_a_process_that_has_warmed_itself_asks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    world = await build_world()
    reader = world["ministere"]
    await listing.warm(reader.authority)
    asked: list[str] = []

    async def counted(query: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        asked.append(query)
        return await fetch(query, values)

    monkeypatch.setattr(listing, "fetch", counted)
    assert (await listing.search(reader, Criteria())).total == 1
    assert len(asked) == 1
