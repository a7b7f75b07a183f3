"""Hearing of a new version as soon as it is committed, in a process that lives long.

A notification may be lost, and a connection may die without a word: the version is asked again every few
seconds, and the authority confirms it at each unit of work all the same. Nothing here ends the process.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg
import structlog

from authz.writing import CHANNEL
from models import Problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from authz.authority import Authority

POLL = 3.0  # seconds between two questions, when nothing is heard
PATIENCE = 5.0  # seconds for a connection or an answer
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0  # seconds before connecting again, doubled each time

log = structlog.stdlib.get_logger("authz.listening")


@asynccontextmanager
async def watching(authority: Authority, url: str) -> AsyncIterator[None]:
    """While the block lasts, the authority follows the policy of the database at `url` by itself."""
    task = asyncio.create_task(watch(authority, url), name="policy watch")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def watch(authority: Authority, url: str) -> None:
    """Follow until cancelled; whatever fails is logged, and tried again after a pause."""
    pause = FIRST_PAUSE
    while True:
        try:
            async with await _connect(url) as connection:
                await connection.execute(f"LISTEN {CHANNEL}".encode())
                pause = FIRST_PAUSE
                await _follow(authority, connection)
        except Exception as error:  # noqa: BLE001 - a watch that dies would leave its process deaf
            authority.doubt()
            log.warning("policy_watch_lost", reason=str(error).strip() or type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _connect(url: str) -> psycopg.AsyncConnection[Any]:
    async with asyncio.timeout(PATIENCE):
        return await psycopg.AsyncConnection.connect(
            url, autocommit=True, application_name="harmonia policy watch"
        )


async def _follow(authority: Authority, connection: psycopg.AsyncConnection[Any]) -> None:
    """Never returns: raises when the connection is lost. The first question is for what was missed."""
    while True:
        async with asyncio.timeout(PATIENCE):
            cursor = await connection.execute("SELECT coalesce(max(version), 0) FROM policy_version")
            row = await cursor.fetchone()
        if row is not None and row[0] == authority.version:
            authority.confirm()
        else:
            await _refresh(authority)
        async for _notice in connection.notifies(timeout=POLL, stop_after=1):
            await _refresh(authority)


async def _refresh(authority: Authority) -> None:
    # Refused: the authority has noted its doubt, and the reason is in its own log.
    with suppress(Problem):
        await authority.refresh()
