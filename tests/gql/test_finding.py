"""The search over HTTP: every sort and page, what it can be narrowed to, what is proposed while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from resolvers.criteria import Sort
from tests.campaign import conducted
from tests.gql.conftest import code_of, house_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.gql.conftest import House

SEARCH = """
query Search($criteria: DossierCriteria, $first: Int! = 2, $after: String, $sort: DossierSort! = CODE,
             $down: Boolean! = false) {
  dossiers(criteria: $criteria, first: $first, after: $after, sort: $sort, descending: $down) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id erTransmittedAt } }
    facets { steps { step count } categories { category count } forms { form count } years { year count } }
  }
}
"""
TYPED = """
query Typed($text: String!) {
  suggestOrganisms(search: $text) { siren name code category department }
  suggestUsers(search: $text) { firstName lastName organism }
  followers(role: OFFICER) { id name }
}
"""
DETAILED: dict[str, Any] = {
    "search": "1",
    "forms": ["ER"],
    "years": [2024],
    "steps": ["REVIEW"],
    "passedSince": "2020-01-01",
    "passedUntil": "2030-01-01",
    "late": False,
    "federated": False,
}
NOBODY = {"officer": "x", "accountManager": "y", "labels": ["z"], "workList": "w"}


@pytest.fixture
async def house(database: str, tmp_path: Path) -> AsyncIterator[House]:
    one = await conducted(3)
    async with house_of(one.world, tmp_path, database) as found:
        yield found


async def _pages(house: House, by: str, **asked: Any) -> list[str]:  # noqa: ANN401 - JSON
    """All rows of a search, by its pages."""
    found: list[str] = []
    after = None
    while True:
        body = (await house.ask(SEARCH, {**asked, "after": after}, by=by)).json()
        assert "errors" not in body, body
        page = body["data"]["dossiers"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            assert page["totalCount"] == len(found) == len(set(found))
            for facet in page["facets"].values():
                assert sum(one["count"] for one in facet) == len(found)
            return found
        after = page["pageInfo"]["endCursor"]


async def test_every_sort_gives_all_rows_once_and_both_ways(house: House) -> None:
    by = await house.sign_in("pilote")
    whole = await _pages(house, by)
    assert len(whole) == 4
    for sort in Sort:
        for down in (False, True):
            assert sorted(await _pages(house, by, sort=sort.name, down=down)) == sorted(whole)
    assert sorted(await _pages(house, by, criteria=DETAILED)) == sorted(whole)
    for name, value in NOBODY.items():
        assert await _pages(house, by, criteria={name: value}) == []
    one = await _pages(house, await house.token(), criteria={"form": "ER", "year": 2024})
    assert set(one) <= set(whole)


async def test_what_cannot_be_searched_is_refused_with_its_code(house: House) -> None:
    by = await house.sign_in("pilote")
    other = (await house.ask(SEARCH, {"sort": "YEAR"}, by=by)).json()["data"]["dossiers"]["pageInfo"]
    for asked, code in (
        ({"criteria": {}}, "CRITERIA_EMPTY"),
        ({"criteria": {"search": "  ", "forms": [], "labels": []}}, "CRITERIA_EMPTY"),
        ({"criteria": {"search": "mot " * 2_000}}, "CRITERIA_TOO_LONG"),
        ({"criteria": {"handedSince": "0001-01-01"}}, "DATE_INVALID"),
        ({"first": 10**9}, None),
        ({"first": 0}, "FIRST_OUT_OF_BOUNDS"),
        ({"after": other["endCursor"]}, "CURSOR_INVALID"),
        ({"after": "made up"}, "CURSOR_INVALID"),
        ({"sort": "PASSWORD"}, None),
    ):
        response = await house.ask(SEARCH, asked, by=by)
        assert (response.json().get("data") or {}).get("dossiers") is None, asked
        assert code is None or code_of(response) == code, response.text


async def test_what_is_typed_is_completed(house: House) -> None:
    found = (await house.ask(TYPED, {"text": "habitat"}, by=await house.sign_in("pilote"))).json()["data"]
    assert found["suggestOrganisms"][0]["name"].lower().find("habitat") >= 0
    assert found["followers"] == []
    users = (await house.ask(TYPED, {"text": "saisie"}, by=await house.sign_in("pilote"))).json()["data"]
    assert [one["firstName"] for one in users["suggestUsers"]] == ["Saisie"]
    stranger = (await house.ask(TYPED, {"text": "habitat"}, by=await house.sign_in("ancols"))).json()["data"]
    assert stranger == {"suggestOrganisms": [], "suggestUsers": [], "followers": []}
