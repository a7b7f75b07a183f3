"""Rows of dynamic tabs under their lasting keys: added, deleted, moved, with their history."""

from __future__ import annotations

import time

import pytest

from models import CellChange, Invalid, NotFound, Refused
from resolvers.cells import CellWrite, write
from resolvers.documents import Document, load_documents
from resolvers.row_writes import RowAction, RowChange, _Writer, write_rows
from resolvers.rows import WriteResult
from resolvers.undoing import undo
from resolvers.workspace import open_workspace
from tests.resolvers import past
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

ADD, DELETE, MOVE = RowAction


async def rows_of(world: World) -> list[tuple[str, dict[str, str]]]:
    document = (await load_documents(world.dossier)).get("F01")
    return [] if document is None else [(row["key"], row["values"]) for row in document.rows]


async def change(world: World, *changes: RowChange, login: str = "saisie", tab: str = "F01") -> WriteResult:
    return await write_rows(world[login], world.dossier, tab, changes)


async def three(world: World) -> None:
    await change(
        world,
        RowChange(ADD, "a", values={"C10": "1"}),
        RowChange(ADD, "b", values={"C10": "2", "C11": "3"}),
        RowChange(ADD, "c", before="a"),
    )


async def test_rows_come_go_and_move_and_each_step_is_undone() -> None:
    world = await build_world()
    made = await change(world, RowChange(ADD), RowChange(ADD, "a", values={"C10": "1 000"}))
    assert (len(made.keys), made.keys[1], made.changed["F01[a].C13"]) == (2, "a", "1000")
    await three_more(world)
    assert [key for key, _ in await rows_of(world)] == ["c", made.keys[0], "a", "b"]
    moved = await change(world, RowChange(MOVE, "b", before="c"), RowChange(MOVE, "c"))
    assert [key for key, _ in await rows_of(world)] == ["b", made.keys[0], "a", "c"]
    gone = await change(world, RowChange(DELETE, "b", was={"C10": "2", "C11": "3"}), RowChange(DELETE, "c"))
    told = await CellChange.filter(batch=gone.batch).order_by("cell").values_list("cell", "before", "after")
    assert told == [
        ("F01[b]", "1", None),
        ("F01[b].C10", "2", None),
        ("F01[b].C11", "3", None),
        ("F01[c]", "4", None),
    ]
    for step in (gone, moved):
        assert step.batch is not None
        await undo(world["saisie"], world.dossier, step.batch, str(step.batch))
    found = await rows_of(world)
    assert [key for key, _ in found] == ["c", made.keys[0], "a", "b"]
    assert dict(found)["b"] == {"C10": "2", "C11": "3"}


async def test_rows_added_moved_and_deleted_at_once_are_as_if_one_by_one() -> None:
    world = await build_world()
    await three(world)
    added = RowChange(ADD, "d", before="a", values={"C10": "4", "C11": ""})
    gone = RowChange(DELETE, "a", was={"C10": "1"})
    made = await change(world, added, RowChange(MOVE, "b", before="c"), gone, RowChange(ADD, "a"))
    assert await rows_of(world) == [
        ("b", {"C10": "2", "C11": "3"}),
        ("c", {}),
        ("d", {"C10": "4"}),
        ("a", {}),
    ]
    told = await CellChange.filter(batch=made.batch).values_list("cell", "before", "after")
    assert sorted(told) == [
        ("F01[a].C10", "1", None),
        ("F01[b]", "4", "1"),
        ("F01[d]", None, "3"),
        ("F01[d].C10", None, "4"),
    ]


async def test_rows_added_at_the_head_of_thousands_take_a_moment() -> None:
    world = await build_world()
    rows = [{"key": f"k{number}", "values": {"C10": "1"}, "computed": {}} for number in range(20_000)]
    workspace = await open_workspace(world["saisie"], world.dossier)
    workspace.documents["F01"] = Document(rows=rows)
    writer = _Writer(workspace, "F01")
    started = time.process_time()
    for number in range(2_000):
        await writer.make(RowChange(ADD, f"n{number}", before="k0", values={"C10": "1"}))
        await writer.make(RowChange(MOVE, f"k{19_999 - number}", before="k0"))
    writer.lay()
    assert time.process_time() - started < 10
    order = [row["key"] for row in workspace.documents["F01"].rows]
    assert (order[:3], order[-1], len(order)) == (["n0", "k19999", "n1"], "k17999", 22_000)


async def three_more(world: World) -> None:
    await change(
        world,
        RowChange(ADD, "b", values={"C10": "2", "C11": "3"}),
        RowChange(ADD, "c", before=(await rows_of(world))[0][0]),
    )


async def test_a_row_is_not_deleted_over_a_value_that_was_not_seen() -> None:
    world = await build_world()
    await three(world)
    await write(world["comptable"], world.dossier, [CellWrite("F01[b].C11", "4", "3")])
    before = await past.kept()
    result = await change(world, RowChange(ADD, "d"), RowChange(DELETE, "b", was={"C10": "2", "C11": "3"}))
    (conflict,) = result.conflicts
    assert (conflict.cell, conflict.theirs, conflict.author) == ("F01[b].C11", "4", "Comptable Essai")
    assert await past.kept() == before


async def test_what_two_people_both_delete_is_gone_once() -> None:
    world = await build_world()
    await three(world)
    await change(world, RowChange(DELETE, "c"))
    assert (await change(world, RowChange(DELETE, "c"))).conflicts == ()
    assert [key for key, _ in await rows_of(world)] == ["a", "b"]


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (RowChange(ADD, "a"), "ROW_EXISTS"),
        (RowChange(ADD, "pas une clé"), "ROW_KEY_INVALID"),
        (RowChange(ADD, "d", before="z"), "ROW_UNKNOWN"),
        (RowChange(MOVE, "z"), "ROW_UNKNOWN"),
        (RowChange(ADD, "d", values={"C10": "beaucoup"}), "CELL_NOT_NUMBER"),
        (RowChange(ADD, "d", values={"C13": "1"}), "CELL_COMPUTED"),
        (RowChange(ADD, "d", values={"": "1"}), "CELL_UNKNOWN"),
    ],
)
async def test_one_row_that_cannot_be_refuses_all(one: RowChange, code: str) -> None:
    world = await build_world()
    await three(world)
    before = await past.kept()
    result = await change(world, RowChange(ADD, "good"), one)
    assert [refusal.code for refusal in result.refused] == [code]
    assert await past.kept() == before


@pytest.mark.parametrize(
    ("tab", "count", "code"),
    [("A1", 1, "TAB_NOT_DYNAMIC"), ("ZZ", 1, "TAB_UNKNOWN"), ("F01", 2001, "TOO_MANY_WRITES")],
)
async def test_what_has_no_such_rows_is_told(tab: str, count: int, code: str) -> None:
    world = await build_world()
    with pytest.raises((Invalid, NotFound)) as refusal:
        await change(world, *[RowChange(ADD)] * count, tab=tab)
    assert refusal.value.code == code
    assert await CellChange.all().count() == 0


@pytest.mark.parametrize("login", ["hierarchie", "ministere", "cdc", "ancols", "voisin", "machine"])
async def test_who_may_not_write_changes_no_row(login: str) -> None:
    world = await build_world()
    await three(world)
    before = await past.kept()
    with pytest.raises((NotFound, Refused)):
        await change(world, RowChange(DELETE, "c"), login=login)
    assert await past.kept() == before
