"""What one asks and what one writes, without HTTP: values, refusals, pages, and their price in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from gql.execution import Engine, Request
from models import CellChange, Dossier, Problem, fetch
from tests.gql.conftest import OPEN, error_of
from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

WRITE = """
mutation Write($id: ID!, $cell: String!, $value: String, $was: String) {
  writeCells(dossier: $id, writes: [{cell: $cell, value: $value, was: $was}]) {
    written version changed conflicts { cell yours theirs author } refused { cell code message }
  }
}
"""
LIST = """
{ dossiers(first: 50) { totalCount edges { cursor node {
  id step rights moves { name allowed } organism { name siren } platform { code }
  verification { blocking } history { move author } transmission { author } tab(code: "A1") { values }
} } pageInfo { hasNextPage endCursor } } }
"""


async def write(
    engine: Engine, world: World, value: str, was: str | None = None, cell: str = "A1.L011.B"
) -> Any:  # noqa: ANN401 - JSON
    variables = {"id": str(world.dossier), "cell": cell, "value": value, "was": was}
    return (await engine.run(Request(WRITE, variables=variables), world["saisie"])).body


async def test_a_cell_is_written_and_everything_that_follows_from_it_is_told(
    engine: Engine, world: World
) -> None:
    body = await write(engine, world, "1\u202f234,56")
    result = body["data"]["writeCells"]
    assert (result["written"], result["version"], result["conflicts"]) == (1, 1, [])
    assert result["changed"]["A1.L011.B"] == "1234.56"
    assert result["changed"]["A1.L019.B"] == "1234.56"
    opened = await engine.run(Request(OPEN, variables={"id": str(world.dossier)}), world["saisie"])
    assert opened.body["data"]["dossier"]["tab"]["values"]["L019.B"] == "1234.56"


async def test_a_conflict_shows_both_values_and_writes_nothing(engine: Engine, world: World) -> None:
    await write(engine, world, "5")
    body = await write(engine, world, "7", was="6")
    result = body["data"]["writeCells"]
    assert result["conflicts"] == [
        {"cell": "A1.L011.B", "yours": "7", "theirs": "5", "author": "Saisie Essai"}
    ]
    assert result["written"] == 0
    assert await CellChange.all().count() == 1


async def test_a_value_that_cannot_stand_is_refused_with_its_reason(engine: Engine, world: World) -> None:
    body = await write(engine, world, "beaucoup")
    (refusal,) = body["data"]["writeCells"]["refused"]
    assert (refusal["cell"], refusal["code"]) == ("A1.L011.B", "CELL_NOT_NUMBER")
    assert await CellChange.all().count() == 0


async def test_a_stranger_and_an_unknown_dossier_are_answered_alike(engine: Engine, world: World) -> None:
    async def answer(login: str, dossier: object) -> dict[str, Any]:
        return (await engine.run(Request(OPEN, variables={"id": str(dossier)}), world[login])).body

    expected = await answer("saisie", uuid4())
    assert error_of(expected)["code"] == "NOT_FOUND"
    assert expected["data"] is None
    for login in ("voisin", "ancols", "cdc"):
        assert await answer(login, world.dossier) == expected
    assert await answer("saisie", "not-an-identifier") == expected


async def test_a_refusal_says_which_layer_refused_and_changes_nothing(engine: Engine, world: World) -> None:
    await Dossier.filter(id=world.dossier).update(step=4)
    variables = {"id": str(world.dossier), "cell": "A1.L011.B", "value": "1"}
    outcome = await engine.run(Request(WRITE, variables=variables), world["cdc"])
    refusal = error_of(outcome.body)
    assert refusal["code"] == "REFUSED"
    assert refusal["details"]["layer"] in {"convention", "boxes", "ceiling"}
    assert refusal["details"]["right"] == "dossier:write"
    assert outcome.body["data"] is None
    assert await CellChange.all().count() == 0


async def test_a_page_of_a_list_costs_no_statement_per_row(
    engine: Engine, world: World, statements: Callable[[], list[str]]
) -> None:
    async def cost() -> int:
        statements()
        outcome = await engine.run(Request(LIST), world["ministere"])
        assert "errors" not in outcome.body
        return len(statements())

    await Dossier.filter(id=world.dossier).update(step=4)
    # The first reading of the day is noted, for the organism to know.
    await cost()
    alone = await cost()
    for year in range(2010, 2020):
        await fetch(
            "INSERT INTO campaign (id, platform_id, form, year, pack, opens_on) "
            "SELECT %s, platform_id, form, %s, pack, opens_on FROM campaign WHERE year = 2024 RETURNING id",
            [year, year],
        )
        await fetch(
            "INSERT INTO dossier (id, campaign_id, organism_id, platform, form, year, pack, code, category,"
            " search, step, step_since, passes, version) SELECT gen_random_uuid(), %s, organism_id, platform,"
            " form, %s, pack, code, category, search, 4, step_since, passes, version FROM dossier"
            " WHERE id = %s RETURNING id",
            [year, year, world.dossier],
        )
    outcome = await engine.run(Request(LIST), world["ministere"])
    assert outcome.body["data"]["dossiers"]["totalCount"] == 11
    assert await cost() == alone


@pytest.mark.parametrize(("first", "code"), [(0, "FIRST_OUT_OF_BOUNDS"), (201, "FIRST_OUT_OF_BOUNDS")])
async def test_pages_are_bounded(engine: Engine, world: World, first: int, code: str) -> None:
    for field in ("dossiers", "exports"):
        query = f"query Page($n: Int!) {{ {field}(first: $n) {{ pageInfo {{ hasNextPage }} }} }}"
        outcome = await engine.run(Request(query, variables={"n": first}), world["saisie"])
        assert error_of(outcome.body)["code"] == code
    history = "query H($id: ID!, $n: Int!) { dossier(id: $id) { history(first: $n) { move } } }"
    outcome = await engine.run(
        Request(history, variables={"id": str(world.dossier), "n": first}), world["saisie"]
    )
    assert error_of(outcome.body)["code"] == code


async def test_at_most_twenty_tabs_are_opened_at_once(engine: Engine, world: World) -> None:
    query = "query Tabs($id: ID!, $codes: [String!]) { dossier(id: $id) { tabs(codes: $codes) { code } } }"
    variables = {"id": str(world.dossier), "codes": ["A1", "SG", "A1"]}
    some = await engine.run(Request(query, variables=variables), world["saisie"])
    assert [tab["code"] for tab in some.body["data"]["dossier"]["tabs"]] == ["A1", "SG", "A1"]
    everything = await engine.run(Request(query, variables={"id": str(world.dossier)}), world["saisie"])
    assert error_of(everything.body)["code"] == "TOO_MANY_TABS"
    unknown = await engine.run(Request(query, variables={**variables, "codes": ["NOPE"]}), world["saisie"])
    assert error_of(unknown.body)["code"] == "TAB_UNKNOWN"


async def test_when_the_policy_cannot_be_confirmed_nothing_is_written(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost() -> None:
        raise Problem("AUTHORITY_UNAVAILABLE", "Réessayez plus tard.")

    monkeypatch.setattr(world.authority, "refresh", lost)
    body = await write(engine, world, "1")
    assert error_of(body)["code"] == "AUTHORITY_UNAVAILABLE"
    assert await CellChange.all().count() == 0
