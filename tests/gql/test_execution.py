"""One request, one transaction: what is kept, what is undone, what is masked, how often SQL is asked."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from gql.app import build_engine
from gql.execution import Engine, Request, looks_like_login
from gql.settings import Settings
from models import CellChange, Dossier, Export, Problem, fetch
from resolvers import dossiers
from tests.world import PASSWORD, World, build_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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
OPEN = 'query Open($id: ID!) { dossier(id: $id) { version tab(code: "A1") { values forced editable } } }'


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_world()


@pytest.fixture
def engine(database: str, world: World) -> Engine:
    return build_engine(Settings(DATABASE_URL=database), world.authority)


@pytest.fixture
def statements(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """Every SQL statement asked for since the last call."""
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):

        def taken() -> list[str]:
            found = [record.getMessage() for record in caplog.records if record.name == "tortoise.db_client"]
            caplog.clear()
            return found

        yield taken


def error_of(body: dict[str, Any]) -> dict[str, Any]:
    (error,) = body["errors"]
    extensions: dict[str, Any] = error["extensions"]
    return extensions


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


async def test_an_error_anywhere_in_a_mutation_undoes_all_of_it(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = """
    mutation Two($id: ID!) {
      a: requestPrint(dossier: $id, idempotencyKey: "a") { id }
      b: requestPrint(dossier: $id, tabs: ["NOPE"], idempotencyKey: "b") { id }
    }
    """
    outcome = await engine.run(Request(two, variables={"id": str(world.dossier)}), world["saisie"])
    assert error_of(outcome.body)["code"] == "TAB_UNKNOWN"
    assert outcome.body["data"] is None
    assert await Export.all().count() == 0
    assert await fetch("SELECT id FROM procrastinate_jobs") == []
    assert await fetch("SELECT id FROM idempotency_key") == []

    async def broken(*_: object) -> None:
        raise RuntimeError("after the write")

    monkeypatch.setattr("gql.loaders.dossiers.read_many", broken)
    nested = 'mutation P($id: ID!) { requestPrint(dossier: $id, idempotencyKey: "c") { dossier { id } } }'
    outcome = await engine.run(Request(nested, variables={"id": str(world.dossier)}), world["saisie"])
    assert error_of(outcome.body)["code"] == "INTERNAL"
    assert await Export.all().count() == 0


async def test_an_unforeseen_error_leaves_only_its_reference(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(dossiers, "read", broken)
    outcome = await engine.run(Request(OPEN, variables={"id": str(world.dossier)}), world["saisie"])
    (error,) = outcome.body["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["reference"] in error["message"]
    assert "hunter2" not in str(outcome.body)
    logged = capsys.readouterr().out
    assert "hunter2" in logged
    assert error["extensions"]["reference"] in logged


async def test_no_field_may_be_null_by_accident(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gql.query.Viewer", lambda row: None)  # noqa: ARG005 - a resolver gone wrong
    outcome = await engine.run(Request("{ viewer { name } }"), world["saisie"])
    assert error_of(outcome.body)["code"] == "INTERNAL"


async def test_a_page_of_a_list_costs_no_statement_per_row(
    engine: Engine, world: World, statements: Callable[[], list[str]]
) -> None:
    async def cost() -> int:
        statements()
        outcome = await engine.run(Request(LIST), world["ministere"])
        assert "errors" not in outcome.body
        return len(statements())

    await Dossier.filter(id=world.dossier).update(step=4)
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


async def test_faults_of_a_document_are_told_in_french_and_run_nothing(engine: Engine, world: World) -> None:
    for query in ("{ viewer { ", "{ nothing }", "query A($id: ID!) { dossier(id: $id) { id } }"):
        outcome = await engine.run(Request(query), world["saisie"])
        assert error_of(outcome.body)["code"] == "DOCUMENT_INVALID"
        assert outcome.body["errors"][0]["message"].startswith("Le document GraphQL est invalide")
        assert outcome.invalid
        assert "data" not in outcome.body


async def test_an_operation_must_be_there_to_be_named(engine: Engine, world: World) -> None:
    two = "query A { viewer { name } } query B { viewer { login } }"
    named = await engine.run(Request(two, operation="B"), world["saisie"])
    assert named.body == {"data": {"viewer": {"login": "saisie"}}}
    for name in (None, "C"):
        outcome = await engine.run(Request(two, operation=name), world["saisie"])
        assert error_of(outcome.body)["code"] == "OPERATION_UNKNOWN"


async def test_a_password_is_never_checked_where_its_failure_could_be_undone(
    engine: Engine, world: World
) -> None:
    hidden = """
    mutation T($id: ID!) { ...t }
    fragment t on Mutation {
      transmitDossier(dossier: $id, commitments: [true], password: "x", idempotencyKey: "k") { id }
    }
    """
    beside = """
    mutation T($id: ID!) {
      logout
      transmitDossier(dossier: $id, commitments: [], password: "x", idempotencyKey: "k") { id }
    }
    """
    for query in (hidden, beside):
        outcome = await engine.run(Request(query, variables={"id": str(world.dossier)}), world["hierarchie"])
        assert error_of(outcome.body)["code"] == "MUTATION_NOT_ALONE"
    assert await fetch("SELECT id FROM sign_in_failure") == []


async def test_failed_passwords_of_a_transmission_count_like_those_of_a_sign_in(
    engine: Engine, world: World
) -> None:
    await Dossier.filter(id=world.dossier).update(step=3)
    transmit = """
    mutation T($id: ID!, $word: String!, $key: String!) {
      transmitDossier(dossier: $id, commitments: [true, true, true], password: $word, idempotencyKey: $key) {
        step
      }
    }
    """
    codes = []
    for number in range(6):
        variables = {
            "id": str(world.dossier),
            "word": PASSWORD if number == 5 else "wrong",
            "key": str(number),
        }
        outcome = await engine.run(Request(transmit, variables=variables), world["hierarchie"])
        codes.append(error_of(outcome.body)["code"])
    assert codes == ["WRONG_PASSWORD"] * 4 + ["ACCOUNT_LOCKED"] * 2
    assert (await Dossier.get(id=world.dossier)).step == 3


async def test_when_the_policy_cannot_be_confirmed_nothing_is_written(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost() -> None:
        raise Problem("AUTHORITY_UNAVAILABLE", "Réessayez plus tard.")

    monkeypatch.setattr(world.authority, "refresh", lost)
    body = await write(engine, world, "1")
    assert error_of(body)["code"] == "AUTHORITY_UNAVAILABLE"
    assert await CellChange.all().count() == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('mutation { login(login: "a", password: "b") { name } }', True),
        ("  \n mutation Login($a: String!) { login(login: $a) { name } }", True),
        ("{ login }", False),
        ("query { login }", False),
        ("mutationlogin { login }", False),
        ("mutation { logout }", False),
        ("mutation { login }" + " " * 2_000, False),
    ],
)
def test_a_sign_in_is_recognised_without_parsing(text: str, expected: bool) -> None:
    assert looks_like_login(text) is expected
