"""One request, one transaction: what is kept, what is undone, what is masked, what is never run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from gql.execution import Engine, Request, looks_like_login
from models import Dossier, Export, fetch
from rendering import xml_in
from resolvers import dossiers
from tests.gql.conftest import OPEN, error_of
from tests.world import PASSWORD, World

if TYPE_CHECKING:
    from forms import Pack
    from resolvers.loaded import LoadedFile


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


async def test_faults_of_a_document_are_told_in_french_and_run_nothing(engine: Engine, world: World) -> None:
    for query in ("{ viewer { ", "{ nothing }", "query A($id: ID!) { viewer { name } }"):
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


async def test_a_file_is_parsed_once_and_only_for_whoever_may_write(
    engine: Engine, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    def watched(xml: str, pack: Pack | None) -> LoadedFile:
        parsed.append(xml)
        return xml_in.read_dossier(xml, pack)

    monkeypatch.setattr("gql.imports.xml_in", SimpleNamespace(read_dossier=watched))
    one = 'importXml(dossier: $id, xml: "<a/>") { applied }'

    async def code(login: str, fields: str) -> str:
        query = f"mutation I($id: ID!) {{ {fields} }}"
        outcome = await engine.run(Request(query, variables={"id": str(world.dossier)}), world[login])
        return str(error_of(outcome.body)["code"])

    assert await code("voisin", one) == "NOT_FOUND"
    assert await code("hierarchie", one) == "REFUSED"
    assert await code("saisie", f"a: {one} b: {one}") == "MUTATION_NOT_ALONE"
    assert parsed == []
    assert await code("saisie", one) == "XML_NAMESPACE"
    assert parsed == ["<a/>"]
    assert (await Dossier.get(id=world.dossier)).version == 0


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('mutation { login(login: "a", password: "b") { name } }', True),
        ("  \n mutation Login($a: String!) { login(login: $a) { name } }", True),
        ("fragment F on Viewer { name } mutation Login { login { ...F } }", True),
        ("{ login }", False),
        ("query { login }", False),
        ("mutationlogin { login }", False),
        ("mutation { logout }", False),
        ("mutation { login }" + " " * 2_000, False),
    ],
)
def test_a_sign_in_is_recognised_without_parsing(text: str, expected: bool) -> None:
    assert looks_like_login(text) is expected
