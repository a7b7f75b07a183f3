"""Accounts of before have their default profile said by the policy too: at the upgrade, or when changed."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from tortoise.migrations.operations import RunSQL

from authz import Right, add_rows, box_line, close_rows, profile_line, read_version
from authz.lines import ANY_FORM, Effect
from authz.names import NO_PROFILE
from models import PolicyRow, PolicyVersion, User, execute
from resolvers import people
from resolvers.people_rights import read
from tests.resolvers.test_default_profile import ADMIN, ER, LATE, USER, made, open_later, own, rights
from tests.settings import Desk, build_settings, everything

if TYPE_CHECKING:
    from authz import Line

(UPGRADE,) = [
    operation
    for operation in import_module("models.migrations.0011_default_profiles").Migration.operations
    if isinstance(operation, RunSQL)
]
FORWARD, BACKWARD = str(UPGRADE.sql), str(UPGRADE.reverse_sql)


@pytest.fixture
async def desk(database: str) -> Desk:  # noqa: ARG001 - opened for the desk to be built in
    """Accounts of before: the default profile in their rows, their lines form by form."""
    built = await build_settings()
    await User.filter(login__in=["cdc.admin", "cdc.second"]).update(default_profile=ADMIN)
    await User.filter(login="cdc").update(default_profile=USER, phone="0140000001")
    return built


async def defaults() -> set[tuple[str, ...]]:
    rows = await PolicyRow.filter(ptype="g", until_version=None)
    return {tuple(row.values) for row in rows if row.values[2] == "MIN/*"}


def late(login: str, profile: str, form: str = "QDIS") -> Line:
    return profile_line(subject=f"user:{login}", profile=profile, platform="MIN", form=form)


async def test_what_accounts_of_before_have_reaches_a_form_opened_later(desk: Desk) -> None:
    base = await read_version()
    await execute(FORWARD)
    await desk.world.authority.refresh()
    assert await defaults() == {
        ("user:cdc", USER, "MIN/*"),
        ("user:cdc.admin", ADMIN, "MIN/*"),
        ("user:cdc.second", ADMIN, "MIN/*"),
    }
    version = await PolicyVersion.get(version=base + 1)
    assert (version.comment, version.touched, version.author_id) == (  # type: ignore[attr-defined] # made by the ORM
        "Profils par défaut sur les formulaires à venir",
        {},
        None,
    )
    # They give it to those whom they open from now on.
    await made(desk, "ana.roux", USER, flag=False)
    await open_later(desk)
    for login in ("cdc", "cdc.admin", "ana.roux"):
        there = await rights(desk, login, ER)
        # A privileged contact is one for the forms that are named.
        there.pop("notify", None)
        assert await rights(desk, login, LATE) == there != {}, login


@pytest.mark.usefixtures("desk")
async def test_the_way_back_closes_the_lines_and_the_way_forth_gives_them_again() -> None:
    await execute(FORWARD)
    given, version = await defaults(), await read_version()
    await execute(FORWARD)
    assert (await defaults(), await read_version()) == (given, version)
    await execute(BACKWARD)
    assert (await defaults(), await read_version()) == (set(), version + 1)
    await execute(BACKWARD)
    assert await read_version() == version + 1
    await execute(FORWARD)
    assert (await defaults(), await read_version()) == (given, version + 2)


@pytest.mark.usefixtures("desk")
async def test_an_account_whose_lines_say_otherwise_is_left_as_it_is() -> None:
    # One with another profile on a form; one that has nothing on one; an administrator's without the flag.
    lines = [late("cdc", ADMIN), late("cdc.second", NO_PROFILE), late("saisie", ADMIN, ANY_FORM)]
    await add_rows(lines, base=await read_version(), author_id=None, comment="x")
    await User.filter(login="cdc.admin").update(delegated_administrator=False)
    before = await everything()
    await execute(FORWARD)
    assert await everything() == before


@pytest.mark.usefixtures("desk")
async def test_a_line_closed_on_purpose_stays_closed_and_nothing_given_opens_no_version() -> None:
    base = await read_version()
    await add_rows([late("cdc", USER, ANY_FORM)], base=base, author_id=None, comment="x")
    (row,) = await PolicyRow.filter(since_version=base + 1)
    await close_rows([row.id], base=base + 1, author_id=None, comment="x")
    await User.filter(login__in=["cdc.admin", "cdc.second"]).update(default_profile="")
    before = await everything()
    for step in (FORWARD, BACKWARD):
        await execute(step)
    assert await everything() == before


@pytest.mark.parametrize(
    "standing",
    # A form taken from him, where nothing lives any more; a box of his own; a form of his body without him.
    ["taken", "boxed", "not given"],
)
async def test_whoever_was_refused_anything_is_given_nothing(desk: Desk, standing: str) -> None:
    await User.filter(login__in=["cdc.admin", "cdc.second"]).update(default_profile="")
    base = await read_version()
    if standing == "taken":
        await add_rows([late("cdc", USER)], base=base, author_id=None, comment="x")
        (row,) = await PolicyRow.filter(since_version=base + 1)
        await close_rows([row.id], base=base + 1, author_id=None, comment="x")
    elif standing == "boxed":
        denied = box_line(
            subject="user:cdc",
            platform="MIN",
            form="ER",
            right=Right.READ,
            steps="6",
            effect=Effect.DENY,
            ref="x",
        )
        await add_rows([denied], base=base, author_id=None, comment="x")
    else:
        await open_later(desk)
    before = await everything()
    await execute(FORWARD)
    assert await everything() == before


async def test_a_change_of_an_account_gives_nothing_that_is_not_asked_for(desk: Desk) -> None:
    user = desk.users["cdc"]
    await User.filter(id=user).update(email="cdc@example.org")
    held = late("cdc.admin", ADMIN, ANY_FORM)
    await add_rows([held], base=await read_version(), author_id=None, comment="x")
    await desk.world.authority.refresh()
    lines, version = await own("cdc"), await read_version()
    account = await read(desk["cdc.admin"], user)
    await people.update(desk["cdc.admin"], user, replace(account.entry, phone="0140000003"), account.version)
    assert (await own("cdc"), await read_version()) == (lines, version)
