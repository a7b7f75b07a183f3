"""Files over HTTP: for whoever may export a dossier; what is sent in is shown before it is written."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from forms import load_pack
from models import CellChange, Dossier
from rendering.sheets.layout import Layout
from rendering.xml_in import read_dossier
from tests.gql.conftest import code_of

if TYPE_CHECKING:
    import httpx

    from tests.gql.conftest import House

WRITE = """mutation W($id: ID!, $writes: [CellWrite!]!) {
  writeCells(dossier: $id, writes: $writes) { written refused { code } conflicts { cell } } }"""
REPORT = """{ applied dryRun read changed unchanged ignored refused version lines { line cell code outcome }
  preview(outcomes: [CHANGED, REFUSED]) {
    line cell before after beforeDisplay afterDisplay outcome reason } }"""
SHEET = f"""mutation S($id: ID!, $file: String!, $dry: Boolean!) {{
  importSpreadsheet(dossier: $id, file: $file, dryRun: $dry) {REPORT} }}"""
ROWS = f"""mutation R($id: ID!, $tab: String!, $csv: String!, $dry: Boolean!) {{
  importRows(dossier: $id, tab: $tab, csv: $csv, dryRun: $dry) {REPORT} }}"""
XML = f"""mutation X($id: ID!, $xml: String!) {{
  importXml(dossier: $id, xml: $xml, strict: true) {REPORT} }}"""


async def filled(house: House) -> str:
    """A session of who fills the dossier, in which two cells and a row are typed."""
    proof = await house.sign_in("saisie")
    values = {"A1.L011.B": "1234,56", "A1.L012.B": "10", "F01[0001].C06": "7"}
    writes = [{"cell": cell, "value": value} for cell, value in values.items()]
    written = await house.ask(WRITE, {"id": str(house.world.dossier), "writes": writes}, by=proof)
    assert written.json()["data"]["writeCells"]["written"] == 3, written.text
    return proof


def sent(data: bytes) -> str:
    return base64.b64encode(data).decode()


async def state(house: House) -> tuple[int, int]:
    return (await Dossier.get(id=house.world.dossier)).version, await CellChange.all().count()


def report_of(response: httpx.Response) -> dict[str, Any]:
    (report,) = response.json()["data"].values()
    found: dict[str, Any] = report
    return found


async def test_a_workbook_leaves_is_changed_previewed_then_loaded(fresh: House) -> None:
    proof, address = await filled(fresh), f"/dossiers/{fresh.world.dossier}/export.xlsx"
    response = await fresh.get(address, proof)
    assert response.headers["content-disposition"].endswith("er_2024_732829320.xlsx")
    assert response.headers["cache-control"] == "private, no-store"
    workbook, place = (
        load_workbook(io.BytesIO(response.content)),
        Layout(load_pack("ER/2024/1")).place("A1.L012.B"),
    )
    workbook["A1"].cell(place.row + 1, place.column + 1).value = None
    workbook["A1"].cell(place.row + 2, place.column + 1).value = 2500
    saved = io.BytesIO()
    workbook.save(saved)
    variables = {"id": str(fresh.world.dossier), "file": sent(saved.getvalue())}
    before = await state(fresh)
    dry = report_of(await fresh.ask(SHEET, {**variables, "dry": True}, by=proof))
    assert (dry["applied"], dry["changed"], dry["refused"], await state(fresh)) == (False, 2, 0, before)
    assert [(line["cell"], line["beforeDisplay"], line["afterDisplay"]) for line in dry["preview"]] == [
        ("A1.L012.B", "10,00", ""),
        ("A1.L013.B", "", "2\u202f500,00"),
    ]
    done = report_of(await fresh.ask(SHEET, {**variables, "dry": False}, by=proof))
    assert (done["applied"], done["changed"], done["version"]) == (True, 2, before[0] + 1)
    assert {change.origin for change in await CellChange.filter(cell__in=["A1.L012.B", "A1.L013.B"])} == {
        "typed",
        "spreadsheet",
    }
    again = report_of(await fresh.ask(SHEET, {**variables, "dry": False}, by=proof))
    assert (again["changed"], again["version"]) == (0, before[0] + 1)


async def test_rows_leave_as_csv_and_come_back(fresh: House) -> None:
    proof, dossier = await filled(fresh), str(fresh.world.dossier)
    response = await fresh.get(f"/dossiers/{dossier}/tabs/F01.csv", proof)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    text = response.content.decode("utf-8-sig")
    more = text + text.splitlines()[1].replace("0001;", "0002;").replace(";7;", ";8;") + "\r\n"
    variables = {"id": dossier, "tab": "F01", "csv": sent(more.encode())}
    done = report_of(await fresh.ask(ROWS, {**variables, "dry": False}, by=proof))
    assert (done["applied"], done["changed"], done["unchanged"]) == (True, 1, 1)
    before = await state(fresh)
    bad = {**variables, "csv": sent(more.replace(";8;", ";8.5;").encode()), "dry": False}
    refused = await fresh.ask(ROWS, bad, by=proof)
    assert (code_of(refused), await state(fresh)) == ("CSV_NUMBER_ENGLISH", before)
    gone = report_of(await fresh.ask(ROWS, {**variables, "csv": sent(text.encode()), "dry": True}, by=proof))
    removed = [(line["cell"], line["before"], line["after"]) for line in gone["preview"]]
    assert ("F01[0002].C06", "8", None) in removed
    row = (await fresh.get(f"/dossiers/{dossier}/tabs/F01.csv", proof)).content
    assert row.decode("utf-8-sig").count("\r\n") == 3


async def test_a_strict_load_refuses_what_a_plain_one_only_tells(fresh: House) -> None:
    proof, dossier = await filled(fresh), str(fresh.world.dossier)
    exported = (await fresh.get(f"/dossiers/{dossier}/export.xml", proof)).text
    before = await state(fresh)
    same = report_of(await fresh.ask(XML, {"id": dossier, "xml": exported}, by=proof))
    assert (same["applied"], same["changed"], same["refused"]) == (True, 0, 0)
    for old, new, code in (
        ('pack="ER-2024.1"', 'pack="ER-2024.9"', "XML_INVALID"),
        ('id="A1.L011.B"', 'id="A1.L999.B"', "XML_INVALID"),
        ('id="A1.L012.B"', 'id="A1.L011.B"', "XML_INVALID"),
        ('k="C06"', 'k="C98"', "XML_INVALID"),
    ):
        assert old in exported
        refused = await fresh.ask(XML, {"id": dossier, "xml": exported.replace(old, new, 1)}, by=proof)
        assert code_of(refused) == code
        assert "ligne" in refused.json()["errors"][0]["message"]
    mistyped = exported.replace('v="1234.56"', 'v="beaucoup"', 1)
    report = report_of(await fresh.ask(XML, {"id": dossier, "xml": mistyped}, by=proof))
    assert (report["applied"], report["refused"], report["lines"][0]["code"]) == (False, 1, "CELL_NOT_NUMBER")
    assert report["lines"][0]["line"] == next(
        number for number, line in enumerate(mistyped.splitlines(), 1) if "beaucoup" in line
    )
    assert await state(fresh) == before


async def test_what_is_no_base64_or_too_long_changes_nothing(fresh: House) -> None:
    proof, before = await fresh.sign_in("saisie"), await state(fresh)
    variables = {"id": str(fresh.world.dossier), "file": "é", "dry": False}
    assert code_of(await fresh.ask(SHEET, variables, by=proof)) == "BASE64_MALFORMED"
    fifty = {**variables, "file": "A" * 50_000_000}
    assert code_of(await fresh.ask(SHEET, fifty, by=proof)) == "BODY_TOO_LARGE"
    assert await state(fresh) == before


@pytest.mark.parametrize("path", ["export.xlsx", "export.xml", "tabs/F01.csv"])
async def test_nobody_learns_of_a_dossier_that_is_not_his(house: House, path: str) -> None:
    mine = f"/dossiers/{house.world.dossier}/{path}"
    assert (await house.get(mine, "")).status_code == 401
    stranger = await house.sign_in("voisin")
    other, none = await house.get(mine, stranger), await house.get(f"/dossiers/{uuid4()}/{path}", stranger)
    assert (other.status_code, none.status_code, other.content) == (404, 404, none.content)
    reader = await house.token(scope="dossier:read")
    assert (await house.get(mine, reader)).status_code in {403, 404}


async def test_only_who_may_write_has_a_file_read(house: House) -> None:
    for login, code in (("voisin", "NOT_FOUND"), ("hierarchie", "REFUSED")):
        variables = {"id": str(house.world.dossier), "file": sent(b"x"), "dry": True}
        assert code_of(await house.ask(SHEET, variables, by=await house.sign_in(login))) == code


async def test_unknown_tabs_are_told(house: House) -> None:
    proof = await house.sign_in("saisie")
    for path in ("export.xlsx?tabs=A1,ZZ", "tabs/ZZ.csv"):
        response = await house.get(f"/dossiers/{house.world.dossier}/{path}", proof)
        assert (response.status_code, response.json()["extensions"]["code"]) == (404, "TAB_UNKNOWN")


async def test_the_strict_schema_of_a_form_is_public_and_takes_our_files(house: House) -> None:
    served = await house.http.get("/packs/ER/2024/1.xsd")
    assert served.headers["content-type"] == "application/xml"
    assert b'value="A1.L011.B"' in served.content
    proof = await house.sign_in("saisie")
    exported = (await house.get(f"/dossiers/{house.world.dossier}/export.xml", proof)).content
    assert read_dossier(exported, load_pack("ER/2024/1")).form == "ER"
    assert (await house.http.get("/packs/ER/2024/99.xsd")).status_code == 404
