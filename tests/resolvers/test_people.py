"""Accounts (manual §11.2): who opens, copies, changes and closes them, and who learns nothing of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from authz import Right
from authz.boxes import FormPlace, administrators, held_steps
from models import Event, Organization, Problem, Session, User, fetch, transaction
from resolvers import organizations, people, people_lists, people_rights, sessions
from resolvers.account_rights import form_rights
from resolvers.boxes_places import places_of
from tests.settings import Desk, build_settings, credentials, everything, person, refused
from tests.world import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from resolvers.people_rows import AccountRow

pytestmark = pytest.mark.usefixtures("database")
ER = FormPlace("MIN", "ER")
CDC, ANCOLS = "partner:CDC", "partner:ANCOLS"
CARD = {"name": "Caisse", "short_name": "CDC", "address": "", "phone": "", "email": ""}
STRANGERS = ("cdc", "saisie", "ancols.admin", "organisme.admin", "machine", "ministere")


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_settings()


async def opened(desk: Desk, by: str = "cdc.admin", *, login: str = "ana.roux", **changes: Any) -> AccountRow:  # noqa: ANN401 - fields of an entry
    home = desk.organizations[desk[by].organization]
    made = await people.create(desk[by], home, credentials(login), person(**changes), login)
    await desk.world.authority.refresh()
    return made


async def test_an_account_is_opened_with_the_boxes_of_its_profile(desk: Desk) -> None:
    made = await opened(desk, default_profile="profile:partner_user", login=" Ana.ROUX ")
    assert (made.login, made.name, made.version) == ("ana.roux", "Ana Roux", 0)
    policy = desk.world.authority.policy
    assert held_steps(policy, made.subject, ER, Right.READ) == 0b1110000
    assert held_steps(policy, made.subject, ER, Right.ADMIN_USERS) == 0
    again = await people.create(
        desk["cdc.admin"],
        desk.organizations[CDC],
        credentials(" Ana.ROUX "),
        person(default_profile="profile:partner_user"),
        " Ana.ROUX ",
    )
    assert again.id == made.id
    assert await User.filter(last_name="Roux").count() == 1
    signed = await sessions.sign_in(desk.world.authority, "ANA.roux", credentials().password)
    assert signed.viewer.user_id == made.id


async def test_a_copy_has_the_profile_the_boxes_and_the_contact(desk: Desk) -> None:
    entry = person(first_name="Léo")
    copy = await people.duplicate(
        desk["cdc.admin"], desk.users["cdc"], credentials("leo"), entry, "copy-once"
    )
    source = await people_rights.read(desk["cdc.admin"], desk.users["cdc"])
    places = await places_of(copy.organization_id, copy.kind)
    seen = [form_rights(desk["cdc.admin"], one, places)[0] for one in (copy, source)]
    assert seen[0] == seen[1]
    assert (seen[0].contact, seen[0].profile and seen[0].profile.name) == (True, "profile:partner_user")
    code = await refused(
        people.duplicate(desk["cdc.admin"], desk.users["cdc"], credentials("autre"), entry, "copy-once")
    )
    assert code == "IDEMPOTENCY_REUSED"


async def test_a_person_is_changed_and_the_flag_is_the_box(desk: Desk) -> None:
    admin, policy = desk["cdc.admin"], desk.world.authority.policy
    assert held_steps(policy, "user:cdc", ER, Right.ADMIN_USERS) == 0
    changed = await people.update(
        admin, desk.users["cdc"], person(delegated_administrator=True, civility="Mme"), 0
    )
    assert (changed.entry.civility, changed.version) == ("Mme", 1)
    await desk.world.authority.refresh()
    policy = desk.world.authority.policy
    assert held_steps(policy, "user:cdc", ER, Right.ADMIN_USERS) == 0b1111111
    assert await refused(people.update(admin, desk.users["cdc"], person(), 0)) == "ACCOUNT_STALE"
    await people.update(admin, desk.users["cdc"], person(), 1)
    await desk.world.authority.refresh()
    assert held_steps(desk.world.authority.policy, "user:cdc", ER, Right.ADMIN_USERS) == 0
    version = desk.world.authority.version
    await people.update(admin, desk.users["cdc"], person(service="Prêts"), 2)
    await desk.world.authority.refresh()
    assert desk.world.authority.version == version


async def test_a_closed_account_is_over_at_once_and_stays_named(desk: Desk) -> None:
    signed = await sessions.sign_in(desk.world.authority, "cdc", PASSWORD)
    lines = await fetch("SELECT * FROM policy_row WHERE until_version IS NULL ORDER BY id")
    closed = await people.close(desk["cdc.admin"], desk.users["cdc"], 0)
    assert closed.closed_at is not None
    await desk.world.authority.refresh()
    assert "user:cdc" not in desk.world.authority.policy.accounts
    assert await fetch("SELECT * FROM policy_row WHERE until_version IS NULL ORDER BY id") == lines
    assert await Session.all().count() == 0
    with pytest.raises(Problem, match="session est terminée"):
        await sessions.resume(desk.world.authority, signed.token or "")
    card = await organizations.read(desk["cdc.admin"])
    page = await people_lists.list_accounts(desk["cdc.admin"], card, 10, closed=True)
    assert [row.name for row in page.rows] == ["Cdc Essai"]
    for act in (
        people.close(desk["cdc.admin"], desk.users["cdc"], 1),
        people.update(desk["cdc.admin"], desk.users["cdc"], person(), 1),
    ):
        assert await refused(act) == "ACCOUNT_ALREADY_CLOSED"


@pytest.mark.parametrize("login", STRANGERS)
async def test_a_stranger_changes_nothing_and_cannot_tell_one_from_none(desk: Desk, login: str) -> None:
    viewer, user = desk[login], desk.users["cdc.second"]
    for target in (user, uuid4()):
        assert await refused(people_rights.read(viewer, target)) == "NOT_FOUND"
        assert await refused(people.update(viewer, target, person(), 0)) == "NOT_FOUND"
        assert await refused(people.close(viewer, target, 0)) == "NOT_FOUND"
        copy = people.duplicate(viewer, target, credentials(), person(), "k")
        assert await refused(copy) == "NOT_FOUND"
    known = login in {"cdc", "machine", "ministere"}
    home = people.create(viewer, desk.organizations[CDC], credentials(), person(), "k")
    assert await refused(home) == ("REFUSED" if known else "NOT_FOUND")
    card = organizations.update(viewer, desk.organizations[CDC], CARD, 0)
    assert await refused(card) == ("REFUSED" if known else "NOT_FOUND")
    assert await refused(people.create(viewer, uuid4(), credentials(), person(), "k")) == "NOT_FOUND"


async def test_a_platform_opens_and_closes_administrators_and_nothing_else(desk: Desk) -> None:
    minister, cdc = desk["ministere.admin"], desk.organizations[CDC]
    other = person(default_profile="profile:partner_user", delegated_administrator=True)
    for entry in (person(), other):
        act = people.create(minister, cdc, credentials(), entry, "k")
        assert await refused(act) == "ADMINISTRATORS_ONLY"
    made = await people.create(minister, cdc, credentials(), person(delegated_administrator=True), "k")
    await desk.world.authority.refresh()
    policy = desk.world.authority.policy
    assert made.subject in administrators(policy, CDC)
    assert held_steps(policy, made.subject, ER, Right.ASK_REOPENING) == 0b1100000
    assert await refused(people.update(minister, made.id, person(), 0)) == "ADMINISTRATORS_ONLY"
    copy = people.duplicate(minister, made.id, credentials("copie"), person(), "k2")
    assert await refused(copy) == "ADMINISTRATORS_ONLY"
    for user in ("cdc", "saisie"):
        assert await refused(people.close(minister, desk.users[user], 0)) == "NOT_FOUND"
    page = await people_lists.list_accounts(minister, await organizations.read(minister, cdc), 10)
    assert {row.login for row in page.rows} == {"cdc.admin", "cdc.second", "ana.roux"}
    assert (await people.close(minister, made.id, 0)).closed_at is not None


async def test_the_last_administrator_stays_and_nobody_locks_himself_out(desk: Desk) -> None:
    admin, minister = desk["ancols.admin"], desk["ministere.admin"]
    user = desk.users["ancols.admin"]
    assert await refused(people.close(admin, user, 0)) == "SELF_LOCKOUT"
    assert await refused(people.update(admin, user, person(), 0)) == "SELF_LOCKOUT"
    assert await refused(people.close(minister, user, 0)) == "LAST_ADMINISTRATOR"
    await opened(desk, "ancols.admin", login="releve", delegated_administrator=True)
    await people.close(minister, user, 0)
    await desk.world.authority.refresh()
    assert administrators(desk.world.authority.policy, ANCOLS) == {"user:releve"}
    with pytest.raises(Problem) as problem:
        await people.close(admin, (await User.get(login="releve")).id, 0)
    assert problem.value.code == "NOT_FOUND"


@pytest.mark.parametrize("how", ["close", "demote"])
async def test_two_administrators_who_put_each_other_out_leave_one(desk: Desk, how: str) -> None:
    pair = ("cdc.admin", "cdc.second")

    async def put_out(by: str, whom: str) -> None:
        # Each in a transaction of its own, as requests are: they do meet.
        async with transaction():
            viewer, user = desk[by], desk.users[whom]
            acts: dict[str, Callable[[], Awaitable[object]]] = {
                "close": lambda: people.close(viewer, user, 0),
                "demote": lambda: people.update(viewer, user, person(), 0),
            }
            await acts[how]()

    done = await asyncio.gather(put_out(*pair), put_out(*reversed(pair)), return_exceptions=True)
    codes = [one.code for one in done if isinstance(one, Problem)]
    assert codes == ["NOT_FOUND"]
    assert len([one for one in done if one is None]) == 1
    await desk.world.authority.refresh()
    assert len(administrators(desk.world.authority.policy, CDC)) == 1


IMPLAUSIBLE: list[tuple[dict[str, Any], str, str]] = [
    ({"first_name": "  "}, "FIELD_REQUIRED", "firstName"),
    ({"phone": ""}, "FIELD_REQUIRED", "phone"),
    ({"last_name": "x" * 81}, "FIELD_TOO_LONG", "lastName"),
    ({"first_name": "\u0410na"}, "NAME_LOOKALIKE", "firstName"),
    ({"last_name": "R\uff2fUX"}, "NAME_LOOKALIKE", "lastName"),
    ({"last_name": "Roux\u200b"}, "FIELD_UNPRINTABLE", "lastName"),
    ({"service": "a\u0007b"}, "FIELD_UNPRINTABLE", "service"),
    ({"email": "ana@localhost"}, "EMAIL_INVALID", "email"),
    ({"email": "ana@a.fr, b@c.fr"}, "EMAIL_INVALID", "email"),
    ({"phone": "douze"}, "PHONE_INVALID", "phone"),
    ({"mobile": "06"}, "PHONE_INVALID", "mobile"),
    ({"civility": "Dr"}, "CIVILITY_UNKNOWN", "civility"),
    ({"default_profile": "profile:entry"}, "PROFILE_UNKNOWN", "defaultProfile"),
    ({"home_form": "QDIS"}, "HOME_UNKNOWN", "homeForm"),
    ({"home_form": "ER", "home_year": 24}, "HOME_UNKNOWN", "homeForm"),
]


async def test_what_is_typed_is_plausible(desk: Desk) -> None:
    before, home = await everything(), desk.organizations[CDC]
    for changes, code, path in IMPLAUSIBLE:
        with pytest.raises(Problem) as problem:
            await people.create(desk["cdc.admin"], home, credentials(), person(**changes), "k")
        assert (problem.value.code, problem.value.path) == (code, ("account", path))
    assert await everything() == before


async def test_a_login_is_one_persons_whatever_its_case(desk: Desk) -> None:
    wrong = {
        "ab": "LOGIN_INVALID",
        "a,b c": "LOGIN_INVALID",
        "é" * 9: "LOGIN_INVALID",
        "SAISIE": "LOGIN_TAKEN",
    }
    for login, code in wrong.items():
        act = people.create(desk["cdc.admin"], desk.organizations[CDC], credentials(login), person(), "k")
        assert await refused(act) == code


async def test_people_are_searched_and_read_by_pages(desk: Desk) -> None:
    for number in range(5):
        await opened(desk, login=f"agent.{number}", first_name="Zoé", last_name=f"Élan{number}")
    admin = desk["cdc.admin"]
    card = await organizations.read(admin)
    first = await people_lists.list_accounts(admin, card, 3, search="ELAN zoe")
    rest = await people_lists.list_accounts(admin, card, 3, first.cursors[-1], "elan")
    assert [row.login for row in (*first.rows, *rest.rows)] == [f"agent.{number}" for number in range(5)]
    assert (first.total, first.has_next, rest.has_next) == (5, True, False)
    assert (await people_lists.list_accounts(admin, card, 3, search="100%")).total == 0
    assert await refused(people_lists.list_accounts(desk["cdc"], card, 3)) == "REFUSED"


async def test_a_card_is_kept_up_to_date_by_its_administrator_and_its_platform(desk: Desk) -> None:
    cdc, version = desk.organizations[CDC], desk.world.authority.version
    card = await organizations.update(desk["cdc.admin"], cdc, {**CARD, "address": "56 rue de Lille"}, 0)
    assert (card.name, card.address, card.version) == ("Caisse", "56 rue de Lille", 1)
    await desk.world.authority.refresh()
    assert desk.world.authority.policy.organizations[CDC].name == "Caisse"
    assert desk.world.authority.version == version + 1
    minister = desk["ministere.admin"]
    assert await refused(organizations.update(minister, cdc, CARD, 0)) == "ORGANIZATION_STALE"
    await organizations.update(minister, cdc, {**CARD, "phone": "01 40 49 56 78"}, 1)
    assert (await Organization.get(id=cdc)).phone == "01 40 49 56 78"
    kept = await Event.filter(kind="organization_changed").order_by("id")
    assert [(one.platform, one.subject) for one in kept] == [
        ("", "user:cdc.admin"),
        ("MIN", minister.subject),
    ]
    assert kept[0].details == {"organization": str(cdc), "fields": ["name", "address"]}
    ancols = await Organization.get(key="partner:ANCOLS")
    wrong = {
        "EMAIL_INVALID": [{"email": "x"}],
        "FIELD_REQUIRED": [{"name": " "}],
        "FIELD_UNPRINTABLE": [{"name": "Caisse\u202e"}, {"short_name": "CD\u200bC"}],
        "NAME_INVALID": [{"name": "=HYPERLINK(1)"}, {"short_name": "@CDC"}, {"short_name": "CD\u3164C"}],
        "NAME_LOOKALIKE": [
            {"name": "C\u0430isse"},
            {"short_name": "\u0421\u0421"},
            {"short_name": "CD\u2102"},
        ],
        # Whatever the case, the accents and the spaces; another's short name too.
        "NAME_TAKEN": [{"name": f" {ancols.name.upper()} "}, {"short_name": "ÂNCOLS"}, {"name": "Ancols"}],
    }
    before = await Organization.get(id=cdc).values()
    for code, changes in wrong.items():
        for change in changes:
            act = organizations.update(minister, cdc, {**CARD, **change}, 2)
            assert (await refused(act), change) == (code, change)
    assert await Organization.get(id=cdc).values() == before


async def test_an_operator_finds_what_his_platform_knows(desk: Desk) -> None:
    found = await organizations.search(desk["ministere"], "MIN", 2)
    rest = await organizations.search(desk["ministere"], "MIN", 5, found.cursors[-1])
    keys = [row.key for row in (*found.rows, *rest.rows)]
    assert set(keys) == set(desk.organizations)
    assert (found.total, found.has_next, len(keys)) == (5, True, 5)
    kinds = await organizations.search(desk["ministere"], "MIN", 5, text="caisse DEPOTS")
    assert [row.key for row in kinds.rows] == [CDC]
    for login in ("cdc.admin", "saisie", "machine"):
        assert await refused(organizations.search(desk[login], "MIN", 5)) == "PLATFORM_ONLY"
    assert await refused(organizations.search(desk["ministere"], "FOPH", 5)) == "PLATFORM_ONLY"
