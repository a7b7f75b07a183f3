"""Why, who and what as a screen asks for them, and what a refusal gives it to ask with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from authz import add_rows, bump, profile_line
from gql.execution import Engine, Request
from models import Consent, transaction
from tests.gql.conftest import error_of

if TYPE_CHECKING:
    from tests.world import World

WHY = """
query W($id: ID!, $right: String!, $user: ID, $step: Int, $day: Date) {
  explainAccess(dossier: $id, right: $right, user: $user, step: $step, day: $day) {
    allowed sentence version day subject right rightLabel step
    layers { layer label allowed sentence whoCanChange
      decidedBy { line ref denies text since until convention } }
    consent { organism { key name } partner { id key name } form year whoCanGive }
    nearMisses { sentence differsBy rule { line text } } } }
"""
WHO = """
query W($id: ID!) { whoCanSee(dossier: $id) {
  organization { id key name } kind refs more accounts { subject name since ref } } }
"""
WHAT = "query W($id: ID!) { whatCanSee(organization: $id) { form year step dossiers refs } }"
WRITE = "mutation P($id: ID!) { writeCells(dossier: $id, writes: []) { written } }"


async def _ask(engine: Engine, world: World, login: str, query: str, **given: object) -> Any:  # noqa: ANN401 - JSON
    variables = {"id": str(world.dossier), **given}
    return (await engine.run(Request(query, variables=variables), world[login])).body


async def test_a_screen_is_told_why(engine: Engine, world: World) -> None:
    told = await _ask(engine, world, "saisie", WHY, right="dossier:validate")
    found = told["data"]["explainAccess"]
    assert (found["allowed"], found["right"], found["step"]) == (False, "dossier:validate", 1)
    assert found["rightLabel"] == "Validation de la saisie"
    assert [one["layer"] for one in found["layers"]] == ["convention", "boxes", "ceiling"]
    assert found["layers"][0]["label"] == "Convention"
    assert all(one["sentence"] for one in found["layers"])
    assert found["layers"][1]["whoCanChange"].startswith("L’administrateur des utilisateurs")
    yes = (await _ask(engine, world, "saisie", WHY, right="dossier:write"))["data"]["explainAccess"]
    assert yes["allowed"]
    assert yes["nearMisses"] == []
    (cited,) = yes["layers"][1]["decidedBy"]
    assert cited["text"].startswith(
        "Le profil «\u00a0Responsable de saisie\u00a0» peut saisir dans tout dossier"
    )
    assert cited["line"].isdigit()


async def test_a_missing_consent_and_a_near_miss_are_told(engine: Engine, world: World) -> None:
    async with transaction():
        await Consent.filter(form="ER").update(given=False)
        await bump(None, "Accord retiré")
    await world.authority.refresh()
    line = profile_line(subject="user:ministere", profile="profile:operator_admin", platform="MIN", form="ER")
    await add_rows([line], base=world.authority.version, author_id=None, comment="Éditrice")
    await world.authority.refresh()
    given = {"right": "dossier:read", "user": str(world["cdc"].user_id)}
    found = (await _ask(engine, world, "ministere", WHY, step=4, **given))["data"]["explainAccess"]
    assert found["consent"]["partner"]["key"] == "partner:CDC"
    assert found["consent"]["organism"]["name"] == "Office public de l'habitat d'essai"
    assert (found["consent"]["form"], found["consent"]["year"], found["consent"]["whoCanGive"]) == (
        "ER",
        2024,
        [],
    )
    (near,) = found["nearMisses"]
    assert near["sentence"].startswith("Ce serait oui avec l’accord de Office public")
    assert near["rule"]["text"].startswith(
        "Caisse des dépôts peut lire le dossier ER aux étapes 4 à 6 pour les OPH"
    )
    ended = await _ask(engine, world, "ministere", WHY, day="1950-01-01", **given)
    assert ended["data"]["explainAccess"]["day"] == "1950-01-01"
    what = (await _ask(engine, world, "ministere", WHAT, id=str(world["ministere"].organization_id)))["data"]
    assert [one["dossiers"] for one in what["whatCanSee"]] == [1]


async def test_who_is_told_to_the_organism(engine: Engine, world: World) -> None:
    found = (await _ask(engine, world, "saisie", WHO))["data"]["whoCanSee"]
    assert {one["organization"]["key"]: one["kind"] for one in found} == {
        world["saisie"].organization: "ORGANISM",
        "operator:MIN": "OPERATOR",
    }
    assert error_of(await _ask(engine, world, "cdc", WHO))["code"] == "NOT_FOUND"
    assert error_of(await _ask(engine, world, "ministere", WHO))["code"] == "REFUSED"


async def test_a_refusal_gives_what_opens_its_explanation(engine: Engine, world: World) -> None:
    refused = error_of(await _ask(engine, world, "voisin", WHY, right="dossier:read"))
    assert refused["code"] == "NOT_FOUND"
    body = await _ask(engine, world, "ministere", WRITE)
    details = error_of(body)["details"]
    assert (details["layer"], details["right"], details["step"]) == ("ceiling", "dossier:write", 1)
    told = await _ask(engine, world, "ministere", WHY, right=details["right"], step=details["step"])
    assert told["data"]["explainAccess"]["sentence"] == body["errors"][0]["message"]
    for given, code in (({"right": "x"}, "RIGHT_UNKNOWN"), ({"right": "notify", "step": 9}, "STEP_UNKNOWN")):
        assert error_of(await _ask(engine, world, "saisie", WHY, **given))["code"] == code
    assert error_of(await _ask(engine, world, "saisie", WHY, right="notify", user="x"))["code"] == "NOT_FOUND"
    unknown = await _ask(engine, world, "saisie", WHAT, id="x")
    assert error_of(unknown)["code"] == "NOT_FOUND"
