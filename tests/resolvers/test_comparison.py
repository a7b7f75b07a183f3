"""Computed values of a file: compared with ours, told where they differ, never believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from resolvers import dossiers, tabs
from resolvers.load_report import ImportOutcome
from resolvers.loaded import LoadedCell, LoadedRow
from resolvers.loading import load
from tests.cases import loaded_file, read_case
from tests.world import build_world

pytestmark = pytest.mark.usefixtures("database")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


async def test_a_computed_cell_of_the_file_leaves_ours_and_is_told_in_one_sentence() -> None:
    world, case = await build_world(), read_case("er-2024-plain")
    file = loaded_file(case)
    wrong = LoadedCell(8, "A2.L199.N", "1")
    report = await load(world["saisie"], world.dossier, replace(file, cells=(*file.cells, wrong)))
    (told,) = [line for line in report.lines if line.code == "CELL_COMPUTED_DIFFERS"]
    assert (told.line, told.cell, told.outcome) == (8, "A2.L199.N", ImportOutcome.IGNORED)
    ours = f"{float(case['expected']['A2.L199.N']):,.2f}".replace(",", " ").replace(".", ",")
    assert _plain(told.message) == (
        f"La cellule A2.L199.N est calculée : le fichier dit « 1 », la formule donne {ours}. "
        "La valeur du fichier n’est pas chargée."
    )
    dossier = await dossiers.read(world["saisie"], world.dossier)
    assert (await tabs.open_tabs(dossier, ["A2"]))[0].values["L199.N"] == case["expected"]["A2.L199.N"]


@pytest.mark.parametrize(
    ("value", "told"), [("150", False), ("150.00", False), ("151", True), ("x" * 99, True)]
)
async def test_a_computed_column_of_a_row_is_compared_too(value: str, told: bool) -> None:
    world = await build_world()
    row = LoadedRow(5, "F01", "0001", {"C10": "100", "C11": "50", "C13": value})
    file = replace(loaded_file(read_case("er-2024-plain")), cells=(), rows=(row,))
    report = await load(world["saisie"], world.dossier, file)
    lines = [(line.line, line.cell) for line in report.lines if line.code == "CELL_COMPUTED_DIFFERS"]
    assert lines == ([(5, "F01[0001].C13")] if told else [])
    assert (report.applied, report.ignored, report.changed) == (True, 1, 2)
    assert all(len(line.message) < 250 for line in report.lines)
    dossier = await dossiers.read(world["saisie"], world.dossier)
    assert (await tabs.open_tabs(dossier, ["F01"]))[0].rows[0].values["C13"] == "150"


async def test_what_we_leave_blank_differs_from_what_the_file_says() -> None:
    world = await build_world()
    file = replace(loaded_file(read_case("er-2024-plain")), cells=(LoadedCell(3, "A1.L011.N", "7"),), rows=())
    report = await load(world["saisie"], world.dossier, file)
    assert "la formule ne donne rien" in _plain(report.lines[0].message)


@pytest.mark.parametrize(
    ("value", "code"),
    [("x" * 501, "CELL_TOO_LONG"), ("a\x81b", "CELL_NOT_TEXT")],
)
async def test_a_file_holds_no_longer_nor_stranger_text_than_the_screen(value: str, code: str) -> None:
    world = await build_world()
    file = replace(
        loaded_file(read_case("er-2024-plain")), cells=(LoadedCell(3, "G01.L012.V", value),), rows=()
    )
    report = await load(world["saisie"], world.dossier, file)
    assert [(line.code, line.outcome) for line in report.lines] == [(code, ImportOutcome.REFUSED)]
    assert not report.applied
