"""What undoing leaves alone: what was changed, deleted, removed or hidden since."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from models import Dossier
from resolvers.cells import CellWrite, write
from resolvers.documents import load_documents
from resolvers.group_writes import write_group
from resolvers.load_report import ImportOutcome
from resolvers.loaded import LoadedFile
from resolvers.loading import load
from resolvers.row_writes import RowAction, RowChange, write_rows
from resolvers.rows import WriteResult
from resolvers.undoing import undo
from tests.household import born, build_household, put
from tests.resolvers import past
from tests.world import SIREN, World, build_world

ADD, DELETE, _ = RowAction


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_world()


async def _undo(world: World, done: WriteResult, dossier: UUID | None = None) -> WriteResult:
    assert done.batch is not None
    return await undo(world["saisie"], dossier or world.dossier, done.batch, uuid4().hex)


async def _write(world: World, cell: str, value: str | None, before: str | None) -> WriteResult:
    return await write(world["saisie"], world.dossier, [CellWrite(cell, value, before)])


async def test_a_row_deleted_since_does_not_come_back(world: World) -> None:
    viewer = world["saisie"]
    await write_rows(viewer, world.dossier, "F01", [RowChange(ADD, "a", values={"C10": "5"})])
    blanked = await _write(world, "F01[a].C10", None, "5")
    gone = await write_rows(viewer, world.dossier, "F01", [RowChange(DELETE, "a")])
    before = await past.kept()
    assert (await _undo(world, blanked)).left == ("F01[a].C10",)
    assert await past.kept() == before
    await _undo(world, gone)
    assert (await _undo(world, blanked)).changed["F01[a].C10"] == "5"


async def test_a_row_added_again_since_keeps_what_it_says(world: World) -> None:
    viewer, made = world["saisie"], [RowChange(ADD, "a", values={"C10": "5"})]
    await write_rows(viewer, world.dossier, "F01", made)
    gone = await write_rows(viewer, world.dossier, "F01", [RowChange(DELETE, "a", was={"C10": "5"})])
    await write_rows(viewer, world.dossier, "F01", [RowChange(ADD, "a")])
    assert (await _undo(world, gone)).left == ("F01[a]", "F01[a].C10")
    assert (await load_documents(world.dossier))["F01"].rows[0]["values"] == {}


async def test_an_instance_removed_since_does_not_come_back(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    await born(world, dossier, "a", "b")
    await put(world, dossier, {"R1.L013.V": "100", "E1[a].L011.V": "Ada", "E1[a].L012.V": "oui"})
    added = await write_rows(viewer, dossier, "V1[a]", [RowChange(ADD, "x")])
    away = await write_rows(viewer, dossier, "V1[a]", [RowChange(DELETE, "x")])
    blanked = await write(viewer, dossier, [CellWrite("E1[a].L011.V", None, "Ada")])
    seen = {"E1[a].L012.V": "oui"}
    gone = await write_group(viewer, dossier, "ENFANT", [RowChange(DELETE, "a", was=seen)])
    assert gone.batch is not None
    before = await past.kept()
    for done, left in ((blanked, "E1[a].L011.V"), (away, "V1[a][x]"), (added, "V1[a][x]")):
        assert (await _undo(world, done, dossier)).left == (left,)
    assert await past.kept() == before
    await _undo(world, gone, dossier)
    assert (await load_documents(dossier))["E1[a]"].cells == {"L012.V": "oui"}


async def test_what_has_been_hidden_since_is_not_put_back(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    await put(world, dossier, {"R1.L012.V": "oui", "C1.L011.V": "Max"})
    renamed = await write(viewer, dossier, [CellWrite("C1.L011.V", "Leo", "Max")])
    hidden = await write(viewer, dossier, [CellWrite("R1.L012.V", "non", "oui")])
    before = await past.kept()
    result = await _undo(world, renamed, dossier)
    assert [(one.cell, one.code) for one in result.refused] == [("C1.L011.V", "CELL_HIDDEN")]
    assert (result.batch, await past.kept()) == (None, before)
    await _undo(world, hidden, dossier)
    assert (await _undo(world, renamed, dossier)).changed == {"C1.L011.V": "Max"}


async def test_what_opened_with_the_batch_closes_with_it(world: World) -> None:
    dossier = await build_household(world)
    opened = await put(world, dossier, {"R1.L012.V": "oui", "C1.L011.V": "Max"})
    await _undo(world, opened, dossier)
    assert {tab: one.cells for tab, one in (await load_documents(dossier)).items() if one.cells} == {}


async def test_a_file_of_more_instances_than_the_form_takes_is_refused(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    row = await Dossier.get(id=dossier)
    file = LoadedFile(row.form, 2024, SIREN, row.pack, (), (), instances=("E1[a]", "V1[a]", "E1[b]", "E1[c]"))
    assert (await load(viewer, dossier, file)).applied
    kept = await past.kept()
    for count in (4, 20_000):
        crowd = replace(file, instances=tuple(f"E1[{number}]" for number in range(count)))
        report = await load(viewer, dossier, crowd)
        assert [(one.cell, one.code, one.outcome) for one in report.lines] == [
            ("ENFANT", "GROUP_FULL", ImportOutcome.REFUSED)
        ]
        assert not report.applied
    assert await past.kept() == kept
