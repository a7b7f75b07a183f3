"""A campaign over HTTP: what a pilot asks and does, what the dossier tells, and the list to take away."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from models import Dossier
from tests.campaign import conducted
from tests.gql.conftest import code_of, house_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx

    from tests.gql.conftest import House

CAMPAIGNS = "{ campaigns { id form year categories steps { step total late } deadlines { step dueOn } } }"
SET = """
mutation Set($id: ID!, $seen: [DeadlineInput!]! = [], $key: String! = "s") {
  setDeadlines(campaign: $id, seen: $seen, idempotencyKey: $key, deadlines: [
    {step: REVIEW, dueOn: "2025-06-15"},
    {step: HIERARCHICAL_VALIDATION, dueOn: "2025-05-15", category: OPH}]) {
    deadlines { step category dueOn } steps { step late }
  }
}
"""
LATE = """{ campaignDossiers(platform: "MIN", form: "ER", year: 2024, criteria: {late: true}, first: 2) {
  totalCount pageInfo { hasNextPage endCursor }
  edges { node { dueOn late daysLate dossier { id officer { name } accountManager { name } } } } } }"""
ASSIGN = """
mutation Assign($ids: [ID!]!, $user: ID, $role: AssignmentRole! = OFFICER, $key: String! = "a") {
  assign(dossiers: $ids, role: $role, user: $user, idempotencyKey: $key)
}
"""
MINE = """query Mine($criteria: CampaignCriteria) {
  campaignDossiers(platform: "MIN", form: "ER", year: 2024, criteria: $criteria) { totalCount }
  campaignDossierIds(platform: "MIN", form: "ER", year: 2024, criteria: $criteria)
}"""
MASS = """
mutation Mass($ids: [ID!]!) { startMassMove(dossiers: $ids, move: "finalise", idempotencyKey: "m") {
  id total moved finishedAt items { totalCount edges { node { outcome code message dossier { id } } } } } }
"""
TOLD = "query Told($id: ID!) { dossier(id: $id) { dueOn late officer { name } } }"
FOLLOWED = "query Followed($id: ID!) { dossier(id: $id) { officer { id name } } }"
UNTIL = """query Until($day: Date!, $since: Date) {
  transmittedBy(platform: "MIN", form: "ER", year: 2024, by: $day) { totalCount }
  handedBack(platform: "MIN", form: "ER", year: 2024, since: $since, until: $day, on: $day) { totalCount }
}"""
PLACES = "{ transmittedPlaces { form year platform { code name } } }"
SHEET = "/transmitted.xlsx?platform=MIN&form=ER&year=2024&by="


@pytest.fixture
async def house(database: str, tmp_path: Path) -> AsyncIterator[House]:
    one = await conducted(3)
    async with house_of(one.world, tmp_path, database) as found:
        yield found


async def asked(house: House, login: str, text: str, **variables: Any) -> Any:  # noqa: ANN401 - JSON
    body = (await house.ask(text, variables, by=await house.sign_in(login))).json()
    assert "errors" not in body, body
    return body["data"]


async def test_a_pilot_conducts_a_campaign(house: House) -> None:
    (campaign,) = (await asked(house, "pilote", CAMPAIGNS))["campaigns"]
    assert (campaign["form"], campaign["year"], campaign["deadlines"]) == ("ER", 2024, [])
    assert {one["step"]: one["total"] for one in campaign["steps"]}["REVIEW"] == 4
    done = (await asked(house, "pilote", SET, id=campaign["id"]))["setDeadlines"]
    assert [one["category"] for one in done["deadlines"]] == ["OPH", None]
    assert sum(one["late"] for one in done["steps"]) == 4
    late = (await asked(house, "pilote", LATE))["campaignDossiers"]
    assert (late["totalCount"], late["pageInfo"]["hasNextPage"], len(late["edges"])) == (4, True, 2)
    assert late["edges"][0]["node"]["daysLate"] > 0
    ids = [edge["node"]["dossier"]["id"] for edge in late["edges"]]
    user = str(house.world["mission"].user_id)
    for role, key in (("OFFICER", "a"), ("ACCOUNT_MANAGER", "b")):
        done = await asked(house, "pilote", ASSIGN, ids=ids, user=user, role=role, key=key)
        assert done["assign"] == 2
    late = (await asked(house, "pilote", LATE))["campaignDossiers"]
    followed = [edge["node"]["dossier"] for edge in late["edges"]]
    assert all(one["officer"] == one["accountManager"] == {"name": "Mission Essai"} for one in followed)
    for wrong, code in (("personne", "ACCOUNT_UNKNOWN"), (str(house.world.dossier), "IDEMPOTENCY_REUSED")):
        refused = await house.ask(ASSIGN, {"ids": ids, "user": wrong}, by=await house.sign_in("pilote"))
        assert code_of(refused) == code
    for criteria in ({"followedBy": user}, {"followedBy": user, "late": True, "steps": ["REVIEW"]}):
        found = await asked(house, "pilote", MINE, criteria=criteria)
        assert (found["campaignDossiers"]["totalCount"], sorted(found["campaignDossierIds"])) == (
            2,
            sorted(ids),
        )
    assert (await asked(house, "pilote", MINE, criteria={"mine": True}))["campaignDossierIds"] == []
    started = (await asked(house, "pilote", MASS, ids=ids))["startMassMove"]
    assert (started["total"], started["moved"], started["finishedAt"]) == (2, 0, None)
    assert [edge["node"]["outcome"] for edge in started["items"]["edges"]] == ["WAITING"] * 2


async def test_an_organism_is_told_the_last_day_of_its_dossier(house: House) -> None:
    (campaign,) = (await asked(house, "pilote", CAMPAIGNS))["campaigns"]
    await asked(house, "pilote", SET, id=campaign["id"])
    own = str(house.world.dossier)
    told = (await asked(house, "saisie", TOLD, id=own))["dossier"]
    assert told == {"dueOn": "2025-06-15", "late": True, "officer": None}
    for login in ("saisie", "cdc"):
        assert (await asked(house, login, CAMPAIGNS))["campaigns"] == []
        refused = await house.ask(SET, {"id": campaign["id"]}, by=await house.sign_in(login))
        assert code_of(refused) == "REFUSED"


async def test_last_days_are_not_set_over_those_of_somebody_else(house: House) -> None:
    (campaign,) = (await asked(house, "pilote", CAMPAIGNS))["campaigns"]
    first = (await asked(house, "pilote", SET, id=campaign["id"]))["setDeadlines"]["deadlines"]
    refused = await house.ask(SET, {"id": campaign["id"], "key": "t"}, by=await house.sign_in("pilote"))
    assert code_of(refused) == "DEADLINES_STALE"
    assert (await asked(house, "pilote", SET, id=campaign["id"]))["setDeadlines"]["deadlines"] == first
    again = await asked(house, "pilote", SET, id=campaign["id"], seen=first, key="t")
    assert again["setDeadlines"]["deadlines"] == first


async def test_who_follows_a_dossier_is_a_name_outside_its_platform(house: House) -> None:
    own, user = str(house.world.dossier), str(house.world["mission"].user_id)
    await asked(house, "pilote", ASSIGN, ids=[own], user=user)
    for login, told in (("pilote", user), ("saisie", None), ("cdc", None)):
        (officer,) = (await asked(house, login, FOLLOWED, id=own))["dossier"].values()
        assert officer == {"id": told, "name": "Mission Essai"}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", "2025-02-30"])
async def test_a_day_at_the_ends_of_the_calendar_is_refused(house: House, day: str) -> None:
    proof = await house.sign_in("pilote")
    literal = UNTIL.replace("$day: Date!, ", "").replace("$day", f'"{day}"')
    for text, given in ((UNTIL, {"day": day}), (UNTIL, {"day": "2025-06-30", "since": day}), (literal, {})):
        assert code_of(await house.ask(text, given, by=proof)) == "DATE_INVALID"
    refused = await _fetched(house, "pilote", SHEET + day)
    assert (refused.status_code, refused.json()["extensions"]["code"]) == (400, "DATE_INVALID")
    for bound in ("1900-01-01", "2999-12-31"):
        found = await asked(house, "pilote", UNTIL, day=bound, since="1900-01-01")
        assert found["handedBack"] == {"totalCount": 0}


async def _fetched(house: House, login: str, address: str) -> httpx.Response:
    return await house.get(address, await house.sign_in(login))


async def test_who_had_transmitted_is_taken_away_as_a_workbook(house: House) -> None:
    (campaign,) = (await asked(house, "pilote", CAMPAIGNS))["campaigns"]
    await asked(house, "pilote", SET, id=campaign["id"])
    at = datetime(2025, 6, 1, 10, tzinfo=UTC)
    await Dossier.filter(id=house.world.dossier).update(transmitted_at=at)
    response = await _fetched(house, "pilote", f"{SHEET}2025-06-30")
    assert response.headers["content-disposition"].endswith("transmis-ER-2024-au-2025-06-30.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert sheet["A1"].value == "Organismes ayant transmis au 30/06/2025 – ER 2024"
    assert "1 organisme, dont 1 après le dernier jour" in str(sheet["A2"].value)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows[0][:3] == ["SIREN", "Code", "Organisme"]
    assert (rows[1][0], rows[1][1], rows[1][8]) == ("732829320", "001", "Oui")
    assert len(rows) == 2
    for login, address, status, code in (
        ("pilote", f"{SHEET}30/06/2025", 400, "DATE_INVALID"),
        ("pilote", SHEET.replace("2024", "24") + "2025-06-30", 400, "YEAR_INVALID"),
        ("pilote", SHEET.replace("=ER", "=SEM") + "2025-06-30", 403, "REFUSED"),
    ):
        refused = await _fetched(house, login, address)
        assert (refused.status_code, refused.json()["extensions"]["code"]) == (status, code)
    assert (await house.http.get(f"{SHEET}2025-06-30")).status_code == 401


async def test_a_partner_chooses_the_list_that_it_takes_away(house: House) -> None:
    at = datetime(2025, 6, 1, 10, tzinfo=UTC)
    await Dossier.filter(id=house.world.dossier).update(transmitted_at=at)
    (place,) = (await asked(house, "cdc", PLACES))["transmittedPlaces"]
    name = house.world.authority.policy.platforms["MIN"]
    assert place == {"form": "ER", "year": 2024, "platform": {"code": "MIN", "name": name}}
    response = await _fetched(house, "cdc", f"{SHEET}2025-06-30")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=4)] == ["732829320"]
