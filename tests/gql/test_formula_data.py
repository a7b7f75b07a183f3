"""What the browser computes with: the address of the module, and all that its formulas read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms import Data, Row, evaluate, load_pack
from gql.execution import Engine, Request
from gql.http.packs import script_address
from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

ASK = """
query Ask($id: ID!) { dossier(id: $id) {
  scriptUrl version formulaData { version cells forced rows groups previous } tabs(codes: ["A1"]) { values }
} }
"""
WRITE = """
mutation Write($id: ID!) { writeCells(dossier: $id, writes: [
  {cell: "A1.L011.B", value: "12,5"}, {cell: "F01[0001].C01", value: "abc"}
]) { written } }
"""


async def test_what_formulas_read_computes_what_the_server_shows(engine: Engine, world: World) -> None:
    variables = {"id": str(world.dossier)}
    written = await engine.run(Request(WRITE, variables=variables), world["saisie"])
    assert written.body["data"]["writeCells"] == {"written": 2}
    answer = await engine.run(Request(ASK, variables=variables), world["saisie"])
    dossier = answer.body["data"]["dossier"]
    pack = load_pack("ER/2024")
    assert dossier["scriptUrl"] == script_address(pack.key)
    read = dossier["formulaData"]
    assert read["version"] == dossier["version"]
    assert read["cells"] == {"A1.L011.B": "12.5"}
    assert read["rows"] == {"F01": [{"key": "0001", "values": {"C01": "abc"}}]}
    assert (read["forced"], read["groups"]) == ({}, {})
    data = Data("OPH", read["cells"], {"F01": [Row("0001", {"C01": "abc"})]}, {}, read["previous"])
    computed = evaluate(pack, data).cells
    shown = {f"A1.{cell}": value for cell, value in dossier["tabs"][0]["values"].items()}
    assert {cell: value for cell, value in computed.items() if cell.startswith("A1.") and value} == {
        cell: value for cell, value in shown.items() if cell in computed
    }


async def test_it_is_asked_of_one_dossier_at_a_time(engine: Engine, world: World) -> None:
    ask = "{ dossiers(first: 50) { edges { node { formulaData { cells previous } } } } }"
    answer = await engine.run(Request(ask), world["saisie"])
    assert answer.body["errors"][0]["extensions"]["code"] == "DOCUMENT_TOO_COMPLEX"


async def test_it_takes_three_reads_and_no_more(
    engine: Engine, world: World, statements: Callable[[], list[str]]
) -> None:
    await engine.run(Request(ASK, variables={"id": str(world.dossier)}), world["saisie"])
    about = [one for one in statements() if "tab_document" in one or "snapshot" in one]
    assert 1 <= len(about) <= 3
