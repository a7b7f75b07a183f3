"""Lists over HTTP: each kind of file for each reader, what is refused, and sockets that close early."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

import openpyxl
import orjson
import pytest
from lxml import etree

from bench.ground import clone_dossiers
from gql.http import list_files
from models import Dossier, Organization, Outlet, fetch, outlets
from rendering.lists.xml_list import SCHEMA
from resolvers.list_columns import STANDARD
from resolvers.work_list_file import read_file
from tests.campaign import conducted
from tests.gql.conftest import House, house_of, proof
from tests.world import SIREN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx

KINDS = ("csv", "xml", "xlsx", "html")


@pytest.fixture
async def house(database: str, tmp_path: Path) -> AsyncIterator[House]:
    one = await conducted(2)
    async with house_of(one.world, tmp_path, database) as found:
        yield found


async def taken(house: House, login: str, address: str) -> httpx.Response:
    return await house.get(address, await house.sign_in(login))


def codes(response: httpx.Response) -> list[str]:
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines.pop() == ""
    return [line.partition(";")[0] for line in lines[1:]]


def criteria(**asked: object) -> str:
    return f"q={quote(orjson.dumps(asked).decode())}"


async def test_each_reader_takes_what_he_reads_as_each_kind_of_file(house: House) -> None:
    for login, seen in (("ministere", 3), ("saisie", 1), ("cdc", 1), ("ancols", 0), ("voisin", 0)):
        answers = {kind: await taken(house, login, f"/dossiers.{kind}") for kind in KINDS}
        assert {one.status_code for one in answers.values()} == {200}
        assert {one.headers["x-total-count"] for one in answers.values()} == {str(seen)}
        assert len(codes(answers["csv"])) == seen
        root = etree.fromstring(answers["xml"].content)
        etree.XMLSchema(etree.parse(SCHEMA)).assertValid(root)
        assert (len(root), root.get("nombre")) == (seen, str(seen))
        sheet = openpyxl.load_workbook(io.BytesIO(answers["xlsx"].content))["Dossiers"]
        assert sheet.max_row == 4 + seen
        page = answers["html"]
        assert page.text.count("<tr>") == 1 + seen
        assert page.headers["content-disposition"].startswith("inline; filename*=UTF-8''harmonia_dossiers_")
        assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert answers["csv"].headers["cache-control"] == "private, no-store"
    own = read_file((await taken(house, "ministere", "/dossiers.csv")).content)
    assert [(line.form, line.year, len(line.siren)) for line in own] == [("ER", 2024, 9)] * 3
    for kind in KINDS:
        assert (await house.get(f"/dossiers.{kind}")).status_code == 401
    system = await house.get("/dossiers.csv", await house.token("dossier:read"))
    assert codes(system) == ["001"]


async def test_criteria_sort_columns_and_rows_left_out_are_those_of_the_address(house: House) -> None:
    asked = f"/dossiers.csv?{criteria(search='organisme', years=[2024])}&tri=CODE&sens=desc"
    assert codes(await taken(house, "ministere", asked)) == ["101", "100"]
    known = await Dossier.get(code="100")
    assert codes(await taken(house, "ministere", f"{asked}&sauf={known.id},")) == ["101"]
    response = await taken(house, "ministere", f"{asked}&colonnes=code,year")
    assert response.content == "\ufeffCode;Année\r\n101;2024\r\n100;2024\r\n".encode()
    page = await taken(house, "ministere", asked.replace(".csv", ".html"))
    assert "Recherche\u00a0: «\u00a0organisme\u00a0»" in page.text
    assert "<b>2\u00a0dossiers</b>" in page.text


async def test_rows_taken_alone_are_of_the_search_and_of_the_reader(house: House) -> None:
    known = [str(row.id) for row in await Dossier.filter(code__in=["001", "100", "101"]).order_by("code")]
    alone = f"/dossiers.csv?{criteria(search='organisme')}&sens=desc&seuls={','.join([*known, str(uuid4())])}"
    assert codes(await taken(house, "ministere", alone)) == ["101", "100"]
    for login, found in (("saisie", ["001"]), ("voisin", [])):
        assert codes(await taken(house, login, f"/dossiers.csv?seuls={','.join(known)}")) == found
    assert codes(await taken(house, "ministere", "/dossiers.csv?seuls=")) == []
    page = await taken(house, "ministere", alone.replace(".csv", ".html"))
    assert "Une partie seulement de la liste" in page.text
    assert "<b>2\u00a0dossiers</b>" in page.text


async def test_what_is_typed_is_never_run(house: House) -> None:
    name = "=cmd|' /C calc'!A0<script>alert(1)</script>\""
    await Organization.filter(key=f"organism:{SIREN}").update(name=name)
    told = {kind: await taken(house, "saisie", f"/dossiers.{kind}?colonnes=name") for kind in KINDS}
    assert told["csv"].text.split("\r\n")[1] == '"\'=cmd|\' /C calc\'!A0<script>alert(1)</script>"""'
    sheet = openpyxl.load_workbook(io.BytesIO(told["xlsx"].content))["Dossiers"]
    assert (sheet["A5"].value, sheet["A5"].data_type) == (name, "s")
    assert etree.fromstring(told["xml"].content)[0][0].text == name
    assert "<script" not in told["html"].text


@pytest.mark.parametrize("unfit", ["\u000b", "\ufffe"])
async def test_criteria_that_no_file_can_hold_are_told_without_it(house: House, unfit: str) -> None:
    asked = criteria(search=f"a{unfit}b")
    told = {kind: (await taken(house, "ministere", f"/dossiers.{kind}?{asked}")) for kind in KINDS}
    assert {one.status_code for one in told.values()} == {200}
    sentence = "Recherche\u00a0: «\u00a0a b\u00a0»"
    assert sentence in str(etree.fromstring(told["xml"].content).get("recherche"))
    sheet = openpyxl.load_workbook(io.BytesIO(told["xlsx"].content))["Dossiers"]
    assert any(sentence in str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)
    assert sentence in told["html"].text
    assert all(unfit not in one.text for kind, one in told.items() if kind != "xlsx")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("q={", "CRITERIA_UNREADABLE"),
        ("q=[]", "CRITERIA_UNREADABLE"),
        ("q=null", "CRITERIA_UNREADABLE"),
        ("q={}", "CRITERIA_EMPTY"),
        (criteria(search="  "), "CRITERIA_EMPTY"),
        (criteria(search=7), "CRITERIA_UNREADABLE"),
        (criteria(unknown="x"), "CRITERIA_UNREADABLE"),
        (criteria(steps=["NONE"]), "CRITERIA_UNREADABLE"),
        (criteria(search="x" * 20_000), "CRITERIA_UNREADABLE"),
        (criteria(search="\0"), "NUL_REFUSED"),
        ("tri=password_hash", "SORT_UNKNOWN"),
        ("sens=up", "SORT_UNKNOWN"),
        ("colonnes=code,search", "COLUMN_UNKNOWN"),
        ("sauf=1", "NOT_FOUND"),
        (f"sauf={'x,' * 1001}", "LIST_TOO_LONG"),
        ("seuls=1", "NOT_FOUND"),
        (f"seuls={'x,' * 1001}", "LIST_TOO_LONG"),
        ("seuls=&sauf=", "LIST_CHOICE"),
    ],
)
async def test_bad_questions_are_told_and_nothing_is_taken(house: House, query: str, code: str) -> None:
    response = await taken(house, "ministere", f"/dossiers.csv?{query}")
    assert response.json()["extensions"]["code"] == code
    assert await fetch("SELECT 1 FROM event WHERE kind = 'list_taken'") == []


async def test_a_workbook_that_could_not_hold_them_all_is_refused_and_the_csv_is_given(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list_files.KINDS["xlsx"].most == 1_048_572
    monkeypatch.setitem(list_files.KINDS, "xlsx", replace(list_files.KINDS["xlsx"], most=2))
    refused = await taken(house, "ministere", "/dossiers.xlsx")
    assert (refused.status_code, refused.json()["extensions"]["code"]) == (400, "LIST_TOO_LONG")
    assert "prenez la liste en CSV" in refused.json()["message"]
    assert await fetch("SELECT 1 FROM event WHERE kind = 'list_taken'") == []
    held = [await Outlet.opened() for _ in range(outlets.MOST_OUTLETS)]
    for outlet in held:
        outlet.close()
    assert len(codes(await taken(house, "ministere", "/dossiers.csv"))) == 3
    assert (await taken(house, "saisie", "/dossiers.xlsx")).status_code == 200


async def test_a_socket_that_closes_early_gives_its_connection_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await clone_dossiers(house.world, 2_000)
    monkeypatch.setattr(outlets, "BLOCK", 1)
    session = proof(await house.sign_in("ministere"))
    for kind in (*KINDS, "csv"):
        async with house.http.stream("GET", f"/dossiers.{kind}", headers=session) as response:
            assert response.status_code == 200
            assert await anext(response.aiter_raw())
    # All of them wait for those that were cut off.
    again = [await Outlet.opened() for _ in range(outlets.MOST_OUTLETS)]
    for outlet in again:
        outlet.close()
    assert len(codes(await house.http.get("/dossiers.csv", headers=session))) == 2_003


async def test_too_many_lists_at_once_are_put_off(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    held = await asyncio.gather(*(Outlet.opened() for _ in range(outlets.MOST_OUTLETS)))
    monkeypatch.setattr(outlets, "PATIENCE", 0.01)
    response = await taken(house, "ministere", "/dossiers.csv")
    assert (response.status_code, response.json()["extensions"]["code"]) == (503, "LISTS_BUSY")
    assert response.headers["retry-after"]
    for outlet in held:
        outlet.close()
    monkeypatch.setattr(outlets, "PATIENCE", 5)
    head = (await taken(house, "ministere", "/dossiers.csv")).text.partition("\r\n")[0]
    assert head.count(";") == len(STANDARD) - 1
