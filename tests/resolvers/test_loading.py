"""Loading a file: every value of it or none, and what it computes is compared, not believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forms import PackKey
from forms import key as catalogue
from models import CellChange, Invalid, PackDraft, TabDocument
from resolvers import dossiers, tabs
from resolvers.load_report import ImportOutcome
from resolvers.loaded import LoadedCell, LoadedRow
from resolvers.loading import load
from tests.cases import loaded_file, read_case
from tests.catalogue import forget_published
from tests.world import build_world

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("name", ["er-2024-plain", "er-2024-forced"])
async def test_a_reference_case_loads_whole_and_evaluates_exactly(name: str) -> None:
    """Without last year's dossier, what reads it stays blank; every other computed cell is exact."""
    world, case = await build_world(), read_case(name)
    report = await load(world["saisie"], world.dossier, loaded_file(case))
    assert (report.refused, report.applied) == (0, True)
    assert report.changed > 2000
    dossier = await dossiers.read(world["saisie"], world.dossier)
    values = {
        f"{tab.code}.{cell}": value
        for tab in await tabs.open_tabs(dossier)
        for cell, value in tab.values.items()
    }
    loaded = {**case["inputs"], **case["forced"]}
    assert {cell: values.get(cell) for cell in loaded} == loaded
    assert values["A2.L199.N"] == case["expected"]["A2.L199.N"]


async def test_loading_twice_changes_nothing_more() -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    first = await load(world["saisie"], world.dossier, file)
    changes = await CellChange.all().count()
    second = await load(world["saisie"], world.dossier, file)
    assert (second.changed, second.unchanged) == (0, first.changed + first.unchanged)
    assert await CellChange.all().count() == changes


async def test_a_dry_run_reports_the_same_and_writes_nothing() -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    dry = await load(world["saisie"], world.dossier, file, dry_run=True)
    assert (dry.applied, await TabDocument.all().count(), await CellChange.all().count()) == (False, 0, 0)
    wet = await load(world["saisie"], world.dossier, file)
    assert (dry.read, dry.changed, dry.refused) == (wet.read, wet.changed, wet.refused)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (LoadedCell(7, "A1.L999.B", "1"), "CELL_UNKNOWN"),
        (LoadedCell(7, "A1.L012.B", "beaucoup"), "CELL_NOT_NUMBER"),
        (LoadedCell(7, "A1.L012.B", "100000000000000"), "CELL_OUT_OF_RANGE"),
        (LoadedCell(7, "A1.L011.N", "1", forced=True), "CELL_COMPUTED"),
    ],
)
async def test_one_refused_value_and_nothing_of_the_file_is_written(cell: LoadedCell, code: str) -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    report = await load(world["saisie"], world.dossier, replace(file, cells=(*file.cells, cell)))
    refused = [line for line in report.lines if line.outcome is ImportOutcome.REFUSED]
    assert [(line.line, line.code) for line in refused] == [(7, code)]
    assert (report.applied, report.changed) == (False, 0)
    assert await TabDocument.all().count() == 0


async def test_a_computed_cell_is_compared_and_a_difference_is_told() -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    wrong = LoadedCell(8, "A2.L199.N", "1")
    right = LoadedCell(9, "A1.L090.B", "0" + read_case("er-2024-plain")["expected"]["A1.L090.B"])
    report = await load(world["saisie"], world.dossier, replace(file, cells=(*file.cells, wrong, right)))
    told = [line.cell for line in report.lines if line.code == "CELL_COMPUTED_DIFFERS"]
    assert (report.applied, told) == (True, ["A2.L199.N"])


async def test_a_text_of_another_form_is_loaded_and_told() -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    only = replace(file, cells=(LoadedCell(3, "G01.L028.V", "fin décembre"),), rows=())
    report = await load(world["saisie"], world.dossier, only)
    assert [(line.code, line.outcome) for line in report.lines] == [("CELL_NOT_DATE", ImportOutcome.CHANGED)]
    dossier = await dossiers.read(world["saisie"], world.dossier)
    assert (await tabs.open_tabs(dossier, ["G01"]))[0].values["L028.V"] == "fin décembre"


async def test_a_cell_of_another_kind_of_organism_is_loaded_and_told() -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    only = replace(file, cells=(LoadedCell(3, "P1.L211.N", "5"),), rows=())
    report = await load(world["saisie"], world.dossier, only)
    assert [(line.code, line.outcome) for line in report.lines] == [
        ("CELL_NOT_APPLICABLE", ImportOutcome.CHANGED)
    ]
    dossier = await dossiers.read(world["saisie"], world.dossier)
    assert (await tabs.open_tabs(dossier, ["P1"]))[0].values["L211.N"] == "5"


async def test_the_rows_of_a_named_tab_replace_those_that_stood() -> None:
    world, file = await build_world(), loaded_file(read_case("er-2024-plain"))
    await load(world["saisie"], world.dossier, file)
    fewer = replace(file, cells=(), rows=(LoadedRow(1, "F01", "A", {"C01": "0001", "C10": "5"}),))
    await load(world["saisie"], world.dossier, fewer)
    dossier = await dossiers.read(world["saisie"], world.dossier)
    f01, f02 = await tabs.open_tabs(dossier, ["F01", "F02"])
    assert [row.key for row in f01.rows] == ["A"]
    assert len(f02.rows) == len(read_case("er-2024-plain")["rows"]["F02"])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"siren": "552100554"}, "XML_OTHER_ORGANISM"),
        ({"year": 2023}, "XML_OTHER_CAMPAIGN"),
        ({"form": "QDIS"}, "XML_OTHER_CAMPAIGN"),
        ({"pack": "ER/2024/99"}, "XML_OTHER_PACK"),
        ({"pack": "ER/2023/1"}, "XML_OTHER_PACK"),
        ({"pack": "QDIS/2024/1"}, "XML_OTHER_PACK"),
        ({"pack": "ER-2024"}, "XML_OTHER_PACK"),
    ],
)
async def test_a_file_of_another_dossier_is_refused(change: dict[str, object], code: str) -> None:
    world = await build_world()
    with pytest.raises(Invalid) as refusal:
        await load(world["saisie"], world.dossier, loaded_file(read_case("er-2024-plain"), **change))
    assert refusal.value.code == code
    assert await TabDocument.all().count() == 0


async def test_a_file_of_another_published_revision_is_loaded_and_told_or_refused_when_strict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another process has published it: this one meets its name in the file."""
    forget_published(monkeypatch)
    world, own = await build_world(), dict(catalogue.pack_texts(PackKey("ER", 2024, 1)))
    own["pack.txt"] = own["pack.txt"].replace("| 2024 | 1 |", "| 2024 | 7 |")
    now = datetime.now(UTC)
    await PackDraft.create(
        platform_id="MIN", form="ER", year=2024, revision=7, files=own, sha256="", created_at=now
    )
    file = loaded_file(
        read_case("er-2024-plain"), pack="ER/2024/7", cells=(LoadedCell(3, "A1.L011.B", "5"),), rows=()
    )
    with pytest.raises(Invalid, match="ER/2024/7") as refusal:
        await load(world["saisie"], world.dossier, file, strict=True)
    assert refusal.value.code == "XML_OTHER_PACK"
    assert await TabDocument.all().count() == 0
    report = await load(world["saisie"], world.dossier, file)
    told = [(line.code, line.line, line.cell, line.outcome) for line in report.lines]
    assert told == [("XML_OTHER_REVISION", None, "", ImportOutcome.CHANGED)]
    assert report.applied
