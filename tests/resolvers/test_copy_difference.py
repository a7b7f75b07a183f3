"""What changed since the transmission: each cell typed otherwise, by whom, when and why; by pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from authz import Right, add_rows, box_line, convention_line, read_version
from models import Dossier, Invalid, NotFound, Problem, Refused, SnapshotState
from resolvers import dossiers, snapshots
from resolvers.cells import CellWrite, write
from resolvers.copy_difference import Difference, difference
from resolvers.row_writes import RowAction, RowChange, write_rows
from resolvers.tabs import open_tabs
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")


async def _keep(world: World, state: SnapshotState) -> None:
    row = await dossiers.read(world["saisie"], world.dossier)
    await snapshots.keep(row, state, datetime.now(UTC), "0" * 64)


@pytest.fixture
async def world() -> World:
    """Transmitted with two cells and a row, then corrected by its platform: one cell, one blank, one row."""
    found = await build_world(step=1)
    await write(
        found["saisie"], found.dossier, [CellWrite("A1.L011.B", "5", None), CellWrite("A1.L012.B", "6", None)]
    )
    await write_rows(found["saisie"], found.dossier, "F01", [RowChange(RowAction.ADD, values={"C10": "1"})])
    await _keep(found, SnapshotState.TRANSMITTED)
    await Dossier.filter(id=found.dossier).update(step=4)
    done = await write(
        found["ministere"],
        found.dossier,
        [
            CellWrite("A1.L011.B", "7", "5"),
            CellWrite("A1.L012.B", None, "6"),
            CellWrite("A2.L111.B", "1", None),
        ],
    )
    assert (done.conflicts, done.refused) == ((), ())
    return found


async def _all(world: World, login: str = "ministere", **asked: Any) -> Difference:  # noqa: ANN401 - as asked
    return await difference(world[login], world.dossier, **asked)


async def test_each_cell_is_told_with_its_author_and_page_by_page(world: World) -> None:
    found = await _all(world)
    told = {cell.cell: (cell.before, cell.after, cell.author) for cell in found.cells}
    assert told == {
        "A1.L011.B": ("5", "7", "Ministere Essai"),
        "A1.L012.B": ("6", None, "Ministere Essai"),
        "A2.L111.B": (None, "1", "Ministere Essai"),
    }
    assert [(tab.code, tab.cells) for tab in found.tabs] == [("A1", 2), ("A2", 1)]
    assert (found.until, found.total, found.has_next) == (None, 3, False)
    assert all(cell.at is not None and cell.label and cell.tab_title for cell in found.cells)
    one = await _all(world, first=1)
    two = await _all(world, first=2, after=one.cursors[-1])
    assert [cell.cell for cell in (*one.cells, *two.cells)] == list(told)
    assert (one.has_next, two.has_next) == (True, False)
    assert [cell.cell for cell in (await _all(world, tab="A2")).cells] == ["A2.L111.B"]


async def test_rows_that_come_and_go_are_told_by_their_columns(world: World) -> None:
    row = await dossiers.read(world["ministere"], world.dossier)
    (kept,) = (await open_tabs(row, ["F01"]))[0].rows
    changes = [
        RowChange(RowAction.DELETE, key=kept.key, was={"C10": "1"}),
        RowChange(RowAction.ADD, values={"C10": "3"}),
    ]
    await write_rows(world["ministere"], world.dossier, "F01", changes)
    rows = {cell.cell: cell for cell in (await _all(world, tab="F01")).cells}
    assert rows[f"F01[{kept.key}].C10"].before == "1"
    assert rows[f"F01[{kept.key}].C10"].after is None
    assert sorted(str(cell.after) for cell in rows.values()) == ["3", "None"]


async def test_once_finalised_it_is_what_was_kept_then(world: World) -> None:
    await _keep(world, SnapshotState.FINALISED)
    await Dossier.filter(id=world.dossier).update(step=5)
    found = await _all(world)
    assert found.until is not None
    assert found.total == 3


async def test_a_partner_sees_it_as_far_as_he_reads_the_review(world: World) -> None:
    assert (await _all(world, "cdc")).total == 3
    with pytest.raises(NotFound) as hidden:
        await _all(world, "voisin")
    assert hidden.value.code == "NOT_FOUND"
    lines = [
        convention_line(
            actor="partner:ANCOLS", platform="MIN", organisms="all", right=Right.READ, ref="x", steps="5"
        ),
        box_line(subject="user:ancols", platform="MIN", right=Right.READ, ref="x"),
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="x")
    await world.authority.refresh()
    await Dossier.filter(id=world.dossier).update(step=5)
    with pytest.raises(Refused) as refused:
        await _all(world, "ancols")
    assert refused.value.code == "DIFFERENCE_WITHHELD"


async def test_tabs_that_are_withheld_are_no_part_of_it(world: World) -> None:
    line = convention_line(
        actor="partner:ANCOLS", platform="MIN", organisms="all", right=Right.READ, ref="x", tabs=["A2"]
    )
    await add_rows([line], base=await read_version(), author_id=None, comment="x")
    await world.authority.refresh()
    found = await _all(world, "ancols")
    assert ([tab.code for tab in found.tabs], found.total) == (["A2"], 1)
    with pytest.raises(Refused) as refused:
        await _all(world, "ancols", tab="A1")
    assert refused.value.code == "TAB_WITHHELD"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"tab": "ZZ"}, "TAB_UNKNOWN"),
        ({"first": 0}, "FIRST_OUT_OF_BOUNDS"),
        ({"after": "nonsense"}, "CURSOR_INVALID"),
    ],
)
async def test_what_cannot_be_asked_is_refused(world: World, asked: dict[str, Any], code: str) -> None:
    with pytest.raises((NotFound, Invalid)) as refused:
        await _all(world, **asked)
    assert refused.value.code == code


async def test_a_dossier_that_was_not_transmitted_has_nothing_to_compare() -> None:
    world = await build_world(step=1)
    with pytest.raises(Problem) as refused:
        await difference(world["saisie"], world.dossier)
    assert refused.value.code == "NOT_TRANSMITTED"
