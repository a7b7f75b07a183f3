"""A list whose reader stops reading: what it holds is given back all the same."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from gql.http.list_answers import Deadlines, ListResponse
from gql.settings import Settings
from models import Outlet, fetch, outlets
from tests.gql.conftest import listen, serving

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import Receive, Scope, Send

_MANY = "SELECT n, repeat('x', 200) FROM generate_series(1, 200000) n"
_COPYING = """SELECT pid FROM pg_stat_activity
WHERE query LIKE 'COPY (%%' AND state <> 'idle' AND pid <> pg_backend_pid()"""


class Lists:
    """An application that answers everything with one list too long for any socket to hold."""

    def __init__(self, deadlines: Deadlines) -> None:
        self.ended = asyncio.Event()
        self._deadlines = deadlines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        outlet = await Outlet.opened("user:slow")
        response = ListResponse(outlet.copy_out(_MANY), {}, "text/csv", deadlines=self._deadlines)
        try:
            await response(scope, receive, send)
        finally:
            self.ended.set()


async def silent(port: int) -> socket.socket:
    """A reader who asks, and then reads nothing at all."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.settimeout(0)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(reader, ("127.0.0.1", port))
    await loop.sock_sendall(reader, b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
    return reader


@pytest.mark.parametrize("deadlines", [Deadlines(block=0.2), Deadlines(whole=0.2)])
async def test_a_reader_who_stops_reading_is_left_by_a_deadline(
    database: str, tmp_path: Path, deadlines: Deadlines
) -> None:
    app, listener = Lists(deadlines), listen()
    settings = Settings(database_url=database, data=tmp_path)
    async with serving(app, settings, listener):
        reader = await silent(listener.getsockname()[1])
        try:
            async with asyncio.timeout(20):
                await app.ended.wait()
                # All of them wait for the one that is being closed.
                again = [await Outlet.opened() for _ in range(outlets.MOST_OUTLETS)]
                while await fetch(_COPYING):
                    pass
            for outlet in again:
                outlet.close()
        finally:
            reader.close()
