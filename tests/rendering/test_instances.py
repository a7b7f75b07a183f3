"""Repeated groups, hidden places and personal data in what leaves the house and comes back."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree
from openpyxl import load_workbook

from models import Dossier, Refused, TabDocument
from rendering.pages.document import printed_cells, printed_tabs
from rendering.rows_in import read_rows
from rendering.rows_out import write_rows
from rendering.sheets.workbook import write_workbook
from rendering.xml_in import read_dossier
from rendering.xml_out import write_dossier
from resolvers import cell_history, dossiers, export_jobs, exports, verification
from resolvers.explaining import explanation
from resolvers.loading import load
from resolvers.rows import ClosedPast
from resolvers.suggestions import last_year
from resolvers.tabs import open_tabs
from resolvers.typed import typed_data
from tests.household import born, build_household, put, show
from tests.rendering.paper import dossier_html
from tests.world import World, build_world

if TYPE_CHECKING:
    from uuid import UUID

    from rendering.pdf import Printer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECRET = "Zéphyrine"


@pytest.fixture
async def world(database: str) -> World:
    assert database
    return await build_world()


async def _family(world: World, *, sensitive: str = "") -> UUID:
    dossier = await build_household(world, sensitive=sensitive)
    await born(world, dossier, "a", "b")
    values = {"R1.L013.V": "100", "E1[a].L011.V": SECRET, "E1[a].L012.V": "oui", "E1[a].L013.V": "6"}
    await put(world, dossier, {**values, "V1[a][x].T": "BCG", "V1[a][x].P": "9"})
    return dossier


async def test_a_family_leaves_as_xml_and_comes_back_in_another_dossier(world: World) -> None:
    dossier, viewer = await _family(world), world["saisie"]
    content = await export_jobs.content(viewer, dossier, None)
    xml = write_dossier(content)
    codes = [each.get("code") for each in etree.fromstring(xml).iter("{*}onglet")]
    assert codes == ["R1", "C1", "E1[a]", "E1[b]", "V1[a]", "V1[b]"]
    assert b'code="C1" titre="Conjoint" sansObjet="true"' in xml
    file = read_dossier(xml, content.pack)
    await TabDocument.filter(dossier_id=dossier).delete()
    assert not (await load(viewer, dossier, file, dry_run=True)).refused
    assert await TabDocument.filter(dossier_id=dossier).count() == 0
    report = await load(viewer, dossier, file, strict=True)
    assert (report.applied, report.lines) == (True, ())
    again = await export_jobs.content(viewer, dossier, None)
    assert again.tabs == content.tabs
    # A value where the answers of the same file hide: the whole is refused, with its line.
    wrong = read_dossier(xml.replace(b'id="E1[a].L012.V" v="oui"', b'id="E1[a].L012.V" v="non"'))
    refused = await load(viewer, dossier, wrong)
    assert [(one.cell, one.code) for one in refused.lines] == [("E1[a].L013.V", "CELL_HIDDEN")]
    assert refused.lines[0].line
    assert (await export_jobs.content(viewer, dossier, None)).tabs == content.tabs


async def test_the_rows_of_an_instance_leave_as_csv_and_come_back(world: World) -> None:
    dossier, viewer = await _family(world), world["saisie"]
    content = await export_jobs.content(viewer, dossier, ["V1[a]"])
    file = read_rows(write_rows(content).replace(b"BCG", b"DTP"), content.dossier, "V1[a]")
    assert (await load(viewer, dossier, file)).changed == 1
    assert (await open_tabs(content.dossier, ["V1[a]"]))[0].rows[0].values["T"] == "DTP"


async def test_instances_are_printed_and_what_is_hidden_is_not(world: World, printer: Printer) -> None:
    dossier = await _family(world)
    content = await export_jobs.content(world["saisie"], dossier, None)
    html = dossier_html(content)
    assert "Autorisations – Enfant a" in html
    assert "Conjoint" not in html
    assert html.count("Repas par semaine") == 1
    tabs = [tab.code for tab in printed_tabs(content)]
    assert tabs == ["R1", "E1[a]", "E1[b]", "V1[a]"]
    pdf = await printer.print_html(html, tabs=tabs, cells=printed_cells(content))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > len(tabs)


async def test_personal_data_leave_by_no_door_to_a_partner(world: World) -> None:
    dossier = await _family(world, sensitive="E1")
    await verification.verify(world["saisie"], dossier)
    await show(dossier)
    await Dossier.filter(id=dossier).update(transmitted_at=NOW)
    viewer = world["cdc"]
    row = await dossiers.read(viewer, dossier)
    content = await export_jobs.content(viewer, dossier, None)
    assert [tab.code for tab in content.tabs] == ["R1", "C1", "V1[a]", "V1[b]"]
    assert content.whole
    data = await typed_data(viewer, row)
    assert data is not None
    made = [
        write_dossier(content).decode(),
        dossier_html(content),
        _workbook_text(write_workbook(content, NOW)),
        repr((data.cells, data.forced, data.rows, data.previous, content.previous)),
    ]
    assert not any(SECRET in text or re.search(r"E1(\[a\])?\.L0", text) for text in made)
    found = await verification.last(row)
    assert found is not None
    closed = [one for one in found.anomalies if one.anomaly.check in {"F-1", "F-3"}]
    assert [(one.closed, one.anomaly.gap) for one in closed] == [(True, None)] * len(closed)
    assert closed
    for one in closed:
        assert not any(cell.startswith("E1") for cell, _ in one.anomaly.cells)
        assert "données personnelles" in explanation(one, ClosedPast())
    for asked in (
        open_tabs(row, ["E1[a]"]),
        export_jobs.content(viewer, dossier, ["E1[a]"]),
        exports.request_print(viewer, dossier, ["E1[a]"], accessible=False, key="k"),
        cell_history.history(viewer, dossier, "E1[a].L011.V"),
    ):
        with pytest.raises(Refused) as caught:
            await asked
        assert caught.value.code == "TAB_WITHHELD"
    assert await last_year(viewer, row) is None


async def test_the_organism_and_the_collecting_platform_read_personal_data(world: World) -> None:
    dossier = await _family(world, sensitive="E1")
    await show(dossier)
    for login in ("saisie", "ministere"):
        row = await dossiers.read(world[login], dossier)
        (tab,) = await open_tabs(row, ["E1[a]"])
        assert tab.values["L011.V"] == SECRET


def _workbook_text(made: bytes) -> str:
    """Every square of every sheet, hidden ones too."""
    book = load_workbook(io.BytesIO(made))
    return " ".join(str(each.value) for sheet in book for row in sheet.iter_rows() for each in row)
