"""The web server as a process: SIGTERM finishes what is in flight, and ends in success."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest

from gql.http import server
from gql.settings import ROOT, Settings
from models import close_database, open_database
from tests.gql.conftest import listen
from tests.world import build_world

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = (
    "POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 29\r\nExpect: 100-continue\r\n\r\n"
)


@pytest.fixture
async def url(template: str, new_database: Callable[[str], str]) -> str:
    """The address of a database with a policy; this process keeps no connection to it."""
    address = new_database(template)
    await open_database(address)
    await build_world()
    await close_database()
    return address


async def serve(url: str, data: Path, port: int) -> asyncio.subprocess.Process:
    """`python -m gql serve` on that port."""
    settings = {"DATABASE_URL": url, "PORT": str(port), "DATA": str(data), "LOG_FORMAT": "json"}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "gql",
        "serve",
        cwd=ROOT,
        env={**os.environ, **{f"HARMONIA_{name}": value for name, value in settings.items()}},
        stderr=asyncio.subprocess.PIPE,
    )


async def start(url: str, data: Path) -> tuple[asyncio.subprocess.Process, int]:
    """The server on a free port, once it says that it serves."""
    listener = listen()
    port: int = listener.getsockname()[1]
    listener.close()
    process = await serve(url, data, port)
    assert process.stderr is not None
    said = b""
    while b'"serving"' not in said:
        said = await process.stderr.readline()
        assert said, "it ended before it served"
        assert json.loads(said)["logger"].partition(".")[0] not in {"casbin", "tortoise"}
    return process, port


async def test_a_request_in_flight_is_finished_before_the_end(url: str, tmp_path: Path) -> None:
    process, port = await start(url, tmp_path)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD.encode())
    assert b"100 Continue" in await reader.readline()
    process.terminate()
    assert process.stderr is not None
    while b"Shutting down" not in await process.stderr.readline():
        pass
    writer.write(b"grant_type=client_credentials")
    await writer.drain()
    answer = (await reader.read()).decode()
    writer.close()
    assert "401 Unauthorized" in answer
    assert "invalid_client" in answer
    await process.communicate()
    assert process.returncode == 0


def test_an_answer_leaves_at_once_and_does_not_wait_for_the_next() -> None:
    settings = Settings(DATABASE_URL="postgresql://unused").model_copy(update={"port": 0})
    with server.listen(settings) as listener:
        assert listener.proto == socket.IPPROTO_TCP  # asyncio asks for TCP_NODELAY only then


async def test_a_port_that_is_taken_ends_the_process_with_its_reason(url: str, tmp_path: Path) -> None:
    process, port = await start(url, tmp_path)
    second = await serve(url, tmp_path, port)
    _, err = await second.communicate()
    assert second.returncode == 2
    (sentence,) = [line for line in err.decode().splitlines() if not line.startswith("{")]
    assert sentence.startswith(f"L’adresse 127.0.0.1 port {port} est déjà prise")
    process.terminate()
    await process.communicate()
