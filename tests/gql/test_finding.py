"""The search over HTTP: every sort and page, what it can be narrowed to, what is proposed while one types."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from models import Assignment, AssignmentRole, Dossier, User, execute, fetch, transaction
from resolvers import listing
from resolvers.criteria import Sort
from resolvers.folding import fold
from tests.campaign import conducted
from tests.gql.conftest import code_of, house_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from resolvers.rows import Page
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
SAID = {
    "FIRST_OUT_OF_BOUNDS": "corrigez « first ».",
    "VARIABLE_INVALID": ", dont le schéma donne la liste.",
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


async def _in_order(sort: Sort, *, down: bool) -> list[str]:
    """The dossiers as the key of a sort orders them, those of none last, equal ones as they are named."""
    rows = await Dossier.all().prefetch_related("organism", "assignments__user")
    rows.sort(key=lambda row: (row.code, row.platform, row.form, row.year, row.id))
    have = [row for row in rows if _key(row, sort) is not None]
    have.sort(key=lambda row: _key(row, sort), reverse=down)
    return [str(row.id) for row in (*have, *(row for row in rows if _key(row, sort) is None))]


def _key(row: Dossier, sort: Sort) -> Any:  # noqa: ANN401 - of any type that compares
    if sort is Sort.ER_TRANSMITTED:
        return None  # told of federations' dossiers alone
    if sort in {Sort.OFFICER, Sort.ACCOUNT_MANAGER}:
        followed = row.assignments  # type: ignore[attr-defined]  # the other side of `Assignment.dossier`
        people = [one.user for one in followed if one.role.value == sort.value]
        return next((fold(f"{one.last_name} {one.first_name}") for one in people), None)
    if sort in {Sort.SIREN, Sort.DEPARTMENT}:
        return getattr(row.organism, sort.value)
    return getattr(row, {Sort.NAME: "search", Sort.TRANSMITTED: "transmitted_at"}.get(sort, sort.value))


async def _spread() -> None:
    """Dossiers that no two sorts order alike."""
    people = await User.filter(login__in=["mission", "ministere"]).order_by("login")
    for number, row in enumerate(await Dossier.all().order_by("id")):
        at = datetime(2026, 3, 10 + number * 5 % 4, tzinfo=UTC)
        sent = None if number == 1 else at.replace(month=4 + number % 2)
        await Dossier.filter(id=row.id).update(step_since=at, transmitted_at=sent)
        for role in AssignmentRole:
            who = people[(number + (role is AssignmentRole.OFFICER)) % 2]
            if number:
                await Assignment.create(dossier_id=row.id, role=role, user=who, author=who, at=at)


async def test_every_sort_gives_all_rows_once_and_both_ways(house: House) -> None:
    by = await house.sign_in("pilote")
    await _spread()
    whole = await _pages(house, by)
    assert len(whole) == 4
    for sort in Sort:
        for down in (False, True):
            assert await _pages(house, by, sort=sort.name, down=down) == await _in_order(sort, down=down)
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
        ({"first": 10**9}, "FIRST_OUT_OF_BOUNDS"),
        ({"first": 0}, "FIRST_OUT_OF_BOUNDS"),
        ({"after": other["endCursor"]}, "CURSOR_INVALID"),
        ({"after": "made up"}, "CURSOR_INVALID"),
        ({"sort": "PASSWORD"}, "VARIABLE_INVALID"),
        ({"criteria": {"steps": ["NOWHERE"]}}, "VARIABLE_INVALID"),
    ):
        response = await house.ask(SEARCH, asked, by=by)
        assert (response.json().get("data") or {}).get("dossiers") is None, asked
        assert code_of(response) == code, response.text
        if code in SAID:
            assert " ".join(response.json()["errors"][0]["message"].split()).endswith(SAID[code]), (
                response.text
            )


async def test_a_page_longer_than_lists_give_is_refused(house: House) -> None:
    response = await house.ask("{ dossiers(first: 201) { totalCount } }", by=await house.sign_in("pilote"))
    assert code_of(response) == "FIRST_OUT_OF_BOUNDS"
    assert " ".join(response.json()["errors"][0]["message"].split()).endswith(SAID["FIRST_OUT_OF_BOUNDS"])


async def test_what_is_typed_is_completed(house: House) -> None:
    found = (await house.ask(TYPED, {"text": "habitat"}, by=await house.sign_in("pilote"))).json()["data"]
    assert found["suggestOrganisms"][0]["name"].lower().find("habitat") >= 0
    assert found["followers"] == []
    users = (await house.ask(TYPED, {"text": "saisie"}, by=await house.sign_in("pilote"))).json()["data"]
    assert [one["firstName"] for one in users["suggestUsers"]] == ["Saisie"]
    stranger = (await house.ask(TYPED, {"text": "habitat"}, by=await house.sign_in("ancols"))).json()["data"]
    assert stranger == {"suggestOrganisms": [], "suggestUsers": [], "followers": []}


async def test_aliases_do_not_multiply_a_search(house: House) -> None:
    by = await house.sign_in("pilote")
    searches = " ".join(f"d{number}: dossiers(first: 1) {{ totalCount }}" for number in range(7))
    facets = " ".join(f"f{number}: facets {{ steps {{ count }} }}" for number in range(12))
    for asked in (searches, f"dossiers(first: 1) {{ {facets} }}"):
        answer = await house.ask(f"{{ {asked} }}", {}, by=by)
        assert (code_of(answer), answer.json()["errors"][0]["extensions"]["details"]["limit"]) == (
            "DOCUMENT_TOO_COMPLEX",
            "cost",
        )


async def test_a_search_that_takes_too_long_is_cut_and_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def endless(*_: object, **__: object) -> Page:
        async with transaction():
            await execute("SET LOCAL statement_timeout = 1")
            await fetch("SELECT count(*) FROM generate_series(1, 100000000)")
        raise AssertionError

    by = await house.sign_in("pilote")
    monkeypatch.setattr(listing, "search", endless)
    answer = await house.ask(SEARCH, {}, by=by)
    assert code_of(answer) == "QUERY_TOO_LONG"
    assert "reference" not in answer.json()["errors"][0]["extensions"]
