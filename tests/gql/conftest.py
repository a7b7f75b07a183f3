"""A server on loopback over a world of its own, asked by real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from gql.app import build_app, build_engine
from gql.execution import Engine
from gql.http.door import COOKIE
from gql.http.server import server_config
from gql.settings import Settings
from models import FileStore, close_database, open_database
from tests.world import PASSWORD, SECRET, World, build_world

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from starlette.types import ASGIApp

OPEN = 'query Open($id: ID!) { dossier(id: $id) { version tab(code: "A1") { values forced editable } } }'
LOGIN = """
mutation Login($login: String!, $password: String!) { login(login: $login, password: $password) { name } }
"""


class LoopbackServer(uvicorn.Server):
    """Uvicorn on the tests' own loop; the signals stay pytest's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp, settings: Settings, listener: socket.socket) -> AsyncIterator[None]:
    """Serve on a socket that already listens: whoever connects too early waits, and no one polls."""
    server = LoopbackServer(server_config(app, settings))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await task


def listen() -> socket.socket:
    """A listening socket on a free port."""
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    return listener


@dataclass(slots=True)
class House:
    """A running server, its world, and how to ask it as someone."""

    world: World
    settings: Settings
    files: FileStore
    url: str
    http: httpx.AsyncClient

    async def ask(
        self, query: str, variables: dict[str, Any] | None = None, *, by: str = "", **headers: str
    ) -> httpx.Response:
        """POST one operation; `by` is a bearer token or, with a prefix `cookie:`, a session's."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables},
            headers={**proof(by), **named},
        )

    async def get(self, path: str, by: str = "") -> httpx.Response:
        """GET a file, as `ask` asks."""
        return await self.http.get(path, headers=proof(by))

    async def sign_in(self, login: str, password: str = PASSWORD) -> str:
        """A session of this user, in the form that `ask` takes."""
        response = await self.ask(LOGIN, {"login": login, "password": password})
        token = session_cookie(response)
        assert token, response.text
        return f"cookie:{token}"

    async def token(self, scope: str = "dossier:read dossier:export") -> str:
        """A bearer token of the CDC's system."""
        response = await self.http.post(
            "/oauth/token",
            data={
                "grant_type": "client_credentials",
                "client_id": "cdc-machine",
                "client_secret": SECRET,
                "scope": scope,
            },
        )
        return str(response.json()["access_token"])


def proof(by: str) -> dict[str, str]:
    """The headers that say who asks, as `House.ask` takes him; none for a stranger."""
    if by.startswith("cookie:"):
        return {"cookie": f"{COOKIE}={by.removeprefix('cookie:')}"}
    return {"authorization": f"Bearer {by}"} if by else {}


def session_cookie(response: httpx.Response) -> str:
    """The session's token that a response sets; empty when it sets none or clears it."""
    for header in response.headers.get_list("set-cookie"):
        name, _, rest = header.partition("=")
        if name == COOKIE:
            return rest.partition(";")[0].strip('"')
    return ""


def code_of(response: httpx.Response) -> str:
    """The stable code of the first error."""
    return str(response.json()["errors"][0]["extensions"]["code"])


@contextlib.asynccontextmanager
async def house_of(world: World, folder: Path, url: str, **changes: Any) -> AsyncIterator[House]:  # noqa: ANN401 - settings
    """A server over a world whose database is open; `changes` are settings."""
    listener = listen()
    base = f"http://localhost:{listener.getsockname()[1]}"
    web_client = folder / "dist"
    settings = Settings(
        **{
            "DATABASE_URL": url,
            "base_url": base,
            "data": folder,
            "web_client": web_client,
            "attempts_per_minute": 1000,
            **changes,
        }
    )
    files = FileStore.local(folder / "files")
    async with (
        serving(build_app(settings, world.authority, files), settings, listener),
        httpx.AsyncClient(base_url=base) as http,
    ):
        yield House(world, settings, files, base, http)


def build_client(folder: Path) -> None:
    """A web client as small as can be: a page, an asset, a trusted document."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Harmonia</title>", encoding="utf-8")
    (folder / "assets" / "app-1a2b3c.js").write_text("export const answer = 42;\n" * 100, encoding="utf-8")


@pytest.fixture(scope="module")
async def house(
    template: str, new_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    """One server and one world for a whole module; its tests leave one another alone."""
    url = new_database(template)
    folder = tmp_path_factory.mktemp("house")
    build_client(folder / "dist")
    await open_database(url)
    try:
        async with house_of(await build_world(), folder, url) as made:
            yield made
    finally:
        await close_database()


@pytest.fixture
async def world(database: str) -> World:  # noqa: ARG001 - opened for the world to be built in
    return await build_world()


@pytest.fixture
async def fresh(world: World, database: str, tmp_path: Path) -> AsyncIterator[House]:
    """A server over a world that nothing has happened in yet."""
    async with house_of(world, tmp_path, database) as made:
        yield made


@pytest.fixture
def engine(database: str, world: World) -> Engine:
    return build_engine(Settings(DATABASE_URL=database), world.authority)


@pytest.fixture
def statements(caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """Every SQL statement asked for since the last call."""
    with caplog.at_level(logging.DEBUG, logger="tortoise.db_client"):

        def taken() -> list[str]:
            found = [record.getMessage() for record in caplog.records if record.name == "tortoise.db_client"]
            caplog.clear()
            return found

        yield taken


def error_of(body: dict[str, Any]) -> dict[str, Any]:
    (error,) = body["errors"]
    extensions: dict[str, Any] = error["extensions"]
    return extensions
