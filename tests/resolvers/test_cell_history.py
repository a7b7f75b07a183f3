"""The history of a cell, by pages, and no further back than its reader may read the dossier."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from authz import Right, add_rows, convention_line, read_version
from models import CellChange, ChangeOrigin, Consent, Crossing, Dossier, Invalid, NotFound
from resolvers.cell_history import history
from resolvers.cells import CellWrite, write
from resolvers.dry_run import dry_run
from resolvers.explaining import explanation
from resolvers.row_writes import RowAction, RowChange, write_rows
from resolvers.rows import AnomalyRow, ClosedPast
from tests.resolvers import past
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

CELL = "A1.L011.B"


async def cross(world: World, source: int, target: int) -> None:
    dossier = await Dossier.get(id=world.dossier)
    now, passage = datetime.now(UTC), 100 + await Crossing.all().count()
    await Crossing.create(dossier=dossier, passage=passage, move="x", source=source, target=target, at=now)
    await Dossier.filter(id=world.dossier).update(step=target)


async def after(world: World, login: str) -> list[str | None]:
    return [row.after for row in (await history(world[login], world.dossier, CELL)).rows]


async def test_who_when_from_to_and_whence_by_pages() -> None:
    world = await build_world()
    for old, new in ((None, "1"), ("1", "2"), ("2", "3")):
        await write(world["saisie"], world.dossier, [CellWrite(CELL, new, old, origin=ChangeOrigin.PASTED)])
    first = await history(world["saisie"], world.dossier, CELL, 2)
    assert [(row.before, row.after, row.origin.value, row.author) for row in first.rows] == [
        ("2", "3", "pasted", "Saisie Essai"),
        ("1", "2", "pasted", "Saisie Essai"),
    ]
    assert (first.has_next, first.unit) == (True, "eur")
    rest = await history(world["saisie"], world.dossier, CELL, 2, first.cursors[-1])
    assert ([row.after for row in rest.rows], rest.has_next) == (["1"], False)
    await write_rows(world["saisie"], world.dossier, "F01", [RowChange(RowAction.ADD, "a")])
    assert [row.after for row in (await history(world["saisie"], world.dossier, "F01[a]")).rows] == ["1"]


async def test_a_partner_sees_what_changed_since_the_dossier_opened_to_it() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite(CELL, "brouillon", None)])
    await write(world["saisie"], world.dossier, [CellWrite(CELL, "1", None)])
    await cross(world, 3, 4)
    assert await after(world, "cdc") == []
    await write(world["ministere"], world.dossier, [CellWrite(CELL, "2", "1")])
    assert await after(world, "cdc") == ["2"] == await after(world, "machine")
    assert await after(world, "saisie") == ["2", "1"] == await after(world, "ministere")
    # ANCOLS reads from step 5: a correction made at step 4, the dossier being reopened, is not for it.
    line = convention_line(
        actor="partner:ANCOLS",
        platform="MIN",
        form="ER",
        organisms="all",
        right=Right.READ,
        steps="56",
        ref="x",
    )
    await add_rows([line], base=await read_version(), author_id=None, comment="x")
    await world.authority.refresh()
    await cross(world, 4, 5)
    await cross(world, 5, 4)
    await write(world["ministere"], world.dossier, [CellWrite(CELL, "3", "2")])
    await cross(world, 4, 5)
    assert await after(world, "ancols") == []
    assert await after(world, "cdc") == ["3", "2"]


@pytest.mark.parametrize("login", ["cdc", "ancols", "voisin", "machine"])
async def test_a_stranger_reads_no_history(login: str) -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite(CELL, "1", None)])
    with pytest.raises(NotFound):
        await history(world[login], world.dossier, CELL)


@pytest.mark.parametrize(
    ("cell", "first", "cursor", "code"),
    [
        ("A1.L999.B", 5, None, "CELL_UNKNOWN"),
        ("F01[a].C99", 5, None, "CELL_UNKNOWN"),
        ("A1[a].B", 5, None, "CELL_UNKNOWN"),
        (CELL, 0, None, "FIRST_OUT_OF_BOUNDS"),
        (CELL, 5, "MA==", "CURSOR_INVALID"),
        (CELL, 5, "é", "CURSOR_INVALID"),
    ],
)
async def test_what_names_no_cell_or_no_page_is_told(
    cell: str, first: int, cursor: str | None, code: str
) -> None:
    world = await build_world()
    with pytest.raises((NotFound, Invalid)) as refusal:
        await history(world["saisie"], world.dossier, cell, first, cursor)
    assert refusal.value.code == code


async def test_a_trial_tells_values_and_anomalies_and_leaves_nothing() -> None:
    world = await build_world()
    await write(world["saisie"], world.dossier, [CellWrite(CELL, "5", None)])
    before = await past.kept()
    tried = await dry_run(world["saisie"], world.dossier, [CellWrite(CELL, "7", None)])
    assert (tried.changed["A1.L019.B"], [one.theirs for one in tried.conflicts]) == ("7", ["5"])
    assert {row.anomaly.check for row in tried.anomalies}
    wrong = await dry_run(world["saisie"], world.dossier, [CellWrite(CELL, "sept", "5")])
    assert [one.code for one in wrong.refused] == ["CELL_NOT_NUMBER"]
    assert (wrong.changed, wrong.anomalies) == ({}, ())
    assert await past.kept() == before


async def test_an_explanation_names_cells_and_last_year_only_to_who_may_read_it() -> None:
    world = await build_world()
    tried = await dry_run(world["saisie"], world.dossier, [CellWrite(CELL, "1234,5", None)])
    row = next(row for row in tried.anomalies if any(cell.startswith("A2.") for cell, _ in row.anomaly.cells))
    told = explanation(row, ClosedPast())
    assert "1\u202f234,50\u00a0€" in told
    assert all(cell in told for cell, _ in row.anomaly.cells)
    anomaly = type(row.anomaly)(
        **{name: getattr(row.anomaly, name) for name in row.anomaly.__slots__ if name != "previous"},
        previous=(("A1.L011.N", "77"),),
    )
    past_row = AnomalyRow(anomaly, None, row.dossier)
    assert "77,00" in explanation(past_row, ClosedPast())
    assert "77" not in explanation(past_row, ClosedPast(whole=True))
    assert await CellChange.all().count() == 0
    assert await Consent.all().count() == 1
