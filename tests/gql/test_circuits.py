"""The circuit as clients meet it: asked of a dossier, answered, delegated."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from authz.clock import today
from gql.app import build_engine
from gql.execution import Request
from gql.settings import Settings
from models import VisaAct
from tests.circuit_world import Place, build_circuit
from tests.gql.conftest import error_of
from tests.world import PASSWORD

CIRCUIT = """query Read($id: ID!) { dossier(id: $id) { version
  visaActs { label answer author reason standsFor }
  circuit { code label openedOn outcome suspended
  visas { code nature rank right quorum state dueOn late answers canAnswer overruled standsFor { id name }
    acts { author standsFor answer dataHash lapsed } } } } }"""
GIVE = """mutation Give($id: ID!, $visa: String!, $answer: VisaAnswer!, $for: ID, $password: String,
  $version: Int) { giveVisa(dossier: $id, visa: $visa, answer: $answer, standsFor: $for, password: $password,
  version: $version, idempotencyKey: $visa) { circuit { outcome visas { code state } } } }"""
DELEGATE = """mutation Let($to: ID!, $form: String, $since: Date!, $until: Date!) { delegate(delegate: $to,
  platform: "MIN", form: $form, since: $since, until: $until, idempotencyKey: "d") {
  id holder { name } delegate { name } form since until mine inForce revokedAt } }"""
REVOKE = """mutation Take($id: ID!) { revokeDelegation(delegation: $id, idempotencyKey: "r") { inForce } }"""
MINE = '{ delegations { id mine inForce holder { id } } colleagues(search: "adj") { id name } }'


@pytest.fixture
async def place(database: str) -> Place:
    assert database
    return await build_circuit()


@pytest.fixture
def ask(database: str, place: Place) -> Any:  # noqa: ANN401 - a function of named variables
    engine = build_engine(Settings(DATABASE_URL=database), place.world.authority)

    async def run(login: str, text: str, **variables: object) -> dict[str, Any]:
        named = {"id": str(place.dossier), **variables}
        outcome = await engine.run(Request(text, variables=named), place.world[login])
        return outcome.body

    return run


async def states(ask: Any, login: str) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - the fixture above
    found = (await ask(login, CIRCUIT))["data"]["dossier"]["circuit"]["visas"]
    return {one["code"]: one for one in found}


async def test_a_circuit_is_read_and_answered(ask: Any, place: Place) -> None:  # noqa: ANN401 - as above
    read = (await ask("ministere", CIRCUIT))["data"]["dossier"]
    assert (read["circuit"]["label"], read["circuit"]["outcome"], read["visaActs"]) == ("Relecture", None, [])
    visa = read["circuit"]["visas"][1]
    assert (visa["code"], visa["state"], visa["quorum"], visa["canAnswer"]) == ("MISSION", "OPEN", 2, True)
    assert visa["answers"] == ["FAVOURABLE", "UNFAVOURABLE", "ABSTAINED"]
    assert not (await states(ask, "cdc"))["MISSION"]["canAnswer"]
    await place.opined()
    await place.say("adjoint", "VALIDATION", "approved")
    signing = {"visa": "SIGNATURE", "answer": "APPROVED"}
    for password in (None, "", "faux"):
        body = await ask("ministere", GIVE, **signing, password=password)
        assert error_of(body)["code"] == "WRONG_PASSWORD"
    assert (
        error_of(await ask("ministere", GIVE, **signing, password=PASSWORD, version=9))["code"]
        == "VISA_STALE"
    )
    assert await VisaAct.all().count() == 4
    given = await ask("ministere", GIVE, **signing, password=PASSWORD, version=read["version"])
    assert given["data"]["giveVisa"]["circuit"]["outcome"] == "APPROVED"
    last = (await ask("hierarchie", CIRCUIT))["data"]["dossier"]
    assert [act["label"] for act in last["visaActs"]][:2] == ["Signature", "Validation"]
    assert len(last["circuit"]["visas"][-1]["acts"][0]["dataHash"]) == 64


async def test_a_colleague_answers_in_ones_place(ask: Any, place: Place) -> None:  # noqa: ANN401 - as above
    found = (await ask("mission", MINE))["data"]
    assert [one["name"] for one in found["colleagues"]] == ["Adjoint Essai"]
    day = today().date
    said = {"to": found["colleagues"][0]["id"], "form": place.form, "since": str(day)}
    late = await ask("mission", DELEGATE, **said, until=str(day - timedelta(days=1)))
    assert error_of(late)["code"] == "DELEGATION_DATES"
    made = (await ask("mission", DELEGATE, **said, until=str(day + timedelta(days=3))))["data"]["delegate"]
    assert (made["mine"], made["inForce"], made["delegate"]["name"]) == (True, True, "Adjoint Essai")
    held = (await ask("adjoint", MINE))["data"]["delegations"]
    assert [(one["id"], one["mine"]) for one in held] == [(made["id"], False)]
    holder = (await states(ask, "adjoint"))["MISSION"]["standsFor"][0]
    await ask("adjoint", GIVE, visa="MISSION", answer="FAVOURABLE", **{"for": holder["id"]})
    act = (await states(ask, "adjoint"))["MISSION"]["acts"][0]
    assert (act["author"], act["standsFor"]) == ("Adjoint Essai", "Mission Essai")
    for wrong in ("x", "9" * 19, "-1", str(int(made["id"]) + 1)):
        assert error_of(await ask("mission", REVOKE, id=wrong))["code"] == "DELEGATION_UNKNOWN"
    assert error_of(await ask("adjoint", REVOKE, id=made["id"]))["code"] == "DELEGATION_UNKNOWN"
    assert (await ask("mission", REVOKE, id=made["id"]))["data"]["revokeDelegation"]["inForce"] is False
