"""The matrix function × step (manual §11.2.4): what is imposed, inherited, given, and by whom it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz import Right
from authz.boxes import FormPlace, held_steps
from authz.rights import STEP_BIT
from models import Campaign, OrganismCode, Platform, PlatformKind, Problem, fetch
from resolvers import boxes, people
from resolvers.account_rights import (
    contact_of,
    form_rights,
    profile_boxes,
    profiles_for,
    read_profile,
)
from resolvers.boxes_lines import BoxWrite, FormRightsEntry
from resolvers.boxes_matrix import BY_FLAG, BY_PROFILE, BY_SYSTEM, NOT_HELD, ORDER, BoxState
from resolvers.boxes_places import places_of
from resolvers.people_rights import read
from tests.settings import Desk, build_settings, credentials, person, refused

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from authz.policy import Policy
    from resolvers.boxes_matrix import BoxCell

ER = FormPlace("MIN", "ER")
USER, ADMIN = "profile:partner_user", "profile:partner_admin"
GIVEN = {BoxState.GRANTED, BoxState.INHERITED, BoxState.IMPOSED_ON}


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_settings()


def entry(profile: str | None = USER, *boxes_: BoxWrite, contact: bool = False, form: str = "ER") -> Any:  # noqa: ANN401 - a FormRightsEntry
    return FormRightsEntry("MIN", form, profile, contact, boxes_)


def box(right: Right, step: int, *, granted: bool) -> BoxWrite:
    return BoxWrite(right.value, step, granted)


async def cells(desk: Desk, by: str, whose: str) -> dict[tuple[Right, int], BoxCell]:
    await desk.world.authority.refresh()
    account = await read(desk[by], desk.users[whose])
    places = await places_of(account.organization_id, account.kind)
    rows = next(one.rows for one in form_rights(desk[by], account, places) if one.place == ER)
    return {(row.right, cell.step): cell for row in rows for cell in row.cells}


async def own_lines(login: str) -> set[tuple[str, ...]]:
    rows = await fetch(
        'SELECT "values" FROM policy_row WHERE until_version IS NULL AND "values" ->> 0 = %s',
        [f"user:{login}"],
    )
    return {tuple(row["values"]) for row in rows}


async def test_the_matrix_says_what_is_inherited_given_refused_and_imposed(desk: Desk) -> None:
    writes = (box(Right.READ, 4, granted=False), box(Right.ASK_REOPENING, 5, granted=True))
    user, version = desk.users["cdc"], desk.world.authority.version
    saved = await boxes.set_form_rights(desk["cdc.admin"], user, [entry(USER, *writes)], 0)
    assert saved.version == 1
    found = await cells(desk, "cdc.admin", "cdc")
    assert desk.world.authority.version == version + 1
    assert list(dict.fromkeys(right for right, _ in found)) == [
        right for right in ORDER if (right, 4) in found
    ]
    wanted = {
        (Right.READ, 4): (BoxState.REFUSED, True, None),
        (Right.READ, 5): (BoxState.INHERITED, True, None),
        (Right.READ, 3): (BoxState.IMPOSED_OFF, False, BY_SYSTEM),
        (Right.ASK_REOPENING, 5): (BoxState.GRANTED, True, None),
        (Right.ASK_REOPENING, 6): (BoxState.REFUSED, True, None),
        (Right.ADMIN_USERS, 0): (BoxState.IMPOSED_OFF, False, BY_FLAG),
    }
    assert {
        key: (cell.state, cell.editable, cell.reason) for key, cell in found.items() if key in wanted
    } == wanted
    ref = "Droits de Cdc Essai"
    assert await own_lines("cdc") == {
        ("user:cdc", USER, "MIN/ER"),
        ("user:cdc", "MIN", "ER", "dossier:read", "4", "deny", ref),
        ("user:cdc", "MIN", "ER", "reopening:ask", "5", "allow", ref),
    }
    policy = desk.world.authority.policy
    for (right, step), cell in found.items():
        assert bool(held_steps(policy, "user:cdc", ER, right) & STEP_BIT[step]) == (cell.state in GIVEN)


async def test_an_administrators_profile_without_the_flag_manages_nobody(desk: Desk) -> None:
    user = desk.users["cdc"]
    await boxes.set_form_rights(desk["cdc.admin"], user, [entry(ADMIN, contact=True)], 0)
    await desk.world.authority.refresh()
    assert held_steps(desk.world.authority.policy, "user:cdc", ER, Right.ADMIN_USERS) == 0
    account = await read(desk["cdc.admin"], user)
    assert contact_of(account) == ("ER",)
    version = desk.world.authority.version
    await boxes.set_form_rights(desk["cdc.admin"], user, [entry(ADMIN, contact=True)], 1)
    await desk.world.authority.refresh()
    assert desk.world.authority.version == version
    nothing = [box(Right.ADMIN_USERS, step, granted=False) for step in range(7)]
    await boxes.set_form_rights(desk["cdc.admin"], user, [entry(None, *nothing)], 2)
    assert await own_lines("cdc") == set()


async def test_nobody_gives_what_he_does_not_hold_and_may_leave_or_take_it(desk: Desk) -> None:
    """« cdc.second » has lost reading at step 6: he sees it greyed, gives it to none, may take it away."""
    admin, second = desk["cdc.admin"], desk["cdc.second"]
    lost = box(Right.READ, 6, granted=False)
    await boxes.set_form_rights(admin, desk.users["cdc.second"], [entry(ADMIN, lost)], 0)
    await boxes.set_form_rights(admin, desk.users["cdc"], [entry(USER, lost)], 0)
    cell = (await cells(desk, "cdc.second", "cdc"))[Right.READ, 6]
    assert (cell.state, cell.editable, cell.reason) == (BoxState.REFUSED, False, NOT_HELD)
    user = desk.users["cdc"]
    assert await refused(boxes.set_form_rights(second, user, [entry(USER)], 1)) == "RIGHT_NOT_HELD"
    himself = boxes.set_form_rights(second, desk.users["cdc.second"], [entry(ADMIN)], 1)
    assert await refused(himself) == "RIGHT_NOT_HELD"
    copy = people.duplicate(second, desk.users["cdc.admin"], credentials(), person(), "k")
    assert await refused(copy) == "RIGHT_NOT_HELD"
    home = desk.organizations["partner:CDC"]
    made = await people.create(second, home, credentials(), person(default_profile=USER), "k")
    await desk.world.authority.refresh()
    assert held_steps(desk.world.authority.policy, made.subject, ER, Right.READ) == 0b0110000
    await boxes.set_form_rights(admin, user, [entry(USER)], 1)
    for keep in ((), (box(Right.READ, 6, granted=False),)):
        version = await desk.version_of("cdc")
        await boxes.set_form_rights(second, user, [entry(USER, *keep)], version)


ABSENT: list[tuple[list[Any], str]] = [
    ([entry(form="QDIS")], "FORM_PLACE_UNKNOWN"),
    ([entry(), entry()], "FORM_PLACE_TWICE"),
    ([entry("profile:entry")], "PROFILE_UNKNOWN"),
    ([entry("profile:contact")], "PROFILE_UNKNOWN"),
    ([entry(USER, BoxWrite("dossier:fly", 4, granted=True))], "BOX_UNKNOWN"),
    ([entry(USER, box(Right.PACK_EDIT, 4, granted=True))], "BOX_UNKNOWN"),
    ([entry(USER, box(Right.READ, 7, granted=True))], "BOX_UNKNOWN"),
    ([entry(USER, box(Right.READ, 3, granted=True))], "BOX_IMPOSED"),
    ([entry(USER, box(Right.ADMIN_USERS, 0, granted=True))], "BOX_IMPOSED"),
]


async def test_what_is_not_in_the_table_is_refused(desk: Desk) -> None:
    for rights, code in ABSENT:
        act = boxes.set_form_rights(desk["cdc.admin"], desk.users["cdc"], rights, 0)
        assert await refused(act) == code


@pytest.mark.parametrize("login", ["cdc", "saisie", "ancols.admin", "machine", "ministere.admin"])
async def test_a_stranger_ticks_nothing(desk: Desk, login: str) -> None:
    code = "REFUSED" if login == "cdc" else "NOT_FOUND"
    act = boxes.set_form_rights(desk[login], desk.users["cdc"], [entry(ADMIN)], 0)
    assert await refused(act) == code
    assert await refused(boxes.set_form_rights(desk[login], uuid4(), [entry()], 0)) == "NOT_FOUND"
    stale = boxes.set_form_rights(desk["cdc.admin"], desk.users["cdc"], [entry()], 3)
    assert await refused(stale) == "ACCOUNT_STALE"


async def test_a_platform_gives_an_administrator_his_profile_and_nothing_else(desk: Desk) -> None:
    minister, user = desk["ministere.admin"], desk.users["ancols.admin"]
    for wrong in (entry(USER), entry(ADMIN, contact=True), entry(ADMIN, box(Right.READ, 4, granted=False))):
        assert await refused(boxes.set_form_rights(minister, user, [wrong], 0)) == "ADMINISTRATORS_ONLY"
    saved = await boxes.set_form_rights(minister, user, [entry(ADMIN)], 0)
    assert saved.version == 1


async def test_places_follow_campaigns_codes_conventions_and_kinds(desk: Desk) -> None:
    await Platform.create(code="FOPH", name="Fédération", kind=PlatformKind.FEDERATION)
    for platform, form, pack in (("FOPH", "QDIS", "QDIS/2024/1"), ("MIN", "SEM", "SEM/2024/1")):
        await Campaign.create(platform_id=platform, form=form, year=2024, pack=pack, opens_on="2025-03-01")
    organism = desk["organisme.admin"].organization
    found = {
        key: [place.domain for place in await places_of(desk.organizations[key], desk[login].kind)]
        for key, login in ((organism, "saisie"), ("partner:CDC", "cdc"), ("operator:MIN", "ministere"))
    }
    assert found == {
        organism: ["MIN/ER"],
        "partner:CDC": ["MIN/ER"],
        "operator:MIN": ["MIN/ER", "MIN/SEM"],
    }
    known = await fetch("SELECT id FROM organism WHERE organization_id = %s", [desk.organizations[organism]])
    await OrganismCode.create(organism_id=known[0]["id"], platform_id="FOPH", code="9")
    places = await places_of(desk.organizations[organism], desk["saisie"].kind)
    assert [place.domain for place in places] == ["FOPH/QDIS", "MIN/ER"]


async def test_a_profile_is_shown_to_those_who_give_it(desk: Desk) -> None:
    row = await read_profile(desk["cdc.admin"], USER, ER)
    assert (row.label, [one.name for one in profiles_for(row.users, ER)]) == (
        "Utilisateur partenaire",
        [ADMIN, USER],
    )
    states = {one.right: one.cells[4].state for one in profile_boxes(desk["cdc.admin"], row)}
    assert (states[Right.READ], states[Right.ASK_REOPENING]) == (BoxState.INHERITED, BoxState.IMPOSED_OFF)
    elsewhere = FormPlace("MIN", "SEM")
    for login, name, place in (
        ("cdc", USER, ER),
        ("cdc.admin", "profile:nobody", ER),
        ("saisie", USER, ER),
        ("cdc.admin", USER, elsewhere),
    ):
        with pytest.raises(Problem, match="profil") as problem:
            await read_profile(desk[login], name, place)
        assert problem.value.code == "NOT_FOUND"
    assert BY_PROFILE.endswith("retire ce droit.")


RIGHTS = st.sampled_from(
    [Right.READ, Right.EXPORT, Right.ASK_REOPENING, Right.EXCHANGE_WRITE, Right.ADMIN_USERS]
)
SAVES = st.lists(
    st.tuples(
        st.sampled_from(["cdc", "cdc.second", "cdc.admin"]),
        st.sampled_from([None, USER, ADMIN]),
        st.lists(st.builds(BoxWrite, RIGHTS.map(str), st.integers(0, 6), st.booleans()), max_size=4),
    ),
    min_size=1,
    max_size=3,
)


async def _restore(desk: Desk) -> None:
    """The platform opens « cdc.admin » anew, who gives « cdc.second » all but a few boxes."""
    lost = [box(Right.READ, 6, granted=False), box(Right.EXCHANGE_WRITE, 4, granted=False)]
    for by, login, rights in (
        ("ministere.admin", "cdc.admin", entry(ADMIN)),
        ("cdc.admin", "cdc.second", entry(ADMIN, *lost)),
        ("cdc.admin", "cdc", entry(USER)),
    ):
        version = await desk.version_of(login)
        await boxes.set_form_rights(desk[by], desk.users[login], [rights], version)
    await desk.world.authority.refresh()


async def _others() -> list[dict[str, Any]]:
    return await fetch(
        'SELECT * FROM policy_row WHERE NOT "values" ->> 0 = ANY(%s) ORDER BY id',
        [["user:cdc", "user:cdc.second", "user:cdc.admin"]],
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(saves=SAVES)
async def test_whatever_he_sends_nobody_ends_with_more_than_he_holds(desk: Desk, saves: list[Any]) -> None:
    await _restore(desk)
    second, before = desk["cdc.second"], desk.world.authority.policy
    allowed = {
        (login, right): held_steps(before, f"user:{login}", ER, right)
        | held_steps(before, second.subject, ER, right)
        for login in ("cdc", "cdc.second", "cdc.admin")
        for right in Right
    }
    others = await _others()
    for login, profile, writes in saves:
        act = boxes.set_form_rights(
            second, desk.users[login], [entry(profile, *writes)], await desk.version_of(login)
        )
        assert await _code(act) in {"", "RIGHT_NOT_HELD", "BOX_IMPOSED"}
        await desk.world.authority.refresh()
        after = desk.world.authority.policy
        assert {key: steps for key, most in allowed.items() if (steps := _steps(after, key) & ~most)} == {}
        assert held_steps(after, second.subject, ER, Right.ADMIN_USERS) == 0b1111111
    assert await _others() == others


def _steps(policy: Policy, key: tuple[str, Right]) -> int:
    return held_steps(policy, f"user:{key[0]}", ER, key[1])


async def _code(act: Awaitable[object]) -> str:
    try:
        await act
    except Problem as problem:
        return problem.code
    return ""
