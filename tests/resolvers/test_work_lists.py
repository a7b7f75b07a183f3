"""Work lists: whose each is, what of it is seen, and nothing of what one may not read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from models import Conflict, Invalid, NotFound, Problem, Refused, User, WorkList, WorkListItem
from resolvers import listing, work_list_items, work_list_rows, work_lists
from resolvers.criteria import Criteria
from resolvers.finding_facets import facets
from resolvers.finding_relation import found_ids
from tests.kept import agree, colleague, dossier_of, own, put_at
from tests.world import SIREN, World, build_world

if TYPE_CHECKING:
    from uuid import UUID

    from authz import Viewer

MINE, SHARED = "Contrôle 2024", "À relire ensemble"
MANY = [uuid4() for _ in range(2_001)]


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_world(step=4)


async def seen(viewer: Viewer) -> dict[str, int]:
    rows = await work_list_rows.every(viewer)
    counted = await work_list_rows.counts(viewer, [row.id for row in rows])
    return {row.name: counted.get(row.id, 0) for row in rows}


async def rows_of(viewer: Viewer, work_list: UUID) -> list[UUID]:
    """What a list shows, exports and counts of a work list: the same everywhere."""
    criteria = Criteria(work_list=work_list)
    page = await listing.search(viewer, criteria)
    found = [row.id for row in page.rows]
    told = await facets(viewer, criteria)
    assert found == await found_ids(viewer, criteria)
    assert page.total == len(found) == sum(number for _, number in told.steps)
    return found


async def test_each_person_has_a_list_without_having_asked_and_it_is_written_when_it_serves(
    world: World,
) -> None:
    cdc = world["cdc"]
    rows = await work_list_rows.every(cdc)
    assert [(row.id, row.name, row.mine, row.created_at) for row in rows] == [(own(cdc), "", True, None)]
    assert await work_list_rows.read(cdc, own(cdc)) == rows[0]
    assert await WorkList.all().count() == 0
    change = await work_list_items.add(cdc, own(cdc), [world.dossier, world.dossier], "a")
    assert (change.added, change.already, change.refused) == (1, 0, 0)
    assert await work_list_items.add(cdc, own(cdc), [world.dossier], "a2") == work_list_items.ListChange(
        change.row, already=1
    )
    kept = await work_lists.set_sort(cdc, own(cdc), "siren", "s", descending=True)
    assert (kept.sort, kept.descending, kept.created_at is None) == ("siren", True, False)
    assert await seen(cdc) == {"": 1}


async def test_a_dossier_that_may_no_longer_be_read_is_nowhere_and_cannot_be_found_out(world: World) -> None:
    cdc = world["cdc"]
    await work_list_items.add(cdc, own(cdc), [world.dossier], "a")
    await put_at(world.dossier, 1)
    assert await seen(cdc) == {"": 0}
    assert await rows_of(cdc, own(cdc)) == []
    none = uuid4()
    for asked, key in ((world.dossier, "b"), (none, "c")):
        with pytest.raises(NotFound) as refused:
            await work_list_items.add(cdc, own(cdc), [asked], key)
        assert refused.value.code == "NOT_FOUND"
        assert (await work_list_items.remove(cdc, own(cdc), [asked], f"{key}r")).removed == 0
    found = await work_list_items.add_found(cdc, own(cdc), Criteria(search=SIREN), [], "f")
    assert (found.added, found.already, found.refused) == (0, 0, 0)
    # What one does not see is not taken out either: it comes back with the right.
    assert (await work_list_items.remove(cdc, own(cdc), None, "d")).removed == 0
    await put_at(world.dossier, 4)
    assert await seen(cdc) == {"": 1}
    assert await rows_of(cdc, own(cdc)) == [world.dossier]
    assert (await work_list_items.remove(cdc, own(cdc), None, "e")).removed == 1
    assert await WorkListItem.all().count() == 0


async def test_of_a_choice_what_cannot_be_read_is_counted_and_no_more(world: World) -> None:
    cdc = world["cdc"]
    hidden = await dossier_of(SIREN, 2025, "001", step=1)
    change = await work_list_items.add(cdc, own(cdc), [world.dossier, hidden, uuid4()], "a")
    assert (change.added, change.already, change.refused) == (1, 0, 2)
    assert [item.dossier_id for item in await WorkListItem.all()] == [world.dossier]


async def test_a_shared_list_is_of_ones_organization_alone_and_each_sees_what_he_reads(world: World) -> None:
    saisie, comptable = world["saisie"], world["comptable"]
    newcomer = await colleague(world, "saisie", "nouvelle")
    mine = await work_lists.create(saisie, MINE, "m", shared=False)
    shared = await work_lists.create(saisie, SHARED, "s", shared=True)
    assert (await work_list_items.add(comptable, shared.id, [world.dossier], "a")).added == 1
    assert await seen(saisie) == {"": 0, MINE: 0, SHARED: 1}
    assert await seen(comptable) == {"": 0, SHARED: 1}
    assert await seen(newcomer) == {"": 0, SHARED: 0}
    people = ("saisie", "comptable", "voisin", "ministere", "cdc")
    shown = {login: await rows_of(world[login], shared.id) for login in people}
    assert [shown[login] for login in people] == [[world.dossier], [world.dossier], [], [], []]
    assert await rows_of(newcomer, shared.id) == []
    for stranger in ("voisin", "ministere", "cdc"):
        assert await seen(world[stranger]) == {"": 0}
    for viewer, wanted in ((world["voisin"], shared.id), (comptable, mine.id), (saisie, uuid4())):
        await cannot_touch(viewer, wanted, world.dossier)
    row = await work_lists.set_sort(comptable, shared.id, "year", "o", descending=False)
    assert (row.sort, row.mine, row.managed, row.owner) == ("year", False, False, "Saisie Essai")
    await work_lists.update(saisie, shared.id, SHARED, "u", shared=False)
    assert await seen(comptable) == {"": 0}
    assert await rows_of(comptable, shared.id) == []
    await cannot_touch(comptable, shared.id, world.dossier)
    assert await seen(saisie) == {"": 0, MINE: 0, SHARED: 1}


async def cannot_touch(viewer: Viewer, wanted: UUID, dossier: UUID) -> None:
    """Whatever he tries, the list is told like none and nothing changes."""
    before = await state()
    for act in (
        lambda: work_list_rows.read(viewer, wanted),
        lambda: work_list_items.add(viewer, wanted, [dossier], "x"),
        lambda: work_list_items.add_found(viewer, wanted, Criteria(), [], "x"),
        lambda: work_list_items.remove(viewer, wanted, None, "x"),
        lambda: work_lists.update(viewer, wanted, "Autre", "x", shared=True),
        lambda: work_lists.set_sort(viewer, wanted, "code", "x", descending=True),
        lambda: work_lists.delete(viewer, wanted, "x"),
    ):
        with pytest.raises(NotFound) as refused:
            await act()
        assert refused.value.code == "WORK_LIST_UNKNOWN"
    assert await state() == before


async def state() -> tuple[object, ...]:
    return (
        sorted(map(str, await WorkList.all().values_list("id", "name", "shared", "sort", "descending"))),
        sorted(map(str, await WorkListItem.all().values_list("work_list_id", "dossier_id"))),
    )


async def test_only_its_owner_names_and_shares_and_deletes_a_list_until_he_leaves(world: World) -> None:
    saisie, comptable = world["saisie"], world["comptable"]
    shared = await work_lists.create(saisie, SHARED, "s", shared=True)
    await work_list_items.add(saisie, shared.id, [world.dossier], "a")
    before = await state()
    for act in (
        lambda: work_lists.update(comptable, shared.id, "Autre", "x", shared=False),
        lambda: work_lists.delete(comptable, shared.id, "x"),
    ):
        with pytest.raises(Refused) as refused:
            await act()
        assert refused.value.code == "WORK_LIST_OF_ANOTHER"
        assert "Saisie Essai" in refused.value.message
    assert await state() == before
    await User.filter(id=saisie.user_id).update(closed_at=shared.created_at)
    taken = await work_lists.update(comptable, shared.id, "Reprise", "y", shared=False)
    assert (taken.mine, taken.owner, taken.shared) == (True, "Comptable Essai", False)
    assert await work_lists.delete(comptable, shared.id, "z")
    assert await state() == ([], [])


async def test_names_and_limits_are_refused_in_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    saisie = world["saisie"]
    made = await work_lists.create(saisie, f" {MINE} ", "m", shared=False)
    assert made == await work_lists.create(saisie, MINE, "m", shared=False)
    other = await work_lists.create(saisie, "Autre", "n", shared=False)
    monkeypatch.setattr(work_lists, "MOST_LISTS", 2)
    before = await state()
    for act, code in (
        (lambda: work_lists.create(saisie, MINE, "k1", shared=True), "WORK_LIST_NAMED"),
        (lambda: work_lists.update(saisie, other.id, MINE, "k2", shared=True), "WORK_LIST_NAMED"),
        (lambda: work_lists.create(saisie, "Troisième", "k3", shared=False), "WORK_LISTS_FULL"),
        (lambda: work_lists.create(saisie, "  ", "k4", shared=False), "FIELD_REQUIRED"),
        (lambda: work_lists.create(saisie, "x" * 81, "k5", shared=False), "FIELD_TOO_LONG"),
        (lambda: work_lists.create(saisie, "a\u202eb", "k6", shared=False), "FIELD_UNPRINTABLE"),
        (lambda: work_lists.update(saisie, own(saisie), "Nommée", "k7", shared=True), "WORK_LIST_DEFAULT"),
        (lambda: work_lists.delete(saisie, own(saisie), "k8"), "WORK_LIST_DEFAULT"),
        (lambda: work_lists.create(saisie, "Encore", "m", shared=False), "IDEMPOTENCY_REUSED"),
        (lambda: work_list_items.add_found(saisie, other.id, Criteria(), MANY, "kB"), "DOSSIERS_COUNT"),
        (lambda: work_list_items.remove(saisie, other.id, [], "kC"), "DOSSIERS_COUNT"),
        (lambda: work_list_items.add(saisie, other.id, [], "k9"), "DOSSIERS_COUNT"),
        (
            lambda: work_list_items.add(saisie, other.id, MANY, "kA"),
            "DOSSIERS_COUNT",
        ),
    ):
        with pytest.raises(Problem) as refused:
            await act()
        assert refused.value.code == code
    assert await state() == before


async def test_a_full_list_takes_nothing_more_and_what_is_not_seen_takes_no_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cdc = world["cdc"]
    monkeypatch.setattr(work_list_items, "MOST_ITEMS", 1)
    later = await dossier_of(SIREN, 2025, "001")
    await agree(world, later)
    assert (await work_list_items.add(cdc, own(cdc), [world.dossier], "a")).added == 1
    with pytest.raises(Conflict) as refused:
        await work_list_items.add(cdc, own(cdc), [later], "b")
    with pytest.raises(Conflict) as found:
        await work_list_items.add_found(cdc, own(cdc), Criteria(), [], "c")
    assert {refused.value.code, found.value.code} == {"WORK_LIST_FULL"}
    assert [item.dossier_id for item in await WorkListItem.all()] == [world.dossier]
    await put_at(world.dossier, 1)
    assert (await work_list_items.add(cdc, own(cdc), [later], "d")).added == 1
    assert await seen(cdc) == {"": 1}


async def test_all_that_is_found_is_added_but_what_is_left_out(world: World) -> None:
    ministere = world["ministere"]
    years = {year: await dossier_of(SIREN, year, "001") for year in (2021, 2022, 2023)}
    listed = own(ministere)
    change = await work_list_items.add_found(
        ministere, listed, Criteria(search=SIREN), [years[2022], uuid4()], "f"
    )
    assert (change.added, change.already) == (3, 0)
    assert await seen(ministere) == {"": 3}
    again = await work_list_items.add_found(ministere, listed, Criteria(years=(2022, 2023)), [], "g")
    assert (again.added, again.already) == (1, 1)


async def test_the_same_request_is_done_once(world: World) -> None:
    saisie = world["saisie"]
    first = await work_list_items.add(saisie, own(saisie), [world.dossier], "a")
    assert await work_list_items.remove(saisie, own(saisie), None, "r") == work_list_items.ListChange(
        first.row, removed=1
    )
    assert await work_list_items.add(saisie, own(saisie), [world.dossier], "a") == first
    assert await seen(saisie) == {"": 0}


async def test_two_people_who_fill_a_shared_list_at_once_both_do(world: World) -> None:
    shared = await work_lists.create(world["saisie"], SHARED, "s", shared=True)
    dossiers = [world.dossier, *[await dossier_of(SIREN, year, "001") for year in range(2010, 2020)]]
    changes = await asyncio.gather(
        *(
            work_list_items.add(world[login], shared.id, dossiers[:: 1 if turn % 2 else -1], f"{turn}")
            for turn in range(4)
            for login in ("saisie", "comptable")
        )
    )
    assert sum(change.added for change in changes) == len(dossiers)
    assert await WorkListItem.all().count() == len(dossiers)


async def test_a_system_has_no_work_list(world: World) -> None:
    machine, shared = world["machine"], await work_lists.create(world["cdc"], SHARED, "s", shared=True)
    before = await state()
    for act in (
        lambda: work_list_rows.every(machine),
        lambda: work_list_rows.read(machine, shared.id),
        lambda: work_list_items.add(machine, shared.id, [world.dossier], "a"),
        lambda: work_list_items.add_found(machine, shared.id, Criteria(), [], "f"),
        lambda: work_list_items.remove(machine, shared.id, None, "r"),
        lambda: work_lists.create(machine, "Autre", "c", shared=False),
        lambda: work_lists.update(machine, shared.id, "Autre", "u", shared=False),
        lambda: work_lists.set_sort(machine, shared.id, "code", "o", descending=True),
        lambda: work_lists.delete(machine, shared.id, "d"),
    ):
        with pytest.raises(Invalid) as refused:
            await act()
        assert refused.value.code == "PERSON_REQUIRED"
    assert await state() == before
