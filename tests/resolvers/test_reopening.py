"""A closed account is opened again by who could open it, with what he may give then and a new password."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from authz import Right, Touched, add_rows, box_line, convention_line, profile_line, read_version
from authz.boxes import FormPlace, held_steps
from authz.writing import edit_rows
from models import Platform, PlatformKind, PolicyRow, User, fetch
from resolvers import boxes, people
from resolvers.boxes_lines import BoxWrite, FormRightsEntry
from resolvers.people_reopening import reopen
from tests.settings import STRONG, Desk, build_settings, credentials, person, refused

ER = FormPlace("MIN", "ER")
USER, ADMIN = "profile:partner_user", "profile:partner_admin"
NEXT = "Turbine-44-lune"


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    return await build_settings()


async def rights(desk: Desk, login: str) -> dict[str, int]:
    await desk.world.authority.refresh()
    policy = desk.world.authority.policy
    return {right.value: held_steps(policy, f"user:{login}", ER, right) for right in Right}


async def own(login: str) -> set[tuple[str, ...]]:
    rows = await fetch(
        'SELECT "values" FROM policy_row WHERE until_version IS NULL AND "values" ->> 0 = %s',
        [f"user:{login}"],
    )
    return {tuple(row["values"]) for row in rows}


async def closed(desk: Desk, login: str, by: str = "cdc.admin") -> tuple[UUID, int]:
    user = desk.users[login]
    row = await people.close(desk[by], user, await desk.version_of(login))
    await desk.world.authority.refresh()
    return user, row.version


async def test_it_comes_back_as_it_was_under_a_new_password(desk: Desk) -> None:
    before, lines = await rights(desk, "cdc"), await own("cdc")
    user, version = await closed(desk, "cdc")
    assert await rights(desk, "cdc") == dict.fromkeys(before, 0)
    old = (await User.get(id=user)).password_hash
    admin = desk["cdc.admin"]
    row = await reopen(admin, user, NEXT, NEXT, version)
    assert (row.closed_at, row.version, row.entry.email) == (None, version + 1, "cdc@example.org")
    assert (await rights(desk, "cdc"), await own("cdc")) == (before, lines)
    kept = await User.get(id=user)
    assert kept.password_hash != old
    # Another than its user knows the password: they do not sign one after the other.
    assert kept.password_set_by_id == admin.user_id
    assert await refused(reopen(admin, user, NEXT, NEXT, row.version)) == "ACCOUNT_NOT_CLOSED"


async def test_of_what_it_had_it_gets_what_the_reopener_may_give_today(desk: Desk) -> None:
    admin, user = desk["cdc.admin"], desk.users["cdc"]
    asks = BoxWrite(Right.ASK_REOPENING.value, 5, granted=True)
    await boxes.set_form_rights(
        admin, user, [FormRightsEntry("MIN", "ER", USER, contact=True, boxes=(asks,))], 0
    )
    wide = box_line(subject="user:cdc", platform="MIN", right=Right.EXPORT, steps="6", ref="bureau")
    await add_rows([wide], base=await read_version(), author_id=None, comment="x")
    had = await rights(desk, "cdc")
    _, version = await closed(desk, "cdc")
    lost = [BoxWrite(Right.EXPORT.value, 6, granted=False), BoxWrite(Right.READ.value, 4, granted=False)]
    second = desk.users["cdc.second"]
    await boxes.set_form_rights(
        admin, second, [FormRightsEntry("MIN", "ER", ADMIN, contact=False, boxes=tuple(lost))], 0
    )
    await desk.world.authority.refresh()
    await reopen(desk["cdc.second"], user, NEXT, NEXT, version)
    held, found = await rights(desk, "cdc.second"), await rights(desk, "cdc")
    wanted = {name: steps if name == "notify" else steps & held[name] for name, steps in had.items()}
    assert found == wanted != had
    # A box on every form would give more than is held on another.
    assert not any(line[2] == "*" for line in await own("cdc"))


async def test_a_platform_reopens_administrators_by_their_profile_and_at_its_own_forms(desk: Desk) -> None:
    await Platform.create(code="FOPH", name="Offices", kind=PlatformKind.FEDERATION)
    lines = [
        convention_line(
            actor="partner:CDC", platform="FOPH", form="QDIS", organisms="all", right=Right.READ, ref="x"
        ),
        profile_line(subject="user:cdc.second", profile=ADMIN, platform="MIN", form="QDIS"),
        box_line(subject="profile:partner_admin", platform="FOPH", right=Right.READ, ref="x"),
        profile_line(subject="user:cdc.second", profile=ADMIN, platform="FOPH", form="QDIS"),
    ]
    await add_rows(lines, base=await read_version(), author_id=None, comment="x")
    await desk.world.authority.refresh()
    user, version = await closed(desk, "cdc.second", "ministere.admin")
    minister = desk["ministere.admin"]
    row = await reopen(minister, user, NEXT, NEXT, version)
    assert row.entry.default_profile == ADMIN
    domains = {line[-1] for line in await own("cdc.second")}
    assert domains == {"MIN/ER", "MIN/QDIS", "MIN/*"}
    found = await rights(desk, "cdc.second")
    assert found == await rights(desk, "cdc.admin")
    assert found["admin_users"] == 0b1111111


async def test_an_administrator_comes_back_where_he_was_one_and_nowhere_else(desk: Desk) -> None:
    there = await PolicyRow.get(until_version=None, values=["user:cdc.second", ADMIN, "MIN/ER"])
    other = profile_line(subject="user:cdc.second", profile=ADMIN, platform="MIN", form="QDIS")
    base = await read_version()
    await edit_rows([other], [there.id], base=base, author_id=None, comment="x", touched=Touched())
    await desk.world.authority.refresh()
    user, version = await closed(desk, "cdc.second")
    await reopen(desk["cdc.admin"], user, NEXT, NEXT, version)
    assert not any((await rights(desk, "cdc.second")).values())
    assert not any(line[2] in {"MIN/ER", "ER"} for line in await own("cdc.second"))


async def test_nobody_else_reopens_nor_with_less_than_a_password(desk: Desk) -> None:
    user, version = await closed(desk, "cdc")
    for login in (
        "ancols.admin",
        "organisme.admin",
        "saisie",
        "machine",
        "ministere.admin",
        "ministere",
    ):
        assert await refused(reopen(desk[login], user, NEXT, NEXT, version)) == "NOT_FOUND"
    admin = desk["cdc.admin"]
    assert await refused(reopen(admin, uuid4(), NEXT, NEXT, version)) == "NOT_FOUND"
    assert await refused(reopen(admin, user, NEXT, STRONG, version)) == "PASSWORDS_DIFFER"
    assert await refused(reopen(admin, user, "court", "court", version)) == "PASSWORD_RULES"
    assert await refused(reopen(admin, user, NEXT, NEXT, version - 1)) == "ACCOUNT_STALE"
    opened = desk.users["cdc.second"]
    assert await refused(reopen(admin, opened, NEXT, NEXT, 0)) == "ACCOUNT_NOT_CLOSED"
    # Closed, an administrator opens nobody, himself no more than another.
    await people.create(
        admin,
        desk.organizations["partner:CDC"],
        credentials("ana.roux"),
        person(delegated_administrator=True),
        "k",
    )
    second, its = await closed(desk, "cdc.second")
    assert await refused(reopen(desk["cdc.second"], user, NEXT, NEXT, version)) == "NOT_FOUND"
    assert await refused(reopen(desk["cdc.second"], second, NEXT, NEXT, its)) == "REFUSED"
