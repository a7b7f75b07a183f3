"""What a process remembers of all dossiers: lists counted from it are the database's own, whatever moved."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from tortoise.migrations.operations import RunSQL

from forms import Step
from models import Campaign, Dossier, Platform, PlatformKind, Problem, execute, fetch, transaction
from resolvers import listing
from resolvers.listing import Criteria
from resolvers.listing_memory import Memory, caught_up, memory_of
from tests.world import World, build_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

pytestmark = pytest.mark.usefixtures("database")


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
    # A page that never stands still is refused: it is never told as of two moments.
    steps = iter((1, 2, 1))
    _while_asked(monkeypatch, [lambda: Dossier.filter(id=first.id).update(step=next(steps))] * 3)
    with pytest.raises(Problem) as refusal:
        await listing.search(reader, only, 2)
    assert refusal.value.code == "AUTHORITY_UNAVAILABLE"
    assert (await listing.search(reader, only, 2)).total == 4


async def test_a_campaign_that_is_named_before_its_dossiers_are_counted_is_no_fault() -> None:
    world = await build_world()
    reader = world["ministere"]
    await listing.search(reader, Criteria())
    before = memory_of(reader.authority)
    await _neighbours(world, 2)
    # As if the names were read a moment after the statement that still knew of no dossier there.
    named = await caught_up(reader.authority, before, {"organisms": 1, "campaigns": 3, "moved": None})
    assert len(named.places.campaigns) == 3
    assert memory_of(reader.authority) is named
    assert (await listing.search(reader, Criteria())).total == 3
    latest = memory_of(reader.authority)
    await caught_up(reader.authority, Memory(), {"organisms": 1, "campaigns": 1, "moved": [[1, 0, "01", 1]]})
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
    (change,) = importlib.import_module("models.migrations.0010_list_moments").Migration.operations
    assert isinstance(change, RunSQL)
    for sql in (change.reverse_sql, change.sql):
        await execute(str(sql))
        await Dossier.filter(id=world.dossier).update(step=4)
        await execute("SELECT dossier_tally_rebuild()")
        await Dossier.filter(id=world.dossier).update(step=5)
        assert await fetch("SELECT * FROM dossier_tally_faults()") == []
    assert (await listing.search(world["ministere"], Criteria())).total == 1
