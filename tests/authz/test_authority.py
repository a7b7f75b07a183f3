"""The policy in force: read whole, swapped in one step, never trusted beyond doubt."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from authz import (
    Allowed,
    Authority,
    Effect,
    Right,
    Target,
    add_rows,
    authority,
    bump,
    convention_line,
    decide,
    profile_line,
    scope,
    store,
    viewer_of_user,
)
from authz.facts import Facts
from authz.faults import PolicyFault
from models import Problem, User, close_database, execute, open_database, transaction
from tests.authz.stored import settle

if TYPE_CHECKING:
    from authz import Line, Viewer

READ = Right.READ
TARGET = Target("MIN", "ER", 2024, "organism:111111111", 4)
HOLDS = profile_line(subject="user:cdc", profile="profile:partner_user", platform="MIN", form="ER")


def line(effect: Effect = Effect.ALLOW) -> Line:
    return convention_line(
        actor="partner:CDC", platform="MIN", right=READ, organisms="all", ref="art. 1", effect=effect
    )


async def viewer(of: Authority, login: str = "cdc") -> Viewer:
    return await viewer_of_user(of, (await User.get(login=login)).id)


def may(who: Viewer) -> bool:
    return isinstance(decide(who, READ, TARGET), Allowed)


async def test_an_empty_database_refuses_everything(database: str) -> None:
    assert database
    found = await Authority.load()
    assert found.version == 0
    assert found.policy.enforce("user:cdc", READ, TARGET) == (False, False, False)
    assert found.policy.table("user:cdc")["MIN", "ER", 2024, READ].steps == b""


async def test_a_change_counts_from_the_next_refresh_on(database: str) -> None:
    assert database
    await settle(HOLDS)
    found = await Authority.load()
    who = await viewer(found)
    await add_rows([line()], base=1, author_id=None, comment="x")
    assert (found.version, may(who)) == (1, False)
    await found.refresh()
    assert (found.version, may(who)) == (2, True)
    await add_rows([line(Effect.DENY)], base=2, author_id=None, comment="x")
    await found.refresh()
    assert (found.version, may(who)) == (3, False)


async def test_nothing_is_read_again_while_the_version_stands(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database
    await settle()
    found = await Authority.load()
    policy = found.policy
    monkeypatch.setattr(authority, "read_facts", None)
    await found.refresh()
    assert found.policy is policy


async def test_an_account_closed_meanwhile_is_refused(database: str) -> None:
    assert database
    await settle(HOLDS, line())
    found = await Authority.load()
    who = await viewer(found)
    assert may(who)
    async with transaction():
        await execute("UPDATE user_account SET closed_at = now() WHERE login = %s", ["cdc"])
        await bump(None, "Compte fermé")
    await found.refresh()
    assert not may(who)
    assert scope(who, READ).sql == "FALSE"


async def test_decisions_taken_during_a_reload_are_all_of_one_version(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert database
    await settle(HOLDS, line())
    found = await Authority.load()
    who = await viewer(found)
    await add_rows([line(Effect.DENY)], base=1, author_id=None, comment="x")
    reading, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> Facts:
        facts = await store.read_facts()
        reading.set()
        await go_on.wait()
        return facts

    monkeypatch.setattr(authority, "read_facts", slow)
    reload = asyncio.create_task(found.refresh())
    await reading.wait()
    assert (found.version, may(who)) == (1, True)
    go_on.set()
    await reload
    assert (found.version, may(who)) == (2, False)


async def test_two_refreshes_at_once_load_once(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    await settle(HOLDS)
    found = await Authority.load()
    await add_rows([line()], base=1, author_id=None, comment="x")
    loads = []

    async def counted() -> Facts:
        loads.append(1)
        return await store.read_facts()

    monkeypatch.setattr(authority, "read_facts", counted)
    await asyncio.gather(*(asyncio.create_task(found.refresh()) for _ in range(4)))
    assert (found.version, len(loads)) == (2, 1)


async def test_what_is_read_belongs_to_one_version(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    await settle(HOLDS)
    read, meddling = store._read, [True]  # noqa: SLF001 - a change is slipped in between two readings

    async def meddled(version: int) -> Facts:
        facts = await read(version)
        if meddling.pop() if meddling else False:
            await add_rows([line()], base=1, author_id=None, comment="x")
        return facts

    monkeypatch.setattr(store, "_read", meddled)
    facts = await store.read_facts()
    assert facts.version == 2
    assert any(values.values[0] == "partner:CDC" for values in facts.lines)


async def test_a_policy_that_never_settles_is_refused(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    await settle()
    read = store._read  # noqa: SLF001 - a change is slipped in between two readings

    async def meddled(version: int) -> Facts:
        async with transaction():
            await bump(None, "x")
        return await read(version)

    monkeypatch.setattr(store, "_read", meddled)
    with pytest.raises(PolicyFault, match="POLICY_UNSETTLED"):
        await store.read_facts()


async def test_a_line_broken_in_the_database_refuses_everyone(database: str) -> None:
    assert database
    await settle(HOLDS, line())
    found = await Authority.load()
    async with transaction():
        await execute("UPDATE policy_row SET \"values\" = '[\"short\"]' WHERE ptype = 'g'")
        await bump(None, "x")
    for attempt in (found.refresh, Authority.load):
        with pytest.raises(Problem) as caught:
            await attempt()
        assert caught.value.code == "AUTHORITY_UNAVAILABLE"
    assert found.version == 1


async def test_without_a_database_nothing_is_confirmed_and_soon_nothing_decided(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await settle(HOLDS, line())
    found = await Authority.load()
    who = await viewer(found)
    await close_database()
    with pytest.raises(Problem) as caught:
        await found.refresh()
    assert caught.value.code == "AUTHORITY_UNAVAILABLE"
    assert may(who)  # others, confirmed a moment ago, go on
    monkeypatch.setattr(authority, "MAX_STALE", -1.0)
    with pytest.raises(Problem):
        await found.refresh()
    for ask in (lambda: decide(who, READ, TARGET), lambda: scope(who, READ)):
        with pytest.raises(Problem) as refused:
            ask()
        assert refused.value.code == "AUTHORITY_UNAVAILABLE"
    await open_database(database)
    await found.refresh()
    assert may(who)


async def _edit_then_refresh(found: Authority) -> None:
    async with transaction():
        await add_rows([line()], base=1, author_id=None, comment="x")
        await found.refresh()


async def test_what_may_never_be_committed_is_never_adopted(database: str) -> None:
    assert database
    await settle(HOLDS)
    found = await Authority.load()
    who = await viewer(found)
    with pytest.raises(Problem) as caught:
        await _edit_then_refresh(found)
    assert caught.value.code == "AUTHORITY_UNAVAILABLE"
    assert (found.version, may(who)) == (1, False)
    await found.refresh()
    assert (found.version, may(who)) == (1, False)


async def test_a_transaction_that_writes_something_else_may_refresh(database: str) -> None:
    assert database
    await settle(HOLDS)
    found = await Authority.load()
    async with transaction():
        await execute("UPDATE user_account SET phone = '0' WHERE login = %s", ["cdc"])
        await found.refresh()
    assert found.version == 1
