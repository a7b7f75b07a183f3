"""An organization's systems: listed and explained to its own administrators, and to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from gql.app import build_engine
from gql.execution import Engine, Request
from gql.settings import Settings
from models import Dossier, MachineClient, fetch
from tests.gql.conftest import error_of
from tests.settings import Desk, build_settings, everything

if TYPE_CHECKING:
    from collections.abc import Mapping

CLIENTS = """
query C($id: ID) { organizationCard(id: $id) { key clients { id name scopes { right label } closedAt } } }
"""
WHY = """
query W($id: ID!, $client: String!) { explainAccess(dossier: $id, right: "dossier:read", client: $client) {
  allowed subject layers { layer allowed whoCanChange } } }
"""
NOBODY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_settings()


@pytest.fixture
def engine(database: str, desk: Desk) -> Engine:
    return build_engine(Settings(DATABASE_URL=database), desk.world.authority)


async def ask(engine: Engine, desk: Desk, by: str, query: str, /, **variables: object) -> Any:  # noqa: ANN401 - JSON
    await desk.world.authority.refresh()
    return (await engine.run(Request(query, variables=variables), desk[by])).body


async def everything_and_clients() -> Mapping[str, Any]:
    return {**await everything(), "clients": await fetch("SELECT * FROM machine_client ORDER BY id")}


async def test_an_administrator_sees_the_systems_of_his_own_and_why_they_may(
    engine: Engine, desk: Desk
) -> None:
    home = desk.organizations["partner:CDC"]
    now = datetime.now(UTC)
    await MachineClient.create(
        id="cdc-ancien",
        name="Ancien",
        organization_id=home,
        secret_hash="x",
        scopes=["word:gone"],
        closed_at=now,
    )
    opened, closed = (await ask(engine, desk, "cdc.admin", CLIENTS))["data"]["organizationCard"]["clients"]
    assert opened == {
        "id": "cdc-machine",
        "name": "Système de la CDC",
        "scopes": [
            {"right": "dossier:export", "label": "Impression et export du dossier"},
            {"right": "dossier:read", "label": "Lecture du dossier"},
        ],
        "closedAt": None,
    }
    assert (closed["id"], closed["scopes"]) == ("cdc-ancien", [{"right": "word:gone", "label": "word:gone"}])
    assert closed["closedAt"].startswith(now.date().isoformat())
    none = await ask(engine, desk, "organisme.admin", CLIENTS)
    assert none["data"]["organizationCard"]["clients"] == []


async def test_why_is_told_of_a_system_to_its_administrators_alone(engine: Engine, desk: Desk) -> None:
    dossier = str(desk.world.dossier)
    await Dossier.filter(id=dossier).update(step=4)
    for by in ("cdc.admin", "ministere.admin", "machine"):
        found = (await ask(engine, desk, by, WHY, id=dossier, client="cdc-machine"))["data"]["explainAccess"]
        assert (found["subject"], found["allowed"]) == ("client:cdc-machine", True)
        assert [one["layer"] for one in found["layers"]] == ["convention", "boxes", "ceiling", "scope"]
        assert found["layers"][1]["whoCanChange"].startswith("La plateforme (Ministère")
    before = await everything_and_clients()
    for by in ("cdc", "organisme.admin", "saisie"):
        told, none = [
            error_of(await ask(engine, desk, by, WHY, id=dossier, client=client))
            for client in ("cdc-machine", "inconnue")
        ]
        assert told == none
        assert told["code"] == "NOT_FOUND"
    assert await everything_and_clients() == before


async def test_a_list_of_systems_is_refused_to_others_and_nothing_moves(engine: Engine, desk: Desk) -> None:
    before, home = await everything_and_clients(), str(desk.organizations["partner:CDC"])
    for by, code in (("cdc", "REFUSED"), ("machine", "REFUSED"), ("ministere.admin", "ADMINISTRATORS_ONLY")):
        body = await ask(engine, desk, by, CLIENTS, id=home)
        assert (error_of(body)["code"], body["data"]) == (code, None)
    for by in ("ancols.admin", "organisme.admin", "saisie"):
        told, none, odd = [
            error_of(await ask(engine, desk, by, CLIENTS, id=one)) for one in (home, NOBODY, "x")
        ]
        assert told == none == odd
        assert told["code"] == "NOT_FOUND"
    assert await everything_and_clients() == before
