"""The rights' desk over HTTP: asked, changed, signed, taken away, and closed to whoever does not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from authz import Right, read_version
from models import PolicyTest
from tests.gql.conftest import House, build_client, code_of, house_of
from tests.rights_desk import build_desk, reads

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

DESK = """
query Desk($after: String) { policyDesk(platform: "MIN") {
  platform version secondSignature
  lines(ptype: "p", search: "", first: 10, after: $after) {
    totalCount edges { cursor node { id ptype values text ref convention
      sinceVersion untilVersion editable } }
    pageInfo { hasNextPage endCursor } }
  versions(first: 3) {
    edges { node { version at author comment added closed proposal } } pageInfo { endCursor } }
  tests { id sentence result { passes counterexample } }
  profiles { name label } actors(search: "ancols") { id key name }
  proposals(first: 3) {
    id state author comment signable refusal added { id text } closed { id } impact { sentence } }
} }"""
FINDINGS = """{ policyDesk(platform: "MIN") { findings { code severity sentence lines place } } }"""
SIMULATE = """
query What($add: [PolicyLineInput!]!, $base: Int!) {
  simulatePolicyChange(platform: "MIN", add: $add, close: [], baseVersion: $base) {
    sentence gained lost more mine blocking baseVersion findings { code }
    rows { organization { id key name } form right gained lost accounts } tests { passes } } }"""
CHANGE = """
mutation Change($add: [PolicyLineInput!]!, $close: [ID!]!, $base: Int!, $key: String!) {
  changePolicy(
    platform: "MIN", add: $add, close: $close, baseVersion: $base, comment: "Essai", idempotencyKey: $key) {
    version proposal { id state effectiveOn } } }"""
DIFFERENCE = """
query Two($from: Int!, $to: Int!) { policyDifference(platform: "MIN", from: $from, to: $to) {
  from to sentence facts added { text } closed { text } } }"""
SIGN = "mutation Sign($id: ID!) { signProposal(id: $id) { state signer appliedVersion } }"
SECOND = (
    'mutation Two($on: Boolean!) { setSecondSignature(platform: "MIN", required: $on) { secondSignature } }'
)
SAVE = """
mutation Save { savePolicyTest(platform: "MIN", sentence: "L’ANCOLS ne lit rien", actor: "partner:ANCOLS",
  right: "dossier:read", form: "*", organisms: "all", steps: "0123456", expected: false) {
  id year result { passes test counterexample } } }"""
READ_CSV = """
query Csv($csv: String!) { readPolicyCsv(platform: "MIN", csv: $csv) {
  add { ptype values text } close { id text } faults { line field code sentence } impact { sentence } } }"""


@pytest.fixture
async def desk(database: str, tmp_path: Path) -> AsyncIterator[House]:
    build_client(tmp_path / "dist")
    async with house_of(await build_desk(), tmp_path, database) as made:
        yield made


async def asked(house: House, query: str, by: str, **variables: Any) -> Any:  # noqa: ANN401 - JSON
    """The answer's only field."""
    response = await house.ask(query, variables, by=by)
    body = response.json()
    assert "errors" not in body, body
    (value,) = body["data"].values()
    return value


def sent(*, right: Right = Right.READ) -> dict[str, Any]:
    return {"ptype": "p", "values": list(reads(right=right).values)}


async def test_an_editor_asks_tries_changes_and_reads_the_history(desk: House) -> None:
    by = await desk.sign_in("admin")
    shown = await asked(desk, DESK, by)
    base = shown["version"]
    assert shown["lines"]["totalCount"] > len(shown["lines"]["edges"]) == 10
    assert [profile["name"] for profile in shown["profiles"]][:1] == ["profile:organism_admin"]
    assert [actor["key"] for actor in shown["actors"]] == ["partner:ANCOLS"]
    second = await asked(desk, DESK, by, after=shown["lines"]["pageInfo"]["endCursor"])
    assert second["lines"]["edges"][0]["cursor"] != shown["lines"]["edges"][0]["cursor"]
    impact = await asked(desk, SIMULATE, by, add=[sent(), sent(right=Right.EXPORT)], base=base)
    assert impact["sentence"] == "ANCOLS gagne la lecture et l’export de 1 dossier ER."
    assert (impact["gained"], impact["lost"], impact["mine"], impact["blocking"]) == (1, 0, [], [])
    assert impact["rows"][0]["organization"]["key"] == "partner:ANCOLS"
    made = await asked(desk, CHANGE, by, add=[sent()], close=[], base=base, key="a")
    assert made == {"version": base + 1, "proposal": None}
    assert made == await asked(desk, CHANGE, by, add=[sent()], close=[], base=base, key="a")
    two = await asked(desk, DIFFERENCE, by, **{"from": base, "to": base + 1})
    assert (two["from"], len(two["added"]), two["closed"]) == (base, 1, [])
    assert two["added"][0]["text"].startswith("ANCOLS peut lire le dossier ER aux étapes 4 à 6")
    assert isinstance(await asked(desk, FINDINGS, by), dict)
    refused = await desk.ask(CHANGE, {"add": [sent()], "close": [], "base": base, "key": "b"}, by=by)
    assert code_of(refused) == "POLICY_CONFLICT"
    assert refused.json()["errors"][0]["extensions"]["details"]["rows"][0]["by"] == "Admin Éditeur"


async def test_two_sign_and_sentences_guard(desk: House) -> None:
    admin, second = await desk.sign_in("admin"), await desk.sign_in("second")
    assert (await asked(desk, SECOND, admin, on=True))["secondSignature"]
    base = (await asked(desk, DESK, admin))["version"]
    waiting = await asked(desk, CHANGE, admin, add=[sent()], close=[], base=base, key="a")
    assert (waiting["version"], waiting["proposal"]["state"]) == (None, "AWAITING_SIGNATURE")
    (mine, *_) = (await asked(desk, DESK, admin))["proposals"]
    assert (mine["signable"], mine["added"][0]["id"][:4]) == (False, "new:")
    (theirs, *_) = (await asked(desk, DESK, second))["proposals"]
    assert (theirs["signable"], theirs["impact"]["sentence"]) == (
        True,
        "ANCOLS gagne la lecture de 1 dossier ER.",
    )
    signed = await asked(desk, SIGN, second, id=theirs["id"])
    assert signed == {"state": "APPLIED", "signer": "Second Éditeur", "appliedVersion": base + 1}
    kept = await asked(desk, SAVE, admin)
    assert kept["result"]["passes"] is False
    assert "ANCOLS peut lire" in kept["result"]["counterexample"]


async def test_the_rules_leave_as_a_file_and_come_back(desk: House) -> None:
    by = await desk.sign_in("admin")
    response = await desk.get("/policy.csv?platform=MIN", by)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["cache-control"] == "private, no-store"
    reading = await asked(desk, READ_CSV, by, csv=response.text + "\np, x")
    assert [(fault["code"], fault["field"]) for fault in reading["faults"]] == [("CSV_COLUMN_MISSING", "dom")]
    same = await asked(desk, READ_CSV, by, csv=response.text)
    assert same == {"add": [], "close": [], "faults": [], "impact": None}
    for address, code in (("MIN&version=x", "POLICY_VERSION_UNKNOWN"), ("ESH", "POLICY_DESK_UNKNOWN")):
        refused = await desk.get(f"/policy.csv?platform={address}", by)
        assert refused.json()["extensions"]["code"] == code


async def test_whoever_does_not_edit_is_told_nothing(desk: House) -> None:
    base = await read_version()
    for login in ("ministere", "cdc", "saisie"):
        by = await desk.sign_in(login)
        for platform in ("MIN", "RIEN"):
            refused = await desk.ask(DESK.replace("MIN", platform), by=by)
            assert code_of(refused) == "POLICY_DESK_UNKNOWN"
            file = await desk.get(f"/policy.csv?platform={platform}", by)
            assert file.json()["extensions"]["code"] == "POLICY_DESK_UNKNOWN"
        for query, variables in (
            (SIMULATE, {"add": [sent()], "base": base}),
            (CHANGE, {"add": [sent()], "close": [], "base": base, "key": "a"}),
            (SECOND, {"on": True}),
            (SAVE, {}),
            (READ_CSV, {"csv": ""}),
            (DIFFERENCE, {"from": 1, "to": 1}),
        ):
            assert code_of(await desk.ask(query, variables, by=by)) == "POLICY_DESK_UNKNOWN"
        strange = await desk.ask(SIGN, {"id": "pas-un-identifiant"}, by=by)
        assert code_of(strange) == "POLICY_PROPOSAL_UNKNOWN"
    assert (await desk.http.get("/policy.csv?platform=MIN")).status_code == 401
    assert await read_version() == base
    assert await PolicyTest.all().count() == 0
