"""One unit of work is saved whole or not at all, its jobs included."""

from __future__ import annotations

import psycopg
import pytest

from models import (
    Platform,
    PlatformKind,
    close_database,
    cut_short,
    execute,
    fetch,
    open_database,
    snapshot,
    transaction,
)
from models.jobs import RENDER_EXPORT, defer
from models.schema import migrate


class _StopError(Exception):
    """Raised by a test in the middle of its unit of work."""


async def _jobs() -> int:
    rows = await fetch("SELECT count(*) AS n FROM procrastinate_jobs")
    return int(rows[0]["n"])


async def _work(*, fail: bool) -> None:
    async with transaction():
        await Platform.create(code="MIN", name="Ministère", kind=PlatformKind.MINISTRY)
        await defer(RENDER_EXPORT, export="x")
        if fail:
            raise _StopError


async def test_what_fails_leaves_neither_row_nor_job(database: str) -> None:
    assert database
    with pytest.raises(_StopError):
        await _work(fail=True)
    assert await Platform.all().count() == 0
    assert await _jobs() == 0


async def test_what_succeeds_leaves_row_and_job(database: str) -> None:
    assert database
    await _work(fail=False)
    assert await Platform.all().count() == 1
    assert await _jobs() == 1


async def test_a_job_outside_a_transaction_is_refused(database: str) -> None:
    assert database
    with pytest.raises(RuntimeError, match="inside a transaction"):
        await defer(RENDER_EXPORT, export="x")
    assert await _jobs() == 0


async def _erase_then_stop() -> None:
    async with transaction():
        await execute("DELETE FROM platform WHERE code = %s", ["MIN"])
        raise _StopError


async def test_a_nested_unit_is_a_savepoint(database: str) -> None:
    assert database
    async with transaction():
        await Platform.create(code="MIN", name="Ministère", kind=PlatformKind.MINISTRY)
        with pytest.raises(_StopError):
            await _erase_then_stop()
    assert await Platform.all().count() == 1


async def test_migrating_twice_changes_nothing(database: str) -> None:
    await Platform.create(code="MIN", name="Ministère", kind=PlatformKind.MINISTRY)
    before = await fetch("SELECT name FROM tortoise_migrations ORDER BY name")
    await migrate(database)
    assert await fetch("SELECT name FROM tortoise_migrations ORDER BY name") == before
    assert await Platform.all().count() == 1


async def test_a_statement_is_cut_where_a_process_bounds_it(database: str) -> None:
    shown = "SHOW statement_timeout"
    assert await fetch(shown) == [{"statement_timeout": "0"}]
    await close_database()
    await open_database(database, longest=7)
    assert await fetch(shown) == [{"statement_timeout": "7s"}]
    async with snapshot() as read:
        assert await read(shown) == [{"statement_timeout": "7s"}]
        assert await read("SHOW transaction_isolation") == [{"transaction_isolation": "repeatable read"}]
    with pytest.raises(psycopg.errors.QueryCanceled) as cut:
        await _too_long()
    told = cut_short(cut.value)
    assert told is not None
    assert told.code == "QUERY_TOO_LONG"
    assert cut_short(ValueError()) is None
    assert await fetch(shown) == [{"statement_timeout": "7s"}]


async def _too_long() -> None:
    async with transaction():
        await execute("SET LOCAL statement_timeout = 1")
        await fetch("SELECT count(*) FROM generate_series(1, 100000000)")
