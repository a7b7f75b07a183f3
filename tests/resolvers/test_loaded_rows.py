"""The rows of dynamic tabs in a loaded file: one that cannot stand, and nothing of the file is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models import CellChange, Dossier, TabDocument
from resolvers import dossiers, tabs
from resolvers.load_report import ImportOutcome
from resolvers.loaded import LoadedFile, LoadedRow
from resolvers.loading import load
from tests.cases import loaded_file, read_case
from tests.world import World, build_world

pytestmark = pytest.mark.usefixtures("database")

GOOD = LoadedRow(6, "F01", "0001", {"C01": "0001", "C10": "5"})


def with_rows(*rows: LoadedRow) -> LoadedFile:
    """A file of one good row and of these."""
    return replace(loaded_file(read_case("er-2024-plain")), rows=(GOOD, *rows))


async def kept(world: World) -> tuple[int, int, int]:
    """The dossier's version, its documents and its history."""
    dossier = await Dossier.get(id=world.dossier)
    return dossier.version, await TabDocument.all().count(), await CellChange.all().count()


@pytest.mark.parametrize(
    ("row", "cell", "code", "message"),
    [
        (
            LoadedRow(7, "ZZ", "0001", {"C10": "5"}),
            "ZZ[0001].C10",
            "CELL_UNKNOWN",
            "La colonne «\u00a0ZZ.C10\u00a0» n’existe pas dans ce formulaire\u00a0: vérifiez son code.",
        ),
        (
            LoadedRow(7, "A1", "0001", {"B": "5"}),
            "A1[0001].B",
            "CELL_UNKNOWN",
            "La colonne «\u00a0A1.B\u00a0» n’existe pas dans ce formulaire\u00a0: vérifiez son code.",
        ),
        (
            LoadedRow(7, "F01", "0002", {"C99": "5"}),
            "F01[0002].C99",
            "CELL_UNKNOWN",
            "La colonne «\u00a0F01.C99\u00a0» n’existe pas dans ce formulaire\u00a0: vérifiez son code.",
        ),
        (
            LoadedRow(7, "F01", "0002", {"C10": "beaucoup"}),
            "F01[0002].C10",
            "CELL_NOT_NUMBER",
            "«\u00a0beaucoup\u00a0» n’est pas un nombre\u00a0: écrivez par exemple 1\u202f234,56.",
        ),
        (
            LoadedRow(7, "F01", "0002", {"C10": "9" * 20}),
            "F01[0002].C10",
            "CELL_OUT_OF_RANGE",
            f"«\u00a0{'9' * 20}\u00a0» dépasse dix mille milliards\u00a0: vérifiez le nombre de chiffres.",
        ),
        (
            LoadedRow(7, "F01", "a b", {"C10": "5"}),
            "F01[a b].C10",
            "CELL_UNKNOWN",
            "La cellule «\u00a0F01[a b].C10\u00a0» n’existe pas dans ce formulaire\u00a0: vérifiez son code.",
        ),
    ],
)
async def test_one_bad_row_and_nothing_of_the_file_is_written(
    row: LoadedRow, cell: str, code: str, message: str
) -> None:
    world = await build_world()
    report = await load(world["saisie"], world.dossier, with_rows(row))
    refused = [line for line in report.lines if line.outcome is ImportOutcome.REFUSED]
    assert [(line.line, line.cell, line.code, line.message) for line in refused] == [(7, cell, code, message)]
    assert (report.applied, report.changed, report.refused) == (False, 0, 1)
    assert await kept(world) == (0, 0, 0)


async def test_every_bad_row_is_told_with_its_line() -> None:
    world = await build_world()
    bad = [
        LoadedRow(7, "F01", "0002", {"C10": "peu", "C11": "beaucoup"}),
        LoadedRow(9, "F02", "0001", {"C99": "1"}),
    ]
    report = await load(world["saisie"], world.dossier, with_rows(*bad))
    refused = [line for line in report.lines if line.outcome is ImportOutcome.REFUSED]
    assert [(line.line, line.code) for line in refused] == [
        (7, "CELL_NOT_NUMBER"),
        (7, "CELL_NOT_NUMBER"),
        (9, "CELL_UNKNOWN"),
    ]
    assert await kept(world) == (0, 0, 0)


async def test_bad_rows_leave_those_that_stood() -> None:
    world = await build_world()
    await load(world["saisie"], world.dossier, with_rows())
    before = await kept(world)
    bad = with_rows(LoadedRow(7, "F01", "0002", {"C10": "peu"}))
    report = await load(world["saisie"], world.dossier, replace(bad, rows=bad.rows[1:]))
    assert (report.applied, report.refused) == (False, 1)
    assert await kept(world) == before
    dossier = await dossiers.read(world["saisie"], world.dossier)
    (row,) = (await tabs.open_tabs(dossier, ["F01"]))[0].rows
    assert (row.key, row.values["C10"]) == ("0001", "5")


async def test_rows_that_the_file_leaves_out_are_counted_before_they_go() -> None:
    world = await build_world()
    others = [LoadedRow(7, "F01", f"000{rank}", {"C10": "5", "C11": "6"}) for rank in (2, 3)]
    first = await load(world["saisie"], world.dossier, with_rows(*others))
    assert (first.applied, first.removed) == (True, 0)
    # A row that stays with one value less is not gone.
    fewer = with_rows(LoadedRow(7, "F01", "0003", {"C10": "5"}))
    for dry_run in (True, False):
        report = await load(world["saisie"], world.dossier, fewer, dry_run=dry_run)
        assert (report.removed, report.applied, report.changed) == (1, not dry_run, 0)
    dossier = await dossiers.read(world["saisie"], world.dossier)
    assert [row.key for row in (await tabs.open_tabs(dossier, ["F01"]))[0].rows] == ["0001", "0003"]
    bad = await load(world["saisie"], world.dossier, with_rows(LoadedRow(7, "F01", "0004", {"C10": "peu"})))
    assert (bad.refused, bad.removed) == (1, 0)
