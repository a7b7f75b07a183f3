"""Writing cells: all or nothing, and never over a value that was not seen."""

from __future__ import annotations

import asyncio

import pytest

from models import CellChange, NotFound, Refused, TabDocument
from resolvers import dossiers, tabs
from resolvers.cells import CellWrite, write
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")


async def _values(world: World, tab: str = "A1") -> dict[str, str]:
    dossier = await dossiers.read(world["saisie"], world.dossier)
    return dict((await tabs.open_tabs(dossier, [tab]))[0].values)


async def test_a_write_recomputes_and_says_what_changed() -> None:
    world = await build_world()
    result = await write(
        world["saisie"],
        world.dossier,
        [CellWrite("A1.L011.B", "1 234,56", None), CellWrite("A1.L012.B", "100", None)],
    )
    assert (result.written, result.version) == (2, 1)
    assert result.changed["A1.L019.B"] == "1334.56"
    assert result.changed["A2.L199.B"] == "1334.56"
    assert await _values(world) == {
        cell.removeprefix("A1."): value for cell, value in result.changed.items() if cell.startswith("A1.")
    }


async def test_every_changed_cell_keeps_its_history() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "6", "5")])
    kept = await CellChange.all().order_by("id").values_list("cell", "before", "after", "origin")
    assert kept == [("A1.L011.B", None, "5", "typed"), ("A1.L011.B", "5", "6", "typed")]


async def test_a_value_changed_meanwhile_is_a_conflict_that_shows_both_and_writes_nothing() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    result = await write(
        world["saisie"],
        world.dossier,
        [CellWrite("A1.L011.B", "7", None), CellWrite("A1.L012.B", "1", None)],
    )
    (conflict,) = result.conflicts
    assert (conflict.yours, conflict.theirs, conflict.author) == ("7", "5", "Saisie Essai")
    assert result.written == 0
    assert (await _values(world))["L011.B"] == "5"
    assert "L012.B" not in await _values(world)


async def test_two_people_who_write_the_same_value_do_not_conflict() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5", None)])
    result = await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "5,00", None)])
    assert (result.written, result.conflicts) == (0, ())


async def test_two_people_in_one_tab_at_once_lose_nothing() -> None:
    world = await build_world()
    cells = ["A1.L011.B", "A1.L012.B", "A1.L013.B", "A1.L021.B"]
    results = await asyncio.gather(
        *(write(world["saisie"], world.dossier, [CellWrite(cell, "1", None)]) for cell in cells)
    )
    assert [result.written for result in results] == [1, 1, 1, 1]
    assert {cell: (await _values(world))[cell.removeprefix("A1.")] for cell in cells} == dict.fromkeys(
        cells, "1"
    )


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("A1.L011.B", "douze", "CELL_NOT_NUMBER"),
        ("A1.L011.B", "99999999999999", "CELL_OUT_OF_RANGE"),
        ("A1.L999.B", "1", "CELL_UNKNOWN"),
        ("pas une cellule", "1", "CELL_UNKNOWN"),
        ("A1.L011.N", "1", "CELL_COMPUTED"),
        ("A1.L011.P", "1", "REASON_MISSING"),
        ("G01.L024.V", "Personne", "CELL_NOT_APPLICABLE"),
        ("F01[0001].C99", "1", "CELL_UNKNOWN"),
        ("F01[0001].C13", "1", "CELL_COMPUTED"),
    ],
)
async def test_a_value_that_cannot_stand_is_refused_and_nothing_is_written(
    cell: str, value: str, code: str
) -> None:
    world = await build_world()
    result = await write(
        world["saisie"], world.dossier, [CellWrite("A1.L012.B", "1", None), CellWrite(cell, value, None)]
    )
    assert [refusal.code for refusal in result.refused] == [code]
    assert result.refused[0].message.endswith(".")
    assert await TabDocument.all().count() == 0
    assert await CellChange.all().count() == 0


async def test_a_forced_cell_keeps_both_values_and_its_reason_until_it_is_automatic_again() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite("T04.L011.A", "12", None, "Comptes corrigés")])
    dossier = await dossiers.read(world["saisie"], world.dossier)
    (tab,) = await tabs.open_tabs(dossier, ["T04"])
    forced = tab.forced["L011.A"]
    assert (forced.value, forced.automatic, forced.reason) == ("12", None, "Comptes corrigés")
    assert tab.values["L011.H"] == "12"
    await write(world["saisie"], world.dossier, [CellWrite("T04.L011.A", None, "12")])
    assert {"L011.A", "L011.H"} & set(await _values(world, "T04")) == set()


async def test_a_dynamic_row_is_written_by_its_key_and_computed() -> None:
    world = await build_world()
    result = await write(
        world["saisie"],
        world.dossier,
        [CellWrite("F01[0001].C10", "100", None), CellWrite("F01[0001].C11", "50", None)],
    )
    assert result.changed["F01[0001].C13"] == "150"
    dossier = await dossiers.read(world["saisie"], world.dossier)
    (row,) = (await tabs.open_tabs(dossier, ["F01"]))[0].rows
    assert row.key == "0001"
    assert row.values["C13"] == "150"


@pytest.mark.parametrize(
    ("login", "step"),
    [
        *((login, 1) for login in ("hierarchie", "ministere", "cdc", "machine", "ancols", "voisin")),
        *((login, 4) for login in ("hierarchie", "cdc", "machine", "ancols", "voisin")),
    ],
)
async def test_who_may_not_write_changes_nothing(login: str, step: int) -> None:
    world = await build_world(step=step)
    with pytest.raises((NotFound, Refused)):
        await write(world[login], world.dossier, [CellWrite("A1.L011.B", "1", None)])
    assert await TabDocument.all().count() == 0
    assert await CellChange.all().count() == 0


async def test_in_step_four_the_platform_corrects_a_cell_under_its_name() -> None:
    world = await build_world(step=4)
    await write(world["ministere"], world.dossier, [CellWrite("A1.L011.B", "1", None)])
    change = await CellChange.get().select_related("author")
    assert (change.cell, change.after, change.author and change.author.login) == (
        "A1.L011.B",
        "1",
        "ministere",
    )


@pytest.mark.parametrize("step", [0, 3, 4, 5, 6])
async def test_entry_writes_only_in_steps_one_and_two(step: int) -> None:
    world = await build_world(step=step)
    with pytest.raises(Refused) as refusal:
        await write(world["saisie"], world.dossier, [CellWrite("A1.L011.B", "1", None)])
    assert refusal.value.code == ("HAND_ELSEWHERE" if step == 4 else "REFUSED")
    assert step == 4 or refusal.value.details["layer"] in {"convention", "boxes", "ceiling"}
    assert await TabDocument.all().count() == 0
