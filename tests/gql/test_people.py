"""The settings desk over GraphQL (manual §11): card, people, matrix, passwords; and the menu to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from gql.app import build_engine
from gql.execution import Engine, Request
from gql.settings import Settings
from tests.gql.conftest import House, code_of, error_of, house_of, session_cookie
from tests.settings import STRONG, Desk, build_settings, everything
from tests.world import PASSWORD

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

MENU = "{ viewer { administersUsers editsPolicy givesConsents seesConventions } }"
CARD = """
query Card($id: ID) { organizationCard(id: $id) { id key name version editable siren platform
  places { platform platformName form } profiles { name label kind }
  accounts(first: 2, search: "cdc") { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor node { id login firstName contactOf editable refusal isMe delegatedAdministrator } } } } }
"""
ACCOUNT = """
query Account($id: ID!) { account(id: $id) { login version closedAt defaultProfile { name label }
  organization { key } forms { platform platformName form profile { name label rows { right } } contact
    rows { ...Matrix } } } }
fragment Matrix on FunctionRow { right label cells { step state editable reason } }
"""
CREATE = """
mutation Create($organization: ID!, $login: String!, $password: String!, $account: AccountInput!) {
  createUser(organization: $organization, login: $login, password: $password, passwordAgain: $password,
    account: $account, idempotencyKey: "one") { id login } }
"""
COPY = """
mutation Copy($user: ID!, $password: String!, $account: AccountInput!) {
  duplicateUser(user: $user, login: "copie", password: $password, passwordAgain: $password, account: $account,
    idempotencyKey: "two") { login contactOf } }
"""
UPDATE = """
mutation Update($user: ID!, $account: AccountInput!) {
  updateUser(user: $user, account: $account, version: 0) { version service } }
"""
SET = """
mutation Set($user: ID!, $rights: [FormRightsInput!]!) {
  setFormRights(user: $user, rights: $rights, version: 0) { version contactOf } }
"""
REOPEN = """mutation Reopen($user: ID!, $password: String!) {
  reopenUser(user: $user, password: $password, passwordAgain: $password, version: 1) {
    closedAt editable version
  }
}"""
CLOSE = "mutation Close($user: ID!) { closeUser(user: $user, version: 0) { closedAt editable refusal } }"
RENAME = """
mutation Rename($id: ID!) { updateOrganization(id: $id, name: "Caisse", shortName: "CDC", address: "",
  phone: "", email: "", version: 0) { name version } }
"""
CHANGE = """
mutation Change($user: ID!, $password: String!, $current: String) {
  changePassword(user: $user, password: $password, passwordAgain: $password, current: $current) }
"""
PERSON = {"firstName": "Ana", "lastName": "Roux", "email": "ana@example.org", "phone": "01 40 00 00 01"}


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_settings()


@pytest.fixture
def engine(database: str, desk: Desk) -> Engine:
    return build_engine(Settings(DATABASE_URL=database), desk.world.authority)


@pytest.fixture
async def served(desk: Desk, database: str, tmp_path: Path) -> AsyncIterator[House]:
    async with house_of(desk.world, tmp_path, database) as made:
        yield made


async def ask(engine: Engine, desk: Desk, by: str, query: str, /, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    await desk.world.authority.refresh()
    return (await engine.run(Request(query, variables=variables), desk[by])).body


async def test_the_menu_shows_what_one_may(engine: Engine, desk: Desk) -> None:
    names = ("administersUsers", "editsPolicy", "givesConsents", "seesConventions")
    wanted = {
        "cdc": (False, False, False, True),
        "cdc.admin": (True, False, False, True),
        "organisme.admin": (True, False, True, True),
        "ministere.admin": (True, True, False, True),
        "machine": (False, False, False, False),
    }
    found = {login: (await ask(engine, desk, login, MENU))["data"]["viewer"] for login in wanted}
    assert found == {login: dict(zip(names, menu, strict=True)) for login, menu in wanted.items()}


async def test_an_administrator_works_from_the_card_to_the_matrix(engine: Engine, desk: Desk) -> None:
    card = (await ask(engine, desk, "cdc.admin", CARD))["data"]["organizationCard"]
    assert (card["key"], card["editable"], card["siren"]) == ("partner:CDC", True, None)
    assert [place["form"] for place in card["places"]] == ["ER"]
    assert [one["label"] for one in card["profiles"]] == [
        "Administrateur partenaire",
        "Utilisateur partenaire",
    ]
    assert (card["accounts"]["totalCount"], card["accounts"]["pageInfo"]["hasNextPage"]) == (3, True)
    account = {**PERSON, "defaultProfile": "profile:partner_user"}
    made = await ask(
        engine,
        desk,
        "cdc.admin",
        CREATE,
        organization=card["id"],
        login="Ana",
        password=STRONG,
        account=account,
    )
    user = made["data"]["createUser"]["id"]
    boxes = [{"right": "dossier:read", "step": 4, "granted": False}]
    rights = [
        {"platform": "MIN", "form": "ER", "profile": "profile:partner_user", "contact": True, "boxes": boxes}
    ]
    saved = await ask(engine, desk, "cdc.admin", SET, user=user, rights=rights)
    assert saved["data"]["setFormRights"] == {"version": 1, "contactOf": ["ER"]}
    copied = await ask(engine, desk, "cdc.admin", COPY, user=user, password=STRONG, account=PERSON)
    assert copied["data"]["duplicateUser"] == {"login": "copie", "contactOf": ["ER"]}
    found = (await ask(engine, desk, "cdc.admin", ACCOUNT, id=user))["data"]["account"]
    assert found["defaultProfile"] == {"name": "profile:partner_user", "label": "Utilisateur partenaire"}
    (place,) = found["forms"]
    reading = place["rows"][0]
    assert [cell["state"] for cell in reading["cells"]] == [
        *["IMPOSED_OFF"] * 4,
        "REFUSED",
        *["INHERITED"] * 2,
    ]


async def test_an_administrator_changes_a_person_a_card_and_closes_an_account(
    engine: Engine, desk: Desk
) -> None:
    second = str(desk.users["cdc.second"])
    changed = await ask(
        engine,
        desk,
        "cdc.admin",
        UPDATE,
        user=second,
        account={**PERSON, "service": "Prêts", "delegatedAdministrator": True},
    )
    assert changed["data"]["updateUser"] == {"version": 1, "service": "Prêts"}
    closed = await ask(engine, desk, "cdc.admin", CLOSE, user=str(desk.users["cdc"]))
    assert closed["data"]["closeUser"]["closedAt"].endswith("Z")
    assert closed["data"]["closeUser"]["refusal"].startswith("Ce compte est fermé")
    back = await ask(engine, desk, "cdc.admin", REOPEN, user=str(desk.users["cdc"]), password=STRONG)
    assert back["data"]["reopenUser"] == {"closedAt": None, "editable": True, "version": 2}
    renamed = await ask(engine, desk, "cdc.admin", RENAME, id=str(desk.organizations["partner:CDC"]))
    assert renamed["data"]["updateOrganization"] == {"name": "Caisse", "version": 1}


@pytest.mark.parametrize("login", ["cdc", "saisie", "ancols.admin", "machine"])
async def test_others_meet_a_refusal_that_leaves_everything(engine: Engine, desk: Desk, login: str) -> None:
    before, user = await everything(), str(desk.users["cdc.admin"])
    home = str(desk.organizations["partner:CDC"])
    person = {"login": "ana", "password": STRONG, "account": PERSON}
    own = login in {"cdc", "machine"}
    for query, variables in (
        (ACCOUNT, {"id": user}),
        (UPDATE, {"user": user, "account": PERSON}),
        (SET, {"user": user, "rights": []}),
        (CLOSE, {"user": user}),
        (CHANGE, {"user": user, "password": STRONG}),
    ):
        body = await ask(engine, desk, login, query, **variables)
        assert (error_of(body)["code"], body["data"]) == ("NOT_FOUND", None)
        for unknown in ("00000000-0000-0000-0000-000000000000", "x"):
            changed = {**variables, next(iter(variables)): unknown}
            assert error_of(await ask(engine, desk, login, query, **changed))["code"] == "NOT_FOUND"
    for query, variables in (
        (CREATE, {"organization": home, **person}),
        (RENAME, {"id": home}),
        (CARD, {"id": home}),
    ):
        body = await ask(engine, desk, login, query, **variables)
        assert error_of(body)["code"] == ("REFUSED" if own else "NOT_FOUND")
    assert await everything() == before


async def test_a_platform_finds_organizations_and_profiles(engine: Engine, desk: Desk) -> None:
    query = """{ organizations(platform: "MIN", kind: PARTNER, first: 1) { totalCount edges { node { key } } }
      profile(name: "profile:partner_admin", platform: "MIN", form: "ER") {
        label kind rows { right label } } }"""
    data = (await ask(engine, desk, "ministere.admin", query))["data"]
    assert data["organizations"] == {"totalCount": 2, "edges": [{"node": {"key": "partner:ANCOLS"}}]}
    assert (data["profile"]["label"], data["profile"]["kind"]) == ("Administrateur partenaire", "PARTNER")
    assert error_of(await ask(engine, desk, "cdc.admin", query))["code"] == "PLATFORM_ONLY"


async def test_changing_ones_password_keeps_this_session_and_ends_the_others(
    served: House, desk: Desk
) -> None:
    user = str(desk.users["cdc"])
    mine, other = [await served.sign_in("cdc") for _ in range(2)]
    wrong = await served.ask(CHANGE, {"user": user, "password": STRONG, "current": "faux"}, by=mine)
    assert code_of(wrong) == "CURRENT_PASSWORD_WRONG"
    done = await served.ask(CHANGE, {"user": user, "password": STRONG, "current": PASSWORD}, by=mine)
    assert done.json()["data"] == {"changePassword": True}
    fresh = f"cookie:{session_cookie(done)}"
    answers = [(await served.ask(MENU, by=one)).status_code for one in (fresh, mine, other)]
    assert answers == [200, 401, 401]
    assert await served.sign_in("cdc", STRONG)
