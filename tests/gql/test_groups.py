"""Repeated groups, hidden lines and personal data as clients and partners ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gql.execution import Engine, Request
from tests.gql.conftest import error_of
from tests.household import build_household, put, show

if TYPE_CHECKING:
    from tests.gql.conftest import House
    from tests.world import World

GROUP = """
mutation G($id: ID!, $changes: [RowChange!]!) { writeGroup(dossier: $id, group: "ENFANT", changes: $changes) {
  keys refused { code } conflicts { cell } } }
"""
LOOK = """
query L($id: ID!) { dossier(id: $id) {
  parts { tabs { code group } }
  groups { code title keyLabel minimum maximum keys }
  tabs { code title hidden hiddenLines }
  tab(code: "R1") { values }
} }
"""
TAB = """
query T($id: ID!, $code: String!) { dossier(id: $id) { tab(code: $code) {
  hiddenLines cells { id hidden value } } } }
"""


@pytest.fixture
async def family(world: World) -> str:
    return str(await build_household(world, sensitive="V1"))


async def test_a_client_finds_what_it_needs_of_groups(engine: Engine, world: World, family: str) -> None:

    async def ask(query: str, login: str = "saisie", **variables: object) -> Any:  # noqa: ANN401 - JSON
        given = {"id": family, **variables}
        return (await engine.run(Request(query, variables=given), world[login])).body

    made = await ask(GROUP, changes=[{"action": "ADD", "key": "a"}, {"action": "ADD", "key": "b"}])
    assert made["data"]["writeGroup"]["keys"] == ["a", "b"]
    found = (await ask(LOOK))["data"]["dossier"]
    assert found["groups"] == [
        {
            "code": "ENFANT",
            "title": "Enfant",
            "keyLabel": "Numéro de l’enfant",
            "minimum": 1,
            "maximum": 3,
            "keys": ["a", "b"],
        }
    ]
    assert [one["group"] for one in found["parts"][0]["tabs"]] == [None, None, "ENFANT", "ENFANT"]
    shown = {one["code"]: (one["title"], one["hidden"], one["hiddenLines"]) for one in found["tabs"]}
    assert shown["C1"][1] is True
    assert shown["E1[b]"] == ("Autorisations – Enfant b", False, ["L013"])
    tab = (await ask(TAB, code="E1[a]"))["data"]["dossier"]["tab"]
    assert {one["id"]: one["hidden"] for one in tab["cells"]}["E1[a].L013.V"] is True
    assert error_of(await ask(TAB, code="E1[z]"))["code"] == "INSTANCE_UNKNOWN"
    assert error_of(await ask(TAB, code="E1"))["code"] == "TAB_UNKNOWN"


async def test_a_partner_meets_personal_data_at_no_address(fresh: House) -> None:
    world = fresh.world
    dossier = await build_household(world, sensitive="R1")
    await put(world, dossier, {"R1.L011.V": "Zéphyrine"})
    await show(dossier)
    for login, closed in (("cdc", True), ("ministere", False)):
        proof = await fresh.sign_in(login)
        looked = (await fresh.ask(LOOK, {"id": str(dossier)}, by=proof)).json()
        listed = [one["code"] for one in looked["data"]["dossier"]["parts"][0]["tabs"]] if not closed else []
        assert ("R1" in listed) is not closed
        assert ("TAB_WITHHELD" in str(looked.get("errors"))) is closed
        for path in ("export.xml", "export.xlsx"):
            whole = await fresh.get(f"/dossiers/{dossier}/{path}", proof)
            assert whole.status_code == 200, whole.text
            if path.endswith("xml"):
                assert ("Zéphyrine" in whole.text) is not closed
            named = await fresh.get(f"/dossiers/{dossier}/{path}?tabs=R1", proof)
            assert (named.status_code == 200) is not closed
            assert not closed or "TAB_WITHHELD" in named.text
