"""Opening a tab by GraphQL: in the process and by HTTP, beside the bare SQL that it cannot do without.

Then the client in Chromium, held to the budgets of the screens.
"""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from bench import client, client_lists
from bench.ground import at_once, fastest, ground
from bench.loopback import LoopbackServer
from bench.report import Measure
from gql.app import build_app, build_engine
from gql.execution import Request
from gql.http.server import listen, server_config
from gql.logs import configure_logs
from gql.settings import Settings
from models import FileStore, fetch, transaction
from resolvers.cells import CellWrite, write
from resolvers.clients import grant
from tests.cases import read_case
from tests.world import SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.world import World

_TAB = "A1"
_AT_ONCE = 8
_QUERY = """
query OpenTab($id: ID!, $code: String!) {
  dossier(id: $id) { version tab(code: $code) { code version editable values forced rows { key values } } }
}
"""
_DOSSIER = """
SELECT d.*, o.siren, g.name, p.name AS platform_name FROM dossier d
JOIN organism o ON o.id = d.organism_id JOIN organization g ON g.id = o.organization_id
JOIN platform p ON p.code = d.platform WHERE d.id = %s
"""
_CALLER = """
SELECT t.*, c.*, g.* FROM access_token t JOIN machine_client c ON c.id = t.client_id
JOIN organization g ON g.id = c.organization_id LIMIT 1
"""
_DOCUMENT = "SELECT cells, forced, computed, rows FROM tab_document WHERE dossier_id = %s AND tab = %s"


async def measures(*, quick: bool) -> AsyncIterator[Measure]:
    """A filled tab opened by the partner's system, then a dossier in the hands of whoever types in it."""
    rounds = 20 if quick else 300
    configure_logs("WARNING", "json")
    async with ground(step=1) as world:
        await _fill(world)
        await fetch("UPDATE dossier SET step = 4 WHERE id = %s RETURNING id", [world.dossier])
        settings = Settings(DATABASE_URL="postgresql://unused")
        engine = build_engine(settings, world.authority)
        asked = Request(_QUERY, variables=_variables(world))
        bare = await fastest(partial(_bare, world), rounds)
        yield Measure(
            f"opening tab {_TAB} by GraphQL, in the process",
            await fastest(partial(engine.run, asked, world["machine"]), rounds),
            "ms",
            peer="its SQL alone, in one transaction",
            peer_value=bare,
            goal="<= 3 x",
        )
        async for measure in _by_http(world, rounds):
            yield measure
        for weight in client.weights():
            yield weight
        await fetch("UPDATE dossier SET step = 1 WHERE id = %s RETURNING id", [world.dossier])
        for part in (client.measures, client_lists.measures):
            async for measure in part(world, quick=quick):
                yield measure


async def _by_http(world: World, rounds: int) -> AsyncIterator[Measure]:
    async with _server(world) as client:
        operation, sql = partial(client.open_tab, _variables(world)), partial(_bare_signed, world)
        yield Measure(
            f"opening tab {_TAB} by HTTP, token checked, client and server in one process",
            await fastest(operation, rounds),
            "ms",
            peer="its SQL alone, the token's included",
            peer_value=await fastest(sql, rounds),
        )
        seconds = await at_once([operation] * rounds, _AT_ONCE)
        alone = await at_once([sql] * rounds, _AT_ONCE)
        yield Measure(
            f"operations a second by HTTP, {_AT_ONCE} at once, client and server in one process",
            rounds / seconds,
            "operations/s",
            peer="the SQL alone, as often at once",
            peer_value=rounds / alone,
        )


async def _fill(world: World) -> None:
    inputs = read_case("er-2024-plain")["inputs"].items()
    writes = [CellWrite(cell, value, None) for cell, value in inputs if cell.startswith(f"{_TAB}.")]
    await write(world["saisie"], world.dossier, writes)


def _variables(world: World) -> dict[str, str]:
    return {"id": str(world.dossier), "code": _TAB}


async def _bare_signed(world: World) -> None:
    """What a request by HTTP asks of the database: whether the policy moved, who calls, and the tab."""
    await fetch("SELECT max(version) FROM policy_version")
    await fetch(_CALLER)
    await _bare(world)


async def _bare(world: World) -> None:
    async with transaction():
        await fetch(_DOSSIER, [world.dossier])
        await fetch(_DOCUMENT, [world.dossier, _TAB])


class _Client:
    """One kept-alive connection: a client library would cost more than the server that is measured."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._head = (
            "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: "
        )
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def open_tab(self, variables: dict[str, str]) -> None:
        """Send the operation and read its answer. Raises RuntimeError when it is not data."""
        if not self._idle:
            self._idle.append(await asyncio.open_connection("127.0.0.1", self._port))
        reader, writer = self._idle.pop()
        body = orjson.dumps({"query": _QUERY, "variables": variables})
        writer.write(f"{self._head}{len(body)}\r\n\r\n".encode() + body)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        answer = await reader.readexactly(length)
        self._idle.append((reader, writer))
        if not answer.startswith(b'{"data":'):
            raise RuntimeError(answer.decode())

    async def close(self) -> None:
        """Close every connection."""
        for _, writer in self._idle:
            writer.close()
            await writer.wait_closed()


@contextlib.asynccontextmanager
async def _server(world: World) -> AsyncIterator[_Client]:
    """A server on a free port, and a client that carries the partner's token."""
    folder = Path(tempfile.mkdtemp())
    settings = Settings(DATABASE_URL="postgresql://unused", web_client=folder).model_copy(update={"port": 0})
    app = build_app(settings, world.authority, FileStore.local(folder / "files"))
    server = LoopbackServer(server_config(app, settings))
    token = (await grant("cdc-machine", SECRET)).token
    with listen(settings) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        client = _Client(listener.getsockname()[1], token)
        yield client
        await client.close()
        server.should_exit = True
        await task
    shutil.rmtree(folder)
