"""A mass export from its request to its end, as a client asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from models import MassExport
from tests.gql.conftest import code_of

if TYPE_CHECKING:
    import httpx

    from tests.gql.conftest import House

FIELDS = """
  id kind state tabs accessible done failed total fileName size errorCode error downloadUrl manifestUrl
  items { totalCount edges { node { label state fileName error errorCode dossier { id } } } }
"""
REQUEST = """
mutation Request($kind: MassExportKind!, $dossiers: [ID!], $list: ID, $criteria: DossierCriteria,
                 $without: [ID!]!, $tabs: [String!], $key: String!) {
  requestMassExport(kind: $kind, dossiers: $dossiers, workList: $list, criteria: $criteria, without: $without,
                    tabs: $tabs, idempotencyKey: $key) { FIELDS }
}
""".replace("FIELDS", FIELDS)
FOLLOW = "query Follow($id: ID!) { massExport(id: $id) { FIELDS } }".replace("FIELDS", FIELDS)
ACT = "mutation Act($id: ID!, $key: String!) { %s(id: $id, idempotencyKey: $key) { state } }"


async def request(house: House, by: str, **asked: Any) -> httpx.Response:  # noqa: ANN401 - variables
    given = {"kind": "PDF", "without": [], "key": uuid4().hex, **asked}
    return await house.ask(REQUEST, given, by=by)


async def test_an_export_is_asked_for_followed_and_given_up(house: House) -> None:
    by, dossier = await house.sign_in("saisie"), str(house.world.dossier)
    asked = await request(house, by, dossiers=[dossier], tabs=["A1", "A1", "A2"])
    made: dict[str, Any] = asked.json()["data"]["requestMassExport"]
    assert (made["state"], made["tabs"], made["total"]) == ("WAITING", ["A1", "A2"], 1)
    assert (made["downloadUrl"], made["manifestUrl"], made["size"]) == (None, None, None)
    assert made["fileName"].startswith("harmonia_pdf_")
    (edge,) = made["items"]["edges"]
    assert edge["node"]["dossier"] == {"id": dossier}
    assert edge["node"]["label"] == "Office public de l'habitat d'essai – ER 2024"
    followed = await house.ask(FOLLOW, {"id": made["id"]}, by=by)
    assert followed.json()["data"]["massExport"] == made
    listed = await house.ask("{ massExports(first: 1) { totalCount edges { node { id } } } }", by=by)
    assert listed.json()["data"]["massExports"]["edges"] == [{"node": {"id": made["id"]}}]
    over = await house.ask(ACT % "cancelMassExport", {"id": made["id"], "key": "stop"}, by=by)
    assert over.json()["data"]["cancelMassExport"] == {"state": "CANCELLED"}
    again = await house.ask(ACT % "retryMassExport", {"id": made["id"], "key": "again"}, by=by)
    assert code_of(again) == "MASS_NOTHING_TO_RETRY"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({}, "MASS_SOURCE"),
        ({"dossiers": []}, "DOSSIERS_COUNT"),
        ({"dossiers": ["nonsense"]}, "NOT_FOUND"),
        ({"dossiers": [str(uuid4())]}, "NOT_FOUND"),
        ({"list": "nonsense"}, "NOT_FOUND"),
        ({"list": str(uuid4())}, "DOSSIERS_COUNT"),
        ({"criteria": {"search": "   "}}, "CRITERIA_EMPTY"),
        ({"criteria": {"search": "%'\"personne"}}, "DOSSIERS_COUNT"),
        ({"criteria": {"search": "essai"}, "tabs": ["ZZ"]}, "TAB_UNKNOWN"),
    ],
)
async def test_a_request_that_makes_no_sense_is_told_so_and_leaves_nothing(
    house: House, asked: dict[str, Any], code: str
) -> None:
    by, before = await house.sign_in("saisie"), await MassExport.all().count()
    assert code_of(await request(house, by, **asked)) == code
    assert await MassExport.all().count() == before


async def test_what_a_search_or_a_list_finds_is_exported(house: House) -> None:
    by, dossier = await house.sign_in("saisie"), str(house.world.dossier)
    found = await request(house, by, criteria={"search": "essai"}, kind="XML")
    assert found.json()["data"]["requestMassExport"]["total"] == 1
    without = await request(house, by, criteria={"search": "essai"}, without=[dossier])
    assert code_of(without) == "DOSSIERS_COUNT"


async def test_anothers_export_is_told_like_none(house: House) -> None:
    mine, theirs = await house.sign_in("saisie"), await house.sign_in("hierarchie")
    made = await request(house, mine, dossiers=[str(house.world.dossier)])
    known = made.json()["data"]["requestMassExport"]["id"]
    for text in (FOLLOW, ACT % "cancelMassExport", ACT % "retryMassExport"):
        answers = [
            (await house.ask(text, {"id": one, "key": uuid4().hex}, by=theirs)).json()["errors"]
            for one in (known, str(uuid4()), "nonsense")
        ]
        assert answers[0] == answers[1] == answers[2]
        assert answers[0][0]["extensions"]["code"] == "MASS_EXPORT_UNKNOWN"
    assert (await MassExport.get(id=known)).state.value == "waiting"
