"""A default profile reaches the form type that is opened later, without anyone acting (manual §11.2.2)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authz import (
    Effect,
    Line,
    Right,
    Touched,
    add_rows,
    box_line,
    convention_line,
    profile_line,
    read_version,
)
from authz.boxes import FormPlace, held_steps
from authz.lines import ANY_FORM
from authz.names import NO_PROFILE
from authz.writing import edit_rows
from models import Campaign, PolicyRow, User, fetch
from resolvers import boxes, people
from resolvers.account_rights import form_rights
from resolvers.boxes_lines import FormRightsEntry
from resolvers.boxes_matrix import BoxState
from resolvers.boxes_places import places_of
from resolvers.people_rights import read
from tests.settings import Desk, build_settings, credentials, person, refused

if TYPE_CHECKING:
    from resolvers.account_rights import FormRightsRow

ER, LATE = FormPlace("MIN", "ER"), FormPlace("MIN", "LATE")
USER, ADMIN = "profile:partner_user", "profile:partner_admin"
CDC = "partner:CDC"


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    built = await build_settings()
    line = profile_line(subject="user:cdc.admin", profile=ADMIN, platform="MIN", form=ANY_FORM)
    await add_rows([line], base=await read_version(), author_id=None, comment="x")
    await built.world.authority.refresh()
    return built


async def rights(desk: Desk, login: str, place: FormPlace) -> dict[str, int]:
    await desk.world.authority.refresh()
    policy = desk.world.authority.policy
    found = {right.value: held_steps(policy, f"user:{login}", place, right) for right in Right}
    return {name: steps for name, steps in found.items() if steps}


async def own(login: str) -> set[tuple[str, ...]]:
    rows = await fetch(
        'SELECT "values" FROM policy_row WHERE until_version IS NULL AND "values" ->> 0 = %s',
        [f"user:{login}"],
    )
    return {tuple(row["values"]) for row in rows}


async def open_later(desk: Desk) -> None:
    pack = (await Campaign.first().values("pack"))["pack"]
    await Campaign.create(platform_id="MIN", form="LATE", year=2025, pack=pack, opens_on="2026-03-01")
    line = convention_line(
        actor=CDC, platform="MIN", form="LATE", organisms="all", right=Right.READ, steps="456", ref="avenant"
    )
    await add_rows([line], base=await read_version(), author_id=None, comment="avenant")
    await desk.world.authority.refresh()


async def shown(desk: Desk, login: str) -> FormRightsRow:
    account = await read(desk["cdc.admin"], desk.users[login])
    places = await places_of(account.organization_id, account.kind)
    return next(row for row in form_rights(desk["cdc.admin"], account, places) if row.place == LATE)


async def made(desk: Desk, login: str, profile: str, *, flag: bool, by: str = "cdc.admin") -> None:
    entry = person(default_profile=profile, delegated_administrator=flag)
    row = await people.create(desk[by], desk.organizations[CDC], credentials(login), entry, f"k.{login}")
    desk.users[login] = row.id


@pytest.mark.parametrize("flag", [True, False])
@pytest.mark.parametrize("profile", [USER, ADMIN])
async def test_rights_are_those_of_a_form_that_was_there_already(
    desk: Desk, profile: str, *, flag: bool
) -> None:
    await made(desk, "ana.roux", profile, flag=flag)
    copy = await people.duplicate(
        desk["cdc.admin"],
        desk.users["ana.roux"],
        credentials("copie"),
        person(delegated_administrator=flag),
        "k2",
    )
    there = await rights(desk, "ana.roux", ER)
    await open_later(desk)
    later = await rights(desk, "ana.roux", LATE)
    # A profile of administrator without the flag is a profile less a function: it is not told of all forms.
    assert later == ({} if profile == ADMIN and not flag else there)
    assert (copy.login, await rights(desk, "copie", LATE)) == ("copie", later)
    assert there == await rights(desk, "copie", ER) != {}


async def test_the_matrix_shows_it_and_a_profile_of_its_own_takes_its_place(desk: Desk) -> None:
    await made(desk, "ana.roux", USER, flag=False)
    await open_later(desk)
    row = await shown(desk, "ana.roux")
    assert row.profile is not None
    assert row.profile.name == USER
    reading = next(one for one in row.rows if one.right is Right.READ)
    assert [cell.state for cell in reading.cells][4:] == [BoxState.INHERITED] * 3
    lines, whole = await own("ana.roux"), await rights(desk, "ana.roux", LATE)
    admin, user = desk["cdc.admin"], desk.users["ana.roux"]
    for version, profile, contact in ((0, USER, False), (1, None, False), (2, USER, True), (3, None, True)):
        entry = FormRightsEntry("MIN", "LATE", profile, contact)
        await boxes.set_form_rights(admin, user, [entry], version)
        found = await rights(desk, "ana.roux", LATE)
        wanted = whole if profile else {}
        assert found == {**wanted, **({"notify": 0b1110000} if contact else {})}
        # Saved as it was shown, nothing is written: the default goes on.
        assert (await own("ana.roux") == lines) is (version == 0)
        again = (await shown(desk, "ana.roux")).profile
        assert (again.name if again else None) == profile
    assert ("user:ana.roux", USER, "MIN/*") in await own("ana.roux")


async def test_nobody_gives_on_forms_to_come_what_he_does_not_hold_there(desk: Desk) -> None:
    await made(desk, "ana.roux", USER, flag=False, by="cdc.second")
    await made(desk, "bea.roux", ADMIN, flag=True)
    entry = person(default_profile=ADMIN, delegated_administrator=True)
    await people.update(desk["cdc.second"], desk.users["ana.roux"], entry, 0)
    await open_later(desk)
    assert await rights(desk, "ana.roux", LATE) == {}
    assert not any(line[-1] == "MIN/*" for line in await own("ana.roux"))
    # Another's hand leaves what was given by one who held it, and takes it back with the flag.
    changed = replace(entry, phone="0140000002")
    await people.update(desk["cdc.second"], desk.users["bea.roux"], changed, 0)
    assert "admin_users" in await rights(desk, "bea.roux", LATE)
    demoted = replace(changed, delegated_administrator=False)
    await people.update(desk["cdc.second"], desk.users["bea.roux"], demoted, 1)
    left = await rights(desk, "bea.roux", LATE)
    assert "admin_users" not in left
    assert left["dossier:read"]


SEES, ASKS = (Right.READ, "456"), (Right.ASK_REOPENING, "56")


def at_late(profile: str, right: Right, steps: str, effect: Effect = Effect.ALLOW) -> Line:
    return box_line(
        subject=profile, platform="MIN", form="LATE", right=right, steps=steps, ref="x", effect=effect
    )


@pytest.mark.parametrize(
    ("line", "given"),
    [
        (at_late(USER, *SEES), True),
        (at_late(ADMIN, *SEES, Effect.DENY), False),
        (at_late(USER, *SEES, Effect.DENY), True),
        (at_late(USER, *ASKS), False),
    ],
)
async def test_a_form_named_before_it_opens_is_given_as_it_is_held(
    desk: Desk, line: Line, *, given: bool
) -> None:
    never = box_line(
        subject="user:cdc.admin",
        platform="MIN",
        right=Right.ASK_REOPENING,
        steps="0123456",
        ref="x",
        effect=Effect.DENY,
    )
    await add_rows([line, never], base=await read_version(), author_id=None, comment="x")
    await desk.world.authority.refresh()
    await made(desk, "ana.roux", USER, flag=False)
    assert (("user:ana.roux", USER, "MIN/*") in await own("ana.roux")) is given
    await open_later(desk)
    mine, hers = await rights(desk, "cdc.admin", LATE), await rights(desk, "ana.roux", LATE)
    assert all(steps & ~mine.get(name, 0) == 0 for name, steps in hers.items())
    assert bool(hers) is given


async def test_the_flag_leaves_a_form_to_the_default_whatever_it_changes_on_another(desk: Desk) -> None:
    await made(desk, "ana.roux", ADMIN, flag=True)
    await open_later(desk)
    lines = await own("ana.roux")
    denied = box_line(
        subject="user:ana.roux",
        platform="MIN",
        form="ER",
        right=Right.ADMIN_USERS,
        steps="0123456",
        ref="x",
        effect=Effect.DENY,
    )
    await add_rows([denied], base=await read_version(), author_id=None, comment="x")
    await User.filter(login="ana.roux").update(delegated_administrator=False)
    await desk.world.authority.refresh()
    entry = person(default_profile=ADMIN, delegated_administrator=True)
    await people.update(desk["cdc.admin"], desk.users["ana.roux"], entry, 0)
    assert await own("ana.roux") == lines


async def test_who_manages_users_on_forms_to_come_alone_does_not_replace_the_last_administrator(
    desk: Desk,
) -> None:
    there = await PolicyRow.get(until_version=None, values=["user:cdc.admin", ADMIN, "MIN/ER"])
    nothing = profile_line(subject="user:cdc.admin", profile=NO_PROFILE, platform="MIN", form="ER")
    version = await read_version()
    await edit_rows([nothing], [there.id], base=version, author_id=None, comment="x", touched=Touched())
    await desk.world.authority.refresh()
    act = people.close(desk["ministere.admin"], desk.users["cdc.second"], 0)
    assert await refused(act) == "LAST_ADMINISTRATOR"


CHANGES = st.lists(st.tuples(st.sampled_from(["", USER, ADMIN]), st.booleans()), min_size=1, max_size=3)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
async def test_another_default_bears_on_forms_to_come_and_on_no_other(
    desk: Desk, changes: list[tuple[str, bool]]
) -> None:
    login = f"agent.{await read_version()}"
    await made(desk, login, USER, flag=False)
    admin, user = desk["cdc.admin"], desk.users[login]
    base = await rights(desk, login, ER)
    for version, (profile, flag) in enumerate(changes):
        entry = person(default_profile=profile, delegated_administrator=flag)
        await people.update(admin, user, entry, version)
    profile, flag = changes[-1]
    fresh = f"{login}.neuf"
    await made(desk, fresh, profile, flag=flag)
    there = await rights(desk, login, ER)
    # Two forms that no line names: one is as good as the other, and as a newcomer's.
    assert await rights(desk, login, LATE) == await rights(desk, fresh, LATE)
    assert {name: steps for name, steps in there.items() if name != "admin_users"} == base
    assert ("admin_users" in there) is flag
