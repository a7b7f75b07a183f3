"""Instances of repeated groups and hidden places, from the writing of a cell to its history."""

from __future__ import annotations

import pytest

from models import CellChange, Dossier, NotFound, Snapshot, SnapshotState, TabDocument
from resolvers import dossiers, snapshots, verification
from resolvers.cell_history import history
from resolvers.cells import CellWrite, write
from resolvers.dry_run import dry_run
from resolvers.group_writes import write_group
from resolvers.row_writes import RowAction, RowChange, write_rows
from resolvers.tabs import open_tabs
from resolvers.typed import typed_data
from resolvers.undoing import undo
from tests.household import born, build_household, put, show
from tests.world import World, build_world


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_world()


async def _kept() -> tuple[object, ...]:
    documents = await TabDocument.all().order_by("id").values("tab", "cells", "rows")
    return documents, await CellChange.all().count(), await Dossier.all().order_by("id").values("version")


async def test_children_come_are_filled_and_go_with_their_history(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    assert (await born(world, dossier, "a", "b")).keys == ("a", "b")
    await put(world, dossier, {"R1.L013.V": "100", "E1[a].L012.V": "oui", "E1[b].L012.V": "non"})
    result = await put(world, dossier, {"E1[a].L013.V": "3"})
    assert result.changed["E1[a].L014.V"] == "3"
    assert result.changed["R1.L016.V"] == "3"
    added = await write_rows(
        viewer, dossier, "V1[a]", [RowChange(RowAction.ADD, "x", values={"T": "BCG", "P": "9"})]
    )
    assert added.changed["V1[a][x].D"] == "18"
    row = await dossiers.read(viewer, dossier)
    assert [tab.code for tab in await open_tabs(row)] == ["R1", "C1", "E1[a]", "E1[b]", "V1[a]", "V1[b]"]
    failing = [one.anomaly for one in (await verification.verify(viewer, dossier)).anomalies]
    assert [(one.check, one.instance) for one in failing] == [("F-3", "a")]
    refused = await write_group(viewer, dossier, "ENFANT", [RowChange(RowAction.DELETE, "a")])
    assert {one.cell for one in refused.conflicts} >= {"E1[a].L013.V", "V1[a][x].P"}
    seen = {"E1[a].L012.V": "oui", "E1[a].L013.V": "3", "V1[a][x].T": "BCG", "V1[a][x].P": "9"}
    gone = await write_group(viewer, dossier, "ENFANT", [RowChange(RowAction.DELETE, "a", was=seen)])
    assert gone.changed["E1[a].L013.V"] is None
    assert gone.batch is not None
    with pytest.raises(NotFound) as caught:
        await open_tabs(row, ["E1[a]"])
    assert caught.value.code == "INSTANCE_UNKNOWN"
    changes = (await history(viewer, dossier, "E1[a].L013.V")).rows
    assert [(one.before, one.after) for one in changes] == [("3", None), (None, "3")]
    assert [one.after for one in (await history(viewer, dossier, "ENFANT[a]")).rows] == [None, "1"]
    back = await undo(viewer, dossier, gone.batch, "k")
    assert (back.changed["E1[a].L013.V"], back.changed["V1[a][x].D"], back.left) == ("3", "18", ())
    assert [tab.code for tab in await open_tabs(row)][2] == "E1[a]"


async def test_an_instance_that_someone_filled_is_not_undone(world: World) -> None:
    dossier = await build_household(world)
    added = await born(world, dossier, "a")
    await put(world, dossier, {"E1[a].L011.V": "Ada"})
    assert added.batch is not None
    await undo(world["saisie"], dossier, added.batch, "k")
    (tab,) = await open_tabs(await dossiers.read(world["saisie"], dossier), ["E1[a]"])
    assert tab.values["L011.V"] == "Ada"


async def test_what_may_not_stand_is_refused_and_nothing_changes(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    await born(world, dossier, "a")
    before = await _kept()
    for cell, code in {
        "E1[z].L011.V": "INSTANCE_UNKNOWN",
        "V1[z][1].T": "INSTANCE_UNKNOWN",
        "E1.L011.V": "CELL_UNKNOWN",
        "C1.L011.V": "CELL_HIDDEN",
        "E1[a].L013.V": "CELL_HIDDEN",
        "V1[a][1].T": "CELL_HIDDEN",
    }.items():
        result = await put(world, dossier, {cell: "1"})
        assert [one.code for one in result.refused] == [code]
        tried = await dry_run(viewer, dossier, [CellWrite(cell, "1", None)])
        assert [one.code for one in tried.refused] == [code]
    rows = await write_rows(viewer, dossier, "V1[a]", [RowChange(RowAction.ADD, "1")])
    assert [one.code for one in rows.refused] == ["CELL_HIDDEN"]
    for keys, code in {
        ("b", "c", "d"): "GROUP_FULL",
        ("a",): "INSTANCE_EXISTS",
        ("é",): "INSTANCE_KEY_INVALID",
    }.items():
        assert [one.code for one in (await born(world, dossier, *keys)).refused] == [code]
    for change, code in (
        (RowChange(RowAction.DELETE, "a"), "GROUP_SHORT"),
        (RowChange(RowAction.MOVE, "z"), "INSTANCE_UNKNOWN"),
    ):
        result = await write_group(viewer, dossier, "ENFANT", [change])
        assert [one.code for one in result.refused] == [code]
    with pytest.raises(NotFound) as caught:
        await write_group(viewer, dossier, "AUTRE", [])
    assert caught.value.code == "GROUP_UNKNOWN"
    assert await _kept() == before


async def test_hidden_values_are_kept_shown_to_nobody_and_come_back(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    await put(world, dossier, {"R1.L012.V": "oui", "C1.L011.V": "Max", "C1.L012.V": "10"})
    hidden = await write(viewer, dossier, [CellWrite("R1.L012.V", "non", "oui")])
    assert hidden.changed["C1.L011.V"] is None
    row = await dossiers.read(viewer, dossier)
    (tab,) = await open_tabs(row, ["C1"])
    assert (tab.hidden, tab.values) == (True, {})
    await snapshots.keep(row, SnapshotState.TRANSMITTED, row.step_since, "")
    assert (await Snapshot.get(dossier_id=dossier)).documents["C1"]["cells"] == {}
    kept = await typed_data(viewer, row)
    assert kept is not None
    assert kept.cells["C1.L011.V"] == "Max"
    await show(dossier)
    read = await dossiers.read(world["cdc"], dossier)
    open_ = await typed_data(world["cdc"], read)
    assert open_ is not None
    assert "C1.L011.V" not in open_.cells
    await Dossier.filter(id=dossier).update(step=1)
    shown = await write(viewer, dossier, [CellWrite("R1.L012.V", "oui", "non")])
    assert shown.changed["C1.L011.V"] == "Max"


async def test_each_instance_has_its_own_justification(world: World) -> None:
    dossier, viewer = await build_household(world), world["saisie"]
    await born(world, dossier, "a", "b")
    for key in "ab":
        await put(world, dossier, {f"E1[{key}].L012.V": "oui", f"E1[{key}].L013.V": "6"})
    await verification.verify(viewer, dossier)
    await verification.justify(viewer, dossier, "F-1", "Deux services.", "b")
    found = await verification.verify(viewer, dossier)
    told = {one.anomaly.instance: one.justification for one in found.anomalies if one.anomaly.check == "F-1"}
    assert told == {"a": None, "b": "Deux services."}
    with pytest.raises(NotFound) as caught:
        await verification.justify(viewer, dossier, "F-1", "x", "c")
    assert caught.value.code == "ANOMALY_UNKNOWN"
