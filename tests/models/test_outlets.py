"""A long list on its way out: its bytes, its one moment, and what becomes of a reader who goes."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

import psycopg
import pytest

from models import Outlet, Problem, execute, fetch, outlets

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANY = "SELECT n, repeat('x', 200) FROM generate_series(1, 200000) n"


async def gone() -> bool:
    """Whether as many lists as ever can leave, which waits for those that are being closed."""
    again = [await Outlet.opened() for _ in range(outlets.MOST_OUTLETS)]
    for outlet in again:
        outlet.close()
    return True


async def whole(outlet: Outlet, query: str, *values: object) -> bytes:
    return b"".join([block async for block in outlet.copy_out(query, values)])


async def test_rows_leave_as_lines_and_values_never_as_sql(database: str) -> None:
    assert database
    given = "a;b\"c'); DROP TABLE platform; --%s"
    found = await whole(await Outlet.opened(), "SELECT 1, %s::text, NULL, 'é'", given)
    assert found.decode() == '1;"a;b""c\'); DROP TABLE platform; --%s";;é\n'
    assert await fetch("SELECT count(*) FROM platform")


async def test_all_that_an_outlet_reads_is_of_one_moment(database: str) -> None:
    assert database
    counted = "SELECT count(*) AS n FROM platform"
    outlet = await Outlet.opened()
    assert await outlet.read(counted) == [{"n": 0}]
    await execute(
        "INSERT INTO platform (code, name, kind, second_signature) VALUES ('A', 'A', 'ministry', false)"
    )
    assert await whole(outlet, counted) == b"0\n"
    assert await whole(await Outlet.opened(), counted) == b"1\n"


async def test_nothing_is_written_through_an_outlet(database: str) -> None:
    assert database
    outlet = await Outlet.opened()
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        await outlet.read("DELETE FROM platform RETURNING code")
    outlet.close()
    outlet.close()
    assert await gone()


async def test_a_reader_who_goes_gives_the_connection_back(database: str) -> None:
    assert database
    for _ in range(outlets.MOST_OUTLETS + 1):
        async with aclosing((await Outlet.opened()).copy_out(_MANY)) as blocks:
            assert len(await anext(blocks)) >= outlets.BLOCK
    assert await gone()


async def test_a_reader_who_is_cut_off_in_the_middle_of_a_wait_gives_it_back(database: str) -> None:
    assert database

    async def read() -> None:
        async for _ in (await Outlet.opened()).copy_out(_MANY):
            started.set()

    for _ in range(outlets.MOST_OUTLETS + 1):
        started = asyncio.Event()
        task = asyncio.create_task(read())
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await gone()


async def test_what_fails_while_a_list_is_written_gives_it_back_too(database: str) -> None:
    assert database

    def broken(lines: Iterator[bytes]) -> Iterator[bytes]:
        yield next(lines)
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        async for _ in (await Outlet.opened()).copy_out(_MANY, (), broken):
            pass
    with pytest.raises(psycopg.errors.DivisionByZero):
        await whole(await Outlet.opened(), "SELECT 1 / (3 - n) FROM generate_series(1, 5) n")
    assert await gone()


async def test_too_many_lists_at_once_are_put_off(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    monkeypatch.setattr(outlets, "PATIENCE", 0.01)
    held = [await Outlet.opened() for _ in range(outlets.MOST_OUTLETS)]
    with pytest.raises(Problem) as refused:
        await Outlet.opened()
    assert refused.value.code == "LISTS_BUSY"
    held[0].close()
    monkeypatch.setattr(outlets, "PATIENCE", 5)
    assert await whole(await Outlet.opened(), "SELECT 1") == b"1\n"
    for outlet in held:
        outlet.close()
    assert await gone()


async def test_nobody_holds_more_than_his_own_outlets(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database
    held = [await Outlet.opened("user:one") for _ in range(outlets.MOST_OF_ONE)]
    monkeypatch.setattr(outlets, "PATIENCE", 0.01)
    with pytest.raises(Problem) as refused:
        await Outlet.opened("user:one")
    assert refused.value.code == "LISTS_BUSY"
    monkeypatch.setattr(outlets, "PATIENCE", 5)
    other = await Outlet.opened("user:two")
    assert await other.read("SHOW idle_in_transaction_session_timeout") == [
        {"idle_in_transaction_session_timeout": outlets.LONGEST_IDLE}
    ]
    held.append(other)
    held.pop(0).close()
    held.append(await Outlet.opened("user:one"))
    for outlet in held:
        outlet.close()
    assert await gone()
