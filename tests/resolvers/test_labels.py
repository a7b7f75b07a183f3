"""Labels of an organization, kept searches and lists' looks: whose they are, and what is refused."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from models import DossierLabel, Label, LabelTone, ListView, NotFound, Problem, SavedSearch
from resolvers import dossiers, labels, list_views, saved_searches
from resolvers.criteria import Criteria
from resolvers.finding_relation import found_ids
from resolvers.labels import Chosen
from resolvers.list_views import ListPlace, ListViewRow
from resolvers.saved_searches import Searched
from tests.kept import dossier_of, put_at
from tests.world import SIREN, World, build_world

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from uuid import UUID

    from authz import Viewer

RED, GREEN = LabelTone.RED, LabelTone.GREEN


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_world(step=4)


async def on(viewer: Viewer, dossier: UUID) -> list[str]:
    row = await dossiers.read(viewer, dossier)
    return [label.name for label in (await labels.of_many(viewer, [row])).get(dossier, ())]


async def refuses(code: str, *acts: Callable[[], Awaitable[Any]]) -> None:
    for act in acts:
        with pytest.raises(Problem) as refused:
            await act()
        assert refused.value.code == code


async def test_a_label_is_of_an_organization_and_no_other_knows_of_it(world: World) -> None:
    saisie, comptable, cdc = world["saisie"], world["comptable"], world["cdc"]
    late = await labels.create(saisie, "À relancer", RED, "a")
    assert late == await labels.create(saisie, "À relancer", RED, "a")
    seen = await labels.create(comptable, "Vu", GREEN, "b")
    theirs = await labels.create(cdc, "À relancer", GREEN, "c")
    assert [row.name for row in await labels.labels(comptable)] == ["À relancer", "Vu"]
    assert await labels.put(saisie, [world.dossier], Chosen([seen.id, late.id], []), "p") == 1
    assert await labels.put(cdc, [world.dossier], Chosen([theirs.id], [theirs.id]), "q") == 1
    assert await on(comptable, world.dossier) == ["À relancer", "Vu"]
    assert [await on(world[login], world.dossier) for login in ("cdc", "ministere")] == [["À relancer"], []]
    assert await found_ids(cdc, Criteria(labels=(theirs.id,))) == [world.dossier]
    assert await found_ids(cdc, Criteria(labels=(late.id,))) == []
    before = await kept()
    for stranger in (cdc, world["voisin"], world["ministere"]):
        await refuses(
            "LABEL_UNKNOWN",
            lambda stranger=stranger: labels.update(stranger, late.id, "Autre", RED, "x"),  # type: ignore[misc]  # mypy infers no lambda with a default
            lambda stranger=stranger: labels.delete(stranger, late.id, "x"),  # type: ignore[misc]  # as above
        )
    await refuses("LABEL_UNKNOWN", lambda: labels.put(cdc, [world.dossier], Chosen([], [late.id]), "x"))
    assert await kept() == before
    assert await labels.put(comptable, [world.dossier], Chosen([], [late.id]), "r") == 1
    assert await labels.put(comptable, [world.dossier], Chosen([], [late.id]), "s") == 0
    assert await labels.delete(comptable, seen.id, "d")
    assert await on(saisie, world.dossier) == []
    assert [row.name for row in await labels.labels(cdc)] == ["À relancer"]


async def kept() -> tuple[object, ...]:
    return (
        sorted(map(str, await Label.all().values_list("id", "name", "tone"))),
        sorted(map(str, await DossierLabel.all().values_list("label_id", "dossier_id"))),
    )


async def test_labels_go_on_what_one_reads_all_or_none(world: World) -> None:
    cdc = world["cdc"]
    label = await labels.create(cdc, "Prêt", RED, "a")
    hidden = await dossier_of(SIREN, 2025, "001", step=1)
    for asked in ([world.dossier, hidden], [world.dossier, uuid4()]):
        with pytest.raises(NotFound) as refused:
            await labels.put(cdc, asked, Chosen([label.id], []), "p")
        assert refused.value.code == "NOT_FOUND"
    assert await DossierLabel.all().count() == 0
    await labels.put(cdc, [world.dossier], Chosen([label.id], []), "q")
    await put_at(world.dossier, 1)
    assert await found_ids(cdc, Criteria(labels=(label.id,))) == []
    await refuses("NOT_FOUND", lambda: labels.put(cdc, [world.dossier], Chosen([], [label.id]), "r"))
    assert await DossierLabel.all().count() == 1


async def test_names_differ_by_more_than_case_and_accents_and_there_is_an_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    saisie = world["saisie"]
    late = await labels.create(saisie, "À relancer", RED, "a")
    seen = await labels.create(saisie, "Vu", GREEN, "b")
    renamed = await labels.update(saisie, late.id, "A RELANCER", GREEN, "u")
    assert (renamed.name, renamed.tone) == ("A RELANCER", GREEN)
    monkeypatch.setattr(labels, "MOST_LABELS", 2)
    before = await kept()
    await refuses(
        "LABEL_NAMED",
        lambda: labels.create(saisie, "à  relancer", RED, "c"),
        lambda: labels.update(saisie, seen.id, "à relancer", RED, "d"),
    )
    await refuses("LABELS_FULL", lambda: labels.create(saisie, "Autre", RED, "e"))
    await refuses("FIELD_REQUIRED", lambda: labels.create(saisie, " ", RED, "f"))
    await refuses("FIELD_TOO_LONG", lambda: labels.create(saisie, "x" * 41, RED, "g"))
    await refuses("DOSSIERS_COUNT", lambda: labels.put(saisie, [], Chosen([seen.id], []), "h"))
    await refuses(
        "PERSON_REQUIRED",
        lambda: labels.create(world["machine"], "Autre", RED, "i"),
        lambda: labels.put(world["machine"], [world.dossier], Chosen([], []), "j"),
        lambda: labels.delete(world["machine"], seen.id, "k"),
    )
    assert await kept() == before


async def test_two_people_who_put_and_delete_a_label_at_once_leave_nothing_behind(world: World) -> None:
    label = await labels.create(world["saisie"], "Vu", RED, "a")
    done = await asyncio.gather(
        labels.put(world["saisie"], [world.dossier], Chosen([label.id], []), "p"),
        labels.delete(world["comptable"], label.id, "d"),
        labels.put(world["hierarchie"], [world.dossier], Chosen([label.id], []), "q"),
        return_exceptions=True,
    )
    assert True in done
    assert {one.code for one in done if isinstance(one, Problem)} <= {"LABEL_UNKNOWN"}
    assert not any(isinstance(one, Exception) and not isinstance(one, Problem) for one in done)
    assert await kept() == ([], [])


CRITERIA = Searched({"forms": ["ER"], "years": [2024], "search": "habitat « %' »"}, "year", descending=True)


async def test_a_search_is_kept_under_a_name_for_oneself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    saisie, comptable = world["saisie"], world["comptable"]
    row = await saved_searches.save(saisie, " Les miens ", CRITERIA, "a", replace=False)
    assert (row.name, row.criteria, row.sort, row.descending) == (
        "Les miens",
        CRITERIA.criteria,
        "year",
        True,
    )
    assert row == await saved_searches.save(saisie, "Les miens", CRITERIA, "a", replace=False)
    other = Searched({"late": True}, "code", descending=False)
    await refuses(
        "SAVED_SEARCH_NAMED", lambda: saved_searches.save(saisie, "Les miens", other, "b", replace=False)
    )
    replaced = await saved_searches.save(saisie, "Les miens", other, "c", replace=True)
    assert (replaced.id, replaced.criteria) == (row.id, {"late": True})
    assert await saved_searches.saved_searches(comptable) == ()
    monkeypatch.setattr(saved_searches, "MOST_SAVED", 1)
    long = Searched({"search": "x" * 9_000}, "code", descending=False)
    machine = world["machine"]
    await refuses(
        "SAVED_SEARCHES_FULL", lambda: saved_searches.save(saisie, "Deux", other, "d", replace=True)
    )
    await refuses("CRITERIA_TOO_LONG", lambda: saved_searches.save(saisie, "Trop", long, "e", replace=True))
    await refuses("SAVED_SEARCH_UNKNOWN", lambda: saved_searches.delete(comptable, row.id, "f"))
    await refuses(
        "PERSON_REQUIRED",
        lambda: saved_searches.saved_searches(machine),
        lambda: saved_searches.save(machine, "Sienne", other, "g", replace=False),
        lambda: saved_searches.delete(machine, row.id, "h"),
    )
    assert await saved_searches.saved_searches(saisie) == (replaced,)
    assert await saved_searches.delete(saisie, row.id, "i")
    assert await saved_searches.delete(saisie, row.id, "i")
    assert await SavedSearch.all().count() == 0


async def test_how_one_likes_a_list_is_ones_own(world: World) -> None:
    saisie, place = world["saisie"], ListPlace.RESULTS
    assert await list_views.read(saisie, place) == ListViewRow(place)
    for columns in (["code", "step_since"], ["name", "stepSince", "labels"]):
        kept_view = await list_views.save(saisie, place, columns, paged=True)
        assert (
            await list_views.read(saisie, place)
            == kept_view
            == ListViewRow(place, tuple(columns), paged=True)
        )
    for columns in (["code", "code"], ["a'b"], [""], ["x" * 41], [f"c{number}" for number in range(41)]):
        await refuses(
            "COLUMNS_INVALID",
            lambda columns=columns: list_views.save(saisie, place, columns, paged=False),  # type: ignore[misc]  # mypy infers no lambda with a default
        )
    await refuses("PERSON_REQUIRED", lambda: list_views.read(world["machine"], place))
    await refuses("PERSON_REQUIRED", lambda: list_views.save(world["machine"], place, ["code"], paged=False))
    assert await list_views.read(world["comptable"], place) == ListViewRow(place)
    assert await list_views.read(saisie, ListPlace.WORK_LIST) == ListViewRow(ListPlace.WORK_LIST)
    assert await ListView.all().count() == 1
